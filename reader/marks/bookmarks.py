"""Bookmarks: places with a name, and some with a letter."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from reader.archive.article import Article
from reader.document.cleaning import clean_line
from reader.document.document import Position
from reader.marks.kinds import Kind
from reader.marks.mark_list import Listing, Scope, Shown, SortMarks
from reader.marks.store import Store
from reader.marks.stored_values import moment, now, path_of

_COLUMNS = (
    "m.id, m.uid, m.article, a.path, a.title, m.block, m.offset, m.name, m.letter, m.section, m.quotation,"
    " m.created_at, m.changed_at"
)
_FROM = "FROM bookmark m JOIN article a ON a.id = m.article"


@dataclass(frozen=True, slots=True)
class Bookmark:
    """A place in an article, with a name.

    Attributes:
        id: Its number in the store.
        uid: What it is known by in every store it is imported into.
        article_id: The article's id, `path` and `title` as they were when its marks were changed last.
        position: Where it stood when it was made.
        name: What it is called.
        letter: The key that goes there: a to z within its article, A to Z from anywhere; or empty.
        section: The title of the section it stands in, or empty.
        quotation: The text that follows it, a few dozen characters, to find it again in an edited article.
        created: When, in UTC.
        changed: When it was changed last, in UTC.
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
    """The bookmarks in a store."""

    def __init__(self, store: Store) -> None:
        self._store = store

    # Reading

    def of(self, article_id: str) -> list[Bookmark]:
        """Those of an article, in the order of their places."""
        return self._found("WHERE m.article = ? ORDER BY m.block, m.offset, m.id", (article_id,))

    def listing(self, shown: Shown) -> Listing[Bookmark]:
        """Those that a list shows, a page at a time."""
        order = {
            SortMarks.NEWEST: "m.created_at DESC, m.id DESC",
            SortMarks.PLACE: "a.title, m.article, m.block, m.offset, m.id",
            SortMarks.NAME: "m.name, m.id",
            SortMarks.KIND: "m.letter = '', m.letter, m.created_at DESC, m.id DESC",
        }[shown.sort]
        text = "m.name || char(10) || m.letter || char(10) || a.title || char(10) || m.quotation"
        return Listing(self._store, _COLUMNS, _FROM, shown.where(text), order, _bookmark)

    def all(self) -> list[Bookmark]:
        """All of them, the newest first."""
        return [*self.listing(Shown(Scope.EVERYTHING)).rows(0)]

    def lettered(self, letter: str, article_id: str | None) -> Bookmark | None:
        """The one that a letter goes to: a small one within the article, a capital anywhere."""
        where = (
            "WHERE m.letter = ?1 AND (m.article = ?2 OR ?1 <> lower(?1)) ORDER BY m.changed_at DESC, m.id DESC LIMIT 1"
        )
        return next(iter(self._found(where, (letter, article_id or ""))), None)

    def _found(self, where: str, values: Sequence[Any]) -> list[Bookmark]:
        return self._store.made(_bookmark, f"SELECT {_COLUMNS} {_FROM} {where}", values)

    # Writing

    def add(  # noqa: PLR0913, PLR0917 - what a bookmark is made of
        self, article: Article, position: Position, name: str, section: str = "", quotation: str = "", letter: str = ""
    ) -> Bookmark:
        """Keep a bookmark; one that had its letter has it no more.

        Raises:
            StoreError: It could not be written.
        """
        name, uid, created = clean_line(name), uuid.uuid4().hex, now()
        with self._store.change(Kind.BOOKMARK, name, article) as connection:
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
        """Give a bookmark another name.

        Raises:
            StoreError: It could not be written.
        """
        return self._change(replace(bookmark, name=clean_line(name)), "name")

    def letter(self, bookmark: Bookmark, letter: str) -> Bookmark:
        """Give a bookmark a letter, which one that had it has no more; or take its letter away.

        Raises:
            StoreError: It could not be written.
        """
        return self._change(replace(bookmark, letter=letter), "letter")

    def _change(self, bookmark: Bookmark, column: str) -> Bookmark:
        changed = now()
        with self._store.change(Kind.BOOKMARK_CHANGED, bookmark.name) as connection:
            there = connection.execute("SELECT 1 FROM bookmark WHERE uid = ?", (bookmark.uid,)).fetchall()
            if column == "letter" and there:
                self._free(bookmark.letter, bookmark.article_id, bookmark.uid)
            # Only what was changed here: another reader may have changed the rest. By its uid, as its number may be
            # another's in a file that was put in the store's place.
            connection.execute(
                f"UPDATE bookmark SET {column} = ?, changed_at = ? WHERE uid = ?",
                (bookmark.letter if column == "letter" else bookmark.name, changed, bookmark.uid),
            )
        return replace(bookmark, changed=moment(changed))

    def _free(self, letter: str, article_id: str, but: str = "") -> None:
        """Take a letter from whatever has it."""
        if letter:
            self._store.connection.execute(
                "UPDATE bookmark SET letter = '', changed_at = ?4"
                " WHERE letter = ?1 AND uid <> ?3 AND (article = ?2 OR ?1 <> lower(?1))",
                (letter, article_id, but, now()),
            )

    def delete(self, bookmark: Bookmark) -> None:
        """Delete a bookmark; one that is gone already is no error.

        Raises:
            StoreError: It could not be written.
        """
        with self._store.change(Kind.BOOKMARK_DELETED, bookmark.name) as connection:
            connection.execute("DELETE FROM bookmark WHERE uid = ?", (bookmark.uid,))


def _bookmark(  # noqa: PLR0913, PLR0917 - one argument a column
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
