"""Transparency: the terminal, which may show a picture or another window, provides the background of the page."""

from collections.abc import Iterable

from rich.color import Color
from rich.segment import Segment
from rich.style import Style as Paint

from reader.ui.session import Session

_DEFAULT = Paint(bgcolor="default")


def without_paper(segments: Iterable[Segment], session: Session) -> list[Segment]:
    """Replace the theme's background with that of the terminal, if the settings say so."""
    paper = session.colours.theme.paper
    if not session.settings.transparent or not paper:
        return list(segments)
    own = Color.parse(paper).triplet
    return [
        Segment(text, style + _DEFAULT, control)
        if style is not None and style.bgcolor is not None and style.bgcolor.triplet == own
        else Segment(text, style, control)
        for text, style, control in segments
    ]
