"""Collecting the text of one leaf: white space folded as it comes, marks over it, pictures in it."""

import re
from collections import Counter
from dataclasses import dataclass, field

from reader.document.blocks import SpanKind
from reader.document.cleaning import clean
from reader.parse.spans import Mark

_DEPTH = 64
"""Inline elements open at once; deeper ones are read through."""

_TAB = 4
_BLANK = " \t\n"
WIDE = (
    "\u2e80-\u2fdf\u3000-\u312f\u31a0-\u31bf\u31f0-\u4dbf\u4e00-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff9f"
    "\uffe0-\uffe6\U00020000-\U0003ffff"
)
_QUOTES = "“”‘’…—·"
_WIDE_ONE = re.compile(f"[{WIDE}]")
_WIDE_OR_QUOTE = re.compile(f"[{WIDE}{_QUOTES}]")
_SOFT = re.compile(
    f"(?<=[{WIDE}])[ \t]*+\n[ \t\n]*+(?=[{WIDE}{_QUOTES}])|(?<=[{_QUOTES}])[ \t]*+\n[ \t\n]*+(?=[{WIDE}])"
)
"""A line's end between two characters that are written without blanks (CSS Text 4, segment break transformation)."""

_RUN = re.compile("[ \t\n]+")

Meaning = tuple[SpanKind, str]


def join_lines(text: str) -> str:
    """`text` on one line: line ends and other runs of white space become a blank, or nothing between Han or kana."""
    # Looking for each by itself takes a fifth of the time of one pattern for all.
    return _RUN.sub(" ", soften(text)) if "\n" in text or "  " in text or "\t" in text else text


def soften(text: str) -> str:
    """`text` without the ends of lines between characters that are written without blanks."""
    return _SOFT.sub("", text) if "\n" in text else text


def joins(before: str, behind: str) -> bool:
    """Whether the end of a line between these two characters leaves no blank: Han and kana are written without."""
    return bool(
        (_WIDE_ONE.match(before) and _WIDE_OR_QUOTE.match(behind))
        or (_WIDE_OR_QUOTE.match(before) and _WIDE_ONE.match(behind))
    )


@dataclass(slots=True)
class Opened:
    """An inline element that has not ended.

    Attributes:
        hush: Whether a known label of a control (a copy button, a mark that leads back) is dropped inside it.
    """

    tag: str
    meanings: tuple[Meaning, ...]
    start: int
    order: int
    hush: bool = False


@dataclass(slots=True)
class Draft:
    """A text with its marks, not yet parted into leaves; a newline is a hard line break."""

    text: str
    marks: list[Mark]


