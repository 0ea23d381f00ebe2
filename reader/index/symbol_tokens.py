"""Tokens for symbols, which the tokens of words do not distinguish: C++, C#, .NET, 100%, ¥, 🎉, ——.

They are indexed in addition to the words, each once per text: a query for `C++` finds the articles that have the word C
and the token of C++. FTS5 separates tokens at ASCII punctuation, so these tokens have full-width marks instead.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import islice

from reader.document.text_folding import folded
from reader.regex import regex

_MARKS = regex(r"\+\+|＋＋|[#%＃％]")
_BEFORE = regex(r"[A-Za-z0-9\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]{1,20}\Z")
_NAMES = regex(r"\.(?<![\w.]\.)[A-Za-z][A-Za-z0-9]{1,15}(?![A-Za-z0-9])")
"""Words with an initial mark: `.NET`. No letter precedes the mark, unlike at the end of a sentence or in a URL.

Each pattern begins with the rare mark, because a pattern that begins with letters takes ten times as long.
"""

_BEGUN = regex(r"\.[A-Za-z][A-Za-z0-9]{0,15}")
_KINDS = frozenset({"So", "Sc", "Sm", "Sk"})
_MORE = "—…※§¶†‡‰‽⁂"
_ASCII = "+<=>^`|~"
_WIDE = str.maketrans("+#%.$", "＋＃％．＄")
_UNCOMMON = regex(
    "[^\0-#%-~\u3001\u3002\u3005-\u3011\u3041-\u3096\u30a1-\u30fc\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3"
    "\uff08-\uff0a\uff0c\uff0e\uff1a\uff1b\uff1f]"
)
"""Any character but the most frequent ones: these are no symbols, so that few characters need to be looked up."""
_MOST = 200
"""Maximum number of marks, and of names, that are considered in one text."""

_LONGEST = 20
"""Maximum number of letters and digits before a mark."""


class _Symbols(dict[str, str]):
    """The token of each character that is a symbol, else empty; cached."""

    def __missing__(self, character: str) -> str:
        is_symbol = character in _MORE or (character not in _ASCII and unicodedata.category(character) in _KINDS)
        fold = folded(character) if is_symbol else ""
        # Symbols that fold to letters, such as ℃ and ™, are indexed as those letters.
        self[character] = token = "" if any(map(str.isalnum, fold)) else fold.translate(_WIDE).strip()
        return token


_symbols = _Symbols()


def symbol_tokens(text: str) -> str:
    """The tokens of the symbols in a sanitized text, separated by spaces."""
    found = {token: None for character in set(_UNCOMMON.findall(text)) if (token := _symbols[character])}
    found.update(dict.fromkeys(_word_tokens(text)))
    return " ".join(found)


def symbol_phrases(words: str) -> list[str]:
    """The FTS5 phrases that find the symbols in a query among `symbol_tokens`; none for plain words."""
    text = words.strip()
    if _BEGUN.fullmatch(text):
        return [f'"{_token(text)}"*']
    found = dict.fromkeys([*(_symbols[character] for character in text), *_word_tokens(text)])
    return [f'"{token}"' for token in found if token]


def symbol_pattern(words: str) -> str:
    """A regular expression for folded text that matches words with symbols; empty for plain words."""
    text = words.strip()
    if not symbol_phrases(text) or len(text.split()) > 1:
        return ""
    fold = folded(text)
    return (r"(?<![^\W_])" if fold[:1].isalnum() else "") + re.escape(fold)


def with_symbols(tokens: str, texts: Iterable[str]) -> str:
    """Tokens, followed by the tokens of the symbols in some texts, separated so that no phrase matches across them."""
    found = symbol_tokens("\0".join(texts))
    return " ¶ ".join([tokens, *found.split()]) if found else tokens


def _word_tokens(text: str) -> Iterator[str]:
    """The tokens of the words with a mark."""
    for mark in islice(_MARKS.finditer(text), _MOST):
        if before := _BEFORE.search(text, max(mark.start() - _LONGEST, 0), mark.start()):
            yield _token(before[0] + mark[0])
    for name in islice(_NAMES.finditer(text), _MOST):
        yield _token(name[0])


def _token(word: str) -> str:
    return folded(word).translate(_WIDE)
