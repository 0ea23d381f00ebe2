"""Files are written completely or not at all, and never overwrite others unless forced."""

import errno
import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.errors import ExportError
from reader.export.atomic_writing import write_atomically


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_file_is_written_and_its_folder_made(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "folder"
    assert write_atomically(folder, "塔.txt", [b"one\n", b"two\n"]) == folder / "塔.txt"
    assert (folder / "塔.txt").read_bytes() == b"one\ntwo\n"
    assert names(folder) == ["塔.txt"]


def test_file_permissions_follow_the_umask(tmp_path: Path) -> None:
    old = os.umask(0o022)
    try:
        written = write_atomically(tmp_path, "a.txt", [b""])
    finally:
        os.umask(old)
    assert stat.S_IMODE(written.stat().st_mode) == 0o644


def test_existing_file_is_kept(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("old")
    with pytest.raises(ExportError) as raised:
        write_atomically(tmp_path, "a.txt", [b"new"])
    assert "--force" in raised.value.hint
    assert (tmp_path / "a.txt").read_text() == "old"
    assert names(tmp_path) == ["a.txt"]


def test_file_created_during_the_export_is_kept(tmp_path: Path) -> None:
    def pieces() -> Iterator[bytes]:
        (tmp_path / "a.txt").write_text("from elsewhere")
        yield b"new"

    with pytest.raises(ExportError):
        write_atomically(tmp_path, "a.txt", pieces())
    assert (tmp_path / "a.txt").read_text() == "from elsewhere"
    assert names(tmp_path) == ["a.txt"]


def test_force_overwrites_a_file(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("old")
    write_atomically(tmp_path, "a.txt", [b"new"], force=True)
    assert (tmp_path / "a.txt").read_text() == "new"


def test_force_replaces_a_link_not_its_target(tmp_path: Path) -> None:
    outside = tmp_path / "outside.txt"
    outside.write_text("keep")
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "a.txt").symlink_to(outside)
    with pytest.raises(ExportError):
        write_atomically(folder, "a.txt", [b"new"])
    write_atomically(folder, "a.txt", [b"new"], force=True)
    assert outside.read_text() == "keep"
    assert not (folder / "a.txt").is_symlink()


def test_failed_export_leaves_no_file(tmp_path: Path) -> None:
    def pieces() -> Iterator[bytes]:
        yield b"half"
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with pytest.raises(ExportError, match="No space left"):
        write_atomically(tmp_path, "a.txt", pieces())
    assert names(tmp_path) == []


def test_file_system_without_hard_links_suffices(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.EPERM, os.strerror(errno.EPERM))

    monkeypatch.setattr(os, "link", refuse)
    write_atomically(tmp_path, "a.txt", [b"new"])
    assert names(tmp_path) == ["a.txt"]
    with pytest.raises(ExportError):
        write_atomically(tmp_path, "a.txt", [b"newer"])
    assert (tmp_path / "a.txt").read_bytes() == b"new"


@pytest.mark.parametrize("name", ["", ".", "..", "../a.txt", "b/a.txt", "/a.txt"])
def test_name_that_leads_out_of_the_folder_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(ExportError):
        write_atomically(tmp_path / "folder", name, [b""], force=True)
    assert names(tmp_path) == []


def test_file_in_place_of_the_folder_is_reported(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ExportError):
        write_atomically(tmp_path / "file", "a.txt", [b""])


def test_folder_in_place_of_the_file_is_reported(tmp_path: Path) -> None:
    (tmp_path / "a.txt").mkdir()
    with pytest.raises(ExportError):
        write_atomically(tmp_path, "a.txt", [b""], force=True)
    assert names(tmp_path) == ["a.txt"]
