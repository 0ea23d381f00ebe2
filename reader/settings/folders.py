"""The platform's folders for settings, marks and indexes."""

from pathlib import Path

from reader.private_files import narrow_all


def settings_path() -> Path:
    """The path of the settings file."""
    return config_folder() / "settings.yaml"


def config_folder() -> Path:
    """The folder of the settings and of custom themes."""
    from platformdirs import user_config_path  # noqa: PLC0415 - slow to import, and tests change the environment

    return user_config_path("reader", appauthor=False)


def data_folder() -> Path:
    """The folder for data that cannot be recreated: the marks database."""
    from platformdirs import user_data_path  # noqa: PLC0415 - as above

    return user_data_path("reader", appauthor=False)


def cache_folder() -> Path:
    """The folder for data that can be recreated: the indexes of archives."""
    from platformdirs import user_cache_path  # noqa: PLC0415 - as above

    return user_cache_path("reader", appauthor=False)


def keep_private() -> None:
    """Restrict marks and indexes to their owner, whatever permissions they were created with."""
    for folder in (data_folder(), cache_folder()):
        narrow_all(folder)
