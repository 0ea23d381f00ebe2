"""Two readers of one database, in any order of actions: each undoes its own changes, and none of the other is lost.

The expected content comes from a simple model: rows of columns, and a log of changes.
"""

import shutil
import tempfile
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from reader.document.document import Position
from reader.marks.facade import Marks
from tests.marks.making import anchor, article, held

Key = tuple[str, Any]
Rows = dict[Key, dict[str, Any]]
WHEN = "changed"


@dataclass
class LoggedChange:
    """One change in the log."""

    number: int
    reader: int
    rows: dict[Key, tuple[dict[str, Any] | None, dict[str, Any] | None]]
    undone: bool = False


@dataclass
class Oracle:
    """The expected content of a database.

    Attributes:
        rows: The rows by table and key; rows of whole articles always exist.
        log: The changes of the rows.
        began: The last number in the log when each reader started.
    """

    rows: Rows = field(default_factory=lambda: {("article", one): {"read": None, "starred": None} for one in "abc"})
    log: list[LoggedChange] = field(default_factory=list)
    began: dict[int, int] = field(default_factory=dict)
    numbers: Any = field(default_factory=lambda: count(1))
    clock: Any = field(default_factory=count)

    def begin(self, reader: int) -> None:
        self.began[reader] = max((done.number for done in self.log), default=0)

    def mine(self, reader: int) -> list[LoggedChange]:
        return [done for done in self.log if done.reader == reader or done.number <= self.began[reader]]

    def change(self, reader: int, change: Callable[[Rows], object]) -> None:
        before = deepcopy(self.rows)
        change(self.rows)
        rows: dict[Key, tuple[dict[str, Any] | None, dict[str, Any] | None]] = {}
        for key in before.keys() | self.rows.keys():
            old, new = before.get(key), self.rows.get(key)
            if old == new:
                continue
            if old is not None and new is not None:
                names = {name for name in old.keys() | new.keys() if old.get(name) != new.get(name)}
                rows[key] = ({name: old.get(name) for name in names}, {name: new.get(name) for name in names})
            else:
                rows[key] = (old, new)
        if rows:
            gone = [done for done in self.mine(reader) if done.undone]
            self.log = [done for done in self.log if done not in gone]
            self.log.append(LoggedChange(next(self.numbers), reader, deepcopy(rows)))

    def turn(self, reader: int, *, undo: bool) -> tuple[bool, bool] | None:
        """Undo or redo; return whether all of it and whether none of it was changed since; None if there is nothing."""
        own = [done for done in self.mine(reader) if done.undone != undo]
        if not own:
            return None
        done = own[-1] if undo else own[0]
        parts = [self.put(key, *(pair[::-1] if undo else pair)) for key, pair in done.rows.items()]
        whole = all(whole for _kept, whole in parts)
        overtaken = not whole and not any(kept for kept, _whole in parts)
        if overtaken:
            self.log.remove(done)
        else:
            done.undone = undo
        return overtaken, whole

    def put(self, key: Key, old: dict[str, Any] | None, new: dict[str, Any] | None) -> tuple[bool, bool]:
        """Change a row from its old to its new values; return whether any and whether all columns were changed."""
        there = self.rows.get(key)
        if old is None or there is None:
            if old is not None or there is not None:
                return False, False
            self.rows[key] = dict(new or {})
            return True, True
        since = {name for name, value in old.items() if there.get(name) != value}
        whole = since <= {WHEN}
        if new is None:
            if whole:
                del self.rows[key]
            return whole, whole
        left = {name: value for name, value in new.items() if name not in since}
        if since and left.keys() <= {WHEN}:
            return False, whole
        there.update(left)
        return True, whole

    def held(self) -> dict[str, Any]:
        """The expected result of `making.held`."""
        found: dict[str, Any] = {"bookmarks": {}, "highlights": {}, "tags": {}}
        found["searches"] = sorted((row["name"], row["query"]) for key, row in self.rows.items() if key[0] == "search")
        found.update({name: set() for name in ("read", "starred", "later")})
        tags: dict[str, list[tuple[int, str]]] = {}
        for (table, key), row in self.rows.items():
            if table == "bookmark":
                found["bookmarks"][key] = (row["article"], row["place"], row["name"], row["letter"])
            elif table == "highlight":
                found["highlights"][key] = (row["article"], anchor(), row["colour"], row["note"])
            elif table == "tag":
                tags.setdefault(key[0], []).append((row["added"], key[1]))
            elif table == "article":
                for state in ("read", "starred", "later"):
                    if row.get(state):
                        found[state].add(key)
        found["tags"] = {one: tuple(name for _added, name in sorted(names)) for one, names in tags.items()}
        return found


