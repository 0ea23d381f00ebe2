"""Front matter in JSON: Hugo's object at the top of a file, Hexo's pairs before `;;;`, and `---json`."""

import json
import re
from typing import Any

from reader.archive.header import Bounds, FrontMatter, InvalidError, Problem, RefusedError, build_front_matter, line_at
from reader.archive.header_salvage import salvage
from reader.archive.vocabulary import is_known_key
from reader.document.sanitizing import clean
from reader.language import lazy
from reader.regex import regex

_LONGEST = 65_536
"""The maximum length of an object in characters."""
_STRING = r'"(?:\\.|[^"\\\n])*"?'
_COMMENT = regex(rf"{_STRING}|//[^\n]*|/\*.*?\*/", re.DOTALL)
_TRAILING_COMMA = regex(rf"{_STRING}|,(?=\s*[}}\]])")
_NO_LINE_BREAK = regex(r"[^\n]")


def load_json(header: str) -> Any:
    """Parse an object, with or without its braces; numbers and booleans become text.

    Raises:
        RefusedError: It is nested too deeply.
        InvalidError: It is not valid.
    """
    if not header.lstrip().startswith("{"):
        header = "{" + header.rstrip().rstrip(",") + "}"
    try:
        try:
            return _as_text(_decoder().decode(header))
        except json.JSONDecodeError:
            return _as_text(_decoder().decode(_without_comments(header)))
    except json.JSONDecodeError as error:
        raise InvalidError(error.msg, error.lineno - 1) from None
    except RecursionError:
        raise RefusedError(lazy("nested too deeply")) from None


def object_at(text: str, start: int) -> FrontMatter | None:
    """Return the header that begins at `start` as a JSON object at the top of a file (Hugo), or None."""
    window = text[start : start + _LONGEST]
    try:
        try:
            loaded, length = _decoder().raw_decode(window)
        except json.JSONDecodeError:
            loaded, length = _decoder().raw_decode(_without_comments(window))
    except (ValueError, RecursionError) as error:
        return _read_invalid(text, window, start, error)
    stop = text.find("\n", start + length)
    stop = len(text) if stop < 0 else stop + 1
    values = {key.lower(): value for key, value in _as_text(loaded).items()}
    if not any(map(is_known_key, values)) or text[start + length : stop].strip():
        return None
    return build_front_matter(text, Bounds(start, start + length, stop, closed=True), values)


def _read_invalid(text: str, window: str, start: int, error: Exception) -> FrontMatter | None:
    """Read an invalid JSON object that looks like a header line by line."""
    first = window[1:200].lstrip()
    end = window.find("\n}")
    if not first.startswith('"') or end < 0:
        return None
    values = salvage("\n".join(line.strip().rstrip(",") for line in clean(window[1:end]).split("\n")))
    if not values:
        return None
    stop = text.find("\n", start + end + 1)
    bounds = Bounds(start, start + end + 2, len(text) if stop < 0 else stop + 1, closed=True)
    where = error.lineno - 1 if isinstance(error, json.JSONDecodeError) else 0
    reason = error.msg if isinstance(error, json.JSONDecodeError) else lazy("nested too deeply")
    message = lazy(
        "The front matter is not valid {kind} ({reason}); it was read line by line", kind="JSON", reason=reason
    )
    return build_front_matter(text, bounds, values, Problem(message, line_at(text, start) + where))


def _without_comments(text: str) -> str:
    """Replace comments and commas before a closing bracket (JSON with comments, JSON5) with as many spaces."""

    def blank(found: re.Match[str]) -> str:
        return found[0] if found[0][0] == '"' else _NO_LINE_BREAK.sub(" ", found[0])

    return _TRAILING_COMMA.sub(blank, _COMMENT.sub(blank, text))


def _decoder() -> json.JSONDecoder:
    return json.JSONDecoder(parse_float=str, parse_int=str, parse_constant=str, strict=False)


def _as_text(value: Any) -> Any:
    """Convert booleans to text and clean all text."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return [_as_text(inner) for inner in value]
    if isinstance(value, dict):
        return {clean(key): _as_text(inner) for key, inner in value.items()}
    return value
