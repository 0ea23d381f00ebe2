"""The spans of a text that have an effect in Markdown, as a tree, without surrounding white space."""

from collections.abc import Iterator

from reader.document.blocks import Inline, Span, SpanKind
from reader.export.markdown_escapes import trimmed
from reader.export.markdown_notes import FootnoteReferences
from reader.lean_dataclasses import dataclass, field

SIGNS = {SpanKind.STRONG: "**", SpanKind.EMPHASIS: "*", SpanKind.STRIKE: "~~"}
"""Delimiters that all Markdown parsers know."""

_ONCE = frozenset((*SIGNS, SpanKind.CODE, SpanKind.LINK, SpanKind.RUBY, SpanKind.FOOTNOTE))
"""Kinds that have no effect when nested in themselves."""

ATOMS = frozenset((SpanKind.IMAGE, SpanKind.MATH, SpanKind.RUBY, SpanKind.FOOTNOTE))
"""Kinds of spans that are written as a unit."""


@dataclass(slots=True)
class SpanNode:
    """A span with its nested spans; the root, which has no kind, is the whole text."""

    start: int
    end: int
    kind: SpanKind | None = None
    value: str = ""
    inner: list["SpanNode"] = field(default_factory=list)


def is_plain(inline: Inline) -> bool:
    """Whether a text has no spans that are written; Markdown has none for languages."""
    return all(span.kind is SpanKind.LANGUAGE for span in inline.spans)


def span_tree(inline: Inline, notes: FootnoteReferences) -> SpanNode:
    """The spans that have an effect in Markdown, as a tree, without surrounding white space."""
    text = inline.text
    root = SpanNode(*trimmed(text, 0, len(text)))
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
        node = SpanNode(start, end, span.kind, span.value)
        parent.inner.append(node)
        around.append(node)
    return root


def _outermost(span: Span) -> tuple[int, int, bool]:
    """Sort key that puts outer spans first; ruby goes around code, because code cannot contain ruby."""
    return span.start, -span.end, span.kind is not SpanKind.RUBY


def _is_written(span: Span, around: list[SpanNode], notes: FootnoteReferences) -> bool:
    """Whether a span has an effect inside the spans `around` it."""
    kinds = {node.kind for node in around}
    if kinds & {SpanKind.IMAGE, SpanKind.MATH} or (span.kind in _ONCE and span.kind in kinds):
        return False
    match span.kind:
        case SpanKind.LANGUAGE:
            return False
        case SpanKind.LINK | SpanKind.RUBY:
            return bool(span.value)
        case SpanKind.FOOTNOTE:
            return bool(span.value) and notes.knows(span.value) and SpanKind.LINK not in kinds
        case _:
            return True


def _with_brackets(text: str, start: int, end: int, parent: SpanNode) -> tuple[int, int]:
    """The range of a reference including brackets directly around it, which Markdown adds itself."""
    least = parent.inner[-1].end if parent.inner else parent.start
    if start > least and end < parent.end and (text[start - 1], text[end]) in {("[", "]"), ("［", "］")}:
        return start - 1, end + 1
    return start, end


def all_below(node: SpanNode) -> Iterator[SpanNode]:
    """All spans within a span."""
    for one in node.inner:
        yield one
        yield from all_below(one)
