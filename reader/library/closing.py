"""The end of a session: its marks are saved and backed up, and the library is closed."""

from collections.abc import Callable

from reader.errors import ReaderError, StoreError
from reader.language import _
from reader.library.library import Library
from reader.marks.backups import back_up_within

_BACKUP = 1.0
"""Seconds that a backup of the marks may take when the program exits."""


def close_saved(library: Library, report: Callable[[ReaderError], None]) -> None:
    """Save and back up the marks, and close the library; `report` receives what failed."""
    _save_unsaved_marks(library, report)
    _back_up(library, report)
    library.close()


def _save_unsaved_marks(library: Library, report: Callable[[ReaderError], None]) -> None:
    """Save unsaved marks without asking, after a signal or an error: in the database, or else in a file."""
    try:
        unsaved = library.unsaved
        if unsaved is not None and unsaved.is_unsaved and not library.reopen():
            path = unsaved.write_file()
            report(
                ReaderError(
                    _("The marks of this session could not be saved to the marks database; they are in {path}").format(
                        path=path
                    ),
                    _("add them later with “reader marks import”"),
                )
            )
    except ReaderError as error:
        report(error)


def _back_up(library: Library, report: Callable[[ReaderError], None]) -> None:
    """Back up the marks of the last minutes."""
    if library.store is not None and library.unsaved is None:
        try:
            back_up_within(library.store, _BACKUP)
        except StoreError as error:
            report(error)
