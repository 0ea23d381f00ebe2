"""The errors shown to users, each with a message, a hint and an exit code.

The outermost layer presents them: `cli` prints one line on stderr, `ui` shows a notification. No other layer prints.
"""

from reader.language import _, translated


class ReaderError(Exception):
    """An error that the user can act on.

    Attributes:
        message: What is wrong and where, one line, without a full stop.
        hint: What to do, one line, or empty.
        exit_code: The exit code of a command that fails with this error.
    """

    exit_code = 1

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        message = translated(self.message)
        return _("{message}: {hint}").format(message=message, hint=self.hint) if self.hint else message


class UsageError(ReaderError):
    """A command was called with invalid arguments."""

    exit_code = 2


class ArchiveError(ReaderError):
    """An archive, or a file in it, cannot be read at all."""


class SettingsError(ReaderError):
    """The settings file is invalid."""

    exit_code = 2


class ThemeError(ReaderError):
    """A theme file cannot be used."""


class ExportError(ReaderError):
    """A file could not be written; no partial file remains."""


class StoreError(ReaderError):
    """The marks database cannot be opened or written."""


class BusyStoreError(StoreError):
    """The marks database is locked by another process."""


class CorruptStoreError(StoreError):
    """The marks database is corrupt.

    Attributes:
        path: Its path.
        reason: What is wrong with it, as SQLite says.
    """

    def __init__(self, message: str, hint: str, path: str, reason: str = "") -> None:
        super().__init__(message, hint)
        self.path = path
        self.reason = reason


class DictionaryError(ReaderError):
    """A dictionary cannot be read."""


class ExchangeError(ReaderError):
    """A file of exported marks is invalid."""


class IndexingError(ReaderError):
    """The index of an archive cannot be created or used; the archive itself is still readable."""
