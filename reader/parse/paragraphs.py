"""Splitting a draft into leaves: paragraphs at blank lines and indents, separate images and formulas."""

from collections.abc import Iterable, Iterator

from reader.document.blocks import CodeBlock, Image, Inline, Leaf, MathBlock, Paragraph, Span, SpanKind
from reader.document.sanitizing import clean
from reader.lean_dataclasses import dataclass
from reader.parse.formulas import typeset, with_punctuation
from reader.parse.inline import Draft, join_lines
from reader.parse.spans import BLANKS, RawSpan, cut, inline, joined, raw
from reader.regex import regex

_INDENT = regex("\u3000\u3000|\u2003\u2003|\u00a0{4}")
"""An indent that begins a paragraph in sources that have only line breaks."""


@dataclass(frozen=True, slots=True)
class _SourceLine:
    start: int
    stop: int
    pictures: tuple[RawSpan, ...]
    bare: bool
    """Whether the line has no text besides its images."""


def paragraphs(draft: Draft) -> list[Leaf]:
    """Return the leaves of a draft in reading order."""
    return [leaf for _stop, leaf in _placed(typeset(draft))]


def placed_paragraphs(draft: Draft) -> list[tuple[int, Leaf]]:
    """Return the leaves of a draft in reading order, each with the offset in the draft at which it ends.

    Formulas change offsets, so in a draft with formulas every leaf has the end of the whole draft.
    """
    length = len(draft.text)
    draft = typeset(draft)
    if len(draft.text) != length:
        return [(length + 1, leaf) for _stop, leaf in _placed(draft)]
    return _placed(draft)


def _placed(draft: Draft) -> list[tuple[int, Leaf]]:
    if draft.marks and "\n\n" in draft.text:
        draft = with_punctuation(draft)
    pictures = [mark for mark in draft.marks if mark.kind is SpanKind.IMAGE] if draft.marks else []
    if not pictures and "\n" not in draft.text:
        text = inline(draft.text, draft.marks)
        return [(len(draft.text) + 1, _paragraph(text))] if text else []
    if pictures and len(draft.marks) == 1 and pictures[0][:2] == (0, len(draft.text)) and "\n" not in draft.text:
        return [(len(draft.text) + 1, _image(draft.text, pictures[0], {pictures[0]: []}))]
    return list(_split(draft, sorted(pictures)))


def plain(data: str) -> Inline:
    """Convert text without marks, line breaks and formulas: a fast path for `paragraphs`."""
    return Inline(join_lines(clean(data).strip(" \t\n")).strip(BLANKS))


def one_line(draft: Draft) -> tuple[Inline, list[Leaf]]:
    """Return a draft as a single text, for example for a heading, and the images in it without alternative text."""
    draft = typeset(draft, one_line=True)
    empty = [mark for mark in draft.marks if mark.kind is SpanKind.IMAGE and mark.start == mark.stop]
    return inline(draft.text, draft.marks), [Image(Inline(), mark.value) for mark in empty]


def as_text(blocks: Iterable[Leaf]) -> Inline:
    """Join the text of leaves where no blocks are allowed. An image keeps its URL in a span."""
    parts = []
    for leaf in blocks:
        text = leaf.text
        if not text:
            continue
        if isinstance(leaf, Image):
            text = Inline(text.text, (Span(0, len(text.text), SpanKind.IMAGE, leaf.source), *text.spans))
        elif isinstance(leaf, MathBlock):
            text = Inline(text.text, (Span(0, len(text.text), SpanKind.MATH),))
        parts.append(text)
    return joined(parts) if parts else Inline()


def code(draft: Draft, language: str, first_line: int = 0) -> CodeBlock | None:
    """Return preformatted text as a code block without blank lines at its ends; None if it is blank.

    `first_line` is the number of the first line in the source; 0 if the lines are not numbered.
    """
    text = draft.text
    if not text.strip():
        return None
    start = 0
    while (line := text.find("\n", start)) >= 0 and not text[start:line].strip():
        start = line + 1
    stop = len(text.rstrip())
    marks = [
        mark._replace(start=max(0, mark.start - start), stop=min(mark.stop, stop) - start)
        for mark in draft.marks
        if mark.stop > start and mark.start < stop and mark.kind is not SpanKind.CODE
    ]
    return CodeBlock(raw(text[start:stop], marks), language, first_line)


def _paragraph(text: Inline) -> Leaf:
    first = next((span for span in text.spans if span.kind is not SpanKind.LANGUAGE), None)
    if first and first.kind is SpanKind.MATH and (first.start, first.end) == (0, len(text.text)):
        return MathBlock(Inline(text.text))
    return Paragraph(text)


