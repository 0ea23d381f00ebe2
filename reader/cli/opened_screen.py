"""The screen: its first frame, then Textual, and what is saved at the end."""

import os
from collections.abc import Sequence

from reader.archive.vaults import link_base
from reader.cli.output import print_error
from reader.cli.standard_input import STEM
from reader.errors import ReaderError, StoreError
from reader.keymap.keymap import Keymap
from reader.language import _
from reader.library.library import Library
from reader.marks.backups import back_up_within
from reader.settings.options import Settings
from reader.themes.colour_depth import has_few_colours, has_true_colour
from reader.ui.background import ask_early, see_early
from reader.ui.early_terminal import early_terminal
from reader.ui.first_frame import paint_first, read_first
from reader.ui.session import Session
from reader.ui.terminal import terminal_restorer

_BACKUP = 1.0
"""Seconds that a backup of the marks may take when the program exits."""


def run_screen(
    library: Library, settings: Settings, keys: tuple[Keymap, Sequence[str]], *, sample: bool, base: str
) -> int:
    """Paint the page of the first article, then open the screen."""
    for stale in ("COLUMNS", "LINES"):
        # Textual and Rich would believe a size exported by a script rather than the terminal.
        os.environ.pop(stale, None)
    if has_true_colour(os.environ):
        # Rich knows direct colour by this variable only.
        os.environ["COLORTERM"] = "truecolor"
    keymap, key_warnings = keys
    session = Session(
        library,
        settings,
        keymap,
        without_colours=bool(os.environ.get("NO_COLOR")),
        few_colours=has_few_colours(os.environ),
    )
    session.key_warnings = key_warnings
    if base:
        session.link_base = link_base(base, STEM)
        session.base = "" if session.link_base is not None else base
    with early_terminal(terminal_restorer()) as terminal:
        if terminal is not None:
            ask_early(session, terminal)
        first = read_first(session, sample=sample)
        if terminal is not None:
            see_early(session, terminal)
        if first is not None and terminal is not None:
            first = paint_first(session, first, terminal)
        # Imported after the first frame is painted, because importing Textual takes too long.
        from reader.ui.app import EarlyStart, run_app  # noqa: PLC0415

        return run_app(library, EarlyStart(session, first, terminal), lambda: end(library), sample=sample)


def end(library: Library) -> None:
    """Save and back up the marks, and close the library."""
    _save_unsaved_marks(library)
    _back_up(library)
    library.close()


def _back_up(library: Library) -> None:
    """Back up the marks of the last minutes."""
    if library.store is not None and library.unsaved is None:
        try:
            back_up_within(library.store, _BACKUP)
        except StoreError as error:
            print_error(error)


def _save_unsaved_marks(library: Library) -> None:
    """Save unsaved marks without asking, after a signal or an error: in the database, or else in a file."""
    try:
        unsaved = library.unsaved
        if unsaved is not None and unsaved.is_unsaved and not library.reopen():
            path = unsaved.write_file()
            print_error(
                ReaderError(
                    _("The marks of this session could not be saved to the marks database; they are in {path}").format(
                        path=path
                    ),
                    _("add them later with “reader marks import”"),
                )
            )
    except ReaderError as error:
        print_error(error)
