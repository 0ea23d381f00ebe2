"""The lexical elements of the query language: delimiters, operators and keys."""

import re
import unicodedata
from collections.abc import Mapping, Sequence

from reader.document.sanitizing import clean
from reader.language import _, listed
from reader.regex import regex
from reader.search.query_tree import Content, State

OPENING = "(（"
CLOSING = ")）"
CLOSED_BY = {"(": ")", "（": "）", '"': '"', "＂": "＂", "“": "”", "”": "”", "「": "」"}
"""The closing counterpart of each opening delimiter, for error hints."""

QUOTES = '"＂“”「'

# Input methods insert “ and ” in turn, regardless of which one is meant, so each of them can open and close.
PHRASE = regex(r'"((?:[^"]|"")*)"|＂([^＂]*)＂|[“”]([^“”]*)[“”]|「([^」]*)」')

# An operator that is a word must be followed by white space, a bar, a parenthesis or a quotation mark.
_BEHIND = r"(?=[\s|｜()（）\"＂“”「]|\Z)"
_OR = rf"[|｜]+|(?:OR|或){_BEHIND}"
OR = regex(_OR)
NOT = regex(rf"[-－]+|NOT{_BEHIND}")
IGNORED = regex(rf"(?:\s|AND{_BEHIND}|[-－]+(?=[\s)）]|\Z|AND{_BEHIND}|{_OR}))*")
"""Tokens without effect between two terms: white space, AND, and hyphens without an operand."""

KEY = regex(r"([^\s:：|｜()（）\"＂“”「]+)[:：]")

KEYS = {
    alias: name
    for name, aliases in {
        "title": "标题",
        "cat": "category 分类",
        "author": "作者",
        "source": "来源",
        "tag": "标签",
        "path": "路径",
        "note": "notes 笔记",
        "link": "links 链接",
        "linkedby": "被链接",
        "url": "address 网址",
        "is": "是",
        "has": "有",
        "len": "length 字数",
        "date": "日期",
        "after": "since 之后",
        "before": "until 之前",
    }.items()
    for alias in (name, *aliases.split())
}
"""Maps every spelling of a key to the key."""

STATES = {
    **{state.value: state for state in State},
    "未读": State.UNREAD,
    "已读": State.READ,
    "星标": State.STARRED,
    "书签": State.BOOKMARKED,
    "划线": State.HIGHLIGHTED,
    "笔记": State.NOTED,
    "稍后读": State.LATER,
    "孤立": State.ORPHAN,
}
CONTENTS = {
    **{content.value: content for content in Content},
    "图片": Content.IMAGE,
    "代码": Content.CODE,
    "表格": Content.TABLE,
    "链接": Content.LINK,
}


def plain(text: str) -> str:
    """Normalize a key or a value for lookup: half width and lower case."""
    return unicodedata.normalize("NFKC", text).casefold()


def without_invisible(text: str) -> tuple[str, list[int]]:
    """`text` without invisible characters, and the original offset of each kept character and of the end."""
    # First replace the characters that `clean` would replace, so that it only removes characters.
    steady = re.sub("[\r\x0b\x0c\x85\u2028\u2029]", "\n", re.sub("[\ud800-\udfff]", "\ufffd", text))
    shorter = clean(steady)
    origins: list[int] = []
    at = 0
    for character in shorter:
        at = steady.index(character, at)
        origins.append(at)
        at += 1
    return shorter, [*origins, len(text)]


def word_end(text: str, start: int) -> int:
    """The end of the word that starts at `start`: at white space, a bar, or an unbalanced closing parenthesis."""
    at = start
    while at < len(text):
        character = text[at]
        if character.isspace() or character in "|｜" or character in CLOSING:
            break
        # An opening parenthesis that is not closed within the word is an ordinary character.
        at = (character in OPENING and own_end(text, at)) or at + 1
    return at


def own_end(text: str, start: int) -> int:
    """The end of a parenthesis that opens inside a word and closes before the next white space, or 0."""
    depth = 0
    for at in range(start, len(text)):
        if text[at].isspace():
            break
        depth += (text[at] in OPENING) - (text[at] in CLOSING)
        if depth == 0:
            return at + 1
    return 0


def near_key(word: str) -> str | None:
    """The key that was probably intended by `word`, or None if it does not look like a misspelt key.

    Only words in Latin letters are checked. A word of two Han characters, one of them wrong, is too different from the
    key; with an additional character (原标题：) it is another word.
    """
    if not (word.isascii() and word.isalpha()):
        return None
    near = _closest(word, [key for key in KEYS if key.isascii()], 0.7)
    return near or None


def near_value(value: str, known: Mapping[str, object]) -> str:
    """A hint with the value that was probably intended, or else all values, in the same script."""
    names = [name for name in known if name.isascii() == value.isascii()]
    near = _closest(value, names, 0.6)
    if near:
        return _("did you mean {near}?").format(near=near)
    return _("available: {keys}").format(keys=listed(names))


def _closest(word: str, known: Sequence[str], likeness: float) -> str:
    """Return the word in `known` that is most similar to `word`, if by at least `likeness` (0 to 1); else empty."""
    from difflib import get_close_matches  # noqa: PLC0415 - slow to import, and only for a misspelt word

    return next(iter(get_close_matches(word, known, 1, likeness)), "")
