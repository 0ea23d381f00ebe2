"""Restoring a database that was corrupted while open: marks that only this process still has are not lost."""

from pathlib import Path
from random import Random

import apsw
import pytest

from reader.errors import CorruptStoreError, StoreError
from reader.library import library as library_module
from reader.library.library import Library
from reader.marks.backups import back_up
from tests.articles import write_article
from tests.marks.making import anchor, article, held


@pytest.fixture
def library(tmp_path: Path) -> Library:
    write_article(tmp_path / "archive" / "a.md", "一篇", "<div>正文。</div>")
    library = Library([tmp_path / "archive"], tmp_path / "data" / "marks.db")
    library.marks.highlights.add(article("a"), anchor(), "", 1, "copied")
    back_up(tmp_path / "data" / "marks.db", why="daily")
    library.marks.highlights.add(article("b"), anchor(), "", 2, "not copied")
    return library


def tear(library: Library) -> bytes:
    """Overwrite the whole file except its first bytes; return the new content."""
    assert library.store is not None
    library.marks.store.connection.wal_checkpoint(mode=apsw.SQLITE_CHECKPOINT_TRUNCATE)
    size = library.store.stat().st_size
    torn = library.store.read_bytes()[:100] + Random(1).randbytes(size - 100)  # noqa: S311 - noise enough
    library.store.write_bytes(torn)
    return torn


def test_marks_still_in_memory_are_added_to_the_backup(library: Library) -> None:
    was = held(library.marks)
    torn = tear(library)
    restored = library.restore()
    assert held(library.marks) == was
    assert library.store_error is None
    assert restored.aside.read_bytes() == torn
    library.marks.articles.star(article("b"), starred=True)
    library.close()


def test_without_a_replacement_marks_last_until_the_exit(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    was = held(library.marks)
    tear(library)

    def refuse(*_arguments: object, **_options: object) -> None:
        raise StoreError("the disk is full", "")

    monkeypatch.setattr(library_module, "restore", refuse)
    with pytest.raises(StoreError, match="full"):
        library.restore()
    assert held(library.marks) == was
    assert isinstance(library.store_error, CorruptStoreError)
    library.marks.articles.star(article("b"), starred=True)
    monkeypatch.undo()
    library.restore()
    assert held(library.marks) == {**was, "starred": {"b"}}
    library.close()
