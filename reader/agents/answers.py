"""The answers of the tools: plain data, cleaned, and never longer than an agent can read at once."""

import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from reader.api import ArticleState, OpenArchive, SearchHit
from reader.archive.article import Article
from reader.document.cleaning import clean_line, inert

LONGEST = 20_000
"""The maximum characters of a text, or of the results together, in one answer."""

_LONGEST_FIELD = 300
_LONGEST_NOTE = 2_000
"""The maximum characters of a title, a tag or another field, and of a quotation or a note."""

_MOST_TAGS = 20
_MOST_SECTIONS = 200
"""The maximum number of tags and of sections of an article that are listed."""

_TITLES = 80
"""The maximum characters of the title of a section in the list."""

ToolAnswer = dict[str, Any]


def found_articles(hits: Sequence[SearchHit], offset: int, *, is_last: bool) -> ToolAnswer:
    """The results of a search from number `offset` on, as many as fit, and the number at which the next ones begin."""
    rows = [_described(hit.article) | {"excerpt": _field(hit.excerpt)} for hit in hits]
    return _page("results", rows, offset, is_last=is_last)


def article_text(
    article: Article, text: str, offset: int, limit: int, sections: Sequence[ToolAnswer] = ()
) -> ToolAnswer:
    """A part of a text, from a character on; at the beginning also the metadata, and the sections if there are any."""
    limit = max(1, min(limit, LONGEST))
    end = min(len(text), max(0, offset) + limit)
    first: ToolAnswer = _described(article) if offset <= 0 else {"id": article.id}
    if sections:
        first["sections"] = list(sections)
    return first | {
        "characters": len(text),
        "text": inert(text[max(0, offset) : end]),
        "next_offset": end if end < len(text) else None,
    }


def listed_sections(archive: OpenArchive, article: Article) -> list[ToolAnswer]:
    """The sections of an article with the numbers by which they can be read."""
    found = archive.sections(article)[:_MOST_SECTIONS]
    return [
        {"number": number, "level": one.level, "title": inert(one.title[:_TITLES])}
        for number, one in enumerate(found, 1)
    ]


def article_marks(article: Article, state: ArticleState, offset: int) -> ToolAnswer:
    """The marks of an article; of its highlights those from number `offset` on, as many as fit."""
    rows: list[ToolAnswer] = [
        {"text": _note(one.text), "note": _note(one.note), "colour": one.colour}
        for one in state.highlights[max(0, offset) :]
    ]
    return {
        "id": article.id,
        "title": _field(article.title),
        "read": state.is_read,
        "starred": state.is_starred,
        "later": state.is_later,
        "tags": [_field(tag) for tag in state.tags[:_MOST_TAGS]],
        **_page("highlights", rows, max(0, offset), is_last=True),
    }


def listed_archives(paths: Sequence[Path], count: int) -> ToolAnswer:
    """The archives and the number of their articles."""
    return {"archives": [_field(os.fspath(path)) for path in paths[:100]], "articles": count}


def _page(name: str, rows: Sequence[ToolAnswer], offset: int, *, is_last: bool) -> ToolAnswer:
    """Rows that fit into one answer, at least one, and the number at which the next ones begin."""
    fitting: list[ToolAnswer] = []
    room = LONGEST
    for row in rows:
        room -= len(json.dumps(row, ensure_ascii=False))
        if fitting and room < 0:
            break
        fitting.append(row)
    has_more = len(fitting) < len(rows) or not is_last
    return {name: fitting, "next_offset": offset + len(fitting) if has_more else None}


def _described(article: Article) -> ToolAnswer:
    return {
        "id": article.id,
        "title": _field(article.title),
        "date": article.date.date().isoformat() if article.date is not None else None,
        "author": _field(article.author),
        "categories": [_field(one) for one in article.categories[:_MOST_TAGS]],
        "tags": [_field(one) for one in article.tags[:_MOST_TAGS]],
        "url": _field(article.url),
        "path": _field(os.fspath(article.path)),
    }


def _field(text: str) -> str:
    # A path may contain anything, even invalid UTF-8.
    return clean_line(text[:_LONGEST_FIELD]).encode("utf-8", "replace").decode()


def _note(text: str) -> str:
    return inert(text[:_LONGEST_NOTE]) + ("…" if len(text) > _LONGEST_NOTE else "")
