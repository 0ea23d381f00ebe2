"""The program's files are private whatever the umask and their origin; exports follow the umask."""

import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from reader.cli.main import run
from reader.cli.output import print_crash
from reader.marks.backups import back_up
from reader.marks.facade import Marks
from reader.marks.restoring import restore
from reader.private_files import make_private, narrow, narrow_all
from reader.settings.folders import cache_folder, data_folder
from tests.marks.making import filled

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no modes of files")


@pytest.fixture(params=[0o000, 0o022, 0o077])
def umask(request: pytest.FixtureRequest) -> Iterator[int]:
    before = os.umask(request.param)
    yield request.param
    os.umask(before)


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    folder = tmp_path / "archive"
    folder.mkdir()
    (folder / "a.md").write_text("---\ntitle: 灯塔\n---\n海上的灯塔。", encoding="utf-8")
    return folder


def modes(*folders: Path) -> dict[str, int]:
    """The modes of folders and of everything in them."""
    paths = [one for folder in folders for one in (folder, *folder.rglob("*"))]
    return {str(path): stat.S_IMODE(path.lstat().st_mode) for path in paths}


def public(found: dict[str, int]) -> dict[str, str]:
    """The modes that grant permissions to others than the owner."""
    return {path: oct(mode) for path, mode in found.items() if mode & 0o077}


def keep_everything(archive: Path) -> Marks:
    """Create one file of each kind; the database is open, with its log files."""
    store = data_folder() / "marks.db"
    filled(store).close()
    back_up(store, why="daily")
    restore(store)
    assert run(["index", "-a", str(archive)]) == 0
    print_crash(ValueError("x"), cache_folder())
    return filled(store)


def test_files_are_private_whatever_the_umask(umask: int, archive: Path) -> None:
    marks = keep_everything(archive)
    found = modes(data_folder(), cache_folder())
    marks.close()
    assert public(found) == {}
    names = [Path(path).name for path in found]
    for wanted in ("marks.db", "marks.db-wal", "marks.db-shm", "backups", "crash.txt"):
        assert wanted in names
    assert [name for name in names if name.startswith("marks-damaged-")]
    assert [name for name in names if name.endswith(".lock")]
    assert umask in {0o000, 0o022, 0o077}


@pytest.mark.parametrize("command", [["index", "-a"], ["marks", "check"], ["search", "-a"]])
def test_public_files_of_older_versions_are_made_private_at_the_next_start(command: list[str], archive: Path) -> None:
    keep_everything(archive).close()
    for path in (data_folder(), cache_folder()):
        for one in (path, *path.rglob("*")):
            one.chmod(0o755 if one.is_dir() else 0o644)
    words = {"index": [str(archive)], "search": [str(archive), "灯塔"]}.get(command[0], [])
    assert run([*command, *words]) == 0
    assert public(modes(data_folder(), cache_folder())) == {}


def test_logs_of_a_public_database_are_made_private(umask: int, tmp_path: Path) -> None:
    store = tmp_path / "kept" / "marks.db"
    marks = filled(store)
    store.parent.chmod(0o700)
    for path in store.parent.iterdir():
        path.chmod(0o644)
    other = Marks(store)
    assert public(modes(store.parent)) == {}
    other.close()
    marks.close()
    assert umask in {0o000, 0o022, 0o077}


def test_export_of_marks_is_private_and_one_of_an_article_follows_the_umask(
    umask: int, archive: Path, tmp_path: Path
) -> None:
    filled(data_folder() / "marks.db").close()
    assert run(["marks", "export", "-o", str(tmp_path / "out" / "marks.json")]) == 0
    assert public({"marks": stat.S_IMODE((tmp_path / "out" / "marks.json").stat().st_mode)}) == {}
    assert run(["export", str(archive / "a.md"), "-o", str(tmp_path / "out")]) == 0
    (article,) = (tmp_path / "out").glob("*.txt")
    assert stat.S_IMODE(article.stat().st_mode) == 0o666 & ~umask
    assert stat.S_IMODE((tmp_path / "out").stat().st_mode) == 0o777 & ~umask


def test_target_of_a_link_is_unchanged(tmp_path: Path) -> None:
    (tmp_path / "kept").mkdir()
    other = tmp_path / "other"
    other.touch(0o644)
    (tmp_path / "kept" / "link").symlink_to(other)
    (tmp_path / "kept" / "gone").symlink_to(tmp_path / "nothing")
    narrow_all(tmp_path / "kept")
    assert stat.S_IMODE(other.stat().st_mode) & 0o044
    assert not stat.S_IMODE((tmp_path / "kept").stat().st_mode) & 0o077


def test_store_behind_a_link_is_private_too(umask: int, tmp_path: Path) -> None:
    (tmp_path / "synced").mkdir()
    (tmp_path / "marks.db").symlink_to(tmp_path / "synced" / "marks.db")
    make_private(tmp_path / "marks.db")
    assert stat.S_IMODE((tmp_path / "synced" / "marks.db").stat().st_mode) == 0o600
    assert umask in {0o000, 0o022, 0o077}


def test_missing_or_foreign_file_is_not_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, refusing: Callable[..., None]
) -> None:
    narrow(tmp_path / "nothing")
    narrow_all(tmp_path / "nothing")
    make_private(tmp_path / "no folder" / "marks.db")
    (tmp_path / "another's").touch(0o644)
    monkeypatch.setattr(Path, "chmod", refusing)
    narrow(tmp_path / "another's")


@pytest.fixture
def refusing() -> Callable[..., None]:
    def refuse(*_arguments: object) -> None:
        raise PermissionError

    return refuse
