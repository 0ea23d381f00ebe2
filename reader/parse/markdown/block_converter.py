"""Conversion of the Markdown tree to blocks."""

import re
from collections.abc import Callable

from reader.document.blocks import (
    Alignment,
    Block,
    Cell,
    Definition,
    DefinitionList,
    Details,
    Embed,
    Figure,
    Footnote,
    Footnotes,
    Heading,
    Inline,
    Leaf,
    ListBlock,
    ListItem,
    MathBlock,
    Paragraph,
    Quote,
    Rule,
    Table,
    kind_name,
    leaves,
)
from reader.document.sanitizing import clean_line
from reader.lean_dataclasses import replace
from reader.parse.callout_titles import DETAILS, kind_title
from reader.parse.element_ids import with_anchor
from reader.parse.formulas import has_formulas
from reader.parse.html_vocabulary import CALLOUTS
from reader.parse.markdown.block_ids import (
    append,
    empty_elements,
    lone_id,
    settled,
    without_attributes,
    without_block_id,
    without_last_line_of_elements,
)
from reader.parse.markdown.directives import FOLDS, PASSING, TITLED, directive_name
from reader.parse.markdown.fences import code_label, first_line
from reader.parse.markdown.inlines import HoldsHTMLError, draft_of, html_of, is_comment, text_of
from reader.parse.markdown.nodes import Children, Kind, Node
from reader.parse.markdown.targets import embedded_kind
from reader.parse.marked_lines import marked_code
from reader.parse.paragraphs import as_text, code, one_line, paragraphs, plain
from reader.parse.tex_source import from_markdown
from reader.regex import regex

_CONTENTS = regex(r"\[\[?_?toc_?\]?\]|\[tocm?\]|@\[toc\]|\$\{toc\}|\{:toc\}|\[toc\][^\n]{0,20}", re.IGNORECASE)
_SPECIAL = regex(r"[\[@$\\{^]")
"""The characters of formulas, block ids and tables of contents; text without any of them is an ordinary paragraph."""
_LONGEST_CONTENTS = 40
"""Maximum length of a line that is replaced by a table of contents."""

_ALIGNMENTS = {"left": Alignment.LEFT, "center": Alignment.CENTRE, "right": Alignment.RIGHT}


