"""Collection of the text of a leaf: white space is collapsed, and inline elements and images become marks."""

from collections import Counter

from reader.document.blocks import SpanKind
from reader.document.sanitizing import clean
from reader.document.tabs import TAB, expanded
from reader.lean_dataclasses import dataclass, field
from reader.parse.spans import RawSpan
from reader.regex import regex

_DEPTH = 64
"""The maximum depth of open inline elements; the tags of deeper ones are ignored."""

_BLANK = " \t\n"
WIDE = (
    "\u2e80-\u2fdf\u3000-\u312f\u31a0-\u31bf\u31f0-\u4dbf\u4e00-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff9f"
    "\uffe0-\uffe6\U00020000-\U0003ffff"
)
_QUOTES = "“”‘’…—·"
_WIDE_ONE = regex(f"[{WIDE}]")
_WIDE_OR_QUOTE = regex(f"[{WIDE}{_QUOTES}]")
_SOFT = regex(f"(?<=[{WIDE}])[ \t]*+\n[ \t\n]*+(?=[{WIDE}{_QUOTES}])|(?<=[{_QUOTES}])[ \t]*+\n[ \t\n]*+(?=[{WIDE}])")
"""A line break between characters of scripts without word spacing (CSS Text 4, segment break transformation)."""

_RUN = regex("[ \t\n]+")

Meaning = tuple[SpanKind, str]


def join_lines(text: str) -> str:
    """Join lines: line breaks and runs of white space become a space, or nothing between Han or kana."""
    # One pattern for all would take five times as long as first looking for each character.
    return _RUN.sub(" ", soften(text)) if "\n" in text or "  " in text or "\t" in text else text


def soften(text: str) -> str:
    """Remove the line breaks between characters of scripts without word spacing."""
    return _SOFT.sub("", text) if "\n" in text else text


def joins(before: str, behind: str) -> bool:
    """Whether a line break between these characters is dropped instead of becoming a space (Han and kana)."""
    return bool(
        (_WIDE_ONE.match(before) and _WIDE_OR_QUOTE.match(behind))
        or (_WIDE_OR_QUOTE.match(before) and _WIDE_ONE.match(behind))
    )


@dataclass(slots=True)
class OpenInline:
    """An open inline element.

    Attributes:
        drops_labels: Whether labels of controls (a copy button, a footnote back-reference) are dropped inside it.
    """

    tag: str
    meanings: tuple[Meaning, ...]
    start: int
    order: int
    drops_labels: bool = False


@dataclass(slots=True)
class Draft:
    """Text with marks that is not split into leaves yet; a newline is a hard line break."""

    text: str
    marks: list[RawSpan]


