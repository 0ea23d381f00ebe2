"""The log of an unexpected error: a traceback in a file, which a message names."""

import os
from pathlib import Path

from reader.document.sanitizing import clean_line, inert
from reader.errors import ReaderError
from reader.language import _
from reader.private_files import FILE, make_private_folder, narrow
from reader.settings.folders import cache_folder

_REASON = 300
"""Maximum length in characters of the text of an unexpected error."""


def crash_folder() -> Path | None:
    """The folder of the log; None if the user has no usable folder for it."""
    try:
        return cache_folder()
    except ReaderError:
        return None


def log_crash(error: Exception, folder: Path | None) -> ReaderError:
    """Write the traceback of an unexpected error into a file in `folder`; return what the user is told.

    No file is written if there is no folder, or if writing fails.
    """
    reason = clean_line(f"{type(error).__name__}: {error}")[:_REASON]
    message = _("Internal error ({reason})").format(reason=reason)
    if folder is None:
        return ReaderError(message)
    from traceback import format_exception  # noqa: PLC0415 - slow to import, and only for a crash

    details = "".join(format_exception(error))
    log = folder / "crash.txt"
    try:
        make_private_folder(folder)
        # The traceback may contain private text and paths, so restrict its permissions.
        with os.fdopen(os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, FILE), "w", encoding="utf-8") as file:
            narrow(log)
            file.write(inert(details.encode("utf-8", "replace").decode()))
    except OSError:
        return ReaderError(message)
    return ReaderError(message, _("see {path} for details").format(path=log))
