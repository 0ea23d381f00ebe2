"""Copies of pictures inside other files: private, only pictures, and removed at the end."""

import stat
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from shutil import rmtree

import pytest
from PIL import Image

from reader.errors import ArchiveError
from reader.linking.picture_files import PictureFile
from reader.ui.picture_copies import PictureCopies
from tests.archive.epub_files import zipped


def picture_data() -> bytes:
    data = BytesIO()
    Image.new("RGB", (40, 20), (250, 0, 0)).save(data, "PNG")
    return data.getvalue()


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "book.epub"
    hidden, program = "OEBPS/../../.. rm -rf.png", b"#!/bin/sh\necho\n"
    content = {"a/灯 塔.png": picture_data(), "lamp.sh": picture_data(), "page.png": program, hidden: picture_data()}
    path.write_bytes(zipped(content))
    return path


@pytest.fixture
def copies() -> Iterator[PictureCopies]:
    made = PictureCopies()
    yield made
    made.remove()


def test_a_copy_is_private_and_has_the_content(book: Path, copies: PictureCopies) -> None:
    path = copies.path(PictureFile(book, "a/灯 塔.png"))
    assert path.read_bytes() == picture_data()
    assert path.name == "灯-塔.png"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert copies.path(PictureFile(book, "a/灯 塔.png")) == path


def test_copies_are_removed(book: Path, copies: PictureCopies) -> None:
    path = copies.path(PictureFile(book, "a/灯 塔.png"))
    copies.remove()
    assert not path.parent.exists()
    assert copies.path(PictureFile(book, "a/灯 塔.png")).is_file()


def test_copies_that_the_system_removed_are_made_again(copies: PictureCopies, tmp_path: Path) -> None:
    names = ["a/tide.png", "b/tide.png", "c/tide.png"]
    first, second, third = (PictureFile(tmp_path / "book.epub", name) for name in names)
    (tmp_path / "book.epub").write_bytes(zipped(dict.fromkeys(names, picture_data())))
    removed = copies.path(first)
    copies.path(second)
    removed.unlink()
    assert {copies.path(one).name for one in (first, second, third)} == {"tide.png", "tide-2.png", "tide-3.png"}
    rmtree(removed.parent)
    assert all(copies.path(one).read_bytes() == picture_data() for one in (first, second, third))


@pytest.mark.parametrize("part", ["lamp.sh", "page.png", "gone.png"])
def test_only_pictures_are_copied(book: Path, copies: PictureCopies, part: str) -> None:
    with pytest.raises(ArchiveError):
        copies.path(PictureFile(book, part))


def test_no_name_leads_out_of_the_folder(book: Path, copies: PictureCopies) -> None:
    path = copies.path(PictureFile(book, "OEBPS/../../.. rm -rf.png"))
    assert path.name == "rm-rf.png"
