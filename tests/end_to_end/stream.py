"""Interpretation of a terminal's input: text to show and control functions to perform, by ECMA-48 and DEC.

An independent oracle: it shares no code with the output guard, and is stricter than any terminal.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

SIGN = "31337"
"""A number in every malicious sequence, by which it is recognized in any form."""

_MODES = {7, 25, 1000, 1003, 1004, 1006, 1015, 1016, 1049, 2004, 2026, 2031, 2048}
_BIDI = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
_FLAG = re.compile("\U0001f3f4[\U000e0020-\U000e007e]+\U000e007f")
_FUNCTION = re.compile(
    r"(?:\x1b\[|\x9b)(?P<parameters>[0-?]*)(?P<between>[ -/]*)(?P<final>[@-~])"
    r"|(?:\x1b[\]P^_X]|[\x9d\x90\x9e\x9f\x98])(?P<string>[^\x07\x1b\x9c]*)(?:\x07|\x1b\\|\x9c|\Z|(?=\x1b))"
    r"|\x1b(?P<escape>[ -/]*[0-~])"
    r"|(?P<control>[\x00-\x1f\x7f-\x9f])"
)


@dataclass(frozen=True, slots=True)
class Function:
    """A control function; `written` is its text, `shape` the same without numbers."""

    written: str
    shape: str


def decoded(received: bytes) -> str:
    """The stream as text; it must be UTF-8, except for a truncated character at its end."""
    for cut in range(4):
        try:
            return received[: len(received) - cut].decode()
        except UnicodeDecodeError as error:
            if error.start < len(received) - 4:
                raise
    return received.decode()


def functions(text: str) -> Iterator[Function]:
    """The control functions in a stream."""
    for found in _FUNCTION.finditer(text):
        if found["final"] is not None:
            private = found["parameters"][:1] if found["parameters"][:1] in {"<", "=", ">", "?"} else ""
            yield Function(found[0], f"CSI {private}{found['between']}{found['final']}")
        elif found["string"] is not None:
            yield Function(found[0], f"{found[0][:2]!r} {found['string'].partition(';')[0]}")
        else:
            yield Function(found[0], repr(found[0]))


def _is_expected(one: Function, *, is_screen: bool) -> bool:
    if one.shape in {repr("\n"), repr("\r"), repr("\t")}:
        return True
    if not is_screen:
        # The characters with which a progress bar erases itself.
        return one.written == "\x1b[K"
    if one.shape in {"CSI ?h", "CSI ?l", "CSI ?$p"}:
        return int(re.sub(r"\D", "", one.written)) in _MODES
    if one.shape == "CSI m":
        return re.fullmatch(r"\x1b\[[0-9;]*m", one.written) is not None
    if one.shape in {"CSI >q", "CSI t", "CSI c", r"'\x1b]' 11"}:
        # What it is, the size of its cells, what it can do (xterm's ctlseqs), and its background.
        return one.written in {"\x1b[>0q", "\x1b[16t", "\x1b[c", "\x1b]11;?\x1b\\"}
    return one.shape in {"CSI H", "CSI n", "CSI K", "CSI >u", "CSI <u", "'\\x1b]' 22"}


def findings(received: bytes, *, is_screen: bool) -> list[str]:
    """Everything in a stream that the reader has no reason to write; empty for a harmless one."""
    text = decoded(received)
    found = [repr(one.written) for one in functions(text) if not _is_expected(one, is_screen=is_screen)]
    if is_screen:
        found += [repr(one.written) for one in functions(text) if SIGN in one.written]
    for character in sorted(set(_FLAG.sub("", text))):
        category = unicodedata.category(character)
        is_tag = 0xE0000 <= ord(character) <= 0xE007F
        turns = unicodedata.bidirectional(character) in _BIDI or character in "\u200e\u200f\u061c"
        if category in {"Zl", "Zp", "Cs"} or turns or is_tag or character in "\ufeff\ufff9\ufffa\ufffb":
            found.append(f"U+{ord(character):04X}")
    return found
