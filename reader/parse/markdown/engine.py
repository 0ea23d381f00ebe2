"""The adapter for the Markdown library (comrak through comrak-ext), which only this module imports.

It returns a tree of `Node`s. Misread delimiters, such as the dollar signs of two prices that the library takes for a
formula, are corrected: the opening delimiter is escaped, and the text is parsed again.
"""

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, TypeVar

import comrak

from reader.document.autolinks import addresses_in
from reader.parse import tex_delimiters
from reader.parse.markdown import delimiters
from reader.parse.markdown.delimiters import MisreadDelimiter
from reader.parse.markdown.flattening import flattened, release
from reader.parse.markdown.nesting import bounded
from reader.parse.markdown.nodes import NESTING, Kind, Node
from reader.parse.markdown.source_positions import SourceText
from reader.parse.tex_source import without_references
from reader.regex import regex

RawNode = Any
"""A node of the library: `children`, `node_value` (whose class is its kind; most have a `value`), and `sourcepos`."""

_Made = TypeVar("_Made")

_PASSES = 8
"""The maximum number of passes for misread delimiters; delimiters that are still misread then become text."""

# The library's enumerations are not hashable.
_ALIGNMENTS = (
    (comrak.TableAlignment.Left, "left"),
    (comrak.TableAlignment.Center, "center"),
    (comrak.TableAlignment.Right, "right"),
)
_FOLDS = ((comrak.CalloutFold.Expanded, False), (comrak.CalloutFold.Collapsed, True))


@cache
def _options() -> tuple[comrak.ExtensionOptions, comrak.ParseOptions]:
    extensions = comrak.ExtensionOptions(
        strikethrough=True,
        table=True,
        tasklist=True,
        superscript=True,
        subscript=True,
        footnotes=True,
        inline_footnotes=True,
        description_lists=True,
        ofm_callouts=True,
        math_dollars=True,
        math_latex=True,
        wikilinks_title_after_pipe=True,
        cjk_friendly_emphasis=True,
        highlight=True,
        block_directive=True,
        shortcodes=True,
    )
    return extensions, comrak.ParseOptions(leave_footnote_definitions=True)


def read_markdown(source: str, convert: Callable[["ParsePass"], _Made]) -> _Made:
    """Parse a cleaned Markdown text, and return the result of `convert`, which is called once for each pass."""
    source = bounded(source)
    for last in (False,) * (_PASSES - 1) + (True,):
        parsed = ParsePass(source, last=last)
        made = parsed.converted(convert)
        if not parsed.misread:
            break
        escaped = delimiters.escaped(parsed.source.lines, parsed.misread)
        if escaped == source:
            return ParsePass(source, last=True).converted(convert)
        source = escaped
    return made


