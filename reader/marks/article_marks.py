"""Marks of whole articles: read, starred, read later, tags, saved position and history."""

import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import apsw

from reader.archive.archive import absolute
from reader.archive.article import Article
from reader.document.document import Position
from reader.document.sanitizing import clean_line
from reader.document.text_folding import folded
from reader.lean_dataclasses import dataclass
from reader.marks.change_kinds import ChangeKind
from reader.marks.store import Store
from reader.marks.stored_values import now, path_of

LONGEST_TAG = 60
"""The maximum length of a tag in characters."""

_MANY = 500

_SPOOLED = "*[/\\]reader-????????[/\\]stdin*"
"""The path of a text from standard input, as a GLOB pattern of SQLite: its temporary file is later deleted."""


@dataclass(frozen=True, slots=True)
class Visit:
    """An article in the reading history.

    Attributes:
        id: The id of the article.
        path: Its path at that time.
        title: Its title at that time.
        progress: The progress when it was left, 0 to 1.
        at: When it was left, in seconds since 1970.
    """

    id: str
    path: Path
    title: str
    progress: float
    at: float


@dataclass(frozen=True, slots=True)
class ClearedHistory:
    """Counts of deleted history records.

    Attributes:
        days: Days with reading activity.
        opened: Articles with a time of opening and progress.
        sections: Sections with progress.
        read: Articles with a time at which they were marked as read.
        changes: Undoable changes that reveal when something was read.
        rewritten: Corrupt copies of the database that had to be rewritten.
    """

    days: int
    opened: int
    sections: int
    read: int
    changes: int
    rewritten: int = 0


