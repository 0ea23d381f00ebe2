"""Random marking through the library, and imports of files of marks; each change is journalled."""

import uuid
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any

from reader.document.document import Position
from reader.errors import StoreError
from reader.marks.bookmarks import Bookmark
from reader.marks.change_kinds import ChangeKind
from reader.marks.exchange import (
    FORMAT,
    VERSION,
    ArticleRecord,
    BookmarkRecord,
    HighlightRecord,
    MarksFile,
    TagRecord,
    decoded,
    encoded,
)
from reader.marks.facade import Marks
from reader.marks.highlights import Highlight
from reader.marks.merging import import_marks
from tests.end_to_end.ledger import JournalWriter, Key
from tests.marks.making import anchor, article

ARTICLES = 8
"""The number of articles that one process marks; parallel processes mark other articles."""

_MANY = 400
"""The number of highlights in a large import."""


class Marking:
    """All actions that change marks, for one process.

    Attributes:
        marks: The open database, or None.
        own: The number of its changes that are not undone.
    """

    def __init__(self, journal: JournalWriter, chance: Random, who: str, group: str, files: Path) -> None:
        """Mark the articles of a group as the process `who`; files to be imported are written to the folder `files`."""
        self._journal, self._chance = journal, chance
        self._who, self._group, self._files = who, group, files
        self._ids = [f"{group}{number}" for number in range(ARTICLES)]
        self._number = 0
        self.marks: Marks | None = None
        self.own = 0

    def refused(self, act: str, error: Exception) -> None:
        """Journal that an action failed with a message."""
        self._journal.write("refused", act, error=type(error).__name__, said=str(error))

    def tried(self, act: str, do: Callable[[], object], **begin: Any) -> bool:
        """Perform an action, and journal it before and after; return whether it succeeded."""
        self._journal.write("begin", act, **begin)
        try:
            do()
        except (StoreError, OSError) as error:
            self.refused(act, error)
            return False
        self._journal.write("done", act)
        return True

    # Marks

    def _change(self, act: str, kind: ChangeKind, detail: str, change: Mapping[Key, Any], do: Any) -> None:
        """Make an undoable change whose description has the `detail`."""
        self.own += self.tried(act, do, set=[[list(key), value] for key, value in change.items()], told=[kind, detail])

    def _token(self) -> str:
        self._number += 1
        return f"{self._who}.{self._number}"

    @property
    def open_marks(self) -> Marks:
        assert self.marks is not None
        return self.marks

    def _article(self) -> Any:
        """One of its articles, with a unique title."""
        return article(self._chance.choice(self._ids), title=f"T{self._token()}")

    def bookmark(self) -> None:
        one, token = self._article(), self._token()
        change: dict[Key, Any] = {("bookmark", token): one.id, ("name", token): token}
        place = Position(self._chance.randrange(50))
        self._change(
            "bookmark",
            ChangeKind.BOOKMARK,
            token,
            change,
            lambda: self.open_marks.bookmarks.add(one, place, token, "section", token),
        )

    def _some_bookmark(self) -> Bookmark | None:
        found = self.open_marks.bookmarks.of(self._chance.choice(self._ids))
        return self._chance.choice(found) if found else None

    def rename(self) -> None:
        one, name = self._some_bookmark(), self._token()
        if one is not None:
            self._change(
                "rename",
                ChangeKind.BOOKMARK_CHANGED,
                name,
                {("name", one.quotation): name},
                lambda: self.open_marks.bookmarks.rename(one, name),
            )

    def unbookmark(self) -> None:
        one, detail = self._some_bookmark(), self._token()
        if one is not None:
            change: dict[Key, Any] = {("bookmark", one.quotation): None, ("name", one.quotation): None}
            gone = replace(one, name=detail)
            self._change(
                "unbookmark",
                ChangeKind.BOOKMARK_DELETED,
                detail,
                change,
                lambda: self.open_marks.bookmarks.delete(gone),
            )

    def highlight(self) -> None:
        one, token = self._article(), self._token()
        colour, note = self._chance.randrange(1, 5), self._chance.choice(["", f"note {token}", "long " * 300 + token])
        change: dict[Key, Any] = {("highlight", token): one.id, ("colour", token): colour, ("note", token): note}
        where = anchor(token, self._chance.randrange(50))
        self._change(
            "highlight",
            ChangeKind.HIGHLIGHT,
            token,
            change,
            lambda: self.open_marks.highlights.add(one, where, "section", colour, note),
        )

    def _some_highlight(self) -> tuple[Highlight, str, str] | None:
        """One of its highlights, renamed so that its change is unique; return its key and that name."""
        found = self.open_marks.highlights.of(self._chance.choice(self._ids))
        if not found:
            return None
        one = self._chance.choice(found)
        token = one.anchor.quotation.split()[0]
        detail = f"{token} {self._token()}"
        return replace(one, anchor=replace(one.anchor, quotation=detail)), token, detail

    def colour(self) -> None:
        if (found := self._some_highlight()) is not None:
            one, token, detail = found
            colour = one.colour % 4 + 1
            self._change(
                "colour",
                ChangeKind.HIGHLIGHT_CHANGED,
                detail,
                {("colour", token): colour},
                lambda: self.open_marks.highlights.change(one, colour=colour),
            )

    def note(self) -> None:
        if (found := self._some_highlight()) is not None:
            one, token, detail = found
            note = f"{one.note[:200]} and {self._token()}".strip()
            self._change(
                "note",
                ChangeKind.HIGHLIGHT_CHANGED,
                detail,
                {("note", token): note},
                lambda: self.open_marks.highlights.change(one, note=note),
            )

    def unhighlight(self) -> None:
        if (found := self._some_highlight()) is not None:
            one, token, detail = found
            change: dict[Key, Any] = {(kind, token): None for kind in ("highlight", "colour", "note")}
            self._change(
                "unhighlight",
                ChangeKind.HIGHLIGHT_DELETED,
                detail,
                change,
                lambda: self.open_marks.highlights.delete(one),
            )

    def tags(self) -> None:
        one, name = self._article(), self._token().replace(".", "-")
        there = list(self.open_marks.articles.tags(one.id))
        gone = there.pop(0) if len(there) > 3 else None
        change: dict[Key, Any] = {("tag", one.id, name): True}
        if gone is not None:
            change["tag", one.id, gone] = None
        self._change(
            "tags", ChangeKind.TAGS, one.title, change, lambda: self.open_marks.articles.tag(one, [*there, name])
        )

    def state(self) -> None:
        one, articles = self._article(), self.open_marks.articles
        column = self._chance.choice(["read", "starred", "later"])
        rows = self.open_marks.store.rows(f"SELECT {column}_at IS NOT NULL FROM article WHERE id = ?", (one.id,))  # noqa: S608
        there = not (rows and rows[0][0])
        kind, do = {
            ("read", True): (ChangeKind.READ, lambda: articles.mark_read(one, read=True)),
            ("read", False): (ChangeKind.UNREAD, lambda: articles.mark_read(one, read=False)),
            ("starred", True): (ChangeKind.STAR, lambda: articles.star(one, starred=True)),
            ("starred", False): (ChangeKind.UNSTAR, lambda: articles.star(one, starred=False)),
            ("later", True): (ChangeKind.LATER, lambda: articles.keep_for_later(one, later=True)),
            ("later", False): (ChangeKind.NOT_LATER, lambda: articles.keep_for_later(one, later=False)),
        }[column, there]
        self._change("state", kind, one.title, {(column, one.id): True if there else None}, do)

    def search(self) -> None:
        searches = self.open_marks.searches
        there = [one for one in searches.all() if one.name.startswith(self._group)]
        if there and self._chance.random() < 0.3:
            one = self._chance.choice(there)
            self._change(
                "search",
                ChangeKind.SEARCH_DELETED,
                one.name,
                {("search", one.name): None},
                lambda: searches.delete(one),
            )
            return
        name = f"{self._group}-{self._token()}"
        self._change(
            "search",
            ChangeKind.SEARCH,
            name,
            {("search", name): "is:starred"},
            lambda: searches.save(name, "is:starred"),
        )

    # Files of marks

    def import_file(self) -> None:
        name = f"{self._token()}.json"
        change: dict[Key, Any] = {}
        many = _MANY if self._chance.random() < 0.1 else self._chance.randrange(1, 9)
        chosen = self._chance.sample(self._ids, self._chance.randrange(1, 4))
        records = [self._record(one, change, many) for one in chosen]
        path = self._files / name
        path.write_bytes(encoded(MarksFile(FORMAT, VERSION, records)))
        self._change(
            "import",
            ChangeKind.IMPORT,
            name,
            change,
            lambda: import_marks(self.open_marks.store, decoded(path.read_bytes()), detail=name),
        )

    def _record(self, article_id: str, change: dict[Key, Any], many: int) -> ArticleRecord:
        """Build the marks of an article in a file, and add their rows to `change`."""
        when = datetime.now(UTC)
        record = ArticleRecord(article_id, f"/archive/{article_id}.md", f"Article {article_id}")
        tag = f"i{self._token()}"
        record.tags = [TagRecord(tag, when)]
        change["tag", article_id, tag] = True
        for _ in range(many):
            token = self._token()
            record.highlights.append(
                HighlightRecord(uuid.uuid4().hex, (1, 0), (1, 5), token, when, when, 3, f"imported {token}")
            )
            change["highlight", token] = article_id
            change["colour", token] = 3
            change["note", token] = f"imported {token}"
        token = self._token()
        record.bookmarks = [BookmarkRecord(uuid.uuid4().hex, (2, 0), token, when, when, quotation=token)]
        change["bookmark", token] = article_id
        change["name", token] = token
        return record
