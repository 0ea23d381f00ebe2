"""Text for vertical columns (CLREQ 3.2, JLREQ 2.3): every character takes one row, which is two cells wide.

Characters that are written differently in columns are drawn by their vertical forms (U+FE10–FE19, FE30–FE48), Latin
letters and digits by their full-width forms, one below the other. Two digits share a row (縦中横, JLREQ 3.2.5).
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache

from reader.document.document import Document
from reader.document.language_guess import language_of
from reader.document.language_tags import base_language
from reader.layout.cells import COLUMN_WIDTH, Cells, clusters, is_simple
from reader.layout.lines import Run
from reader.layout.prepared_text import ShownText
from reader.lean_dataclasses import replace
from reader.regex import regex
from reader.settings.options import Typesetting

_FULL_WIDTH = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}
_SOURCES = "，、。：；｛｝（）〔〕【】《》〈〉「」『』［］〖〗…⋯‥—–―‐‑_＿“”‘’ー｜－→←⇒⇐•·〜～"
_FORMS = "︐︑︒︓︔︷︸︵︶︹︺︻︼︽︾︿﹀﹁﹂﹃﹄﹇﹈︗︘︙︙︰︱︲︱︲︲︳︳﹃﹄﹁﹂｜－｜↓↑⇓⇑・・︴︴"
_LATIN = ",:;(){}[]<>-|~"
_LATIN_FORMS = "︐︓︔︵︶︷︸﹇﹈︿﹀︲－︴"
_SPACES = dict.fromkeys(map(ord, " \u00a0\u2002\u2003\u2007\u2009\u202f"), "\u3000")
_TABLE = _FULL_WIDTH | str.maketrans(_SOURCES + _LATIN, _FORMS + _LATIN_FORMS) | _SPACES
_JAPANESE = _TABLE | str.maketrans("“”", "〝〟")
"""The forms for Japanese: double quotation marks are 〝〟, whereas Chinese has ﹃﹄ (GB/T 15834 5.2.4)."""

_IN_ONE_ROW = regex(
    r"(?<![0-9A-Za-z])(?<![0-9][.,])[0-9]{2}(?![0-9A-Za-z]|[.,][0-9])|(?<![！？!?])[！？!?]{2}(?![！？!?])"
)
"""Two digits that are a number, and two marks such as ！？ that end a sentence together."""

_SIGN = regex("(?<![0-9０-９A-Za-zＡ-Ｚａ-ｚ%％）)])[-－−](?=[0-9０-９])")
"""The sign of a negative number. It stays level as the digits below it stay upright: turned, it would be a dash."""

UNSEEN = "\u200b"
"""Stands for a space that takes no row."""

_WIDE = "\u2e80-\u9fff\uf900-\uffef\U00020000-\U0003ffff"
_UNSEEN_SPACES = regex(f"(?<=[{_WIDE},.;:!?)]) (?=[-−+±]?[0-9A-Za-z])|(?<=[0-9A-Za-z%,.;:!?)]) (?=[{_WIDE}])")
"""Spaces between Han and Latin letters, and after marks, for which a row would be too much room."""

_HALVES = str.maketrans("！？", "!?")
_APOSTROPHE = regex("(?<=[A-Za-z])’(?=[A-Za-z])")
_STRAIGHT_QUOTE = regex('"')


class UprightCells(Cells):
    """Measures source text by the rows that it will take in a column, two cells for each."""

    step = COLUMN_WIDTH

    def __init__(self, forms: "UprightForms") -> None:
        super().__init__(forms.ambiguous_width)
        self._forms = forms

    def width(self, text: str) -> int:
        """The cells of the rows of `text`."""
        return super().width(self._forms.whole_rows(text))


class UprightForms:
    """The forms by which text of a language is drawn in columns.

    Attributes:
        language: The language (BCP 47).
        ambiguous_width: The cells of a character of ambiguous width (UAX 11).
        cells: Measures source text by the rows that it will take.
    """

    def __init__(self, language: str, ambiguous_width: int) -> None:
        """Choose the forms for a language (BCP 47)."""
        self._table = _JAPANESE if language == "ja" else _TABLE
        self._plain = Cells(ambiguous_width)
        self.language = language
        self.ambiguous_width = ambiguous_width
        self.cells = UprightCells(self)

    def drawn(self, text: str) -> str:
        """The text as it is drawn, of the same length."""
        drawn = text.translate(self._table)
        changed: dict[int, str] = {}
        for found in _IN_ONE_ROW.finditer(text):
            changed |= enumerate(found.group().translate(_HALVES), found.start())
        for found in _UNSEEN_SPACES.finditer(text):
            changed[found.start()] = UNSEEN
        for found in _SIGN.finditer(text):
            changed[found.start()] = "－"
        for found in _APOSTROPHE.finditer(text):
            changed[found.start()] = "＇"
        for number, found in enumerate(_STRAIGHT_QUOTE.finditer(text)):
            changed[found.start()] = "﹄" if number % 2 else "﹃"
        if not changed:
            return drawn
        return "".join(changed.get(at, character) for at, character in enumerate(drawn))

    def whole_rows(self, text: str) -> str:
        """The text as it is drawn, with spaces that complete each row; for text that layout adds, such as markers."""
        drawn = self.drawn(text)
        blanks = dict(self._blanks(text, drawn))
        padded = "".join(character + " " * blanks.get(at, 0) for at, character in enumerate(drawn))
        return padded.replace(UNSEEN, "")

    def marker(self, text: str) -> str:
        """The marker of a list item: an ideographic comma follows a number, as is usual in columns."""
        return self.whole_rows(f"{text[:-1]}、" if text.endswith(".") else text)

    def apply(self, shown: ShownText) -> None:
        """Replace the characters of a shown text by their vertical forms."""
        text = shown.text
        shown.drawn = self.drawn(text)
        for one in shown.languages:
            own = base_language(one.language)
            if own in ("zh", "ja") and own != self.language:
                drawn = _forms(own, self.ambiguous_width).drawn(text[one.start : one.end])
                shown.drawn = shown.drawn[: one.start] + drawn + shown.drawn[one.end :]
        shown.joined = frozenset(found.start() + 1 for found in _IN_ONE_ROW.finditer(text))
        for place, count in self._blanks(text, shown.drawn):
            shown.after[place] = shown.after.get(place, 0) + count

    def visible(self, runs: Iterable[Run]) -> Iterator[Run]:
        """The runs of a column, with empty text for spaces that take no row."""
        for run in runs:
            if run.start == run.end:
                # Text that layout adds has no characters of the leaf that could be hidden.
                yield replace(run, text=run.text.replace(UNSEEN, "")) if UNSEEN in run.text else run
                continue
            at = 0
            while (found := run.text.find(UNSEEN, at)) >= 0:
                here = run.start + found
                yield replace(run, text=run.text[at:found], start=run.start + at, end=here)
                yield replace(run, text="", start=here, end=here + 1)
                at = found + 1
            if at < len(run.text) or not at:
                yield replace(run, text=run.text[at:], start=run.start + at) if at else run

    def _blanks(self, text: str, drawn: str) -> Iterator[tuple[int, int]]:
        """The places of characters after which a space completes the row, and the number of these spaces."""
        paired = {at for found in _IN_ONE_ROW.finditer(text) for at in range(found.start(), found.end())}
        if is_simple(drawn):
            widths = self._plain.each(drawn)
            yield from ((at, 1) for at, width in enumerate(widths) if width == 1 and at not in paired)
            return
        at = 0
        for cluster in clusters(drawn):
            at += len(cluster)
            width = self._plain.width(cluster)
            if width % COLUMN_WIDTH and at - 1 not in paired:
                yield at - 1, 1


def can_be_vertical(document: Document) -> bool:
    """Whether a document is in a language that is also written vertically."""
    return language_of(document) in {"zh", "ja", "ko"}


@lru_cache(maxsize=8)
def _forms(language: str, ambiguous_width: int) -> UprightForms:
    return UprightForms(language, ambiguous_width)


def upright_forms(document: Document, typesetting: Typesetting) -> UprightForms:
    """The forms for a document, by its language and the options of its layout."""
    return _forms(language_of(document), typesetting.ambiguous_width)