@dataclass(slots=True)
class InlineBuilder:
    """Collects text and inline elements in order, and returns a Draft at the end of each leaf.

    Elements that are still open continue in the next leaf.
    """

    preformatted: bool = False
    length: int = 0
    opened: list[OpenInline] = field(default_factory=list)
    label_drops: int = 0
    """The number of open elements in which the labels of controls are dropped."""
    _pieces: list[str] = field(default_factory=list)
    _marks: list[RawSpan] = field(default_factory=list)
    _last: str = ""
    _pending: str = ""
    _apart: bool = False
    """Whether the pending white space is the only text between two elements; a line break there is never dropped."""
    _order: int = 0
    _column: int = 0
    _too_deep: Counter[str] = field(default_factory=Counter)
    _lone: int = -1
    """The index in `_pieces` at which the line of an image may begin; -1 if the last item was not an image."""

    @property
    def at_line_start(self) -> bool:
        """Whether the current line is empty."""
        return self._last in ("", "\n")

    def text(self, data: str) -> None:
        """Add source text whose character references are already decoded."""
        data = clean(data)
        if self.preformatted:
            self._preformatted(data)
            return
        body = data.strip(_BLANK)
        if not body:
            if data and self._last:
                # White space at the beginning of a text is dropped.
                self._blank(data)
                self._apart = True
            return
        if data[0] in _BLANK and self._last:
            self._blank(data[: len(data) - len(data.lstrip(_BLANK))])
        self._write(join_lines(body))
        if data[-1] in _BLANK:
            self._blank(data[len(data.rstrip(_BLANK)) :])

    def atom(self, text: str, kind: SpanKind, value: str = "") -> None:
        """Add an atomic inline: a formula, or an image with its alternative text, which may be empty."""
        if kind is SpanKind.IMAGE:
            self._image_gap()
        if text:
            lone = self._lone
            self._write(text)
            if kind is SpanKind.IMAGE:
                self._lone = lone
        start = self.length - len(text)
        self._mark(start, self.length, kind, value)

    def formula(self, tex: str, *, displayed: bool) -> None:
        """Add a formula; empty lines separate a displayed formula from the text around it."""
        breaks = 2 * (displayed and not self.preformatted)
        for _number in range(breaks):
            self.line_break()
        self.atom(tex, SpanKind.MATH)
        for _number in range(breaks):
            self.line_break()

    def line_break(self) -> None:
        """Add a hard line break."""
        self._settle_image()
        self._lone = -1
        self._pending = ""
        self._append("\n")
        self._column = 0

    def start(self, tag: str, meanings: tuple[Meaning, ...], *, drops_labels: bool = False) -> None:
        """Open an inline element."""
        if len(self.opened) >= _DEPTH:
            self._too_deep[tag] += 1
            return
        self._order += 1
        self.label_drops += drops_labels
        self.opened.append(OpenInline(tag, meanings, self.length, self._order, drops_labels))

    def end(self, tag: str) -> None:
        """Close the innermost open element with this name, if there is one."""
        if self._too_deep and self._too_deep[tag]:
            self._too_deep[tag] -= 1
            return
        for number in range(len(self.opened) - 1, -1, -1):
            if self.opened[number].tag == tag:
                self._close(self.opened.pop(number))
                return

    def truncate(self, depth: int) -> None:
        """Close the innermost elements until `depth` are left."""
        while len(self.opened) > depth:
            self._close(self.opened.pop())

    def mark(self, start: int, stop: int, kind: SpanKind, value: str) -> None:
        """Mark characters that were already added."""
        self._mark(start, stop, kind, value)

    def since(self, start: int) -> str:
        """Return the text added since the length was `start`."""
        missing = self.length - start
        parts: list[str] = []
        for piece in reversed(self._pieces):
            if missing <= 0:
                break
            parts.append(piece[-missing:])
            missing -= len(piece)
        return "".join(reversed(parts))

    def take(self) -> Draft | None:
        """Return the text collected since the last call and reset it, or None if there is none."""
        if not self._pieces and not self._marks:
            return None
        self._settle_image()
        self._lone = -1
        self._pending, self._apart, self._last, self._column = "", False, "", 0
        said: set[Meaning] = set()
        for one in self.opened:
            # An inner element need not repeat the formatting of an outer one that ends at the same offset.
            self._record(one, tuple(meaning for meaning in one.meanings if meaning not in said))
            said.update(one.meanings)
            one.start = 0
        draft = Draft("".join(self._pieces), self._marks)
        self._pieces, self._marks, self.length = [], [], 0
        return draft

    def _blank(self, blanks: str) -> None:
        if self._pending != "\n":
            self._pending = "\n" if "\n" in blanks else " "

    def _write(self, text: str) -> None:
        if self._pending and self._last and self._last != "\n":
            if self._pending == "\n" and self._lone >= 0:
                self._settle_image()
                self._append("\n")
            elif self._apart or self._pending == " " or not joins(self._last, text[0]):
                self._append(" ")
        self._pending, self._apart = "", False
        self._lone = -1
        self._append(text)

    def _append(self, text: str) -> None:
        self._pieces.append(text)
        self.length += len(text)
        self._last = text[-1]

    def _image_gap(self) -> None:
        """Record where the line of an image begins, in case the image turns out to be alone on it."""
        if not self._last or self._last == "\n":
            # The image already begins a line.
            self._lone = len(self._pieces)
        elif self._pending == "\n":
            self._settle_image()
            self._lone = len(self._pieces)
            self._append(" ")
        elif self._pending:
            self._append(" ")
        self._pending = ""

    def _settle_image(self) -> None:
        """Give an image that is alone on its source line its own line in the text."""
        if 0 <= self._lone < len(self._pieces) and self._pieces[self._lone] == " ":
            self._pieces[self._lone] = "\n"

    def _preformatted(self, data: str) -> None:
        if not data:
            return
        if "\t" in data:
            data, tabs = expanded(data, column=self._column)
            for start, stop in tabs:
                self._mark(self.length + start, self.length + stop, SpanKind.TAB, str(TAB))
        newline = data.rfind("\n")
        self._column = len(data) - newline - 1 + (0 if newline >= 0 else self._column)
        self._append(data)

    def _close(self, one: OpenInline) -> None:
        self.label_drops -= one.drops_labels
        self._record(one, one.meanings)

    def _record(self, one: OpenInline, meanings: tuple[Meaning, ...]) -> None:
        if one.start < self.length:
            for kind, value in meanings:
                self._marks.append(RawSpan(one.start, self.length, one.order, kind, value))

    def _mark(self, start: int, stop: int, kind: SpanKind, value: str) -> None:
        self._order += 1
        self._marks.append(RawSpan(start, stop, self._order, kind, value))
