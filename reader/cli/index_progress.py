"""Updating the index before a command uses it, with a progress bar."""

import sys
from argparse import Namespace
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import wraps
from pathlib import Path

from reader.cli.output import overwrite_line, print_error
from reader.index.corruption import CorruptIndexError
from reader.index.progress import SyncProgress, SyncStage, time_left
from reader.indexing.protocol import IndexEvent
from reader.indexing.update import UpdateOptions
from reader.language import _
from reader.library.indexed import IndexedArchives, indexed
from reader.settings.folders import cache_folder, data_folder, keep_private
from reader.settings.options import Settings

_BAR = 24


@contextmanager
def current(
    paths: Sequence[Path], settings: Settings, *, texts: bool = True, rebuild: bool = False
) -> Iterator[IndexedArchives]:
    """Open the archives at `paths` with updated indexes; shows a progress bar on a terminal.

    Raises:
        ArchiveError: A path does not exist.
        IndexingError: An index cannot be created, not even in memory.
    """
    bar = _Bar()
    update_options = UpdateOptions(texts=texts, show_copies=settings.show_copies, rebuild=rebuild, report=bar.show)
    keep_private()
    try:
        with indexed(paths, cache_folder(), data_folder() / "marks.db", update_options) as found:
            bar.close()
            for error in found.errors:
                print_error(error)
            yield found
    finally:
        # After Ctrl+C or an error, further output must not follow the bar on its line.
        bar.close()


def rerun_if_corrupt(run: Callable[[Namespace, Settings], int]) -> Callable[[Namespace, Settings], int]:
    """Decorate a command to run a second time, on a rebuilt index, if the index turns out to be corrupt.

    The command must not print anything before it has read everything it needs from the index.
    """

    @wraps(run)
    def running(options: Namespace, settings: Settings) -> int:
        try:
            return run(options, settings)
        except CorruptIndexError:
            _print_rebuilt(_("the old one was corrupt"))
        return run(options, settings)

    return running


def _print_rebuilt(why: str) -> None:
    print("reader: " + _("Rebuilding the index: {why}").format(why=why), file=sys.stderr)


class _Bar:
    """A progress line on stderr, if that is a terminal and the work takes long enough."""

    def __init__(self) -> None:
        self._shown = False

    def show(self, event: IndexEvent) -> None:
        """Show an event."""
        if event.rebuilt:
            self.close()
            _print_rebuilt(event.rebuilt)
        if event.progress is not None and event.progress.done and sys.stderr.isatty():
            overwrite_line(_line(event.progress))
            self._shown = True

    def close(self) -> None:
        """Erase the line."""
        if self._shown:
            overwrite_line("")
            self._shown = False


def _line(progress: SyncProgress) -> str:
    """Stage, bar, count, rate and remaining time."""
    names = {
        SyncStage.WALK: _("Scanning"),
        SyncStage.HEADS: _("Titles"),
        SyncStage.TEXTS: _("Texts"),
        SyncStage.DONE: _("Done"),
    }
    parts = [names[progress.stage]]
    if progress.total:
        full = _BAR * progress.done // progress.total
        parts.append("━" * full + "─" * (_BAR - full))
    count = f"{progress.done:,}" + (f" / {progress.total:,}" if progress.total else "")
    parts += [count, _("{rate:,.0f}/s").format(rate=progress.rate)]
    if progress.seconds_left is not None:
        parts.append(time_left(progress.seconds_left))
    return "  ".join(parts)
