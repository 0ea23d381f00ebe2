"""Markup other than HTML and Markdown: detection by suffix or content, and metadata in the first lines."""

import re
from collections.abc import Callable, Iterator
from typing import Any

from reader.archive.suffixes import (
    ASCIIDOC,
    GEMTEXT,
    ORG,
    PLAIN,
    RARE_GEMTEXT,
    RARE_RESTRUCTURED,
    RESTRUCTURED,
    TIDDLER,
)
from reader.document.aozora_notation import is_aozora_file
from reader.document.body import BodyFormat
from reader.regex import regex

_FORMATS = {
    ORG: BodyFormat.ORG,
    RESTRUCTURED: BodyFormat.RESTRUCTURED,
    RARE_RESTRUCTURED: BodyFormat.RESTRUCTURED,
    **dict.fromkeys(ASCIIDOC, BodyFormat.ASCIIDOC),
    GEMTEXT: BodyFormat.GEMTEXT,
    RARE_GEMTEXT: BodyFormat.GEMTEXT,
    TIDDLER: BodyFormat.TIDDLYWIKI,
}
_TEXT = frozenset(("", *PLAIN))
_SAMPLE = 16_384
_GUTENBERG_HEAD = 600
"""Characters at the top in which a book of Project Gutenberg names the project."""
_LINES = 60
"""Lines searched for metadata."""

# Aozora Bunko, and exports of Japanese web novels, which use the same notation for ruby.
_NOTE = regex("［＃[^］\n]{1,80}］")
_READING = regex("(?:｜[^｜《》\n]{1,40}|[\u4e00-\u9fff々])《[ぁ-ゖァ-ヺー・\u3000 ]{1,20}》")
_FEWEST_READINGS = 2
_GEMINI_LINK = regex(r"^=>[ \t]*(?:gemini|gopher)://\S", re.MULTILINE)
_GEMTEXT_LINK = regex(r"^=>[ \t]*(?:https?://\S|\.{0,2}/\S*(?:\.gmi\b|[ \t]+[^\s-]))", re.MULTILINE)
"""A link of gemtext. A path must have a label, because the output of programs also has paths after arrows."""
_GUTENBERG_BOOK = regex(
    r"^[ \t*\ufeff]*(?:The )?Project Gutenberg(?:['’]s)? [^\n]*(?:E-?text|E-?book|, by )", re.IGNORECASE | re.MULTILINE
)
_ORG_KEYWORD = regex(r"#\+(title|author|date|filetags|keywords|category): *(.+)", re.IGNORECASE)
_WEEKDAY = regex(r"(\d{4}-\d\d-\d\d) \D{1,12}?(?= \d|$)")
_ADORNMENT = regex(r"([!-/:-@\[-`{-~])\1{2,}|==|--|~~|\*\*|\+\+|##|\^\^")
_STATED_TITLE = regex(r"(?:Title|\.\. title): +(\S.*)")
"""A title above all headings: in the header of a PEP, or in a comment of Nikola."""
_NIKOLA = regex(r"\s*(?:\.\. [a-z-]{1,20}:[^\n]*\n){0,20}\.\. (?:title|slug|date|link): *\S")
"""The metadata of a Nikola post: reStructuredText comments, which also mark a `.txt` file as reStructuredText."""
_ZIM = regex(r"\s*Content-Type: text/x-zim-wiki\b")
_ZIM_DATE = regex(r"Creation-Date: *(\d\S+)")
_DOKUWIKI = regex(r"^[ \t]*(={5,6})[ \t]*[^=\s][^\n]*?(?<!=)\1=*[ \t]*$", re.MULTILINE)
"""A DokuWiki heading of level 1 or 2. In other wikis, so many equals signs mark the lowest levels."""
_DOKUWIKI_TITLE = regex(r"\s*={6}[ \t]*[^=\s][^\n=]*={6}[ \t]*(?:\n|\Z)")
"""The title of a DokuWiki page, on its first line."""
_DOKUWIKI_SIGN = regex(
    r"\[\[[^\[\]\n]{1,300}\]\]|\{\{[^{}\n]{1,300}\}\}|\*\*\S[^*\n]{0,300}\*\*|~~[A-Z]{1,20}~~|<(?:code|file|nowiki|WRAP)\b|\(\(\S"
    r"|^(?: {2}|\t)[ \t]{0,20}\* |^[|^][^\n]{0,500}[|^][ \t]{0,9}$|''[^'\s][^'\n]{0,200}''|\\\\(?=\s)",
    re.MULTILINE,
)
"""Other DokuWiki markup. Headings alone prove nothing: the chapters of a novel in plain text may look like them."""
_DOKUWIKI_HEADING = regex(r"[ \t]*={2,6}[ \t]*([^=\s].*?)(?<!=)={2,}+[ \t]*")
_DOKUWIKI_TAGS = regex(r"\{\{tag>([^{}]*)\}\}")
_DOKUWIKI_MARKS = regex(r"\*\*|//|__|''|%%|\[\[(?:[^\[\]|]*\|)?|\]\]")
_POST = regex(r"\.\.[ \t]+post::[ \t]*(\S.*)")
"""The date of a post of ABlog."""
_FIELD = regex(r":([\w -]{1,40}): +(.+)")
_ASCIIDOC_ABOVE = regex(r"//|\[\[?[^\]]*\]\]?\s*$|:[\w-]+:|(?:ifn?def|endif)::")
_ASCIIDOC_HEADING = regex(r"(={1,6}|#{1,6})[ \t]+(\S.*)")
_ASCIIDOC_MARKS = regex(r"\(\(\(.*?\)\)\)|\[\[[^\]]*\]\]|[`*]|(?<!\w)_|_(?!\w)")
_ASCIIDOC_AUTHOR = regex(r"([^<>:;=\[\]/]{1,80}?)(?: +<([^<>\s]+)>)?")
_ASCIIDOC_REVISION = regex(r"(?:v?[\d.]+, *)?(\d{4}-\d\d?-\d\d?|[^:]{6,40})(?::.*)?")
_ASCIIDOC_ATTRIBUTE = regex(r":(author|revdate|keywords|page-tags|description|docdate): +(.+)")