class BlockConverter:
    """Converts nodes to blocks; `finish` returns the blocks of a whole document, footnotes last.

    Args:
        keeps_breaks: Returns whether the line breaks between the lines of a paragraph are meaningful.
    """

    def __init__(self, keeps_breaks: Callable[[list[str]], bool]) -> None:
        self.keeps_breaks = keeps_breaks
        self._definitions: dict[str, Node] = {}
        self._labels: dict[str, str] = {}
        self._names: list[str] = []
        self._writers: dict[Kind, Callable[[Node], list[Block]]] = {
            Kind.PARAGRAPH: self._paragraph,
            Kind.HEADING: self._heading,
            Kind.CODE_BLOCK: self.code,
            Kind.RULE: lambda _: [Rule()],
            Kind.QUOTE: self._quote,
            Kind.CALLOUT: self._callout,
            Kind.DIRECTIVE: self._directive,
            Kind.LIST: self._list,
            Kind.DEFINITIONS: self._definition_list,
            Kind.TABLE: self._table,
            Kind.FOOTNOTE: self._footnote,
        }

    def finish(self, document: Node) -> list[Block]:
        """Return the blocks of a document, and release its tree."""
        blocks = self.blocks(document.children)
        document.children = []
        return self.with_footnotes(blocks)

    def with_footnotes(self, blocks: list[Block]) -> list[Block]:
        """Return the blocks of a document with the footnotes that they refer to."""
        notes: list[Footnote] = []
        # A footnote may contain the first reference to another one.
        while len(notes) < len(self._labels):
            name = self._names[len(notes)]
            definition = self._definitions.pop(name, None)
            notes.append(Footnote(self._labels[name], tuple(self.blocks(definition.children)) if definition else ()))
        if notes:
            return [*blocks, Footnotes(tuple(notes))]
        return blocks

    def refer(self, name: str) -> str:
        """Register a footnote reference by name, and return its label."""
        label = self._labels.get(name)
        if label is None:
            label = self._labels[name] = str(len(self._labels) + 1)
            self._names.append(name)
        return label

    def blocks(self, children: Children) -> list[Block]:
        """Convert consecutive nodes to blocks."""
        pieces: list[str | list[Block]] = []
        made: list[Block] = []
        for node in children:
            if isinstance(node, str):
                continue
            child, tail = without_last_line_of_elements(node)
            html = child.value if child.kind is Kind.HTML_BLOCK else empty_elements(child)
            if html:
                if not is_comment(html):
                    pieces += (settled(made), html)
                    made = []
            elif (writer := self._writers.get(child.kind)) is not None:
                append(made, writer(child))
            else:
                made += self.blocks(child.children)
            if tail:
                pieces += (settled(made), tail)
                made = []
        return parse_pieces([*pieces, settled(made)]) if pieces else settled(made)

    # Leaves

    def _paragraph(self, node: Node) -> list[Block]:
        children = node.children
        if (only := _only_text(children)) and not _SPECIAL.search(only):
            text = plain(only)
            return [Paragraph(text)] if text else []
        if len(children) <= 2 and len(bare := _bare(children)) <= _LONGEST_CONTENTS and _CONTENTS.fullmatch(bare):
            return []
        children, anchor = without_block_id(children)
        if embed := _embed(children):
            return [embed]
        if anchor and not children:
            # This is the id of the block above; `append` gives it to that block.
            return [lone_id(anchor)]
        made = self.leaves(children)
        if anchor and made:
            made[-1] = with_anchor(made[-1], anchor)
        return made

    def leaves(self, children: Children) -> list[Block]:
        """Convert running text to paragraphs, with images, formulas and HTML blocks split off."""
        if (only := _only_text(children)) and not has_formulas(only):
            text = plain(only)
            return [Paragraph(text)] if text else []
        try:
            return [*paragraphs(draft_of(children, self))]
        except HoldsHTMLError:
            return parse_pieces([html_of(children, self)])

    def _heading(self, node: Node) -> list[Block]:
        children, anchor = without_attributes(node.children)
        try:
            text, pictures = one_line(draft_of(children, self))
        except HoldsHTMLError:
            tag = f"h{node.value}"
            made = parse_pieces([f"<{tag}>{html_of(children, self)}</{tag}>"])
            return [with_anchor(one, anchor) if isinstance(one, Heading) else one for one in made]
        heading: list[Block] = [Heading(text, node.value, anchor=anchor)] if text else []
        return [*heading, *pictures]

    @staticmethod
    def code(node: Node) -> list[Block]:
        """Convert a code block."""
        info, literal = node.value
        language, title = code_label(info)
        if language == "math" and (tex := literal.strip("\n")).strip():
            # GitHub's fence for displayed formulas.
            return [MathBlock(Inline(from_markdown(tex)))]
        number = first_line(info)
        block = code(marked_code(literal, language, info, number), language, number)
        return _titled(block, title) if block else []

    # Containers

    def _quote(self, node: Node) -> list[Block]:
        blocks = self.blocks(node.children)
        return [Quote(tuple(blocks))] if blocks else []

    def _callout(self, node: Node) -> list[Block]:
        kind, folded = node.value
        title: list[Block] = []
        children = node.children
        first = children[0] if children else None
        if isinstance(first, Node) and first.kind is Kind.CALLOUT_TITLE:
            title = self.blocks(first.children)
            children = children[1:]
        return [callout(kind, title, self.blocks(children), folded=folded)]

    def _directive(self, node: Node) -> list[Block]:
        info, closed = node.value
        return directive(info, self.blocks(node.children), closed=closed)

    def _list(self, node: Node) -> list[Block]:
        ordered, start = node.value
        items: list[ListItem] = []
        owed: int | None = None
        for number, item in enumerate(node.children, start):
            if isinstance(item, str):
                continue
            blocks = self.blocks(item.children)
            if not blocks and item.value is None:
                owed = number + 1
                continue
            items.append(ListItem(tuple(blocks), owed if ordered else None, item.value))
            owed = None
        return [ListBlock(tuple(items), ordered, start if ordered else 1)] if items else []

    def _definition_list(self, node: Node) -> list[Block]:
        found: list[tuple[list[Paragraph], list[Block]]] = []  # tuples would be copied for each definition of a term
        for item in node.children:
            if isinstance(item, str):
                continue
            terms: list[Paragraph] = []
            said: list[Block] = []
            for part in item.children:
                if isinstance(part, str):
                    continue
                blocks = self.blocks(part.children)
                if part.kind is Kind.TERM:
                    text = as_text(leaf for block in blocks for leaf in leaves(block))
                    terms += [Paragraph(text)] if text else []
                else:
                    said += blocks
            if not terms and found:
                found[-1][1].extend(said)
            elif terms or said:
                found.append((terms, said))
        return [DefinitionList(tuple(Definition(tuple(terms), tuple(said)) for terms, said in found))] if found else []

    def _table(self, node: Node) -> list[Block]:
        alignments = [_ALIGNMENTS.get(one, Alignment.NONE) for one in node.value]
        rows: list[tuple[Cell, ...]] = []
        for row in node.children:
            if isinstance(row, str):
                continue
            cells = [
                Cell(tuple(self.leaves(cell.children)), row.value, alignment)
                for cell, alignment in zip(row.children, alignments, strict=False)
                if isinstance(cell, Node)
            ]
            rows.append(tuple(cells))
        held = [block for row in rows for cell in row for block in cell.blocks]
        if not held:
            return []
        if len(rows) == 1 and len(rows[0]) == 1:
            return held
        return [Table(tuple(rows), int(len(rows) > 1))]

    def _footnote(self, node: Node) -> list[Block]:
        name, references = node.value
        if references:
            self._definitions[name] = node
            return []
        # A footnote without references stays in place, so that its text is not lost.
        made = self.blocks(node.children)
        mark = f"[^{name}]: "
        if made and isinstance(made[0], Paragraph):
            return [Paragraph(_behind(mark, made[0].text)), *made[1:]]
        return [Paragraph(Inline(mark.strip())), *made]