class ParsePass:
    """One pass of the library over a text.

    Attributes:
        root: The library's tree.
        source: The text, and its parts at the library's positions.
        misread: The positions of misread delimiters. On the last pass they become text instead.
    """

    def __init__(self, source: str, *, last: bool) -> None:
        self.source = SourceText(source)
        self.misread: list[MisreadDelimiter] = []
        extensions, parsing = _options()
        # Without a line end at the end of the text, comrak does not take `[1]: <address>` there for a definition.
        self.root: RawNode = comrak.parse_document(source + "\n", extensions, parsing)
        self._last = last
        self._settled: set[int] = set()

    def converted(self, convert: Callable[["ParsePass"], _Made]) -> _Made:
        """Return the result of `convert`, and release the library's tree."""
        made = convert(self)
        release(self.root)
        return made

    def tree(self) -> Node:
        """Convert the library's tree, and release it block by block, so that two whole trees never exist at once."""
        raws: list[RawNode] = self.root.children[::-1]
        self.root.children = []
        made = Node(Kind.DOCUMENT, None, [])
        while raws:
            made.children += self.nodes((raw := raws.pop(),), 0)
            release(raw)
        return made

    def nodes(  # noqa: C901 - one case per kind
        self, raws: Sequence[RawNode], depth: int, *, linked: bool = False
    ) -> list[Node | str]:
        """Convert sibling nodes of the library at a `depth`; inside a link (`linked`), bare URLs are not linked.

        At the depth `NESTING` they become plain text: blocks become paragraphs, inline elements a string.
        """
        if depth >= NESTING:
            return flattened(raws)
        made: list[Node | str] = []
        for child in raws:
            value: Any = child.node_value
            type_ = type(value)
            if type_ is comrak.Text or type_ is comrak.ShortCode:
                text = value.value if type_ is comrak.Text else self.emoji(child)
                if ("://" in text or "www." in text) and not linked:
                    self._with_addresses(text, child.sourcepos, made)
                elif made and isinstance(made[-1], str):
                    made[-1] += text
                else:
                    made.append(text)
            elif type_ in _JUDGED:
                self._judged(child, type_, depth, made, linked=linked)
            elif type_ is comrak.Link:
                made.append(Node(Kind.LINK, value.value.url, self.nodes(child.children, depth + 1, linked=True)))
            elif type_ is comrak.Table:
                made.append(self._table(child, depth))
            elif type_ is comrak.TaskItem:
                made.append(self._task(child, depth))
            elif type_ in _LISTS and depth + _LIST_LEVELS >= NESTING:
                # As plain text, items could not be distinguished from other paragraphs.
                made += flattened([child])
            else:
                kind, read = _KINDS[type_]
                inner = child.children
                inner = inner and self.nodes(inner, depth + 1, linked=linked or type_ is comrak.Image)
                said = (
                    (value.value.info, self.is_closed(child)) if kind is Kind.DIRECTIVE else read and read(value.value)
                )
                made.append(Node(kind, said, inner or []))
        return made

    def _judged(self, child: RawNode, type_: type, depth: int, made: list[Node | str], *, linked: bool) -> None:
        """Convert a node whose delimiters may be misread."""
        kind, length, _ = _JUDGED[type_]
        value = getattr(child.node_value, "value", None)
        inner = self.nodes(child.children, depth + 1, linked=linked or type_ is comrak.WikiLink)
        if self.is_meant(child, type_, value):
            made.append(Node(kind, (read := _JUDGED_VALUES.get(type_)) and read(value), inner))
            return
        line, column, _, end_column = self.source.range(child.sourcepos)
        written = self.source.between(child.sourcepos)
        if not self._last:
            if type_ is comrak.WikiLink:
                # The outer brackets may belong to a link: `[[1]](address)`.
                column += 1 + (written[:1] == "!")
                self.misread += (
                    MisreadDelimiter(line, column, 1),
                    MisreadDelimiter(line, end_column - 1, 1),
                )
            elif line not in self._settled:
                # The closing delimiter may open another element, so decide one delimiter per line and pass.
                self._settled.add(line)
                self.misread.append(MisreadDelimiter(line, column, 2 if written.startswith(("\\", "$$")) else length))
        # The backslashes of `\[text\]` escape its brackets.
        is_escaped = type_ is comrak.Math and written.startswith("\\")
        made.append(without_references(f"{written[1:-2]}{written[-1]}" if is_escaped else written))

    def is_meant(self, child: RawNode, type_: type, value: Any) -> bool:
        """Whether the delimiters of a node, which may be misread, are meant as markup."""
        position = child.sourcepos
        start, end = position.start, position.end
        one_line = end.line == start.line
        return _JUDGED[type_][2](value, self.source.between(position), self.source.around(position), one_line)

    def emoji(self, child: RawNode) -> str:
        """Return the emoji of a shortcode such as `:smile:`, or its source if it is part of a word, time or path."""
        line, column, _, end_column = self.source.range(child.sourcepos)
        is_emoji = delimiters.is_emoji(self.source.line(line), column - 1, end_column)
        return str(child.node_value.value.emoji) if is_emoji else self.source.between(child.sourcepos)

    def _with_addresses(self, text: str, position: comrak.Sourcepos, made: list[Node | str]) -> None:
        """Add text with links for bare URLs."""
        at = 0
        for start, stop, target in self.addresses(text, position):
            if start > at:
                made.append(text[at:start])
            made.append(Node(Kind.LINK, target, [text[start:stop]]))
            at = stop
        if at < len(text):
            made.append(text[at:])

    def addresses(self, text: str, position: comrak.Sourcepos) -> list[tuple[int, int, str]]:
        """Return the start, end and target of bare URLs in a text, except for those that are escaped in the source."""
        written = self.source.between(position)
        return [one for one in addresses_in(text) if text[one[0] : one[1]] in written]

    def _table(self, child: RawNode, depth: int) -> Node:
        value = child.node_value.value
        rows: list[Node | str] = [self._row(row, depth + 1, value.num_columns) for row in child.children]
        return Node(Kind.TABLE, tuple(_among(_ALIGNMENTS, one, "") for one in value.alignments), rows)

    def _row(self, child: RawNode, depth: int, columns: int) -> Node:
        """Convert a table row; surplus cells, which the specification drops, are appended to the last cell."""
        value: Any = child.node_value
        start = child.sourcepos.start
        self.source.correct_cells(start.line, child.children)
        row = Node(Kind.ROW, value.value, self.nodes(child.children, depth + 1))
        text = self.source.line(start.line)[start.column - 1 :]
        if text.count(b"|") - text.startswith(b"|") - text.rstrip().endswith(b"|") >= columns and row.children:
            cells = _PIPE.split(text.decode(errors="ignore").strip().removeprefix("|"))
            surplus = delimiters.unescaped("|".join(cells[columns:])).rstrip().removesuffix("|").rstrip()
            # GFM removes the backslash before a bar in every cell, also in code.
            surplus = surplus.replace("\\|", "|")
            last = row.children[-1]
            if surplus and isinstance(last, Node):
                last.children.append(f"|{surplus}")
        return row

    def has_surplus(self, table: RawNode) -> bool:
        """Whether a row of a table may have surplus cells."""
        columns = table.node_value.value.num_columns
        position = table.sourcepos
        for line in self.source.lines[position.start.line - 1 : position.end.line]:
            bars = line.count(b"|")
            if (
                bars >= columns
                and bars - line.lstrip(_QUOTED).startswith(b"|") - line.rstrip().endswith(b"|") >= columns
            ):
                return True
        return False

    def _task(self, child: RawNode, depth: int) -> Node:
        """Convert a task item; if the source escapes its bracket, which the library ignores, it is an ordinary item."""
        value: Any = child.node_value
        symbol = value.value.symbol
        children = self.nodes(child.children, depth + 1)
        start = child.sourcepos.start
        if not _NO_BOX.match(self.source.line(start.line), start.column - 1):
            return Node(Kind.ITEM, symbol is not None, children)
        first = children[0] if children else None
        if isinstance(first, Node):
            first.children.insert(0, f"[{symbol or ' '}] ")
            if len(first.children) > 1 and isinstance(first.children[1], str):
                first.children[:2] = [f"{first.children[0]}{first.children[1]}"]
        return Node(Kind.ITEM, None, children)

    def is_closed(self, child: RawNode) -> bool:
        """Whether a container fenced by colons has a closing fence."""
        line = child.sourcepos.end.line
        return child.sourcepos.start.line < line and _FENCE.search(self.source.line(line)) is not None


