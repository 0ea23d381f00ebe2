"""Bundles in JSON: JSON Feed, and the exports of services that save or publish articles, of networks and of chats."""

import json
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from reader.archive.bundles.chats import chat_article, chat_id, chat_title, is_chat
from reader.archive.bundles.entry_articles import MOST_ENTRIES, Entry, EntryArticle, by_name, digest_id, entry_name
from reader.archive.bundles.exported_items import item_article, item_name, item_text, lowered
from reader.archive.bundles.ghost_tables import TABLES, ghost_names
from reader.archive.bundles.ranges import RangeBundle
from reader.archive.bundles.social_posts import social_post
from reader.archive.files import open_binary
from reader.errors import ArchiveError
from reader.language import lazy
from reader.regex import regex

_LARGEST_MIB = 256
"""The maximum size of a file in MiB, because it is decoded as a whole, unlike other formats."""
_SEARCHED = 2**18
"""Bytes at the beginning and the end of a file that are searched for the signatures of formats.

This is enough for whole items, since the text may be their first field. The version of a feed may follow all items.
"""
_SIGNS = (
    b"jsonfeed.org/version",
    b"jsonfeed.org\\/version",
    b'"is_archived"',
    b'"is_fav"',
    b'"savedat"',
    b'"resolved_url"',
    b'"bookmark_id"',
    b'"html_content"',
    b'"lexical"',
    b'"mobiledoc"',
    b'"date_gmt"',
    b'"blogger#post"',
    b'"attributedto"',
    b'"full_text"',
    b'"from_id"',
    b'"guild"',
)
_REQUIRED = (
    frozenset({"is_archived", "is_starred", "url"}),  # wallabag
    frozenset({"is_read", "is_fav", "content", "url"}),  # wallabag 1
    frozenset({"slug", "savedat"}),  # Omnivore
    frozenset({"item_id", "resolved_url"}),  # Pocket
    frozenset({"bookmark_id", "url"}),  # Instapaper
    frozenset({"html_content", "source_url"}),  # Readwise Reader
    frozenset({"html", "slug", "published_at"}),  # Ghost
    frozenset({"guid", "link", "content", "date_gmt"}),  # WordPress, from its REST API
    frozenset({"kind", "blog", "content", "published"}),  # Blogger, from its API
    frozenset({"type", "actor", "object"}),  # Mastodon: an activity (ActivityPub), such as a post or a boost
)
"""For each format, the keys that every item has."""
_FEED_KEYS = frozenset({"content_html", "content_text", "url", "summary"})
"""Keys of a JSON Feed: besides its id, an item has at least one of these."""
_LISTS = frozenset({"items", "list", "bookmarks", "results", "articles", "entries", "posts", "orderedItems"})
"""Keys under which the list of items may stand: in the top-level object, or in an object under a key of `_AROUND`."""
_AROUND = frozenset({"_embedded", "db", "data", "chats"})
"""Keys of objects that contain the list of items."""
_OBJECT = regex(r"(?:\[\s*+)?\{")
_BEFORE = regex(rb"(?:\xef\xbb\xbf|\s)*+(?:window\.YTD\.[\w.]{1,60}\s*=\s*+)?[\[{]")
_FEED_VERSION = regex(r'"version"\s*+:\s*+"https?:\\?/\\?/(?:www\.)?jsonfeed\.org\\?/version')
_OPENING = regex(r'\ufeff?\s*+(?:window\.YTD\.[\w.]{1,60}\s*=\s*+)?(?:\[|\{(?=\s*+"[^"]{0,80}"\s*+:))')
_KEY = regex(r'\s*+(?:"((?:[^"\\]|\\.){0,200})"\s*+:\s*+)?')
_SEPARATOR = regex(r"\s*+,?\s*+")


def open_json(path: Path | bytes) -> RangeBundle | None:
    """Return the items of an export or a JSON Feed that contain a text; None for any other file.

    Raises:
        ArchiveError: The file cannot be read, or is too large.
    """
    with open_binary(path) as (file, size):
        head = file.read(_SEARCHED)
        if not _BEFORE.match(head):
            return None
        file.seek(max(0, size - _SEARCHED))
        if not _has_sign(head) and not _has_sign(file.read(_SEARCHED)):
            return None
        if size > _LARGEST_MIB * 2**20:
            raise ArchiveError(lazy("it is larger than {size} MiB", size=_LARGEST_MIB))
        file.seek(0)
        data = file.read(size)
    try:
        # Invalid bytes are kept as lone surrogates, so that lengths in bytes agree with the file.
        text = data.decode("utf-8", "surrogateescape")
        found = _Items(text)
        items = found.read()
    except RecursionError:
        return None
    if not items:
        return None
    entries, problems = by_name(_in_bytes(text, items))
    if found.is_cut:
        problems.setdefault("", lazy("The file ends within an article"))
    return RangeBundle(path, entries, partial(_article, ghost_names(found.tables)), found.title, problems)


