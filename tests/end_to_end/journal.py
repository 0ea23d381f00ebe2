"""The expected content of a marks database: a journal of acknowledged changes, and reading of the file for comparison.

The journal is an independent model of rows, and of changes with their old and new values. It shares no code with the
program, except for opening the file."""

import os
import shutil
import tempfile
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import apsw

from reader.archive.archive import open_archives
from reader.archive.article import Article
from reader.archive.scan import scan
from reader.document.document import Position, Range
from reader.document.text_units import Unit, unit_at
from reader.marks.quotation import name_of
from reader.reading.opened_article import Reading, open_article
from tests.articles import write_article

Key = tuple[str, ...]
Rows = Mapping[Key, Any]
Change = Mapping[Key, tuple[Any, Any]]
"""The old and new values of rows; None for a row that does not exist."""

Fact = tuple[Any, ...]

UNDONE = 1_000
"""The maximum number of changes that a reader can undo."""

SECTION = 18
SENTENCES = 270
"""The number of sentences in a section, and in an article."""


# The archive


def write_archive(folder: Path, articles: int) -> None:
    """Write articles in which every sentence begins with a unique name, such as A04S017."""
    for number in range(articles):
        parts = []
        for first in range(0, SENTENCES, 3):
            if first % SECTION == 0:
                parts.append(f"<p><strong>Chapter {number}.{first // SECTION}</strong></p>")
            said = (f"A{number:02}S{one:03} the harbour works by night!" for one in range(first, first + 3))
            parts.append(f"<p>{' '.join(said)}</p>")
        write_article(folder / f"{number:02}.md", title(f"A{number:02}"), "\n".join(parts), day=number % 28 + 1)


def title(name: str) -> str:
    """The title of an article, from the beginning of its sentences."""
    return f"Article {name}"


