"""Pictures that are copied beside exported articles: a limit for each, with a warning."""

import json
import os
from pathlib import Path

import pytest

from reader.document.length import Statistics
from reader.document.outline import Outline
from reader.export import copied_pictures
from reader.export.article_export import ArticleExport
from reader.export.atomic_writing import write_atomically
from reader.export.copied_pictures import CopiedPictures
from reader.export.export_formats import FORMATS
from reader.export.exporter import ExportOptions
from reader.reading.opened_article import Reading
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


def test_record_is_written_once_for_the_pictures_of_all_articles(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    record, out = tmp_path / "record", tmp_path / "out"
    record.write_text(json.dumps({f"/elsewhere/{number}.md": ["owner", "digest"] for number in range(1000)}), "utf-8")
    (tmp_path / "archive").mkdir()
    names = [f"{number}.png" for number in range(20)]
    for name in names:
        (tmp_path / "archive" / name).write_bytes(name.encode())
    saved: list[str] = []

    def write(folder: Path, name: str, *arguments: object, **options: object) -> object:
        saved.append(name)
        return write_atomically(folder, name, *arguments, **options)  # type: ignore[arg-type]

    monkeypatch.setattr("reader.export.export_record.write_atomically", write)
    head = article(tmp_path / "archive")
    readings = [
        Reading(head, pictures(*some), Outline(()), Statistics(0, 0, 0, 0.0), ()) for some in (names[:9], names[9:])
    ]
    for _time in range(2):
        export = ArticleExport(FORMATS["markdown"], ExportOptions(), record, copies_pictures=True)
        options = [export.options_for(one, out, (), lambda _message: None) for one in readings]
        export.finish()
        assert [name for one in options for name in one.targets] == names
        # The second export finds all in the record, and has nothing to save.
        assert saved == ["record"]
    assert sorted(os.listdir(out / "assets")) == sorted(names)  # noqa: PTH208
    assert len(json.loads(record.read_text("utf-8"))) == 1020