def _has_sign(data: bytes) -> bool:
    lowered_data = data.lower()
    return any(sign in lowered_data for sign in _SIGNS)


def _article(names: Mapping[str, Mapping[str, Any]], data: bytes) -> EntryArticle:
    """Convert an item. `names` has the authors and tags that Ghost lists elsewhere in the file, by the item's id."""
    item = json.loads(data.decode("utf-8", "replace"), strict=False)
    if not isinstance(item, dict):
        return item_article({})
    if is_chat(item):
        return chat_article(item)
    named = social_post(item) or lowered(item)
    return item_article({**named, **names.get(str(named.get("id")), {})})


def _in_bytes(text: str, items: list[Entry]) -> Iterator[Entry]:
    """Yield entries with offsets in bytes instead of characters."""
    at = byte = 0
    for item in items:
        byte += _bytes(text[at : item.start])
        end = byte + _bytes(text[item.start : item.end])
        yield Entry(item.name, byte, end)
        at, byte = item.end, end


def _bytes(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-8", "surrogateescape"))


class _Items:
    """A parser of the items in a text, one at a time.

    Attributes:
        title: The title of the feed.
        tables: The tables of Ghost other than that of its posts.
        is_cut: Whether the text ends within an item.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._decoder = json.JSONDecoder(strict=False)
        self.title = ""
        # The version may follow the items. It cannot be in the text of an item, where quotation marks are escaped.
        self._is_feed = _FEED_VERSION.search(text) is not None
        self._found: list[Entry] = []
        self.is_cut = False
        self.tables: dict[str, list[Any]] = {}

    def read(self) -> list[Entry]:
        """Return the entries, in characters."""
        at = _after(_OPENING.match(self._text))
        if self._text[:at].rstrip().endswith("["):
            self._list(at, "]")
        elif at:
            self._object(at)
        return self._found

    def _object(self, at: int) -> None:
        """Read the top-level object, which has the list of items, perhaps in `_embedded`."""
        while at >= 0 and (key := _KEY.match(self._text, at)) and key[1]:
            at = self._member(key[1], key.end())

    def _member(self, name: str, at: int) -> int:
        """Read the value of a top-level key, and return the offset of the next key; -1 if the value is not valid."""
        opening = self._text[at : at + 1]
        if name in _AROUND and (inner := _OBJECT.match(self._text, at)):
            # Read its keys like top-level keys.
            return inner.end()
        if name == "messages" and opening == "[":
            self._chat()
            return -1
        if name in _LISTS and opening in {"[", "{"}:
            end = self._list(at + 1, "]" if opening == "[" else "}")
        else:
            value, end = self._value(at)
            self.title = value if name == "title" and isinstance(value, str) else self.title
            if name in TABLES and isinstance(value, list):
                self.tables[name] = value
        return _after(_SEPARATOR.match(self._text, end)) if end >= 0 else -1

    def _list(self, at: int, closing: str) -> int:
        """Read items up to the closing bracket, and return the offset after it; -1 if any value is not an item."""
        # Read one more than the maximum, so that `by_name` reports the excess.
        while len(self._found) <= MOST_ENTRIES:
            at = _after(_SEPARATOR.match(self._text, at))
            if self._text.startswith(closing, at):
                return at + 1
            if closing == "}":
                key = _KEY.match(self._text, at)
                at = key.end() if key else at
            value, end = self._value(at)
            if end < 0:
                return -1
            if not isinstance(value, dict):
                return -1
            if is_chat(value):
                self._add_chat(value, at, end)
                at = end
                continue
            post = social_post(value)
            item = post or lowered(value)
            if not post and not self._is_item(item):
                return -1
            if item_text(item):
                self._found.append(Entry(item_name(item), at, end))
            at = end
        return -1

    def _chat(self) -> None:
        """Add the object at the top as a conversation."""
        start = self._text.index("{")
        value, end = self._value(start)
        if end >= 0 and is_chat(value):
            self._add_chat(value, start, end)

    def _add_chat(self, value: dict[str, Any], start: int, end: int) -> None:
        name = entry_name(chat_id(value) or digest_id(chat_title(value)), ".html")
        self._found.append(Entry(name, start, end))

    def _is_item(self, item: dict[str, Any]) -> bool:
        is_of_feed = self._is_feed and "id" in item and bool(_FEED_KEYS & item.keys())
        return is_of_feed or any(required <= item.keys() for required in _REQUIRED)

    def _value(self, at: int) -> tuple[Any, int]:
        """Return a value and the offset after it, which is -1 if the value is invalid or cut."""
        try:
            return self._decoder.raw_decode(self._text, at)
        except ValueError:
            self.is_cut = bool(self._found)
            return None, -1


def _after(found: "Any") -> int:
    return int(found.end()) if found else 0
