"""Interpretation of header values: synonyms of keys, and lists written as text, lists or nested lists."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from reader.archive.character_references import unescaped
from reader.archive.list_values import split_list
from reader.archive.vocabulary import canonical
from reader.document.sanitizing import clean_line
from reader.regex import regex

TITLES = ("title", "headline", "fulltitle")
_AUTHORS = ("author", "authors", "creator", "by", "byline")
UPDATED = "updated"
DATES = ("date", "publishdate", "published", "datetime", "posted", "time", "created", "saved", UPDATED)
"""Keys of dates; keys of the publication date come first."""
_OF_A_WORK = ("publishdate", "published")
"""Keys of dates that, in a note about a film or a book, are those of the film or book."""
_WORKS = frozenset({"imdb", "imdbid", "doubanid", "isbn", "isbn10", "isbn13", "director", "actor", "actors"})
_LOOSE = frozenset({"published", "posted", "time", "created", "saved", UPDATED})
"""Keys whose value need not be a date: `published: false`, `time: 118 min`."""
_CATEGORIES = ("categories", "category", "section")
_TAGS = ("tags", "tag", "keywords")
_URLS = ("url", "source", "originalurl", "canonical", "permalink")
_LINK_NAMES = ("permalink", "url", "slug", "aliases", "alias", "redirectfrom", "abbrlink", "id", "roamaliases")
"""Keys of the names by which links refer to an article; some of the values may also be URLs."""
_YES, _NO = frozenset({"true", "yes", "on", "1"}), frozenset({"false", "no", "off", "0"})
_UNPUBLISHED = frozenset({"draft", "auto-draft", "pending"})
"""The values of `status` in WordPress, Ghost and Movable Type for posts that are not published."""
_NAMES = ("name", "title", "login", "text")
"""Keys under which a mapping holds a name, as in `author: {name: …}`."""

_LEVELS_AT_MOST = 16
_NAMES_AT_MOST = 200
_LONGEST_NAME = 200

_PATH_MARK = regex(r"[/／>＞›»]")
_LINKED = regex(r"\[([^\[\]]+)\]\(\s*\w+://[^()\s]*\s*\)")
_WIKI = regex(r"\[\[([^\[\]|]*)(?:\|([^\[\]]*))?\]\]")
_MAIL = regex(r"(?<=\S) *<[^<>\s@]{1,80}@[^<>\s@]{1,80}>")
"""An e-mail address after a name, as in the header fields of an e-mail."""
_WIKI_END = regex(r"\]\](?=\s*\[\[)")
"""The end of a link that another one follows without a comma."""
_HASHED = regex(r"(?<![\s,，、])[\s,，、]++(?=#[^\s#])")
_WORD = regex(r"[\w.+#-]+", re.ASCII)
_OF_PUBLISHING = frozenset({"today", "now", "last-modified", "\\today"})
"""Words that Quarto and Pandoc replace with the day of publishing."""
_YEAR = regex(r"(?:19|20)\d\d")
_ADDRESS = regex(r"(?:https?:|ftp:)?//[^\s/]\S*", re.IGNORECASE)
_SOURCE_AND_FEED = regex(r"(?<=\S) [-–—] (?=\S)")


def canonical_values(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return a header's values by canonical key; for synonyms, the first non-empty value."""
    found: dict[str, Any] = {}
    for key, value in values.items():
        name = canonical(key)
        if not found.get(name):
            found[name] = value
    return found


def dates(values: Mapping[str, Any]) -> Iterator[tuple[str, str, bool]]:
    """Yield the keys that may hold a date, their values, and whether the value must be a date."""
    keys: tuple[str, ...] = DATES
    if not _WORKS.isdisjoint(values):
        keys = (*(key for key in DATES if key not in _OF_A_WORK), *_OF_A_WORK)
    for key in keys:
        written = clean_line(as_text(values.get(key))).strip("[]")  # The date may be a link to the note of a day.
        # Ignore a year alone, the words for the day of publishing, and placeholders of templates.
        if (
            written
            and _YEAR.fullmatch(written) is None
            and written.lower() not in _OF_PUBLISHING
            and "{{" not in written
            and "<%" not in written
            and not written.startswith("`r ")
        ):
            yield key, written, key not in _LOOSE or _YEAR.search(written) is not None


def name_of(value: Any) -> str:
    """Return a value as a name: cleaned, on one line, without a link target; empty if it is not a name."""
    text = as_text(value)
    if "{{" in text or "<%" in text:
        return ""  # A placeholder of a template.
    if "](" in text:
        text = _LINKED.sub(r"\1", text)
    if "[[" in text:
        text = _WIKI.sub(lambda link: link[2] or link[1], text)
    return clean_line(unescaped(text))[:_LONGEST_NAME].rstrip()


def as_text(value: Any) -> str:
    """Return a value as text: the first text of a list, the name of a mapping."""
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return next((text for inner in value if isinstance(inner, str | dict | list) and (text := as_text(inner))), "")
    if isinstance(value, dict):
        named = next((value[key] for key in _NAMES if isinstance(value.get(key), str)), None)
        if named is not None:
            return str(named)
        # YAML parses `- Re: Zero` as a mapping, but the author meant a name.
        key, inner = next(iter(value.items()), ("", ""))
        return f"{key}: {inner}" if isinstance(key, str) and isinstance(inner, str) and key else ""
    return ""


def first(values: Mapping[str, Any], keys: Iterable[str]) -> Any:
    """Return the first non-empty value of `keys`, or None."""
    return next((value for key in keys if (value := values.get(key))), None)


