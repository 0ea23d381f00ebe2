"""`reader PATH…`: open the screen."""

import os
import sys
from argparse import Namespace
from collections.abc import Mapping, Sequence
from pathlib import Path

from reader import resources
from reader.cli.chosen_archives import chosen_paths, divided, print_missing
from reader.cli.standard_input import NAME, check_format, is_redirected, spooled, use_terminal_as_input
from reader.cli.starting_places import starting_places, targets_of
from reader.errors import UsageError
from reader.keymap.keymap import Keymap
from reader.keymap.presets import DEFAULT
from reader.language import _
from reader.library.library import Library
from reader.reading.starting_place import StartingPlace
from reader.settings.folders import cache_folder, data_folder, keep_private
from reader.settings.options import Settings

_WITHOUT_SCREEN = ("", "dumb", "unknown")
"""Values of $TERM for terminals that cannot position the cursor."""


def run(options: Namespace, settings: Settings) -> int:
    """Open archives, or the text of standard input, on the screen; return 0 when the user quits."""
    targets = targets_of(options.path)
    options.path = [target for target, _place in targets]
    check_format(options.written_in, options.path)
    if options.path == [NAME] or (not options.path and is_redirected()):
        if not sys.stdout.isatty():
            # Another program reads the output: the reader is a filter.
            from reader.cli import parsers, show_command  # noqa: PLC0415 - the screen needs neither

            arguments = [NAME, *(["--as", options.written_in] if options.written_in else [])]
            arguments += ["--base", options.base] if options.base else []
            arguments += [place.written for _target, place in targets if place is not None]
            return show_command.run(parsers.parse("show", arguments), settings)
        with spooled(options.written_in) as path:
            use_terminal_as_input()
            place = next((place for _target, place in targets if place is not None), None)
            return _open([path], settings, {path: place} if place is not None else {}, base=options.base or "")
    if options.base:
        raise UsageError(_("“--base” is for standard input"), _("write “-” for it, as in “… | reader - --base BASE”"))
    found, missing = divided(chosen_paths(options.path, settings))
    # The screen shows this warning too, but may fail to open.
    print_missing(missing)
    return _open(found or [resources.seeds()], settings, starting_places(targets), missing=missing)


def _open(
    paths: Sequence[Path],
    settings: Settings,
    places: Mapping[Path, StartingPlace],
    *,
    missing: Sequence[Path] = (),
    base: str | None = None,
) -> int:
    keymap, warnings = _keymap(settings)
    keep_private()
    library = Library(paths, data_folder() / "marks.db", cache_folder(), show_copies=settings.show_copies)
    try:
        _show_on_terminal()
        # A closed input is None, which the type stubs do not express.
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
        from reader.cli.opened_screen import Start, run_screen  # noqa: PLC0415 - loading it delays the indexer

        sample = paths == [resources.seeds()]
        return run_screen(library, settings, Start(keymap, warnings, missing, sample, base, places))
    finally:
        library.close()


def _show_on_terminal() -> None:
    """Let stderr be the terminal of stdout, since the screen is written to it: for `reader FILE 2>log`, as in vim.

    Where the screen cannot be shown, stderr stays as it is, and so receives the message about that.
    """
    others = vars(sys)["stdin"], sys.stdout
    # A closed stderr stays so: the screen is written to the stream with which Python began.
    if sys.__stderr__ is not None and not sys.__stderr__.isatty() and all(one and one.isatty() for one in others):
        os.dup2(sys.stdout.fileno(), sys.__stderr__.fileno())


def _keymap(settings: Settings) -> tuple[Keymap, Sequence[str]]:
    """The keymap of the settings, and warnings about the user's own keys."""
    if settings.keymap == DEFAULT and not settings.keys and not settings.commands:
        return Keymap(), ()
    from reader.settings.user_keymap import key_warnings, keymap_of  # noqa: PLC0415 - the first paint does not wait

    return keymap_of(settings), key_warnings(settings)
