"""Merging annotations into a document, so that any exporter writes them.

In plain text, a highlight is enclosed in brackets that authors do not use, and followed by its number. In Markdown, a
highlight is a span, and its note is a footnote. Both formats list the annotations that cannot be shown in place below
the article.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import accumulate, count, pairwise

from reader.document.annotation import Annotation
from reader.document.blocks import (
    Block,
    Footnote,
    Footnotes,
    Heading,
    Inline,
    Leaf,
    MathBlock,
    Paragraph,
    Span,
    SpanKind,
)
from reader.document.document import Document
from reader.document.footnotes import placed_footnotes
from reader.document.mapping import map_leaves
from reader.document.sanitizing import clean_line
from reader.language import _
from reader.layout.cells import cluster_ends, clusters, is_simple
from reader.layout.flow import is_shown
from reader.lean_dataclasses import dataclass, replace

OPENING, CLOSING = "⟦", "⟧"
"""One cell wide in every terminal (U+27E6 is not ambiguous), and used only in mathematics."""

_LONGEST_QUOTATION = 200
"""Maximum characters of a highlight that are quoted in the list."""

_LAYERS = 8
"""Maximum number of highlights that overlap as spans; further ones over the same text are listed, to limit nesting."""

_ATOMIC = frozenset((SpanKind.IMAGE, SpanKind.MATH, SpanKind.RUBY, SpanKind.FOOTNOTE))
"""Spans that can only be marked as a whole."""

_NO_FOOTNOTES = _ATOMIC | {SpanKind.LINK, SpanKind.CODE}
"""Spans that cannot contain a footnote reference."""


@dataclass(frozen=True, slots=True)
class _Part:
    """The characters `start` to `end` of a leaf."""

    leaf: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Insertion:
    """Text to insert before the character at `offset`, covered by a footnote span unless `label` is None.

    At the same offset, insertions are sorted by `order`.
    """

    offset: int
    order: tuple[int, ...]
    text: str
    label: str | None = None


def bracketed(document: Document, annotations: Sequence[Annotation]) -> Document:
    """`document` with its highlights in numbered brackets, and their list below the text."""
    inserted: dict[int, list[_Insertion]] = {}
    listed: list[Block] = []
    for number, annotation in enumerate(annotations, 1):
        listed += _entry(document, annotation, f"[{number}] ")
        if parts := list(_parts(document, annotation, is_shown)):
            first, last = parts[0], parts[-1]
            # Of highlights that start or end at the same place, the longer encloses the shorter.
            opening = _Insertion(first.start, (1, -last.leaf, -last.end, number), OPENING)
            closing = _Insertion(last.end, (0, -first.leaf, -first.start, -number), CLOSING)
            inserted.setdefault(first.leaf, []).append(opening)
            # A footnote span keeps the number from starting a line.
            reference = _Insertion(last.end, (*closing.order, 1), f"[{number}]", "")
            inserted.setdefault(last.leaf, []).extend((closing, reference))
    changed = {number: _with_text(document.leaves[number].text, found) for number, found in inserted.items()}
    return _with_list(_changed(document, changed), listed)


def highlighted(document: Document, annotations: Sequence[Annotation], *, merged: bool = False) -> Document:
    """`document` with highlights as spans and notes as footnotes; those that cannot be spans are listed below it.

    With `merged`, highlights that overlap or touch are one span, for programs that do not support nested marks.
    """
    texts: dict[int, Inline] = {}
    marked: list[_Part] = []
    inserted: dict[int, list[_Insertion]] = {}
    notes: list[Footnote] = []
    listed: list[Block] = []
    labels = _free_labels(document)
    layers = _Layers()
    for annotation in sorted(annotations, key=lambda one: one.span):
        parts = list(_parts(document, annotation, _supports_spans))
        if not merged and not layers.add(parts):
            listed += _entry(document, annotation, "")
            continue
        marked += parts
        note = _lines(annotation.note)
        if not parts or any(_parts(document, annotation, _supports_no_markup)):
            listed += _entry(document, annotation, "")
        elif note:
            last, label = parts[-1], next(labels)
            offset = _outside(document.leaves[last.leaf].text, last.end)
            insertion = _Insertion(offset, (len(notes),), f"[{len(notes) + 1}]", label)
            inserted.setdefault(last.leaf, []).append(insertion)
            notes.append(Footnote(label, (Paragraph(Inline(note)),)))
    for part in _united(marked) if merged else marked:
        texts[part.leaf] = _with_span(texts.get(part.leaf, document.leaves[part.leaf].text), part)
    for number, found in inserted.items():
        texts[number] = _with_text(texts[number], found)
    made = _with_list(_changed(document, texts), listed)
    return replace(made, blocks=(*made.blocks, Footnotes(tuple(notes)))) if notes else made


# The list


def _with_list(document: Document, listed: list[Block]) -> Document:
    title = Heading(Inline(_("Highlights")), 1)
    return replace(document, blocks=(*document.blocks, title, *listed)) if listed else document


def _entry(document: Document, annotation: Annotation, prefix: str) -> Iterator[Paragraph]:
    """The list entry of a highlight, if any: its number, the start of its text, and its note."""
    quotation, note = _quotation(document, annotation), _lines(annotation.note)
    if lines := [line for line in (quotation and f"“{quotation}”", note) if line]:
        yield Paragraph(Inline(prefix + "\n".join(lines)))


def _quotation(document: Document, annotation: Annotation) -> str:
    text = " ".join(document.extract(annotation.span).split()) if document.leaves else ""
    if len(text) <= _LONGEST_QUOTATION:
        return text
    kept = ""
    for cluster in clusters(text):
        if len(kept) + len(cluster) > _LONGEST_QUOTATION:
            break
        kept += cluster
    return f"{kept.rstrip()}…"


def _lines(note: str) -> str:
    """The lines of a note, except empty ones."""
    return "\n".join(line for line in map(clean_line, note.split("\n")) if line)


def _free_labels(document: Document) -> Iterator[str]:
    """Footnote labels that the document does not use itself."""
    taken = {note.label for _leaf, note in placed_footnotes(document)}
    return (label for label in map("note-{}".format, count(1)) if label not in taken)


# Ranges of highlights


def _supports_spans(leaf: Leaf) -> bool:
    return isinstance(leaf, Paragraph) or (isinstance(leaf, Heading) and leaf.level > 0)


def _supports_no_markup(leaf: Leaf) -> bool:
    """Whether a leaf is shown, and cannot contain markup."""
    return is_shown(leaf) and not _supports_spans(leaf)


def _parts(document: Document, annotation: Annotation, accepts: Callable[[Leaf], bool]) -> Iterator[_Part]:
    """The ranges of a highlight in each accepted leaf, without surrounding white space and with whole atomic spans."""
    start, end = document.clamp(annotation.span.start), document.clamp(annotation.span.end)
    for number in range(start.block, min(end.block + 1, len(document.leaves))):
        leaf = document.leaves[number]
        text = leaf.text.text
        first = start.offset if number == start.block else 0
        last = end.offset if number == end.block else len(text)
        if not accepts(leaf) or not text[first:last].strip():
            continue
        first += len(text[first:last]) - len(text[first:last].lstrip())
        last -= len(text[first:last]) - len(text[first:last].rstrip())
        yield (
            _Part(number, 0, len(text)) if isinstance(leaf, MathBlock) else _Part(number, *_extended(leaf, first, last))
        )


def _extended(leaf: Leaf, start: int, end: int) -> tuple[int, int]:
    """Extend a range so that it splits neither a cluster nor an atomic span."""
    text = leaf.text.text
    if not is_simple(text):
        ends = sorted({0, *cluster_ends(text)})
        start, end = ends[bisect_right(ends, start) - 1], ends[bisect_left(ends, end)]
    whole = [span for span in leaf.text.spans if span.kind in _ATOMIC]
    # From the innermost outwards: a ruby base may contain a formula.
    for span in reversed(whole):
        if span.start < end and span.end > start:
            start, end = min(start, span.start), max(end, span.end)
    return start, end


def _united(parts: Iterable[_Part]) -> list[_Part]:
    """Parts of leaves, after joining those that overlap or touch."""
    united: list[_Part] = []
    for part in sorted(parts, key=lambda one: (one.leaf, one.start)):
        last = united[-1] if united else None
        if last is not None and last.leaf == part.leaf and part.start <= last.end:
            united[-1] = replace(last, end=max(last.end, part.end))
        else:
            united.append(part)
    return united


def _outside(inline: Inline, offset: int) -> int:
    """The first offset, not before `offset`, at which a footnote reference is possible."""
    for span in inline.spans:
        if span.kind in _NO_FOOTNOTES and span.start < offset < span.end:
            offset = span.end
    return offset


class _Layers:
    """Tracks the number of overlapping highlights, which must be added in order of their starts."""

    def __init__(self) -> None:
        self._ends: dict[int, list[int]] = {}

    def add(self, parts: Sequence[_Part]) -> bool:
        """Add the ranges of a highlight unless `_LAYERS` others overlap one of them; return whether they were added."""
        for part in parts:
            ends = self._ends.setdefault(part.leaf, [])
            # As starts are sorted, only ranges that end after this start can overlap it.
            ends[:] = [end for end in ends if end > part.start]
            if len(ends) >= _LAYERS:
                return False
        for part in parts:
            self._ends[part.leaf].append(part.end)
        return True


# Changing texts


def _with_span(inline: Inline, part: _Part) -> Inline:
    """`inline` with a mark over a range, split where it would cross another span."""
    ends = {part.start, part.end}
    for span in inline.spans:
        if span.start < part.start < span.end < part.end:
            ends.add(span.end)
        elif part.start < span.start < part.end < span.end:
            ends.add(span.start)
    places = sorted(ends)
    marks = [Span(*piece, SpanKind.MARKED) for piece in pairwise(places)]
    # Sorting is stable: of two spans with the same range, the mark is the outer one.
    return Inline(inline.text, _sorted((*marks, *inline.spans)))


def _with_text(inline: Inline, insertions: Iterable[_Insertion]) -> Inline:
    """`inline` with text inserted; spans that end at an insertion do not grow, those that start there move."""
    ordered = sorted(insertions, key=lambda one: (one.offset, one.order))
    offsets = [one.offset for one in ordered]
    lengths = [0, *accumulate(len(one.text) for one in ordered)]
    pieces: list[str] = []
    added: list[Span] = []
    at = 0
    for one, before in zip(ordered, lengths, strict=False):
        pieces += (inline.text[at : one.offset], one.text)
        at = one.offset
        if one.label is not None:
            added.append(Span(at + before, at + before + len(one.text), SpanKind.FOOTNOTE, one.label))
    moved = (
        replace(
            span,
            start=span.start + lengths[bisect_right(offsets, span.start)],
            end=span.end + lengths[bisect_left(offsets, span.end)],
        )
        for span in inline.spans
        if span.start < span.end
    )
    return Inline("".join([*pieces, inline.text[at:]]), _sorted((*moved, *added)))


def _sorted(spans: Iterable[Span]) -> tuple[Span, ...]:
    return tuple(sorted(spans, key=lambda span: (span.start, -span.end)))


def _changed(document: Document, texts: dict[int, Inline]) -> Document:
    """`document` with the texts of some leaves replaced."""
    numbers = count()

    def change(leaf: Leaf) -> Leaf:
        text = texts.get(next(numbers))
        return leaf if text is None else replace(leaf, text=text)

    return replace(document, blocks=tuple(map_leaves(block, change) for block in document.blocks))
