"""Finding text in a document, ignoring case, accents, character width and the amount of white space."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property
from itertools import accumulate

from reader.document.blocks import Heading
from reader.document.document import Document, Position, Range
from reader.document.text_folding import Folded, fold, folded
from reader.document.typed_pinyin import pinyin_pattern

_SEPARATOR = "\x00"
"""Separates leaves that are searched as one text: sanitized text cannot contain it, so no match crosses leaves."""


class DocumentSearch:
    """A document that is searched several times; its text is folded once.

    A match lies within one leaf. The repeated title is skipped, because the page does not show it.
    """

    def __init__(self, document: Document) -> None:
        self._document = document

    def first(self, needle: str) -> Range | None:
        """The first match of `needle`, like `find`."""
        pattern = _pattern(needle)
        return next(self.matches(pattern), None) if pattern is not None else None

    def matches(self, pattern: re.Pattern[str]) -> Iterator[Range]:
        """The matches of `pattern` in the folded text, like `find_pattern`."""
        last = 0
        text = self._text
        for match in pattern.finditer(text.text):
            start, end = text.source(match.start(), ends=False), text.source(match.end(), ends=True)
            if start < last:  # Two matches in one ligature map to the same range.
                continue
            last = end
            place = bisect_right(self._starts, start) - 1
            number, first = self._numbers[place], self._starts[place]
            yield Range(Position(number, start - first), Position(number, end - first))

    @property
    def folded_text(self) -> str:
        """The folded text of all leaves that are searched."""
        return self._text.text

    @cached_property
    def _numbers(self) -> list[int]:
        """The numbers of the leaves that are searched."""
        return [
            number
            for number, leaf in enumerate(self._document.leaves)
            if leaf.text.text and not (isinstance(leaf, Heading) and leaf.level == 0)
        ]

    @cached_property
    def _text(self) -> Folded:
        return fold(_SEPARATOR.join(map(self._document.text, self._numbers)))

    @cached_property
    def _starts(self) -> list[int]:
        """The offset of each searched leaf in the text."""
        return list(accumulate((len(self._document.text(number)) + 1 for number in self._numbers), initial=0))


def find(document: Document, needle: str) -> tuple[Range, ...]:
    """All matches of `needle` in reading order, not overlapping.

    A match lies within one leaf. The repeated title is skipped, because the page does not show it. A needle of only
    white space or accents has no matches.
    """
    pattern = _pattern(needle)
    return find_pattern(document, pattern) if pattern is not None else ()


def find_by_pinyin(document: Document, typed: str) -> tuple[Range, ...]:
    """All matches of Han characters whose pinyin, or its initials, was typed; none without pypinyin."""
    search = DocumentSearch(document)
    pattern = pinyin_pattern(typed, search.folded_text)
    return tuple(search.matches(pattern)) if pattern is not None else ()


def find_pattern(document: Document, pattern: re.Pattern[str]) -> tuple[Range, ...]:
    """All matches of `pattern` in the folded text, like `find`. The pattern must not match an empty text."""
    return tuple(DocumentSearch(document).matches(pattern))


def _pattern(needle: str) -> re.Pattern[str] | None:
    words = folded(needle).split()
    return re.compile(r"\s+".join(map(re.escape, words))) if words and _SEPARATOR not in needle else None
