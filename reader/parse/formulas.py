r"""Formulas that a script typesets in a browser: TeX between \( \), \[ \], $$ $$ or $latex $ in running text."""

from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from reader.document.blocks import SpanKind
from reader.parse.inline import Draft
from reader.parse.spans import RawSpan
from reader.parse.tex_delimiters import is_displayed
from reader.regex import regex

_FENCES = (("\\(", "\\)"), ("\\[", "\\]"), ("$$", "$$"), ("$latex ", "$"))
_DISPLAYED = ("$$", "\\[")
_APART = "\n\n"
_PUNCTUATION = regex(r"\n\n[,.;:，。；：、](?=\s|[\u2e80-\uffef]|$)")
_NEAR = 8
"""The number of characters around a formula among which the nearest one that is no blank is looked for."""
_LONGEST = 5000
"""The maximum length of a formula in characters; delimiters further apart do not match."""


def typeset(draft: Draft, *, one_line: bool = False) -> Draft:
    """Mark the formulas in `draft` and remove their delimiters, except in code.

    Two line breaks replace the delimiters of displayed formulas, unless all is on one line, such as a heading.
    """
    text = draft.text
    found = [fence for fence in _FENCES if fence[0] in text]
    if not found:
        return draft
    codes = sorted((mark.start, mark.stop) for mark in draft.marks if mark.kind in (SpanKind.CODE, SpanKind.MATH))
    pairs = [pair for pair in _pairs(text, found) if not _inside(codes, pair.start, pair.stop)]
    return _without(draft, pairs, one_line=one_line) if pairs else draft


def with_punctuation(draft: Draft) -> Draft:
    """Put a comma or full stop behind a displayed formula, as in “$$x$$, where”, into the formula."""
    text = draft.text
    ends = {mark.stop for mark in draft.marks if mark.kind is SpanKind.MATH and _PUNCTUATION.match(text, mark.stop)}
    if not ends:
        return draft
    text = _PUNCTUATION.sub(lambda found: found[0][-1] + _APART if found.start() in ends else found[0], text)
    marks = [
        mark._replace(stop=mark.stop + 1) if mark.kind is SpanKind.MATH and mark.stop in ends else mark
        for mark in draft.marks
    ]
    return Draft(text, marks)


def has_formulas(text: str) -> bool:
    """Whether a text may contain formulas."""
    return "$$" in text or "\\" in text or "$latex " in text


def trimmed(tex: str) -> str:
    """Remove the delimiters around TeX."""
    tex = tex.strip()
    for opening, closing in (*_FENCES, ("$", "$")):
        if len(tex) > len(opening) + len(closing) and tex.startswith(opening) and tex.endswith(closing):
            return tex[len(opening) : -len(closing)].strip()
    return tex


class _DelimitedFormula(NamedTuple):
    """The offsets of a formula with its delimiters, and the lengths of the delimiters."""

    start: int
    stop: int
    opening: int
    closing: int


def _pairs(text: str, fences: list[tuple[str, str]]) -> Iterator[_DelimitedFormula]:
    """Yield the formulas, without nesting."""
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
        inner = start + len(opening)
        stop = text.find(closing, inner, inner + _LONGEST)
        if stop > inner and _is_meant(text, opening, inner, stop):
            at = stop + len(closing)
            # WordPress allows a space before the closing dollar sign.
            yield _DelimitedFormula(
                start, at, len(opening), len(closing) + (len(opening) > len("$$") and text[stop - 1] == " ")
            )
        else:
            at = inner


def _is_meant(text: str, opening: str, start: int, stop: int) -> bool:
    """Whether the text between two delimiters is a formula."""
    tex = text[start:stop]
    if opening != "$$":
        return bool(tex.strip())
    before = text[max(0, start - len(opening) - _NEAR) : start - len(opening)].rstrip(" \u00a0")[-1:]
    behind = text[stop + len(opening) : stop + len(opening) + _NEAR].lstrip(" \u00a0")[:1]
    return is_displayed(tex, (before, behind))


def _inside(codes: list[tuple[int, int]], start: int, stop: int) -> bool:
    number = bisect_right(codes, (stop, 0)) - 1
    return number >= 0 and codes[number][1] > start


def _formula_mark(start: int, tex: str, order: int) -> RawSpan:
    return RawSpan(start, start + len(tex), order, SpanKind.MATH)


def _without(draft: Draft, pairs: list[_DelimitedFormula], *, one_line: bool) -> Draft:
    """Remove the delimiters of every formula from the draft; those of displayed ones become line breaks."""
    text = draft.text
    pieces: list[str] = []
    gaps: list[tuple[int, int, int]] = []  # the start and the end of a delimiter, and the length of those before it
    marks = []
    kept = removed = 0
    for number, (start, stop, opening, closing) in enumerate(pairs):
        tex = text[start + opening : stop - closing].replace("\n", " ")
        kept_before, kept = kept, stop
        begin = start - removed
        if not one_line and text.startswith(_DISPLAYED, start):
            # The delimiters and the line breaks have the same length, so that offsets do not change.
            pieces += (text[kept_before:start], _APART, tex, _APART)
            marks.append(_formula_mark(begin + len(_APART), tex, len(draft.marks) + number))
            continue
        pieces += (text[kept_before:start], tex)
        gaps += ((start, start + opening, removed), (stop - closing, stop, removed + opening))
        removed += opening + closing
        marks.append(_formula_mark(begin, tex, len(draft.marks) + number))
    pieces.append(text[kept:])
    starts = [start for start, _, _ in gaps]

    def moved(offset: int) -> int:
        place = bisect_right(starts, offset - 1)
        if not place:
            return offset
        start, end, before = gaps[place - 1]
        # Map an offset within a delimiter to the position of the delimiter.
        return start - before if offset < end else offset - before - (end - start)

    others = (mark._replace(start=moved(mark.start), stop=moved(mark.stop)) for mark in draft.marks)
    return Draft("".join(pieces), [*others, *marks])
