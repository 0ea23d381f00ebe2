"""Justification: distributing free cells over the places where a line may be stretched (CLREQ 6.2; JLREQ 3.8.4)."""

from reader.document.alphabets import LETTER
from reader.layout.fill import Filled
from reader.layout.shown import ShownText
from reader.regex import regex

_HAN = "\u2e80-\u2fdf\u3005-\u3007\u3041-\u3096\u30a1-\u30fa\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_CLOSING = "、。，．：；！？）》〉」』】〕"
_OPENING = "（《〈「『【〔"
_LATIN = f"0-9{LETTER}"

_ORDER = (
    regex(
        f"[ \u3000](?=[^ \u3000])|[{_CLOSING}](?=[^{_CLOSING}”’ \u3000—…])|[^{_OPENING}“‘ \u3000](?=[{_OPENING}])"
        # Quotes are wide only among wide characters; ’ is also an apostrophe.
        f"|[”’](?=[{_HAN}{_OPENING}])|(?<=[{_HAN}{_CLOSING}])[”’](?=[^{_CLOSING}”’ \u3000—…])"
        f"|[{_HAN}](?=[“‘])|[^{_OPENING}“‘ \u3000](?=[“‘][{_HAN}{_OPENING}])"
    ),
    regex(f"[{_HAN}](?=[{_LATIN}])|[{_LATIN}%](?=[{_HAN}])"),
    regex(f"[{_HAN}](?=[{_HAN}])"),
)
"""The character before a place that may be stretched, in order of priority: spaces and punctuation, then script
boundaries, then between Han."""

_MOST = (2, 2, 1)
"""Maximum cells added at a place of each kind: a line that needs more is not justified."""


def spread(shown: ShownText, line: Filled, free: int) -> dict[int, int]:
    """The number of spaces to add before each offset to make a line `free` cells wider; empty if not possible."""
    places: list[int] = []
    most: dict[int, int] = {}
    for pattern, limit in zip(_ORDER, _MOST, strict=True):
        more = [found.end() for found in pattern.finditer(shown.text, line.start, line.visible_end)]
        more = [place for place in more if line.start < place < line.visible_end and place not in most]
        if len(places) + len(more) >= free:
            return dict.fromkeys([*places, *_evenly(more, free - len(places))], 1)
        places += more
        most.update(dict.fromkeys(more, limit))
    if free > sum(most.values()):
        return {}
    wider = _evenly(sorted(place for place in places if most[place] > 1), free - len(places))
    return dict.fromkeys(places, 1) | dict.fromkeys(wider, 2)


def _evenly(places: list[int], count: int) -> list[int]:
    """`count` of the places, evenly distributed."""
    return [places[(2 * number + 1) * len(places) // (2 * count)] for number in range(count)]
