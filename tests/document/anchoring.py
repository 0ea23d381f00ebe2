"""Documents with marked ranges, and random texts, for the tests of anchors."""

from random import Random

from reader.document.anchor import Anchor, AnchorMatch, anchor, find_anchors
from reader.document.blocks import Inline, Paragraph
from reader.document.document import Document, Position, Range


def document(*texts: str) -> Document:
    return Document(tuple(Paragraph(Inline(text)) for text in texts))


def marked(*texts: str) -> tuple[Document, Range]:
    """A document, and the range in it between [ and ]."""
    ends = []
    for mark in "[]":
        number = next(number for number, text in enumerate(texts) if mark in text)
        ends.append(
            Position(number, texts[number].replace("[", "").index(mark) if mark == "]" else texts[number].index(mark))
        )
    return document(*(text.replace("[", "").replace("]", "") for text in texts)), Range(*ends)


def find_anchor(made: Document, kept: Anchor) -> AnchorMatch | None:
    """The current range of an anchor; None if its text is gone."""
    return find_anchors(made, (kept,))[0]


def moved(old: tuple[str, ...], new: tuple[str, ...]) -> AnchorMatch | None:
    """The range in the new text at which the range marked in the old text is found."""
    return find_anchor(document(*new), anchor(*marked(*old)))


def shown(old: tuple[str, ...], *new: str) -> str | None:
    """The text of the range found, followed by an asterisk if it has changed."""
    found = moved(old, new)
    return document(*new).extract(found.span) + "*" * found.changed if found else None


def letters(random: Random, length: int) -> str:
    return "".join(chr(random.randint(0x4E00, 0x9FA5)) for _ in range(length))


def prose(random: Random, length: int) -> str:
    """One line of Chinese and some English without repetitions, which begins and ends with a letter."""
    if length < 3:
        return letters(random, length)
    pieces: list[str] = []
    while sum(map(len, pieces)) < length:
        if random.random() < 0.2:
            pieces.append(f" {''.join(random.choices('abcdefghijklmnopqrstuvwxyz', k=random.randint(3, 9)))} ")
        else:
            pieces += letters(random, random.randint(1, 12)), random.choice(["，", "。", "", " ", "\u3000"])
    return letters(random, 1) + "".join(pieces)[: length - 2] + letters(random, 1)
