"""The expected content of a database after processes were killed: a model built from their journals.

Each process writes a line to its journal, synced to disk, before each change and again after the acknowledgement. The
model shares no code with the program: it knows rows, the undoable changes by their description, and the possible values
of a row if it is unknown whether a change was made."""

import json
import os
import re
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import apsw

Key = tuple[str, ...]
Told = tuple[str, str]
"""The kind and detail of a change; unique for each change."""

TURNS = {"undo", "redo"}
_DIGITS = re.compile(r"\d+")
"""The number that distinguishes processes of one kind, such as the starts of one screen."""

GOING_BACK = {"restore", "finish"}
"""Actions that may bring back deleted or undone rows."""


# Journals


class JournalWriter:
    """Writes the actions of one process to a file, line by line, synced to disk."""

    def __init__(self, path: Path, who: str) -> None:
        self._file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o666)
        self._who = who

    def write(self, what: str, act: str, **more: Any) -> None:
        """Write a line: `begin`, `done` or `refused`."""
        line = {"at": time.monotonic(), "who": self._who, "what": what, "act": act, **more}
        os.write(self._file, json.dumps(line).encode() + b"\n")
        os.fsync(self._file)


def journalled(paths: Iterable[Path]) -> list[dict[str, Any]]:
    """The lines of several journals in order of time; an unfinished last line is ignored."""
    lines = []
    for path in paths:
        for line in path.read_bytes().split(b"\n")[:-1]:
            lines.append(json.loads(line))  # noqa: PERF401 - two loops are plainer
    return sorted(lines, key=lambda one: float(one["at"]))


# Stores


@dataclass(frozen=True, slots=True)
class Content:
    """The content of a database.

    Attributes:
        rows: Its marks; marks with a quotation are identified by its first word.
        undone: Its change log: the description of each change, and whether it is undone.
    """

    rows: Mapping[Key, Any] = field(default_factory=dict)
    undone: Mapping[Told, bool] = field(default_factory=dict)


Beside = tuple[list[Content], list[Content]]
"""The files beside a database: reported ones, and others."""

_QUESTIONS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("bookmark", "SELECT quotation, article, name FROM bookmark", ("bookmark", "name")),
    ("highlight", "SELECT quotation, article, colour, note FROM highlight", ("highlight", "colour", "note")),
    ("saved_search", "SELECT name, query FROM saved_search", ("search",)),
)


def content(path: Path) -> Content:
    """Read a database of the current version.

    Raises:
        AssertionError: SQLite reports corruption, or a mark occurs twice.
    """
    connection = apsw.Connection(os.fspath(path))
    try:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)], path
        assert not connection.execute("PRAGMA foreign_key_check").fetchall(), path
        rows: dict[Key, Any] = {}
        for table, question, kinds in _QUESTIONS:
            for quotation, *values in connection.execute(question):
                token = str(quotation).split()[0]
                assert (kinds[0], token) not in rows, f"{table} {token} is there twice"
                rows.update(((kind, token), value) for kind, value in zip(kinds, values, strict=True))
        for state in ("read", "starred", "later"):
            found = connection.execute(f"SELECT id FROM article WHERE {state}_at IS NOT NULL")  # noqa: S608
            rows.update(((state, str(article)), True) for (article,) in found)
        for article, name in connection.execute("SELECT article, name FROM tag"):
            rows["tag", str(article), str(name)] = True
        log = connection.execute("SELECT kind, detail, undone FROM change").fetchall()
        return Content(rows, {(str(kind), str(detail)): bool(undone) for kind, detail, undone in log})
    finally:
        connection.close()


# The model