class ArticleMarks:
    """The marks of whole articles in a marks database."""

    def __init__(self, store: Store) -> None:
        self._store = store

    # States

    def mark_read(self, article: Article, *, read: bool, by_hand: bool = True) -> None:
        """Mark an article as read or unread; only a change made `by_hand` can be undone.

        Raises:
            StoreError: The database could not be written.
        """
        self._set("read_at", article, (ChangeKind.READ if read else ChangeKind.UNREAD) if by_hand else None, there=read)

    def star(self, article: Article, *, starred: bool) -> None:
        """Star or unstar an article.

        Raises:
            StoreError: The database could not be written.
        """
        self._set("starred_at", article, ChangeKind.STAR if starred else ChangeKind.UNSTAR, there=starred)

    def keep_for_later(self, article: Article, *, later: bool) -> None:
        """Add an article to “read later”, or remove it.

        Raises:
            StoreError: The database could not be written.
        """
        self._set("later_at", article, ChangeKind.LATER if later else ChangeKind.NOT_LATER, there=later)

    def _set(self, column: str, article: Article, kind: ChangeKind | None, *, there: bool) -> None:
        with self._store.change(kind, article.title, article) as connection:
            # Keep the original time if the state is already set.
            value = f"coalesce({column}, ?1)" if there else "NULL"
            connection.execute(f"UPDATE article SET {column} = {value} WHERE id = ?2", (now(), article.id))
            if kind is None:
                self._store.revise([article.id])

    # Tags

    def tags(self, article_id: str) -> tuple[str, ...]:
        """Return the user's tags of an article in the order in which they were added."""
        statement = "SELECT name FROM tag WHERE article = ? ORDER BY added_at, name"
        return tuple(self._store.records(clean_line, statement, (article_id,)))

    def all_tags(self) -> list[tuple[str, int]]:
        """Return every tag with its number of articles, most frequent first."""
        statement = "SELECT name, count(*) FROM tag GROUP BY name ORDER BY count(*) DESC, name"
        return self._store.records(lambda name, count: (clean_line(name), int(count)), statement)

    def tag(self, article: Article, names: Iterable[str]) -> tuple[str, ...]:
        """Replace the tags of an article and return the result; tags that differ only in case or width are equal.

        Raises:
            StoreError: The database could not be written.
        """
        wanted: dict[str, str] = {}
        for name in names:
            line = tag_name(name)
            if line:
                wanted.setdefault(folded(line), line)
        with self._store.change(ChangeKind.TAGS, article.title, article) as connection:
            there: set[str] = set()
            for name in self._store.records(str, "SELECT name FROM tag WHERE article = ?", (article.id,)):
                key = folded(clean_line(name))
                if key in wanted:
                    there.add(key)
                else:
                    connection.execute("DELETE FROM tag WHERE article = ? AND name = ?", (article.id, name))
            for number, (key, name) in enumerate(wanted.items()):
                if key not in there:
                    # Distinct times preserve the order.
                    connection.execute(
                        "INSERT INTO tag VALUES (?, ?, ?)", (article.id, name, round(now() + number / 1e6, 6))
                    )
        return self.tags(article.id)

    # Positions and history

    def place(self, article_id: str) -> Position | None:
        """Return the saved position in an article, or None."""
        statement = "SELECT place_block, place_offset FROM article WHERE id = ? AND place_block IS NOT NULL"
        places = self._store.records(lambda block, offset: Position(int(block), int(offset)), statement, (article_id,))
        return next(iter(places), None)

    def place_quotation(self, article_id: str) -> str:
        """Return the quotation (a few dozen characters) that follows the saved position, or empty."""
        rows = self._store.rows("SELECT place_quotation FROM article WHERE id = ?", (article_id,))
        return clean_line(rows[0][0]) if rows else ""

    def sections(self, article_id: str) -> Mapping[tuple[str, int], float]:
        """Return the progress of sections, 0 to 1, by title and index among the sections of that title."""
        statement = "SELECT title, number, progress FROM section WHERE article = ?"
        return dict(
            self._store.records(
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
        """Save the position in an article, its progress (0 to 1), and the progress of its sections.

        The `quotation` that follows the position relocates it in an edited article.

        This does not wait for other processes, because the position is saved again soon.

        Raises:
            StoreError: The database could not be written.
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
        """Return the ids of the opened articles, most recent first."""
        return self._store.records(str, "SELECT id FROM article WHERE opened_at IS NOT NULL ORDER BY opened_at DESC")

    def visited(self, most: int = _MANY) -> list[Visit]:
        """Return up to `most` opened articles, most recent first, without texts from standard input."""
        statement = (
            "SELECT id, path, title, progress, opened_at FROM article WHERE opened_at IS NOT NULL"
            f" AND CAST(path AS TEXT) NOT GLOB '{_SPOOLED}' ORDER BY opened_at DESC LIMIT ?"
        )
        return self._store.records(_visited, statement, (most,))

    def last_opened(self) -> str | None:
        """Return the id of the most recently opened article, or None."""
        visited = self.visited(1)
        return visited[0].id if visited else None

    def last_visit(self, roots: Sequence[Path]) -> Visit | None:
        """Return the most recently opened article below `roots`, or None."""
        below = [absolute(root) for root in roots]
        for most in (1, _MANY):
            for visit in self.visited(most):
                if any(visit.path.is_relative_to(root) for root in below):
                    return visit
        return None

    # Paths of articles

    def known_ids(self) -> set[str]:
        """Return the ids of all articles in the database, with or without marks."""
        return self._store.ids("SELECT id FROM article")

    def ids_at(self, path: Path) -> set[str]:
        """Return the ids of the articles at a path; a moved article keeps the id of its original path."""
        return self._store.ids("SELECT id FROM article WHERE path = ?", (os.fsencode(absolute(path)),))

    def moved(self, moves: Iterable[tuple[str, Path]]) -> None:
        """Update the paths of moved articles that are in the database.

        Raises:
            StoreError: The database could not be written.
        """
        with self._store.change(None) as connection:
            connection.executemany(
                "UPDATE article SET path = ? WHERE id = ?",
                [(os.fsencode(absolute(path)), article_id) for article_id, path in moves],
            )


def _visited(article_id: str, path: bytes, title: str, progress: float, at: float) -> Visit:
    return Visit(str(article_id), path_of(path), clean_line(title), float(progress), float(at))


def forget_history(connection: apsw.Connection) -> ClearedHistory:
    """Delete times of opening, progress and reading activity; marks and positions stay."""

    def done(statement: str) -> int:
        connection.execute(statement)
        return connection.changes()

    opened = done("UPDATE article SET opened_at = NULL, progress = 0 WHERE opened_at IS NOT NULL OR progress <> 0")
    # The read state is a mark, but its time is history.
    read = done("UPDATE article SET read_at = 0 WHERE read_at <> 0")
    tables = {row[1] for row in connection.execute("PRAGMA table_list")}
    # These changes reveal when something was read; deleting them makes them permanent.
    telling = ", ".join(f"'{kind}'" for kind in (ChangeKind.IMPORT, ChangeKind.READ, ChangeKind.UNREAD))
    sections, days, changes = (
        # A backup of an older version lacks these tables.
        done(f"DELETE FROM {table} WHERE {which}") if table in tables else 0
        for table, which in (("section", "true"), ("day", "true"), ("change", f"kind IN ({telling})"))
    )
    return ClearedHistory(days, opened, sections, read, changes)


def tag_name(text: str) -> str:
    """Normalize a tag: one line, without a leading `#`."""
    return clean_line(text).lstrip("#＃ ")[:LONGEST_TAG].strip()
