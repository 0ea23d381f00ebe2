"""Front matter: finding and parsing a file's header, whatever program wrote it.

Supported are headers fenced by `---`, `+++` or `;;;`, JSON objects, `key: value` lines without fences, Logseq's
`key:: value`, and the trailing metadata of Joplin. Invalid headers are read line by line.
"""

import re

from reader.archive.header import Bounds, FrontMatter, InvalidError, Problem, RefusedError, build_front_matter, line_at
from reader.archive.header_salvage import KEY, is_known, salvage
from reader.archive.loading import KINDS, load, sanitize
from reader.archive.note_app_headers import joplin_note, logseq_properties, tiddler
from reader.archive.vocabulary import canonical
from reader.language import lazy
from reader.regex import regex

LONGEST = 16_384
"""The maximum length of a header in characters."""
_LONGEST_LONE_TITLE = 80
"""The maximum length in characters of a `Title: …` line that is the whole header."""
_SOUGHT = 1_048_576
"""Characters searched for the end of a header."""
_LONG_LINE = 1_000
"""The length in characters from which a line, such as an embedded image, is dropped from a header that is too long."""

_SENTENCE_ENDS = tuple("。，；：、,;:.")
_BLANK = regex(r"[\s\ufeff\u200b]{0,4096}")
_OPENING = regex(r"(-{3,}|\+{3,}|;{3,})[ \t]*(yaml|yml|toml|json)?[ \t]*\n", re.IGNORECASE)
_MANGLED = regex(r"(?:\\-{3}|- --|-- -|- - -|[–—]-?|[–—]{2,}|\*{3}|\* \* \*|_{3,})[ \t]*\n")
"""Dashes that some editors write instead of `---`."""
_CLOSING = {
    "-": regex(r"^(?:-{3,}|\.{3})[ \t]*(?:\n|\Z)", re.MULTILINE),
    "+": regex(r"^\+{3,}[ \t]*(?:\n|\Z)", re.MULTILINE),
    ";": regex(r"^;{3,}[ \t]*(?:\n|\Z)", re.MULTILINE),
    "*": regex(rf"^(?:{_MANGLED.pattern[:-2]}(?:\n|\Z)|-{{3,}}[ \t]*(?:\n|\Z))", re.MULTILINE),
}
_KIND = {"-": "yaml", "+": "toml", ";": "json"}
_VALUE = regex(rf"^([^\n:=]{{1,80}}[:=][ \t]*)[^\n]{{{_LONG_LINE},}}$", re.MULTILINE)


def read(text: str) -> FrontMatter | None:
    """Return the front matter of a file's text (or of its beginning), or None if there is none."""
    blank = _BLANK.match(text)
    start = blank.end() if blank else 0
    opening = _OPENING.match(text, start)
    if opening is not None:
        mark = opening[1][0]
        kind = (opening[2] or _KIND[mark]).lower().replace("yml", "yaml")
        return _read_fenced(text, opening.end(), mark, kind)
    if text.startswith("{", start):
        from reader.archive.json_header import object_at  # noqa: PLC0415 - few archives have any

        return object_at(text, start)
    mangled = _MANGLED.match(text, start)
    if mangled is not None:
        return _read_fenced(text, mangled.end(), "*", "yaml") if is_known(text[mangled.end() :][:80]) else None
    line = text[start : start + 80]
    found = logseq_properties(text, start) if "::" in line else None
    if found is None and ": " in line:
        found = tiddler(text, start)
    if found is None and is_known(line):
        found = _read_unfenced(text, start)
    return found if found is not None else joplin_note(text, start)


def _read_fenced(text: str, start: int, mark: str, kind: str) -> FrontMatter | None:
    """Read a fenced header whose opening fence ends at `start`."""
    closing = _CLOSING[mark].search(text, start, start + LONGEST)
    if not _begins_header(text, start, closing):
        return None
    if closing is not None:
        bounds = Bounds(start, closing.start(), closing.end(), closed=True)
        header = text[start : closing.start()]
    else:
        bounds = _header_bounds(text, start, mark)
        header = _VALUE.sub(r'\1""', text[start : bounds.end]) if bounds.closed else ""
        if not header or len(header) > LONGEST:
            return _read_unclosed(text, start, mark)
    if header[:1] in {" ", "\t"}:
        # All lines may be indented, even by tabs, which YAML forbids.
        header = _dedented(header)
    try:
        return build_front_matter(text, bounds, load(header, kind))
    except RefusedError as refusal:
        message = lazy(
            "The front matter was read line by line instead of being parsed ({reason})", reason=refusal.args[0]
        )
        return build_front_matter(text, bounds, salvage(sanitize(header)), Problem(message, line_at(text, start)))
    except InvalidError as error:
        return _read_invalid(text, bounds, mark, kind, error)


