"""`reader marks` on a full disk and a read-only file system.

An intact database is neither reported as corrupt nor lost.
"""

import os
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import pytest

from reader.marks.backups import back_up, backups, damage
from reader.marks.facade import Marks
from tests.end_to_end.disks import SmallDisk, unmounted
from tests.end_to_end.terminal import READER
from tests.marks.making import exported, full_of

pytestmark = pytest.mark.end_to_end


@dataclass(frozen=True, slots=True)
class DataFolder:
    """A data folder on a separate disk, with a database and a backup.

    Attributes:
        disk: The disk.
    """

    disk: SmallDisk

    @property
    def store(self) -> Path:
        return self.disk.place / "reader" / "marks.db"

    def run(self, *arguments: str) -> tuple[int, str, str]:
        """The exit code and the output of a command."""
        environ = {**os.environ, "LC_ALL": "C.UTF-8", "XDG_DATA_HOME": str(self.disk.place)}
        done = subprocess.run(
            [READER, "marks", *arguments], env=environ, check=False, capture_output=True, text=True, encoding="utf-8"
        )
        return done.returncode, done.stdout, done.stderr

    def hashes(self) -> dict[str, str]:
        """The hash of each database and export in the data folder."""
        return {
            str(path): sha256(path.read_bytes()).hexdigest()
            for path in self.disk.place.rglob("*")
            if path.is_file() and path.suffix in {".db", ".json", ".tmp"}
        }

    def damage(self) -> None:
        content = bytearray(self.store.read_bytes())
        content[4096:20_000] = os.urandom(20_000 - 4096)
        self.store.write_bytes(content)
        assert damage(self.store)


def _fill(kept: DataFolder) -> Callable[[], None]:
    return kept.disk.fill().unlink


def _protect(kept: DataFolder) -> Callable[[], None]:
    kept.disk.mount("remount,ro")
    return lambda: kept.disk.mount("remount,rw")


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[DataFolder]:
    with unmounted(tmp_path / "xdg"):
        disk = SmallDisk(tmp_path / "xdg")
        disk.mount("size=24m")
        kept = DataFolder(disk)
        marks = full_of(kept.store)
        back_up(kept.store, why="daily")
        marks.close()
        yield kept


def is_clear_error(err: str, *words: str) -> bool:
    """Whether the output is one line that says what is wrong and what to do."""
    (line,) = err.splitlines()
    return line.startswith("reader: ") and all(word in line for word in words) and "not an error" not in line


@pytest.mark.parametrize("hinder", [_fill, _protect])
def test_intact_store_is_reported_as_intact_and_unchanged(
    kept: DataFolder, hinder: Callable[[DataFolder], Callable[[], None]]
) -> None:
    (backup,) = backups(kept.store)
    marks = Marks(kept.store)
    content = exported(marks)
    marks.close()
    free = hinder(kept)
    before = kept.hashes()
    code, out, err = kept.run("check")
    assert (code, err, out.count(": OK"), len(out.splitlines())) == (0, "", 2, 2)
    code, out, err = kept.run("export")
    assert (code, out.encode(), err) == (0, content, "")
    code, out, err = kept.run("export", "-o", str(kept.disk.place / "x.json"))
    assert (code, out) == (1, "")
    assert is_clear_error(err, "x.json", "choose another folder")
    code, out, err = kept.run("restore")
    assert (code, out) == (1, "")
    assert is_clear_error(err, "intact", "nothing to restore")
    code, out, err = kept.run("restore", str(backup.path))
    assert (code, out) == (1, "")
    assert is_clear_error(err, "back up", "permissions", "free disk space")
    code, out, err = kept.run("clear-history")
    assert (code, out) == (1, "")
    assert is_clear_error(err, "marks.db", "permissions", "free disk space")
    assert kept.hashes() == before
    free()
    assert kept.run("check")[0] == 0
    assert kept.run("export")[1].encode() == content
    assert kept.run("clear-history")[0] == 0
    assert kept.run("restore", str(backup.path))[0] == 0


@pytest.mark.parametrize("hinder", [_fill, _protect])
def test_corrupt_store_is_reported_and_restored_once_there_is_room(
    kept: DataFolder, hinder: Callable[[DataFolder], Callable[[], None]]
) -> None:
    marks = Marks(kept.store)
    highlights = len(marks.highlights.all())
    marks.close()
    kept.damage()
    free = hinder(kept)
    before = kept.hashes()
    code, out, err = kept.run("check")
    assert (code, out.count(": OK")) == (1, 1)
    assert is_clear_error(err, "corrupt", "reader marks restore")
    for arguments in (["export"], ["export", "-o", str(kept.disk.place / "x.json")]):
        code, out, err = kept.run(*arguments)
        assert (code, out) == (1, "")
        assert is_clear_error(err, "corrupt", "reader marks restore")
    for arguments in (["restore"], ["restore", str(backups(kept.store)[0].path)]):
        code, out, err = kept.run(*arguments)
        assert (code, out) == (1, "")
        assert is_clear_error(err, "new marks database", "nothing was changed", "free disk space")
    code, out, err = kept.run("clear-history")
    assert (code, out) == (1, "")
    assert is_clear_error(err, "marks.db")
    assert kept.hashes() == before
    free()
    assert kept.run("restore")[0] == 0
    assert kept.run("check")[0] == 0
    marks = Marks(kept.store)
    assert len(marks.highlights.all()) == highlights
    marks.close()
