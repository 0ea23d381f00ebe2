"""Limits of the values of settings and themes."""

from collections.abc import Callable
from typing import Any

from reader.lean_dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Between:
    """Limits of a number, inclusive."""

    low: int
    high: int


@dataclass(frozen=True, slots=True)
class OneOf:
    """The permitted values of a text, computed on demand."""

    choices: Callable[[], tuple[str, ...]]


def anything(value: Any) -> bool:
    """Permit every value."""
    del value
    return True


@dataclass(frozen=True, slots=True)
class Matching:
    """A limit on the form of a value.

    Attributes:
        requirement: The error message, a template with the fields `key` and `path`.
        hint: What to do instead; empty for the usual hint.
        pattern: A regular expression that a text must match.
        check: Returns whether a value meets a further condition.
    """

    requirement: str
    hint: str = ""
    pattern: str = ""
    check: Callable[[Any], bool] = anything
