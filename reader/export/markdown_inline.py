"""The text of one leaf as Markdown: spans use Markdown syntax where every parser recognizes it.

Next to punctuation and Han characters, CommonMark often does not recognize emphasis delimiters, because its rules
depend on white space, which Chinese does not use. There, and for spans without Markdown syntax, HTML elements are
written, as GFM allows.
"""

from collections.abc import Iterator
from enum import Enum

from reader.document.addresses import REFERENCE, WIKI, is_active
from reader.document.blocks import Image, Inline, Span, SpanKind
from reader.export.link_places import note_name
from reader.export.markdown_context import MarkdownContext
from reader.export.markdown_escapes import (
    Pairs,
    Plain,
    attribute,
    destination,
    flanks,
    has_markdown_form,
    is_autolink,
    pairs_in,
)
from reader.export.markdown_notes import wiki_link
from reader.export.markdown_spans import ATOMS, SIGNS, SpanNode, all_below, span_tree
from reader.layout.prepared_text import snap_to_clusters
from reader.parse.markdown.delimiters import is_marked
from reader.parse.tex_delimiters import is_formula
from reader.parse.tex_source import in_markdown
from reader.regex import regex

_TAGS = {
    SpanKind.STRONG: "strong",
    SpanKind.EMPHASIS: "em",
    SpanKind.UNDERLINE: "u",
    SpanKind.STRIKE: "del",
    SpanKind.MARKED: "mark",
    SpanKind.INSERTED: "ins",
    SpanKind.DELETED: "del",
    SpanKind.SMALL: "small",
    SpanKind.CODE: "code",
    SpanKind.KEYBOARD: "kbd",
    SpanKind.SUBSCRIPT: "sub",
    SpanKind.SUPERSCRIPT: "sup",
}
_BLANKS = regex(" {2,}")
_MOST_PIECES = 5_000  # Many short strings take many times the memory of one.
_SLANT_AND_WEIGHT = frozenset((SpanKind.STRONG, SpanKind.EMPHASIS))
_REFERENCE = regex(
    r"[\[［(（]?(?:[注註]?[0-9０-９]{1,4}(?::[0-9]{1,3})?|[^\w\s]{1,2}|[²³¹⁰-⁹₀-₉①-⓿❶-➓㈠-㉃㊀-㊉])[\]］)）]?|[\[［(（]\w[\]］)）]"
)
"""Text that only refers to a footnote and has no meaning of its own: a letter only if in brackets."""


