"""The number of colours of the terminal, from its environment: by the rules of Rich, and also for direct colour."""

from collections.abc import Mapping


def has_true_colour(environ: Mapping[str, str]) -> bool:
    """Whether the terminal has 24-bit colours: it says so, or is described as one with direct colour (ncurses)."""
    return environ.get("COLORTERM", "").strip().lower() in ("truecolor", "24bit") or _variant(environ) == "direct"


def has_few_colours(environ: Mapping[str, str]) -> bool:
    """Whether the terminal has sixteen colours or fewer."""
    return not has_true_colour(environ) and _variant(environ) not in ("256color", "kitty")


def _variant(environ: Mapping[str, str]) -> str:
    return environ.get("TERM", "").strip().lower().rpartition("-")[2]
