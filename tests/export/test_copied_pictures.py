"""Pictures that are copied beside exported articles: a limit for each, with a warning."""

from pathlib import Path

import pytest

from reader.export import copied_pictures
from reader.export.copied_pictures import CopiedPictures
from tests.export.test_embedded_pictures import pictures
from tests.export.test_new_formats import article


def test_a_picture_above_the_limit_is_not_copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert copied_pictures._LARGEST_MIB == 64
    monkeypatch.setattr(copied_pictures, "_LARGEST_MIB", 1)
    for name, size in {"most": 2**20, "more": 2**20 + 1}.items():
        (tmp_path / f"{name}.png").write_bytes(b"x" * size)
    warnings: list[str] = []
    copies = CopiedPictures(tmp_path / "out", tmp_path / "record")
    found = copies.copy(article(tmp_path), pictures("most.png", "more.png"), warnings.append)
    assert found == {"most.png": "assets/most.png"}
    assert [path.name for path in (tmp_path / "out" / "assets").iterdir()] == ["most.png"]
    assert (tmp_path / "out" / "assets" / "most.png").stat().st_size == 2**20
    assert warnings == ["1 picture cannot be copied (more.png): it is missing, or larger than 1 MiB"]


def test_a_folder_that_is_a_link_is_not_written_to(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(b"x")
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "assets").symlink_to(tmp_path / "elsewhere")
    warnings: list[str] = []
    found = CopiedPictures(tmp_path / "out", tmp_path / "record").copy(
        article(tmp_path), pictures("a.png"), warnings.append
    )
    assert found == {}
    assert list((tmp_path / "elsewhere").iterdir()) == []
    assert warnings == [
        f"No pictures are copied: the folder {tmp_path / 'out' / 'assets'} is a link that leads elsewhere"
    ]


def test_pictures_outside_the_archive_are_named(tmp_path: Path) -> None:
    (tmp_path / "archive" / "img").mkdir(parents=True)
    (tmp_path / "secret.png").write_bytes(b"x")
    (tmp_path / "archive" / "link.png").symlink_to(tmp_path / "secret.png")
    warnings: list[str] = []
    copies = CopiedPictures(tmp_path / "out", tmp_path / "record")
    outside = pictures("../secret.png", "link.png", "file:///secret.png", "https://example.org/a.png")
    assert copies.copy(article(tmp_path / "archive"), outside, warnings.append) == {}
    names = "../secret.png, link.png, file:///secret.png"
    assert warnings == [f"3 pictures are left out ({names}): they lie outside the archive"]


def test_no_more_pictures_are_copied_once_the_export_is_stopped(tmp_path: Path) -> None:
    for name in "ab":
        (tmp_path / f"{name}.png").write_bytes(name.encode())
    copies = CopiedPictures(tmp_path / "out", tmp_path / "record")
    answers = iter([False, True])
    found = copies.copy(article(tmp_path), pictures("a.png", "b.png"), lambda _message: None, lambda: next(answers))
    assert list(found) == ["a.png"]
