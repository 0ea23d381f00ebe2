"""Conversion of Markdown for the index: the text of all leaves and the kinds of content, without formatting.

Most leaves are text with emphasis, code and links, and most containers are lists, quotes, callouts and tables. Their
text is taken here from the library's tree, in a third of the time; everything else is converted as for display, so that
both texts are equal.
"""

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

from reader.document.blocks import Block, Cell, Heading, Image, Inline, Paragraph, Quote, Span, SpanKind, Table
from reader.document.sanitizing import clean, clean_line
from reader.lean_dataclasses import replace
from reader.parse.formulas import has_formulas
from reader.parse.html_vocabulary import link, picture
from reader.parse.inline import Draft, join_lines
from reader.parse.markdown import engine
from reader.parse.markdown.block_converter import (
    BlockConverter,
    callout,
    directive,
    parse_pieces,
)
from reader.parse.markdown.block_ids import append, lone_id_of
from reader.parse.markdown.engine import CODE, EMPHASIS, HARD_BREAK, LINK, SOFT_BREAK, TEXT, ParsePass, RawNode
from reader.parse.markdown.inlines import is_comment
from reader.parse.markdown.nodes import NESTING, Kind, Node
from reader.parse.markdown.targets import note_target, note_text
from reader.parse.paragraphs import paragraphs
from reader.parse.spans import BLANKS

_HARD = "\r"
"""Represents a hard line break while the text of a leaf is collected; cleaned text does not contain it."""

_LONGEST_CONTENTS = 40
"""Maximum length of a paragraph that is replaced by a table of contents."""

_LONGEST_WORD = 20
"""Maximum length of a word whose paragraph is cached if it is the only word of a table cell."""

_Leaf = Callable[[RawNode, int], list[Block] | None]


