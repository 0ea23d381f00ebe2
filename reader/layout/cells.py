"""Width of text in terminal cells, and cutting text between grapheme clusters (UAX 29).

There are two measures of width: wcwidth, which describes what terminals should do, and the sum of the single
characters, which is what most renderers do. Where they differ (lone regional indicators, Indic conjuncts, skin tones),
a cluster counts as the larger of the two, so that a line is never wider than measured.
"""

from collections.abc import Iterator
from functools import cache
from itertools import accumulate
from unicodedata import east_asian_width

from reader.document.character_sets import CharacterSet
from reader.document.characters import cluster_end

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import ModuleType

COLUMN_WIDTH = 2
"""The width of a column of vertical text, and so of each row of it, in cells."""

_COMPLEX = CharacterSet(
    "^\x20-\x7e\u00a0-\u00ac\u00ae-\u02ff\u0370-\u0482\u048a-\u0590\u1e00-\u1fff\u2000-\u200a\u2010-\u2027\u202f-\u205f"
    "\u2070-\u20cf\u2100-\u2cee\u2e00-\u2fff\u3000-\u3029\u3030-\u3098\u309b-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe10-\ufe19"
    "\ufe30-\ufe6f\uff01-\uff9d\uffe0-\uffee\U0001f300-\U0001f3fa\U0001f400-\U0001f6ff\U0001f900-\U0001faff"
    "\U00020000-\U0003fffd"
)
"""Characters that may form a cluster with a neighbour. Without any, each character is a cluster of its own."""

_BY_PROPERTY = CharacterSet(
    "\x20-\x7e\xa0-\xac\xae-\u024f\u2010-\u2027\u2030-\u205e\u2190-\u2199\u2500-\u259f\u25a0-\u25cf"
    "\u3001-\u3029\u3041-\u3096\u30a1-\u30fa\u4e00-\u9fff\uac00-\ud7a3\uff01-\uff5e"
)
"""Most characters of most texts. They are as wide as their East_Asian_Width says, so that wcwidth, which is slow to
import, is not needed."""

_ZWJ = "\u200d"
_ELLIPSIS = "…"
_VS16 = "\ufe0f"
_SKIN_TONES = frozenset("\U0001f3fb\U0001f3fc\U0001f3fd\U0001f3fe\U0001f3ff")


@cache
def _wcwidth() -> "ModuleType":
    import wcwidth  # noqa: PLC0415 - slow to import, and many articles do without

    return wcwidth


class _Widths(dict[str, int]):
    """Width of single characters, cached."""

    def __init__(self, ambiguous_width: int) -> None:
        super().__init__()
        self._ambiguous_width = ambiguous_width

    def __missing__(self, character: str) -> int:
        cells = self[character] = self._cells(character)
        return cells

    def _cells(self, character: str) -> int:
        if character in _BY_PROPERTY:
            width = east_asian_width(character)
            return self._ambiguous_width if width == "A" else 1 + (width in "WF")
        # Characters that wcwidth treats as unprintable (-1) are removed on input; any that remain take no cell.
        return max(int(_wcwidth().wcwidth(character, ambiguous_width=self._ambiguous_width)), 0)


@cache
def _widths(ambiguous_width: int) -> _Widths:
    return _Widths(ambiguous_width)


@cache
def _cluster_width(cluster: str, ambiguous_width: int) -> int:
    widths = _widths(ambiguous_width)
    parts = 0
    joined = False
    for character in cluster:
        if not joined and character not in _SKIN_TONES:
            # A lone regional indicator is as wide as a flag of two.
            parts += 1 if "\U0001f1e6" <= character <= "\U0001f1ff" else widths[character]
        joined = character == _ZWJ
    if parts == 1 and _VS16 in cluster:
        parts = 2
    return max(parts, int(_wcwidth().wcswidth(cluster, ambiguous_width=ambiguous_width)))


class Cells:
    """Measures text for a terminal whose ambiguous-width characters (UAX 11) take `ambiguous_width` cells, 1 or 2.

    Attributes:
        step: The unit in cells by which text can be shifted.
    """

    step = 1

    def __init__(self, ambiguous_width: int = 1) -> None:
        self._ambiguous_width = ambiguous_width
        self._widths = _widths(ambiguous_width)

    def width(self, text: str) -> int:
        """The width of `text` in cells; it must be sanitized and contain no newline."""
        if text.isascii():
            return len(text)
        if not _COMPLEX.any_in(text):
            return sum(map(self._widths.__getitem__, text))
        return sum(_cluster_width(cluster, self._ambiguous_width) for cluster in clusters(text))

    def each(self, text: str) -> list[int]:
        """The width of each character; a cluster's width counts at its first character, the others take none."""
        if not _COMPLEX.any_in(text):
            return list(map(self._widths.__getitem__, text))
        found: list[int] = []
        for cluster in clusters(text):
            found.append(_cluster_width(cluster, self._ambiguous_width))
            found.extend([0] * (len(cluster) - 1))
        return found

    def before(self, text: str, offset: int) -> int:
        """The width of `text` up to the cluster that contains the character at `offset`."""
        if not _COMPLEX.any_in(text):
            return self.width(text[:offset])
        start = taken = 0
        for cluster in clusters(text):
            if start + len(cluster) > offset:
                break
            start += len(cluster)
            taken += _cluster_width(cluster, self._ambiguous_width)
        return taken

    def cut(self, text: str, cells: int) -> int:
        """The number of characters of `text` that fit into `cells` cells without splitting a cluster."""
        if text.isascii():
            return max(0, min(cells, len(text)))
        fitting = 0
        for end, taken in _ends(text, accumulate(self.each(text))):
            if taken > cells:
                break
            fitting = end
        return fitting

    def shortened(self, text: str, cells: int) -> str:
        """`text` if it fits into `cells` cells, else its beginning with an ellipsis, if there is room for one."""
        if self.width(text) <= cells:
            return text
        room = cells - self.width(_ELLIPSIS)
        return text[: self.cut(text, room)] + _ELLIPSIS if room > 0 else text[: self.cut(text, cells)]


def is_simple(text: str) -> bool:
    """Whether every character of `text` is a cluster of its own."""
    return not _COMPLEX.any_in(text)


def clusters(text: str) -> Iterator[str]:
    """The grapheme clusters of `text` (UAX 29, extended), limited in length by `cluster_end`."""
    start = 0
    while start < len(text):
        end = cluster_end(text, start)
        yield text[start:end]
        start = end


def cluster_ends(text: str) -> frozenset[int]:
    """The end offsets of all clusters of `text`."""
    return frozenset(accumulate(len(cluster) for cluster in clusters(text)))


def _ends(text: str, taken: Iterator[int]) -> Iterator[tuple[int, int]]:
    """The end offset of each cluster with the width up to it."""
    if not _COMPLEX.any_in(text):
        yield from enumerate(taken, 1)
        return
    whole = list(taken)
    for end in accumulate(len(cluster) for cluster in clusters(text)):
        yield end, whole[end - 1]
