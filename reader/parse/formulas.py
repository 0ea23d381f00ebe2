r"""Formulas that a script typesets in a browser: TeX between \( \), \[ \] or $$ $$ in running text."""

from bisect import bisect_right
from collections.abc import Iterator

from reader.document.blocks import SpanKind
from reader.parse.inline import Draft
from reader.parse.spans import RawSpan

_FENCES = (("\\(", "\\)"), ("\\[", "\\]"), ("$$", "$$"))
_LONGEST = 5000
"""The maximum length of a formula in characters; delimiters further apart do not match."""


def typeset(draft: Draft) -> Draft:
    """Mark the formulas in `draft` and remove their delimiters, except in code."""
    text = draft.text
    found = [fence for fence in _FENCES if fence[0] in text]
    if not found:
        return draft
    codes = sorted((mark.start, mark.stop) for mark in draft.marks if mark.kind in (SpanKind.CODE, SpanKind.MATH))
    pairs = [pair for pair in _pairs(text, found) if not _inside(codes, *pair)]
    return _without(draft, pairs) if pairs else draft


def has_formulas(text: str) -> bool:
    """Whether a text may contain formulas."""
    return "$$" in text or "\\" in text


def trimmed(tex: str) -> str:
    """Remove the delimiters around TeX."""
    tex = tex.strip()
    for opening, closing in (*_FENCES, ("$", "$")):
        if len(tex) > len(opening) + len(closing) and tex.startswith(opening) and tex.endswith(closing):
            return tex[len(opening) : -len(closing)].strip()
    return tex


def _pairs(text: str, fences: list[tuple[str, str]]) -> Iterator[tuple[int, int]]:
    """Yield the start and end offsets of formulas, including delimiters, without nesting."""
    at = 0
    ahead = {opening: text.find(opening) for opening, _ in fences}
    while True:
        for opening, place in ahead.items():
            if 0 <= place < at:
                ahead[opening] = text.find(opening, at)
        start, opening, closing = min(
            ((ahead[opening], opening, closing) for opening, closing in fences if ahead[opening] >= 0),
            default=(-1, "", ""),
        )
        if start < 0:
            return
        stop = text.find(closing, start + 2, start + 2 + _LONGEST)
        if stop > start + 2 and text[start + 2 : stop].strip():
            at = stop + 2
            yield start, at
        else:
            at = start + 2


def _inside(codes: list[tuple[int, int]], start: int, stop: int) -> bool:
    number = bisect_right(codes, (stop, 0)) - 1
    return number >= 0 and codes[number][1] > start


def _without(draft: Draft, pairs: list[tuple[int, int]]) -> Draft:
    """Remove the two-character delimiters of every pair from the draft."""
    text = draft.text
    pieces: list[str] = []
    gaps = [gap for start, stop in pairs for gap in (start, stop - 2)]
    marks = []
    kept = 0
    for number, (start, stop) in enumerate(pairs):
        tex = text[start + 2 : stop - 2].replace("\n", " ")
        pieces += (text[kept:start], tex)
        kept = stop
        begin = start - 4 * number
        marks.append(RawSpan(begin, begin + len(tex), len(draft.marks) + number, SpanKind.MATH))
    pieces.append(text[kept:])

    def moved(offset: int) -> int:
        passed = bisect_right(gaps, offset - 1)
        # Map an offset within a delimiter to the position of the delimiter.
        inside = 1 if passed and offset - gaps[passed - 1] == 1 else 0
        return offset - 2 * passed + inside

    others = (mark._replace(start=moved(mark.start), stop=moved(mark.stop)) for mark in draft.marks)
    return Draft("".join(pieces), [*others, *marks])
