"""The end of a paragraph: its last line should not consist of a single Han or kana (JLREQ 3.5.4)."""

from reader.layout.break_characters import BLANKS, CLOSERS
from reader.regex import regex

_HAN_OR_KANA = "\u3041-\u3096\u30a1-\u30fc\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_ALONE = regex(f"[{_HAN_OR_KANA}][{''.join(CLOSERS)}]*")
_BLANKS = "".join(BLANKS)


def is_widow(text: str, start: int, end: int) -> bool:
    """Whether the line from `start` to `end` shows a single Han or kana, apart from the marks behind it."""
    return bool(_ALONE.fullmatch(text[start:end].rstrip(_BLANKS)))
