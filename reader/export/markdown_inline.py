"""The text of one leaf as Markdown: spans use Markdown syntax where every parser recognizes it.

Next to punctuation and Han, CommonMark often does not recognize emphasis delimiters (its rules depend on white space,
which Chinese does not use). There, and for spans without Markdown syntax, HTML elements are written, as GFM allows.
"""

from collections.abc import Iterator
from enum import Enum

from reader.document.addresses import REFERENCE, is_active
from reader.document.blocks import Image, Inline, Span, SpanKind
from reader.export.markdown_escapes import (
    Pairs,
    Plain,
    attribute,
    destination,
    flanks,
    has_markdown_form,
    is_autolink,
    pairs_in,
    trimmed,
)
from reader.export.markdown_notes import FootnoteReferences, wiki_link
from reader.layout.shown import snap_to_clusters
from reader.lean_dataclasses import dataclass, field
from reader.parse.markdown.delimiters import is_formula
from reader.regex import regex

_TAGS = {
    SpanKind.STRONG: "strong",
    SpanKind.EMPHASIS: "em",
    SpanKind.UNDERLINE: "u",
    SpanKind.STRIKE: "del",
    SpanKind.MARKED: "mark",
    SpanKind.SMALL: "small",
    SpanKind.CODE: "code",
    SpanKind.KEYBOARD: "kbd",
    SpanKind.SUBSCRIPT: "sub",
    SpanKind.SUPERSCRIPT: "sup",
}
_SIGNS = {SpanKind.STRONG: "**", SpanKind.EMPHASIS: "*", SpanKind.STRIKE: "~~"}
_SLANT_AND_WEIGHT = frozenset((SpanKind.STRONG, SpanKind.EMPHASIS))
_ONCE = frozenset((*_SIGNS, SpanKind.CODE, SpanKind.LINK, SpanKind.RUBY, SpanKind.FOOTNOTE))
"""Kinds that have no effect when nested in themselves."""

ATOMS = frozenset((SpanKind.IMAGE, SpanKind.MATH, SpanKind.RUBY, SpanKind.FOOTNOTE))
"""Kinds of spans that are written as a unit."""

_REFERENCE = regex(
    r"[\[［(（]?(?:[注註]?[0-9０-９]{1,4}(?::[0-9]{1,3})?|[^\w\s]{1,2}|[²³¹⁰-⁹₀-₉①-⓿❶-➓㈠-㉃㊀-㊉])[\]］)）]?|[\[［(（]\w[\]］)）]"
)
"""Text that only refers to a footnote and has no meaning of its own: a letter only if in brackets."""


