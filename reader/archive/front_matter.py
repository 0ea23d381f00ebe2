"""Front matter: where a file's header begins and ends, and what it says, read so that no header can do harm.

YAML's C loader takes the process down with it where brackets are nested some thousands deep, and anchors and merge keys
make a few hundred bytes mean millions of nodes. So a header is measured before YAML sees it, its values are taken as
they are written (`no`, `012` and `2021-02-30` stay text), and what is refused or invalid is read line by line.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from reader.archive.plain_header import plain_header
from reader.archive.salvage import KEY, is_known, salvage
from reader.document.cleaning import clean
from reader.language import _

LONGEST = 16_384
"""Characters of a header that are read."""
_SOUGHT = 1_048_576
"""Characters behind which the end of a header is no longer looked for."""
_OPENED_AT_MOST = 200
"""Brackets opened in a header: YAML's C loader bears some thousands, one within the other, and a header needs few."""
_RUN_AT_MOST = 16
"""Lists begun on one line, one within the other."""

_BLANK = re.compile(r"[\s\ufeff\u200b]{0,4096}")
_OPENING = re.compile(r"(-{3,}|\+{3,})[ \t]*\n")
_CLOSING = {
    "-": re.compile(r"^(?:-{3,}|\.{3})[ \t]*(?:\n|\Z)", re.MULTILINE),
    "+": re.compile(r"^\+{3,}[ \t]*(?:\n|\Z)", re.MULTILINE),
}
_LINE_BREAKS = re.compile("[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_RUN = re.compile(rf"^[ \t]*(?:[-?:][ \t]+){{{_RUN_AT_MOST}}}", re.MULTILINE)
_MERGE = re.compile(r"""(?:^|[{,])[ \t]*(["']?)<<\1[ \t]*:""", re.MULTILINE)
_TOML_LINE = re.compile(r"at line (\d+)")


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a header, and on which line of the file (counted from 1), or None."""

    message: str
    line: int | None


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """A header and where it lies.

    Attributes:
        values: By keys in lower case: strings as they are written, None, lists and mappings of these.
        header: Its text, without fences.
        line: The line of the file on which that text begins, counted from 1.
        body_start: The offset of the first character behind it.
        body_line: The line of the file on which the body begins, counted from 1.
        problems: What could not be read as it was meant.
    """

    values: Mapping[str, Any]
    header: str
    line: int
    body_start: int
    body_line: int
    problems: tuple[Problem, ...] = ()

    def line_of(self, key: str) -> int | None:
        """The line of the file on which a key stands, or None."""
        for number, line in enumerate(self.header.split("\n")):
            match = KEY.match(line[:200])
            if match is not None and match[2].lower() == key:
                return self.line + number
        return None


@dataclass(frozen=True, slots=True)
class _Bounds:
    """Offsets in a file's text: the header's, and that of the body behind it."""

    start: int
    end: int
    body: int
    closed: bool


class _RefusedError(Exception):
    """A header that must not be parsed; the message says why."""


class _InvalidError(Exception):
    """A header that is not valid; `line` counts from 0 within it, or is None."""

    def __init__(self, message: str, line: int | None) -> None:
        super().__init__(message)
        self.line = line


def read(text: str) -> FrontMatter | None:
    """The front matter at the beginning of `text`, a file's or its beginning's, or None where there is none."""
    blank = _BLANK.match(text)
    start = blank.end() if blank else 0
    opening = _OPENING.match(text, start)
    if opening is None:
        return _unfenced(text, start) if is_known(text[start : start + 80]) else None
    start, mark = opening.end(), opening[1][0]
    closing = _CLOSING[mark].search(text, start, start + LONGEST)
    if not _begins_header(text, start, closing):
        return None
    if closing is None:
        return _unclosed(text, start, mark)
    bounds = _Bounds(start, closing.start(), closing.end(), closed=True)
    header = text[start : closing.start()]
    try:
        return _made(text, bounds, _load(header, mark))
    except _RefusedError as refusal:
        message = _("The front matter is not parsed ({reason}) but read line by line").format(reason=refusal)
        return _made(text, bounds, salvage(_tame(header)), Problem(message, _line(text, start)))
    except _InvalidError as error:
        return _salvaged(text, bounds, mark, error)


def _salvaged(text: str, bounds: _Bounds, mark: str, error: _InvalidError) -> FrontMatter | None:
    """What can be read of an invalid header, or None where it is rather text between two rules."""
    # A rule in the body of a file whose header is not closed would make a header of half the body.
    shorter = _walk(text, bounds.start, mark)
    if shorter.end < bounds.end and "\n\n" in text[shorter.end - 1 : bounds.end].replace(" ", ""):
        return _unclosed(text, bounds.start, mark)
    values = salvage(_tame(text[bounds.start : bounds.end]))
    if not values:
        return None
    kind = "YAML" if mark == "-" else "TOML"
    message = _("The front matter is not valid {kind} ({reason}); it was read line by line").format(
        kind=kind, reason=error
    )
    first = _line(text, bounds.start)
    line = min(first + (error.line or 0), _line(text, bounds.end))
    return _made(text, bounds, values, Problem(message, line))


def _unclosed(text: str, start: int, mark: str) -> FrontMatter | None:
    """A header without its closing fence, or with one that comes too late."""
    bounds = _walk(text, start, mark)
    values = salvage(_tame(text[start : bounds.end][:LONGEST]))
    if bounds.closed:
        message = _("The front matter is longer than 16 KB; only its beginning was read, line by line")
    elif not values:
        return None
    else:
        message = _("The front matter is not closed; it was read line by line, as far as it looks like one")
    return _made(text, bounds, values, Problem(message, _line(text, start) - 1))


def _unfenced(text: str, start: int) -> FrontMatter | None:
    """Lines of `key: value` at a file's beginning, closed by a fence or by a blank line, where they can be no prose."""
    bounds = _walk(text, start, "-")
    header = text[start : bounds.end][:LONGEST]
    values = salvage(_tame(header))
    lines = [line for line in header.split("\n") if line.strip()]
    is_followed = bounds.end >= len(text.rstrip()) or text.startswith("\n", bounds.end)
    is_plain = len(values) > 1 and "title" in values and all(is_known(line) or line[0].isspace() for line in lines)
    return _made(text, bounds, values) if bounds.closed or (is_plain and is_followed) else None


def _begins_header(text: str, start: int, closing: re.Match[str] | None) -> bool:
    """Whether what follows an opening fence begins like a header: a rule may stand at the top of a text, too."""
    blank = _BLANK.match(text, start)
    first = blank.end() if blank else start
    if closing is not None and closing.start() <= first:
        return True
    while text.startswith("#", first) and (stop := text.find("\n", first)) >= 0:
        blank = _BLANK.match(text, stop)
        first = blank.end() if blank else stop
    line = text[first : first + 200].partition("\n")[0]
    return KEY.match(line) is not None or (closing is not None and line.startswith("{"))


def _walk(text: str, start: int, mark: str) -> _Bounds:
    """The lines from `start` on that look like a header's, up to a closing fence if there is one."""
    position = end = start
    after_blank = False
    while position < min(len(text), start + _SOUGHT):
        stop = text.find("\n", position)
        stop = len(text) if stop < 0 else stop
        closing = _CLOSING[mark].match(text, position)
        if closing is not None:
            return _Bounds(start, position, closing.end(), closed=True)
        line = text[position : min(stop, position + 200)]
        if not line.strip():
            after_blank = True
        elif is_known(line) or (not after_blank and (line[0] in " \t-#[" or KEY.match(line))):
            after_blank = False
            end = min(stop + 1, len(text))
        else:
            break
        position = stop + 1
    return _Bounds(start, end, end, closed=False)


def _load(header: str, mark: str) -> dict[str, Any]:
    """The values of a header.

    Raises:
        _RefusedError: It might take long, or more than the stack holds.
        _InvalidError: It is not valid.
    """
    if sum(map(header.count, "[{")) > _OPENED_AT_MOST or _RUN.search(header):
        raise _RefusedError(_("nested too deeply"))
    header = _tame(header)
    try:
        loaded = _load_yaml(header) if mark == "-" else _load_toml(header)
    except RecursionError:
        raise _RefusedError(_("nested too deeply")) from None
    if loaded is None:
        return {}
    if not isinstance(loaded, dict):
        raise _InvalidError(_("no list of “key: value” lines"), None)
    return {key.lower(): value for key, value in loaded.items() if isinstance(key, str)}


def _load_yaml(header: str) -> Any:
    if (values := plain_header(header)) is not None:
        return values
    # Late, because the first paint needs neither.
    from yaml import MarkedYAMLError, YAMLError  # noqa: PLC0415

    from reader.archive import yaml_header  # noqa: PLC0415

    try:
        if _MERGE.search(header) or (("&" in header or "*" in header) and yaml_header.refers(header)):
            raise _RefusedError(_("it has anchors, aliases or merge keys"))
        return yaml_header.load(header)
    except MarkedYAMLError as error:
        line = error.problem_mark.line if error.problem_mark is not None else None
        raise _InvalidError(error.problem or str(error), line) from None
    except YAMLError as error:
        raise _InvalidError(str(error), None) from None


def _load_toml(header: str) -> Any:
    import tomllib  # noqa: PLC0415 - few archives have any

    try:
        loaded = tomllib.loads(header)
    except ValueError as error:
        where = _TOML_LINE.search(str(error))
        raise _InvalidError(str(error), int(where[1]) - 1 if where else None) from None
    # Zola keeps categories and tags in a table of their own.
    tables = loaded.pop("taxonomies", None)
    return _as_text({**loaded, **(tables if isinstance(tables, dict) else {})})


def _as_text(value: Any) -> Any:
    """A TOML value with text in place of numbers, booleans, dates and times."""
    if isinstance(value, dict):
        return {key: _as_text(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_as_text(inner) for inner in value]
    if isinstance(value, bool):
        return str(value).lower()
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def _tame(header: str) -> str:
    """A header without characters that YAML or a terminal may not see, on the same lines."""
    return clean(_LINE_BREAKS.sub(" ", header))


def _made(text: str, bounds: _Bounds, values: Mapping[str, Any], *problems: Problem) -> FrontMatter:
    header = text[bounds.start : bounds.end]
    line = _line(text, bounds.start)
    return FrontMatter(values, header, line, bounds.body, line + text.count("\n", bounds.start, bounds.body), problems)


def _line(text: str, offset: int) -> int:
    return text.count("\n", 0, offset) + 1
