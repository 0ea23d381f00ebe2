"""Files that are missing, among which moved ones are recognized."""

from collections.abc import Collection, Iterable
from typing import cast

import pytest

from reader.archive.walk import FoundFile
from reader.index.entries import ArticleHead
from reader.index.moved_files import MovedFiles
from reader.index.writer import StoredFile, Writer
from tests.growth import assert_linear


class FakeWriter:
    """A writer in which all articles have the same title."""

    asked = 0

    def title(self, _key: int) -> str:
        """The title of an article."""
        self.asked += 1
        return "灯塔"

    def names(self, _keys: Collection[int]) -> Iterable[tuple[int, str, str, str]]:
        """The titles, dates and addresses of articles."""
        return ()


def missing(files: Iterable[tuple[int, int]]) -> tuple[MovedFiles, FakeWriter]:
    """Missing files named 0, 1, 2 … with these fingerprints and inodes."""
    titles = FakeWriter()
    known = {
        str(key).encode(): StoredFile(key, str(key), 1, 1, inode, fingerprint)
        for key, (fingerprint, inode) in enumerate(files)
    }
    return MovedFiles(known, cast("Writer", titles)), titles


def head(fingerprint: int, inode: int, title: str = "") -> ArticleHead:
    """The metadata of a file that was found."""
    found = FoundFile("x", 1, 1, inode)
    return ArticleHead(found, fingerprint, 0, title, b"", None, "", "", "", "", "", "", "", "", None)


def taken(files: MovedFiles, one: ArticleHead) -> bytes | None:
    found = files.take(one)
    return None if found is None else found[0]


def test_of_equal_files_the_one_with_the_inode_is_chosen_once() -> None:
    files, _titles = missing([(7, 1), (7, 2), (7, 3)])
    assert taken(files, head(7, 3)) == b"2"
    assert [taken(files, head(7, 9)) for _ in range(3)] == [b"0", b"1", None]
    assert not files.articles


def test_edited_file_is_recognized_by_its_inode_and_title() -> None:
    files, _titles = missing([(7, 1), (8, 2)])
    assert taken(files, head(9, 2, "渡口")) is None
    assert taken(files, head(9, 2, "灯塔")) == b"1"


def test_without_inode_numbers_none_is_equal() -> None:
    files, titles = missing([(7, 0), (8, 0)])
    assert taken(files, head(9, 0, "灯塔")) is None
    assert titles.asked == 0


@pytest.mark.parametrize("inode", [0, 5])
def test_very_many_equal_files_take_linear_time(inode: int) -> None:
    def move(size: int) -> None:
        files, _titles = missing((7, inode) for _ in range(size))
        for _ in range(size):
            assert files.take(head(7, inode))

    assert_linear(move, 400)