class TextContext(Enum):
    """The context of a text, which determines its line breaks and what has to be escaped."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    CELL = "cell"


@dataclass(slots=True)
class _SpanNode:
    """A span with its nested spans; the root, which has no kind, is the whole text."""

    start: int
    end: int
    kind: SpanKind | None = None
    value: str = ""
    inner: list["_SpanNode"] = field(default_factory=list)


def write_inline(inline: Inline, place: TextContext, notes: FootnoteReferences, pairs: Pairs | None = None) -> str:
    """A text with its spans, without surrounding white space; empty if there is nothing else.

    `pairs` are the delimiters of all text that is parsed together with it; by default only its own.
    """
    return _InlineWriter(inline, place, notes, pairs or pairs_in((inline,))).all()


def write_image(image: Image, place: TextContext, notes: FootnoteReferences, pairs: Pairs | None = None) -> str:
    """A block-level picture with its link, if any; empty if it has neither text nor address."""
    text = image.text.text
    if not text.strip():
        return _picture("", "", image.source, place) if image.source else ""
    whole = Span(0, len(text), SpanKind.IMAGE, image.source)
    links = [span for span in image.text.spans if span.kind is SpanKind.LINK and span.end - span.start == len(text)]
    return write_inline(Inline(text, (*links[:1], whole)), place, notes, pairs)


def write_formula(tex: str, place: TextContext, notes: FootnoteReferences, pairs: Pairs | None = None) -> str:
    """A display formula, on one line."""
    line = " ".join(tex.split())
    if "$" in line or line.endswith("\\") or not line:
        return write_inline(Inline(line, (Span(0, len(line), SpanKind.MATH),)), place, notes, pairs)
    return f"$${_for_place(line, place)}$$"


def _picture(written: str, alt: str, source: str, place: TextContext) -> str:
    """A picture; `written` is its alt text as Markdown, `alt` the plain one."""
    if is_active(source):
        source = ""
    if has_markdown_form(source):
        return f"![{written}]({destination(source, cell=place is TextContext.CELL)})"
    return f'<img src="{attribute(source)}" alt="{attribute(alt)}">'


def _for_place(text: str, place: TextContext) -> str:
    """Literal text, escaped only as the context requires."""
    return text.replace("|", "\\|") if place is TextContext.CELL else text


class _InlineWriter:
    def __init__(self, inline: Inline, place: TextContext, notes: FootnoteReferences, pairs: Pairs) -> None:
        inline = snap_to_clusters(inline)
        self._text = inline.text
        self._place = place
        self._notes = notes
        self._root = _tree(inline, notes)
        self._pairs = pairs
        self._plain = self._plain_of(inline.text)
        self._out: list[str] = []
        self._last = " "
        self._labels = 0
        self._after_note = False

    def all(self) -> str:
        """The whole text."""
        self._inside(self._root, " ")
        return "".join(self._out)

    def _plain_of(self, text: str) -> Plain:
        return Plain(text, self._pairs, cell=self._place is TextContext.CELL)

    def _put(self, piece: str) -> None:
        if piece:
            self._out.append(piece)
            self._last = piece[-1]
            self._after_note = False

    def _bracket(self, piece: str) -> None:
        """Append text that starts with a bracket; escape a preceding sign that would change its meaning."""
        if self._last in {"!", "^"}:
            self._out[-1] = f"{self._out[-1][:-1]}\\{self._last}"
        self._put(piece)

    def _inside(self, node: _SpanNode, after: str) -> None:
        """Append the content of a node; `after` is the character that will follow it."""
        at = node.start
        for number, child in enumerate(node.inner):
            self._put_text(at, child.start)
            following = node.inner[number + 1].start if number + 1 < len(node.inner) else -1
            self._put_node(child, "<" if following == child.end else self._character(child.end, node.end, after))
            at = child.end
        self._put_text(at, node.end)

    def _character(self, place: int, end: int, after: str) -> str:
        """A character of the same kind (punctuation, white space or other) as the one to be written for `place`."""
        if place >= end:
            return after
        return "\\" if self._text[place] in "\n\\`*_~[]<>&$|" else self._text[place]

    def _put_text(self, start: int, stop: int) -> None:
        for number, line in enumerate(_lines(self._text, start, stop)):
            if number:
                self._put("\\\n" if self._place is TextContext.PARAGRAPH else "<br>")
            self._put(self._plain.written(*line, label=self._labels > 0, after_note=self._after_note))

    def _put_node(self, node: _SpanNode, after: str) -> None:
        match node.kind:
            case SpanKind.STRONG | SpanKind.EMPHASIS | SpanKind.STRIKE:
                self._put_emphasis(node, after)
            case SpanKind.LINK:
                self._put_link(node)
            case SpanKind.IMAGE:
                self._put_image(node)
            case SpanKind.CODE:
                self._put_code(node, after)
            case SpanKind.MATH:
                self._put_formula(node, after)
            case SpanKind.FOOTNOTE:
                self._put_reference(node)
            case SpanKind.RUBY:
                reading = self._plain_of(node.value)
                self._put("<ruby>")
                self._inside(node, "<")
                self._put(f"<rt>{reading.written(0, len(node.value), label=self._labels > 0)}</rt></ruby>")
            case _:
                self._put_element(node, after)

    def _put_element(self, node: _SpanNode, after: str) -> None:
        """Append a node as an HTML element, except what Markdown implies: a raised reference, a callout's name."""
        raised = node.kind is SpanKind.SUPERSCRIPT and [(one.kind, one.start, one.end) for one in node.inner] == [
            (SpanKind.FOOTNOTE, node.start, node.end)
        ]
        if node.kind in {None, SpanKind.CALLOUT} or raised:
            self._inside(node, after)
            return
        self._put(f"<{_TAGS[node.kind]}>")
        self._inside(node, "<")
        self._put(f"</{_TAGS[node.kind]}>")

    # Emphasis

    def _put_emphasis(self, node: _SpanNode, after: str) -> None:
        inmost, sign = node, _SIGNS[node.kind] if node.kind else ""
        only = node.inner[0] if len(node.inner) == 1 else None
        if only and (only.start, only.end) == (node.start, node.end) and {node.kind, only.kind} == _SLANT_AND_WEIGHT:
            inmost, sign = only, "***"
        if not self._is_recognized(inmost, sign[0], after):
            self._put_element(node, after)
            return
        self._put(sign)
        self._inside(inmost, sign[0])
        self._put(sign)

    def _is_recognized(self, node: _SpanNode, sign: str, after: str) -> bool:
        """Whether every parser recognizes the delimiters around a node (CommonMark 6.2, flanking delimiter runs)."""
        first = "<" if node.inner and node.inner[0].start == node.start else self._text[node.start]
        last = "<" if node.inner and node.inner[-1].end == node.end else self._text[node.end - 1]
        return sign not in {self._last, after} and flanks(first, self._last) and flanks(last, after)

    # Links, pictures, footnotes

    def _put_link(self, node: _SpanNode) -> None:
        if is_active(node.value):
            self._inside(node, "<")
            return
        text = "" if node.inner else self._text[node.start : node.end]
        if written := wiki_link(node.value, text, cell=self._place is TextContext.CELL):
            self._bracket(written)
            return
        if is_autolink(node.value, text):
            self._put(f"<{text}>")
            return
        if not has_markdown_form(node.value):
            self._put(f'<a href="{attribute(node.value)}">')
            self._inside(node, "<")
            self._put("</a>")
            return
        self._labels += 1
        self._bracket("[")
        self._inside(node, "]")
        self._labels -= 1
        self._put(f"]({destination(node.value.removeprefix(REFERENCE), cell=self._place is TextContext.CELL)})")

    def _put_image(self, node: _SpanNode) -> None:
        lines = list(_lines(self._text, node.start, node.end))
        written = " ".join(self._plain.written(*line, label=True) for line in lines)
        self._put(_picture(written, self._text[node.start : node.end], node.value, self._place))

    def _put_reference(self, node: _SpanNode) -> None:
        """Append a footnote reference, preceded by the referring text if that has a meaning of its own."""
        text = self._text[node.start : node.end]
        if text != node.value and not _REFERENCE.fullmatch(text):
            self._inside(node, "[")
        self._bracket(f"[^{self._notes.refer(node.value)}]")
        self._after_note = True

    # Code and formulas

    def _put_code(self, node: _SpanNode, after: str) -> None:
        content = self._text[node.start : node.end]
        if any(one.kind in ATOMS for one in _all(node)):
            # A code span cannot contain a picture, ruby or a formula.
            self._inside(node, after)
            return
        ambiguous = self._place is TextContext.CELL and "\\|" in content
        if node.inner or "\n" in content or self._last == "`" or ambiguous:
            self._put_element(node, after)
            return
        fence = "`" * (1 + max((len(run) for run in regex("`+").findall(content)), default=0))
        pad = " " if "`" in (content[0], content[-1]) else ""
        self._put(fence + pad + _for_place(content, self._place) + pad + fence)

    def _put_formula(self, node: _SpanNode, after: str) -> None:
        tex = self._text[node.start : node.end].replace("\n", " ")
        meant = is_formula(tex, (self._last, after), display=False, one_line=True) and "$" not in tex + after
        if meant and self._last not in {"$", "\\"} and not tex.endswith("\\"):
            self._put(f"${_for_place(tex, self._place)}$")
        elif "\\)" not in tex and not tex.endswith("\\"):
            self._put(self._plain_of(tex).as_formula(self._text))
        else:
            self._put_code(_SpanNode(node.start, node.end), after)


