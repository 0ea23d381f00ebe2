"""Events that may happen to a database file while readers have it open."""

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

import apsw

from reader.document.document import Position
from reader.marks.backups import back_up, damage
from reader.marks.facade import Marks
from tests.marks.making import article, filled


def added(marks: Marks, name: str) -> None:
    marks.bookmarks.add(article("a"), Position(0), name)


def in_file(store: Path) -> set[str]:
    """The names of the bookmarks in the file, read by a separate connection."""
    assert damage(store) == ""
    connection = apsw.Connection(str(store), flags=apsw.SQLITE_OPEN_READONLY)
    try:
        return {str(name) for (name,) in connection.execute("SELECT name FROM bookmark")}
    finally:
        connection.close()


# Events


def no_folder(store: Path) -> None:
    shutil.rmtree(store.parent.parent)


def folder_renamed(store: Path) -> None:
    store.parent.rename(store.parent.with_name(f"old{len([*store.parent.parent.iterdir()])}"))


def no_file(store: Path) -> None:
    store.unlink()


def no_files(store: Path) -> None:
    for file in store.parent.glob("marks.db*"):
        file.unlink()


def no_log(store: Path) -> None:
    for file in store.parent.glob("marks.db-*"):
        file.unlink()


def another(store: Path, version: int = 0) -> None:
    """The file is replaced by an unrelated database."""
    with tempfile.TemporaryDirectory() as folder:
        made = Marks(Path(folder) / "other.db")
        added(made, "another's")
        if version:
            made.store.connection.pragma("user_version", version)
        made.close()
        shutil.copy(Path(folder) / "other.db", store.with_name("coming"))
    store.with_name("coming").replace(store)


def itself(store: Path) -> None:
    """The file is replaced by a copy of itself."""
    copy = back_up(store, why="daily").path
    copy.replace(store)


def garbage(store: Path) -> None:
    store.with_name("coming").write_bytes(b"garbage" * 2_000)
    store.with_name("coming").replace(store)


def emptied(store: Path) -> None:
    store.with_name("coming").touch()
    store.with_name("coming").replace(store)


def half(store: Path) -> None:
    """The file is replaced by a truncated database."""
    with tempfile.TemporaryDirectory() as folder:
        filled(Path(folder) / "other.db").close()
        content = (Path(folder) / "other.db").read_bytes()
    store.with_name("coming").write_bytes(content[: len(content) // 2 // 4096 * 4096])
    store.with_name("coming").replace(store)


GONE = (no_folder, folder_renamed, no_file, no_files)
REPLACED = (another, itself, garbage, emptied, half)
ALL = (*GONE, *REPLACED, no_log)
Happening = Callable[[Path], None]
