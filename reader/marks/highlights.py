"""Highlights: coloured ranges of text, optionally with a note."""

import uuid
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import apsw

from reader.archive.article import Article
from reader.document.anchor import Anchor
from reader.document.document import Position, Range
from reader.document.sanitizing import clean, clean_line
from reader.lean_dataclasses import dataclass, replace
from reader.marks.change_kinds import ChangeKind
from reader.marks.mark_list import Listing, MarkFilter, Scope, SortMarks
from reader.marks.store import Store
from reader.marks.stored_values import moment, now, path_of

COLOURS = 4
HIGHLIGHT_COLUMNS = (
    "m.id, m.uid, m.article, a.path, a.title, m.block, m.offset, m.end_block, m.end_offset, m.quotation, m.before,"
    " m.after, m.section, m.colour, m.note, m.created_at, m.changed_at"
)
HIGHLIGHT_SOURCE = "FROM highlight m JOIN article a ON a.id = m.article"
"""The columns and tables of a query, each row of which `highlight_of_row` converts."""

_DETAIL = 40


@dataclass(frozen=True, slots=True)
class Highlight:
    """A highlighted range.

    Attributes:
        id: Its row id in the database.
        uid: Its identifier across databases, kept by export and import.
        article_id: The id of the article; `path` and `title` are as of the last change of its marks.
        anchor: Its original range, its text and the surrounding text.
        section: The title of the section in which it begins, or empty.
        colour: 1 to 4.
        note: The user's note, with newlines between lines; or empty.
        created: The time of creation, in UTC.
        changed: The time of the last change, in UTC.
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
        """The beginning of its text, as a name."""
        return shortened(self.anchor.quotation, _DETAIL)


def shortened(text: str, characters: int) -> str:
    """Truncate a text to one line of at most `characters` characters with an ellipsis."""
    line = " ".join(text[: characters * 4].split())
    return line if len(line) <= characters and len(text) <= characters * 4 else line[: characters - 1] + "…"


class Highlights:
    """The highlights in a marks database."""

    def __init__(self, store: Store) -> None:
        self._store = store

    # Reading

    def of(self, article_id: str) -> list[Highlight]:
        """Return the highlights of an article in the order of their positions."""
        return self._found("WHERE m.article = ? ORDER BY m.block, m.offset, m.id", (article_id,))

    def listing(self, shown: MarkFilter) -> Listing[Highlight]:
        """Return a lazy list of the selected highlights."""
        order = {
            SortMarks.NEWEST: "m.created_at DESC, m.id DESC",
            SortMarks.PLACE: "a.title, m.article, m.block, m.offset, m.id",
            SortMarks.NAME: "m.quotation, m.id",
            SortMarks.KIND: "m.colour, m.created_at DESC, m.id DESC",
        }[shown.sort]
        text = "m.quotation || char(10) || m.note || char(10) || a.title"
        return Listing(self._store, HIGHLIGHT_COLUMNS, HIGHLIGHT_SOURCE, shown.where(text), order, highlight_of_row)

    def all(self) -> list[Highlight]:
        """Return all highlights, newest first."""
        return [*self.listing(MarkFilter(Scope.EVERYTHING)).rows(0)]

    def _found(self, where: str, values: Sequence[Any]) -> list[Highlight]:
        return self._store.records(highlight_of_row, f"SELECT {HIGHLIGHT_COLUMNS} {HIGHLIGHT_SOURCE} {where}", values)

    # Writing

    def add(self, article: Article, anchor: Anchor, section: str, colour: int, note: str = "") -> Highlight:
        """Add a highlight.

        Raises:
            StoreError: The database could not be written.
        """
        uid, created = uuid.uuid4().hex, moment(now())
        made = Highlight(
            0, uid, article.id, article.path, article.title, anchor, section, colour, _note(note), created, created
        )
        with self._store.change(ChangeKind.HIGHLIGHT, made.name, article) as connection:
            _insert(connection, made)
            return replace(made, id=connection.last_insert_rowid())

    def change(self, highlight: Highlight, *, colour: int | None = None, note: str | None = None) -> Highlight:
        """Change the colour or note of a highlight; one that was deleted meanwhile is recreated to keep the note.

        Raises:
            StoreError: The database could not be written.
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
        # Update only the changed columns, since another process may change the others.
        new_colour = made.colour if made.colour != highlight.colour else None
        new_note = made.note if made.note != highlight.note else None
        with self._store.change(ChangeKind.HIGHLIGHT_CHANGED, highlight.name) as connection:
            # Identify the row by its uid, since a replaced database may use its row id for another highlight.
            rows = connection.execute("SELECT note FROM highlight WHERE uid = ?", (highlight.uid,)).fetchall()
            theirs = clean(str(rows[0][0])) if rows else ""
            if new_note is not None and theirs and theirs not in {highlight.note, new_note}:
                # Two processes edited the note at once: keep both texts.
                new_note = f"{new_note}\n\n{theirs}" if new_note else theirs
                made = replace(made, note=new_note)
            if rows:
                connection.execute(
                    "UPDATE highlight SET colour = coalesce(?, colour), note = coalesce(?, note), changed_at = ?"
                    " WHERE uid = ?",
                    (new_colour, new_note, changed, highlight.uid),
                )
            elif new_note:
                # Another process deleted the highlight while the user wrote this note.
                _insert(connection, made)
        return made

    def recolour(self, highlights: Sequence[Highlight], colour: int) -> None:
        """Change the colour of highlights as one change; those that no longer exist are ignored.

        Raises:
            StoreError: The database could not be written.
        """
        if not highlights:
            return
        changed = now()
        with self._store.change(ChangeKind.HIGHLIGHT_CHANGED, highlights[0].name) as connection:
            connection.executemany(
                "UPDATE highlight SET colour = ?1, changed_at = ?2 WHERE uid = ?3 AND colour <> ?1",
                [(colour, changed, one.uid) for one in highlights],
            )

    def delete(self, *highlights: Highlight) -> None:
        """Delete highlights as one change; those that no longer exist are ignored.

        Raises:
            StoreError: The database could not be written.
        """
        if not highlights:
            return
        with self._store.change(ChangeKind.HIGHLIGHT_DELETED, highlights[0].name) as connection:
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
    return clean(text).rstrip().lstrip(" \t\n")


def highlight_of_row(  # noqa: PLR0913, PLR0917 - one argument per column
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
    """A highlight from the values of `HIGHLIGHT_COLUMNS`."""
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
