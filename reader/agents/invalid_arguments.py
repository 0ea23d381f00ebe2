"""Messages about invalid tool calls: a sentence instead of pydantic's report."""

from collections.abc import Collection, Iterable, Mapping
from difflib import get_close_matches
from typing import Any

from pydantic import ValidationError

from reader.document.sanitizing import clean_line

_LONGEST_NAME = 60
"""The maximum length in characters of a quoted name that an agent has sent."""

_TYPES = dict.fromkeys(("int_type", "int_parsing", "int_from_float"), "an integer") | {"string_type": "a string"}
"""What a value must be, by the type of pydantic's error."""

_LIMITS = {
    "greater_than_equal": ("at least {ge:,}", "ge"),
    "less_than_equal": ("at most {le:,}", "le"),
    "string_too_long": ("at most {max_length:,} characters long", "max_length"),
}
"""Messages about the limits of a value, by the type of pydantic's error, each with the key of `ctx` that it needs."""


_LIKENESS = 0.5
"""The minimum similarity, 0 to 1 (difflib's ratio), at which an unknown name counts as a misspelling of a known one."""


def unknown_name(tool: str, arguments: Iterable[str], known: Mapping[str, Collection[str]]) -> str:
    """Return a message about an unknown tool, or else about the first unknown argument; empty if all are `known`.

    Pydantic would ignore an unknown argument, and the agent would not notice that the answer is not what it asked for.
    """
    if tool not in known:
        return f"there is no tool {_not_among(tool, known)}"
    unknown = [name for name in arguments if name not in known[tool]]
    return f"`{tool}`: there is no argument {_not_among(unknown[0], known[tool])}" if unknown else ""


def _not_among(name: str, known: Collection[str]) -> str:
    near = get_close_matches(name.lower(), known, 1, _LIKENESS)
    names = ", ".join(f"“{one}”" for one in known) or "none"
    hint = f"did you mean “{near[0]}”?" if near else f"available: {names}"
    return f"“{clean_line(name[:_LONGEST_NAME])}”: {hint}"


def argument_error(tool: str, error: ValidationError) -> str:
    """Return a message about invalid arguments of a tool: the first error, and the number of others."""
    first, *others = error.errors(include_url=False, include_input=False)
    more = f" (and {len(others)} more {'error' if len(others) == 1 else 'errors'})" if others else ""
    return f"`{tool}`: {_fault(first)}{more}"


def _fault(error: Mapping[str, Any]) -> str:
    name = clean_line(".".join(map(str, error["loc"]))[:_LONGEST_NAME])
    kind, details = error["type"], error.get("ctx", {})
    if kind == "missing":
        return f"the argument “{name}” is missing"
    if kind in _TYPES:
        return f"the argument “{name}” must be {_TYPES[kind]}"
    if kind in _LIMITS and _LIMITS[kind][1] in details:
        return f"the argument “{name}” must be {_LIMITS[kind][0].format(**details)}"
    return f"the argument “{name}” is not valid" if name else "the arguments are not valid"
