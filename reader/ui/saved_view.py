"""The saved state of the screen, and the header of an article: for the reading screen and for the first frame."""

import json
from typing import Any, TypeVar

from reader.layout.head import Head
from reader.lean_dataclasses import dataclass, replace
from reader.reading.article_beginning import Beginning
from reader.reading.byline import byline
from reader.reading.opened_article import Reading
from reader.settings.options import ChineseScript, Direction, ShownReadings, Typesetting
from reader.shelves.counts import SortBy, View
from reader.ui.pane_list import PANES, PaneChoice
from reader.ui.session import Session

NARROWEST, WIDEST = 20, 200
"""The limits of the line width in cells."""


@dataclass(frozen=True, slots=True)
class KeptPanes:
    """The saved state of the panes.

    Attributes:
        choice: Which panes the user wants.
        zen: Whether zen mode, which shows only the page, was on.
        keys: The name of the pane with the focus.
        opened: The keys of the open shelves, not validated.
    """

    choice: PaneChoice
    zen: bool
    keys: str
    opened: object


def kept_panes(session: Session) -> KeptPanes:
    """The saved state of the panes, or the default."""
    state = _read(session.kept("layout"))
    choice = PaneChoice({kind.name: _wanted(state.get(kind.name)) for kind in PANES})
    return KeptPanes(choice, state.get("zen") is True, str(state.get("keys")), state.get("open"))


def _wanted(value: object) -> bool | None:
    return value if isinstance(value, bool) else None


def _read(kept: str) -> dict[str, Any]:
    """The saved values, not validated."""
    try:
        state = json.loads(kept)
    except (ValueError, RecursionError):
        return {}
    return state if isinstance(state, dict) else {}


def kept_arrangement(session: Session) -> tuple[View, SortBy]:
    """The saved grouping and order of the shelves, or the default."""
    return _chosen(View, session.kept("view"), View.CATEGORY), _chosen(SortBy, session.kept("sort"), SortBy.DATE)


_Choice = TypeVar("_Choice", View, SortBy, ChineseScript, ShownReadings, Direction)


def _chosen(kind: type[_Choice], kept: str, usual: _Choice) -> _Choice:
    return kind(kept) if kept in set(kind) else usual


def kept_width(session: Session) -> int:
    """The saved line width in cells."""
    usual = session.settings.measure
    kept = session.kept("measure", str(usual))
    # The saved value may be anything, even ², which is a digit but not a number.
    known = kept in {str(number) for number in range(NARROWEST, WIDEST + 1)}
    return int(kept) if known else usual


def kept_typesetting(session: Session) -> Typesetting:
    """The typesetting options with the saved script of Chinese, readings, direction and columns."""
    usual = session.settings.typesetting
    chinese = _chosen(ChineseScript, session.kept("chinese", usual.chinese), usual.chinese)
    readings = _chosen(ShownReadings, session.kept("readings", usual.readings), usual.readings)
    direction = _chosen(Direction, session.kept("direction", usual.direction), usual.direction)
    kept = session.kept("columns", str(usual.columns))
    columns = int(kept) if kept in {"1", "2"} else usual.columns
    return replace(usual, chinese=chinese, readings=readings, direction=direction, columns=columns)


def head_of_beginning(beginning: Beginning) -> Head:
    """The header of the beginning of an article whose reading time is not known yet."""
    return Head(beginning.article.title, "")


def head_of(session: Session, reading: Reading) -> Head:
    """The header of an article: its title, and a byline with the user's tags."""
    articles = session.library.marks.articles
    tags = session.asked(lambda: articles.tags(reading.article.id), ())
    parts = (byline(reading.article, reading.statistics), " ".join(f"#{tag}" for tag in tags))
    return Head(reading.article.title, " · ".join(part for part in parts if part), reading.article.author)
