"""Conversion of inline Markdown nodes to a draft or, if they contain HTML, to HTML."""

import re
from collections.abc import Callable, Iterator
from typing import Protocol

from reader.document.blocks import SpanKind
from reader.document.sanitizing import clean_line
from reader.parse.html_vocabulary import FORMULA, escaped, link, picture
from reader.parse.inline import Draft, join_lines, joins
from reader.parse.markdown.nodes import Children, Kind, Node
from reader.parse.markdown.targets import embedded_kind, note_target, note_text
from reader.parse.spans import RawSpan
from reader.parse.tex_source import from_markdown
from reader.regex import regex

_SPANS = {
    Kind.STRONG: SpanKind.STRONG,
    Kind.EMPHASIS: SpanKind.EMPHASIS,
    Kind.STRIKE: SpanKind.STRIKE,
    Kind.MARKED: SpanKind.MARKED,
    Kind.SUBSCRIPT: SpanKind.SUBSCRIPT,
    Kind.SUPERSCRIPT: SpanKind.SUPERSCRIPT,
}
_TAGS = {
    Kind.STRONG: "strong",
    Kind.EMPHASIS: "em",
    Kind.STRIKE: "del",
    Kind.MARKED: "mark",
    Kind.SUBSCRIPT: "sub",
    Kind.SUPERSCRIPT: "sup",
}
_APART = (Kind.IMAGE, Kind.WIKILINK, Kind.MATH)
_MARKS = frozenset(",.;:，。；：、")
_BREAK = regex(r"<br\s*/?>", re.IGNORECASE)
_COMMENTS = regex(r"(?:\s|<!--.*?-->|<\?.*?\?>)*", re.DOTALL)
_COMMENT = regex(r"<!--.*-->|<\?.*\?>", re.DOTALL)
_SPACES = regex(r"[\t\n]")


class InlineContext(Protocol):
    """The document context of inline nodes."""

    def refer(self, name: str) -> str:
        """Register a footnote reference by name, and return its label."""

    def keeps_breaks(self, lines: list[str]) -> bool:
        """Whether the line breaks between these lines of a paragraph are meaningful."""


class HoldsHTMLError(Exception):
    """Raised for inline nodes with HTML tags, which must be converted to HTML."""


