"""Completion of a query that is being typed: of keys, and of the values of some keys."""

from collections.abc import Callable, Iterable

from reader.regex import regex
from reader.search.query_tokens import CONTENTS, KEYS, STATES, plain

ValuesOf = Callable[[str, str], Iterable[str]]
"""A function that takes a key and the typed text, and returns values of the key that begin so, the best first."""

_BEFORE = r"(?:^|[\s(（|｜])[\-－]*"
_TERM = regex(
    _BEFORE
    + r"(?P<key>[^\s:：|｜()（）\"＂“”「」\-－]+)[:：]"
    + r"(?:(?P<open>[\"＂“「])(?P<quoted>[^\"＂”」]*)|(?P<bare>[^\s\"＂“”「」]*))$"
)
_WORD = regex(_BEFORE + r"(?P<word>[^\s:：|｜()（）\"＂“”「」\-－]{2,})$")
_CLOSED_BY = {'"': '"', "＂": "＂", "“": "”", "「": "」"}
_NOT_BARE = ' "＂“”「」()（）|｜'
"""Characters that a value without quotation marks cannot contain."""

_ASKED = frozenset({"link", "linkedby", "url"})
"""The keys whose values depend on the archive."""


def completed(text: str, values: ValuesOf) -> str:
    """The query `text` with its last word completed; empty if there is no completion.

    `values` is called for the values of `link:`, `linkedby:` and `url:`.
    """
    term = _TERM.search(text)
    if term is None:
        return _with_key(text)
    key, opened = KEYS.get(plain(term["key"])), term["open"]
    typed = term["quoted"] if opened else term["bare"]
    if key == "is":
        found: Iterable[str] = STATES
    elif key == "has":
        found = CONTENTS
    elif key in _ASKED and typed:
        unfit = f"{opened}{_CLOSED_BY[opened]}" if opened else _NOT_BARE
        found = (one for one in values(key, typed) if not any(sign in one for sign in unfit))
    else:
        return ""
    rest = _rest(typed, found)
    return text + rest + (_CLOSED_BY[opened] if opened else "") if rest else ""


def _with_key(text: str) -> str:
    word = _WORD.search(text)
    rest = _rest(word["word"], KEYS) if word is not None else ""
    return f"{text}{rest}:" if rest else ""


def _rest(typed: str, words: Iterable[str]) -> str:
    """The rest of the first longer word that begins with `typed`, whatever its case; empty if there is none."""
    beginning = typed.casefold()
    return next(
        (one[len(typed) :] for one in words if len(one) > len(typed) and one.casefold().startswith(beginning)), ""
    )
