"""Articles in Org (Emacs): headings, lists, tables, code, formulas and footnotes, with metadata as keywords.

Org has no column and row spans, and no highlights with colours: highlights become underlined text.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Self

from reader.archive.article import Article
from reader.document.annotation import Annotation
from reader.document.blocks import (
    Block,
    CodeBlock,
    DefinitionList,
    Details,
    Embed,
    Figure,
    Footnotes,
    Heading,
    Image,
    Inline,
    ListBlock,
    ListItem,
    MathBlock,
    Paragraph,
    Quote,
    Rule,
    Table,
    leaves,
)
from reader.document.document import Document
from reader.document.resolved_links import with_targets
from reader.document.tabs import typed
from reader.export.annotated import highlighted
from reader.export.exporter import ExportOptions
from reader.export.org_text import link, note_label, write_text
from reader.layout.head import Head
from reader.lean_dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class OrgExporter:
    """Org in UTF-8; `annotations` are underlined, and their notes become footnotes."""

    annotations: Sequence[Annotation] = ()
    article: Article | None = None
    targets: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, options: ExportOptions) -> Self:
        """An exporter with these options; Org has no line width."""
        return cls(options.annotations, options.article, options.targets)

    @property
    def suffix(self) -> str:
        """The file name suffix."""
        return ".org"

    def render(self, head: Head, document: Document) -> Iterator[bytes]:
        """The content of the file, block by block."""
        if self.annotations:
            document = highlighted(document, self.annotations)
        document = with_targets(document, self.targets)
        yield "".join(f"{line}\n" for line in _keywords(head, self.article)).encode("utf-8", "replace")
        for block in document.blocks:
            if lines := _block(block):
                yield ("\n" + "\n".join(lines) + "\n").encode("utf-8", "replace")


def _keywords(head: Head, article: Article | None) -> Iterator[str]:
    yield f"#+title: {head.title}"
    if article is not None:
        values = (("author", article.author), ("date", article.local_day), ("source", article.url))
        yield from (f"#+{key}: {value}" for key, value in values if value)
        tags = ["".join(sign if sign.isalnum() or sign in "_@" else "_" for sign in tag) for tag in article.tags]
        if tags:
            yield f"#+filetags: :{':'.join(tags)}:"
    # By default, Org takes the b of a_b for a subscript.
    yield "#+options: ^:{}"


def _all(blocks: Sequence[Block]) -> list[str]:
    lines: list[str] = []
    for block in blocks:
        found = _block(block)
        if found and lines:
            lines.append("")
        lines += found
    return lines


def _block(block: Block) -> list[str]:  # noqa: PLR0911, PLR0912, C901 - one per kind
    match block:
        case Heading(text, level):
            return [f"{'*' * max(level, 1)} {write_text(text, one_line=True)}"] if level else []
        case Paragraph(text):
            return write_text(text).split("\n") if text else []
        case CodeBlock(text, language):
            kind = f"src {language}" if language else "example"
            return [f"#+begin_{kind}", *map(_guarded, typed(text).split("\n")), f"#+end_{kind.split(maxsplit=1)[0]}"]
        case MathBlock(text):
            return ["\\[", *text.text.split("\n"), "\\]"]
        case Image(text, source):
            caption = [f"#+caption: {write_text(text, one_line=True)}"] if text else []
            return [*caption, link(source)] if source else [write_text(text)] if text else []
        case Embed(text, kind, source):
            return [link(source, write_text(text, one_line=True) or kind)]
        case Rule():
            return ["-----"]
        case ListBlock():
            return _list(block)
        case DefinitionList(entries):
            return [line for entry in entries for line in _definition(entry.terms, entry.blocks)]
        case Quote(blocks, kind):
            name = kind if kind.isalnum() else "quote"
            return [f"#+begin_{name}", *_all(blocks), f"#+end_{name}"]
        case Details(summary, blocks):
            return ["#+begin_details", *_all((summary, *blocks)), "#+end_details"]
        case Figure(blocks, caption):
            return _all((*caption, *blocks) if block.caption_above else (*blocks, *caption))
        case Table():
            return [*_all(block.caption), *_table(block)]
        case Footnotes(notes):
            return [line for note in notes for line in _hung(f"[fn:{note_label(note.label)}] ", _all(note.blocks), 0)]


def _guarded(line: str) -> str:
    """A line of a block, after a comma if it would end the block or begin a heading."""
    stripped = line.lstrip(",")
    return f",{line}" if stripped.startswith(("*", "#+")) else line


def _list(block: ListBlock) -> list[str]:
    lines: list[str] = []
    number = block.start - 1
    for item in block.items:
        expected = number + 1
        number = expected if item.number is None else item.number
        bullet = f"{number}. " if block.ordered else "- "
        jump = f"[@{number}] " if block.ordered and (number != expected or (number != 1 and not lines)) else ""
        lines += _hung(bullet, _item(item, jump), len(bullet))
    return lines


def _item(item: ListItem, jump: str) -> list[str]:
    box = "" if item.checked is None else "[X] " if item.checked else "[ ] "
    first, *rest = _all(item.blocks) or [""]
    return [jump + box + first, *rest]


def _definition(terms: Sequence[Paragraph], blocks: Sequence[Block]) -> list[str]:
    term = "; ".join(write_text(one.text, one_line=True) for one in terms)
    return _hung(f"- {term} :: ", _all(blocks), 2)


def _hung(marker: str, lines: Sequence[str], indent: int) -> list[str]:
    first, *rest = lines or [""]
    return [(marker + first).rstrip(), *(f"{' ' * indent}{line}".rstrip() for line in rest)]


def _table(table: Table) -> list[str]:
    lines = []
    for number, row in enumerate(table.rows):
        lines.append(f"| {' | '.join(_cell(cell.blocks) for cell in row)} |")
        if number + 1 == table.header_rows:
            lines.append(f"|{'+'.join('---' for _cell_of_row in row)}|")
    return lines


def _cell(blocks: Sequence[Block]) -> str:
    texts = (leaf.text or Inline() for block in blocks for leaf in leaves(block))
    return " ".join(filter(None, (write_text(text, one_line=True) for text in texts))).replace("|", "\\vert{}")
