"""Line-by-line reading of an invalid YAML or TOML header, so that the article keeps its title and date."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from reader.archive.unquoted_links import with_quoted_links
from reader.archive.vocabulary import is_known_key
from reader.regex import regex

KEY = regex(r"""(["']?)([^\W\d][\w.-]*(?: [\w.-]+){0,2})\1[ \t]*(?:[:=](?!//)|：)[ \t]*""")
"""A key at the beginning of a line, and the separator after it."""
_ITEM = regex(r"\s*[-*](?:[ \t]+(.*))?")
_ESCAPE = regex(r'\\(["\\/])')
_LIST = regex(r"\[(.*)\]\s*(?:#.*)?", re.DOTALL)
_LINK = regex(r"\[\[[^\[\],]+\]\]")
_BETWEEN = regex(r"[^\[\]]*\][^\]]*\[", re.DOTALL)
"""The text between the first and the last bracket of a value if they are not a pair."""


def is_known(line: str) -> bool:
    """Whether a line begins with a known header key."""
    match = KEY.match(line[:200])
    return match is not None and is_known_key(match[2])


def salvage(header: str) -> dict[str, Any]:
    """Return the values of a header's known keys by lower-case key: strings, and lists or mappings of strings."""
    found: dict[str, Any] = {}
    for key, first, rest in _entries(with_quoted_links(header)):
        value = _value(first, rest)
        # Of duplicate keys, prefer a non-empty value.
        if value or key not in found:
            found[key] = value
    return found


def _entries(header: str) -> Iterator[tuple[str, str, list[str]]]:
    """Yield each known key, the text after it, and the lines below it up to the next key."""
    key, first, rest = "", "", list[str]()
    mark = ""  # the quotation mark that is still open
    for line in header.split("\n"):
        match = KEY.match(line[:200])
        # A quoted line may look like a key, but an unclosed quotation must not swallow the following keys.
        if match is not None and (not mark or is_known_key(match[2])):
            if key and is_known_key(key):
                yield key, first, rest
            key, first, rest = match[2].lower(), line[match.end() :].strip(), []
            mark = first[:1] if first[:1] in {"'", '"'} and not first[1:].endswith(first[:1]) else ""
            continue
        rest.append(line)
        if mark and line.rstrip().endswith(mark):
            mark = ""
    if key and is_known_key(key):
        yield key, first, rest


def _value(first: str, rest: Sequence[str]) -> Any:
    if not first or first.startswith("#"):
        return _block(rest)
    if first[0] in ">|" and len(first) <= 3:
        return " ".join(part for line in rest if (part := line.strip()))
    if _LINK.fullmatch(first):
        return first
    whole = "\n".join((first, *rest)).rstrip()
    listed = _LIST.fullmatch(whole)
    # A title may begin and end with brackets that are not a pair: `[PR] New [beta]`.
    if listed is not None and not _BETWEEN.match(listed[1]):
        return [text for part in _parts(listed[1]) if (text := unquoted(part))]
    # Ignore lines below a value that are neither indented nor quoted.
    if first[0] not in "'\"":
        whole = "\n".join((first, *(line for line in rest if line[:1].isspace())))
    return unquoted(whole)


def _block(lines: Sequence[str]) -> Any:
    """Return the list, mapping or text below a key without a value on its own line."""
    items: list[str] = []
    pairs: dict[str, str] = {}
    loose: list[str] = []
    for line in lines:
        item = _ITEM.fullmatch(line)
        if item is not None:
            items.append(unquoted(item[1] or ""))
        elif line[:1].isspace() and (pair := KEY.match(line.strip()[:200])):
            pairs[pair[2].lower()] = unquoted(line.strip()[pair.end() :])
        elif line[:1].isspace() and line.strip():
            loose.append(line.strip())
    if items:
        return [item for item in items if item]
    return pairs or unquoted(" ".join(loose))


def _parts(listed: str) -> Iterator[str]:
    """Split `a, "b, c", d` at the commas outside quotation marks."""
    start, mark, is_blank = 0, "", True
    for index, character in enumerate(listed):
        if mark == character or (not mark and is_blank and character in "'\""):
            mark = "" if mark else character
        if character == "," and not mark:
            yield listed[start:index]
            start, is_blank = index + 1, True
        elif not character.isspace():
            is_blank = False
    yield listed[start:]


def unquoted(text: str) -> str:
    """Remove the quotation marks around `text`, however many there are."""
    text = text.strip()
    if len(text) > 3 and text.startswith('""') and text.endswith('""'):
        text = text.strip('"').strip()
    elif len(text) > 1 and text[0] == text[-1] == '"':
        return _ESCAPE.sub(r"\1", text[1:-1])
    elif text[:1] in {"'", '"'} and text.count(text[0]) == 1:
        return text[1:]
    if len(text) > 1 and text[0] == text[-1] == "'":
        return text[1:-1].replace("''", "'")
    return text
