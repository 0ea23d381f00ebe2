"""Indexes that exist as long as the program runs."""

import os
import subprocess
import sys
from pathlib import Path

from reader.indexing.temporary_indexes import TemporaryIndexes


def test_indexes_are_created_on_demand_and_removed_with_their_folder(tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    indexes = TemporaryIndexes(cache)
    indexes.remove()
    assert not cache.exists()
    one, other = indexes.new(), indexes.new()
    assert one != other
    assert one.parent.stat().st_mode & 0o077 == 0
    one.write_text("an index")
    (other.parent / (other.name + "-wal")).write_text("a log")
    indexes.remove()
    assert list(cache.iterdir()) == []


def test_indexes_of_killed_programs_are_removed_and_those_in_use_are_kept(tmp_path: Path) -> None:
    gone = subprocess.run(
        [sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, text=True, check=True
    )
    abandoned = tmp_path / f"temporary-{gone.stdout.strip()}-x"
    abandoned.mkdir()
    (abandoned / "1.db").write_text("an index")
    used = tmp_path / f"temporary-{os.getpid()}-x"
    used.mkdir()
    (tmp_path / "0123.db").write_text("an archive's")
    TemporaryIndexes(tmp_path).new()
    assert not abandoned.exists()
    assert used.exists()
    assert (tmp_path / "0123.db").exists()


def test_without_a_folder_the_path_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("in the way")
    indexes = TemporaryIndexes(tmp_path / "cache")
    assert not indexes.new().parent.exists()
    indexes.remove()
    assert (tmp_path / "cache").exists()