def markup_format(body: str, suffix: str) -> BodyFormat | None:  # noqa: PLR0911 - one case per format
    """Detect the format from a suffix (lower case, with its dot) and the body; None if it is not one of these."""
    if suffix in _FORMATS:
        return _FORMATS[suffix]
    if suffix not in _TEXT:
        return None
    if _is_aozora(body):
        return BodyFormat.AOZORA
    if _GUTENBERG_BOOK.search(body[:_GUTENBERG_HEAD]):
        return BodyFormat.TEXT  # Its asterisks and rules are not Markdown.
    if _NIKOLA.match(body):
        return BodyFormat.RESTRUCTURED
    if _ZIM.match(body) or ("==" in body and _is_dokuwiki(body[:_SAMPLE])):
        return BodyFormat.DOKUWIKI
    return BodyFormat.GEMTEXT if "=>" in body and _is_gemtext(body) else None


def _is_dokuwiki(start: str) -> bool:
    if _DOKUWIKI_TITLE.match(start):
        return True
    return _DOKUWIKI.search(start) is not None and _DOKUWIKI_SIGN.search(start) is not None


def _is_aozora(body: str) -> bool:
    if is_aozora_file(body):
        return True
    start = body[:4_000]
    if "《" not in start and "［＃" not in start and "[[rb:" not in start:
        return False
    if "[[rb:" in start:
        return True
    return len(_NOTE.findall(start)) >= 1 or len(_READING.findall(start)) >= _FEWEST_READINGS


def _is_gemtext(body: str) -> bool:
    """Whether a text has links of gemtext: one to Gemini or Gopher, or several others."""
    start = body[:_SAMPLE]
    return _GEMINI_LINK.search(start) is not None or len(_GEMTEXT_LINK.findall(start)) > 1


def markup_head(body: str, written_in: BodyFormat) -> dict[str, Any]:
    """Return the title, author, date and tags that the first lines state in the syntax of the format.

    Lines of `key: value`, which may occur in every format, are left to `inline_metadata`.
    """
    reader = _HEADS.get(written_in)
    lines = body[:_SAMPLE].split("\n", _LINES)[:_LINES] if reader else []
    return {key: value for key, value in reader(lines) if value} if reader else {}


