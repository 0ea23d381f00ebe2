"""What is kept of an article as a whole: read, starred, to be read later, tagged; its place, and when it was open."""

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import apsw

from reader.archive.archive import absolute
from reader.archive.article import Article
from reader.document.cleaning import clean_line
from reader.document.document import Position
from reader.document.folding import folded
from reader.marks.kinds import Kind
from reader.marks.store import Store
from reader.marks.stored_values import now, path_of

LONGEST_TAG = 60
"""Characters."""

_MANY = 500


@dataclass(frozen=True, slots=True)
class Visited:
    """An article that was open.

    Attributes:
        id: Its id.
        path: Where it lay then.
        title: Its title then.
        progress: How much of it lay above the foot of the page when it was left, 0 to 1.
        at: When it was left, seconds since 1970.
    """

    id: str
    path: Path
    title: str
    progress: float
    at: float


@dataclass(frozen=True, slots=True)
class Forgotten:
    """How much of the history was forgotten.

    Attributes:
        days: Days of which was known how long and how much was read.
        opened: Articles of which was known when they were open, and how far they were read.
        sections: Sections of which was known how far they were read.
        read: Articles of which was known since when they are read.
        changes: Changes that could be undone, and told when something was read.
    """

    days: int
    opened: int
    sections: int
    read: int
    changes: int


class ArticleMarks:
    """The marks of whole articles in a store."""

    def __init__(self, store: Store) -> None:
        self._store = store

    # States

    def mark_read(self, article: Article, *, read: bool, by_hand: bool = True) -> None:
        """Keep whether an article was read; what a person did by hand can be undone.

        Raises:
            StoreError: It could not be written.
        """
        self._set("read_at", article, (Kind.READ if read else Kind.UNREAD) if by_hand else None, there=read)

    def star(self, article: Article, *, starred: bool) -> None:
        """Keep whether an article is starred.

        Raises:
            StoreError: It could not be written.
        """
        self._set("starred_at", article, Kind.STAR if starred else Kind.UNSTAR, there=starred)

    def keep_for_later(self, article: Article, *, later: bool) -> None:
        """Keep whether an article is to be read later.

        Raises:
            StoreError: It could not be written.
        """
        self._set("later_at", article, Kind.LATER if later else Kind.NOT_LATER, there=later)

    def _set(self, column: str, article: Article, kind: Kind | None, *, there: bool) -> None:
        with self._store.change(kind, article.title, article) as connection:
            # Since when it is so: what is read already, and is read again, was read then.
            value = f"coalesce({column}, ?1)" if there else "NULL"
            connection.execute(f"UPDATE article SET {column} = {value} WHERE id = ?2", (now(), article.id))
            if kind is None:
                self._store.revise([article.id])

    # Tags

    def tags(self, article_id: str) -> tuple[str, ...]:
        """The tags that a person gave an article, in the order they were given."""
        statement = "SELECT name FROM tag WHERE article = ? ORDER BY added_at, name"
        return tuple(self._store.made(clean_line, statement, (article_id,)))

    def all_tags(self) -> list[tuple[str, int]]:
        """Every tag and how many articles have it, the most used first."""
        statement = "SELECT name, count(*) FROM tag GROUP BY name ORDER BY count(*) DESC, name"
        return self._store.made(lambda name, count: (clean_line(name), int(count)), statement)

    def tag(self, article: Article, names: Iterable[str]) -> tuple[str, ...]:
        """Give an article these tags and no others; one that only differs in case or width is the same. What it has.

        Raises:
            StoreError: It could not be written.
        """
        wanted: dict[str, str] = {}
        for name in names:
            line = tag_name(name)
            if line:
                wanted.setdefault(folded(line), line)
        with self._store.change(Kind.TAGS, article.title, article) as connection:
            there: set[str] = set()
            for name in self._store.made(str, "SELECT name FROM tag WHERE article = ?", (article.id,)):
                key = folded(clean_line(name))
                if key in wanted:
                    there.add(key)
                else:
                    connection.execute("DELETE FROM tag WHERE article = ? AND name = ?", (article.id, name))
            for number, (key, name) in enumerate(wanted.items()):
                if key not in there:
                    # A little apart, so that their order is kept.
                    connection.execute(
                        "INSERT INTO tag VALUES (?, ?, ?)", (article.id, name, round(now() + number / 1e6, 6))
                    )
        return self.tags(article.id)

    # The place in an article, and when it was open

    def place(self, article_id: str) -> Position | None:
        """Where an article was left."""
        statement = "SELECT place_block, place_offset FROM article WHERE id = ? AND place_block IS NOT NULL"
        places = self._store.made(lambda block, offset: Position(int(block), int(offset)), statement, (article_id,))
        return next(iter(places), None)

    def place_quotation(self, article_id: str) -> str:
        """What followed where an article was left, a few dozen characters; empty where that is not known."""
        rows = self._store.rows("SELECT place_quotation FROM article WHERE id = ?", (article_id,))
        return clean_line(rows[0][0]) if rows else ""

    def sections(self, article_id: str) -> Mapping[tuple[str, int], float]:
        """How far each section was read, 0 to 1, by its title and its number among those of that title."""
        statement = "SELECT title, number, progress FROM section WHERE article = ?"
        return dict(
            self._store.made(
                lambda title, number, progress: ((str(title), int(number)), float(progress)), statement, (article_id,)
            )
        )

    def save_position(
        self,
        article: Article,
        position: Position,
        progress: float,
        sections: Mapping[tuple[str, int], float] | None = None,
        quotation: str = "",
    ) -> None:
        """Keep where an article is left, how much of it lies above (0 to 1), and how far its sections were read.

        By the `quotation`, what follows there, it is found again in an edited article.

        It does not wait for other readers: whoever keeps the place does so again soon.

        Raises:
            StoreError: It could not be written.
        """
        with self._store.change(None, article=article, patient=False) as connection:
            connection.execute(
                "UPDATE article SET place_block = ?, place_offset = ?, place_quotation = ?, progress = ?, opened_at = ?"
                " WHERE id = ?",
                (position.block, position.offset, quotation, progress, now(), article.id),
            )
            connection.executemany(
                "INSERT INTO section VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET"
                " progress = max(progress, excluded.progress)",
                [(article.id, title, number, far) for (title, number), far in (sections or {}).items()],
            )

    def opened_ids(self) -> list[str]:
        """The ids of the articles that were opened, the last one first."""
        return self._store.made(str, "SELECT id FROM article WHERE opened_at IS NOT NULL ORDER BY opened_at DESC")

    def visited(self, most: int = _MANY) -> list[Visited]:
        """The articles that were opened, the last one first, at most so many."""
        statement = (
            "SELECT id, path, title, progress, opened_at FROM article WHERE opened_at IS NOT NULL"
            " ORDER BY opened_at DESC LIMIT ?"
        )
        return self._store.made(_visited, statement, (most,))

    def last_opened(self) -> str | None:
        """The id of the article that was open last."""
        visited = self.visited(1)
        return visited[0].id if visited else None

    # Where articles lie

    def ids_at(self, path: Path) -> set[str]:
        """The ids of the articles that the store knows at a path: one that was moved keeps the id of its first."""
        return self._store.ids("SELECT id FROM article WHERE path = ?", (os.fsencode(absolute(path)),))

    def moved(self, moves: Iterable[tuple[str, Path]]) -> None:
        """Keep where articles lie now, of those that the store knows.

        Raises:
            StoreError: It could not be written.
        """
        with self._store.change(None) as connection:
            connection.executemany(
                "UPDATE article SET path = ? WHERE id = ?",
                [(os.fsencode(absolute(path)), article_id) for article_id, path in moves],
            )


