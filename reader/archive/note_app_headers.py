"""The headers of note-taking programs: Logseq's page properties, TiddlyWiki's fields, Joplin's metadata at the end."""

import re
from typing import Any

from reader.archive.header import Bounds, FrontMatter, build_front_matter, line_at
from reader.document.sanitizing import clean
from reader.lean_dataclasses import replace
from reader.regex import regex

_PROPERTY = regex(r"[ \t]*(?:- )?([^\W\d][\w./-]*(?: [\w./-]+){0,3})::(?:[ \t]+([^\n]*))?[ \t]*(?:\n|\Z)")
_PROPERTIES_AT_MOST = 100
_TAIL = 16_384
"""Characters at the end of a file that are searched for Joplin's metadata."""
_JOPLIN = regex(r"(?:\A|\n\n|(?<=\n))(id: [0-9a-f]{32}\n(?:[a-z_]+:[^\n]*\n)*type_: (\d{1,2}))\s*\Z")
_NOTE = "1"
_FIELD = regex(r"([^\s:][^\n:]{0,80}):(?:[ \t]+([^\n]*))?[ \t]*(?:\n|\Z)")
_FIELDS_AT_MOST = 200
_TIDDLER = regex(r"^(?:(?:created|modified): \d{14,17}|type: text/vnd\.tiddlywiki)[ \t]*$", re.MULTILINE)
_TIME = regex(r"(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)\d{0,3}")
_TAG = regex(r"\[\[([^\[\]]+)\]\]|(\S+)")


def logseq_properties(text: str, start: int) -> FrontMatter | None:
    """Return the page properties, lines of `key:: value` from `start` on; None if the first line is not one."""
    values: dict[str, str] = {}
    position = start
    while len(values) < _PROPERTIES_AT_MOST and (match := _PROPERTY.match(text, position)):
        values.setdefault(match[1].lower(), clean(match[2] or "").strip())
        position = match.end()
    return build_front_matter(text, Bounds(start, position, position, closed=True), values) if values else None


def joplin_note(text: str, start: int) -> FrontMatter | None:
    """Return the metadata at the end of a Joplin RAW export; the first line of the file is the title."""
    tail_start = max(start, len(text) - _TAIL)
    if "type_: " not in text[-40:]:
        return None
    tail = _JOPLIN.search(text[tail_start:])
    if tail is None:
        return None
    values = dict(line.partition(": ")[::2] for line in clean(tail[1]).split("\n"))
    stop = text.find("\n", start)
    body_end = tail_start + tail.start()
    body_start = min(stop + 1, body_end) if stop >= 0 else body_end
    title = "" if body_start == 0 else clean(text[start:body_start]).strip()
    lines_start = tail_start + tail.start(1)
    return FrontMatter(
        {"title": title, **values},
        tail[1],
        line_at(text, lines_start),
        body_start,
        line_at(text, body_start),
        body_end=max(body_end, body_start),
        is_article=tail[2] == _NOTE,
    )


def tiddler(text: str, start: int) -> FrontMatter | None:
    """Return the fields of a note of TiddlyWiki, which are above the first empty line; None for any other text."""
    values: dict[str, Any] = {}
    position = start
    while len(values) < _FIELDS_AT_MOST and (match := _FIELD.match(text, position)):
        values.setdefault(match[1].strip().lower(), clean(match[2] or "").strip())
        position = match.end()
    if "title" not in values or not (text.startswith("\n", position) or position >= len(text)):
        return None
    if _TIDDLER.search(text, start, position) is None:
        return None
    is_article = "draft.of" not in values and not values["title"].startswith("$:/")
    is_article = is_article and values.get("type", "text/").startswith("text/")
    for key in ("created", "modified"):
        if moment := _TIME.fullmatch(values.get(key, "")):
            values[key] = "{}-{}-{}T{}:{}:{}Z".format(*moment.groups())
    values["tags"] = [found[1] or found[2] for found in _TAG.finditer(values.get("tags", ""))]
    bounds = Bounds(start, position, position, closed=True)
    return replace(build_front_matter(text, bounds, values), is_article=is_article)
