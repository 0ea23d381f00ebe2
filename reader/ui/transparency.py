"""Transparency: the terminal, which may show a picture or another window, provides the background of the page."""

from collections.abc import Iterable

from rich.color import Color
from rich.segment import Segment
from rich.style import Style as Paint

from reader.ui.session import Session

_DEFAULT = Paint(bgcolor="default")


def transparent_paper(session: Session) -> str:
    """The theme's background that is left to the terminal; empty if it is painted."""
    return session.colours.theme.paper or "" if session.settings.transparent else ""


def without_paper(segments: Iterable[Segment], paper: str) -> list[Segment]:
    """Replace the background `paper` with that of the terminal; nothing if it is empty."""
    if not paper:
        return list(segments)
    own = Color.parse(paper).triplet
    return [
        Segment(text, style + _DEFAULT, control)
        if style is not None and style.bgcolor is not None and style.bgcolor.triplet == own
        else Segment(text, style, control)
        for text, style, control in segments
    ]
