"""The text of one leaf in Org: markup that Emacs recognizes, even next to Han characters, and escaped literal text."""

from urllib.parse import unquote

from reader.document.addresses import EMBED, REFERENCE, WIKI, is_active
from reader.document.blocks import Inline, Span, SpanKind
from reader.regex import regex

_ZERO_WIDTH_SPACE = "\u200b"
"""Org recognizes emphasis only between spaces and punctuation; its manual recommends this character in their place."""

_SIGNS = {
    SpanKind.STRONG: "*",
    SpanKind.EMPHASIS: "/",
    SpanKind.UNDERLINE: "_",
    SpanKind.MARKED: "_",
    SpanKind.STRIKE: "+",
}
_VERBATIM = {SpanKind.CODE: "~", SpanKind.KEYBOARD: "="}
_RAISED = {SpanKind.SUBSCRIPT: "_", SpanKind.SUPERSCRIPT: "^"}

_BEFORE, _AFTER = "-('\"{", "-.,:!?;'\")}[\\"
"""Characters next to which Org recognizes emphasis without a space (`org-emphasis-regexp-components`)."""

_OPENING = regex(r"(^|[\s\-('\"{\u200b])([*/_+=~])(?=\S)")
"""A character that would open emphasis (`org-emphasis-regexp-components`)."""
_BRACKET = regex(r"\[(?=\[|fn:|cite)|<(?=<|\d{4}-|[a-z]+:)|\\(?=[a-zA-Z(\[])|(?<=\S)[_^](?=\{)|\{(?=\{\{)|@(?=@)")
_LINE_START = regex(r"^(?=\*+\s|#\+|#\s|\||:|[-+]\s|\d+[.)]\s|-{5,}\s*$|\[fn:|%%\()", flags=8)
"""A beginning of a line that Org would take for markup."""


_IS_PLACED = regex(r"[A-Za-z][A-Za-z0-9+.-]*:|//|[#*]")
"""The beginning of a target that is not a relative path: a scheme, a host, a place in the same file."""


def write_text(inline: Inline, *, one_line: bool = False) -> str:
    """A text with its spans; in `one_line`, a line break becomes a space."""
    written = _OrgText(inline).written(0, len(inline.text), 0)
    if one_line:
        return " ".join(written.split("\n"))
    return _LINE_START.sub(_ZERO_WIDTH_SPACE, written).replace("\n", "\\\\\n")


def link(target: str, text: str = "") -> str:
    """A link; if the target is a program, such as `javascript:`, only the text is written."""
    target = target.removeprefix(REFERENCE)
    for prefix in (WIKI, EMBED):
        if target.startswith(prefix):
            name, _mark, heading = target.removeprefix(prefix).partition("#")
            target = f"file:{name}.org" + (f"::*{heading}" if heading else "") if name else f"*{heading}"
    if is_active(target) or not target:
        return text
    if not _IS_PLACED.match(target):
        # Without `file:`, Emacs looks for a heading with the name of the file.
        place, _sign, fragment = target.partition("#")
        target = f"file:{unquote(place)}" + (f"::#{fragment}" if fragment else "")
    escaped = target.replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]").replace("\n", "%0A")
    return f"[[{escaped}][{text}]]" if text and text != target else f"[[{escaped}]]"


class _OrgText:
    def __init__(self, inline: Inline) -> None:
        self._text = inline.text
        self._spans = [span for span in inline.spans if span.start < span.end or span.kind is SpanKind.IMAGE]

    def written(self, start: int, end: int, first: int) -> str:
        """The text from `start` to `end`, with the spans from index `first` on."""
        out: list[str] = []
        at, number = start, first
        while number < len(self._spans):
            span = self._spans[number]
            if span.start >= end:
                break
            following = self._after(number)
            if span.start >= at and span.end <= end:
                out.append(_plain(self._text[at : span.start]))
                out.append(
                    self._span(span, number, self._border(span.start - 1, _BEFORE), self._border(span.end, _AFTER))
                )
                at = span.end
                number = following
            else:
                number += 1
        out.append(_plain(self._text[at:end]))
        return "".join(out)

    def _after(self, number: int) -> int:
        """The index of the first span after span `number` that is not in it."""
        end = self._spans[number].end
        number += 1
        while number < len(self._spans) and self._spans[number].start < end:
            number += 1
        return number

    def _border(self, place: int, permitted: str) -> str:
        """What to put between a delimiter and the character at `place` so that Org recognizes it; often nothing."""
        if not 0 <= place < len(self._text) or self._text[place].isspace() or self._text[place] in permitted:
            return ""
        return _ZERO_WIDTH_SPACE

    def _span(self, span: Span, number: int, before: str, after: str) -> str:
        def inner() -> str:
            return self.written(span.start, span.end, number + 1)

        text = self._text[span.start : span.end]
        writers = {
            SpanKind.LINK: lambda: link(span.value, _in_link(inner())),
            SpanKind.IMAGE: lambda: link(span.value) or _plain(text),
            SpanKind.MATH: lambda: f"\\({text}\\)",
            SpanKind.RUBY: lambda: f"{inner()}（{_plain(span.value)}）",
            SpanKind.FOOTNOTE: lambda: f"[fn:{note_label(span.value)}]",
        }
        if span.kind in writers:
            return writers[span.kind]()
        inside = self._spans[number + 1] if number + 1 < len(self._spans) else span
        if span.kind in _RAISED and inside.kind is SpanKind.FOOTNOTE and inside.start == span.start:
            return inner()
        if span.kind in _RAISED:
            return f"{_RAISED[span.kind]}{{{inner()}}}"
        if span.kind in _VERBATIM:
            return _signed(_VERBATIM[span.kind], text, before, after)
        if span.kind in _SIGNS:
            return _signed(_SIGNS[span.kind], inner(), before, after)
        return inner()


def note_label(label: str) -> str:
    """A label of a footnote as Org permits it: letters, digits, hyphens and underscores."""
    return "".join(sign if sign.isalnum() or sign in "-_" else "-" for sign in label) or "note"


def _signed(sign: str, text: str, before: str, after: str) -> str:
    """Text between two delimiters; white space at its ends is moved outside, or Org would not recognize them."""
    content = text.strip()
    # Emphasis may extend over one line break at most (`org-emphasis-regexp-components`).
    if not content or content.count("\n") > 1:
        return text
    lead, trail = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    return f"{lead or before}{sign}{content}{sign}{trail or after}"


def _in_link(text: str) -> str:
    """The text of a link, which cannot contain another link or its end."""
    return text.replace("]]", f"]{_ZERO_WIDTH_SPACE}]").replace("\n", " ")


def _plain(text: str) -> str:
    """Literal text, in which zero-width spaces keep Org from finding markup."""
    text = _BRACKET.sub(lambda found: found[0] + _ZERO_WIDTH_SPACE, text)
    return _OPENING.sub(lambda found: f"{found[1]}{found[2]}{_ZERO_WIDTH_SPACE}", text)
