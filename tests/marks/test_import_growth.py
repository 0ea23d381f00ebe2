"""An import takes time proportional to the size of the file, whatever its content."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from reader.marks.exchange import FORMAT, VERSION, ArticleRecord, MarksFile, SearchRecord, TagRecord
from reader.marks.facade import Marks
from reader.marks.merging import import_marks

_WHEN = datetime(2024, 5, 6, tzinfo=UTC)
_STEPS = 100
"""The number of SQLite's virtual machine steps per call of the counter."""


def _of(articles: list[ArticleRecord]) -> MarksFile:
    return MarksFile(FORMAT, VERSION, articles)


def tags_of_one(many: int) -> MarksFile:
    return _of([ArticleRecord("a", "/a.md", "文章", tags=[TagRecord(f"签{n}", _WHEN) for n in range(many)])])


def records_of_one(many: int) -> MarksFile:
    return _of([ArticleRecord("a", "/a.md", "文章", tags=[TagRecord(f"签{n}", _WHEN)]) for n in range(many)])


def one_path(many: int) -> MarksFile:
    return _of([ArticleRecord(f"a{n}", "/a.md", "文章", fingerprint=7, starred=_WHEN) for n in range(many)])


def searches(many: int) -> MarksFile:
    return MarksFile(FORMAT, VERSION, searches=[SearchRecord(f"搜索{n}", "is:read", _WHEN) for n in range(many)])


def steps(file: MarksFile) -> int:
    """The steps of SQLite for an import into an empty database, and into one that already contains everything."""
    marks = Marks(None)
    count = 0

    def counted() -> bool:
        nonlocal count
        count += 1
        return False

    marks.store.connection.set_progress_handler(counted, _STEPS)
    import_marks(marks.store, file)
    import_marks(marks.store, file)
    marks.store.connection.set_progress_handler(None)
    marks.close()
    return count


@pytest.mark.parametrize("shape", [tags_of_one, records_of_one, one_path, searches])
def test_work_grows_linearly(shape: Callable[[int], MarksFile]) -> None:
    assert steps(shape(1_000)) < 15 * steps(shape(100))


def test_tag_differing_only_in_case_or_width_exists_already() -> None:
    marks = Marks(None)
    names = ("Sea", "sea", "ＳＥＡ", "灯塔")
    import_marks(marks.store, _of([ArticleRecord("a", "/a.md", "文章", tags=[TagRecord(one, _WHEN) for one in names])]))
    import_marks(marks.store, _of([ArticleRecord("a", "/a.md", "文章", tags=[TagRecord("SEA", _WHEN)])]))
    assert set(marks.articles.tags("a")) == {"Sea", "灯塔"}