class _Ink:
    """Builds the text and the marks of a draft."""

    def __init__(self, context: InlineContext, *, keep: bool) -> None:
        self.pieces: list[str] = []
        self.marks: list[RawSpan] = []
        self._context = context
        self._keep = keep
        self._length = 0
        self._last = ""
        self._soft = False
        self._order = -1

    def put(self, children: Children) -> None:
        for child in children:
            if isinstance(child, str):
                self._write(join_lines(child))
            else:
                self._node(child)

    def _node(self, node: Node) -> None:  # noqa: C901, PLR0912 - one case per kind
        kind = node.kind
        if (span := _SPANS.get(kind)) is not None:
            self._over(node.children, span)
        elif kind is Kind.SOFT_BREAK:
            if self._keep:
                self._break()
            else:
                self._soft = True
        elif kind is Kind.REFERENCE:
            label = self._context.refer(node.value)
            self._atom(f"[{label}]", SpanKind.SUPERSCRIPT)
            self._mark(self.marks[-1].start, SpanKind.FOOTNOTE, label)
        elif kind is Kind.CODE:
            self._atom(_SPACES.sub(" ", node.value), SpanKind.CODE)
        elif kind is Kind.LINK:
            if target := link({"href": node.value}):
                self._over(node.children, SpanKind.LINK, target)
            else:
                self.put(node.children)
        elif kind is Kind.HARD_BREAK or (kind is Kind.HTML and _BREAK.fullmatch(node.value)):
            self._break()
        elif kind is Kind.IMAGE:
            self._picture(node)
        elif kind is Kind.WIKILINK:
            self._note(node)
        elif kind is Kind.MATH:
            self._atom(from_markdown(node.value[0]), SpanKind.MATH)
        elif kind is not Kind.HTML:
            self.put(node.children)
        elif not _COMMENT.fullmatch(node.value):
            raise HoldsHTMLError

    def _write(self, text: str) -> None:
        if not text:
            return
        if self._soft:
            self._soft = False
            if self._last and not self._last.isspace() and not text[0].isspace() and not joins(self._last, text[0]):
                self._append(" ")
        if self._last == " " and text[0] == " ":
            text = text[1:]
        if text:
            self._append(text)

    def _append(self, text: str) -> None:
        self.pieces.append(text)
        self._length += len(text)
        self._last = text[-1]

    def _break(self) -> None:
        self._soft = False
        self._append("\n")

    def _over(self, children: Children, kind: SpanKind, value: str = "") -> None:
        self._order += 1
        order = self._order
        # The space of a soft break goes outside the mark.
        if self._soft and children and isinstance(children[0], str):
            self._soft = False
            if self._last and not self._last.isspace() and not joins(self._last, children[0][:1] or " "):
                self._append(" ")
        start = self._length
        self.put(children)
        self.marks.append(RawSpan(start, self._length, order, kind, value))

    def _atom(self, text: str, kind: SpanKind, value: str = "") -> None:
        self._write(text)
        self._mark(self._length - len(text), kind, value)

    def _mark(self, start: int, kind: SpanKind, value: str = "") -> None:
        self._order += 1
        self.marks.append(RawSpan(start, self._length, self._order, kind, value))

    def _picture(self, node: Node) -> None:
        alt = clean_line(text_of(node.children))
        source = picture({"src": node.value})
        if alt or source:
            self._atom(alt, SpanKind.IMAGE, source)

    def _note(self, node: Node) -> None:
        target, embeds = node.value
        alias = text_of(node.children)
        if embeds and embedded_kind(target) == "image":
            self._atom(alias if alias != target and not _is_size(alias) else "", SpanKind.IMAGE, target)
        else:
            text = clean_line(alias) if alias != target else note_text(target)
            self._atom(text or note_text(target), SpanKind.LINK, note_target(target, embeds=embeds))


def _is_size(alias: str) -> bool:
    """Whether the alias of an embedded image is its size."""
    return re.fullmatch(r"\s*\d+(?:\s*[xX×]\s*\d+)?\s*", alias) is not None


def draft_of(children: Children, context: InlineContext) -> Draft:
    """Convert inline nodes to a draft.

    Raises:
        HoldsHTMLError: The nodes contain an HTML tag other than a line break.
    """
    if len(children) == 1 and isinstance(children[0], str):
        return Draft(join_lines(children[0]), [])
    kinds = {child.kind for child in children if not isinstance(child, str)}
    if not kinds.isdisjoint(_APART):
        children = _with_lines_apart(children)
    ink = _Ink(context, keep=Kind.SOFT_BREAK in kinds and _keeps(children, context))
    ink.put(children)
    return Draft("".join(ink.pieces), ink.marks)


def text_of(children: Children) -> str:
    """Return the plain text of nodes, with newlines for line breaks."""
    return "".join(_texts(children))


def _texts(children: Children) -> Iterator[str]:
    for child in children:
        if isinstance(child, str):
            yield child
        elif child.kind is Kind.CODE:
            yield child.value
        elif child.kind is Kind.MATH:
            yield from_markdown(child.value[0])
        elif child.kind in (Kind.SOFT_BREAK, Kind.HARD_BREAK):
            yield "\n"
        else:
            yield from _texts(child.children)


def _keeps(children: Children, context: InlineContext) -> bool:
    if not any(isinstance(child, Node) and child.kind is Kind.SOFT_BREAK for child in children):
        return False
    return context.keeps_breaks(text_of(children).split("\n"))


