"""Reduction of a theme to sixteen colours: for each role, the nearest colour that is legible on the paper.

By default, terminals replace each colour by the nearest of the sixteen, independently of all others. Muted text may
then get the colour of the paper, and a highlight the colour of its text.
"""

from collections.abc import Sequence
from colorsys import rgb_to_hls

from reader.themes.contrast import contrast
from reader.themes.theme import ROLES, Theme

PALETTE = (
    *("#000000", "#aa0000", "#00aa00", "#aa5500", "#0000aa", "#aa00aa", "#00aaaa", "#aaaaaa"),
    *("#555555", "#ff5555", "#55ff55", "#ffff55", "#5555ff", "#ff55ff", "#55ffff", "#ffffff"),
)
"""The colours of VGA, by their numbers (ECMA-48 SGR 30–37, 90–97); Rich assumes that every terminal has them."""

XTERM_PALETTE = (
    *("#000000", "#cd0000", "#00cd00", "#cdcd00", "#0000ee", "#cd00cd", "#00cdcd", "#e5e5e5"),
    *("#7f7f7f", "#ff0000", "#00ff00", "#ffff00", "#5c5cff", "#ff00ff", "#00ffff", "#ffffff"),
)
"""The colours of xterm by the same numbers; its yellow, green and cyan are too light for white paper (XTerm-col.ad)."""

_BLACK, _WHITE = PALETTE[0], PALETTE[15]
_TEXT, _SIGN, _BACKGROUND = 4.5, 3.0, 4.5
"""The minimum contrast ratios of text and of signs to the paper, and of a background to the ink (WCAG 2.1)."""

_ELSEWHERE = 3.0
"""The minimum contrast of text and signs to the paper in xterm's palette, where bold text gets the bright colour."""

_SIGNS = frozenset({"rule", "border", "focus", "accent", "unread", "note", "warning", "error", "code_added"})
_INKS = frozenset({"heading", "code_ink"})
"""Roles that may have the colour of the text: headings are bold or muted."""
_GREYS = frozenset({"#000000", "#555555", "#aaaaaa", "#ffffff"})
_COLOURLESS = 48
"""The difference between the channels (0 to 255) of a colour below which the colour looks grey."""
_APART = ("error", "note", "warning", "code_added")
"""The roles of the kinds of callouts, which get different colours; the first roles get the nearest hues."""
_BACKGROUNDS = ("hit_current", "hit", "selection", "highlight_1", "highlight_2", "highlight_3", "highlight_4")


def in_sixteen_colours(theme: Theme) -> Theme:
    """The theme with colours of `PALETTE` only: dark themes are white on black, light themes black on white.

    The theme without colours stays as it is.
    """
    if not theme.paper:
        return theme
    paper, ink = (_BLACK, _WHITE) if theme.dark else (_WHITE, _BLACK)
    chosen = {"paper": paper, "code_paper": paper, "ink": ink}
    legible = {least: _seen_on(paper, least) for least in (_SIGN, _TEXT)}
    for role in (*_APART, *ROLES):
        if role not in chosen and role not in _BACKGROUNDS:
            candidates = [one for one in legible[_SIGN if role in _SIGNS else _TEXT] if one != ink or role in _INKS]
            if role in _APART:
                candidates = _unlike([chosen[other] for other in _APART if other in chosen], candidates)
            chosen[role] = _nearest(getattr(theme, role), candidates)
    free = [one for one in PALETTE if one not in (paper, ink)]
    for role in _BACKGROUNDS:
        behind = [one for one in free if contrast(one, ink) >= _BACKGROUND]
        chosen[role] = _nearest(getattr(theme, role), behind or _most_legible(free, ink))
        free.remove(chosen[role])
    return Theme(theme.name, theme.title, theme.dark, **chosen)


def _unlike(taken: Sequence[str], candidates: Sequence[str]) -> list[str]:
    """The candidates that are neither grey nor taken; if possible, without bright or dark variants of taken ones."""
    free = [one for one in candidates if one not in taken and one not in _GREYS]
    numbers = {PALETTE.index(one) & 7 for one in taken}
    return [one for one in free if PALETTE.index(one) & 7 not in numbers] or free


def _seen_on(paper: str, least: float) -> list[str]:
    """The colours with enough contrast to the paper in VGA's palette and, both normal and bold, in xterm's palette.

    Black is exempt in xterm's palette: its bold black is a grey, and there is no darker colour.
    """
    found = []
    for number, colour in enumerate(PALETTE):
        shown = (XTERM_PALETTE[number], XTERM_PALETTE[number | 8])
        if contrast(colour, paper) >= least and all(contrast(one, paper) >= _ELSEWHERE for one in shown if number):
            found.append(colour)
    return found


def _most_legible(colours: list[str], ink: str) -> list[str]:
    return [max(colours, key=lambda one: contrast(one, ink))]


def _nearest(colour: str, candidates: Sequence[str]) -> str:
    """The candidate with the nearest hue, and of several the one with the nearest lightness; for a grey, a grey."""
    hue, lightness, is_grey = _seen(colour)
    same = [one for one in candidates if (one in _GREYS) == is_grey] or candidates

    def distance(other: str) -> tuple[float, float]:
        its_hue, its_lightness, _is_grey = _seen(other)
        apart = 0 if is_grey else abs(hue - its_hue)
        return min(apart, 1 - apart), abs(lightness - its_lightness)

    return min(same, key=distance)


def _seen(colour: str) -> tuple[float, float, bool]:
    """The hue and the lightness of a colour, 0 to 1 (HLS), and whether it looks grey."""
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    hue, lightness, _saturation = rgb_to_hls(red / 255, green / 255, blue / 255)
    return round(hue, 2), lightness, max(red, green, blue) - min(red, green, blue) < _COLOURLESS
