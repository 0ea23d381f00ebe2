"""A place in an article that a command line names: a line of the source, a percentage, a text, or a section."""

from reader.document.document import Position
from reader.errors import ReaderError
from reader.lean_dataclasses import dataclass
from reader.reading.opened_article import Reading

END = 2**31
"""A line below the last one of any file."""


@dataclass(frozen=True, slots=True)
class StartingPlace:
    """A place in an article; only one of the attributes is set.

    Attributes:
        written: The place as the user wrote it, for messages.
        line: A 1-based line of the file; one below the last means the end.
        percentage: A percentage of the text.
        text: A text, of which the first occurrence is meant.
        section: The title of a section, or the fragment of a link.
    """

    written: str
    line: int | None = None
    percentage: int | None = None
    text: str = ""
    section: str = ""

    def position_in(self, reading: Reading) -> Position | None:
        """The position in an opened article; None if there is no such place."""
        document = reading.document
        if self.line is not None:
            return _at_line(reading, self.line)
        if self.percentage is not None:
            return _at_share(reading, min(self.percentage, 100))
        if self.text:
            from reader.document.find import DocumentSearch  # noqa: PLC0415 - few places are texts

            found = DocumentSearch(document).first(self.text)
            return found.start if found is not None else None
        from reader.linking.fragments import place_of  # noqa: PLC0415 - few places are sections
        from reader.reading.article_parts import section_named  # noqa: PLC0415

        if (place := place_of(document, self.section)) is not None:
            return place
        number = section_named(reading, self.section)
        return reading.outline.sections[number].start if number is not None else None


def _at_line(reading: Reading, line: int) -> Position | None:
    if line >= END:
        return Position(max(len(reading.document.leaves) - 1, 0))
    from reader.reading.source_lines import place_of_line  # noqa: PLC0415 - few places are lines

    try:
        return place_of_line(reading.article.path, reading.document, line)
    except ReaderError:
        # The file was removed just now.
        return None


def _at_share(reading: Reading, percentage: int) -> Position:
    """The position before which a percentage of the characters stand."""
    document = reading.document
    lengths = [len(leaf.text.text) for leaf in document.leaves]
    left = sum(lengths) * percentage // 100
    for number, length in enumerate(lengths):
        if left < length:
            return Position(number, left)
        left -= length
    return document.clamp(Position(len(lengths)))