class _ParagraphBuilder:
    """The lines of a paragraph with their marks."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._start = 0
        self._marks: list[RawSpan] = []
        self._any = False

    def add(self, line: _SourceLine, marks: list[RawSpan]) -> None:
        """Add a line, with offsets of marks relative to its start."""
        if not self._any:
            self._start, self._any = line.start, True
        offset = line.start - self._start
        self._marks += (mark._replace(start=mark.start + offset, stop=mark.stop + offset) for mark in marks)

    def end(self, stop: int) -> Iterator[tuple[int, Leaf]]:
        """Yield the paragraph up to `stop`, if there is one, and `stop`."""
        if self._any and (content := inline(self._text[self._start : stop], _merge_split_marks(self._marks))):
            yield stop, _paragraph(content)
        self._marks = []
        self._any = False


def _split(draft: Draft, pictures: list[RawSpan]) -> Iterator[tuple[int, Leaf]]:
    text = draft.text
    lines = list(_lines(text, pictures))
    marks = cut([mark for mark in draft.marks if mark.start < mark.stop], [0, *(line.stop + 1 for line in lines)])
    paragraph_builder = _ParagraphBuilder(text)
    for line, own in zip(lines, marks, strict=True):
        # An image without alternative text goes before the line if it is at its start, and else after the line.
        empty = [one for one in line.pictures if one.start == one.stop]
        before = line.pictures if line.bare else [one for one in empty if one.start == line.start]
        if line.bare or before or _INDENT.match(text, line.start):
            yield from paragraph_builder.end(line.start)
        links = _links(line, own)
        for picture in before:
            yield picture.stop, _image(text, picture, links)
        if line.bare:
            continue
        paragraph_builder.add(line, own)
        if behind := [one for one in empty if one.start > line.start]:
            yield from paragraph_builder.end(line.stop)
            for picture in behind:
                yield picture.stop, _image(text, picture, links)
    yield from paragraph_builder.end(len(text) + 1)


def _lines(text: str, pictures: list[RawSpan]) -> Iterator[_SourceLine]:
    """Yield the lines of a text with their images; an empty line is bare and has no images."""
    start = 0
    number = 0
    for content in text.split("\n"):
        stop = start + len(content)
        own = []
        covered = start
        bare = True
        while number < len(pictures) and pictures[number].start <= stop:
            picture = pictures[number]
            bare = bare and not text[covered : picture.start].strip(BLANKS)
            covered = max(covered, picture.stop)
            own.append(picture)
            number += 1
        bare = bare and not text[covered:stop].strip(BLANKS)
        yield _SourceLine(start, stop, tuple(own), bare)
        start = stop + 1


def _links(line: _SourceLine, own: list[RawSpan]) -> dict[RawSpan, list[RawSpan]]:
    """Return the links around each image of a line; other marks over an image are meaningless.

    Images and links are sorted by start offset, so that one pass suffices for thousands of both.
    """
    if not line.pictures:
        return {}
    links = sorted(
        mark._replace(start=mark.start + line.start, stop=mark.stop + line.start)
        for mark in own
        if mark.kind is SpanKind.LINK
    )
    found: dict[RawSpan, list[RawSpan]] = {}
    coming = 0
    open_links: list[RawSpan] = []
    for picture in line.pictures:
        while coming < len(links) and links[coming].start < picture.stop:
            open_links.append(links[coming])
            coming += 1
        open_links = [link for link in open_links if link.stop > picture.start]
        found[picture] = open_links
    return found


def _image(text: str, picture: RawSpan, links: dict[RawSpan, list[RawSpan]]) -> Image:
    """Return an image as a block."""
    start, stop = picture.start, picture.stop
    over = [
        link._replace(start=max(link.start, start) - start, stop=min(link.stop, stop) - start)
        for link in links[picture]
    ]
    return Image(inline(text[start:stop], over), picture.value)


def _merge_split_marks(marks: list[RawSpan]) -> list[RawSpan]:
    """Merge marks that were split at line breaks."""
    last: dict[tuple[int, SpanKind, str], int] = {}
    whole: list[RawSpan] = []
    for mark in marks:
        key = (mark.order, mark.kind, mark.value)
        number = last.get(key, -1)
        if number >= 0 and whole[number].stop >= mark.start - 1:
            whole[number] = whole[number]._replace(stop=mark.stop)
        else:
            last[key] = len(whole)
            whole.append(mark)
    return whole
