"""What a header's values mean: keys have many names, and lists come as text, as lists, and as lists of lists."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from reader.archive.html_head import unescaped
from reader.archive.vocabulary import canonical
from reader.document.cleaning import clean_line

TITLES = ("title", "headline", "fulltitle")
_AUTHORS = ("author", "authors", "creator", "by", "byline")
DATES = ("date", "publishdate", "published", "datetime", "posted", "time", "created", "saved", "updated")
"""Keys for a date, those for the day it was published first."""
_LOOSE = frozenset({"published", "posted", "time", "created", "saved", "updated"})
"""Keys that say other things as well: `published: false`, `time: 118 min`."""
_CATEGORIES = ("categories", "category", "section")
_TAGS = ("tags", "tag", "keywords")
_URLS = ("url", "source", "originalurl", "canonical", "permalink")
_NAMES = ("name", "title", "login", "text")
"""Keys that tell what a mapping is called, as in `author: {name: …}`."""

_LEVELS_AT_MOST = 16
_NAMES_AT_MOST = 200
_LONGEST_NAME = 200

_PATH_MARK = re.compile(r"\s*[/／>＞›»]\s*")
_COMMA = re.compile(r"\s*[,，、;；]\s*")
_LINKED = re.compile(r"\[([^\[\]]+)\]\(\s*\w+://[^()\s]*\s*\)")
_WIKI = re.compile(r"\[\[([^\[\]|]*)(?:\|([^\[\]]*))?\]\]")
_WIKI_END = re.compile(r"\]\](?=\s*\[\[)")
_HASHED = re.compile(r"[\s,，、]+(?=#[^\s#])")
_WORD = re.compile(r"[\w.+#-]+", re.ASCII)
_YEAR = re.compile(r"(?:19|20)\d\d")
_ADDRESS = re.compile(r"(?:https?:|ftp:)?//[^\s/]\S*", re.IGNORECASE)
_SOURCE_AND_FEED = re.compile(r"(?<=\S) [-–—] (?=\S)")


def meanings(values: Mapping[str, Any]) -> dict[str, Any]:
    """A header's values by what their keys come down to; of several, the first that says something."""
    found: dict[str, Any] = {}
    for key, value in values.items():
        name = canonical(key)
        if not found.get(name):
            found[name] = value
    return found


def dates(values: Mapping[str, Any]) -> Iterator[tuple[str, str, bool]]:
    """The keys that may hold a date, what each says, and whether that must be one."""
    for key in DATES:
        written = clean_line(as_text(values.get(key))).removeprefix("[[").removesuffix("]]")
        # The marks of a template that nobody has filled in.
        if written and "{{" not in written and "<%" not in written:
            yield key, written, key not in _LOOSE or _YEAR.search(written) is not None


def name_of(value: Any) -> str:
    """A value as a name: clean, on one line, without an address behind it; empty where it is none."""
    text = as_text(value)
    if "](" in text:
        text = _LINKED.sub(r"\1", text)
    if "[[" in text:
        text = _WIKI.sub(lambda link: link[2] or link[1], text)
    return clean_line(unescaped(text))[:_LONGEST_NAME].rstrip()


def as_text(value: Any) -> str:
    """A value as text, as it is written: of a list its first text, of a mapping its name."""
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return next((text for inner in value if isinstance(inner, str | dict) and (text := as_text(inner))), "")
    if isinstance(value, dict):
        named = next((value[key] for key in _NAMES if isinstance(value.get(key), str)), None)
        if named is not None:
            return str(named)
        # `- Re: Zero` is a mapping to YAML, and a name to whoever wrote it.
        key, inner = next(iter(value.items()), ("", ""))
        return f"{key}: {inner}" if isinstance(key, str) and isinstance(inner, str) and key else ""
    return ""


def first(values: Mapping[str, Any], keys: Iterable[str]) -> Any:
    """The value of the first of `keys` that has one, or None."""
    return next((value for key in keys if (value := values.get(key))), None)


def author(values: Mapping[str, Any]) -> str:
    """Who wrote it; several, with commas between them."""
    value = first(values, _AUTHORS)
    names = [name for part in value if (name := name_of(part))] if isinstance(value, list) else [name_of(value)]
    return clean_line(", ".join(names[:_NAMES_AT_MOST]))[:_LONGEST_NAME].rstrip()


def categories(values: Mapping[str, Any], *, words: bool = False) -> tuple[str, ...]:
    """The path of categories from the outermost inwards; empty where there is none.

    `words` says that the file is Jekyll's, which takes a text for words with blanks between them.
    """
    value = first(values, _CATEGORIES)
    if listed := _words(values.get("categories"), sure=words):
        value = listed
    path = list(value) if isinstance(value, list) else [value]
    # Several paths, as Hexo writes them: the first is where the article stands.
    if path and isinstance(path[0], list):
        path = list(path[0])
    parts = [as_text(part) for part in path]
    if len(parts) == 1:
        parts = _split_path(_LINKED.sub(r"\1", parts[0]), commas=not isinstance(value, list))
    if parts:
        parts = [*parts[:-1], *_SOURCE_AND_FEED.split(parts[-1], maxsplit=1)]
    return tuple(name for part in parts if (name := name_of(part).lstrip("#")))[:_LEVELS_AT_MOST]


def tags(values: Mapping[str, Any], *, words: bool = False) -> tuple[str, ...]:
    """The tags, each once; `words` as for categories."""
    value = first(values, _TAGS)
    if isinstance(value, list):
        parts: Iterable[Any] = _flat(value)
    elif found := _words(value, sure=words):
        parts = found
    else:
        text = as_text(value)
        parts = (
            _HASHED.split(text) if _HASHED.match(f" {text}") else _WIKI_END.sub("]],", _COMMA.sub(",", text)).split(",")
        )
    names = (name_of(part).lstrip("#") for part in parts)
    return tuple(dict.fromkeys(name for name in names if name))[:_NAMES_AT_MOST]


def _words(value: Any, *, sure: bool) -> list[str]:
    """The words of a list in Jekyll's manner, ASCII with blanks between them; else none.

    Where it is not sure that the file is Jekyll's, words in small letters alone are taken for a list.
    """
    if not isinstance(value, str) or not value.isascii() or (not sure and value != value.lower()):
        return []
    words = value.split()
    return words if len(words) > 1 and all(map(_WORD.fullmatch, words)) else []


def addresses(values: Mapping[str, Any], others: Iterable[str] = ()) -> Iterator[str]:
    """All addresses on the web that a header and `others` name, where it came from first; each once."""
    named = (url({key: values.get(key)}) for key in _URLS)
    yield from dict.fromkeys(found for found in (*named, *map(address, others)) if found)


def url(values: Mapping[str, Any]) -> str:
    """The address it came from, or empty."""
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
    """`text` if it is an address on the web, else empty: a `source` may be a newspaper's name."""
    text = clean_line(text)
    if not _ADDRESS.fullmatch(text):
        return ""
    return f"https:{text}" if text.startswith("//") else text


def _split_path(text: str, *, commas: bool) -> list[str]:
    if "://" in text:
        return [text]
    parts = _PATH_MARK.split(text.strip())
    return _COMMA.split(text.strip()) if len(parts) == 1 and commas else parts


def _flat(value: Sequence[Any]) -> Iterator[Any]:
    """The members of a list and of the lists in it."""
    for inner in value:
        if isinstance(inner, list):
            yield from inner
        else:
            yield inner
