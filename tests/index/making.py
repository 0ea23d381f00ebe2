"""Helpers that create indexes for tests."""

import os
from collections.abc import Mapping
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

import apsw

from reader.archive.article import Article
from reader.archive.walk import FoundFile
from reader.document.body import BodyFormat
from reader.index.entries import ArticleHead, IndexedText
from reader.index.heads import head_of
from reader.index.index_file import open_to_write
from reader.index.writer import Writer

ROOT = "/archive"
_numbers = count()


def new_index() -> tuple[apsw.Connection, Writer]:
    """A new index in memory, and its writer."""
    connection, _ = open_to_write(f"file:/tests_{os.getpid()}_{next(_numbers)}?vfs=memdb")
    return connection, Writer(connection, ROOT)


def a_head(name: str = "a", *, date: datetime | None = None, fingerprint: int = 1, **others: Any) -> ArticleHead:
    """The metadata of an article without a file."""
    number = sum(name.encode())
    values: dict[str, Any] = {
        "id": "",
        "path": Path(ROOT, f"{name}.md"),
        "root": Path(ROOT),
        "title": f"文章 {name}",
        "date": date,
        "author": "甲",
        "categories": ("财经", "港口周报"),
        "tags": (),
        "url": "",
        "format": BodyFormat.HTML,
        "size": 10,
    }
    article = Article(**(values | others))
    return head_of(article, FoundFile(str(article.path), article.size, number, number), fingerprint)


def a_text(key: int, *, gist: int = 1, title_gist: int = 1, length: int = 100, body: str = "灯塔") -> IndexedText:
    """The text of an article."""
    return IndexedText(key, (body, *[""] * 8, "article"), body.encode(), length, gist, title_gist, None)


def put(writer: Writer, head: ArticleHead, article_id: str, text: Mapping[str, Any] | None = None) -> int:
    """Write an article and its text, if any, in a transaction; return its key."""
    writer.put(head, article_id, None)
    key = key_of_id(writer, article_id)
    if text is not None:
        writer.put_text(a_text(key, **text))
    return key


def key_of_id(writer: Writer, article_id: str) -> int:
    """The key of the article with an id."""
    return next(one.key for one in writer.known().values() if one.id == article_id)


def day(number: int, hour: int = 12) -> datetime:
    """A day in November 2021."""
    return datetime(2021, 11, number, hour, tzinfo=UTC)
