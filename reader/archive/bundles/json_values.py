"""Values in JSON of unknown shape: a value of an unexpected type counts as absent."""

from collections.abc import Iterator
from typing import Any


def text_of(value: Any) -> str:
    """Return a text; empty if `value` is of another type."""
    return value if isinstance(value, str) else ""


def objects_in(value: Any) -> Iterator[dict[str, Any]]:
    """Yield the objects in a list; none if `value` is of another type."""
    return (one for one in value if isinstance(one, dict)) if isinstance(value, list) else iter(())
