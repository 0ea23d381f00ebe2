"""Entries of bundles: their names, and the article files to which they are converted."""

import json
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple, TypeVar
from urllib.parse import unquote

from reader.document.sanitizing import clean_line
from reader.hashing import blake2b
from reader.language import lazy
from reader.lean_dataclasses import dataclass
from reader.regex import regex

_Item = TypeVar("_Item")

LARGEST = 64 * 2**20
"""The maximum number of bytes read from an entry."""
MOST_ENTRIES = 200_000
"""The maximum number of entries of a bundle."""

_SIMPLE = regex(r"\w[\w.-]{0,59}")
_QUERY = regex(r"[?#].*")
_UNSAFE = regex(r"[^\w-]+")
_STEM = 40
"""The maximum length in characters of the readable part of a name."""
_LONGEST_VALUE = 2_000
_MOST_VALUES = 200


class Entry(NamedTuple):
    """An entry of a bundle: its name, and its range of bytes in the bundle."""

    name: str
    start: int
    end: int


class EntryFile(NamedTuple):
    """The article file of an entry, and a warning about it, or an empty text."""

    data: bytes
    problem: str = ""


NOT_WELL_FORMED = lazy("The XML of this article is not well-formed; what can be read of it is shown")


@dataclass(frozen=True, slots=True)
class EntryArticle:
    """The content of an entry.

    Attributes:
        text: The body in HTML or, for entries whose name does not end with `.html`, plain text or Markdown.
        title: The title, or empty.
        date: The date in any common form, or empty.
        authors: The authors.
        url: The original URL, or empty.
        tags: The tags.
        addresses: Further URLs.
        problem: A warning about the entry, a `LazyMessage`; or empty.
        is_draft: Whether it was not published.
    """

    text: str
    title: str = ""
    date: str = ""
    authors: Sequence[str] = ()
    url: str = ""
    tags: Sequence[str] = ()
    addresses: Sequence[str] = ()
    problem: str = ""
    is_draft: bool = False

    def as_file(self) -> bytes:
        """Return an article file in UTF-8: a header in JSON, and the body below it."""
        values: dict[str, str | list[str]] = {
            "title": clean_line(self.title)[:_LONGEST_VALUE],
            "date": clean_line(self.date)[:_LONGEST_VALUE],
            "author": [clean_line(one)[:_LONGEST_VALUE] for one in self.authors[:_MOST_VALUES]],
            "url": clean_line(self.url)[:_LONGEST_VALUE],
            "canonical": clean_line(next(iter(self.addresses), ""))[:_LONGEST_VALUE],
            "draft": "true" if self.is_draft else "",
            "tags": [clean_line(one)[:_LONGEST_VALUE] for one in self.tags[:_MOST_VALUES]],
        }
        # Even without any value, write a header, so that the beginning of the body is not mistaken for one.
        stated = {key: value for key, value in values.items() if value} or {"lang": ""}
        return f"{json.dumps(stated, ensure_ascii=False)}\n{self.text}".encode("utf-8", "replace")


def entry_name(own_id: str, suffix: str) -> str:
    """Return the name of an entry, made of its id in the bundle and the suffix of the format of its text.

    A simple id is used as it is; any other id (a URL, a Message-ID) is replaced by its last part and a digest.
    """
    own_id = unicodedata.normalize("NFC", clean_line(own_id)).strip("<>")
    if _SIMPLE.fullmatch(own_id):
        return own_id + suffix
    last = _QUERY.sub("", own_id).rstrip("/").rpartition("/")[2].partition("@")[0]
    stem = _UNSAFE.sub("-", clean_line(unquote(last))).strip("-")[:_STEM].strip("-")
    digest = blake2b(own_id.encode("utf-8", "replace"), digest_size=5).hexdigest()
    return f"{stem}-{digest}{suffix}" if stem else digest + suffix


def digest_id(*parts: str | bytes) -> str:
    """Return an id for an entry that states none; `parts` are values that will probably not change."""
    digest = blake2b(digest_size=8)
    for part in parts:
        digest.update(part if isinstance(part, bytes) else part.encode("utf-8", "replace"))
        digest.update(b"\0")
    return digest.hexdigest()


def limited(found: Iterable[_Item]) -> Iterator[_Item]:
    """Yield at most one more than the maximum number of entries, so that `by_name` can report the excess."""
    return islice(found, MOST_ENTRIES + 1)


def by_name(entries: Iterable[Entry]) -> tuple[dict[str, Entry], dict[str, str]]:
    """Return entries by name, and, in the form of `Bundle.problems`, a warning if the bundle has too many of them.

    Of several entries with the same name, the later ones get a number.
    """
    found: dict[str, Entry] = {}
    counts: dict[str, int] = {}
    for entry in entries:
        if len(found) >= MOST_ENTRIES:
            return found, {
                "": lazy("There are too many articles: only the first {count:,} are read", count=MOST_ENTRIES)
            }
        name = entry.name
        while name in found:
            counts[entry.name] = counts.get(entry.name, 1) + 1
            stem, dot, suffix = entry.name.rpartition(".")
            name = f"{stem}-{counts[entry.name]}{dot}{suffix}"
        found[name] = entry._replace(name=name)
    return found, {}
