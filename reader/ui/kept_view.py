"""How a person left the screen, and what stands above an article: for the reading screen and for the first frame."""

import json
from dataclasses import dataclass
from typing import Any

from reader.layout.head import Head
from reader.reading.byline import byline
from reader.reading.opened import Reading
from reader.ui.pane_list import PANES, PaneChoice
from reader.ui.session import Session

NARROWEST, WIDEST = 20, 200
"""Cells of a line that may be set."""


@dataclass(frozen=True, slots=True)
class KeptPanes:
    """The panes as they were left.

    Attributes:
        choice: Which were asked for.
        zen: Whether only the page was shown.
        keys: The name of the pane that had the focus.
        opened: The keys of the open shelves; a store may hold anything.
    """

    choice: PaneChoice
    zen: bool
    keys: str
    opened: object


def kept_panes(session: Session) -> KeptPanes:
    """The panes as they were left, or as they are usually."""
    state = _read(session.kept("layout"))
    choice = PaneChoice({kind.name: _wanted(state.get(kind.name)) for kind in PANES})
    return KeptPanes(choice, state.get("zen") is True, str(state.get("keys")), state.get("open"))


def _wanted(value: object) -> bool | None:
    return value if isinstance(value, bool) else None


def _read(kept: str) -> dict[str, Any]:
    """What was kept of the panes; a store may hold anything."""
    try:
        state = json.loads(kept)
    except (ValueError, RecursionError):
        return {}
    return state if isinstance(state, dict) else {}


def kept_width(session: Session) -> int:
    """Cells of a line, as the person left them."""
    usual = session.settings.measure
    kept = session.kept("measure", str(usual))
    # A store may hold anything, as ², a digit that is no number.
    known = kept in {str(number) for number in range(NARROWEST, WIDEST + 1)}
    return int(kept) if known else usual


def head_of(session: Session, reading: Reading) -> Head:
    """An article's title, what is known of it, and the person's tags."""
    articles = session.library.marks.articles
    tags = session.asked(lambda: articles.tags(reading.article.id), ())
    parts = (byline(reading.article, reading.statistics), " ".join(f"#{tag}" for tag in tags))
    return Head(reading.article.title, " · ".join(part for part in parts if part))
