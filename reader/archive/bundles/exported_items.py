"""Items in the exports of read-later services: the names of their fields, and their conversion."""

import html
from collections.abc import Iterator, Mapping
from typing import Any

from reader.archive.bundles.entry_articles import EntryArticle, digest_id, entry_name
from reader.archive.fields import is_draft
from reader.archive.list_values import split_list
from reader.regex import regex

_IDS = ("id", "item_id", "bookmark_id", "slug")
_TITLES = ("title", "resolved_title", "given_title", "name")
_URLS = ("url", "originalarticleurl", "resolved_url", "given_url", "source_url", "external_url", "link")
_DATES = (
    *(
        "date_published",
        "published_at",
        "publishedat",
        "published_date",
        "time_published",
        "published",
        "date_modified",
    ),
    *("saved_at", "savedat", "created_at", "createdat", "creation date", "time_added", "timestamp", "time", "date"),
)
_AUTHORS = ("authors", "author", "published_by", "byline")
_TAGS = ("tags", "labels", "categories", "folder")
_TEXTS = (
    *("content_html", "html_content", "readablecontent", "content", "article", "html", "originalhtml"),
    *("content_text", "full_text", "fulltext", "text", "selection"),
)
_NAMES = ("name", "displayName", "tag", "label", "slug", "title")
_MARKUP = regex(
    r"</?(?:p|div|br|a|h[1-6]|ul|ol|li|table|img|span|blockquote|section|article|html|body|em|strong|b|i)\b[^<>]*>"
)
_FOLDERS_OF_ALL = frozenset({"unread", "archive", "starred"})
"""Instapaper's built-in folders, which do not name a topic."""


def item_text(item: Mapping[str, Any]) -> str:
    """Return the text of an item, which may be HTML; empty for an item that is only a link."""
    return next((value for key in _TEXTS if isinstance(value := item.get(key), str) and value.strip()), "")


def item_name(item: Mapping[str, Any]) -> str:
    """Return the name of an item in its bundle."""
    own = next((str(value) for key in _IDS if isinstance(value := item.get(key), str | int) and str(value)), "")
    own = own or _first(item, _URLS) or digest_id(_first(item, _TITLES), _first(item, _DATES))
    return entry_name(own, ".html" if _MARKUP.search(item_text(item)) else ".txt")


def item_article(item: Mapping[str, Any]) -> EntryArticle:
    """Convert an item whose keys are in lower case."""
    return EntryArticle(
        item_text(item),
        title=html.unescape(_first(item, _TITLES)),
        date=_first(item, _DATES),
        authors=list(_names(item, _AUTHORS)),
        url=_first(item, _URLS) or (own if (own := str(item.get("id", ""))).startswith("http") else ""),
        tags=[tag for tag in _names(item, _TAGS) if tag.lower() not in _FOLDERS_OF_ALL],
        is_draft=is_draft({"status": item.get("status"), "draft": item.get("draft")}),
    )


def lowered(item: Mapping[Any, Any]) -> dict[str, Any]:
    """Return an item with its keys in lower case, and its texts without the objects that WordPress puts around them."""
    return {str(key).strip().lower(): _rendered(value) for key, value in item.items()}


def _rendered(value: Any) -> Any:
    return value["rendered"] if isinstance(value, dict) and isinstance(value.get("rendered"), str) else value


def _first(item: Mapping[str, Any], keys: tuple[str, ...]) -> str:
    values = (item.get(key) for key in keys)
    return next((str(value) for value in values if isinstance(value, str | int) and value not in {"", 0}), "")


def _names(item: Mapping[str, Any], keys: tuple[str, ...]) -> Iterator[str]:
    """Yield the names in the first of `keys` that has a value: a text, a list of texts or objects, or a mapping."""
    value: Any = next((found for key in keys if (found := item.get(key))), None)
    if isinstance(value, str):
        inner = value.strip()
        is_list = inner.startswith("[") and inner.endswith("]")
        inner = inner[1:-1] if is_list else inner
        # A comma may belong to the name of an author (“Apple, Inc.”), but not to that of a tag.
        value = split_list(inner.replace("|", ",")) if is_list or keys is _TAGS else [inner]
    elif isinstance(value, dict):
        value = list(value.values()) if all(isinstance(one, dict) for one in value.values()) else [value]
    for one in value if isinstance(value, list) else ():
        named = (
            next((one[key] for key in _NAMES if isinstance(one.get(key), str)), "") if isinstance(one, dict) else one
        )
        if isinstance(named, str) and (name := named.strip().strip("\"'")):
            yield name