class Text:
    """An article's text, sentence by sentence."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        document = reading.document
        self.ranges: list[Range] = []
        for number in range(len(document.leaves)):
            text, offset = document.text(number), 0
            while (offset := text.find("S", offset)) >= 0:
                if text[offset + 1 : offset + 4].isdigit():
                    found = unit_at(document, Position(number, offset), Unit.SENTENCE)
                    assert found is not None
                    self.ranges.append(found)
                offset += 1
        assert len(self.ranges) == SENTENCES

    def said(self, first: int, last: int) -> str:
        """The text from one sentence to another one."""
        return self.reading.document.extract(Range(self.ranges[first].start, self.ranges[last].end))


def texts(archive: Path) -> dict[str, Text]:
    """The texts of the articles of an archive, by the beginning of their sentences."""
    found = [one for one in scan(open_archives([archive])) if isinstance(one, Article)]
    return {one.title.split()[-1]: Text(open_article(one)) for one in found}


# The content of a database


@dataclass(frozen=True, slots=True)
class StoreContent:
    """The content of a database.

    Attributes:
        marks: All marks, in the form of the journal.
        colour: The last colour used.
        changes: The number of logged changes.
        places: The article, the position and the words of each bookmark and highlight.
    """

    marks: Counter[Fact] = field(default_factory=Counter)
    colour: int = 1
    changes: int = 0
    places: tuple[tuple[str, Range, str], ...] = ()


def look(store: Path, *, alone: bool = True) -> StoreContent:
    """Read a database after its processes have ended; with `alone` false, one of them still runs.

    Without processes a copy is read, so that the next start finds the files as they were left.

    Raises: AssertionError: SQLite reports corruption."""
    if not store.exists():
        return StoreContent()
    if not alone:
        return _found(store)
    with tempfile.TemporaryDirectory() as folder:
        for suffix in ("", "-wal"):
            source = store.with_name(store.name + suffix)
            if source.exists():
                shutil.copyfile(source, Path(folder, f"marks.db{suffix}"))
        return _found(Path(folder, "marks.db"))


def _found(store: Path) -> StoreContent:
    connection = apsw.Connection(os.fspath(store))
    connection.set_busy_timeout(5_000)
    try:
        # Use one transaction, because another process may be writing.
        with connection:
            found = _read(connection)
    finally:
        connection.close()
    return found


def _read(connection: apsw.Connection) -> StoreContent:
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert not connection.execute("PRAGMA foreign_key_check").fetchall()
    if not connection.pragma("user_version"):
        return StoreContent()
    marks = Counter[Fact]()
    for state in ("read", "starred", "later"):
        rows = connection.execute(f"SELECT title FROM article WHERE {state}_at IS NOT NULL")  # noqa: S608
        marks.update((state, _name(one)) for (one,) in rows)
    rows = connection.execute("SELECT title, name FROM tag JOIN article ON id = article")
    marks.update(("tag", _name(one), tag) for one, tag in rows)
    places: list[tuple[str, Range, str]] = []
    rows = connection.execute(
        "SELECT title, name, letter, block, offset FROM bookmark m JOIN article a ON a.id = article"
    )
    for one, name, letter, block, offset in rows:
        marks["bookmark", _name(one), name, letter] += 1
        places.append((_name(one), Range(Position(block, offset), Position(block, offset)), name))
    rows = connection.execute(
        "SELECT title, quotation, colour, note, block, offset, end_block, end_offset"
        " FROM highlight m JOIN article a ON a.id = article"
    )
    for one, quotation, colour, note, *place in rows:
        marks["highlight", _name(one), quotation, colour, note] += 1
        places.append((_name(one), Range(Position(*place[:2]), Position(*place[2:])), quotation))
    kept: Any = connection.execute("SELECT value FROM state WHERE key = 'colour'").fetchone()
    colour = int(kept[0].partition("\n")[0]) if kept else 1
    changes: Any = connection.execute("SELECT count(*) FROM change").fetchone()
    return StoreContent(marks, colour, int(changes[0]), tuple(places))


def _name(title_of_one: str) -> str:
    return title_of_one.rsplit(maxsplit=1)[-1]


def in_place(found: StoreContent, by_name: Mapping[str, Text]) -> None:
    """Check that every bookmark and highlight is at the position of its words in its article.

    Raises:
        AssertionError: One does not.
    """
    for name, span, words in found.places:
        document = by_name[name].reading.document
        if span.start == span.end:
            assert name_of(document, by_name[name].reading.outline, span.start) == words
        else:
            assert document.extract(span) == words


# The expected content


@dataclass(frozen=True, slots=True)
class Entry:
    """A change that can be undone.

    Attributes:
        number: The number of the change, in order of time.
        reader: The reader that made it.
        told: How the program describes it when it is undone.
        change: The change.
        undone: Whether it is undone.
    """

    number: int
    reader: str
    told: str
    change: Change
    undone: bool = False


@dataclass(frozen=True, slots=True)
class Reader:
    """One start of the program.

    Attributes:
        name: A unique name of this start.
        began: The number of the last change before the start.
    """

    name: str
    began: int

    def may_turn(self, entry: Entry) -> bool:
        """Whether this reader may undo or redo a change."""
        return entry.reader == self.name or entry.number <= self.began


@dataclass
class Journal:
    """The acknowledged changes."""

    rows: dict[Key, Any] = field(default_factory=dict)
    log: list[Entry] = field(default_factory=list)
    colour: int = 1
    last: int = 0

    def copy(self) -> "Journal":
        """An independent copy."""
        return Journal(dict(self.rows), list(self.log), self.colour, self.last)

    def new(self) -> int:
        """A new number for a mark or a change."""
        self.last += 1
        return self.last

    def add(self, reader: Reader, told: str, change: Change) -> None:
        """Add a change; changes undone before can no longer be redone."""
        assert change
        self._apply(change)
        self.log = [one for one in self.log if not (one.undone and reader.may_turn(one))]
        self.log.append(Entry(self.new(), reader.name, told, change))
        mine = [one.number for one in self.log if reader.may_turn(one)]
        self.log = [one for one in self.log if one.number not in mine[:-UNDONE]]

    def to_undo(self, reader: Reader) -> Entry | None:
        """The change that an undo reverts."""
        return max((one for one in self.log if not one.undone and reader.may_turn(one)), key=_number, default=None)

    def to_redo(self, reader: Reader) -> Entry | None:
        """The change that a redo repeats."""
        return min((one for one in self.log if one.undone and reader.may_turn(one)), key=_number, default=None)

    def turn(self, entry: Entry) -> None:
        """Record that a change was undone or redone."""
        back = {key: (new, old) for key, (old, new) in entry.change.items()}
        self._apply(entry.change if entry.undone else back)
        self.log = [replace(one, undone=not one.undone) if one.number == entry.number else one for one in self.log]

    def _apply(self, change: Change) -> None:
        for key, (old, new) in change.items():
            assert self.rows.get(key) == old, (key, old, new)
            if new is None:
                del self.rows[key]
            else:
                self.rows[key] = new

    def of(self, kind: str, article: str) -> dict[str, Any]:
        """The bookmarks or highlights of an article by number, or its tags by name."""
        return {key[2]: value for key, value in self.rows.items() if key[:2] == (kind, article)}

    def marks(self) -> Counter[Fact]:
        """All marks, in the form of `look`."""
        found = Counter[Fact]()
        for key, value in self.rows.items():
            kind, article, *rest = key
            if kind == "bookmark":
                found[kind, article, value, self.rows.get(("letter", *key[1:]), "")] += 1
            elif kind == "highlight":
                said = (self.rows[part, article, rest[0]] for part in ("colour", "note"))
                found[kind, article, value[2], *said] += 1
            elif kind in {"read", "starred", "later", "tag"}:
                found[key] += 1
        return found


def _number(entry: Entry) -> int:
    return entry.number
