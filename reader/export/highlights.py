"""Highlights and notes as Markdown for people: each article with its source and date, each quotation with its note."""

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from pathlib import Path

from reader.archive.article import Article
from reader.export.names import file_name, folded
from reader.export.writing import write_whole
from reader.language import _
from reader.marks.highlights import Highlight


def render_highlights(highlights: Iterable[Highlight], article_of: Callable[[str], Article | None]) -> Iterator[str]:
    """The lines of highlights, those of one article together in the order of its text.

    `article_of` gives an article by its id: its source and date; of one that is not there, only what the mark knows is
    told.
    """
    ordered = sorted(highlights, key=lambda one: (one.title, one.article_id, one.anchor.span.start, one.id))
    for number, (article_id, group) in enumerate(groupby(ordered, key=lambda one: one.article_id)):
        ours = [*group]
        if number:
            yield ""
        yield f"# {_escaped(ours[0].title)}"
        yield ""
        yield " · ".join(_about(ours[0], article_of(article_id)))
        section = ""
        for one in ours:
            if one.section and one.section != section:
                yield ""
                yield f"## {_escaped(one.section)}"
            section = one.section
            yield ""
            for line in one.anchor.quotation.split("\n"):
                yield f"> {_escaped(line)}".rstrip()
            if one.note:
                yield ""
                yield from (_escaped(line) for line in one.note.split("\n"))
            yield ""
            yield f"<small>{one.created.astimezone():%Y-%m-%d %H:%M}</small>"


def write_highlights(
    highlights: Iterable[Highlight], article_of: Callable[[str], Article | None], folder: Path
) -> Path:
    """Write highlights into a new file in `folder`; where it was written.

    Raises:
        ExportError: It cannot be written.
        OSError: The folder cannot be read.
    """
    taken = {folded(file.name) for file in folder.iterdir()}
    lines = render_highlights(highlights, article_of)
    return write_whole(folder, file_name(_("Highlights"), ".md", taken), (f"{line}\n".encode() for line in lines))


def _about(highlight: Highlight, article: Article | None) -> list[str]:
    """Where an article comes from and when; its path where nothing else is known."""
    known: list[str] = []
    if article is not None:
        known += [_escaped(part) for part in (article.source, article.author) if part]
        if article.date is not None:
            known.append(f"{article.date.astimezone():%Y-%m-%d}")
        if article.url.startswith(("http://", "https://")):
            known.append(f"<{article.url}>")
    return known or [f"`{highlight.path}`"]


_MARKUP = re.compile(r"([\\`*_\[\]<>])|^(\s*)([#+-]|\d+[.)])(?=\s)")


def _escaped(line: str) -> str:
    """A line in which nothing is taken for markup."""

    def escape(found: re.Match[str]) -> str:
        if found[1]:
            return "\\" + found[1]
        mark = found[3]
        return found[2] + (f"{mark[:-1]}\\{mark[-1]}" if mark[0].isdigit() else f"\\{mark}")

    return _MARKUP.sub(escape, line).replace("&", "&amp;")
