"""The platform's folders for settings, marks and indexes."""

from contextlib import suppress
from pathlib import Path

from reader.errors import ReaderError
from reader.language import _
from reader.private_files import narrow_all


def settings_path() -> Path:
    """The path of the settings file."""
    return config_folder() / "settings.yaml"


def config_folder() -> Path:
    """The folder of the settings and of custom themes."""
    from platformdirs import user_config_path  # noqa: PLC0415 - slow to import, and tests change the environment

    return user_config_path("reader", appauthor=False)


def data_folder() -> Path:
    """The folder for data that cannot be recreated: the marks database.

    Raises:
        ReaderError: Its name is not UTF-8, which SQLite requires.
    """
    from platformdirs import user_data_path  # noqa: PLC0415 - as above

    return _utf8(user_data_path("reader", appauthor=False), "XDG_DATA_HOME")


def cache_folder() -> Path:
    """The folder for data that can be recreated: the indexes of archives.

    Raises:
        ReaderError: As above.
    """
    from platformdirs import user_cache_path  # noqa: PLC0415 - as above

    return _utf8(user_cache_path("reader", appauthor=False), "XDG_CACHE_HOME")


def keep_private() -> None:
    """Restrict marks and indexes to their owner, whatever permissions they were created with."""
    for folder in (data_folder, cache_folder):
        # A folder that cannot be used is reported by the command that needs it.
        with suppress(ReaderError):
            narrow_all(folder())


def _utf8(folder: Path, variable: str) -> Path:
    try:
        str(folder).encode()
    except UnicodeEncodeError as error:
        message = _("The name of the folder {path} is not UTF-8").format(path=folder)
        raise ReaderError(message, _("set {variable} to another folder").format(variable=variable)) from error
    return folder
