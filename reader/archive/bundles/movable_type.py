"""Bundles in the import format of Movable Type, in which Hatena Blog, FC2, Seesaa and others export whole blogs.

Source: “Import/Export Format” in Movable Type's documentation. Comments and trackbacks are left out.
"""

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import BinaryIO

from reader.archive.bundles.entry_articles import Entry, EntryArticle, by_name, digest_id, entry_name, limited
from reader.archive.bundles.ranges import RangeBundle
from reader.archive.bundles.token_scan import tokens
from reader.archive.decoding import decode
from reader.archive.encodings import codec_of, decoded
from reader.archive.files import open_binary
from reader.regex import regex

_SAMPLE = 65_536
"""Bytes at the beginning of a file by which its format and encoding are recognized."""
_FIRST = regex(rb"(?:\xef\xbb\xbf)?(?:\s*+[A-Z][A-Z ]{2,20}:[^\n]*+\n)++\s*+-----\r?\nBODY:")
_END = regex(rb"\n--------[ \t]*\r?(?:\n|\Z)")
_LONGEST_TOKEN = 80
_HEAD = 65_536
"""Bytes at the beginning of an entry that contain its fields."""

_SECTION = regex(r"^-----\n(BODY|EXTENDED BODY|EXCERPT|KEYWORDS|COMMENT|PING):\n", re.MULTILINE)
"""The first lines of a section; five hyphens alone may be part of a text."""
_LAST_LINE = regex(r"\n-----\s*\Z")
_FIELD = regex(r"([A-Z][A-Z ]{2,20}):[ \t]*(.*)")
_DATE = regex(r"(\d\d)/(\d\d)/(\d{4})")
"""Month, day and year."""
_MARKDOWN = ("markdown", "markdown_with_smartypants")
_AS_WRITTEN = ("", "0", "richtext", "none")
"""The values of `CONVERT BREAKS` for texts whose line breaks mean nothing."""
_BLANK_LINES = regex(r"\n[ \t]*\n\s*")
_BLOCK = regex(
    r"</?(?:h[1-6]|table|ol|dl|ul|menu|dir|p|pre|center|form|fieldset|select|blockquote|address|div|hr)\b",
    re.IGNORECASE,
)
"""A block-level tag; a paragraph that begins with one is HTML already, and is left unchanged."""
_PRE = regex(r"<pre\b[^<>]*>", re.IGNORECASE)
_PRE_END = regex(r"</pre\s*>", re.IGNORECASE)
_HATENA_HOST = regex(r"([\w-]+(?:\.[\w-]+){1,4})\.export\.txt", re.IGNORECASE)
"""The file name of an export of Hatena Blog, which begins with the host of the blog."""


def open_movable_type(path: Path | bytes) -> RangeBundle | None:
    """Return the posts of a blog's export; None for any other file.

    Raises:
        ArchiveError: The file cannot be read.
    """
    with open_binary(path) as (file, size):
        sample = file.read(_SAMPLE)
        if _FIRST.match(sample) is None:
            return None
        # A single post may be too short to detect its encoding.
        codec = codec_of(decode(sample, cut=size > len(sample)).encoding)
        # First find all ranges: reading the entries moves the offset in the same file.
        places = list(limited(_places(file, size)))
        entries, problems = by_name(_entries(file, places, codec))
    named = _HATENA_HOST.fullmatch(path.name) if isinstance(path, Path) else None
    host = named[1].lower() if named is not None else ""
    site = f"https://{host}/entry/" if host else ""
    return RangeBundle(path, entries, lambda data: _article(_text(data, codec), site), host, problems)


def _places(file: BinaryIO, size: int) -> Iterator[tuple[int, int]]:
    """Yield the ranges of the posts."""
    start = 0
    for token in tokens(file, _END, _LONGEST_TOKEN):
        yield start, token.start + 1
        start = token.end
    yield start, size


def _entries(file: BinaryIO, places: Sequence[tuple[int, int]], codec: str) -> Iterator[Entry]:
    for start, end in places:
        file.seek(start)
        fields = _fields(_text(file.read(min(end - start, _HEAD)), codec))
        if fields:
            own_id = _first(fields, "BASENAME") or digest_id(_first(fields, "DATE"), _first(fields, "TITLE"))
            is_markdown = _first(fields, "CONVERT BREAKS").lower() in _MARKDOWN
            yield Entry(entry_name(own_id, ".md" if is_markdown else ".html"), start, end)


def _text(data: bytes, codec: str) -> str:
    return decoded(data, codec).replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff")


def _fields(entry: str) -> Mapping[str, Sequence[str]]:
    """Return the fields of a post: all values by name."""
    fields: dict[str, list[str]] = {}
    for line in entry.lstrip().split("\n"):
        if line.startswith("-----"):
            break
        if (field := _FIELD.fullmatch(line)) is not None:
            fields.setdefault(field[1], []).append(field[2].strip())
    return fields


def _first(fields: Mapping[str, Sequence[str]], name: str) -> str:
    return fields[name][0] if name in fields else ""


def _article(entry: str, site: str) -> EntryArticle:
    """Return a post as an article; `site` is the beginning of its URL, or empty."""
    fields = _fields(entry)
    _head, *sections = _SECTION.split(entry)
    conversion = _first(fields, "CONVERT BREAKS").lower()
    parts = [
        _LAST_LINE.sub("", text).strip("\n")
        for name, text in zip(sections[::2], sections[1::2], strict=True)
        if name in ("BODY", "EXTENDED BODY")
    ]
    if conversion not in (*_AS_WRITTEN, *_MARKDOWN):
        parts = [_with_line_breaks(part) for part in parts]
    name = _first(fields, "BASENAME")
    categories = [*fields.get("PRIMARY CATEGORY", ()), *fields.get("CATEGORY", ())]
    tags = [tag.strip() for line in fields.get("TAGS", ()) for tag in _tags(line)]
    return EntryArticle(
        "\n\n".join(part for part in parts if part),
        _first(fields, "TITLE"),
        _DATE.sub(r"\3-\1-\2", _first(fields, "DATE")),
        [one for one in fields.get("AUTHOR", ()) if one],
        site + name if site and name else "",
        [one for one in dict.fromkeys([*categories, *tags]) if one],
        is_draft=_first(fields, "STATUS").lower() == "draft",
    )


def _tags(line: str) -> list[str]:
    """Return the tags in a line, which are separated by commas and may be quoted; none if one is too long for `csv`."""
    try:
        return next(csv.reader([line], skipinitialspace=True), [])
    except csv.Error:
        return []


def _with_line_breaks(text: str) -> str:
    """Return HTML in which blank lines end paragraphs, and other line ends are breaks, as Movable Type converts it.

    Preformatted text stays as it is; Movable Type would put the tags of paragraphs into it.
    """
    made: list[str] = []
    start = 0
    while (opening := _PRE.search(text, start)) and (closing := _PRE_END.search(text, opening.end())):
        made += (*_paragraphs(text[start : opening.start()]), text[opening.start() : closing.end()])
        start = closing.end()
    return "\n\n".join((*made, *_paragraphs(text[start:])))


def _paragraphs(text: str) -> Iterator[str]:
    for part in _BLANK_LINES.split(text.strip("\n")):
        if _BLOCK.match(part):
            yield part
        elif part.strip():
            yield "<p>" + part.replace("\n", "<br>\n") + "</p>"
