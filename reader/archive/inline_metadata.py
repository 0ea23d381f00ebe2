"""Metadata in the first lines of a text that are not a header: they are read, but remain part of the body.

Examples are Notion's properties below the heading, Readwise's list under "Metadata", `作者：… 来源：…` at the top of
pasted posts, the keys of Org and Nikola, and the first lines of Aozora Bunko and Project Gutenberg.
"""

import re
from collections.abc import Iterator
from itertools import islice

from reader.archive.dates import parse_date
from reader.archive.fields import address
from reader.archive.vocabulary import canonical, is_known_key
from reader.document.aozora_notation import has_head, head_lines, plain, read_head
from reader.document.sanitizing import clean
from reader.regex import regex

_SAMPLE = 6_000
"""Characters searched for metadata."""
_LINES_AT_MOST = 60
_LONGEST_VALUE = 300
_LONGEST_NAME = 60

_LINE = regex(
    r"[ \t　>]*(?:[-*+][ \t]+|\.\.[ \t]+|#\+|:(?=\w))?[*_]{0,2}"
    r"(?P<key>[^\W\d][\w.-]*(?:[ 　][\w.-]+){0,2})[*_]{0,2}[ \t　]*(?::{1,2}|：)(?!//)[*_]{0,2}[ \t　]*(?P<value>.*)"
)
_SECOND = regex(r"(?:[ \t　]+|[|｜][ \t　]*)([^\W\d_]{2,6})[ 　]*[:：](?!//)[ \t　]*")
"""Another key on the same line: 作者：某　来源：某报."""
_SOURCE_LINE = regex(r"^.*$", re.MULTILINE)
_IGNORED = regex(r"\s*(?:#{1,6}[ \t]|!\[|-{3,}|\*{3,}|={3,}|<!--|-->|\[\w+\]$)|\s*$")
_BLOCK_PROPERTY = regex(r"[ \t]+[\w.-]+::[ \t]")
"""A property of a block in Logseq, below the block's text: its date is that of the block, not of the page."""
_SENTENCE_END = ("。", "！", "？", "，", "；", ".", "!", "?", ",", ";")
_DISTINCTIVE_KEYS = frozenset(
    {
        "title",
        "fulltitle",
        "author",
        "authors",
        "date",
        "publishdate",
        "created",
        "updated",
        "url",
        "originalurl",
        "source",
    }
)
_DATES = frozenset({"date", "publishdate", "datetime", "created", "updated", "saved", "posted", "published"})
_CLOSING = 600
"""Characters at the end that are searched for metadata."""
_CLOSING_KEYS = {"更新": "updated", "创建": "created", "发布": "publishdate"}
"""Keys that count only at the end of a text, since they are ordinary words elsewhere."""
_AMBIGUOUS_KEYS = frozenset({"time", "by", "section", "permalink"})
"""Keys that are ordinary words in running text."""

_GUTENBERG = regex(r"Project Gutenberg", re.IGNORECASE)
_RFC = regex(r"^Request for Comments: +\d{1,5}\b", re.MULTILINE)
_RIGHT = regex(r"\S {3,}(\S[^\n]{0,80})$")
_MONTH = regex(
    r" ((?:January|February|March|April|May|June|July|August|September|October|November|December) (?:19|20)\d\d)"
    r"[ \t]*$",
    re.MULTILINE,
)
_ETEXT = regex(
    r"Project Gutenberg(?:'s)? (?:E-?text|E-?book)s?(?: of|,)? (?P<title>[^#\n]{1,200}?)"
    r"(?:,? by (?P<author>[^#\n*\[(]{1,80}))?(?: ?[*\[(][^#]*)?"
    r"(?: ?#\d+ in our series by (?P<series>[^*\[(\n]{1,80})[^\n]*)?$",
    re.IGNORECASE,
)
"""The first line of old books of Project Gutenberg."""


def inline_metadata(body: str) -> dict[str, str]:
    """Return the metadata in the first lines by canonical key; empty if they are ordinary text."""
    sample = clean(body[:_SAMPLE])
    if has_head(body):
        return _aozora(sample)
    if ":" not in sample and "：" not in sample:
        return {}
    if _RFC.search(sample[:1_500]):
        return _rfc(sample)
    is_gutenberg = _GUTENBERG.search(sample[:600]) is not None
    found = _gutenberg(sample) if is_gutenberg and "\nTitle: " not in sample else {}
    is_etext = bool(found)
    known = meaningful = 0
    for line in _block(sample, skipping=is_gutenberg):
        for key, value in _pairs(line):
            if not is_known_key(key):
                continue
            name = canonical(key)
            if name in _AMBIGUOUS_KEYS or not _is_value(name, value):
                continue
            known += 1
            meaningful += name in _DISTINCTIVE_KEYS
            found.setdefault(name, value)
    return found if is_etext or (meaningful and (known > 1 or _is_sure(found))) else {}


