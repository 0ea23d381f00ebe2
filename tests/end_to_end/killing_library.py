"""Killing processes that use the library, at system calls and random times, with obstacles of all kinds."""

import contextlib
import os
import shutil
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random
from typing import Any

import apsw

from reader.marks.migrations import MIGRATIONS
from reader.marks.read_only import check_integrity
from tests.end_to_end.after_kills import beside, next_start
from tests.end_to_end.ledger import Key, Ledger, Verdict, content, journalled
from tests.end_to_end.library_marking import ARTICLES
from tests.end_to_end.library_worker import Task, start
from tests.end_to_end.obstacles import NOBODY, Disk, belonging_to, closed_now_and_then, locked, readable_by_all
from tests.end_to_end.tracing import can_trace, kill, kill_after, kill_at_call

LAST: Mapping[str, int] = {
    "import": 20,
    "restore": 20,
    "backup": 10,
    "open": 10,
    "close": 4,
    "undo": 6,
    "redo": 4,
    "reopen": 3,
    "bookmark": 5,
    "highlight": 5,
    "note": 4,
    "tags": 4,
    "state": 3,
    "unhighlight": 2,
}
"""The actions at which a process is killed, and their frequencies."""

OBSTACLES: Mapping[str, int] = {"none": 56, "full disk": 14, "read-only": 10, "locked": 10, "migration": 10}
"""The obstacles or kinds of databases, and their frequencies."""

_TWO = 0.35
"""The share of rounds in which two processes use the database."""

_AGAIN = 0.25
"""The share of rounds in which the next process is killed too, before the check."""

_CALLS = 60
"""The assumed number of entries and exits of system calls in an action that was not measured yet."""

LONGEST_LOCK = 8.0
"""The maximum seconds for which a lock is held."""


@dataclass
class Tally:
    """The statistics and faults of the rounds.

    Attributes:
        kills: The number of kills by the action of the process.
        obstacles: The number of kills by obstacle.
        ways: The number of kills by method.
        acknowledged: The number of acknowledged actions by kind.
        refused: The number of actions that failed with a message, by kind.
        messages: The messages by kind of error.
        faults: Rows that are lost, unreported or unknown, with the round.
        elsewhere: Rows that were only in files that had been reported.
    """

    kills: Counter[str] = field(default_factory=Counter)
    obstacles: Counter[str] = field(default_factory=Counter)
    ways: Counter[str] = field(default_factory=Counter)
    acknowledged: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    messages: Counter[str] = field(default_factory=Counter)
    faults: dict[str, list[str]] = field(default_factory=lambda: {"lost": [], "unreported": [], "unknown": []})
    elsewhere: int = 0


