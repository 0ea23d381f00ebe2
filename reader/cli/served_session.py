"""One session of `reader serve`, a process for each page: `python -m reader.cli.served_session PATH…`.

It starts none of the user's programs: whoever has opened the page could run them on the server's machine.
"""

import sys
from collections.abc import Sequence
from pathlib import Path

from reader import language, resources
from reader.cli.chosen_archives import divided
from reader.cli.output import print_crash, print_error
from reader.cli.sanitized_stream import plain_output
from reader.errors import ReaderError
from reader.lean_dataclasses import replace
from reader.library.closing import close_saved
from reader.library.crash_log import crash_folder
from reader.library.library import Library
from reader.settings.folders import cache_folder, data_folder, keep_private
from reader.settings.loader import load
from reader.settings.options import HookCommands, Settings
from reader.settings.user_keymap import keymap_of
from reader.ui.app import EarlyStart, run_app
from reader.ui.browser_driver import BrowserDriver
from reader.ui.session import Session


def main(paths: Sequence[str]) -> int:
    """Run a session on archives at `paths`; return its exit code."""
    language.use("auto")
    with plain_output():
        # Standard output belongs to the protocol.
        sys.stdout = sys.stderr
        try:
            settings = load()
            language.use(settings.language)
            return _run([Path(path) for path in paths], without_programs(settings))
        except ReaderError as error:
            print_error(error)
            return error.exit_code
        except Exception as error:  # noqa: BLE001 - the last resort, as in `reader.cli.main`
            print_crash(error, crash_folder())
            return 1


def without_programs(settings: Settings) -> Settings:
    """The settings without commands, hooks, and the command of a dictionary."""
    return replace(settings, commands={}, hooks=HookCommands(), dictionary=())


def _run(named: Sequence[Path], settings: Settings) -> int:
    keep_private()
    paths, missing = divided(named)
    library = Library(paths, data_folder() / "marks.db", cache_folder(), show_copies=settings.show_copies)
    try:
        library.indexes.launch()
        session = Session(library, settings, keymap_of(settings))
        session.missing_archives = missing
        sample = paths == [resources.seeds()]
        start = EarlyStart(session, driver=BrowserDriver)
        return run_app(library, start, lambda: close_saved(library, print_error), sample=sample)
    finally:
        library.close()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
