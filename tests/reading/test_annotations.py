"""The highlights of an article, by its id and its path."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.marks.facade import Marks
from reader.reading.annotations import highlights_of
from tests.marks.making import anchor, article


@pytest.fixture
def marks(tmp_path: Path) -> Iterator[Marks]:
    marks = Marks(tmp_path / "marks.db")
    yield marks
    marks.close()


def test_highlights_under_another_id_of_the_path_are_found(marks: Marks, tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    before, now = article("before", path), article("now", path)
    old = marks.highlights.add(before, anchor("灯塔照着海"), "", 1)
    new = marks.highlights.add(now, anchor("守夜的人"), "", 1)
    marks.highlights.add(article("other", tmp_path / "b.md"), anchor(), "", 1)
    assert {one.uid for one in highlights_of(marks, now)} == {old.uid, new.uid}
