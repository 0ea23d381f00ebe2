"""Headings by emphasis: an author who emphasizes some headings emphasizes all of them."""

from collections import defaultdict
from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from reader.parse.headings.visual_lines import LineKind, VisualLine, neighbour
from reader.parse.headings.wording import (
    is_boilerplate,
    is_caption,
    is_command,
    is_credit,
    is_date_or_address,
    is_section_title,
)

FEWEST = 3
"""The number of emphasized headings from which an article's headings are the emphasized ones."""
_MOST_OF = 0.5
"""The minimum share of headings among the emphasized lines, from which all of these are headings."""
_NARROW, _WIDER = 15.0, 1.2
"""The width in ems up to which any sibling is a heading, and how much wider than known headings others may be."""
_CLOSING = "”’」』】》）)\"' "
_ENDS = ("。", "；", ";", "，", ",", "、", "……")
"""The ends of sentences and clauses. Questions, exclamations and colons may end the headings of an article."""


def with_siblings(lines: Sequence[VisualLine], found: AbstractSet[int], last: int) -> set[int]:
    """Add to the headings `found` the lines that are emphasized alike, if most of those are among them.

    Args:
        lines: The lines of the article.
        found: The indexes of the headings that are known by other evidence.
        last: The index of the last line that a heading may precede.
    """
    alike: dict[tuple[bool, bool], list[int]] = defaultdict(list)
    for place, line in enumerate(lines[: last + 1]):
        if line.short and line.emphasized and not line.wrapped and _may_be_heading(line):
            alike[line.bold, line.quoted].append(place)
    siblings: set[int] = set()
    for members in alike.values():
        known = found & set(members)
        if len(known) >= max(FEWEST, _MOST_OF * len(members)):
            widest = max(_NARROW, _WIDER * max(lines[place].ems for place in known))
            siblings |= {place for place in members if lines[place].ems <= widest and not _is_caption(lines, place)}
    return {*found, *siblings}


def without_unmarked(lines: Sequence[VisualLine], found: AbstractSet[int]) -> set[int]:
    """Omit the lines that have neither emphasis nor a number or symbol, and are no common section titles."""
    return {
        place for place in found if lines[place].emphasized or lines[place].shape or is_section_title(lines[place].text)
    }


def _may_be_heading(line: VisualLine) -> bool:
    """Whether nothing speaks against a line but what other headings may outweigh, such as a question mark."""
    text = line.text
    if line.linked or text.rstrip(_CLOSING).endswith(_ENDS):
        return False
    return not any(said(text) for said in (is_credit, is_boilerplate, is_caption, is_date_or_address, is_command))


def _is_caption(lines: Sequence[VisualLine], place: int) -> bool:
    """Whether a line has a picture, or nothing, below it."""
    below = neighbour(lines, place, 1)
    return below is None or below.kind is LineKind.PICTURE