_QUOTED = b" \t>"
_LISTS = frozenset((comrak.List, comrak.DescriptionList))
_LIST_LEVELS = 3
"""The number of levels that a list adds: itself, its items, their terms and details."""
_NO_BOX = regex(rb"(?:[-*+]|\d{1,9}[.)])[ \t]+(?:\\\[|&)")
_PIPE = regex(r"(?<!\\)\|")
_FENCE = regex(b":{3,}[ \t]*$")


def _among(pairs: tuple[tuple[Any, Any], ...], wanted: Any, otherwise: Any) -> Any:
    return next((value for key, value in pairs if key == wanted), otherwise)


_Meant = Callable[[Any, str, tuple[str, str], bool], bool]
_JUDGED: dict[type, tuple[Kind, int, _Meant]] = {
    comrak.Math: (
        Kind.MATH,
        1,
        lambda value, written, around, one_line: (
            tex_delimiters.is_latex(written, value.literal, around, one_line=one_line)
            if written[:1] == "\\"
            else tex_delimiters.is_formula(value.literal, around, display=value.display_math, one_line=one_line)
        ),
    ),
    comrak.Subscript: (Kind.SUBSCRIPT, 1, lambda _, written, around, __: delimiters.is_script(written, around)),
    comrak.Superscript: (Kind.SUPERSCRIPT, 1, lambda _, written, around, __: delimiters.is_script(written, around)),
    comrak.Highlight: (Kind.MARKED, 2, lambda _, text, around, one: delimiters.is_marked(text, around, one_line=one)),
    comrak.WikiLink: (Kind.WIKILINK, 2, lambda value, text, around, _: delimiters.is_wikilink(value.url, text, around)),
}
"""Nodes whose delimiters may be misread: their kind, the length of the delimiter, and whether it is meant as markup."""
_JUDGED_VALUES: dict[type, Callable[[Any], Any]] = {
    comrak.Math: lambda value: (value.literal, value.display_math),
    comrak.WikiLink: lambda value: (value.url, value.embed),
}
_KINDS: dict[type, tuple[Kind, Callable[[Any], Any] | None]] = {
    comrak.Paragraph: (Kind.PARAGRAPH, None),
    comrak.Heading: (Kind.HEADING, lambda value: value.level),
    comrak.CodeBlock: (Kind.CODE_BLOCK, lambda value: (value.info, value.literal)),
    comrak.HtmlBlock: (Kind.HTML_BLOCK, lambda value: value.literal),
    comrak.ThematicBreak: (Kind.RULE, None),
    comrak.BlockQuote: (Kind.QUOTE, None),
    comrak.Callout: (Kind.CALLOUT, lambda value: (value.callout_type, _among(_FOLDS, value.fold, None))),
    comrak.CalloutTitle: (Kind.CALLOUT_TITLE, None),
    comrak.BlockDirective: (Kind.DIRECTIVE, None),
    comrak.List: (Kind.LIST, lambda value: (value.list_type == comrak.ListType.Ordered, value.start)),
    comrak.Item: (Kind.ITEM, lambda _: None),
    comrak.DescriptionList: (Kind.DEFINITIONS, None),
    comrak.DescriptionItem: (Kind.DEFINITION, lambda _: None),
    comrak.DescriptionTerm: (Kind.TERM, None),
    comrak.DescriptionDetails: (Kind.DETAILS, None),
    comrak.TableCell: (Kind.CELL, None),
    comrak.FootnoteDefinition: (Kind.FOOTNOTE, lambda value: (value.name, value.total_references)),
    comrak.SoftBreak: (Kind.SOFT_BREAK, None),
    comrak.LineBreak: (Kind.HARD_BREAK, None),
    comrak.Code: (Kind.CODE, lambda value: value.literal),
    comrak.HtmlInline: (Kind.HTML, str),
    comrak.Strong: (Kind.STRONG, None),
    comrak.Emph: (Kind.EMPHASIS, None),
    comrak.Strikethrough: (Kind.STRIKE, None),
    comrak.Image: (Kind.IMAGE, lambda value: value.url),
    comrak.FootnoteReference: (Kind.REFERENCE, lambda value: value.name),
}

# The classes of values by which `text_for_index.py` recognizes the most frequent nodes of the library.
TEXT, SOFT_BREAK, HARD_BREAK, CODE, LINK = comrak.Text, comrak.SoftBreak, comrak.LineBreak, comrak.Code, comrak.Link
EMPHASIS = frozenset((comrak.Strong, comrak.Emph, comrak.Strikethrough))
PARAGRAPH, HEADING, CODE_BLOCK, HTML_BLOCK = comrak.Paragraph, comrak.Heading, comrak.CodeBlock, comrak.HtmlBlock
QUOTE, LIST, TASK, TABLE = comrak.BlockQuote, comrak.List, comrak.TaskItem, comrak.Table
CALLOUT, CALLOUT_TITLE, DIRECTIVE = comrak.Callout, comrak.CalloutTitle, comrak.BlockDirective
IMAGE, WIKILINK, SHORTCODE = comrak.Image, comrak.WikiLink, comrak.ShortCode
JUDGED_EMPHASIS = frozenset((comrak.Highlight, comrak.Subscript, comrak.Superscript))
"""Emphasis with delimiters that may be misread."""
