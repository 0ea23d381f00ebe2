"""String literals of JavaScript, in which many pages keep their text and metadata."""

import re

from reader.regex import regex

QUOTED = r"""(?:'(?:[^'\\\r\n]++|\\.)*+'|"(?:[^"\\\r\n]++|\\.)*+")"""
"""A pattern of a string literal, for use with `re.DOTALL`."""
CLOSED_OR_NOT = r"""(?:'(?:[^'\\\r\n]++|\\.)*+'?+|"(?:[^"\\\r\n]++|\\.)*+"?+)"""
"""A pattern of a closed or unclosed string literal. An unclosed one is matched as a whole, because searching it for
other literals would take quadratic time."""
_ESCAPE = regex(r"\\(?:x([0-9A-Fa-f]{2})|u(?:([0-9A-Fa-f]{4})|\{0*([0-9A-Fa-f]{1,6})\})|(\r\n|.))", re.DOTALL)
_SIGNS = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v", "0": "\0", "\n": "", "\r": "", "\r\n": ""}
_LAST = 0x10FFFF


def javascript_string(literal: str) -> str:
    """Return the text of a string literal with its quotation marks (ECMA-262, 12.9.4)."""
    text = _ESCAPE.sub(_unescaped, literal[1:-1])
    # Characters above U+FFFF may be written as two escape sequences: a surrogate pair.
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _unescaped(escape: re.Match[str]) -> str:
    code = escape[1] or escape[2] or escape[3]
    if code is None:
        return _SIGNS.get(escape[4], escape[4])
    number = int(code, 16)
    return chr(number) if number <= _LAST else "\ufffd"
