"""The answers of the tools: plain data, cleaned, and never longer than an agent can read at once."""

import json
import os
from collections.abc import Iterable, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from reader.api import ArticleState, OpenArchive, SearchHit
from reader.archive.article import Article
from reader.document.sanitizing import clean_line, inert

LONGEST = 20_000
"""The maximum length of an answer in characters, as JSON indented by two spaces."""

_LONGEST_FIELD = 300
_LONGEST_NOTE = 2_000
"""The maximum lengths in characters: of a title, a tag or another field, and of a quotation or a note."""

_LONGEST_TAGS = 1_500
_LONGEST_SECTIONS = LONGEST // 2
_LONGEST_ARCHIVES = LONGEST - 500
"""The maximum lengths in characters, as JSON, of lists: of tags or categories, of sections, and of archives."""

_TITLES = 80
"""The maximum length in characters of a title in the list of sections."""

ToolAnswer = dict[str, Any]
_Row = TypeVar("_Row")


def found_articles(hits: Sequence[SearchHit], offset: int, *, is_last: bool) -> ToolAnswer:
    """The results of a search from number `offset` on, as many as fit, and the number at which the next ones begin."""
    rows = [_described(hit.article) | {"excerpt": _field(hit.excerpt)} for hit in hits]
    return _page({}, "results", rows, offset, is_last=is_last)


def article_text(
    article: Article, text: str, offset: int, limit: int, sections: ToolAnswer | None = None
) -> ToolAnswer:
    """A part of a text, from a character on, as much as fits; at the beginning also the metadata.

    `sections` is the answer of `listed_sections`.
    """
    start = max(0, offset)
    first: ToolAnswer = (_described(article) if start == 0 else {"id": article.id}) | (sections or {})

    def part(end: int) -> ToolAnswer:
        more = end if end < len(text) else None
        return first | {"characters": len(text), "text": inert(text[start:end]), "next_offset": more}

    end = min(len(text), start + max(1, min(limit, LONGEST)))
    while (excess := _size(answer := part(end)) - LONGEST) > 0 and end > start + 1:
        # A character of cleaned text takes at most two characters in JSON.
        end = max(start + 1, end - (excess + 1) // 2)
    return answer


def listed_sections(archive: OpenArchive, article: Article, start: int = 1) -> ToolAnswer:
    """The sections of an article from number `start` on, as many as fit, and the number of the next one.

    The tool that reads a section accepts these numbers. The answer is empty if there are no sections.
    """
    found = archive.sections(article)
    rows = (
        {"number": number, "level": one.level, "title": inert(one.title[:_TITLES])}
        for number, one in enumerate(islice(found, start - 1, None), start)
    )
    sections = _fitting(rows, _LONGEST_SECTIONS)
    after = start + len(sections)
    return {"sections": sections, "next_section": after if after <= len(found) else None} if sections else {}


def article_marks(article: Article, state: ArticleState, offset: int) -> ToolAnswer:
    """The marks of an article, with as many of its highlights from number `offset` on as fit."""
    rows: list[ToolAnswer] = [
        {"text": _note(one.text), "note": _note(one.note), "colour": one.colour}
        for one in state.highlights[max(0, offset) :]
    ]
    first: ToolAnswer = {
        "id": article.id,
        "title": _field(article.title),
        "read": state.is_read,
        "starred": state.is_starred,
        "later": state.is_later,
        "tags": _fields(state.tags),
    }
    return _page(first, "highlights", rows, max(0, offset), is_last=True)


def listed_archives(paths: Sequence[Path], count: int) -> ToolAnswer:
    """The archives and the number of their articles."""
    return {"archives": _fitting((_field(os.fspath(path)) for path in paths), _LONGEST_ARCHIVES), "articles": count}


def _page(first: ToolAnswer, name: str, rows: Sequence[ToolAnswer], offset: int, *, is_last: bool) -> ToolAnswer:
    """`first` with as many rows as fit into one answer, at least one, and the number of the next row."""
    fitting = _fitting(rows, LONGEST - _size(first | {name: [], "next_offset": offset + len(rows)}))
    has_more = len(fitting) < len(rows) or not is_last
    return first | {name: fitting, "next_offset": offset + len(fitting) if has_more else None}


def _fitting(rows: Iterable[_Row], room: int) -> list[_Row]:
    """The first rows, at least one, that fit as a list into `room` characters of an answer."""
    fitting: list[_Row] = []
    room -= len("\n  ")  # before the closing bracket
    for row in rows:
        room -= _size(row, 2)
        if fitting and room < 0:
            break
        fitting.append(row)
    return fitting


def _size(value: object, depth: int = 0) -> int:
    """The length of a value in JSON at a depth of nesting, with the comma and the newline after it."""
    text = json.dumps(value, ensure_ascii=False, indent=2)
    return len(text) + 2 * depth * (text.count("\n") + 1) + len(",\n")


def _described(article: Article) -> ToolAnswer:
    return {
        "id": article.id,
        "title": _field(article.title),
        "date": article.local_day or None,
        "author": _field(article.author),
        "categories": _fields(article.categories),
        "tags": _fields(article.tags),
        "url": _field(article.url),
        "path": _field(os.fspath(article.path)),
    }


def _fields(texts: Iterable[str]) -> list[str]:
    return _fitting(map(_field, texts), _LONGEST_TAGS)


def _field(text: str) -> str:
    # A path may contain anything, even invalid UTF-8.
    return clean_line(text[:_LONGEST_FIELD]).encode("utf-8", "replace").decode()


def _note(text: str) -> str:
    return inert(text[:_LONGEST_NOTE]) + ("…" if len(text) > _LONGEST_NOTE else "")