def _visited(article_id: str, path: bytes, title: str, progress: float, at: float) -> Visited:
    return Visited(str(article_id), path_of(path), clean_line(title), float(progress), float(at))


def forget_history(connection: apsw.Connection) -> Forgotten:
    """Forget what was open when, how far it was read, and how long on which day; marks and places stay."""

    def done(statement: str) -> int:
        connection.execute(statement)
        return connection.changes()

    opened = done("UPDATE article SET opened_at = NULL, progress = 0 WHERE opened_at IS NOT NULL OR progress <> 0")
    # That it was read is a mark; when, is history.
    read = done("UPDATE article SET read_at = 0 WHERE read_at <> 0")
    tables = {row[1] for row in connection.execute("PRAGMA table_list")}
    # These tell when something was read, and can no longer be undone.
    telling = ", ".join(f"'{kind}'" for kind in (Kind.IMPORT, Kind.READ, Kind.UNREAD))
    sections, days, changes = (
        # An older copy of the store has none of them.
        done(f"DELETE FROM {table} WHERE {which}") if table in tables else 0
        for table, which in (("section", "true"), ("day", "true"), ("change", f"kind IN ({telling})"))
    )
    return Forgotten(days, opened, sections, read, changes)


def tag_name(text: str) -> str:
    """A tag as it is kept: on one line, without the # before it."""
    return clean_line(text).lstrip("#＃ ")[:LONGEST_TAG].strip()
