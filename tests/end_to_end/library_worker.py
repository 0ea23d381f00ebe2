"""A process that uses the library like the program, and journals each change before and after it is made."""

import _strptime  # type: ignore[import-not-found]  # noqa: F401 - another user may be unable to import anything later
import contextlib
import io
import os
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import platformdirs.unix  # noqa: F401 - as above

from reader.cli.marks_command import run as marks_command
from reader.cli.parsers import parse
from reader.errors import ReaderError, StoreError
from reader.marks.backups import back_up_changed, backups
from reader.marks.interrupted_restores import unfinished
from reader.marks.restoring import finish_interrupted, open_marks
from reader.settings.options import Settings
from tests.end_to_end.ledger import JournalWriter
from tests.end_to_end.library_marking import Marking
from tests.end_to_end.tracing import be_traced, pause

ACTS: Mapping[str, int] = {
    "bookmark": 6,
    "rename": 3,
    "unbookmark": 2,
    "highlight": 6,
    "colour": 3,
    "note": 3,
    "unhighlight": 2,
    "tags": 4,
    "state": 5,
    "search": 2,
    "import": 4,
    "backup": 2,
    "restore": 1,
    "undo": 5,
    "redo": 3,
    "reopen": 2,
    "look": 4,
}
"""The actions of a process, and their frequencies."""


@dataclass(frozen=True, slots=True)
class Task:
    """The task of a process.

    Attributes:
        store: The path of the database.
        journal: The path of its journal.
        who: Its unique name.
        seed: The seed of its random choices.
        group: The articles that it marks.
        acts: The number of actions before the last one.
        last: Its last action; `open` and `close` are actions too.
        is_victim: Whether it pauses before and after its last action.
        is_traced: Whether it is traced from the pause on.
        goes_on: Whether it continues with other actions after the last one, until it is killed.
        alone: Whether no other process marks at the same time, so that it may undo earlier changes of others.
        user: The user id that it runs as; None for the current one.
    """

    store: Path
    journal: Path
    who: str
    seed: int
    group: str
    acts: int
    last: str
    is_victim: bool = False
    is_traced: bool = False
    goes_on: bool = False
    alone: bool = True
    user: int | None = None


def start(task: Task) -> int:
    """Fork a process for a task; return its PID."""
    child = os.fork()
    if child:
        return child
    code = 1
    try:
        # Open connections belong to the parent.
        with open(os.devnull, "w", encoding="utf-8") as nowhere:  # noqa: PTH123 - no Path
            os.dup2(nowhere.fileno(), 1)
        os.environ["XDG_DATA_HOME"] = str(task.store.parent.parent)
        worker = Worker(task)
        if task.user is not None:
            os.setgid(task.user)
            os.setuid(task.user)
        worker.run()
        code = 0
    except BaseException as error:  # noqa: BLE001 - nothing of the parent's is run
        with task.journal.with_suffix(".failed").open("a", encoding="utf-8") as failed:
            traceback.print_exception(error, file=failed)
    finally:
        os._exit(code)


class Worker:
    """A process that uses a database."""

    def __init__(self, task: Task) -> None:
        self._task = task
        self._chance = Random(task.seed)  # noqa: S311 - not for cryptography
        self._journal = JournalWriter(task.journal, task.who)
        self._marking = Marking(self._journal, self._chance, task.who, task.group, task.journal.parent)

    # The sequence of actions

    def run(self) -> None:
        """Do the task."""
        task = self._task
        if task.is_traced:
            be_traced()
        if task.last == "open":
            self._pause()
        self._open()
        for _ in range(task.acts):
            self._act(self._any())
        if task.last == "close":
            self._pause()
        elif task.last != "open":
            self._pause()
            self._act(task.last)
        while task.goes_on:
            self._act(self._any())
        if task.last == "close":
            self._close()
        self._pause()
        self._close()

    def _pause(self) -> None:
        if self._task.is_victim:
            pause()

    def _any(self) -> str:
        (act,) = self._chance.choices(list(ACTS), list(ACTS.values()))
        return str(act)

    def _act(self, act: str) -> None:
        if self._marking.marks is None and act not in {"restore", "backup"}:
            self._open()
            if self._marking.marks is None:
                return
        own = getattr(self, f"_do_{act}", None)
        if own is not None:
            own()
        else:
            getattr(self._marking, "import_file" if act == "import" else act)()

    # The store

    def _open(self) -> None:
        store = self._task.store
        self._journal.write("begin", "open")
        marks, error = open_marks(store)
        if error is not None:
            marks.close()
            self._marking.refused("open", error)
            return
        self._marking.marks = marks
        self._marking.own = 0
        self._journal.write("done", "open")
        left = unfinished(store)
        if left is not None and not left.completed and self._chance.random() < 0.5:
            self._close()
            self._marking.tried("finish", lambda: finish_interrupted(store))
            self._open()

    def _close(self) -> None:
        if self._marking.marks is not None:
            self._marking.marks.close()
            self._marking.marks = None

    def _do_reopen(self) -> None:
        self._close()
        self._open()

    def _do_look(self) -> None:
        """Read the changes of other processes, like the screen does regularly."""
        assert self._marking.marks is not None
        if self._marking.marks.store.changed_elsewhere():
            with contextlib.suppress(StoreError):
                self._marking.marks.store.revised()

    def _do_backup(self) -> None:
        store = self._task.store
        self._journal.write("begin", "backup")
        try:
            made = back_up_changed(store)
        except StoreError as error:
            self._marking.refused("backup", error)
        else:
            self._journal.write("done", "backup", path=str(made.path) if made else "")

    def _do_restore(self) -> None:
        """Restore a backup by the command, like a user without an open reader."""
        copies = backups(self._task.store)
        if not copies:
            return
        self._close()
        chosen = self._chance.choice(copies[:4])
        self._journal.write("begin", "restore")
        said = io.StringIO()
        try:
            with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
                code = marks_command(parse("marks", ["restore", str(chosen.path)]), Settings())
        except (ReaderError, OSError) as error:
            self._marking.refused("restore", error)
            return
        self._journal.write("done", "restore", said=said.getvalue(), code=code)

    # Undoing

    def _do_undo(self) -> None:
        self._turn("undo", self._marking.open_marks.undo)

    def _do_redo(self) -> None:
        self._turn("redo", self._marking.open_marks.redo)

    def _turn(self, act: str, turn: Callable[[], Any]) -> None:
        if not self._task.alone and (act == "redo" or self._marking.own <= 0):
            # Undo would affect an earlier change of others, which the other process may be undoing too.
            return
        self._journal.write("begin", act)
        try:
            change = turn()
        except StoreError as error:
            self._marking.refused(act, error)
            return
        if change is None:
            self._journal.write("done", act, told=None)
            return
        self._marking.own -= act == "undo"
        told = [change.kind, change.detail]
        self._journal.write("done", act, told=told, whole=change.whole, overtaken=change.overtaken)