def _dedented(header: str) -> str:
    from textwrap import dedent  # noqa: PLC0415 - slow to import, and few headers are indented

    return dedent(header)


def _read_invalid(text: str, bounds: Bounds, mark: str, kind: str, error: InvalidError) -> FrontMatter | None:
    """Read an invalid header line by line; return None if it is not a header but text between thematic breaks."""
    # If the closing fence is missing, a thematic break in the body may have been mistaken for it.
    shorter = _header_bounds(text, bounds.start, mark)
    if shorter.end < bounds.end and "\n\n" in text[shorter.end - 1 : bounds.end].replace(" ", ""):
        return _read_unclosed(text, bounds.start, mark)
    values = salvage(sanitize(_dedented(text[bounds.start : bounds.end])))
    if not values:
        return None
    message = lazy(
        "The front matter is not valid {kind} ({reason}); it was read line by line",
        kind=KINDS[kind],
        reason=error.reason,
    )
    first = line_at(text, bounds.start)
    line = min(first + (error.line or 0), line_at(text, bounds.end))
    return build_front_matter(text, bounds, values, Problem(message, line))


def _read_unclosed(text: str, start: int, mark: str) -> FrontMatter | None:
    """Read a header whose closing fence is missing or comes too late."""
    bounds = _header_bounds(text, start, mark)
    values = salvage(sanitize(text[start : bounds.end][:LONGEST]))
    if bounds.closed:
        message = lazy("The front matter is longer than 16 KB; only its first 16 KB were read, line by line")
    elif not values:
        return None
    else:
        message = lazy(
            "The front matter has no closing line; it was read line by line up to the first line that is not a field"
        )
    return build_front_matter(text, bounds, values, Problem(message, line_at(text, start) - 1))


def _read_unfenced(text: str, start: int) -> FrontMatter | None:
    """Read `key: value` lines at the top of a file up to a fence or an empty line; return None if they may be prose."""
    bounds = _header_bounds(text, start, ";" if text.startswith('"', start) else "-")
    header = text[start : bounds.end]
    if text.startswith('"', start) and bounds.closed:
        # Hexo allows JSON without an opening fence.
        try:
            return build_front_matter(text, bounds, load(header, "json"))
        except (InvalidError, RefusedError):
            return None
    values = salvage(sanitize(header[:LONGEST]))
    lines = [line for line in header.split("\n") if line.strip()]
    known = sum(map(is_known, lines))
    is_followed = bounds.end >= len(text.rstrip()) or text.startswith("\n", bounds.end)
    is_plain = (
        "title" in map(canonical, values)
        and known > 1
        and known * 2 > len(lines)
        and all(KEY.match(line[:200]) or line[0].isspace() for line in lines)
    )
    is_plain = is_plain or (len(lines) == 1 and _is_lone_title(lines[0]))
    return build_front_matter(text, bounds, values) if bounds.closed or (is_plain and is_followed) else None


def _is_lone_title(line: str) -> bool:
    """Whether a line above an empty one is a whole header, such as `Title: The Lamp`, and not a sentence."""
    found = KEY.match(line) if len(line) <= _LONGEST_LONE_TITLE else None
    if found is None or canonical(found[2]) != "title":
        return False
    value = line[found.end() :].strip()
    return bool(value) and not value.endswith(_SENTENCE_ENDS)


def _begins_header(text: str, start: int, closing: re.Match[str] | None) -> bool:
    """Whether the text after an opening fence looks like a header: the fence may be a thematic break."""
    blank = _BLANK.match(text, start)
    first = blank.end() if blank else start
    if closing is not None and closing.start() <= first:
        return True
    while text.startswith("#", first) and (stop := text.find("\n", first)) >= 0:
        blank = _BLANK.match(text, stop)
        first = blank.end() if blank else stop
    line = text[first : first + 200].partition("\n")[0]
    if closing is not None:
        line = line.lstrip(" \t")
    return KEY.match(line) is not None or (closing is not None and line.startswith("{"))


def _header_bounds(text: str, start: int, mark: str) -> Bounds:
    """Return the bounds of the lines from `start` on that look like a header, up to a closing fence if any."""
    position = end = start
    after_blank = False
    while position < min(len(text), start + _SOUGHT):
        stop = text.find("\n", position)
        stop = len(text) if stop < 0 else stop
        closing = _CLOSING[mark].match(text, position)
        if closing is not None:
            return Bounds(start, position, closing.end(), closed=True)
        line = text[position : min(stop, position + 200)]
        if not line.strip():
            after_blank = True
        elif is_known(line) or (not after_blank and (line[0] in " \t-#[" or KEY.match(line))):
            after_blank = False
            end = min(stop + 1, len(text))
        else:
            break
        position = stop + 1
    return Bounds(start, end, end, closed=False)
