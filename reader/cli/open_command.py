"""`reader PATH…`: open the screen."""

import os
import sys
from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path

from reader import resources
from reader.archive.vaults import link_base
from reader.cli.chosen_archives import archives
from reader.cli.output import print_error
from reader.cli.standard_input import NAME, STEM, check_format, is_redirected, spooled, use_terminal_as_input
from reader.errors import ReaderError, StoreError, UsageError
from reader.keymap.keymap import Keymap
from reader.keymap.presets import DEFAULT
from reader.language import _
from reader.library.library import Library
from reader.marks.backups import back_up_within
from reader.settings.folders import cache_folder, data_folder, keep_private
from reader.settings.options import Settings
from reader.themes.colour_depth import has_few_colours, has_true_colour
from reader.ui.background import ask_early, see_early
from reader.ui.early_terminal import early_terminal
from reader.ui.first_frame import paint_first, read_first
from reader.ui.session import Session
from reader.ui.terminal import terminal_restorer

_BACKUP = 1.0
"""Seconds that a backup of the marks may take when the program exits."""

_WITHOUT_SCREEN = ("", "dumb", "unknown")
"""Values of $TERM for terminals that cannot position the cursor."""


def run(options: Namespace, settings: Settings) -> int:
    """Open archives, or the text of standard input, on the screen; return 0 when the user quits."""
    check_format(options.written_in, options.path)
    if options.path == [NAME] or (not options.path and is_redirected()):
        if not sys.stdout.isatty():
            # Another program reads the output: the reader is a filter.
            from reader.cli import parsers, show_command  # noqa: PLC0415 - the screen needs neither

            arguments = [NAME, *(["--as", options.written_in] if options.written_in else [])]
            arguments += ["--base", options.base] if options.base else []
            return show_command.run(parsers.parse("show", arguments), settings)
        with spooled(options.written_in) as path:
            use_terminal_as_input()
            return _open([path], settings, base=options.base or "")
    if options.base:
        raise UsageError(_("“--base” is for standard input"), _("write “-” for it, as in “… | reader - --base BASE”"))
    return _open(archives(options.path, settings), settings)


def _open(paths: Sequence[Path], settings: Settings, *, base: str = "") -> int:
    keymap, warnings = _keymap(settings)
    keep_private()
    library = Library(paths, data_folder() / "marks.db", cache_folder(), show_copies=settings.show_copies)
    try:
        # A closed input is None, which the type stubs do not express; the screen is written to stderr.
        if not all(stream and stream.isatty() for stream in (vars(sys)["stdin"], sys.stdout, sys.stderr)):
            raise UsageError(
                _("The reader needs a terminal; its input or output is a pipe or a file"),
                _("print an article with “reader show FILE”, or list them with “reader list”"),
            )
        terminal = os.environ.get("TERM", "")
        if sys.platform != "win32" and terminal in _WITHOUT_SCREEN:
            raise UsageError(
                _("The screen cannot be drawn in this terminal (TERM={terminal})").format(terminal=terminal),
                _("print an article with “reader show FILE”, or list them with “reader list”"),
            )
        # Index in the background while the screen starts.
        library.indexes.launch()
        return _run_screen(library, settings, (keymap, warnings), sample=paths == [resources.seeds()], base=base)
    finally:
        library.close()


def _keymap(settings: Settings) -> tuple[Keymap, Sequence[str]]:
    """The keymap of the settings, and warnings about own keys."""
    if settings.keymap == DEFAULT and not settings.keys and not settings.commands:
        return Keymap(), ()
    from reader.settings.user_keymap import key_warnings, keymap_of  # noqa: PLC0415 - the first paint does not wait

    return keymap_of(settings), key_warnings(settings)


def _run_screen(
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
