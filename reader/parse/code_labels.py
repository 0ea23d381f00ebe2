"""The language, line numbers and marked lines of preformatted text in HTML, as given on elements around or in it."""

from reader.document.blocks import SpanKind
from reader.parse.html_vocabulary import Attributes, first_line, language, value
from reader.parse.inline import Meaning
from reader.parse.marked_lines import LineKinds, named_lines
from reader.regex import regex

_LINE_CLASSES = (
    (regex(r"(?:^|\s)diff\s+add(?:\s|$)"), SpanKind.INSERTED),
    (regex(r"(?:^|\s)diff\s+remove(?:\s|$)"), SpanKind.DELETED),
    (
        regex(
            r"(?:^|\s)(?:hll|line\s+(?:hl|highlight|highlighted|marked)|[\w-]*highlight(?:ed)?(?:-code)?-line)(?:\s|$)"
        ),
        SpanKind.MARKED,
    ),
)
"""Classes of lines in code: of Pygments, Chroma, Shiki and VitePress, Hexo, Docusaurus, Gatsby."""


def line_meaning(attributes: Attributes) -> tuple[Meaning, ...]:
    """Return the mark that an element in preformatted text puts on its line; empty if there is none."""
    names = attributes.get("class") or ""
    if "data-highlighted-line" in attributes:
        return ((SpanKind.MARKED, ""),)
    if not any(word in names for word in ("hl", "highlight", "diff ", "marked")):
        return ()
    return next((((kind, ""),) for pattern, kind in _LINE_CLASSES if pattern.search(names)), ())


class CodeLabel:
    """The language, line numbers and marked lines of the open preformatted text, or of the next.

    Attributes:
        is_open: Whether preformatted text is open.
    """

    def __init__(self) -> None:
        self.is_open = False
        self._language = ""
        self._outer: Attributes = {}
        self._first_line = 0
        self._line_info = ""

    def enclose(self, attributes: Attributes) -> None:
        """Note the attributes of an element that may be the box around the next preformatted text."""
        self._outer = attributes
        self._first_line = 0

    def open(self, attributes: Attributes) -> None:
        """Open preformatted text."""
        self.is_open = True
        self._language = language(attributes) or language(self._outer)
        self._first_line = self._first_line or first_line(self._outer) or first_line(attributes)
        lines = value(attributes, "data-line")
        self._line_info = f'data-line="{lines}"' if lines else ""
        self._outer = {}

    def note_code(self, attributes: Attributes) -> None:
        """Note the attributes of a `code` element in the text."""
        if self.is_open and not self._language:
            self._language = language(attributes)
            self._first_line = self._first_line or first_line(attributes)

    def note_number(self, text: str) -> None:
        """Note the number of the first line; `text` is the column of numbers beside the code."""
        if (
            not self._first_line
            and not first_line(self._outer)
            and (numbers := text.split())
            and numbers[0].isdecimal()
            and len(numbers[0]) < 7
        ):
            self._first_line = int(numbers[0])

    def close(self) -> tuple[str, int, LineKinds] | None:
        """Close the text; return its language, the number of its first line and its marked lines, or None."""
        if not self.is_open:
            return None
        found = self._language, self._first_line, named_lines(self._line_info)
        self.is_open, self._first_line = False, 0
        return found