class LeanConverter:
    """Converts the tree of one pass to blocks whose leaves have the same text as those for display.

    A list becomes a quote, a table has one cell, and a link whose text is not found in its leaf spans the whole leaf.
    """

    def __init__(self, parsed: ParsePass, converter: BlockConverter) -> None:
        self._parsed = parsed
        self._converter = converter
        self._links: list[tuple[str, str]] = []
        """The texts and targets of the links in the current leaf."""
        self._taken: list[RawNode] = []
        """The leaves and inline nodes whose text was taken as a whole."""
        self._lean: dict[type, _Leaf] = {
            engine.PARAGRAPH: self._paragraph,
            engine.HEADING: self._heading,
            engine.CODE_BLOCK: self._code,
            engine.LIST: self._list,
            engine.QUOTE: self._quote,
            engine.TABLE: self._table,
            engine.CALLOUT: self._callout,
            engine.DIRECTIVE: self._directive,
        }

    def finish(self) -> list[Block]:
        """Return the blocks of the document."""
        blocks = self._converter.with_footnotes(self._blocks(self._parsed.root.children, 0))
        for raw in self._taken:
            # Break reference cycles, as `release` does, without searching for the nodes.
            raw.children = []
        return blocks

    def _blocks(self, raws: Sequence[RawNode], depth: int) -> list[Block]:
        if depth >= NESTING:
            return self._converter.blocks(self._parsed.nodes(raws, depth))
        pieces: list[str | list[Block]] = []
        made: list[Block] = []
        for raw in raws:
            value = raw.node_value
            type_ = type(value)
            if type_ is engine.HTML_BLOCK:
                if not is_comment(value.value.literal):
                    pieces += (made, value.value.literal)
                    made = []
                continue
            lean = self._lean.get(type_)
            blocks = lean(raw, depth) if lean is not None else None
            append(made, self._converter.blocks(self._parsed.nodes([raw], depth)) if blocks is None else blocks)
        return parse_pieces([*pieces, made]) if pieces else made

    # Leaves; None for a leaf that is not plain enough

    def _paragraph(self, raw: RawNode, depth: int) -> list[Block] | None:
        text = self._text(raw, depth)
        if text is None:
            return _picture(raw)
        if text[:1] == "^" and (lone := lone_id_of(text)) is not None:
            return [lone]
        # It may be a table of contents, or have a block id.
        if "^" in text or (len(text) <= _LONGEST_CONTENTS and (text[:1] in "[@${" or "toc" in text.lower())):
            return None
        return self._leaves(text, raw)

    def _heading(self, raw: RawNode, depth: int) -> list[Block] | None:
        text = self._text(raw, depth)
        if text is None or "\n" in text or _HARD in text or "}" in text:
            return None
        inline = self._inline(text)
        return [Heading(inline, raw.node_value.value.level)] if inline.text else []

    def _code(self, raw: RawNode, _depth: int) -> list[Block]:
        value = raw.node_value.value
        return self._converter.code(Node(Kind.CODE_BLOCK, (value.info, value.literal), []))

    def _leaves(self, text: str, raw: RawNode) -> list[Block]:
        """Convert a text to paragraphs."""
        if "\n" in text and self._keeps(text, raw):
            text = text.replace("\n", _HARD)
        if _HARD in text:
            lines = Draft("\n".join(map(join_lines, text.split(_HARD))), [])
            made: list[Block] = [*paragraphs(lines)]
            if self._links:
                made = [Paragraph(self._spanned(one.text.text)) if isinstance(one, Paragraph) else one for one in made]
                if self._links and isinstance(first := made[0] if made else None, Paragraph):
                    made[0] = Paragraph(replace(first.text, spans=(*first.text.spans, *self._over(first.text.text))))
            return made
        inline = self._inline(text)
        return [Paragraph(inline)] if inline.text else []

    def _keeps(self, text: str, raw: RawNode) -> bool:
        """Whether the soft line breaks of a leaf are meaningful; at least one of them must be outside emphasis."""
        return any(type(child.node_value) is SOFT_BREAK for child in raw.children) and self._converter.keeps_breaks(
            text.replace(_HARD, "\n").split("\n")
        )

    def _inline(self, text: str) -> Inline:
        text = clean(join_lines(text).strip(BLANKS))
        if not self._links:
            return Inline(text)
        inline = self._spanned(text)
        return replace(inline, spans=(*inline.spans, *self._over(inline.text))) if self._links else inline

    def _spanned(self, text: str) -> Inline:
        """Return a text with the spans of the waiting links that it contains; they no longer wait."""
        spans: list[Span] = []
        at = 0
        while self._links:
            shown, target = self._links[0]
            words = shown if shown.isalnum() else clean(join_lines(shown.replace(_HARD, "\n")).strip(BLANKS))
            start = text.find(words, at)
            if start < 0:
                break
            at = start + len(shown)
            spans.append(Span(start, min(at, len(text)), SpanKind.LINK, target))
            del self._links[0]
        return Inline(text, tuple(spans))

    def _over(self, text: str) -> list[Span]:
        """Return all waiting links as spans of the whole text; none waits any longer."""
        links, self._links = self._links, []
        return [Span(0, len(text), SpanKind.LINK, target) for _shown, target in links]

    def _text(self, raw: RawNode, depth: int) -> str | None:
        """The text of a leaf, with `_HARD` for hard line breaks; None if it contains more than text."""
        text = self._collected(raw, depth, linked=True)
        if text is not None and ("://" in text or "www." in text):
            # This is rare; searching each node for URLs would take longer.
            text = self._collected(raw, depth, linked=False)
        return None if text is None or has_formulas(text) else text

    def _collected(self, raw: RawNode, depth: int, *, linked: bool) -> str | None:
        self._links = []
        taken = len(self._taken)
        pieces: list[str] = []
        if not self._collect(self._inside(raw), depth + 1, pieces, linked=linked):
            del self._taken[taken:]
            return None
        return pieces[0] if len(pieces) == 1 else "".join(pieces)

    def _inside(self, raw: RawNode) -> list[RawNode]:
        self._taken.append(raw)
        children: list[RawNode] = raw.children
        return children

    def _collect(  # noqa: C901, PLR0912 - one case per kind
        self, raws: Sequence[RawNode], depth: int, pieces: list[str], *, linked: bool
    ) -> bool:
        """Add the text of nodes to `pieces`; return False if they hold anything that is not handled here."""
        if depth >= NESTING:
            return False
        for child in raws:
            value: Any = child.node_value
            type_ = type(value)
            if type_ is TEXT:
                text = value.value
                if not linked and ("://" in text or "www." in text):
                    addresses = self._parsed.addresses(text, child.sourcepos)
                    self._links += [(text[start:end], target) for start, end, target in addresses]
                pieces.append(text)
            elif type_ is SOFT_BREAK:
                pieces.append("\n")
            elif type_ in EMPHASIS or (type_ in engine.JUDGED_EMPHASIS and self._parsed.is_meant(child, type_, None)):
                if not self._collect(self._inside(child), depth + 1, pieces, linked=linked):
                    return False
            elif type_ is CODE:
                literal = value.value.literal
                # In some places, white space at the ends and double white space are kept.
                if not literal or literal[0] == " " or literal[-1] == " " or "  " in literal:
                    return False
                pieces.append(literal)
            elif type_ is LINK:
                if not self._link(child, depth, pieces):
                    return False
            elif type_ is HARD_BREAK:
                pieces.append(_HARD)
            elif type_ is engine.SHORTCODE:
                pieces.append(self._parsed.emoji(child))
            elif type_ is not engine.WIKILINK or not self._wiki_link(child, value, pieces):
                return False
        return True

    def _link(self, raw: RawNode, depth: int, pieces: list[str]) -> bool:
        start = len(pieces)
        if not self._collect(self._inside(raw), depth + 1, pieces, linked=True):
            return False
        shown = "".join(pieces[start:])
        if shown.strip(BLANKS) and (target := link({"href": raw.node_value.value.url})):
            self._links.append((shown, target))
        return True

    def _wiki_link(self, raw: RawNode, value: Any, pieces: list[str]) -> bool:
        target = value.value.url
        alias = _plain(self._inside(raw))
        if value.value.embed or alias is None or not self._parsed.is_meant(raw, engine.WIKILINK, value.value):
            return False
        text = note_text(target) if alias == target else clean_line(alias) or note_text(target)
        if not text.strip(BLANKS):
            return False
        self._links.append((text, note_target(target, embeds=False)))
        pieces.append(text)
        return True

    # Containers

    def _quote(self, raw: RawNode, depth: int) -> list[Block]:
        blocks = self._blocks(raw.children, depth + 1)
        return [Quote(tuple(blocks))] if blocks else []

    def _callout(self, raw: RawNode, depth: int) -> list[Block] | None:
        if depth + 3 >= NESTING:
            return None
        children = raw.children
        title: list[Block] = []
        if children and type(children[0].node_value) is engine.CALLOUT_TITLE:
            title = self._blocks(children[0].children, depth + 2)
            del children[0]
        return [callout(raw.node_value.value.callout_type, title, self._blocks(children, depth + 1))]

    def _directive(self, raw: RawNode, depth: int) -> list[Block]:
        inner = self._blocks(raw.children, depth + 1)
        return directive(raw.node_value.value.info, inner, closed=self._parsed.is_closed(raw))

    def _list(self, raw: RawNode, depth: int) -> list[Block] | None:
        items = raw.children
        if depth + 3 >= NESTING or any(type(item.node_value) is engine.TASK for item in items):
            return None
        made = [block for item in items for block in self._blocks(item.children, depth + 2)]
        return [Quote(tuple(made))] if made else []

    def _table(self, raw: RawNode, depth: int) -> list[Block] | None:
        if depth + 3 >= NESTING or self._parsed.has_surplus(raw):
            return None
        rows = [row.children for row in raw.children]
        made: list[Block] = []
        for row in rows:
            for cell in row:
                made += self._cell(cell, depth + 2)
        return [Table(((Cell(tuple(made)),),))] if made and (len(rows) > 1 or len(rows[0]) > 1) else made

    def _cell(self, raw: RawNode, depth: int) -> list[Block]:
        children = raw.children
        if len(children) == 1 and type(value := children[0].node_value) is TEXT and (word := value.value).isalnum():
            return [_kept_word(word) if len(word) <= _LONGEST_WORD else Paragraph(Inline(word))]
        if not children:
            return []
        text = self._text(raw, depth)
        if text is None:
            return self._converter.leaves(self._parsed.nodes(children, depth + 1))
        return self._leaves(text, raw)


@lru_cache(maxsize=1024)
def _kept_word(text: str) -> Paragraph:
    """Return a cached paragraph of one word or number, because half of such cells repeat another cell."""
    return Paragraph(Inline(text))


def _picture(raw: RawNode) -> list[Block] | None:
    """Convert a paragraph that is one picture."""
    children = raw.children
    if len(children) != 1 or type(children[0].node_value) is not engine.IMAGE:
        return None
    only = children[0]
    alt = _plain(only.children)
    if alt is None or has_formulas(alt):
        return None
    alt = clean_line(alt)
    source = picture({"src": only.node_value.value.url})
    return [Image(Inline(alt), source)] if alt or source else []


def _plain(raws: Sequence[RawNode]) -> str | None:
    """Return the text of nodes all of which are text, or None."""
    values = [raw.node_value for raw in raws]
    return "".join(value.value for value in values) if all(type(value) is TEXT for value in values) else None
