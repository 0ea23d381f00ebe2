"""Metadata of an article in a page's JSON-LD (schema.org)."""

import json
import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from reader.archive.character_references import unescaped
from reader.archive.list_values import split_list
from reader.lean_dataclasses import dataclass
from reader.regex import regex

_SCRIPT = regex(r"""<script\b[^<>]{0,300}?\btype\s*=\s*["']?application/ld\+json[^<>]{0,300}>""", re.IGNORECASE)
_LONGEST = 200_000
"""The maximum length of a script in characters."""
_SCRIPTS_AT_MOST = 5
_NODES_AT_MOST = 200
_TAGS_AT_MOST = 30
_LONGEST_TAG = 60
"""The maximum length of a keyword in characters; longer ones are sentences for search engines."""
_DATES = ("datePublished", "dateCreated", "uploadDate", "pubDate")
"""Properties with a date. The last one is Baidu's, which Chinese sites use in nodes without a type."""
_ABOUT = ("article", "posting", "report", "webpage", "creativework", "scholarly", "question", "recipe")


@dataclass(frozen=True, slots=True)
class JsonLdMetadata:
    """The metadata of an article in JSON-LD; fields are empty if the page does not state them.

    Attributes:
        title: The headline.
        author: The authors, if any of them is a person.
        organization: The authors that are organizations, such as agencies.
        publisher: The publisher.
        date: The date of publication as it is written.
        url: The address of the article.
        tags: The keywords.
    """

    title: str = ""
    author: str = ""
    organization: str = ""
    publisher: str = ""
    date: str = ""
    url: str = ""
    tags: tuple[str, ...] = ()


def read_json_ld(text: str) -> JsonLdMetadata:
    """Return a page's JSON-LD metadata; nodes with a title take precedence, then those with a date, then an author."""
    if "ld+json" not in text:
        return JsonLdMetadata()
    found: list[JsonLdMetadata] = []
    for script in islice(_SCRIPT.finditer(text), _SCRIPTS_AT_MOST):
        end = text.find("</script", script.end(), script.end() + _LONGEST)
        try:
            loaded = json.loads(text[script.end() : end].strip(), strict=False) if end >= 0 else None
        except (ValueError, RecursionError):
            continue
        found += [_json_ld_metadata(node) for node in _nodes(loaded)]
    return max(
        found,
        key=lambda one: (bool(one.title), bool(one.date), bool(one.author), bool(one.organization)),
        default=JsonLdMetadata(),
    )


def _nodes(loaded: Any) -> Iterator[dict[str, Any]]:
    """Yield the nodes about an article, anywhere in the graph."""
    waiting = [loaded]
    for _number in range(_NODES_AT_MOST):
        if not waiting:
            return
        one = waiting.pop(0)
        if isinstance(one, list):
            waiting[:0] = one
        elif isinstance(one, dict):
            kind = str(one.get("@type", "")).lower()
            if any(name in kind for name in _ABOUT) or "pubDate" in one:
                yield one
            waiting += [one[key] for key in ("@graph", "mainEntity", "mainEntityOfPage") if key in one]


def _json_ld_metadata(node: dict[str, Any]) -> JsonLdMetadata:
    date = next((value for key in _DATES if (value := _text(node.get(key)))), "")
    said = node.get("author") or node.get("creator")
    authors = list(_names(said))
    publisher = next(_names(node.get("publisher")), "")
    organizations = {publisher.casefold(), *(name.casefold() for name in _names(_organizations(said)))}
    persons = [name for name in authors if name.casefold() not in organizations]
    return JsonLdMetadata(
        _text(node.get("headline")) or ("" if "webpage" in str(node.get("@type")).lower() else _text(node.get("name"))),
        ", ".join(persons),
        ", ".join(name for name in authors if name not in persons),
        publisher,
        date,
        next((value for key in ("url", "mainEntityOfPage", "@id") if "://" in (value := _text(node.get(key)))), ""),
        tuple(dict.fromkeys(_keywords(node.get("keywords"))))[:_TAGS_AT_MOST],
    )


def _keywords(value: Any) -> Iterator[str]:
    """Yield keywords: a list of texts or of terms with names, or a text with commas."""
    for one in split_list(value) if isinstance(value, str) else value if isinstance(value, list) else [value]:
        # Some publishers write pairs such as `tag:football` for their own programs.
        if (name := _text(one)) and len(name) <= _LONGEST_TAG and "://" not in name and ":" not in name:
            yield name


def _organizations(value: Any) -> list[Any]:
    authors = value if isinstance(value, list) else [value]
    return [one for one in authors if isinstance(one, dict) and "organization" in str(one.get("@type", "")).lower()]


def _names(value: Any) -> Iterator[str]:
    for one in value if isinstance(value, list) else [value]:
        name = _text(one.get("name")) if isinstance(one, dict) else _text(one)
        if name and "://" not in name and not name.startswith("@"):
            yield name


def _text(value: Any) -> str:
    if isinstance(value, dict):
        value = value.get("@id") or value.get("name")
    if isinstance(value, list):
        value = value[0] if value else None
    return unescaped(value.strip()) if isinstance(value, str) else ""
