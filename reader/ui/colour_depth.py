"""The number of colours of the terminal, by its environment, as Rich finds it."""

from collections.abc import Mapping


def has_few_colours(environ: Mapping[str, str]) -> bool:
    """Whether the terminal has sixteen colours or fewer."""
    if environ.get("COLORTERM", "").strip().lower() in ("truecolor", "24bit"):
        return False
    return environ.get("TERM", "").strip().lower().rpartition("-")[2] not in ("256color", "kitty")
