"""A text as lines show it: its styles, readings of ruby, gaps between Han and Latin, and what should stay whole."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate, pairwise

from reader.document.blocks import Inline, Span, SpanKind
from reader.layout.cells import Cells, cluster_ends, is_simple
from reader.layout.lines import Role, Style
from reader.layout.links import note_link
from reader.settings.options import RubyStyle, Typesetting

_HAN = "\u2e80-\u2fdf\u3005-\u3007\u3041-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_GAP = re.compile(
    f"[{_HAN}](?=[0-9A-Za-z\u00c0-\u024f\u0370-\u04ff])|[0-9A-Za-z%\u00c0-\u024f\u0370-\u04ff](?=[{_HAN}])"
)
"""The character before a gap between Han or kana and Latin (CLREQ 6.3.3)."""

_ADDRESS = re.compile(r"(?:https?://|www\.)[!-~]+(?<![.,;:!?'\")\]}>])")
_TITLE = re.compile("《[^《》\n]{1,60}》")

_SUPERSCRIPTS = str.maketrans("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ")
_SUBSCRIPTS = str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")
_RAISED = re.compile(r"[0-9+\-=()n]+")
_LOWERED = re.compile(r"[0-9+\-=()]+")


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of shown text in one style.

    `source` is where it begins in the leaf's text; what layout adds is `added` there, and shows no character of it.
    """

    start: int
    end: int
    style: Style
    link: str
    source: int
    added: bool = False


@dataclass(frozen=True, slots=True)
class Whole:
    """A stretch that stays on one line where it fits. A `title` gives way where it would leave half a line empty."""

    start: int
    end: int
    title: bool = False


@dataclass(frozen=True, slots=True)
class RubyReading:
    """A reading above its base, whose first character is at `start`; `pad` blanks centre it over a wider base."""

    text: str
    start: int
    source: int
    pad: int


@dataclass(slots=True)
class ShownText:
    """A text as it is shown.

    Attributes:
        text: What is painted, readings in brackets included.
        segments: Its styles, from the beginning to the end without a gap.
        gaps: Offsets before which a cell is left free, unless a line begins there.
        wholes: What stays together, in order and apart.
        before: Cells left free before a character, wherever it stands.
        after: Cells left free behind a character.
        readings: Those that stand above.
    """

    text: str
    segments: list[Segment]
    gaps: list[int] = field(default_factory=list)
    wholes: list[Whole] = field(default_factory=list)
    before: dict[int, int] = field(default_factory=dict)
    after: dict[int, int] = field(default_factory=dict)
    readings: list[RubyReading] = field(default_factory=list)


def show(inline: Inline, typesetting: Typesetting, base: Style, cells: Cells, width: int) -> ShownText:
    """`inline` as it is shown in a column of `width` cells."""
    text = inline.text
    if inline.spans:
        shown = _with_spans(around_clusters(inline), typesetting, base, cells, width)
    else:
        shown = ShownText(text, [Segment(0, len(text), base, "", 0)])
    if "://" in text or "www." in text:
        shown.wholes += [Whole(*found.span()) for found in _ADDRESS.finditer(shown.text)]
    if "《" in text:
        shown.wholes += [Whole(*found.span(), title=True) for found in _TITLE.finditer(shown.text)]
    if len(shown.wholes) > 1:
        shown.wholes = _apart(shown.wholes)
    if typesetting.cjk_latin_space:
        shown.gaps = [found.end() for found in _GAP.finditer(shown.text)]
    return shown


def around_clusters(inline: Inline) -> Inline:
    """The same text, with spans that begin and end between clusters: half an emoji has no style of its own."""
    if not inline.spans or is_simple(inline.text):
        return inline
    ends = sorted({0, *cluster_ends(inline.text)})
    spans = [
        replace(span, start=ends[bisect_right(ends, span.start) - 1], end=ends[bisect_left(ends, span.end)])
        for span in inline.spans
    ]
    return Inline(inline.text, tuple(sorted(spans, key=lambda span: (span.start, -span.end))))


def _with_spans(inline: Inline, typesetting: Typesetting, base: Style, cells: Cells, width: int) -> ShownText:
    inserted, readings = _readings(inline, typesetting, cells, width)
    pieces: list[str] = []
    segments: list[Segment] = []
    at = 0
    for start, end, style, link, raised in _styled(inline, base):
        piece = inline.text[start:end]
        if raised and typesetting.ambiguous_width == 1:
            piece = _raised(piece, raised)
        pieces.append(piece)
        segments.append(Segment(at, at + len(piece), style, link, start))
        at += len(piece)
        for reading in inserted.get(end, ()):
            pieces.append(reading)
            segments.append(Segment(at, at + len(reading), replace(style, role=Role.MUTED), "", end, added=True))
            at += len(reading)
    shown = ShownText("".join(pieces), segments)
    places = _Places(inserted)
    for span in inline.spans:
        if span.kind is SpanKind.FOOTNOTE and span.start < span.end:
            # A reference mark never begins a line: it belongs to what it refers from.
            shown.wholes.append(Whole(max(places.of(span.start) - 1, 0), places.of(span.end)))
        elif span.kind is SpanKind.RUBY and span.end in inserted:
            shown.wholes.append(Whole(places.of(span.start), places.behind(span.end)))
    for span in readings:
        _above(shown, span, places, cells)
    return shown


