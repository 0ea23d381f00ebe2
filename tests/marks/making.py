"""Articles and anchors for marks, and the content of a database for comparison."""

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from reader.archive.article import Article
from reader.document.anchor import Anchor
from reader.document.body import BodyFormat
from reader.document.document import Position, Range
from reader.finding.marked import MarksCache
from reader.marks.dump import dump
from reader.marks.exchange import encoded
from reader.marks.facade import Marks
from reader.search.query_tree import State

ODD_PATH = Path("/archive") / b"\xb2\xe2\xca\xd4 100%.md".decode("utf-8", "surrogateescape")
"""A path that is not UTF-8."""


def article(name: str = "a", path: Path | None = None, title: str = "") -> Article:
    """An article without a file."""
    return Article(
        id=name,
        path=path or Path(f"/archive/{name}.md"),
        root=Path("/archive"),
        title=title or f"文章 {name}",
        date=datetime(2021, 11, 10, tzinfo=UTC),
        author="",
        categories=(),
        tags=(),
        url="",
        format=BodyFormat.HTML,
        size=1,
    )


def anchor(quotation: str = "灯塔照着海", block: int = 2) -> Anchor:
    """The anchor of a range with a quotation and context."""
    span = Range(Position(block, 3), Position(block, 3 + len(quotation)))
    return Anchor(span, quotation, "守夜的", "，数到天亮")


def held(marks: Marks) -> dict[str, Any]:
    """All marks, identified independently of the database: without row ids and times."""
    articles = marks.articles
    return {
        "bookmarks": {one.uid: (one.article_id, one.position, one.name, one.letter) for one in marks.bookmarks.all()},
        "highlights": {one.uid: (one.article_id, one.anchor, one.colour, one.note) for one in marks.highlights.all()},
        "read": in_state(marks, State.READ),
        "starred": in_state(marks, State.STARRED),
        "later": in_state(marks, State.LATER),
        "tags": {name: kept for name in _ids(marks) if (kept := articles.tags(name))},
        "searches": sorted((one.name, one.query) for one in marks.searches.all()),
    }


def in_state(marks: Marks, state: State) -> set[str]:
    """The ids of the articles in a state, read as by the program."""
    return {*MarksCache(marks).marked.states[state]}


def progress(marks: Marks, article_id: str) -> float:
    """The saved progress of an article, 0 to 1; 0 if it was never opened."""
    rows = marks.store.rows("SELECT progress FROM article WHERE id = ?", (article_id,))
    return float(rows[0][0]) if rows else 0.0


def _ids(marks: Marks) -> Iterable[str]:
    return sorted(marks.store.ids("SELECT id FROM article"))


def exported(marks: Marks) -> bytes:
    """The content of an export of a database."""
    return encoded(dump(marks.store.rows))


def names(marks: Marks) -> set[str]:
    """The names of the bookmarks."""
    return {one.name for one in marks.bookmarks.all()}


def filled(path: Path | None, prefix: str = "a") -> Marks:
    """A database with marks of all kinds, of articles whose ids begin with `prefix`."""
    number = sum(prefix.encode())
    marks = Marks(path, {f"{prefix}1": number, f"{prefix}2": -number}.get)
    one, two = article(f"{prefix}1"), article(f"{prefix}2", ODD_PATH.with_name(prefix + ODD_PATH.name))
    marks.bookmarks.add(one, Position(3, 14), f"{prefix} 一处", "第三节", "这里写着什么", "A")
    marks.bookmarks.rename(marks.bookmarks.add(two, Position(0), "x"), f"{prefix} 改过")
    marks.highlights.add(one, anchor(), "第三节", 2, "第一行\n第二行")
    marks.highlights.add(two, anchor("没有笔记", 5), "", 4)
    marks.articles.star(one, starred=True)
    marks.articles.mark_read(two, read=True)
    marks.articles.keep_for_later(one, later=True)
    marks.articles.tag(one, ["灯塔", f"{prefix}-海"])
    marks.searches.save(f"{prefix} 搜索", "is:starred")
    marks.articles.save_position(one, Position(7, 2), 0.4, {("第三节", 0): 0.5, ("第三节", 1): 1.0}, "照着海")
    marks.days.add(datetime(2026, 11, 24, tzinfo=UTC).date(), 61.5, 1_200)
    marks.keep_state("theme", f"{prefix}-night")
    return marks


def full_of(store: Path, many: int = 400) -> Marks:
    """A database of many pages."""
    marks = filled(store)
    for number in range(0, many, 4):
        one = article(f"{number % 90}")
        with marks.store.change(None, article=one) as connection:
            connection.executemany(
                "INSERT INTO bookmark (uid, article, block, offset, name, section, quotation, created_at, changed_at)"
                " VALUES (?, ?, ?, 0, ?, '节', '引用的字', ?, 1)",
                [(f"b{at}", one.id, at, f"书签 {at}", at) for at in range(number, number + 4)],
            )
        marks.highlights.add(one, anchor(f"第{number}处", number), "节", 1, f"笔记 {number}")
        marks.articles.tag(one, [f"签{number}"])
    return marks
