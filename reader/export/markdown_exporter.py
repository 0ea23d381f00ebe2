r"""Articles as Markdown (CommonMark with GFM's tables, footnotes and task lists), for other programs and for this one.

Read again, the file gives the same text in the same kinds of blocks, as far as Markdown can say it. It cannot say: how
many columns and rows a cell spans, that a table has a caption or a head of another height than one row, letters as the
numbers of a list, a number out of order without a list of its own, styles inside code blocks, where footnotes stand and
how they are numbered. Signs of formulas, such as \( \), are read as such even where they are text.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reader.document.annotation import Annotation
from reader.document.blocks import Inline, ListBlock, ListItem
from reader.document.document import Document
from reader.export.annotated import highlighted
from reader.export.markdown_blocks import BlockWriter
from reader.export.markdown_escapes import heading_guarded, lines_of
from reader.export.markdown_inline import Place, write_inline
from reader.export.markdown_notes import Notes
from reader.layout.head import Head


@dataclass(frozen=True, slots=True)
class MarkdownExporter:
    """Markdown in UTF-8; `annotations`, by their starts, become marks and footnotes."""

    annotations: Sequence[Annotation] = ()

    @property
    def suffix(self) -> str:
        """What the files' names end with."""
        return ".md"

    def render(self, head: Head, document: Document) -> Iterator[bytes]:
        """The file, block by block."""
        if self.annotations:
            document = highlighted(document, self.annotations)
        parted = False
        for lines in _parts(head, document):
            text = "\n".join(lines)
            yield f"\n{text}\n".encode() if parted else f"{text}\n".encode()
            parted = True


def _parts(head: Head, document: Document) -> Iterator[list[str]]:
    """The lines of title, byline and each block; an empty line belongs between one and the next."""
    notes = Notes(document)
    if title := write_inline(Inline(head.title), Place.HEADING, notes):
        yield [f"# {heading_guarded(title)}"]
    if byline := write_inline(Inline(head.byline), Place.PARAGRAPH, notes):
        yield list(lines_of(byline))
    writer = BlockWriter(notes, 1 if title else 0)
    yield from writer.each(document.blocks)
    definitions = [writer.note(name, note) for name, note in notes.referred()]
    if left := notes.unreferred():
        items = tuple(ListItem(note.blocks, _number(note.label)) for note in left)
        yield from writer.each([ListBlock(items, ordered=any(item.number is not None for item in items))])
    yield from definitions


def _number(label: str) -> int | None:
    return int(label) if label.isdecimal() and len(label) < 9 else None