def _readings(
    inline: Inline, typesetting: Typesetting, cells: Cells, width: int
) -> tuple[dict[int, list[str]], list[Span]]:
    """The readings in brackets, by the place they are put in at, and the spans of those that stand above."""
    inserted: dict[int, list[str]] = {}
    above: list[Span] = []
    for span in inline.spans:
        if span.kind is not SpanKind.RUBY or not span.value or typesetting.ruby is RubyStyle.HIDDEN:
            continue
        if typesetting.ruby is RubyStyle.ABOVE and cells.width(span.value) <= width:
            above.append(span)
        else:
            inserted.setdefault(span.end, []).append(f"({span.value})")
    return inserted, above


class _Places:
    """Where a place of the leaf's text is in the shown text."""

    def __init__(self, inserted: dict[int, list[str]]) -> None:
        self._at = sorted(inserted)
        self._lengths = [0, *accumulate(sum(map(len, inserted[place])) for place in self._at)]

    def of(self, place: int) -> int:
        return place + self._lengths[bisect_left(self._at, place)]

    def behind(self, place: int) -> int:
        return place + self._lengths[bisect_right(self._at, place)]


def _above(shown: ShownText, span: Span, places: _Places, cells: Cells) -> None:
    """Make room for a reading above its base: the narrower of the two stands in the middle of the wider."""
    start, end = places.of(span.start), places.of(span.end)
    if start == end or "\n" in shown.text[start:end]:
        return
    spare = cells.width(shown.text[start:end]) - cells.width(span.value)
    if spare < 0:
        shown.before[start] = shown.before.get(start, 0) + -spare // 2
        shown.after[end - 1] = shown.after.get(end - 1, 0) + (-spare - -spare // 2)
    shown.readings.append(RubyReading(span.value, start, span.start, max(spare, 0) // 2))
    shown.wholes.append(Whole(start, end))


_Styled = tuple[int, int, Style, str, SpanKind | None]


def _styled(inline: Inline, base: Style) -> Iterable[_Styled]:
    """Stretches of the text from end to end, each in one style, with its link, and whether it is raised or lowered."""
    spans = inline.spans
    ends = sorted({0, len(inline.text), *(span.start for span in spans), *(span.end for span in spans)})
    opened: list[Span] = []
    following = 0
    for start, end in pairwise(ends):
        opened = [span for span in opened if span.end > start]
        while following < len(spans) and spans[following].start <= start:
            opened.append(spans[following])
            following += 1
        style, link, raised = base, "", None
        for span in opened:
            if span.start == span.end:
                continue
            style = _style(style, span.kind)
            if span.kind in {SpanKind.LINK, SpanKind.IMAGE}:
                link = span.value
            elif span.kind is SpanKind.FOOTNOTE:
                link = note_link(span.value)
            elif span.kind in {SpanKind.SUPERSCRIPT, SpanKind.SUBSCRIPT}:
                raised = span.kind
        yield start, end, style, link, raised


def _style(style: Style, kind: SpanKind) -> Style:  # noqa: PLR0911 - one a kind
    match kind:
        case SpanKind.STRONG:
            return replace(style, bold=True)
        case SpanKind.EMPHASIS:
            return replace(style, italic=True)
        case SpanKind.UNDERLINE:
            return replace(style, underline=True)
        case SpanKind.STRIKE:
            return replace(style, strike=True)
        case SpanKind.MARKED:
            return replace(style, role=Role.ACCENT)
        case SpanKind.SMALL | SpanKind.IMAGE:
            return replace(style, role=Role.MUTED)
        case SpanKind.CODE | SpanKind.KEYBOARD | SpanKind.MATH:
            return replace(style, role=Role.CODE)
        case SpanKind.LINK | SpanKind.FOOTNOTE:
            return replace(style, role=Role.LINK)
        case _:
            return style


def _raised(piece: str, kind: SpanKind) -> str:
    """A power or an index in Unicode's own small digits, so that 10⁸ is not read as 108; other text stays as it is."""
    if kind is SpanKind.SUPERSCRIPT and _RAISED.fullmatch(piece):
        return piece.translate(_SUPERSCRIPTS)
    if kind is SpanKind.SUBSCRIPT and _LOWERED.fullmatch(piece):
        return piece.translate(_SUBSCRIPTS)
    return piece


def _apart(wholes: Sequence[Whole]) -> list[Whole]:
    """Wholes in order, those that overlap made one."""
    found: list[Whole] = []
    for whole in sorted(wholes, key=lambda whole: (whole.start, -whole.end)):
        if found and whole.start < found[-1].end:
            last = found.pop()
            found.append(Whole(last.start, max(last.end, whole.end), last.title and whole.title))
        else:
            found.append(whole)
    return found
