r"""Articles as Markdown (CommonMark with GFM's tables, footnotes and task lists), for other programs and for this one.

Parsing the file again gives the same text in the same kinds of blocks, as far as Markdown can express them. It cannot
express column and row spans, table captions, table headers other than one row, letters as list numbers, numbers out of
sequence within a list, styles inside code blocks, or the place and numbering of footnotes. Formula delimiters such as
\( \) are parsed as formulas even where they are plain text.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Self

from reader.document.annotation import Annotation
from reader.document.blocks import Inline, ListBlock, ListItem
from reader.document.document import Document
from reader.document.resolved_links import with_targets
from reader.export.annotated import highlighted
from reader.export.exporter import ExportOptions
from reader.export.markdown_blocks import BlockWriter
from reader.export.markdown_context import MarkdownContext
from reader.export.markdown_escapes import heading_guarded, lines_of
from reader.export.markdown_inline import TextContext, write_inline
from reader.export.markdown_notes import FootnoteReferences
from reader.layout.head import Head
from reader.lean_dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class MarkdownExporter:
    """Markdown in UTF-8; `annotations`, sorted by start, become marks and footnotes.

    Links and pictures get new targets from the table `targets`, whose keys are the targets as written. With
    `marks_with_signs`, highlights are written as `==text==`; with `links_by_name`, links to exported notes as
    `[[note]]`.
    """

    annotations: Sequence[Annotation] = ()
    targets: Mapping[str, str] = field(default_factory=dict)
    marks_with_signs: bool = False
    links_by_name: bool = False

    @classmethod
    def of(cls, options: ExportOptions) -> Self:
        """An exporter with these options; Markdown has no line width."""
        return cls(options.annotations, options.targets, bool(options.marks_with_signs))

    @property
    def suffix(self) -> str:
        """The file name suffix."""
        return ".md"

    def render(self, head: Head, document: Document) -> Iterator[bytes]:
        """The content of the file, block by block."""
        if self.annotations:
            # Highlights between equals signs cannot be nested.
            document = highlighted(document, self.annotations, merged=self.marks_with_signs)
        document = with_targets(document, self.targets)
        named = frozenset(self.targets.values()) if self.links_by_name else frozenset[str]()
        needs_separator = False
        for lines in _parts(
            head, document, MarkdownContext(FootnoteReferences(document), self.marks_with_signs, named)
        ):
            text = "\n".join(lines)
            yield f"\n{text}\n".encode() if needs_separator else f"{text}\n".encode()
            needs_separator = True


def markdown_of(document: Document, exporter: MarkdownExporter | None = None) -> str:
    """The blocks of a document as Markdown, without a title."""
    return b"".join((exporter or MarkdownExporter()).render(Head("", ""), document)).decode()


def _parts(head: Head, document: Document, context: MarkdownContext) -> Iterator[list[str]]:
    """The lines of title, byline and each block; to be separated by an empty line."""
    notes = context.notes
    if title := write_inline(Inline(head.title), TextContext.HEADING, context):
        yield [f"# {heading_guarded(title)}"]
    if byline := write_inline(Inline(head.byline), TextContext.PARAGRAPH, context):
        yield list(lines_of(byline))
    writer = BlockWriter(context, 1 if title else 0)
    yield from writer.each(document.blocks)
    # As one string each, which takes less memory.
    definitions = ["\n".join(writer.note(name, note)) for name, note in notes.referred()]
    if left := notes.unreferred():
        items = tuple(ListItem(note.blocks, _number(note.label)) for note in left)
        yield from writer.each([ListBlock(items, ordered=any(item.number is not None for item in items))])
    yield from ([definition] for definition in definitions)


def _number(label: str) -> int | None:
    return int(label) if label.isdecimal() and len(label) < 9 else None
