"""Reading progress of the sections of an article."""

from collections import Counter
from collections.abc import Mapping
from itertools import accumulate

from reader.document.document import Document, Position
from reader.document.outline import Outline

SectionKey = tuple[str, int]
"""The title of a section and its index among sections of that title, which identify it after the article is edited."""


class SectionProgress:
    """Progress of an article's sections. A section ends at the next heading, whatever its level."""

    def __init__(self, document: Document, outline: Outline, known: Mapping[SectionKey, float]) -> None:
        self._starts = [*accumulate((len(leaf.text.text) for leaf in document.leaves), initial=0)]
        self._outline = outline
        self._ends = [self.characters(section.start) for section in outline.sections[1:]] + [self._starts[-1]]
        seen: Counter[str] = Counter()
        self._keys: list[SectionKey] = []
        for section in outline.sections:
            self._keys.append((section.title, seen[section.title]))
            seen[section.title] += 1
        self._far = [known.get(key, 0.0) for key in self._keys]
        self._changed: set[int] = set()

    def characters(self, place: Position) -> int:
        """Return the number of characters before a position."""
        if place.block >= len(self._starts) - 1:
            return self._starts[-1]
        return self._starts[place.block] + place.offset

    def seen(self, top: Position, foot: Position) -> bool:
        """Record that the text between two positions was visible; return whether any progress has increased."""
        first = self._outline.index_at(top)
        last = self._outline.index_at(foot)
        if last is None:
            return False
        before = len(self._changed), sum(self._far[first or 0 : last + 1])
        reached = self.characters(foot)
        for number in range(first or 0, last + 1):
            start, end = self.characters(self._outline.sections[number].start), self._ends[number]
            far = 1.0 if reached >= end else (reached - start) / (end - start)
            if far > self._far[number]:
                self._far[number] = far
                self._changed.add(number)
        return before != (len(self._changed), sum(self._far[first or 0 : last + 1]))

    def __getitem__(self, number: int) -> float:
        """Return the progress of a section, 0 to 1."""
        return self._far[number] if number < len(self._far) else 0.0

    @property
    def changed(self) -> dict[SectionKey, float]:
        """The progress of each section whose progress has not been saved yet."""
        return {self._keys[number]: self._far[number] for number in sorted(self._changed)}

    def kept(self, sections: Mapping[SectionKey, float]) -> None:
        """Record that `sections` have been saved with this progress."""
        self._changed = {one for one in self._changed if sections.get(self._keys[one]) != self._far[one]}
