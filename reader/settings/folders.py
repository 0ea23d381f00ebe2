"""Where settings, marks and indexes lie on this system."""

from pathlib import Path

from reader.private_files import narrow_all


def settings_path() -> Path:
    """The path of the settings file."""
    return config_folder() / "settings.yaml"


def config_folder() -> Path:
    """The folder of the settings and of own themes."""
    from platformdirs import user_config_path  # noqa: PLC0415 - slow to import, and a test's environment may change

    return user_config_path("reader", appauthor=False)


def data_folder() -> Path:
    """The folder of what cannot be recreated: the store of marks."""
    from platformdirs import user_data_path  # noqa: PLC0415 - as above

    return user_data_path("reader", appauthor=False)


def cache_folder() -> Path:
    """The folder of what can be recreated: the indexes of archives."""
    from platformdirs import user_cache_path  # noqa: PLC0415 - as above

    return user_cache_path("reader", appauthor=False)


def keep_private() -> None:
    """Have what the program keeps, marks and indexes, be readable by its owner only, whoever made it and how."""
    for folder in (data_folder(), cache_folder()):
        narrow_all(folder)
