"""Which pictures of an article are missing, or outside its archive."""

from pathlib import Path

import pytest

from reader.layout.picture_rooms import PictureProblem
from reader.linking.broken_pictures import picture_problem
from tests.linking.test_picture_files import article, put


@pytest.mark.parametrize("folder", ["", "../", "/", "d/"])
@pytest.mark.parametrize("length", [1, 300, 5_000])
def test_a_picture_that_is_not_there_is_missing(tmp_path: Path, folder: str, length: int) -> None:
    put(tmp_path / "notes/a.png")
    assert picture_problem(article(tmp_path), "a.png") is None
    # No file system has names of more than 255 characters.
    assert picture_problem(article(tmp_path), folder + "x" * length) is PictureProblem.MISSING


def test_a_path_out_of_the_archive_is_outside(tmp_path: Path) -> None:
    assert picture_problem(article(tmp_path), "../../" + "x" * 300) is PictureProblem.OUTSIDE
