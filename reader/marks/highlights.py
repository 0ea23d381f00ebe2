"""Highlights: ranges of text in a colour, some with a note."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import apsw

from reader.archive.article import Article
from reader.document.anchor import Anchor
from reader.document.cleaning import clean, clean_line
from reader.document.document import Position, Range
from reader.marks.kinds import Kind
from reader.marks.mark_list import Listing, Scope, Shown, SortMarks
from reader.marks.store import Store
from reader.marks.stored_values import moment, now, path_of

COLOURS = 4
_COLUMNS = (
    "m.id, m.uid, m.article, a.path, a.title, m.block, m.offset, m.end_block, m.end_offset, m.quotation, m.before,"
    " m.after, m.section, m.colour, m.note, m.created_at, m.changed_at"
)
_FROM = "FROM highlight m JOIN article a ON a.id = m.article"
_DETAIL = 40


@dataclass(frozen=True, slots=True)
class Highlight:
    """A highlighted range.

    Attributes:
        id: Its number in the store.
        uid: What it is known by in every store it is imported into.
        article_id: The article's id, `path` and `title` as they were when its marks were changed last.
        anchor: Where it stood when it was made, what it says, and what stands around it.
        section: The title of the section it begins in, or empty.
        colour: 1 to 4.
        note: What the person wrote to it; lines parted by newlines, or empty.
        created: When, in UTC.
        changed: When it was changed last, in UTC.
    """

    id: int
    uid: str
    article_id: str
    path: Path
    title: str
    anchor: Anchor
    section: str
    colour: int
    note: str
    created: datetime
    changed: datetime

    @property
    def name(self) -> str:
        """What it is called in a line: how its text begins."""
        return shortened(self.anchor.quotation, _DETAIL)


def shortened(text: str, characters: int) -> str:
    """A text on one line, an … at its end where it was cut."""
    line = " ".join(text[: characters * 4].split())
    return line if len(line) <= characters and len(text) <= characters * 4 else line[: characters - 1] + "…"


class Highlights:
    """The highlights in a store."""

    def __init__(self, store: Store) -> None:
        self._store = store

    # Reading

    def of(self, article_id: str) -> list[Highlight]:
        """Those of an article, in the order of their places."""
        return self._found("WHERE m.article = ? ORDER BY m.block, m.offset, m.id", (article_id,))

    def listing(self, shown: Shown) -> Listing[Highlight]:
        """Those that a list shows, a page at a time."""
        order = {
            SortMarks.NEWEST: "m.created_at DESC, m.id DESC",
            SortMarks.PLACE: "a.title, m.article, m.block, m.offset, m.id",
            SortMarks.NAME: "m.quotation, m.id",
            SortMarks.KIND: "m.colour, m.created_at DESC, m.id DESC",
        }[shown.sort]
        text = "m.quotation || char(10) || m.note || char(10) || a.title"
        return Listing(self._store, _COLUMNS, _FROM, shown.where(text), order, _highlight)

    def all(self) -> list[Highlight]:
        """All of them, the newest first."""
        return [*self.listing(Shown(Scope.EVERYTHING)).rows(0)]

    def _found(self, where: str, values: Sequence[Any]) -> list[Highlight]:
        return self._store.made(_highlight, f"SELECT {_COLUMNS} {_FROM} {where}", values)

    # Writing

    def add(self, article: Article, anchor: Anchor, section: str, colour: int, note: str = "") -> Highlight:
        """Keep a highlight.

        Raises:
            StoreError: It could not be written.
        """
        uid, created = uuid.uuid4().hex, moment(now())
        made = Highlight(
            0, uid, article.id, article.path, article.title, anchor, section, colour, _note(note), created, created
        )
        with self._store.change(Kind.HIGHLIGHT, made.name, article) as connection:
            _insert(connection, made)
            return replace(made, id=connection.last_insert_rowid())

    def change(self, highlight: Highlight, *, colour: int | None = None, note: str | None = None) -> Highlight:
        """Give a highlight another colour or note; one that is gone by now comes back with what was written to it.

        Raises:
            StoreError: It could not be written.
        """
        changed = now()
        made = replace(
            highlight,
            colour=highlight.colour if colour is None else colour,
            note=highlight.note if note is None else _note(note),
            changed=moment(changed),
        )
        if (made.colour, made.note) == (highlight.colour, highlight.note):
            return highlight
        # Only what was changed here: another reader may be at the rest of it.
        new_colour = made.colour if made.colour != highlight.colour else None
        new_note = made.note if made.note != highlight.note else None
        with self._store.change(Kind.HIGHLIGHT_CHANGED, highlight.name) as connection:
            # By its uid, as its number may be another's in a file that was put in the store's place.
            rows = connection.execute("SELECT note FROM highlight WHERE uid = ?", (highlight.uid,)).fetchall()
            theirs = clean(str(rows[0][0])) if rows else ""
            if new_note is not None and theirs and theirs not in {highlight.note, new_note}:
                # Two wrote at once: nobody's words are lost, though the other took away what was there.
                new_note = f"{new_note}\n\n{theirs}" if new_note else theirs
                made = replace(made, note=new_note)
            if rows:
                connection.execute(
                    "UPDATE highlight SET colour = coalesce(?, colour), note = coalesce(?, note), changed_at = ?"
                    " WHERE uid = ?",
                    (new_colour, new_note, changed, highlight.uid),
                )
            elif new_note:
                # What somebody wrote while another reader deleted what it was written to.
                _insert(connection, made)
        return made

    def delete(self, *highlights: Highlight) -> None:
        """Delete highlights, as one change; one that is gone already is no error.

        Raises:
            StoreError: It could not be written.
        """
        if not highlights:
            return
        with self._store.change(Kind.HIGHLIGHT_DELETED, highlights[0].name) as connection:
            connection.executemany("DELETE FROM highlight WHERE uid = ?", [(one.uid,) for one in highlights])


def _insert(connection: apsw.Connection, made: Highlight) -> None:
    start, end = made.anchor.span.start, made.anchor.span.end
    connection.execute(
        "INSERT INTO highlight (uid, article, block, offset, end_block, end_offset, quotation, before, after, section,"
        " colour, note, created_at, changed_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            *(made.uid, made.article_id, start.block, start.offset, end.block, end.offset),
            *(made.anchor.quotation, made.anchor.before, made.anchor.after, made.section),
            *(made.colour, made.note, made.created.timestamp(), made.changed.timestamp()),
        ),
    )


def _note(text: str) -> str:
    return clean(text).strip()


def _highlight(  # noqa: PLR0913, PLR0917 - one argument a column
    number: int,
    uid: str,
    article: str,
    path: bytes,
    title: str,
    block: int,
    offset: int,
    end_block: int,
    end_offset: int,
    quotation: str,
    before: str,
    after: str,
    section: str,
    colour: int,
    note: str,
    created: float,
    changed: float,
) -> Highlight:
    span = Range(Position(int(block), int(offset)), Position(int(end_block), int(end_offset)))
    return Highlight(
        number,
        uid,
        article,
        path_of(path),
        clean_line(title),
        Anchor(span, clean(quotation), before, after),
        clean_line(section),
        min(max(colour, 1), COLOURS),
        clean(note),
        moment(created),
        moment(changed),
    )
