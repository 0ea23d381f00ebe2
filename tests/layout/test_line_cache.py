"""The lines of units are made once while there is room for them, and the oldest make room for new ones."""

import pytest

from reader.layout import line_cache
from reader.layout.cells import Cells
from reader.layout.line_cache import LineCache
from reader.layout.lines import Line


def made_by(cache: LineCache, numbers: list[int], rows: int) -> list[int]:
    """The units that were made when the units `numbers` were asked for in turn."""
    made: list[int] = []

    def make(number: int) -> list[Line]:
        made.append(number)
        return [Line()] * rows

    for number in numbers:
        assert len(cache.get(number, make).lines) == rows
    return made


def test_the_longest_unused_lines_make_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(line_cache, "_CACHE_ROWS", 10)
    cache = LineCache(Cells())
    assert made_by(cache, [0, 1, 0, 1], rows=5) == [0, 1]
    assert made_by(cache, [0, 2, 0, 1], rows=5) == [2, 1]


def test_a_unit_longer_than_the_cache_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(line_cache, "_CACHE_ROWS", 10)
    assert made_by(LineCache(Cells()), [0, 0, 1, 1, 0], rows=50) == [0, 1, 0]


def test_dropped_lines_are_made_again_and_leave_their_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(line_cache, "_CACHE_ROWS", 10)
    cache = LineCache(Cells())
    assert made_by(cache, [0, 1], rows=5) == [0, 1]
    cache.drop(0, 1)
    assert made_by(cache, [1, 2, 1, 2], rows=5) == [2]
