"""The folder of exports: the same export is the same file, and nothing else is overwritten."""

import os
from pathlib import Path

import pytest

from reader.errors import ExportError, ReaderError
from reader.export import export_record
from reader.export.atomic_writing import write_atomically
from reader.export.export_folder import ExportFolder, checked_folder
from reader.settings.folders import export_folder


@pytest.fixture
def folder(tmp_path: Path) -> ExportFolder:
    return ExportFolder(tmp_path / "documents" / "reader", tmp_path / "data" / "exports.json")


def test_the_same_export_is_the_same_file(folder: ExportFolder) -> None:
    first = folder.write("灯塔", ".txt", "a", [b"one"])
    assert first == folder.folder / "灯塔.txt"
    assert folder.write("灯塔", ".txt", "a", [b"t", b"wo"]) == first
    assert first.read_bytes() == b"two"
    assert [one.name for one in folder.folder.iterdir()] == ["灯塔.txt"]


def test_another_article_with_the_same_title_gets_another_file(folder: ExportFolder) -> None:
    first, second = (folder.write("灯塔", ".txt", owner, [owner.encode()]) for owner in "ab")
    assert second.name == "灯塔 (2).txt"
    assert folder.write("灯塔", ".txt", "b", [b"new"]) == second
    assert (first.read_bytes(), second.read_bytes()) == (b"a", b"new")


def test_a_file_of_the_user_is_kept(folder: ExportFolder) -> None:
    first = folder.write("灯塔", ".txt", "a", [b"one"])
    first.write_bytes(b"one, edited")
    second = folder.write("灯塔", ".txt", "a", [b"two"])
    assert second.name == "灯塔 (2).txt"
    assert first.read_bytes() == b"one, edited"
    assert folder.write("灯塔", ".txt", "a", [b"three"]) == second
    outside = folder.folder / "x"
    outside.write_bytes(b"x")
    (folder.folder / "链接.txt").symlink_to(outside)
    folder.write("链接", ".txt", "c", [b"new"])
    assert outside.read_bytes() == b"x"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs pipes")
def test_pipes_are_not_opened(folder: ExportFolder, tmp_path: Path) -> None:
    folder.folder.mkdir(parents=True)
    (tmp_path / "data").mkdir()
    os.mkfifo(folder.folder / "灯塔.txt")
    os.mkfifo(tmp_path / "data" / "exports.json")
    assert folder.write("灯塔", ".txt", "a", [b"one"]).name == "灯塔 (2).txt"
    assert folder.write("灯塔", ".txt", "a", [b"two"]).name == "灯塔 (2).txt", "the record replaced the pipe"


def test_unknown_home_is_an_error() -> None:
    with pytest.raises(ReaderError, match="unknown user"):
        export_folder("~no such user/exports")


@pytest.mark.parametrize("record", ["", "[1]", "{", '{"a": 1}', "[" * 200_000, " " * (2**25 + 1) + "{}"], ids=range(6))
def test_a_broken_record_loses_nothing(folder: ExportFolder, tmp_path: Path, record: str) -> None:
    first = folder.write("灯塔", ".txt", "a", [b"one"])
    (tmp_path / "data" / "exports.json").write_text(record)
    assert folder.write("灯塔", ".txt", "a", [b"one"]) == first, "the same content is the same file"
    (tmp_path / "data" / "exports.json").write_text(record)
    assert folder.write("灯塔", ".txt", "a", [b"two"]) != first
    assert first.read_bytes() == b"one"


def test_a_folder_in_an_archive_is_refused(tmp_path: Path) -> None:
    archive, inside = tmp_path / "archive", tmp_path / "archive" / "exports"
    archive.mkdir()
    (tmp_path / "link").symlink_to(archive)
    assert checked_folder(tmp_path / "out", [archive], None) == tmp_path / "out"
    assert checked_folder(inside, [archive], tmp_path / "other") == tmp_path / "other"
    for folder in (inside, archive, tmp_path / "link" / "exports"):
        with pytest.raises(ExportError, match="lies in the archive"):
            checked_folder(folder, [archive], None)


def test_reserved_paths_are_kept(folder: ExportFolder) -> None:
    first, second = (folder.reserve("灯塔", ".txt", owner) for owner in "ab")
    assert (first.name, second.name) == ("灯塔.txt", "灯塔 (2).txt")
    assert folder.reserve("灯塔", ".txt", "a") == first
    assert folder.write("灯塔", ".txt", "c", [b"c"]).name == "灯塔 (3).txt"
    assert folder.write("another title", ".txt", "b", [b"b"]) == second
    first.write_bytes(b"of the user")
    assert folder.write("灯塔", ".txt", "a", [b"a"]).name == "灯塔 (4).txt"
    assert first.read_bytes() == b"of the user"


def test_the_record_is_read_once_for_many_exports(folder: ExportFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    names = [f"n{number}" for number in range(40)]
    for name in names:
        folder.write(name, ".txt", name, [b"one"], keeps_name=True)
    read: list[object] = []
    owner_of = export_record._owner
    monkeypatch.setattr(export_record, "_owner", lambda entry: (read.append(entry), owner_of(entry))[1])
    again = ExportFolder(folder.folder, folder.folder.parents[1] / "data" / "exports.json")
    for name in names:
        path = again.reserve(f"new {name}", ".txt", name, keeps_name=True)
        assert path.name == f"{name}.txt"
        assert again.write(f"new {name}", ".txt", name, [b"two"], keeps_name=True) == path
    assert len(read) <= 3 * len(names), "each entry when it is read, and its own when it changes"


def test_the_record_of_many_exports_is_seldom_saved(
    folder: ExportFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    record, size = tmp_path / "data" / "exports.json", 400
    saved: list[int] = []
    monkeypatch.setattr(
        export_record, "write_atomically", lambda *args, **more: (saved.append(1), write_atomically(*args, **more))[1]
    )
    many = ExportFolder(folder.folder, record, together=True)
    other = folder.write("other", ".txt", "other", [b"other"])
    for number in range(size):
        many.write(f"n{number}", ".txt", str(number), [b"one"])
    assert len(saved) < 80, "16 for the first files, and one for each sixteenth that it grows"
    late = folder.write("late", ".txt", "late", [b"late"])
    many.finish()
    again = ExportFolder(folder.folder, record)
    for number in range(size):
        assert again.reserve(f"n{number}", ".txt", str(number)).name == f"n{number}.txt"
    assert (again.reserve("other", ".txt", "other"), again.reserve("late", ".txt", "late")) == (other, late)
