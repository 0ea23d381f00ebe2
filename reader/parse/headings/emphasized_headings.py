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
"""The number of emphasized headings from which only emphasized lines are headings of an article."""
_MOST_OF = 0.5
"""The share of known headings among the lines that are emphasized alike from which all these lines are headings."""
_NARROW, _WIDER = 15.0, 1.2
"""A line that is emphasized like the headings is a heading if it is at most `_NARROW` ems wide, or at most `_WIDER`
times as wide as the widest known heading."""
_CLOSING = "”’」』】》）)\"' "
_ENDS = ("。", "；", ";", "，", ",", "、", "……")
"""Marks that end sentences and clauses, except question and exclamation marks and colons, which may end headings."""


def with_siblings(lines: Sequence[VisualLine], found: AbstractSet[int], last: int) -> set[int]:
    """Add to the headings `found` the lines that are emphasized like them, if most lines of that emphasis are headings.

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
    """Return the lines of `found` that have emphasis, a number or a symbol, or are common section titles."""
    return {
        place for place in found if lines[place].emphasized or lines[place].shape or is_section_title(lines[place].text)
    }


def _may_be_heading(line: VisualLine) -> bool:
    """Whether a line may be a heading in an article with similar ones, even if it ends, say, with a question mark."""
    text = line.text
    if line.linked or text.rstrip(_CLOSING).endswith(_ENDS):
        return False
    return not any(said(text) for said in (is_credit, is_boilerplate, is_caption, is_date_or_address, is_command))


def _is_caption(lines: Sequence[VisualLine], place: int) -> bool:
    """Whether a line has a picture below it, or is the last."""
    below = neighbour(lines, place, 1)
    return below is None or below.kind is LineKind.PICTURE
