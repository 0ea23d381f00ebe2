"""The platform's folders for settings, marks and indexes."""

import os
import re
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from reader.errors import ReaderError
from reader.language import _
from reader.private_files import narrow_all
from reader.settings.base_folders import cache_place, config_place, data_place, documents_place, settings_place

EXPORTS = "exports.json"
"""The name of the file in the data folder that records what was exported."""


def settings_path() -> Path:
    """The path of the settings file."""
    return Path(settings_place())


def at_home(text: str) -> str:
    """A text with the home folder as “~”: shorter, and without the name of the user.

    Paths that only begin in the same way stay unchanged, such as `/home/annette` if the home folder is `/home/ann`.
    """
    home = os.path.expanduser("~").rstrip("/")  # noqa: PTH111 - Path.home raises without one
    if len(home) < 2 or home not in text:
        return text
    return re.sub(rf"(?<![\w./-]){re.escape(home)}(?![\w-]|\.\w)", "~", text)


def config_folder() -> Path:
    """The folder of the settings and of custom themes."""
    return Path(config_place())


def data_folder() -> Path:
    """The folder for data that cannot be recreated: the marks database.

    Raises:
        ReaderError: Its name is not UTF-8, which SQLite requires.
    """
    return _utf8(Path(data_place()), "XDG_DATA_HOME")


def cache_folder() -> Path:
    """The folder for data that can be recreated: the indexes of archives.

    Raises:
        ReaderError: Its name is not UTF-8, which SQLite requires.
    """
    return _utf8(Path(cache_place()), "XDG_CACHE_HOME")


def export_folder(written: str) -> tuple[Path, Path | None]:
    """The folder of exports for the setting `export_folder`, and a folder to use instead if the first is in an archive.

    The second folder is None if the user has chosen the first.

    Raises:
        ReaderError: The setting begins with `~` and the name of an unknown user.
    """
    if written:
        try:
            return Path(written).expanduser(), None
        except RuntimeError as error:
            message = _("The export folder {path} is in the home of an unknown user").format(path=written)
            raise ReaderError(message, _("set export_folder in the settings to another folder")) from error
    return Path(documents_place()) / "reader", data_folder() / "exports"


def usual_archives(written: Sequence[str]) -> list[Path]:
    """The archives of $READER_ARCHIVE, else those `written` in the settings; they need not exist."""
    environment = [part for part in os.environ.get("READER_ARCHIVE", "").split(os.pathsep) if part]
    return [Path(part).expanduser() for part in environment or written]


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