class Readers:
    """Two readers of one database, and its expected content."""

    def __init__(self, store: Path) -> None:
        self.store = store
        self.oracle = Oracle()
        self.readers = [self.begun(0), self.begun(1)]
        self.seen = [set[str](), set[str]()]

    def begun(self, reader: int) -> Marks:
        self.oracle.begin(reader)
        return Marks(self.store)

    def do(self, reader: int, what: str, number: int) -> None:
        """Let one reader perform an action, and check that both see it."""
        marks, oracle = self.readers[reader], self.oracle
        before = held(marks)
        if what == "restart":
            marks.close()
            self.readers[reader] = self.begun(reader)
        elif what in {"undo", "redo"}:
            change = marks.undo() if what == "undo" else marks.redo()
            turned = oracle.turn(reader, undo=what == "undo")
            assert (change and (change.overtaken, change.whole)) == turned
        else:
            oracle.change(reader, lambda rows: getattr(self, what)(marks, rows, number))
        now = held(self.readers[reader])
        assert now == oracle.held()
        other = self.readers[1 - reader]
        assert other.store.changed_elsewhere() or now == before
        revised = other.store.revised()
        assert changed_articles(before, now) <= revised
        assert held(other) == now

    def bookmark(self, marks: Marks, rows: Rows, number: int) -> None:
        one, letter = "abc"[number % 3], ("", "q", "Q")[number % 3]
        self.free(rows, letter, one)
        made = marks.bookmarks.add(article(one), Position(number), "new", letter=letter)
        row = {
            "article": one,
            "place": Position(number),
            "name": "new",
            "letter": letter,
            WHEN: next(self.oracle.clock),
        }
        rows["bookmark", made.uid] = row

    @staticmethod
    def free(rows: Rows, letter: str, one: str) -> None:
        for (table, _key), row in rows.items():
            if letter and table == "bookmark" and row["letter"] == letter and (letter == "Q" or row["article"] == one):
                row["letter"] = ""

    def chosen(self, marks: Marks, rows: Rows, number: int, table: str) -> Any:
        there = marks.bookmarks.all() if table == "bookmark" else marks.highlights.all()
        if not there:
            return None, {}
        one = there[number % len(there)]
        row = rows[table, one.uid]
        row[WHEN] = next(self.oracle.clock)
        return one, row

    def rename(self, marks: Marks, rows: Rows, number: int) -> None:
        one, row = self.chosen(marks, rows, number, "bookmark")
        if one is not None:
            row["name"] = f"name {number % 4}"
            marks.bookmarks.rename(one, row["name"])

    def letter(self, marks: Marks, rows: Rows, number: int) -> None:
        one, row = self.chosen(marks, rows, number, "bookmark")
        if one is not None:
            letter = ("", "q", "Q", "w")[number % 4]
            self.free(rows, letter, one.article_id)
            row["letter"] = letter
            marks.bookmarks.letter(one, letter)

    def unbookmark(self, marks: Marks, rows: Rows, number: int) -> None:
        one, _row = self.chosen(marks, rows, number, "bookmark")
        if one is not None:
            marks.bookmarks.delete(one)
            del rows["bookmark", one.uid]

    def highlight(self, marks: Marks, rows: Rows, number: int) -> None:
        one = "abc"[number % 3]
        made = marks.highlights.add(article(one), anchor(), "", 1)
        rows["highlight", made.uid] = {"article": one, "colour": 1, "note": "", WHEN: next(self.oracle.clock)}

    def colour(self, marks: Marks, rows: Rows, number: int) -> None:
        one, row = self.chosen(marks, rows, number, "highlight")
        if one is not None:
            # Choose another value: setting the current one is not a change.
            row["colour"] = row["colour"] % 4 + 1
            marks.highlights.change(one, colour=row["colour"])

    def note(self, marks: Marks, rows: Rows, number: int) -> None:
        one, row = self.chosen(marks, rows, number, "highlight")
        if one is not None:
            row["note"] = "" if row["note"] else f"note {number % 3}"
            marks.highlights.change(one, note=row["note"])

    def unhighlight(self, marks: Marks, rows: Rows, number: int) -> None:
        one, _row = self.chosen(marks, rows, number, "highlight")
        if one is not None:
            marks.highlights.delete(one)
            del rows["highlight", one.uid]

    def star(self, marks: Marks, rows: Rows, number: int) -> None:
        self.put_state(rows, number, "starred", there=number % 2 == 0)
        marks.articles.star(article("abc"[number % 3]), starred=number % 2 == 0)

    def read(self, marks: Marks, rows: Rows, number: int) -> None:
        self.put_state(rows, number, "read", there=number % 2 == 0)
        marks.articles.mark_read(article("abc"[number % 3]), read=number % 2 == 0)

    def put_state(self, rows: Rows, number: int, state: str, *, there: bool) -> None:
        row = rows["article", "abc"[number % 3]]
        row[state] = (row.get(state) or next(self.oracle.clock) + 1) if there else None

    def tag(self, marks: Marks, rows: Rows, number: int) -> None:
        one, names = "abc"[number % 3], [name for bit, name in enumerate("xyz") if number >> bit & 1]
        marks.articles.tag(article(one), names)
        for name in "xyz":
            if name not in names:
                rows.pop(("tag", (one, name)), None)
            elif ("tag", (one, name)) not in rows:
                rows["tag", (one, name)] = {"added": next(self.oracle.clock)}

    def search(self, marks: Marks, rows: Rows, number: int) -> None:
        name = "一二"[number % 2]
        for key in [key for key, row in rows.items() if key[0] == "search" and row["name"] == name]:
            del rows[key]
        made = marks.searches.save(name, str(number))
        rows["search", made] = {"name": name, "query": str(number)}