def closing_metadata(body: str) -> dict[str, str]:
    """Return the date and the URL in the last block of a text, if it holds nothing else, as in exports of Yuque."""
    block = clean(body[-_CLOSING:].rstrip()).rpartition("\n\n")[2]
    if "://" not in block:
        return {}
    pairs = [pair for line in block.split("\n") for pair in list(_pairs(line)) or [("", "")]]
    named = [(_CLOSING_KEYS.get(key) or (canonical(key) if is_known_key(key) else ""), value) for key, value in pairs]
    if not all(name and _is_value(name, value) for name, value in named):
        return {}
    found = {name: value.strip("<>") for name, value in named}
    return found if found.keys() & _DATES and found.keys() & {"url", "originalurl", "source"} else {}


def _block(sample: str, *, skipping: bool) -> Iterator[str]:
    """Yield the `key: value` lines at the top, below a heading and an image, until ordinary text begins.

    With `skipping`, ordinary text above and between them is ignored, as in the licence of Project Gutenberg.
    """
    begun = False
    plain = 0
    # In most texts the second or third line is ordinary text.
    for found in islice(_SOURCE_LINE.finditer(sample), _LINES_AT_MOST):
        line = found[0]
        if len(line) <= _LONGEST_VALUE and (":" in line or "：" in line) and _LINE.match(line) is not None:
            if plain and _BLOCK_PROPERTY.match(line) is not None:
                return
            begun = True
            yield line
        elif _IGNORED.match(line) is None and not skipping:
            plain += 1
            # A title without heading syntax may come first.
            if begun or plain > 1 or len(line) > _LONGEST_NAME or line.rstrip().endswith("。"):
                return


def _pairs(line: str) -> Iterator[tuple[str, str]]:
    match = _LINE.match(line)
    if match is None:
        return
    key, rest = match["key"], match["value"]
    while (second := _SECOND.search(rest)) and is_known_key(second[1]):
        yield key, rest[: second.start()].strip()
        key, rest = second[1], rest[second.end() :]
    yield key, rest.strip().strip("*_ ")


def _is_value(name: str, value: str) -> bool:
    """Whether a value is plausible for its key, to exclude sentences after a colon."""
    if not value or "{{" in value:
        return False
    if name in _DATES:
        return parse_date(value.removeprefix("[[").removesuffix("]]")) is not None
    if name in {"url", "originalurl", "canonical"}:
        return bool(address(value.strip("<>")) or "](" in value)
    if name in {"author", "authors", "creator"}:
        return len(value) <= _LONGEST_NAME and not value.endswith(_SENTENCE_END[:1])
    return len(value) <= _LONGEST_VALUE and not value.endswith("。")


def _gutenberg(sample: str) -> dict[str, str]:
    """Return title and author from the first line of books without `Title:` lines, which are older than 2003."""
    book = _ETEXT.search(" ".join(sample[:600].lstrip().split("\n\n", 1)[0].split()))
    if book is None:
        return {}
    author = (book["series"] or book["author"] or "").strip(" .*")
    return {"title": book["title"].strip(" ,.*"), **({"author": author} if author else {})}


def _rfc(sample: str) -> dict[str, str]:
    """Return title, first author and month of an RFC.

    The title is below the first block of lines; author and month are in the right column of that block (RFC 7322).
    """
    head, _, rest = sample.lstrip("\f\n ").partition("\n\n")
    title = " ".join(rest.lstrip("\n").split("\n\n", 1)[0].split())
    author = _RIGHT.search(head.split("\n", 1)[0])
    month = _MONTH.search(head)
    return {
        **({"title": title} if title and len(title) <= _LONGEST_VALUE else {}),
        **({"author": author[1]} if author else {}),
        **({"date": f"1 {month[1]}"} if month else {}),
    }


def _is_sure(found: dict[str, str]) -> bool:
    """Whether a single line is enough: a date, a URL, or a short name after `作者：`."""
    name, value = next(iter(found.items()))
    if name in {"url", "originalurl", "source"} and address(value.strip("<>")):
        return True
    return name not in {"title", "source"} and len(value) <= _LONGEST_NAME


def _aozora(sample: str) -> dict[str, str]:
    """Return title, with its subtitles, and author of a file in Aozora Bunko's notation."""
    lines = head_lines(sample)
    if not lines:
        return {}
    head = read_head(lines)
    return {"title": " ".join(map(plain, head.titles)), "author": head.author}
