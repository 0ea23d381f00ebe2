"""Checks of a database after kills: the next start, and the files beside the database."""

import os
from collections.abc import Sequence
from pathlib import Path

from reader.marks.interrupted_restores import unfinished
from reader.marks.read_only import check_integrity
from reader.marks.restoring import open_marks
from reader.marks.store_errors import interruption
from tests.end_to_end.ledger import Beside, content


def beside(store: Path, said: Sequence[str], told: set[Path]) -> Beside:
    """The files beside a database: those in `told` or named in messages, and the others."""
    files = {path: content(path) for path in store.parent.glob("marks-*.db") if not check_integrity(path).damage}
    known = [found for path, found in files.items() if path in told or any(path.name in one for one in said)]
    return known, [one for one in files.values() if one not in known]


def next_start(store: Path) -> tuple[list[str], set[Path]]:
    """Start like the screen, without obstacles; return the messages and the reported files.

    Raises:
        AssertionError: The database cannot be used.
    """
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        said: list[str] = []
        try:
            marks, error = open_marks(store)
            marks.close()
            said += [str(error)] if error is not None else []
            left = unfinished(store)
            if left is not None:
                said += [
                    f"{left.path}\n{interruption(left)}" if not left.completed else f"completed\n{interruption(left)}"
                ]
            os.write(writing, "\0".join(said).encode() or b"-")
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        answer = pipe.read().decode()
    os.waitpid(child, 0)
    assert answer, "the next start failed"
    said = answer.split("\0") if answer != "-" else []
    told = {Path(one.partition("\n")[0]) for one in said}
    if any(one.startswith("completed") for one in said):
        told |= set(sorted(store.parent.glob("marks-damaged-*.db"))[-1:])
    assert not any("marks database (" in one and "interrupted" not in one for one in said), said
    return said, told