def changed_articles(before: dict[str, Any], now: dict[str, Any]) -> set[str]:
    """The articles whose marks differ."""
    found: set[str] = set()
    for state in ("read", "starred", "later"):
        found |= before[state] ^ now[state]
    for room in ("bookmarks", "highlights"):
        pairs = {(key, *value) for key, value in before[room].items()} ^ {
            (key, *value) for key, value in now[room].items()
        }
        found |= {pair[1] for pair in pairs}
    tags = before["tags"].keys() | now["tags"].keys()
    return found | {one for one in tags if before["tags"].get(one) != now["tags"].get(one)}


WHATS = (
    *("bookmark", "bookmark", "rename", "letter", "unbookmark", "highlight", "colour", "note", "unhighlight"),
    *("star", "read", "tag", "search", "undo", "undo", "undo", "undo", "redo", "redo", "restart"),
)
operations = st.tuples(st.integers(0, 1), st.sampled_from(WHATS), st.integers(0, 11))


@given(st.lists(operations, min_size=20, max_size=60))
@settings(max_examples=30, deadline=None)
def test_each_reader_undoes_its_own_changes_and_none_of_the_other_is_lost(sequence: list[tuple[int, str, int]]) -> None:
    folder = Path(tempfile.mkdtemp())
    try:
        both = Readers(folder / "marks.db")
        for one in sequence:
            both.do(*one)
        for marks in both.readers:
            marks.close()
    finally:
        shutil.rmtree(folder)
