"""Text with its spans as well-formed XHTML."""

from collections.abc import Callable, Mapping
from html import escape

from reader.document.addresses import uri_of
from reader.document.blocks import Inline, Span, SpanKind
from reader.layout.callout_names import callout_name
from reader.lean_dataclasses import dataclass

_DEEPEST = 60
"""The maximum depth of nested elements, which browsers limit; of deeper elements only the text is written."""

_TAGS = {
    SpanKind.STRONG: "strong",
    SpanKind.EMPHASIS: "em",
    SpanKind.UNDERLINE: "u",
    SpanKind.STRIKE: "s",
    SpanKind.MARKED: "mark",
    SpanKind.INSERTED: "ins",
    SpanKind.DELETED: "del",
    SpanKind.SMALL: "small",
    SpanKind.CODE: "code",
    SpanKind.KEYBOARD: "kbd",
    SpanKind.SUBSCRIPT: "sub",
    SpanKind.SUPERSCRIPT: "sup",
    SpanKind.CALLOUT: "strong",
}
_REPLACED = frozenset((SpanKind.IMAGE, SpanKind.MATH, SpanKind.CALLOUT))
"""Kinds whose text is written without the spans in it."""

_ANCHORS = frozenset((SpanKind.LINK, SpanKind.FOOTNOTE))
"""Kinds that become `a` elements, which must not nest (HTML 4.5.1)."""

PictureSource = Callable[[str], str]
"""Returns the attributes of an `img` element for a picture's source as written; empty if it cannot be shown."""


@dataclass(frozen=True, slots=True)
class _OpenElement:
    """An element that is open: where its text ends, and its end tag."""

    end: int
    kind: SpanKind
    closing: str


class HtmlInline:
    """The writer of the texts of one document.

    Attributes:
        referred: The ids of the footnotes that references have been written to. The first reference to a footnote has
            the footnote's id with “-ref” appended as its own.
    """

    def __init__(
        self, picture: PictureSource, labels: Mapping[str, str], places: Mapping[str, str] | None = None
    ) -> None:
        """Write the texts of a document.

        Args:
            picture: Returns the attributes of pictures.
            labels: The ids of footnotes by their labels.
            places: The addresses of links within the exported files, by the targets as written.
        """
        self._picture = picture
        self._places = places or {}
        self._labels = labels
        self.referred: set[str] = set()

    def written(self, inline: Inline, *, is_code: bool = False) -> str:
        """A text with its spans; a span that crosses the border of another is left out."""
        text = inline.text
        parts: list[str] = []
        around: list[_OpenElement] = []
        at = 0

        def close_until(place: int) -> None:
            nonlocal at
            while around and around[-1].end <= place:
                element = around.pop()
                parts.extend((escape(text[at : element.end]), element.closing))
                at = element.end

        for span in inline.spans:
            close_until(span.start)
            if span.start < at or (around and span.end > around[-1].end):
                continue
            parts.append(escape(text[at : span.start]))
            at = span.start
            if span.kind in _REPLACED:
                parts.append(self._replaced(span, text[span.start : span.end]))
                at = span.end
            elif tags := self._tags(span, around):
                parts.append(tags[0])
                around.append(_OpenElement(span.end, span.kind, tags[1]))
        close_until(len(text))
        parts.append(escape(text[at:]))
        found = "".join(parts)
        return found if is_code else found.replace("\n", "<br/>")

    def image(self, source: str, text: str) -> str:
        """A picture, or its description if it cannot be shown."""
        attributes = self._picture(source)
        if not attributes:
            return f'<span class="picture">{escape(text or source)}</span>'
        return f'<img {attributes} alt="{escape(text)}"/>'

    def _replaced(self, span: Span, text: str) -> str:
        match span.kind:
            case SpanKind.IMAGE:
                return self.image(span.value, text)
            case SpanKind.CALLOUT:
                return f"<strong>{escape(callout_name(span.value, text))}</strong>"
        return f'<code class="math">{escape(text)}</code>'

    def _tags(self, span: Span, around: list[_OpenElement]) -> tuple[str, str] | None:
        """The start tag and the end tag of a span; None if only its text is written."""
        if len(around) >= _DEEPEST or span.kind is SpanKind.TAB:
            return None
        if span.kind in _ANCHORS:
            start = "" if any(one.kind in _ANCHORS for one in around) else self._anchor(span)
            return (start, "</a>") if start else None
        if span.kind is SpanKind.RUBY:
            return "<ruby>", f"<rt>{escape(span.value)}</rt></ruby>"
        if span.kind is SpanKind.LANGUAGE:
            return f'<span lang="{escape(span.value)}">', "</span>"
        return f"<{_TAGS[span.kind]}>", f"</{_TAGS[span.kind]}>"

    def _anchor(self, span: Span) -> str:
        """The start tag of a link or of a reference to a footnote; empty if it leads nowhere."""
        if span.kind is SpanKind.LINK:
            address = self._places.get(span.value) or uri_of(span.value)
            return f'<a href="{escape(address)}">' if address else ""
        label = self._labels.get(span.value)
        if label is None:
            return ""
        first = "" if label in self.referred else f' id="{label}-ref"'
        self.referred.add(label)
        return f'<a href="#{label}"{first}>'
