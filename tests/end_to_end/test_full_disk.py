"""A full or read-only disk for the cache: searches still find everything, and the next start continues."""

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from reader.index.index_file import index_path
from tests.benchmarks.corpus import write_corpus
from tests.end_to_end.disks import SmallDisk, unmounted
from tests.end_to_end.killing import output, stage_of
from tests.end_to_end.terminal import READER

pytestmark = pytest.mark.end_to_end


@dataclass(frozen=True, slots=True)
class Disk(SmallDisk):
    """A small disk, with an archive beside it.

    Attributes:
        archive: The archive.
    """

    archive: Path

    @property
    def index(self) -> Path:
        return index_path(self.place / "reader", self.archive, None)

    def run(self, command: str, *arguments: str, cache: Path | None = None) -> tuple[int, str, str]:
        """Exit code, stdout and stderr of a command on the archive, which must leave no process behind."""
        environ = {
            **os.environ,
            "LC_ALL": "C.UTF-8",
            "XDG_CACHE_HOME": str(cache or self.place),
            "XDG_DATA_HOME": str(self.archive.parent / "data"),
        }
        process = subprocess.Popen(
            [READER, command, "-a", str(self.archive), *arguments],
            env=environ,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        out, err = output(process)
        return process.returncode, out, err

    def found(self, cache: Path | None = None) -> tuple[list[str], str]:
        """The results and messages of a search, in which either of two equal copies may be shown."""
        code, out, err = self.run("search", "--json", "--limit", "2000", "市场 OR the", cache=cache)
        assert code == 0, err
        return sorted(one["title"] for one in json.loads(out)), err


def is_clear_error(err: str, index: Path) -> bool:
    """Whether the output is one line that says what is wrong, where, and what to do."""
    (line,) = err.splitlines()
    where = (f"reader: Cannot write the index ({one})" for one in (index, index.with_suffix(".lock")))
    return line.startswith(tuple(where)) and "the free disk space" in line and "XDG_CACHE_HOME" in line


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    write_corpus(tmp_path / "archive", 120)
    with unmounted(tmp_path / "disk"):
        yield Disk(tmp_path / "disk", tmp_path / "archive")


@pytest.fixture
def truth(disk: Disk, tmp_path: Path) -> list[str]:
    found, err = disk.found(tmp_path / "roomy")
    assert (len(found) > 50, err) == (True, "")
    return found


@pytest.mark.parametrize(
    ("kilobytes", "stages"),
    # A busy machine writes the texts in more transactions, the first of which may still fit.
    [(4, "empty"), (20, "empty"), (44, "empty"), (180, "tables"), (500, "heads"), (1000, "heads texts")],
)
def test_disk_fills_while_the_index_is_created(disk: Disk, truth: list[str], kilobytes: int, stages: str) -> None:
    disk.mount(f"size={kilobytes}k")
    code, out, err = disk.run("index")
    assert code == 1
    assert is_clear_error(err, disk.index)
    assert out.startswith("archive: 120 articles")
    assert stage_of(disk.index) in stages.split()
    found, err = disk.found()
    assert found == truth
    assert is_clear_error(err, disk.index)
    disk.mount("remount,size=100m")
    assert disk.found() == (truth, "")
    assert stage_of(disk.index) == "complete"


def test_disk_fills_during_the_checkpoint_of_the_wal(disk: Disk, truth: list[str]) -> None:
    disk.mount("size=1700k")
    # Everything is written, partly still in the WAL.
    assert (disk.run("index")[0], stage_of(disk.index)) == (0, "complete")
    assert disk.index.with_name(disk.index.name + "-wal").stat().st_size > 100_000
    found, err = disk.found()
    assert found == truth
    assert is_clear_error(err, disk.index)
    disk.mount("remount,size=100m")
    assert disk.found() == (truth, "")


def test_disk_fills_while_workers_read(disk: Disk, tmp_path: Path) -> None:
    shutil.rmtree(disk.archive)
    write_corpus(disk.archive, 320)
    truth, _err = disk.found(tmp_path / "roomy")
    disk.mount("size=2m")
    found, err = disk.found()
    assert found == truth
    assert is_clear_error(err, disk.index)
    disk.mount("remount,size=100m")
    assert disk.found() == (truth, "")


def test_disk_is_full_before_there_is_an_index(disk: Disk, truth: list[str]) -> None:
    disk.mount("size=64k")
    filler = disk.fill()
    for _ in range(2):
        found, err = disk.found()
        assert found == truth
        assert is_clear_error(err, disk.index)
    filler.unlink()
    disk.mount("remount,size=100m")
    assert disk.found() == (truth, "")


def test_disk_that_fills_after_indexing_costs_nothing(disk: Disk, truth: list[str]) -> None:
    disk.mount("size=16m")
    assert disk.found() == (truth, "")
    made = disk.index.stat().st_ino
    filler = disk.fill()
    found, err = disk.found()
    assert found == truth
    assert is_clear_error(err, disk.index)
    filler.unlink()
    assert disk.found() == (truth, "")
    assert disk.index.stat().st_ino == made


def test_disk_is_read_only(disk: Disk, truth: list[str]) -> None:
    disk.mount("size=16m,ro")
    found, err = disk.found()
    assert found == truth
    assert is_clear_error(err, disk.index)
    disk.mount("remount,rw")
    assert disk.found() == (truth, "")
    disk.mount("remount,ro")
    found, err = disk.found()
    assert found == truth
    assert is_clear_error(err, disk.index)
    disk.mount("remount,rw")
    assert disk.found() == (truth, "")


def test_cache_is_a_file_or_is_deleted(disk: Disk, truth: list[str]) -> None:
    (disk.place / "reader").touch()
    found, err = disk.found()
    assert found == truth
    assert is_clear_error(err, disk.index)
    (disk.place / "reader").unlink()
    for _ in range(2):
        assert disk.found() == (truth, "")
        shutil.rmtree(disk.place / "reader")