def _tree(inline: Inline, notes: FootnoteReferences) -> _SpanNode:
    """The spans that are written, as a tree, without surrounding white space."""
    text = inline.text
    root = _SpanNode(*trimmed(text, 0, len(text)))
    around = [root]
    for span in sorted(inline.spans, key=_outermost):
        start, end = trimmed(text, max(span.start, root.start), min(span.end, root.end))
        while len(around) > 1 and around[-1].end <= start:
            around.pop()
        parent = around[-1]
        start = max(start, parent.inner[-1].end if parent.inner else parent.start)
        end = min(end, parent.end)
        if start >= end or not _is_written(span, around, notes):
            continue
        if span.kind is SpanKind.FOOTNOTE:
            start, end = _with_brackets(text, start, end, parent)
        node = _SpanNode(start, end, span.kind, span.value)
        parent.inner.append(node)
        around.append(node)
    return root


def _outermost(span: Span) -> tuple[int, int, bool]:
    """Sort key that puts outer spans first; ruby goes around code, because code cannot contain ruby."""
    return span.start, -span.end, span.kind is not SpanKind.RUBY


def _is_written(span: Span, around: list[_SpanNode], notes: FootnoteReferences) -> bool:
    """Whether a span has an effect at its place."""
    kinds = {node.kind for node in around}
    if kinds & {SpanKind.IMAGE, SpanKind.MATH} or (span.kind in _ONCE and span.kind in kinds):
        return False
    match span.kind:
        case SpanKind.LINK | SpanKind.RUBY:
            return bool(span.value)
        case SpanKind.FOOTNOTE:
            return bool(span.value) and notes.knows(span.value) and SpanKind.LINK not in kinds
        case _:
            return True


def _with_brackets(text: str, start: int, end: int, parent: _SpanNode) -> tuple[int, int]:
    """The range of a reference including brackets directly around it, which Markdown adds itself."""
    least = parent.inner[-1].end if parent.inner else parent.start
    if start > least and end < parent.end and (text[start - 1], text[end]) in {("[", "]"), ("［", "］")}:
        return start - 1, end + 1
    return start, end


def _all(node: _SpanNode) -> Iterator[_SpanNode]:
    for one in node.inner:
        yield one
        yield from _all(one)


def _lines(text: str, start: int, stop: int) -> Iterator[tuple[int, int]]:
    """The ranges of the lines in a part of a text."""
    while (end := text.find("\n", start, stop)) >= 0:
        yield start, end
        start = end + 1
    yield start, stop
