"""Text prepared for layout: styles, ruby readings, gaps between Han and Latin, and unbreakable ranges."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from operator import attrgetter

from reader.document.autolinks import with_addresses
from reader.document.blocks import Inline, Span, SpanKind
from reader.document.chinese_script import ReplacedWord
from reader.document.language_tags import LanguageRange, language_ranges
from reader.layout.callout_names import callout_name
from reader.layout.cells import Cells, cluster_ends, is_simple
from reader.layout.enumerations import enumerations
from reader.layout.lines import Role, Style
from reader.layout.link_gaps import places_between_links, separate_links
from reader.layout.offset_map import OffsetMap
from reader.layout.ruby_room import is_beside, ruby_room
from reader.layout.styled_parts import styled_parts
from reader.layout.superscripts import RaisedText, raised
from reader.layout.unbreakable_ranges import Unbreakable, kept_together, merged
from reader.lean_dataclasses import dataclass, field, replace
from reader.regex import regex
from reader.settings.options import ChineseScript, FormulaStyle, RubyStyle, Typesetting

_HAN = "\u2e80-\u2fdf\u3005-\u3007\u3041-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_GAP = regex(f"[{_HAN}](?=[0-9A-Za-z\u00c0-\u024f\u0370-\u04ff])|[0-9A-Za-z%\u00c0-\u024f\u0370-\u04ff](?=[{_HAN}])")
"""The character before a gap between Han or kana and Latin (CLREQ 6.3.3)."""

_ADDRESS = regex(r"(?:https?://|www\.)[!-~]+(?<![.,;:!?'\")\]}>])")
_TITLE = regex("《[^《》\n]{1,60}》")


_LONGEST_UNBREAKABLE = 24
"""The maximum length in characters of a formula that is kept on one line."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of the shown text with one style.

    `source` is its offset in the leaf's text; text that layout adds is marked as `added` and inserted at that offset.
    An added part takes the place of `replaces` characters of the leaf's text, as a formula does of its TeX.
    """

    start: int
    end: int
    style: Style
    link: str
    source: int
    added: bool = False
    replaces: int = 0


@dataclass(frozen=True, slots=True)
class RubyReading:
    """A reading above its base. The base starts at `start`, the reading `pad` cells after that, or before if negative.

    In vertical text it runs downwards, unless it `is_beside` its base.
    """

    text: str
    start: int
    source: int
    pad: int
    is_beside: bool = False


@dataclass(slots=True)
class ShownText:
    """A text as it is shown.

    Attributes:
        text: The text to draw, including readings in brackets.
        segments: Its styles, without gaps.
        gaps: Offsets preceded by a free cell, except at the start of a line.
        unbreakable: Ranges that stay on one line, in order and disjoint, except for ranges inside a title.
        before: Free cells before characters, in any context.
        after: Free cells after characters.
        at_start: Free cells before characters that only appear where the character begins a line. Elsewhere the
            reading of the character extends over the mark before it.
        readings: The readings shown above the text.
        drawn: What is drawn in place of `text`, of the same length; empty if that is `text` itself.
        joined: Offsets inside what is drawn as one character, so that no line can begin there.
        languages: The ranges whose language the source declares, in order and disjoint.
    """

    text: str
    segments: list[Segment]
    gaps: list[int] = field(default_factory=list)
    unbreakable: list[Unbreakable] = field(default_factory=list)
    before: dict[int, int] = field(default_factory=dict)
    after: dict[int, int] = field(default_factory=dict)
    at_start: dict[int, int] = field(default_factory=dict)
    readings: list[RubyReading] = field(default_factory=list)
    drawn: str = ""
    joined: frozenset[int] = frozenset()
    languages: tuple[LanguageRange, ...] = ()


def show(  # noqa: PLR0913 - the text and its options
    inline: Inline, typesetting: Typesetting, base: Style, cells: Cells, width: int, *, language: str = ""
) -> ShownText:
    """Prepare `inline` for a column of `width` cells, with readings of a language if one is given."""
    inline = with_addresses(inline)
    words: tuple[ReplacedWord, ...] = ()
    if typesetting.chinese is not ChineseScript.SOURCE:
        from reader.layout.chinese import in_script  # noqa: PLC0415 - most people read Chinese as it is written

        inline, words = in_script(inline, typesetting.chinese)
    generated: Sequence[Span] = ()
    if language:
        from reader.layout.generated_readings import generated_readings  # noqa: PLC0415 - wanted by few

        generated = generated_readings(inline, words, language, typesetting.readings)
    text = inline.text
    if inline.spans or words or generated:
        # A mark may hang in the last row of a column.
        room = cells, width if cells.step == 1 else width - cells.step
        shown = _with_spans(snap_to_clusters(inline), words, generated, typesetting, base, room=room)
    else:
        shown = ShownText(text, [Segment(0, len(text), base, "", 0)])
    if "://" in text or "www." in text:
        shown.unbreakable += [Unbreakable(*found.span()) for found in _ADDRESS.finditer(shown.text)]
    if "《" in text:
        shown.unbreakable += [
            Unbreakable(*found.span(), yields=True, is_stretched=True) for found in _TITLE.finditer(shown.text)
        ]
    if "/" in text:
        shown.unbreakable += [Unbreakable(*found, yields=True) for found in enumerations(shown.text)]
    if len(shown.unbreakable) > 1:
        shown.unbreakable = merged(shown.unbreakable)
    if typesetting.cjk_latin_space:
        shown.gaps = sorted({*shown.gaps, *(found.end() for found in _GAP.finditer(shown.text))})
    return shown


def is_shown_as_written(inline: Inline, typesetting: Typesetting) -> bool:
    """Whether `show` would return the text itself, in one style and without gaps; readings are not considered."""
    text = inline.text
    return not (
        inline.spans
        or typesetting.chinese is not ChineseScript.SOURCE
        or "://" in text
        or "www." in text
        or (typesetting.cjk_latin_space and _GAP.search(text))
    )


def snap_to_clusters(inline: Inline) -> Inline:
    """The same text, with spans extended to cluster boundaries: part of an emoji cannot have a style of its own."""
    if not inline.spans or is_simple(inline.text):
        return inline
    ends = sorted({0, *cluster_ends(inline.text)})
    spans = [
        replace(span, start=ends[bisect_right(ends, span.start) - 1], end=ends[bisect_left(ends, span.end)])
        for span in inline.spans
    ]
    return Inline(inline.text, tuple(sorted(spans, key=lambda span: (span.start, -span.end))))


def _with_spans(  # noqa: PLR0913 - the insertions and replacements have to be made in one pass
    inline: Inline,
    words: Sequence[ReplacedWord],
    generated: Sequence[Span],
    typesetting: Typesetting,
    base: Style,
    *,
    room: tuple[Cells, int],
) -> ShownText:
    cells, width = room
    inserted, readings = _readings(inline, typesetting, cells, width)
    readings += (span for span in generated if _fits_above(inline.text, span, cells, width))
    raised_texts = _raised_texts(inline, typesetting, inserted)
    drawn_in_base = _replacements(inline, typesetting)
    replaced = drawn_in_base | {word.start: (word.end, word.text) for word in words}
    pieces: list[str] = []
    segments: list[Segment] = []
    unbreakable: list[Unbreakable] = []
    at = replaced_up_to = 0
    for start, end, style, link, small in styled_parts(inline, base, words):
        if start in replaced:
            replaced_up_to, drawn = replaced[start]
            own = base if start in drawn_in_base else style
            pieces.append(drawn)
            segments.append(Segment(at, at + len(drawn), own, link, start, True, replaced_up_to - start))  # noqa: FBT003
            if len(drawn) <= _LONGEST_UNBREAKABLE:
                unbreakable.append(Unbreakable(at, at + len(drawn)))
            at += len(drawn)
        if end < replaced_up_to:
            continue
        if start >= replaced_up_to:
            piece = inline.text[start:end]
            if small and (shown_as := raised_texts.get(small)):
                piece = piece.translate(shown_as.table)
            pieces.append(piece)
            segments.append(Segment(at, at + len(piece), style, link, start))
            at += len(piece)
        for reading in inserted.get(end, ()):
            pieces.append(reading)
            segments.append(Segment(at, at + len(reading), replace(style, role=Role.MUTED), "", end, added=True))
            at += len(reading)
    lengths = {place: sum(map(len, texts)) for place, texts in inserted.items()}
    # Count the length of a replacement just before its end, so that its end is mapped to the place after it.
    places = OffsetMap(lengths | {stop - 1: len(drawn) - stop + start for start, (stop, drawn) in replaced.items()})
    shown = ShownText("".join(pieces), segments, unbreakable=unbreakable, languages=_shown_languages(inline, places))
    shown.unbreakable.extend(kept_together(inline, inserted, raised_texts, places, yields=typesetting.justify))
    _set_above(shown, readings, places, cells)
    if typesetting.link_gaps:
        separate_links(map(places.of, places_between_links(inline)), cells.step, shown.gaps, shown.after)
    return shown


def _shown_languages(inline: Inline, places: OffsetMap) -> tuple[LanguageRange, ...]:
    """The ranges whose language is declared, in the shown text."""
    found = language_ranges(inline)
    return tuple([LanguageRange(places.of(one.start), places.of(one.end), one.language) for one in found])


def _readings(
    inline: Inline, typesetting: Typesetting, cells: Cells, width: int
) -> tuple[dict[int, list[str]], list[Span]]:
    """The readings in brackets, by offset of insertion, and the spans of the readings shown above."""
    inserted: dict[int, list[str]] = {}
    above: list[Span] = []
    for span in inline.spans:
        if span.kind is not SpanKind.RUBY or not span.value or typesetting.ruby is RubyStyle.HIDDEN:
            continue
        if typesetting.ruby is RubyStyle.ABOVE and _fits_above(inline.text, span, cells, width):
            above.append(span)
        else:
            inserted.setdefault(span.end, []).append(f"({span.value})")
    return inserted, above


def _fits_above(text: str, span: Span, cells: Cells, width: int) -> bool:
    return cells.width(span.value) <= width or is_beside(text[span.start : span.end], span.value, cells)


def _raised_texts(inline: Inline, typesetting: Typesetting, inserted: dict[int, list[str]]) -> dict[Span, RaisedText]:
    """How each superscript and subscript is shown; the marks around them are added to `inserted`."""
    found: dict[Span, RaisedText] = {}
    for span in inline.spans:
        shown_as = raised(inline.text, span, typesetting.ambiguous_width)
        if shown_as:
            found[span] = shown_as
            for place, mark in ((span.start, shown_as.before), (span.end, shown_as.after)):
                if mark:
                    inserted.setdefault(place, []).append(mark)
    return found


def _replacements(inline: Inline, typesetting: Typesetting) -> dict[int, tuple[int, str]]:
    """What replaces TeX and the names of callouts: by the start of the old text, its end and the new text."""
    found: dict[int, tuple[int, str]] = {}
    for span in inline.spans:
        if span.kind is SpanKind.CALLOUT:
            name = callout_name(span.value, "")
            if name:
                found[span.start] = span.end, name
        elif span.kind is SpanKind.MATH and span.start < span.end and typesetting.formulas is FormulaStyle.UNICODE:
            from reader.mathematics.notation import inline_notation  # noqa: PLC0415 - most articles have no formulas

            notation = inline_notation(inline.text[span.start : span.end])
            if notation:
                found[span.start] = span.end, notation
    return found


def _set_above(shown: ShownText, readings: list[Span], places: OffsetMap, cells: Cells) -> None:
    """Reserve room for the readings above their bases."""
    readings.sort(key=attrgetter("start"))
    starts = [places.of(span.start) for span in readings]
    free = 0
    for span, next_start in zip(readings, [*starts, len(shown.text)][1:], strict=True):
        free = _above(shown, span, places, cells, (free, next_start))


def _above(shown: ShownText, span: Span, places: OffsetMap, cells: Cells, free: tuple[int, int]) -> int:
    """Reserve room for a reading above its base: the narrower of the two is centred on the wider.

    It extends only over the `free` text between two offsets. Return the offset at which the text after it is free.
    """
    start, end = places.of(span.start), places.of(span.end)
    if start == end or "\n" in shown.text[start:end]:
        return free[0]
    if is_beside(shown.text[start:end], span.value, cells):
        shown.readings.append(RubyReading(span.value.strip(), start, span.start, 0, is_beside=True))
        return max(free[0], end)
    room = ruby_room(shown.text, (start, end), span.value, cells, free)
    if room.before or room.after:
        shown.before[start] = shown.before.get(start, 0) + room.before
        shown.after[end - 1] = shown.after.get(end - 1, 0) + room.after
    if room.pad < 0:
        shown.at_start[start] = -room.pad
    shown.readings.append(RubyReading(span.value, start, span.start, room.pad))
    shown.unbreakable.append(Unbreakable(start, room.end))
    return max(free[0], room.end)