class TextContext(Enum):
    """The context of a text, which determines its line breaks and what has to be escaped."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    CELL = "cell"


def write_inline(inline: Inline, place: TextContext, context: MarkdownContext, pairs: Pairs | None = None) -> str:
    """A text with its spans, without surrounding white space; empty if there is nothing else.

    `pairs` are the delimiters in all text that is parsed together with this text; by default, those in this text.
    """
    return _InlineWriter(inline, place, context, pairs or pairs_in((inline,))).all()


def write_image(image: Image, place: TextContext, context: MarkdownContext, pairs: Pairs | None = None) -> str:
    """A block-level picture with its link, if any; empty if it has neither text nor address."""
    text = image.text.text
    if not text.strip():
        return _picture("", "", image.source, place) if image.source else ""
    whole = Span(0, len(text), SpanKind.IMAGE, image.source)
    links = [span for span in image.text.spans if span.kind is SpanKind.LINK and span.end - span.start == len(text)]
    return write_inline(Inline(text, (*links[:1], whole)), place, context, pairs)


def write_formula(tex: str, place: TextContext, context: MarkdownContext, pairs: Pairs | None = None) -> str:
    """A display formula, on one line."""
    line = " ".join(tex.split())
    if "$" in line or line.endswith("\\") or not line:
        return write_inline(Inline(line, (Span(0, len(line), SpanKind.MATH),)), place, context, pairs)
    return f"$${_for_place(in_markdown(line), place)}$$"


def _picture(written: str, alt: str, source: str, place: TextContext) -> str:
    """A picture; `written` is its alt text as Markdown, `alt` the same as plain text."""
    if is_active(source):
        source = ""
    if has_markdown_form(source):
        return f"![{written}]({destination(source, cell=place is TextContext.CELL)})"
    return f'<img src="{attribute(source)}" alt="{attribute(alt)}">'


def _for_place(text: str, place: TextContext) -> str:
    """Literal text, escaped only as the context requires."""
    return text.replace("|", "\\|") if place is TextContext.CELL else text


class _InlineWriter:
    def __init__(self, inline: Inline, place: TextContext, context: MarkdownContext, pairs: Pairs) -> None:
        inline = snap_to_clusters(inline)
        self._text = inline.text
        self._place = place
        self._notes = context.notes
        self._context = context
        self._root = span_tree(inline, context.notes)
        self._pairs = pairs
        self._plain = self._plain_of(inline.text)
        self._out: list[str] = []
        self._joined: list[str] = []
        self._last = " "
        self._labels = 0
        self._after_note = False

    def all(self) -> str:
        """The whole text."""
        self._inside(self._root, " ")
        return "".join([*self._joined, *self._out])

    def _plain_of(self, text: str) -> Plain:
        return Plain(text, self._pairs, cell=self._place is TextContext.CELL)

    def _put(self, piece: str) -> None:
        if piece:
            if len(self._out) > _MOST_PIECES:
                self._joined.append("".join(self._out))
                self._out = []
            self._out.append(piece)
            self._last = piece[-1]
            self._after_note = False

    def _bracket(self, piece: str) -> None:
        """Append text that starts with a bracket; escape a preceding character that would change its meaning."""
        if self._last in {"!", "^"}:
            self._out[-1] = f"{self._out[-1][:-1]}\\{self._last}"
        self._put(piece)

    def _inside(self, node: SpanNode, after: str) -> None:
        """Append the content of a node; `after` is the character that will follow it."""
        at = node.start
        for number, child in enumerate(node.inner):
            self._put_text(at, child.start)
            following = node.inner[number + 1].start if number + 1 < len(node.inner) else -1
            self._put_node(child, "<" if following == child.end else self._character(child.end, node.end, after))
            at = child.end
        self._put_text(at, node.end)

    def _character(self, place: int, end: int, after: str) -> str:
        """The character to be written for `place`, or another of the same kind (punctuation, white space or other)."""
        if place >= end:
            return after
        return "\\" if self._text[place] in "\n\\`*_~[]<>&$|" else self._text[place]

    def _put_text(self, start: int, stop: int) -> None:
        for number, line in enumerate(_lines(self._text, start, stop)):
            if number:
                self._put("\\\n" if self._place is TextContext.PARAGRAPH else "<br>")
            written = self._plain.written(*line, label=self._labels > 0, after_note=self._after_note)
            # Markdown reads several spaces as one.
            self._put(_BLANKS.sub(" ", written))

    def _put_node(self, node: SpanNode, after: str) -> None:
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
            case SpanKind.MARKED if self._context.marks_with_signs:
                self._put_marked(node, after)
            case _:
                self._put_element(node, after)

    def _put_element(self, node: SpanNode, after: str) -> None:
        """Append a node as an HTML element, except a raised reference, a callout's name, and tabs."""
        raised = node.kind is SpanKind.SUPERSCRIPT and [(one.kind, one.start, one.end) for one in node.inner] == [
            (SpanKind.FOOTNOTE, node.start, node.end)
        ]
        if node.kind in {None, SpanKind.CALLOUT, SpanKind.TAB} or raised:
            self._inside(node, after)
            return
        self._put(f"<{_TAGS[node.kind]}>")
        self._inside(node, "<")
        self._put(f"</{_TAGS[node.kind]}>")

    # Emphasis

    def _put_emphasis(self, node: SpanNode, after: str) -> None:
        inmost, sign = node, SIGNS[node.kind] if node.kind else ""
        only = node.inner[0] if len(node.inner) == 1 else None
        if only and (only.start, only.end) == (node.start, node.end) and {node.kind, only.kind} == _SLANT_AND_WEIGHT:
            inmost, sign = only, "***"
        if not self._is_recognized(inmost, sign[0], after):
            self._put_element(node, after)
            return
        self._put(sign)
        self._inside(inmost, sign[0])
        self._put(sign)

    def _put_marked(self, node: SpanNode, after: str) -> None:
        """Append a highlight between double equals signs where every program that knows them recognizes them."""
        text = self._text[node.start : node.end]
        is_unclear = any(sign in text for sign in "=\n") or any(one.kind is SpanKind.MARKED for one in all_below(node))
        is_unclear = is_unclear or not is_marked(f"=={text}==", (self._last, after))
        if is_unclear or not self._is_recognized(node, "=", after):
            self._put_element(node, after)
            return
        self._put("==")
        self._inside(node, "=")
        self._put("==")

    def _is_recognized(self, node: SpanNode, sign: str, after: str) -> bool:
        """Whether every parser recognizes the delimiters around a node (CommonMark 6.2, flanking delimiter runs)."""
        text = self._text[node.start : node.end]  # Some parsers look past = and ~ for white space.
        first = "<" if node.inner and node.inner[0].start == node.start else (text.lstrip("=~") or text)[0]
        last = "<" if node.inner and node.inner[-1].end == node.end else (text.rstrip("=~") or text)[-1]
        return sign not in {self._last, after} and flanks(first, self._last) and flanks(last, after)

    # Links, pictures, footnotes

    def _put_link(self, node: SpanNode) -> None:
        if is_active(node.value):
            self._inside(node, "<")
            return
        text = "" if node.inner else self._text[node.start : node.end]
        target = WIKI + note_name(node.value) if node.value in self._context.named else node.value
        if written := wiki_link(target, text, cell=self._place is TextContext.CELL):
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

    def _put_image(self, node: SpanNode) -> None:
        lines = list(_lines(self._text, node.start, node.end))
        written = " ".join(self._plain.written(*line, label=True) for line in lines)
        self._put(_picture(written, self._text[node.start : node.end], node.value, self._place))

    def _put_reference(self, node: SpanNode) -> None:
        """Append a footnote reference, preceded by the referring text if that has a meaning of its own."""
        text = self._text[node.start : node.end]
        if text != node.value and not _REFERENCE.fullmatch(text):
            self._inside(node, "[")
        self._bracket(f"[^{self._notes.refer(node.value)}]")
        self._after_note = True

    # Code and formulas

    def _put_code(self, node: SpanNode, after: str) -> None:
        content = self._text[node.start : node.end]
        if any(one.kind in ATOMS for one in all_below(node)):
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

    def _put_formula(self, node: SpanNode, after: str) -> None:
        tex = self._text[node.start : node.end].replace("\n", " ")
        meant = is_formula(tex, (self._last, after), display=False, one_line=True) and "$" not in tex + after
        if meant and self._last not in {"$", "\\"} and not tex.endswith("\\"):
            self._put(f"${_for_place(in_markdown(tex), self._place)}$")
        elif "\\)" not in tex and not tex.endswith("\\"):
            self._put(self._plain_of(tex).as_formula(self._text))
        else:
            self._put_code(SpanNode(node.start, node.end), after)


def _lines(text: str, start: int, stop: int) -> Iterator[tuple[int, int]]:
    """The ranges of the lines in a part of a text."""
    while (end := text.find("\n", start, stop)) >= 0:
        yield start, end
        start = end + 1
    yield start, stop
