"""Justified lines: free cells spread over the places where a line opens (CLREQ, line adjustment; JLREQ 3.8.4)."""

import re

from reader.layout.fill import Filled
from reader.layout.shown import Shown

_HAN = "\u2e80-\u2fdf\u3005-\u3007\u3041-\u3096\u30a1-\u30fa\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_CLOSING = "、。，．：；！？）》〉」』】〕”’"
_OPENING = "（《〈「『【〔“‘"
_LATIN = "0-9A-Za-z\u00c0-\u024f\u0370-\u04ff"

_ORDER = (
    re.compile(f"[ \u3000](?=[^ \u3000])|[{_CLOSING}](?=[^{_CLOSING} \u3000—…])|[^{_OPENING} \u3000](?=[{_OPENING}])"),
    re.compile(f"[{_HAN}](?=[{_LATIN}])|[{_LATIN}%](?=[{_HAN}])"),
    re.compile(f"[{_HAN}](?=[{_HAN}])"),
)
"""The character before a place that opens: blanks and marks first, then where scripts meet, then between Han."""

_MOST = 2
"""Cells that one place is opened by at most: a line that needs more is left as it is."""


def spread(shown: Shown, line: Filled, free: int) -> dict[int, int]:
    """How many blanks to add before which characters, so that a line takes `free` cells more; none if too many."""
    places: list[int] = []
    for pattern in _ORDER:
        more = [found.end() for found in pattern.finditer(shown.text, line.start, line.inked)]
        more = [place for place in more if line.start < place < line.inked]
        if len(places) + len(more) >= free:
            lacking = free - len(places)
            return dict.fromkeys([*places, *(more[number * len(more) // lacking] for number in range(lacking))], 1)
        places += more
    if not places or free > _MOST * len(places):
        return {}
    places.sort()
    each, over = divmod(free, len(places))
    wider = {number * len(places) // over for number in range(over)} if over else set()
    return {place: each + (number in wider) for number, place in enumerate(places)}