def _with_lines_apart(children: Children) -> Children:
    """Add a line break around images, and two around displayed formulas, that are alone on a source line."""
    if not any(isinstance(child, Node) and child.kind in _APART for child in children):
        return children
    breaks = [
        place for place, child in enumerate(children) if isinstance(child, Node) and child.kind is Kind.SOFT_BREAK
    ]
    hard: dict[int, int] = {}
    made: list[Node | str] = list(children)
    for place, end in zip([-1, *breaks], [*breaks, len(children)], strict=True):
        line = children[place + 1 : end]
        if formula := _displayed(line):
            made[place + 1 : end] = [formula, *[""] * (len(line) - 1)]
        count = 2 if formula else int(bool(line) and all(map(_is_picture, line)))
        hard |= {edge: max(count, hard.get(edge, 0)) for edge in (place, end) if count}
    broken: Node | str = Node(Kind.HARD_BREAK, None, [])
    return [one for place, child in enumerate(made) for one in [broken] * hard.get(place, 0) or [child]]


def _displayed(line: Children) -> Node | None:
    """Return the displayed formula of a line without other text, with the punctuation mark after it, or None."""
    first, *rest = [one for one in line if not isinstance(one, str) or one.strip()] or [""]
    mark = "".join(one for one in rest if isinstance(one, str)).strip()
    if isinstance(first, str) or first.kind is not Kind.MATH or not first.value[1]:
        return None
    if len(rest) > 1 or (rest and mark not in _MARKS):
        return None
    return Node(Kind.MATH, (first.value[0].rstrip() + mark, True), [])


def _is_picture(child: Node | str) -> bool:
    if isinstance(child, str):
        return not child.strip()
    if child.kind is Kind.LINK:
        return bool(child.children) and all(map(_is_picture, child.children))
    return child.kind is Kind.IMAGE or (
        child.kind is Kind.WIKILINK and child.value[1] and embedded_kind(child.value[0]) == "image"
    )


# Conversion to HTML


def is_comment(html: str) -> bool:
    """Whether an HTML block contains only comments."""
    return _COMMENTS.fullmatch(html) is not None


def html_of(children: Children, context: InlineContext) -> str:
    """Convert inline nodes to HTML, keeping HTML tags unchanged."""
    children = _with_lines_apart(children)
    keep = _keeps(children, context)

    def written(nodes: Children) -> str:
        return "".join(escaped(one) if isinstance(one, str) else _element(one, written, context, keep) for one in nodes)

    return written(children)


def _element(  # noqa: C901, PLR0911 - one case per kind
    node: Node,
    written: Callable[[Children], str],
    context: InlineContext,
    keep: bool,  # noqa: FBT001
) -> str:
    kind = node.kind
    match kind:
        case Kind.HTML:
            return str(node.value)
        case Kind.CODE:
            return f"<code>{escaped(node.value)}</code>"
        case Kind.SOFT_BREAK:
            return "<br>" if keep else "\n"
        case Kind.HARD_BREAK:
            return "<br>"
        case Kind.MATH:
            return f"<{FORMULA}>{escaped(from_markdown(node.value[0]))}</{FORMULA}>"
        case Kind.REFERENCE:
            label = context.refer(node.value)
            return f'<sup><a href="#fn{label}">[{label}]</a></sup>'
        case Kind.IMAGE:
            return f'<img src="{_value(node.value)}" alt="{_value(text_of(node.children))}">'
        case Kind.LINK:
            return f'<a href="{_value(node.value)}">{written(node.children)}</a>'
        case Kind.WIKILINK:
            target, embeds = node.value
            alias = text_of(node.children)
            if embeds and embedded_kind(target) == "image":
                alt = alias if alias != target and not _is_size(alias) else ""
                return f'<img src="{_value(target)}" alt="{_value(alt)}">'
            text = alias if alias != target else note_text(target)
            return f'<a href="{_value(note_target(target, embeds=embeds))}">{escaped(text)}</a>'
    tag = _TAGS.get(kind)
    inner = written(node.children)
    return f"<{tag}>{inner}</{tag}>" if tag else inner


def _value(text: str) -> str:
    return escaped(text).replace('"', "&quot;")
