"""Marks as readable Markdown: each article with source and date, its quotations, notes and bookmarks."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from reader.archive.article import Article
from reader.document.sanitizing import clean_line
from reader.export.export_folder import ExportFolder
from reader.language import _
from reader.marks.bookmarks import Bookmark
from reader.marks.highlights import Highlight
from reader.marks.stored_values import local
from reader.regex import regex

ArticleOf = Callable[[str], Article | None]
"""Looks up an article by its id; None if it is in none of the open archives."""


def render_marks(
    highlights: Iterable[Highlight], bookmarks: Iterable[Bookmark], article_of: ArticleOf
) -> Iterator[str]:
    """The lines of marks, grouped by article, sorted by title and then by position.

    For an article that is in none of the archives, only the data stored with the mark is written.
    """
    highlighted: defaultdict[tuple[str, str], list[Highlight]] = defaultdict(list)
    bookmarked: defaultdict[tuple[str, str], list[Bookmark]] = defaultdict(list)
    for highlight in highlights:
        highlighted[highlight.title, highlight.article_id].append(highlight)
    for bookmark in bookmarks:
        bookmarked[bookmark.title, bookmark.article_id].append(bookmark)
    for number, key in enumerate(sorted(highlighted.keys() | bookmarked.keys())):
        title, article_id = key
        first = (highlighted[key] or bookmarked[key])[0]
        if number:
            yield ""
        yield f"# {escaped(title)}"
        yield ""
        yield " · ".join(_about(first.path, article_of(article_id)))
        yield from _highlights(sorted(highlighted[key], key=lambda one: (one.anchor.span, one.id)))
        yield from _bookmarks(sorted(bookmarked[key], key=lambda one: (one.position, one.id)))


def write_marks(
    highlights: Sequence[Highlight], bookmarks: Iterable[Bookmark], article_of: ArticleOf, folder: ExportFolder
) -> Path:
    """Write marks to a file in `folder` and return its path.

    A list of the highlights of one article is named by its title, and replaces its earlier one.

    Raises:
        ExportError: The file cannot be written.
    """
    ids = {one.article_id for one in highlights}
    title, owner = _("Highlights"), "highlights"
    if len(ids) == 1:
        title, owner = f"{title} – {highlights[0].title}", f"highlights {highlights[0].article_id}"
    lines = render_marks(highlights, bookmarks, article_of)
    return folder.write(title, ".md", owner, (f"{line}\n".encode() for line in lines))


def _highlights(highlights: Iterable[Highlight]) -> Iterator[str]:
    section = ""
    for one in highlights:
        if one.section and one.section != section:
            yield ""
            yield f"## {escaped(one.section)}"
        section = one.section
        yield ""
        for line in one.anchor.quotation.split("\n"):
            yield f"> {escaped(line)}".rstrip()
        if one.note:
            yield ""
            yield from (escaped(line) for line in one.note.split("\n"))
        yield ""
        yield f"*{local(one.created):%Y-%m-%d %H:%M}*"


def _bookmarks(bookmarks: Iterable[Bookmark]) -> Iterator[str]:
    for number, one in enumerate(bookmarks):
        if not number:
            yield ""
        letter = f" ({one.letter})" if one.letter else ""
        yield f"- {escaped(one.name)}{letter} *{local(one.created):%Y-%m-%d %H:%M}*"


def _about(path: Path, article: Article | None) -> list[str]:
    """The source and date of an article; its path if nothing else is known."""
    known: list[str] = []
    if article is not None:
        known += [escaped(part) for part in dict.fromkeys((article.source, article.author)) if part]
        if article.date is not None:
            known.append(article.local_day)
        if article.url.startswith(("http://", "https://")):
            known.append(f"<{article.url.replace('>', '%3E').replace(' ', '%20')}>")
    return known or ["`" + clean_path(path) + "`"]


def clean_path(path: Path) -> str:
    """A printable path, with � for bytes that are not UTF-8."""
    return clean_line(str(path).encode("utf-8", "replace").decode()).replace("`", "'")


_MARKUP = regex(r"([\\`*_\[\]>|~])|^(\s*)([#+-]|\d+[.)])(?=\s)|^(\s*)([=-]{3,})\s*$")


def escaped(line: str) -> str:
    """Escape a line so that nothing in it is parsed as markup."""

    def escape(found: re.Match[str]) -> str:
        if found[1]:
            return "\\" + found[1]
        if found[5]:
            return f"{found[4]}\\{found[5]}"
        mark = found[3]
        return found[2] + (f"{mark[:-1]}\\{mark[-1]}" if mark[0].isdigit() else f"\\{mark}")

    # Python-Markdown does not support “\\<” and would parse an element.
    return _MARKUP.sub(escape, line.replace("&", "&amp;").replace("<", "&lt;"))
