"""Safe parsing of headers in YAML, TOML or JSON.

YAML's C loader crashes the process if brackets are nested some thousands deep, and aliases expand a few hundred bytes
to millions of nodes. A header is therefore checked before it is parsed. Scalars are not converted:
`no`, `012` and `2021-02-30` stay text.
"""

import re
from typing import Any

from reader.archive.header import InvalidError, RefusedError
from reader.archive.plain_header import plain_header
from reader.archive.unquoted_links import with_quoted_links
from reader.archive.vocabulary import is_known_key
from reader.document.sanitizing import clean
from reader.language import lazy
from reader.regex import regex

KINDS = {"yaml": "YAML", "toml": "TOML", "json": "JSON"}
"""The formats of headers, with their names for messages."""

_OPENED_AT_MOST = 200
"""The maximum number of opening brackets: YAML's C loader survives some thousand levels, and a header needs few."""
_RUN_AT_MOST = 16
"""The number of nested lists beginning on one line at which a header is refused."""

_LINE_BREAKS = str.maketrans(dict.fromkeys("\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029", " "))
_RUN = regex(rf"^[ \t]*(?:[-?:][ \t]+){{{_RUN_AT_MOST}}}", re.MULTILINE)
_MERGE = regex(r"""(?:^|[{,])[ \t]*(["']?)<<\1[ \t]*:""", re.MULTILINE)
_TOML_LINE = regex(r"at line (\d+)")
_WIDE_COLON = regex(r"^([^\W\d]\w{0,20})[ \t]*：[ \t]*", re.MULTILINE)


def load(header: str, kind: str) -> dict[str, Any]:
    """Parse a header of one of `KINDS` into values by lower-case key.

    Raises:
        RefusedError: Parsing might take too long or overflow the stack.
        InvalidError: The header is not valid.
    """
    if sum(map(header.count, "[{")) > _OPENED_AT_MOST or _RUN.search(header):
        raise RefusedError(lazy("nested too deeply"))
    header = sanitize(header)
    try:
        loaded = _LOADERS[kind](header)
    except RecursionError:
        raise RefusedError(lazy("nested too deeply")) from None
    if loaded is None:
        return {}
    if not isinstance(loaded, dict):
        raise InvalidError(lazy("not “key: value” lines"), None)
    return {key.lower(): value for key, value in loaded.items() if isinstance(key, str)}


_PLACEHOLDER = regex(r"^([^\s:#][^:\n]{0,60}:[ \t]*)((?:\{\{|<%)[^\n]*(?:\}\}|%>))[ \t]*$", re.MULTILINE)
"""A key with a placeholder of a template as its value, which is not valid YAML."""


def _load_yaml(header: str) -> Any:
    header = with_quoted_links(header)
    if "{{" in header or "<%" in header:
        header = _PLACEHOLDER.sub(lambda found: f"{found[1]}'{found[2].replace(chr(39), chr(39) * 2)}'", header)
    if "：" in header:
        header = _WIDE_COLON.sub(lambda found: f"{found[1]}: " if is_known_key(found[1]) else found[0], header)
    if (values := plain_header(header)) is not None:
        return values
    # Imported late, because the first paint needs neither.
    from yaml import MarkedYAMLError, YAMLError  # noqa: PLC0415

    from reader.archive import yaml_header  # noqa: PLC0415

    try:
        if "*" in header and yaml_header.expanded_size(header) > yaml_header.LARGEST:
            raise RefusedError(lazy("its aliases expand to too much"))
        loaded = yaml_header.load(header)
        return yaml_header.merged(loaded) if _MERGE.search(header) else loaded
    except MarkedYAMLError as error:
        line = error.problem_mark.line if error.problem_mark is not None else None
        raise InvalidError(error.problem or str(error), line) from None
    except YAMLError as error:
        raise InvalidError(str(error), None) from None


def _load_json(header: str) -> Any:
    from reader.archive.json_header import load_json  # noqa: PLC0415 - few archives have any

    return load_json(header)


def _load_toml(header: str) -> Any:
    import tomllib  # noqa: PLC0415 - few archives have any

    try:
        loaded = tomllib.loads(header)
        # Zola puts categories and tags into a table.
        tables = loaded.pop("taxonomies", None)
        return _as_text({**loaded, **(tables if isinstance(tables, dict) else {})})
    except ValueError as error:  # Also raised for a hexadecimal number with more decimal digits than Python converts.
        where = _TOML_LINE.search(str(error))
        raise InvalidError(str(error), int(where[1]) - 1 if where else None) from None


def _as_text(value: Any) -> Any:
    """Convert the numbers, booleans, dates and times of a TOML value to text."""
    if isinstance(value, dict):
        return {key: _as_text(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_as_text(inner) for inner in value]
    if isinstance(value, bool):
        return str(value).lower()
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


_LOADERS = {"yaml": _load_yaml, "toml": _load_toml, "json": _load_json}


def sanitize(header: str) -> str:
    """Remove the characters that YAML forbids or that are unsafe on a terminal, keeping the lines."""
    return clean(header.translate(_LINE_BREAKS))