def _org(lines: list[str]) -> Iterator[tuple[str, Any]]:
    keys = {"filetags": "tags", "keywords": "tags", "category": "categories"}
    for line in lines:
        if found := _ORG_KEYWORD.fullmatch(line.strip()):
            key, value = found[1].lower(), found[2].strip()
            value = _WEEKDAY.sub(r"\1", value.strip("<>[]")) if key == "date" else value
            yield keys.get(key, key), re.split("[:, ]+", value.strip(": ")) if keys.get(key) == "tags" else value
        elif line.startswith("* "):
            return


def _restructured(lines: list[str]) -> Iterator[tuple[str, Any]]:
    for number, line in enumerate(lines):
        if stated := _STATED_TITLE.fullmatch(line.rstrip()):
            yield "title", stated[1]
            break
        after = lines[number + 1].rstrip() if number + 1 < len(lines) else ""
        if line.strip() and not _ADORNMENT.fullmatch(line.rstrip()) and _ADORNMENT.fullmatch(after):
            yield "title", line.strip()
            break
    for line in lines:
        if posted := _POST.fullmatch(line.rstrip()):
            yield "date", posted[1]
        elif found := _FIELD.fullmatch(line.rstrip()):
            yield found[1].lower(), found[2].split(",") if found[1].lower() in {"tags", "keywords"} else found[2]


def _asciidoc(lines: list[str]) -> Iterator[tuple[str, Any]]:
    at = next((number for number, line in enumerate(lines) if line.strip() and not _ASCIIDOC_ABOVE.match(line)), None)
    heading = _ASCIIDOC_HEADING.fullmatch(lines[at]) if at is not None else None
    if at is None or heading is None or any(_outranks(line, heading[1]) for line in lines[at + 1 :]):
        return
    yield "title", _ASCIIDOC_MARKS.sub("", heading[2]).strip()
    head = [line.rstrip() for line in lines[at + 1 :]]
    head = head[: head.index("")] if "" in head else head
    plain = [line for line in head if not line.startswith((":", "//"))]
    if plain and (author := _ASCIIDOC_AUTHOR.fullmatch(plain[0])):
        yield "author", author[1].strip()
    if len(plain) > 1 and (revision := _ASCIIDOC_REVISION.fullmatch(plain[1])):
        yield "date", revision[1]
    for line in head:
        if found := _ASCIIDOC_ATTRIBUTE.fullmatch(line):
            keys = {"revdate": "date", "docdate": "date", "keywords": "tags", "page-tags": "tags"}
            key = keys.get(found[1], found[1])
            yield key, re.split(", *", found[2]) if key == "tags" else found[2]


def _outranks(line: str, marker: str) -> bool:
    """Whether a line is a heading of a higher level than the first heading, which then is not the title."""
    heading = _ASCIIDOC_HEADING.fullmatch(line)
    return heading is not None and len(heading[1]) < len(marker)


def _dokuwiki(lines: list[str]) -> Iterator[tuple[str, Any]]:
    for line in lines:
        if created := _ZIM_DATE.fullmatch(line.strip()):
            yield "date", created[1]
        elif tagged := _DOKUWIKI_TAGS.search(line):
            yield "tags", tagged[1].split()
    heading = next(filter(None, map(_DOKUWIKI_HEADING.fullmatch, lines)), None)
    yield "title", _DOKUWIKI_MARKS.sub("", heading[1]).rstrip() if heading else ""


def _gemtext(lines: list[str]) -> Iterator[tuple[str, Any]]:
    yield "title", next((line.lstrip("# ") for line in lines if line.startswith("#")), "")


_HEADS: dict[BodyFormat, Callable[[list[str]], Iterator[tuple[str, Any]]]] = {
    BodyFormat.ORG: _org,
    BodyFormat.RESTRUCTURED: _restructured,
    BodyFormat.ASCIIDOC: _asciidoc,
    BodyFormat.GEMTEXT: _gemtext,
    BodyFormat.DOKUWIKI: _dokuwiki,
}
