"""Tabs in the code of reStructuredText: docutils expands all tabs of a source before it parses it."""

from bisect import bisect_left
from collections.abc import Sequence

from reader.parse.indents import without_indent

TAB = 8
"""The distance of tab stops in columns (docutils' default `tab_width`)."""

_TRIED = 50
"""The maximum number of places at which a block of code is looked for."""


class TypedCode:
    """Finds the blocks of code that docutils has read in their source, in the order of the source."""

    def __init__(self, source: str) -> None:
        """Find nothing without reading the lines, if the source has no tab."""
        self._typed = source.splitlines() if "\t" in source else []
        self._read = [line.expandtabs(TAB).rstrip() for line in self._typed]
        self._places: dict[str, list[int]] = {}
        for number, line in enumerate(self._read):
            self._places.setdefault(line.lstrip(), []).append(number)
        self._at = 0

    def typed(self, code: str) -> str:
        """The code with the tabs of its source; unchanged if it is not found there, as after a substitution."""
        lines = code.split("\n")
        places = self._places.get(lines[0].strip(), ())
        next_one = bisect_left(places, self._at)
        for place in (*places[next_one : next_one + _TRIED], *places[:next_one][:_TRIED]):
            indent = len(self._read[place]) - len(lines[0].rstrip())
            if indent >= 0 and self._is_at(place, lines, indent):
                self._at = place + len(lines)
                return "\n".join(without_indent(line, indent, TAB) for line in self._typed[place : self._at])
        return code

    def _is_at(self, place: int, lines: Sequence[str], indent: int) -> bool:
        read = self._read[place : place + len(lines)]
        return len(read) == len(lines) and all(
            own == (" " * indent + line).rstrip() for own, line in zip(read, lines, strict=True)
        )
