"""What is saved when a session ends: marks in memory in the database, else in a file; and a backup."""

from pathlib import Path

import pytest

from reader.errors import ReaderError, StoreError
from reader.library import closing
from reader.library.closing import close_saved
from reader.library.library import Library
from reader.marks.facade import Marks
from reader.search.query_tree import State
from tests.articles import write_article
from tests.marks.making import article, in_state


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    write_article(tmp_path / "archive" / "0.md", "Lamp", "<p>Light.</p>", day=1)
    return tmp_path / "archive"


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """The place of a database, in which there is a folder."""
    folder = tmp_path / "data" / "marks.db"
    folder.mkdir(parents=True)
    return folder


def starred_in_memory(archive: Path, store: Path) -> Library:
    library = Library([archive], store)
    assert library.unsaved is not None
    library.marks.articles.star(article("lamp"), starred=True)
    return library


def test_unsaved_marks_are_saved_in_a_database_that_can_be_used_again(archive: Path, store: Path) -> None:
    library = starred_in_memory(archive, store)
    store.rmdir()
    errors: list[ReaderError] = []
    close_saved(library, errors.append)
    assert errors == []
    marks = Marks(store)
    assert in_state(marks, State.STARRED) == {"lamp"}
    marks.close()
    assert list((store.parent / "backups").iterdir()) != []


def test_unsaved_marks_are_in_a_file_that_is_reported_if_the_database_cannot_be_used(
    archive: Path, store: Path
) -> None:
    errors: list[ReaderError] = []
    close_saved(starred_in_memory(archive, store), errors.append)
    [file] = [path for path in store.parent.iterdir() if path.is_file()]
    [error] = errors
    assert error.message.startswith("The marks of this session could not be saved to the marks database")
    assert error.message.endswith(f"they are in {file}")


def test_library_is_closed_although_no_backup_can_be_written(
    archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = Library([archive], tmp_path / "marks.db")

    def fail(*_arguments: object) -> None:
        raise StoreError("the disk is full", "")

    monkeypatch.setattr(closing, "back_up_within", fail)
    errors: list[ReaderError] = []
    close_saved(library, errors.append)
    assert [str(one) for one in errors] == ["the disk is full"]
    with pytest.raises(StoreError):
        library.marks.articles.star(article("lamp"), starred=True)
