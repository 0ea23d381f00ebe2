"""Links to notes, and the footnotes of a document as Markdown refers to them."""

from collections import deque
from collections.abc import Iterator
from itertools import count

from reader.document.addresses import WIKI
from reader.document.blocks import Footnote
from reader.document.document import Document
from reader.document.footnotes import placed_footnotes
from reader.regex import regex

_NAME = regex(r"\w[\w.-]{0,39}")
"""A label that every parser accepts as a footnote name."""


class FootnoteReferences:
    """Footnotes by label, and the references written so far.

    Parsers drop footnotes without a reference, so an exporter has to write those from `unreferred` in another form.
    """

    def __init__(self, document: Document) -> None:
        self._names: dict[str, str] = {}
        self._notes: dict[str, Footnote] = {}
        self._nameless: list[Footnote] = []
        self._referred: deque[str] = deque()
        self._mentioned: set[str] = set()
        notes = [note for _leaf, note in placed_footnotes(document)]
        taken = {note.label.casefold() for note in notes}
        numbers = (str(number) for number in count(1) if str(number) not in taken)
        written: set[str] = set()
        for note in notes:
            if note.label in self._notes:
                # References to a duplicate label mean the first footnote.
                self._nameless.append(note)
                continue
            name = note.label
            if not _NAME.fullmatch(name) or name.casefold() in written:
                name = next(numbers)
            written.add(name.casefold())
            self._names[note.label] = name
            self._notes[note.label] = note

    def knows(self, label: str) -> bool:
        """Whether there is a footnote with this label."""
        return label in self._names

    def refer(self, label: str) -> str:
        """The name of the footnote with this label; records a reference to it."""
        if label not in self._mentioned:
            self._mentioned.add(label)
            self._referred.append(label)
        return self._names[label]

    def referred(self) -> Iterator[tuple[str, Footnote]]:
        """The footnotes referenced since the last call, with their names; includes references made during iteration."""
        while self._referred:
            label = self._referred.popleft()
            yield self._names[label], self._notes.pop(label)

    def unreferred(self) -> list[Footnote]:
        """Remove and return all other footnotes, which can no longer be referenced."""
        for label in self._notes:
            del self._names[label]
        left = [*self._notes.values(), *self._nameless]
        self._notes, self._nameless = {}, []
        return left


def wiki_link(target: str, text: str, *, cell: bool) -> str:
    """A link to a note as `[[Note]]` or `[[Note|text]]`; empty for other targets, and for text with markup."""
    name = target.removeprefix(WIKI)
    if not target.startswith(WIKI) or not _IN_WIKI.fullmatch(text) or not _IN_WIKI.fullmatch(name):
        return ""
    bar = "\\|" if cell else "|"
    # The parser shows a heading after an arrow.
    return f"[[{name}]]" if text in {name, name.replace("#", " › ")} else f"[[{name}{bar}{text}]]"


_IN_WIKI = regex(r"[^\[\]|\n\\<>`*_$&]+")
"""Text that a link to a note may contain."""
