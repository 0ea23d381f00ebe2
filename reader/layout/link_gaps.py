"""Gaps between two links that follow each other: without one they look like a single link."""

from collections.abc import Iterable, Iterator
from itertools import pairwise

from reader.document.blocks import Inline, SpanKind
from reader.layout.break_characters import BLANKS, CLOSERS, OPENERS


def places_between_links(inline: Inline) -> Iterator[int]:
    """The offsets where a link begins just behind another one, with nothing visible between them."""
    links = [span for span in inline.spans if span.kind is SpanKind.LINK and span.start < span.end]
    text = inline.text
    for link, following in pairwise(links):
        place = following.start
        if link.end != place or link.value == following.value:
            continue
        before, after = text[place - 1], text[place]
        if before not in BLANKS and after not in BLANKS and before not in CLOSERS and after not in OPENERS:
            yield place


def separate_links(places: Iterable[int], step: int, gaps: list[int], after: dict[int, int]) -> None:
    """Add room before the links at some places.

    In horizontal text (`step` 1) the places are added to `gaps`. In vertical text `after`, the room behind characters,
    grows by `step` at the character before each place.
    """
    if step == 1:
        gaps.extend(places)
        return
    for place in places:
        after[place - 1] = after.get(place - 1, 0) + step
