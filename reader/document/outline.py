"""The outline of a document: its nested sections, and the lookup of the section at a position."""

from bisect import bisect_right
from itertools import pairwise

from reader.document.blocks import Heading
from reader.document.document import Document, Position
from reader.lean_dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and the text that follows it.

    Attributes:
        title: The heading's text on one line.
        level: Its depth in the outline, 1 for the outermost; at most one more than its parent's level.
        start: The position of the heading.
    """

    title: str
    level: int
    start: Position


@dataclass(frozen=True, slots=True)
class Outline:
    """The sections of a document in reading order."""

    sections: tuple[Section, ...]

    def index_at(self, position: Position) -> int | None:
        """The index of the section that contains `position`; None before the first heading."""
        found = bisect_right(self.sections, position, key=lambda section: section.start) - 1
        return found if found >= 0 else None


def outline(document: Document) -> Outline:
    """Build the outline of `document`; skipped levels are closed: h2 followed by h4 nest as 1 and 2."""
    sections: list[Section] = []
    open_levels: list[int] = []
    for number, leaf in enumerate(document.leaves):
        if not isinstance(leaf, Heading) or leaf.level == 0:
            continue
        title = " ".join(leaf.text.text.split())
        if not title:
            continue
        while open_levels and open_levels[-1] >= leaf.level:
            open_levels.pop()
        open_levels.append(leaf.level)
        sections.append(Section(title, len(open_levels), Position(number)))
    assert all(a.start < b.start for a, b in pairwise(sections))  # noqa: S101 - `index_at` bisects the starts
    return Outline(tuple(sections))