def parse_pieces(pieces: list[str | list[Block]]) -> list[Block]:
    """Parse HTML between blocks; most Markdown has none, and needs no HTML parser."""
    from reader.parse.html import parse_pieces as parse  # noqa: PLC0415

    return parse(pieces)


def callout(kind: str, title: list[Block], inner: list[Block], *, folded: bool | None = None) -> Quote:
    """Convert a callout with its title, which may be empty, and its content."""
    name = clean_line(kind)
    text = as_text(leaf for block in title for leaf in leaves(block))
    is_untitled = not text or text == Inline(kind_name(name))
    return Quote((kind_title(name) if is_untitled else Paragraph(text), *inner), name.lower(), folded)


def directive(info: str, inner: list[Block], *, closed: bool) -> list[Block]:
    """Convert a container fenced by colons with its content; `closed` says whether it has a closing fence."""
    name, words = directive_name(info.replace(TITLED, ""))
    title = Inline(words)
    said = clean_line(f"::: {info}")
    opening = Inline(said)
    if TITLED in info and inner and isinstance(inner[0], Paragraph):
        title, inner = inner[0].text, inner[1:]
        opening = _behind(said.replace(TITLED, ""), title)
    if not closed or not (name in CALLOUTS or name in FOLDS or name in PASSING):
        return [Paragraph(opening), *inner, *([Paragraph(Inline(":::"))] if closed else [])]
    if name in PASSING:
        return inner
    if name in FOLDS:
        return [Details(Paragraph(title) if title.text else kind_title(DETAILS), tuple(inner))]
    return [Quote((Paragraph(title) if title.text else kind_title(name), *inner), name)]


def _behind(mark: str, text: Inline) -> Inline:
    """Return a text with `mark` in front of it."""
    moved = tuple(replace(span, start=span.start + len(mark), end=span.end + len(mark)) for span in text.spans)
    return Inline(mark + text.text, moved)


def _only_text(children: Children) -> str:
    """The text of nodes without any markup; empty if there is markup."""
    return children[0] if len(children) == 1 and isinstance(children[0], str) else ""


def _titled(block: Leaf, title: str) -> list[Block]:
    """Add a title, usually a file name, to a code block."""
    return [Figure((block,), (Paragraph(Inline(title)),), caption_above=True)] if title else [block]


def _bare(children: Children) -> str:
    """Return the text of a short paragraph, including the brackets of wiki links."""
    if len(children) == 1 and isinstance(only := children[0], str):
        return only.strip()
    return "".join(
        one if isinstance(one, str) else f"[[{text_of(one.children)}]]" if one.kind is Kind.WIKILINK else "\0"
        for one in children
    ).strip()


def _embed(children: Children) -> Block | None:
    """Return an embedded video or audio file that is the only content of a paragraph."""
    only = children[0] if len(children) == 1 else None
    if isinstance(only, Node) and only.kind is Kind.WIKILINK and only.value[1]:
        kind = embedded_kind(only.value[0])
        if kind in {"video", "audio"}:
            return Embed(Inline(clean_line(only.value[0].rpartition("/")[2])), kind, clean_line(only.value[0]))
    return None
