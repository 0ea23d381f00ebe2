"""The language and the line numbers of preformatted text in HTML, which several elements around it may name."""

from reader.parse.html_vocabulary import Attributes, first_line, language


class CodeLabel:
    """What is known of the preformatted text that is open, or that follows.

    Attributes:
        is_open: Whether preformatted text is open.
    """

    def __init__(self) -> None:
        self.is_open = False
        self._language = ""
        self._outer: Attributes = {}
        self._first_line = 0

    def enclose(self, attributes: Attributes) -> None:
        """Note the attributes of an element that may contain the text, as few do."""
        self._outer = attributes
        self._first_line = 0

    def open(self, attributes: Attributes) -> None:
        """Open preformatted text."""
        self.is_open = True
        self._language = language(attributes) or language(self._outer)
        self._first_line = self._first_line or first_line(self._outer) or first_line(attributes)
        self._outer = {}

    def note_code(self, attributes: Attributes) -> None:
        """Note the attributes of a `code` element in it."""
        if self.is_open and not self._language:
            self._language = language(attributes)
            self._first_line = self._first_line or first_line(attributes)

    def note_number(self, text: str) -> None:
        """Note the number of the first line, from the numbers beside the text."""
        if (
            not self._first_line
            and not first_line(self._outer)
            and (numbers := text.split())
            and numbers[0].isdecimal()
            and len(numbers[0]) < 7
        ):
            self._first_line = int(numbers[0])

    def close(self) -> tuple[str, int] | None:
        """Close the text; return its language and the number of its first line, or None if none is open."""
        if not self.is_open:
            return None
        found = self._language, self._first_line
        self.is_open, self._first_line = False, 0
        return found
