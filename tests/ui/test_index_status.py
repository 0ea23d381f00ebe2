"""The text about indexing in the status line."""

import pytest

from reader.index.progress import SyncProgress, SyncStage
from reader.keymap.keymap import Keymap
from reader.ui import index_status
from reader.ui.index_status import IndexStatus


@pytest.mark.parametrize(
    ("done", "rate", "left"),
    [
        (100, 10, "30 s left"),
        (281, 1, "119 s left"),
        (280, 1, "2 min left"),
        (7, 1, "7 min left"),
        (0, 0.02, "333 min left"),
        (400, 10, ""),
    ],
)
def test_time_left_is_in_seconds_or_minutes(monkeypatch: pytest.MonkeyPatch, done: int, rate: float, left: str) -> None:
    monkeypatch.setattr(index_status, "_DELAY", 0)
    status = IndexStatus(Keymap())
    status.advance(SyncProgress(SyncStage.TEXTS, done, 400, rate))
    parts = status.note.split(" · ")
    assert parts[0] == f"Texts {done} / 400"
    assert [part for part in parts if part.endswith("left")] == ([left] if left else [])
