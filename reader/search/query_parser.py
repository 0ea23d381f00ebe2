"""The parser of the query language.

The syntax follows the searches of newsboat, Gmail and GitHub:

- Adjacent words must all match; AND between them is optional.
- A phrase is enclosed in "…", ＂…＂, “…” or 「…」; a quotation mark inside "…" is doubled. Quotation marks start a
  phrase only at the start of a term or value: inside a word, as in 3.5", they are ordinary characters.
- OR, 或, | and ｜ match either side, with lower precedence than adjacency. The bars need no white space around them;
  OR, 或 and NOT must be separate words. Lower-case “or” is an ordinary word.
- `-` and NOT exclude the following term. A hyphen without a term is ignored.
- Parentheses group, half-width and full-width alike, at the start of a term or directly after an operator. Inside a
  word, as in f(x) or AI(人工智能), they are part of the word if they close before the next white space; otherwise an
  opening one is an ordinary character, and a closing one closes the group or is an error.
- `key:value` searches fields other than title and body; see `KEYS` in `query_tokens.py`. There is no white space
  between the colon and its value. After a key for text a parenthesis groups: title:(a OR b) is title:a OR title:b.
- A word with a colon is reported as a misspelt key only if it resembles a key and something directly follows the
  colon; 12:30, https://x and Re:Zero are words.
- date:7d is the range from 7 days ago until today, date:2021-11 that month, date:2021-10..2021-12 three months;
  after:2021-11 starts with its first day, before:2021-11 ends before it. len:800 is exactly that length.
- Empty terms ("", (), a lone hyphen) are ignored.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import TypeVar

from reader.document.sanitizing import clean_line
from reader.language import _
from reader.search import query_values
from reader.search.query_tokens import (
    CLOSED_BY,
    CLOSING,
    CONTENTS,
    IGNORED,
    KEY,
    KEYS,
    NOT,
    OPENING,
    OR,
    PHRASE,
    QUOTES,
    STATES,
    near_key,
    near_value,
    plain,
    without_invisible,
    word_end,
)
from reader.search.query_tree import (
    And,
    Content,
    Dated,
    Field,
    Has,
    Is,
    Length,
    Not,
    Or,
    QueryError,
    QueryNode,
    State,
    Words,
    words_of,
)

__all__ = [
    "LONGEST",
    "And",
    "Content",
    "Dated",
    "Field",
    "Has",
    "Is",
    "Length",
    "Not",
    "Or",
    "QueryError",
    "QueryNode",
    "State",
    "Words",
    "parse",
    "words_of",
]

LONGEST = 500
"""Maximum length of a query in characters."""

_DEEPEST = 20
_MOST_TERMS = 50

_Value = TypeVar("_Value")

_FIELDS = {field.value: field for field in Field}


def parse(text: str, today: date | None = None) -> QueryNode | None:
    """Parse a query; None if it is empty. `today` is the reference for relative dates such as 7d and yesterday.

    Raises:
        QueryError: The query is not valid or too long.
    """
    if len(text) > LONGEST:
        hint = _("the limit is {count} characters").format(count=LONGEST)
        raise QueryError(_("The query is too long"), hint, LONGEST, len(text))
    return _QueryParser(text, today or datetime.now().astimezone().date()).parse_all()


class _QueryParser:
    """A recursive-descent parser; each method consumes what it returns."""

    def __init__(self, text: str, today: date) -> None:
        self._text, self._origins = without_invisible(text)
        self._today = today
        self._at = 0
        self._depth = 0
        self._terms = 0
        self._field: Field | None = None

    def parse_all(self) -> QueryNode | None:
        """Parse the whole query."""
        node = self._alternatives()
        if self._at < len(self._text):
            hint = _("remove it, or put the words in quotes")
            raise self._error(_("There is no opening parenthesis for this one"), hint, self._at, self._at + 1)
        return node

    def _alternatives(self) -> QueryNode | None:
        """Parse the operands of OR, up to the end of the query or a closing parenthesis."""
        sides: list[QueryNode] = []
        before = None
        while True:
            side = self._conjunction()
            operator = self._consume(OR)
            lacking = before or operator
            if side is not None:
                sides.append(side)
            elif lacking is not None:
                message = _("A word is missing next to “{word}”").format(word=lacking[0])
                hint = _("put it between two words, or in quotes to search for the word itself")
                raise self._error(message, hint, *lacking.span())
            if operator is None:
                return _joined(Or, sides)
            before = operator

    def _conjunction(self) -> QueryNode | None:
        """Parse the terms up to the next OR."""
        nodes: list[QueryNode] = []
        while not self._is_over():
            node = self._term()
            if node is not None:
                nodes.append(node)
        return _joined(And, nodes)

    def _is_over(self) -> bool:
        """Skip ignored tokens; return whether the terms end here."""
        self._consume(IGNORED)
        return self._here() in CLOSING or OR.match(self._text, self._at) is not None

    def _term(self) -> QueryNode | None:
        negative, word = False, None
        while (sign := self._consume(NOT)) is not None:
            if sign[0] == "NOT":
                word = sign
                self._consume(IGNORED)
            negative ^= word is sign or len(sign[0]) % 2 == 1
        node = None if self._is_over() else self._single()
        if node is None and word is not None:
            hint = _("it excludes the word that follows; put it in quotes to search for the word itself")
            raise self._error(_("A word is missing after “{word}”").format(word=word[0]), hint, *word.span())
        return _negated(node) if negative and node is not None else node

    def _single(self) -> QueryNode | None:
        """Parse a group, a key with its value, a phrase or a word; None if it is empty."""
        if self._here() in OPENING:
            return self._group()
        key = KEY.match(self._text, self._at)
        name = KEYS.get(plain(key[1])) if key is not None else None
        if key is not None and name is not None:
            self._at = key.end()
            return self._keyed(name, key)
        if key is not None:
            self._check_misspelt_key(key)
        return self._words(self._at)

    def _group(self) -> QueryNode | None:
        start = self._at
        self._depth += 1
        if self._depth > _DEEPEST:
            hint = _("the limit is {count} levels").format(count=_DEEPEST)
            raise self._error(_("Parentheses are nested too deeply"), hint, start, start + 1)
        self._at += 1
        node = self._alternatives()
        if self._at == len(self._text):
            raise self._unclosed(_("The closing parenthesis is missing"), start)
        self._at += 1
        self._depth -= 1
        return node

    def _keyed(self, name: str, key: re.Match[str]) -> QueryNode:
        """Parse the value of a key, which starts here."""
        node: QueryNode | None
        if name not in _FIELDS:
            node = self._special(name, key)
        else:
            outer, self._field = self._field, _FIELDS[name]
            node = self._group() if self._here() in OPENING else self._words(key.start())
            self._field = outer
        if node is None:
            message = _("“{key}” has no value").format(key=key[0])
            raise self._error(message, _("write the value directly after the colon"), *key.span())
        return node

    def _special(self, name: str, key: re.Match[str]) -> QueryNode | None:
        """Parse the value of a key that is not text; None if there is no value."""
        start = self._at
        typed, _exact = self._text_here()
        if not typed:
            return None
        self._count(key.start())
        value, span = plain(typed), (start, self._at)
        match name:
            case "is":
                return Is(self._one_of(STATES, typed, key[0], span))
            case "has":
                return Has(self._one_of(CONTENTS, typed, key[0], span))
            case "len":
                return self._length(typed, value, span)
        return self._dated(name, typed, value, span)

    def _one_of(self, known: Mapping[str, _Value], typed: str, key: str, span: tuple[int, int]) -> _Value:
        value = plain(typed)
        found = known.get(value, known.get(value.removesuffix("s")))
        if found is None:
            message = _("“{key}” has no value “{value}”").format(key=key, value=typed)
            raise self._error(message, near_value(value, known), *span)
        return found

    def _length(self, typed: str, value: str, span: tuple[int, int]) -> Length:
        try:
            least, most = query_values.length(value)
        except ValueError:
            hint = _("write a length as >2000, 1000..5000, 2k or 1.5万")
            raise self._error(_("“{value}” is not a length").format(value=typed), hint, *span) from None
        if least is not None and most is not None and least > most:
            raise self._reversed_range(typed, span)
        return Length(least, most)

    def _dated(self, name: str, typed: str, value: str, span: tuple[int, int]) -> Dated:
        try:
            if name == "after":
                return Dated(query_values.first_day(value, self._today), None)
            if name == "before":
                return Dated(None, query_values.first_day(value, self._today))
            first, end = query_values.days(value, self._today)
        except ValueError:
            hint = _("write a date as 2021, 2021-11, 2021-11-10, today or 7d")
            raise self._error(_("“{value}” is not a date").format(value=typed), hint, *span) from None
        if first is not None and end is not None and first >= end:
            raise self._reversed_range(typed, span)
        return Dated(first, end)

    def _words(self, start: int) -> Words | None:
        """Parse the word or phrase here, whose term starts at `start`; return None if it is empty."""
        text, exact = self._text_here()
        if not text:
            return None
        self._count(start)
        return Words(text, exact, self._field)

    def _text_here(self) -> tuple[str, bool]:
        """Consume a word or phrase; return its text, which may be empty, and whether it is a phrase."""
        start = self._at
        if self._here() not in QUOTES:
            self._at = word_end(self._text, start)
            return clean_line(self._text[start : self._at]), False
        phrase = self._consume(PHRASE)
        if phrase is None:
            raise self._unclosed(_("The closing quotation mark is missing"), start)
        inside = phrase[phrase.lastindex or 0]
        return clean_line(inside.replace('""', '"') if phrase[0][0] == '"' else inside), True

    def _check_misspelt_key(self, key: re.Match[str]) -> None:
        """Raise an error for a word with a colon that is probably a misspelt key."""
        end = word_end(self._text, key.end())
        # URLs contain a colon too, and a colon at the end of a word is punctuation.
        if end == key.end() or self._text.startswith("//", key.end()):
            return
        near = near_key(plain(key[1]))
        if near is not None:
            hint = _("did you mean {near}? If not, put the word in quotes").format(near=f"{near}:")
            raise self._error(_("Unknown key “{key}”").format(key=key[0]), hint, *key.span())

    def _count(self, start: int) -> None:
        """Count the term from `start` to here."""
        self._terms += 1
        if self._terms > _MOST_TERMS:
            hint = _("the limit is {count} words").format(count=_MOST_TERMS)
            raise self._error(_("The query has too many words"), hint, start, self._at)

    def _here(self) -> str:
        """The character here; at the end of the query a closing parenthesis, which ends terms in the same way."""
        return self._text[self._at] if self._at < len(self._text) else ")"

    def _consume(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        found = pattern.match(self._text, self._at)
        if found is not None:
            self._at = found.end()
        return found

    def _unclosed(self, message: str, start: int) -> QueryError:
        hint = _("close it with {mark}").format(mark=CLOSED_BY[self._text[start]])
        return self._error(message, hint, start, start + 1)

    def _reversed_range(self, typed: str, span: tuple[int, int]) -> QueryError:
        message = _("“{value}” ends before it begins").format(value=typed)
        return self._error(message, _("swap the two ends"), *span)

    def _error(self, message: str, hint: str, start: int, end: int) -> QueryError:
        """An error about a range of the cleaned text, at its offsets in the original text."""
        return QueryError(message, hint, self._origins[start], self._origins[end - 1] + 1)


def _joined(kind: type[And] | type[Or], nodes: Sequence[QueryNode]) -> QueryNode | None:
    """Combine nodes into one node of type `kind`, flattening nodes of that type."""
    flat = [part for node in nodes for part in (node.nodes if isinstance(node, kind) else (node,))]
    return kind(tuple(flat)) if len(flat) > 1 else flat[0] if flat else None


def _negated(node: QueryNode) -> QueryNode:
    return node.node if isinstance(node, Not) else Not(node)