class LibraryKilling:
    """Rounds of kills on one database, and on separate ones of older versions.

    Attributes:
        tally: The statistics and faults.
        rounds: The number of rounds.
        skipped: What cannot be tested on this machine, and why.
    """

    def __init__(self, folder: Path, seed: int) -> None:
        self.tally = Tally()
        self._folder = folder
        self._chance = Random(seed)  # noqa: S311 - not for cryptography
        self.rounds = 0
        self._calls: dict[str, int] = {}
        self._ledger = Ledger()
        folder.chmod(0o755)
        self._disk = Disk(folder / "disk")
        self.skipped: dict[str, str] = {}
        if self._disk.reason:
            self.skipped["full disk"] = self._disk.reason
        if os.geteuid():
            self.skipped["read-only for another user"] = "only root can run a process as another user"
        if not can_trace():
            self.skipped["kills at system calls"] = "ptrace is refused here"

    def close(self) -> None:
        """Unmount the disks."""
        self._disk.unmount()

    # Rounds

    def round(self) -> None:
        """Kill at least one process, let the others end, and compare the database with the acknowledged changes."""
        self.rounds += 1
        (obstacle,) = self._chance.choices(list(OBSTACLES), list(OBSTACLES.values()))
        if obstacle == "full disk" and self._disk.reason:
            obstacle = "none"
        journals = self._folder / "journals" / f"{self.rounds}"
        journals.mkdir(parents=True)
        journals.chmod(0o777)
        ledger, store = self._ledger, self._disk.folder / "data" / "reader" / "marks.db"
        if obstacle == "migration":
            store = self._disk.folder / "old" / "reader" / "marks.db"
            ledger = Ledger(_write_old(store, self._chance))
        first = True
        while first or self._chance.random() < _AGAIN:
            first = False
            with contextlib.ExitStack() as stack:
                user = self._hinder(obstacle, store, stack)
                self._kill(store, journals, obstacle, user)
        self._look(ledger, store, journals)
        if obstacle == "migration":
            shutil.rmtree(store.parent.parent)
        if not self._any_faults():
            shutil.rmtree(journals)

    def _any_faults(self) -> bool:
        return any(self.tally.faults.values())

    def _hinder(self, obstacle: str, store: Path, stack: contextlib.ExitStack) -> int | None:
        """Create an obstacle; return the user that the processes must run as."""
        seed = self._chance.randrange(2**30)
        if obstacle == "migration" and self._chance.random() < 0.3:
            obstacle = self._chance.choice(["full disk", "read-only", "locked"])
        if obstacle == "full disk" and not self._disk.reason:
            stack.enter_context(self._disk.full(seed))
        elif obstacle == "locked" and store.exists():
            stack.enter_context(locked(store, 0.1 * (LONGEST_LOCK / 0.1) ** self._chance.random()))
        elif obstacle == "read-only" and store.parent.exists():
            ways = ["mount"] * (not self._disk.reason) + ["another user", "now and then"] * (os.geteuid() == 0)
            way = self._chance.choice(ways or ["none"])
            if way == "mount":
                stack.enter_context(self._disk.read_only())
            elif way == "another user":
                if self._chance.random() < 0.7:
                    stack.enter_context(readable_by_all(self._disk.folder))
                return NOBODY
            elif way == "now and then":
                stack.enter_context(belonging_to(store.parent, NOBODY))
                stack.enter_context(closed_now_and_then(store.parent, seed))
                return NOBODY
        return None

    def _kill(self, store: Path, journals: Path, obstacle: str, user: int | None) -> None:
        """Start one or two processes, and kill one; then kill the other, or wait for its end."""
        chance = self._chance
        is_traced = can_trace() and chance.random() < 0.7
        (last,) = chance.choices(list(LAST), list(LAST.values()))
        if obstacle == "migration" and chance.random() < 0.6:
            last = "open"
        two = chance.random() < _TWO
        name = f"r{self.rounds}k{len(list(journals.glob('*.jsonl')))}"
        other = None
        if two:
            other = start(self._task(store, journals, f"{name}y", "y", chance.randrange(2, 14), "look", user=user))
        goes_on = not is_traced and last != "close"
        task = self._task(store, journals, f"{name}x", "x", chance.randrange(6), last, user=user)
        task = replace(task, is_victim=True, is_traced=is_traced, goes_on=goes_on, alone=not two)
        victim = start(task)
        died = self._end(victim, last) if is_traced else kill_after(victim, self._seconds(obstacle, last))
        if died:
            self._count(task, obstacle, "system call" if is_traced else "time", two=two)
        if other is not None:
            self._end_other(other, obstacle)

    def _task(self, store: Path, journals: Path, who: str, group: str, acts: int, last: str, **more: Any) -> Task:
        seed = self._chance.randrange(2**30)
        return Task(store, journals / f"{who}.jsonl", who, seed, group, acts, last, alone=False, **more)

    def _seconds(self, obstacle: str, last: str) -> float:
        longest = {"restore": 0.15, "import": 0.06, "open": 0.05}.get(last, 0.02)
        return self._chance.random() * (longest if obstacle != "locked" else 2.0)

    def _end(self, victim: int, last: str) -> bool:
        """Kill a process at a system call of its last action; return whether it was still running."""
        most = self._calls.get(last, _CALLS)
        number = self._chance.randrange(1, most + most // 8 + 2)
        came = kill_at_call(victim, number)
        if came is None:
            return False
        # Double the number of the call until the action ends before it, to find the length of the action.
        self._calls[last] = came if came < number else max(most, 2 * number)
        return True

    def _end_other(self, other: int, obstacle: str) -> None:
        """Wait for the end of the other process, or kill it too."""
        if self._chance.random() < 0.2:
            pid, _status = os.waitpid(other, os.WNOHANG)
            if not pid:
                kill(other)
                self.tally.kills["other of two"] += 1
                self.tally.obstacles[obstacle] += 1
                self.tally.ways["time"] += 1
            return
        os.waitpid(other, 0)

    def _count(self, task: Task, obstacle: str, way: str, *, two: bool) -> None:
        lines = journalled([task.journal])
        at = lines[-1]["act"] if lines and lines[-1]["what"] == "begin" else "between acts"
        self.tally.kills[at] += 1
        self.tally.obstacles[obstacle] += 1
        self.tally.obstacles["two processes"] += two
        self.tally.ways[way] += 1

    # Looking

    def _look(self, ledger: Ledger, store: Path, journals: Path) -> None:
        """Start the program once more, and compare database and reported files with the acknowledged changes."""
        self._look_for_failures(journals)
        lines = journalled(sorted(journals.glob("*.jsonl")))
        for line in lines:
            if line["what"] == "refused":
                self.tally.messages[line["error"]] += 1
        ledger.enter(lines)
        said, told = next_start(store)
        said += [str(line.get("said", "")) for line in lines]
        verdict = ledger.settle(content(store), lambda: beside(store, said, told))
        self._look_at_copies(lines)
        self._enter(verdict, said)
        self.tally.acknowledged += ledger.acknowledged
        self.tally.refused += ledger.refused
        ledger.acknowledged.clear()
        ledger.refused.clear()
        self._tidy(store)

    def _look_for_failures(self, journals: Path) -> None:
        for failed in journals.glob("*.failed"):
            self.tally.faults["unknown"].append(f"round {self.rounds}: {failed.read_text()}")

    def _enter(self, verdict: Verdict, said: list[str]) -> None:
        for kind in ("lost", "unreported", "unknown"):
            found = getattr(verdict, kind)
            if found:
                self.tally.faults[kind] += [f"round {self.rounds}: {one}" for one in found]
                self.tally.faults[kind].append(f"round {self.rounds}, what was said: {[one for one in said if one]}")
        self.tally.elsewhere += len(verdict.elsewhere)

    def _look_at_copies(self, lines: list[dict[str, Any]]) -> None:
        """Check that the acknowledged backups are intact."""
        for line in lines:
            if line["act"] == "backup" and line["what"] == "done" and line["path"]:
                path = Path(line["path"])
                if path.exists() and (found := check_integrity(path)).damage + found.obstacle:
                    self.tally.faults["lost"].append(f"round {self.rounds}: the copy {path.name} is no good: {found}")

    def _tidy(self, store: Path) -> None:
        """Delete the oldest files set aside, which the program never does, so that the disk does not fill up."""
        for path in sorted(store.parent.glob("marks-damaged-*"))[:-12]:
            path.unlink()


def _write_old(store: Path, chance: Random) -> dict[Key, Any]:
    """Write a database of an older version; return its rows."""
    store.parent.mkdir(parents=True)
    version = chance.randrange(1, len(MIGRATIONS))
    rows: dict[Key, Any] = {}
    connection = apsw.Connection(os.fspath(store))
    with connection:
        for _name, sql in MIGRATIONS[:version]:
            connection.execute(sql)
        connection.pragma("user_version", version)
        for number in range(ARTICLES):
            one = f"x{number}"
            connection.execute(
                "INSERT INTO article (id, path, title, read_at) VALUES (?, ?, ?, ?)", (one, b"/archive/a.md", one, 5)
            )
            rows["read", one] = True
            if version > 1:
                connection.execute("UPDATE article SET starred_at = 7 WHERE id = ?", (one,))
                rows["starred", one] = True
        for number in range(chance.choice([20, 200, 3_000])):
            one = f"x{number % ARTICLES}"
            connection.execute(
                "INSERT INTO bookmark (article, block, offset, name, section, quotation, created_at)"
                " VALUES (?, ?, 0, ?, 'section', ?, ?)",
                (one, number, f"old {number}", f"old{number}", number),
            )
            if version > 2:
                connection.execute("UPDATE bookmark SET uid = lower(hex(randomblob(16))) WHERE uid = ''")
            rows["bookmark", f"old{number}"] = one
            rows["name", f"old{number}"] = f"old {number}"
    if chance.random() < 0.5:
        connection.pragma("journal_mode", "wal")
    connection.close()
    return rows
