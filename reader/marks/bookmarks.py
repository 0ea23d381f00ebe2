"""Bookmarks: named positions, optionally with a letter."""

import uuid
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from reader.archive.article import Article
from reader.document.document import Position
from reader.document.sanitizing import clean_line
from reader.lean_dataclasses import dataclass, replace
from reader.marks.change_kinds import ChangeKind
from reader.marks.mark_list import Listing, MarkFilter, Scope, SortMarks
from reader.marks.store import Store
from reader.marks.stored_values import moment, now, path_of

_COLUMNS = (
    "m.id, m.uid, m.article, a.path, a.title, m.block, m.offset, m.name, m.letter, m.section, m.quotation,"
    " m.created_at, m.changed_at"
)
_FROM = "FROM bookmark m JOIN article a ON a.id = m.article"


@dataclass(frozen=True, slots=True)
class Bookmark:
    """A named position in an article.

    Attributes:
        id: Its row id in the database.
        uid: Its identifier across databases, kept by export and import.
        article_id: The id of the article; `path` and `title` are as of the last change of its marks.
        position: The position at the time of creation.
        name: Its name.
        letter: The key that jumps to it: a to z within its article, A to Z from anywhere; or empty.
        section: The title of its section, or empty.
        quotation: The text that follows (a few dozen characters), to relocate it in an edited article.
        created: The time of creation, in UTC.
        changed: The time of the last change, in UTC.
    """

    id: int
    uid: str
    article_id: str
    path: Path
    title: str
    position: Position
    name: str
    letter: str
    section: str
    quotation: str
    created: datetime
    changed: datetime


class Bookmarks:
    """The bookmarks in a marks database."""

    def __init__(self, store: Store) -> None:
        self._store = store

    # Reading

    def of(self, article_id: str) -> list[Bookmark]:
        """Return the bookmarks of an article in the order of their positions."""
        return self._found("WHERE m.article = ? ORDER BY m.block, m.offset, m.id", (article_id,))

    def listing(self, shown: MarkFilter) -> Listing[Bookmark]:
        """Return a lazy list of the selected bookmarks."""
        order = {
            SortMarks.NEWEST: "m.created_at DESC, m.id DESC",
            SortMarks.PLACE: "a.title, m.article, m.block, m.offset, m.id",
            SortMarks.NAME: "m.name, m.id",
            SortMarks.KIND: "m.letter = '', m.letter, m.created_at DESC, m.id DESC",
        }[shown.sort]
        text = "m.name || char(10) || m.letter || char(10) || a.title || char(10) || m.quotation"
        return Listing(self._store, _COLUMNS, _FROM, shown.where(text), order, _bookmark)

    def all(self) -> list[Bookmark]:
        """Return all bookmarks, newest first."""
        return [*self.listing(MarkFilter(Scope.EVERYTHING)).rows(0)]

    def lettered(self, letter: str, article_id: str | None) -> Bookmark | None:
        """Return the bookmark of a letter: lower case within the article, upper case anywhere; or None."""
        where = (
            "WHERE m.letter = ?1 AND (m.article = ?2 OR ?1 <> lower(?1)) ORDER BY m.changed_at DESC, m.id DESC LIMIT 1"
        )
        return next(iter(self._found(where, (letter, article_id or ""))), None)

    def _found(self, where: str, values: Sequence[Any]) -> list[Bookmark]:
        return self._store.records(_bookmark, f"SELECT {_COLUMNS} {_FROM} {where}", values)

    # Writing

    def add(  # noqa: PLR0913, PLR0917 - the fields of a bookmark
        self, article: Article, position: Position, name: str, section: str = "", quotation: str = "", letter: str = ""
    ) -> Bookmark:
        """Add a bookmark, taking its letter from the one that has it.

        Raises:
            StoreError: The database could not be written.
        """
        name, uid, created = clean_line(name), uuid.uuid4().hex, now()
        with self._store.change(ChangeKind.BOOKMARK, name, article) as connection:
            self._free(letter, article.id)
            connection.execute(
                "INSERT INTO bookmark (uid, article, block, offset, name, letter, section, quotation, created_at,"
                " changed_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (uid, article.id, position.block, position.offset, name, letter, section, quotation, created, created),
            )
            number = connection.last_insert_rowid()
        when = moment(created)
        return Bookmark(
            number, uid, article.id, article.path, article.title, position, name, letter, section, quotation, when, when
        )

    def rename(self, bookmark: Bookmark, name: str) -> Bookmark:
        """Rename a bookmark.

        Raises:
            StoreError: The database could not be written.
        """
        return self._change(replace(bookmark, name=clean_line(name)), "name")

    def letter(self, bookmark: Bookmark, letter: str) -> Bookmark:
        """Assign a letter to a bookmark, taking it from the one that has it; or remove the letter.

        Raises:
            StoreError: The database could not be written.
        """
        return self._change(replace(bookmark, letter=letter), "letter")

    def _change(self, bookmark: Bookmark, column: str) -> Bookmark:
        changed = now()
        with self._store.change(ChangeKind.BOOKMARK_CHANGED, bookmark.name) as connection:
            there = connection.execute("SELECT 1 FROM bookmark WHERE uid = ?", (bookmark.uid,)).fetchall()
            if column == "letter" and there:
                self._free(bookmark.letter, bookmark.article_id, bookmark.uid)
            # Update only this column, since another process may have changed the others. Identify the row by its uid,
            # since a replaced database may use its row id for another bookmark.
            connection.execute(
                f"UPDATE bookmark SET {column} = ?, changed_at = ? WHERE uid = ?",
                (bookmark.letter if column == "letter" else bookmark.name, changed, bookmark.uid),
            )
        return replace(bookmark, changed=moment(changed))

    def _free(self, letter: str, article_id: str, but: str = "") -> None:
        """Remove a letter from the bookmark that has it."""
        if letter:
            self._store.connection.execute(
                "UPDATE bookmark SET letter = '', changed_at = ?4"
                " WHERE letter = ?1 AND uid <> ?3 AND (article = ?2 OR ?1 <> lower(?1))",
                (letter, article_id, but, now()),
            )

    def delete(self, *bookmarks: Bookmark) -> None:
        """Delete bookmarks as one change; those that no longer exist are ignored.

        Raises:
            StoreError: The database could not be written.
        """
        if not bookmarks:
            return
        with self._store.change(ChangeKind.BOOKMARK_DELETED, bookmarks[0].name) as connection:
            connection.executemany("DELETE FROM bookmark WHERE uid = ?", [(one.uid,) for one in bookmarks])


def _bookmark(  # noqa: PLR0913, PLR0917 - one argument per column
    number: int,
    uid: str,
    article: str,
    path: bytes,
    title: str,
    block: int,
    offset: int,
    name: str,
    letter: str,
    section: str,
    quotation: str,
    created: float,
    changed: float,
) -> Bookmark:
    return Bookmark(
        number,
        uid,
        article,
        path_of(path),
        clean_line(title),
        Position(int(block), int(offset)),
        clean_line(name),
        clean_line(letter),
        clean_line(section),
        clean_line(quotation),
        moment(created),
        moment(changed),
    )
