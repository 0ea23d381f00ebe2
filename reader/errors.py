"""The errors a person may see: what is wrong, what to do about it, and the exit code it ends a command with.

The edge decides how an error looks: `cli` prints one line on stderr, `ui` shows a notice. Nothing in between prints.
"""


class ReaderError(Exception):
    """Something a person can act on.

    Attributes:
        message: What is wrong and where, one line, without a full stop.
        hint: What to do about it, one line, or empty.
        exit_code: What a command ends with when this error ends it.
    """

    exit_code = 1

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message}: {self.hint}" if self.hint else self.message


class UsageError(ReaderError):
    """A command was called with words it does not take."""

    exit_code = 2


class ArchiveError(ReaderError):
    """An archive, or a file in it, cannot be read at all."""


class SettingsError(ReaderError):
    """The settings file holds something that cannot be used."""

    exit_code = 2


class ThemeError(ReaderError):
    """A theme file cannot be used."""


class ExportError(ReaderError):
    """Something could not be written; nothing half-written is left."""


class StoreError(ReaderError):
    """The store of marks cannot be opened or written."""


class BusyStoreError(StoreError):
    """The store of marks is being written by another reader."""


class DamagedStoreError(StoreError):
    """The store of marks is damaged.

    Attributes:
        path: Where it lies.
    """

    def __init__(self, message: str, hint: str, path: str) -> None:
        super().__init__(message, hint)
        self.path = path


class ExchangeError(ReaderError):
    """A file of marks cannot be used."""


class IndexingError(ReaderError):
    """The index of an archive cannot be made or used; the archive itself can be read all the same."""