@dataclass(slots=True)
class Flow:
    """Takes text and inline elements in their order and gives a Draft wherever a leaf ends.

    Elements that are still open then go on in the next leaf.
    """

    preformatted: bool = False
    length: int = 0
    opened: list[Opened] = field(default_factory=list)
    hushed: int = 0
    _pieces: list[str] = field(default_factory=list)
    _marks: list[Mark] = field(default_factory=list)
    _last: str = ""
    _pending: str = ""
    _apart: bool = False
    """Whether the white space before was all that stood between two elements: such a line end is never closed up."""
    _order: int = 0
    _column: int = 0
    _too_deep: Counter[str] = field(default_factory=Counter)
    _lone: int = -1
    """Where in the pieces a picture's line may begin; -1 if the last thing was no picture."""

    @property
    def at_line_start(self) -> bool:
        """Whether nothing stands on the line yet."""
        return self._last in ("", "\n")

    def text(self, data: str) -> None:
        """Adds text as it was written, references decoded."""
        data = clean(data)
        if self.preformatted:
            self._preformatted(data)
            return
        body = data.strip(_BLANK)
        if not body:
            if data and self._last:
                # At the beginning of a text, blanks are nothing.
                self._blank(data)
                self._apart = True
            return
        if data[0] in _BLANK and self._last:
            self._blank(data[: len(data) - len(data.lstrip(_BLANK))])
        self._write(join_lines(body))
        if data[-1] in _BLANK:
            self._blank(data[len(data.rstrip(_BLANK)) :])

    def atom(self, text: str, kind: SpanKind, value: str = "") -> None:
        """Adds something whole: a formula or a picture with its text, which may be empty for a picture."""
        if kind is SpanKind.IMAGE:
            self._image_gap()
        if text:
            lone = self._lone
            self._write(text)
            if kind is SpanKind.IMAGE:
                self._lone = lone
        start = self.length - len(text)
        self._mark(start, self.length, kind, value)

    def line_break(self) -> None:
        """Adds a hard line break."""
        self._settle_image()
        self._lone = -1
        self._pending = ""
        self._append("\n")
        self._column = 0

    def start(self, tag: str, meanings: tuple[Meaning, ...], *, hush: bool = False) -> None:
        """Opens an inline element."""
        if len(self.opened) >= _DEPTH:
            self._too_deep[tag] += 1
            return
        self._order += 1
        self.hushed += hush
        self.opened.append(Opened(tag, meanings, self.length, self._order, hush))

    def end(self, tag: str) -> None:
        """Ends the innermost open element of that name, if there is one."""
        if self._too_deep[tag]:
            self._too_deep[tag] -= 1
            return
        for number in range(len(self.opened) - 1, -1, -1):
            if self.opened[number].tag == tag:
                self._close(self.opened.pop(number))
                return

    def truncate(self, depth: int) -> None:
        """Ends the elements opened since there were `depth` of them."""
        while len(self.opened) > depth:
            self._close(self.opened.pop())

    def mark(self, start: int, stop: int, kind: SpanKind, value: str) -> None:
        """Marks characters that were already added."""
        self._mark(start, stop, kind, value)

    def since(self, start: int) -> str:
        """The text added since the length was `start`, for looking at."""
        missing = self.length - start
        parts: list[str] = []
        for piece in reversed(self._pieces):
            if missing <= 0:
                break
            parts.append(piece[-missing:])
            missing -= len(piece)
        return "".join(reversed(parts))

    def take(self) -> Draft | None:
        """Everything since the last time, or None if that was nothing."""
        if not self._pieces and not self._marks:
            return None
        self._settle_image()
        self._lone = -1
        self._pending, self._apart, self._last, self._column = "", False, "", 0
        said: set[Meaning] = set()
        for one in self.opened:
            # What an outer element says already, up to the same end, an inner one need not repeat.
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
        """Before a picture: remembers where its line would begin if it turns out to have one for itself."""
        if not self._last or self._last == "\n":
            # Nothing has to be turned into a line's end before it.
            self._lone = len(self._pieces)
        elif self._pending == "\n":
            self._settle_image()
            self._lone = len(self._pieces)
            self._append(" ")
        elif self._pending:
            self._append(" ")
        self._pending = ""

    def _settle_image(self) -> None:
        """A picture alone on its line of the source has one of its own in the text as well."""
        if 0 <= self._lone < len(self._pieces) and self._pieces[self._lone] == " ":
            self._pieces[self._lone] = "\n"

    def _preformatted(self, data: str) -> None:
        if not data:
            return
        if "\t" in data:
            first, *others = data.split("\n")
            first = ("x" * self._column + first).expandtabs(_TAB)[self._column :]
            data = "\n".join([first, *(line.expandtabs(_TAB) for line in others)])
        newline = data.rfind("\n")
        self._column = len(data) - newline - 1 + (0 if newline >= 0 else self._column)
        self._append(data)

    def _close(self, one: Opened) -> None:
        self.hushed -= one.hush
        self._record(one, one.meanings)

    def _record(self, one: Opened, meanings: tuple[Meaning, ...]) -> None:
        if one.start < self.length:
            for kind, value in meanings:
                self._marks.append(Mark(one.start, self.length, one.order, kind, value))

    def _mark(self, start: int, stop: int, kind: SpanKind, value: str) -> None:
        self._order += 1
        self._marks.append(Mark(start, stop, self._order, kind, value))
