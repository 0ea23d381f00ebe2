"""The lines of an article with the features that heading detection needs: position, width and emphasis."""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from enum import Enum

from reader.document.blocks import (
    Block,
    CodeBlock,
    Embed,
    Figure,
    Heading,
    Image,
    Inline,
    ListBlock,
    Paragraph,
    Quote,
    Rule,
    Span,
    SpanKind,
    leaves,
)
from reader.lean_dataclasses import dataclass
from reader.parse.headings.shapes import Shape, shape

LONGEST = 45.0
"""The maximum width of a pseudo heading in ems."""

_EVIDENCE_KINDS = (SpanKind.STRONG, SpanKind.UNDERLINE, SpanKind.MARKED, SpanKind.LINK)
"""Kinds of spans that are evidence for or against a heading if they cover a whole line."""


class LineKind(Enum):
    """The kind of a line."""

    TEXT = "text"
    HEADING = "heading"  # marked up in the source
    PICTURE = "picture"
    RULE = "rule"
    OTHER = "other"  # a list, a table, code: something that a heading may introduce


@dataclass(frozen=True, slots=True)
class VisualLine:
    """A line of a paragraph, or another block as a whole.

    Attributes:
        block: The index of its top-level block.
        start: The start offset in the text of the paragraph.
        end: The end offset.
        kind: The kind of the line.
        text: The text without white space at its ends; empty if the line is not text.
        ems: The width in ems, with half an em for narrow characters; for a block, the width of all its text.
        bold: Whether everything except punctuation is bold.
        emphasized: Whether it is bold, underlined or highlighted.
        linked: Whether the whole line is a link.
        quoted: Whether it is the only paragraph of a quotation.
        wrapped: Whether its paragraph has several lines.
        shape: Its number or symbol, if it is short enough to be a heading.
    """

    block: int
    start: int
    end: int
    kind: LineKind
    text: str = ""
    ems: float = 0.0
    bold: bool = False
    emphasized: bool = False
    linked: bool = False
    quoted: bool = False
    wrapped: bool = False
    shape: Shape | None = None

    @property
    def style(self) -> tuple[str, bool, bool]:
        """The features shared by headings of the same style."""
        return (self.shape.kind if self.shape else "", self.emphasized, self.quoted)

    @property
    def short(self) -> bool:
        """Whether it is short enough to be a heading."""
        return self.kind is LineKind.TEXT and 0 < self.ems <= LONGEST


def lines_of(blocks: Sequence[Block]) -> list[VisualLine]:
    """Return the lines of the blocks in reading order."""
    lines: list[VisualLine] = []
    for number, block in enumerate(blocks):
        if isinstance(block, Paragraph):
            lines += _paragraph_lines(number, block.text, quoted=False)
        elif isinstance(block, Quote) and len(block.blocks) == 1 and isinstance(block.blocks[0], Paragraph):
            lines += _paragraph_lines(number, block.blocks[0].text, quoted=True)
        else:
            lines.append(VisualLine(number, 0, 0, _kind(block), ems=sum(ems(leaf.text.text) for leaf in leaves(block))))
    return lines


def neighbour(lines: Sequence[VisualLine], place: int, step: int) -> VisualLine | None:
    """Return the line above (`step` -1) or below (1) a line, ignoring thematic breaks; None if there is none."""
    place += step
    while 0 <= place < len(lines):
        if lines[place].kind is not LineKind.RULE:
            return lines[place]
        place += step
    return None


def _kind(block: Block) -> LineKind:
    match block:
        case Heading():
            return LineKind.HEADING
        case Image() | Embed() | Figure():
            return LineKind.PICTURE
        case Rule():
            return LineKind.RULE
        case Quote(blocks) if blocks and all(isinstance(one, Image | Embed | Figure) for one in blocks):
            return LineKind.PICTURE
        case CodeBlock() | ListBlock():
            return LineKind.OTHER
    return LineKind.OTHER


