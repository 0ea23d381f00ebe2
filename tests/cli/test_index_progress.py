"""The progress bar of commands that update the index."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from reader.cli import index_progress
from reader.errors import ReaderError
from reader.index.progress import SyncProgress, SyncStage
from reader.indexing.protocol import IndexEvent
from reader.indexing.update import UpdateOptions
from reader.settings.options import Settings


@pytest.mark.parametrize("error", [KeyboardInterrupt(), ReaderError("no room")])
def test_bar_is_erased_when_indexing_is_interrupted(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], error: BaseException
) -> None:
    @contextmanager
    def interrupted(_paths: object, _cache: object, _marks: object, options: UpdateOptions) -> Iterator[None]:
        options.report(IndexEvent(0, progress=SyncProgress(SyncStage.HEADS, 192, rate=97)))
        raise error
        yield

    monkeypatch.setattr(index_progress, "indexed", interrupted)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    with pytest.raises(type(error)), index_progress.current([], Settings()):
        pass
    shown = capsys.readouterr().err
    assert "192" in shown
    assert shown.endswith("\r\x1b[K")


@pytest.mark.parametrize(("waiting", "told"), [(100, "50 s left"), (238, "119 s left"), (1_200, "10 min left")])
def test_the_remaining_time_is_told_in_minutes_where_minutes_are_meant(waiting: int, told: str) -> None:
    line = index_progress._line(SyncProgress(SyncStage.TEXTS, 0, waiting, rate=2))
    assert line.endswith(told)