@dataclass
class Entry:
    """A change that can be undone.

    Attributes:
        who: The process that made the change.
        change: The rows before and after.
        undone: Whether it is undone.
        certain: Whether it was acknowledged.
    """

    who: str
    change: Mapping[Key, tuple[Any, Any]]
    undone: bool = False
    certain: bool = True


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of the acknowledged changes.

    Attributes:
        lost: Rows that are neither in the database nor in a reported file.
        unreported: Rows that are only in files that were not reported.
        elsewhere: Rows that are only in files that were reported.
        unknown: Rows that nobody wrote.
    """

    lost: tuple[str, ...] = ()
    unreported: tuple[str, ...] = ()
    elsewhere: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()


def _process(begin: Mapping[str, Any]) -> str:
    """The name of the process of a line, without its act."""
    return str(begin["who"]).partition("/")[0]


class Ledger:
    """The expected content of one database.

    Attributes:
        acknowledged: The number of acknowledged actions by kind.
        refused: The number of actions that failed with a message, by kind.
    """

    def __init__(self, rows: Mapping[Key, Any] | None = None) -> None:
        self._may: dict[Key, list[Any]] = {key: [value] for key, value in (rows or {}).items()}
        self._former: dict[Key, list[Any]] = {key: [value] for key, value in (rows or {}).items()}
        self._soft: set[Key] = set()
        self._log: dict[Told, Entry] = {}
        self._open_turns: list[bool] = []
        self._went_back = False
        self.acknowledged = Counter[str]()
        self.refused = Counter[str]()

    def firm(self) -> dict[Key, Any]:
        """The rows whose values are known."""
        return {key: values[0] for key, values in self._may.items() if len(values) == 1 and values[0] is not None}

    def enter(self, lines: Iterable[dict[str, Any]]) -> None:
        """Enter the journals since the last `settle`; no process may be performing an action.

        The name of a process may have a part after a slash that distinguishes its actions.
        """
        begun: dict[str, dict[str, Any]] = {}
        for line in lines:
            who, act = str(line["who"]), str(line["act"])
            if line["what"] == "begin":
                self._went_back |= act in GOING_BACK
                begun[who] = line
                continue
            begin = begun.pop(who)
            assert begin["act"] == act, (begin, line)
            if line.get("in_memory"):
                # A change in memory is acknowledged only once it is saved, but can be undone before.
                for other in begun.values():
                    if other.get("told") == line["told"]:
                        self._perhaps(other)
            if line["what"] == "done":
                self.acknowledged[act] += 1
                self._done(begin, line)
            else:
                self.refused[act] += 1
                self._perhaps(begin)
        for begin in begun.values():
            self._perhaps(begin)

    def _done(self, begin: Mapping[str, Any], line: Mapping[str, Any]) -> None:
        """Enter an acknowledged action."""
        if begin["act"] in TURNS:
            if line["told"] is not None and not line["overtaken"]:
                told, in_memory = (line["told"][0], line["told"][1]), line.get("in_memory", False)
                self._turn(told, undone=begin["act"] == "undo", whole=line["whole"], in_memory=in_memory)
            return
        change = self._change(begin)
        for key, (_old, new) in change.items():
            self._say(key, [new], soft=new is None)
        self._add(begin, Entry(_process(begin), change))

    def _perhaps(self, begin: Mapping[str, Any]) -> None:
        """Enter an action of which it is unknown whether it was done."""
        if begin["act"] in TURNS:
            self._open_turns.append(begin["act"] == "undo")
            return
        change = self._change(begin)
        for key, (_old, new) in change.items():
            self._say(key, [*self._may.get(key, [None]), new], soft=True)
        self._add(begin, Entry(_process(begin), change, certain=False))

    def _change(self, begin: Mapping[str, Any]) -> dict[Key, tuple[Any, Any]]:
        change = {}
        for parts, new in begin.get("set", ()):
            key = tuple(parts)
            change[key] = (self._may.get(key, [None])[0], new)
        return change

    def _add(self, begin: Mapping[str, Any], entry: Entry) -> None:
        if begin.get("told"):
            kind, detail = begin["told"]
            self._log[kind, detail] = entry

    def _turn(self, told: Told, *, undone: bool, whole: bool, in_memory: bool) -> None:
        entry = self._log.get(told)
        assert entry is not None, f"{'undone' if undone else 'done again'}, and nobody did it: {told}"
        if in_memory:
            # Changes in memory are repeated in the database later, but its change log does not contain them.
            self._both(entry)
            return
        entry.undone, entry.certain = undone, True
        if not whole:
            self._both(entry)
            return
        for key, (old, new) in entry.change.items():
            self._say(key, [old if undone else new], soft=True)

    def _both(self, entry: Entry) -> None:
        for key, values in entry.change.items():
            self._say(key, [*self._may.get(key, [None]), *values], soft=True)

    def _say(self, key: Key, values: list[Any], *, soft: bool) -> None:
        self._may[key] = list(dict.fromkeys(values))
        former = self._former.setdefault(key, [])
        former.extend(one for one in values if one not in former)
        (self._soft.add if soft else self._soft.discard)(key)

    def settle(self, found: Content, beside: Callable[[], Beside] = lambda: ([], [])) -> Verdict:
        """Compare the database with the acknowledged changes, and continue from its actual content.

        If something is missing, `beside` reads the files beside it: the reported ones, and others.
        """
        self._turned_in(found)
        files: Beside | None = None
        lost, hidden, elsewhere, unknown = [], [], [], []
        for key in self._may.keys() | found.rows.keys():
            value, may = found.rows.get(key), self._may.get(key, [None])
            if value in may or (self._went_back and key in self._soft and value in [None, *self._former[key]]):
                continue
            said = f"{key}: {value!r} and not {may!r}"
            if any(one is not None for one in may):
                files = files or beside()
                if any(other.rows.get(key) in may for other in files[0]):
                    elsewhere.append(said)
                elif any(other.rows.get(key) in may for other in files[1]):
                    hidden.append(said)
                else:
                    lost.append(said)
            else:
                unknown.append(said)
        self._go_on(found)
        return Verdict(tuple(lost), tuple(hidden), tuple(elsewhere), tuple(unknown))

    def _turned_in(self, found: Content) -> None:
        """Find out from the change log which changes were undone or redone by actions that were not acknowledged."""
        turned = [
            entry
            for told, undone in found.undone.items()
            if (entry := self._log.get(told)) is not None and entry.undone != undone
        ]
        assert len(turned) <= len(self._open_turns), f"turned by nobody: {turned}"
        for entry in turned:
            entry.undone = not entry.undone
            # The same rows may have been changed again since.
            self._both(entry)
        for undo in self._open_turns:
            for told in self._next_turns(undo=undo):
                if told not in found.undone:
                    # The log was cleared since, so it is unknown.
                    self._both(self._log[told])

    def _next_turns(self, *, undo: bool) -> list[Told]:
        """The changes that an undo or a redo may affect: the last, or the first, of each kind of process."""
        next_turns: list[Told] = []
        known: set[str] = set()
        for told, entry in [*self._log.items()][:: -1 if undo else 1]:
            kind = _DIGITS.sub("", entry.who)
            if entry.undone != undo and kind not in known:
                next_turns.append(told)
                if entry.certain:
                    known.add(kind)
        return next_turns

    def _go_on(self, found: Content) -> None:
        for key in [*self._may]:
            self._may[key] = [found.rows.get(key)]
        self._may.update((key, [value]) for key, value in found.rows.items())
        for key, value in found.rows.items():
            former = self._former.setdefault(key, [])
            if value not in former:
                former.append(value)
        self._log = {told: entry for told, entry in self._log.items() if told in found.undone}
        self._open_turns, self._went_back = [], False
