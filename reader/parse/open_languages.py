"""The languages that open elements of HTML declare: `lang`, and `xml:lang` in XHTML."""

from collections.abc import Sequence

from reader.document.blocks import Block
from reader.document.language_tags import language_tag, says_more, with_language
from reader.parse.html_vocabulary import Attributes, value


def declared(attributes: Attributes) -> str:
    """The language that an element declares (BCP 47); empty if none."""
    return language_tag(value(attributes, "lang") or value(attributes, "xml:lang"))


class OpenLanguages:
    """The languages of open block elements that differ from that of the elements around them."""

    def __init__(self, document: str = "") -> None:
        """Begin a document in a language (BCP 47), or in an unknown one."""
        self._document = document
        self._opened: list[tuple[int, str]] = []
        """The depth of each element with its language, the innermost last."""

    def __bool__(self) -> bool:
        """Whether the current text may be in another language than the document."""
        return bool(self._opened)

    @property
    def current(self) -> str:
        """The language of the current block; empty if unknown."""
        return self._opened[-1][1] if self._opened else self._document

    def open(self, tag: str, attributes: Attributes, depth: int) -> None:
        """Open a block element, which has `depth` elements around it."""
        if not (language := declared(attributes)):
            return
        if tag == "html":
            self._document = self._document or language
        elif says_more(language, self.current):
            self._opened.append((depth, language))

    def close(self, depth: int) -> None:
        """Close the elements that have at least `depth` elements around them."""
        while self._opened and self._opened[-1][0] >= depth:
            self._opened.pop()

    def given(self, blocks: Sequence[Block]) -> Sequence[Block]:
        """Give the current language to blocks, if it differs from that of the document."""
        if not self._opened or not says_more(self.current, self._document):
            return blocks
        return [with_language(block, self.current) for block in blocks]