def _paragraph_lines(number: int, inline: Inline, *, quoted: bool) -> list[VisualLine]:
    text = inline.text
    wrapped = "\n" in text
    evidence = [span for span in inline.spans if span.kind in _EVIDENCE_KINDS]
    has_picture = any(span.kind is SpanKind.IMAGE for span in inline.spans)
    if not wrapped and not evidence and not has_picture and (bare := text.strip()):
        length = ems(bare) if len(bare) <= 2 * LONGEST else float(len(bare))
        found = shape(bare) if length <= LONGEST else None
        return [VisualLine(number, 0, len(text), LineKind.TEXT, bare, length, quoted=quoted, shape=found)]
    ranges: list[tuple[int, int]] = []
    start = 0
    for raw in text.split("\n"):
        if raw.strip():
            ranges.append((start, start + len(raw)))
        start += len(raw) + 1
    lines: list[VisualLine] = []
    for (start, end), own in zip(ranges, within(evidence, ranges), strict=True):
        bare = text[start:end].strip()
        length = ems(bare) if len(bare) <= 2 * LONGEST else float(len(bare))
        if length > LONGEST:
            lines.append(VisualLine(number, start, end, LineKind.TEXT, bare, length, quoted=quoted, wrapped=wrapped))
        else:
            first = start + text[start:end].index(bare)
            kinds = {kind for kind in {span.kind for span in own} if covered(bare, first, own, kind)}
            lines.append(
                VisualLine(
                    number,
                    start,
                    end,
                    LineKind.TEXT,
                    bare,
                    length,
                    bold=SpanKind.STRONG in kinds,
                    emphasized=bool(kinds - {SpanKind.LINK}),
                    linked=SpanKind.LINK in kinds,
                    quoted=quoted,
                    wrapped=wrapped,
                    shape=shape(bare),
                )
            )
    if not lines:
        lines.append(VisualLine(number, 0, 0, LineKind.OTHER))
    elif has_picture and not wrapped:
        return [VisualLine(number, 0, len(text), LineKind.PICTURE, ems=lines[0].ems)]
    return lines


class _EmWidths(dict[str, float]):
    """The widths of characters in ems, measured once."""

    def __missing__(self, character: str) -> float:
        width = 1.0 if unicodedata.east_asian_width(character) in "WFA" else 0.5
        self[character] = width
        return width


_WIDTHS = _EmWidths()


def ems(text: str) -> float:
    """Return the width of a text in ems: one for wide characters, half for others."""
    if text.isascii():
        return len(text) / 2
    return sum(map(_WIDTHS.__getitem__, text))


def covered(text: str, start: int, spans: Iterable[Span], kind: SpanKind) -> bool:
    """Whether spans of a kind cover at least three quarters of the letters of `text`, which begins at `start`."""
    own = [span for span in spans if span.kind is kind and span.end > start and span.start < start + len(text)]
    if not own:
        return False
    if sum(span.end - span.start for span in own) < 0.75 * sum(map(str.isalnum, text)):
        return False
    letters = [start + place for place, one in enumerate(text) if one.isalnum()]
    inside = sum(any(span.start <= place < span.end for span in own) for place in letters)
    return bool(letters) and inside >= 0.75 * len(letters)


def parts(inline: Inline, ranges: Iterable[tuple[int, int]]) -> Iterator[Inline]:
    """Yield the stripped text of each range with its spans. The ranges must be in order."""
    spans = within(inline.spans, ranges := list(ranges))
    for (start, end), own in zip(ranges, spans, strict=True):
        raw = inline.text[start:end]
        text = raw.strip()
        first = start + len(raw) - len(raw.lstrip())
        last = first + len(text)
        clipped = (
            Span(max(span.start, first) - first, min(span.end, last) - first, span.kind, span.value)
            for span in own
            if span.start < last and span.end > first
        )
        yield Inline(text, tuple(clipped))


def within(spans: Iterable[Span], ranges: Iterable[tuple[int, int]]) -> Iterator[list[Span]]:
    """Yield the spans that overlap each range, in one pass, because a paragraph may have thousands of spans."""
    waiting = iter(spans)
    coming = next(waiting, None)
    open_spans: list[Span] = []
    for start, end in ranges:
        open_spans = [span for span in open_spans if span.end > start]
        while coming is not None and coming.start < end:
            if coming.end > start:
                open_spans.append(coming)
            coming = next(waiting, None)
        yield open_spans