def author(values: Mapping[str, Any]) -> str:
    """Return the author without e-mail addresses after names; several authors are joined by commas."""
    value = first(values, _AUTHORS)
    if isinstance(value, str):
        value = _WIKI_END.sub("]],", value)
    people = [_MAIL.sub("", name_of(part)) for part in (value if isinstance(value, list) else [value])]
    names = list(filter(None, people))
    return clean_line(", ".join(names[:_NAMES_AT_MOST]))[:_LONGEST_NAME].rstrip()


def categories(values: Mapping[str, Any], *, words: bool = False) -> tuple[str, ...]:
    """Return the category path, outermost first; empty if there is none.

    With `words`, the file is a Jekyll post, where a plain text is a list of words separated by spaces.
    """
    value = first(values, _CATEGORIES)
    if listed := _words(values.get("categories"), sure=words):
        value = listed
    path = list(value) if isinstance(value, list) else [value]
    # Hexo writes several paths; use the first.
    if path and isinstance(path[0], list):
        path = list(path[0])
    parts = [as_text(part) for part in path]
    if len(parts) == 1:
        parts = _split_path(_LINKED.sub(r"\1", parts[0]), commas=not isinstance(value, list))
    if parts:
        parts = [*parts[:-1], *_SOURCE_AND_FEED.split(parts[-1], maxsplit=1)]
    return tuple(name for part in parts if (name := _without_hashes(name_of(part))))[:_LEVELS_AT_MOST]


def tags(values: Mapping[str, Any], *, words: bool = False) -> tuple[str, ...]:
    """Return the tags without duplicates; `words` as for `categories`."""
    value = first(values, _TAGS)
    if isinstance(value, list):
        parts: Iterable[Any] = _flat(value)
    elif found := _words(value, sure=words):
        parts = found
    elif "slide" in values:
        # Qiita writes names with versions, separated by spaces: `Go:1.3 Windows:7`.
        parts = as_text(value).split()
    else:
        text = as_text(value)
        parts = (
            [name for run in _HASHED.split(text) for name in split_list(run)]
            if _HASHED.match(f" {text}")
            else _WIKI_END.sub("]],", ",".join(split_list(text))).split(",")
        )
    names = (_without_hashes(name_of(part)) for part in parts)
    return tuple(dict.fromkeys(name for name in names if name))[:_NAMES_AT_MOST]


def is_draft(values: Mapping[str, Any]) -> bool:
    """Whether a header declares a text that is not published: `draft: true`, `published: false`, `status: draft`."""
    draft, published, status = (str(values.get(key, "")).strip().lower() for key in ("draft", "published", "status"))
    return draft in _YES or published in _NO or status in _UNPUBLISHED


def _without_hashes(name: str) -> str:
    return name.lstrip("#").lstrip()


def _words(value: Any, *, sure: bool) -> list[str]:
    """Split a list of ASCII words separated by spaces, as in Jekyll; return an empty list for any other value.

    Unless the file is known to be a Jekyll post (`sure`), a value with capitals is not a list.
    """
    if not isinstance(value, str) or not value.isascii() or (not sure and value != value.lower()):
        return []
    words = value.split()
    return words if len(words) > 1 and all(map(_WORD.fullmatch, words)) else []


def addresses(values: Mapping[str, Any], others: Iterable[str] = ()) -> Iterator[str]:
    """Yield all URLs of a header and of `others` without duplicates, the original URL first."""
    named = (url({key: values.get(key)}) for key in _URLS)
    yield from dict.fromkeys(found for found in (*named, *map(address, others)) if found)


def names(values: Mapping[str, Any]) -> Iterator[str]:
    """Yield the names of an article in links, without duplicates: permalinks (with a slash), slugs, aliases, ids."""
    found = dict.fromkeys(clean_line(name) for key in _LINK_NAMES for name in _texts(values.get(key)))
    for name in list(found)[:_NAMES_AT_MOST]:
        # `/:year/:title/` is a pattern, and `Custom` is a value of a theme.
        if name and len(name) <= _LONGEST_NAME and ":" not in name and "{{" not in name:
            yield name


def _texts(value: Any, *, commas: bool = True) -> Iterator[str]:
    """Yield the texts of a value: the items of a list, whose commas are kept, or the parts of a text between commas."""
    if isinstance(value, str):
        yield from (name for name, _alias in _WIKI.findall(value))
        rest = _WIKI.sub(",", value)
        yield from rest.split(",") if commas or rest != value else (value,)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner, commas=False)


def url(values: Mapping[str, Any]) -> str:
    """Return the original URL, or empty."""
    for key in _URLS:
        value = values.get(key)
        if not value:
            continue
        if isinstance(value, dict):
            value = value.get("url") or value.get("href")
        if found := address(as_text(value)):
            return found
    return ""


def address(text: str) -> str:
    """Return `text` if it is a URL, else empty: a `source` may be the name of a newspaper."""
    text = clean_line(text)
    if not _ADDRESS.fullmatch(text):
        return ""
    return f"https:{text}" if text.startswith("//") else text


def _split_path(text: str, *, commas: bool) -> list[str]:
    if "://" in text:
        return [text]
    parts = [part.strip() for part in _PATH_MARK.split(text)]
    return split_list(text) if len(parts) == 1 and commas else parts


def _flat(value: Sequence[Any]) -> Iterator[Any]:
    """Yield the items of a list and of its nested lists."""
    for inner in value:
        if isinstance(inner, list):
            yield from inner
        else:
            yield inner
