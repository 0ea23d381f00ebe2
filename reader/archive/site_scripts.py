"""Configurations of sites that are JavaScript or TypeScript: the strings that they state, without running them.

VitePress, VuePress and Docusaurus are configured by programs, most of which only state values. A string counts if it is
the whole value of a property or variable; computed values are skipped.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from reader.regex import regex

_TOKEN = regex(
    r"//[^\n]*+|/\*.*?(?:\*/|\Z)"
    r"|(?P<string>'(?:[^'\\\n]|\\.)*+'|\"(?:[^\"\\\n]|\\.)*+\"|`(?:[^`\\$]|\\.|\$(?!\{))*+`)"
    r"|(?P<word>[A-Za-z_$][\w$]*+)|(?P<sign>=>|\[\s*+\]|\\.|[^\s\w])",
    re.DOTALL,
)
"""A token of a script. Matching takes linear time, since no text is searched twice for the same end. A comment without
an end extends to the end of the script. An escaped quote, as in a regular expression, begins no string."""
_ESCAPE = regex(r"\\(?:u([0-9A-Fa-f]{4})|(.))", re.DOTALL)
_CONTROLS = {"n": "\n", "t": "\t", "r": "\r"}
_CLOSING = {"{": "}", "[": "]", "(": ")"}
_ENDS = frozenset(",;}])")
"""Characters that may follow the whole value of a property or variable."""
_DECLARING = frozenset({"const", "let", "var", "function"})
_EXPORTING = frozenset({"export", "default", "module", "exports", "return"})
_DEEPEST = 64
"""The maximum depth of brackets; reading ends at deeper ones."""
_LONGEST = 1_000
"""The maximum length in characters of a name or string: a name is repeated in every value below it."""


class Stated(NamedTuple):
    """A value that a configuration states.

    Attributes:
        names: The names of the properties, variables and functions around it, outermost first, and its own.
        text: The string, or the name of the variable or function that the value refers to.
        groups: The numbers of the objects around it, outermost first.
        is_name: Whether `text` is such a name.
    """

    names: tuple[str, ...]
    text: str
    groups: tuple[int, ...]
    is_name: bool = False


class _Bracket:
    """An open bracket: the key of the value that is being read in it, and whether that value is computed."""

    __slots__ = ("end", "groups", "is_computed", "key", "names")

    def __init__(self, end: str, names: tuple[str, ...], groups: tuple[int, ...]) -> None:
        self.end, self.names, self.groups = end, names, groups
        self.key, self.is_computed = "", False

    def value(self, text: str, *, is_name: bool = False) -> Stated:
        return Stated((*self.names, self.key), text, self.groups, is_name)


class _ScriptScanner:
    """The state of the scanner between two tokens of a script."""

    def __init__(self) -> None:
        self._stack = [_Bracket("", (), ())]
        self._groups = 0
        self._word = self._last = ""
        self._waiting: Stated | None = None

    def take(self, kind: str, text: str) -> Iterator[Stated]:
        """Take the next token, and yield the value that it completes, if any."""
        if self._waiting is not None and (kind == "word" or text in _ENDS):
            yield self._waiting
        self._waiting = None
        top = self._stack[-1]
        if len(text) > _LONGEST:
            kind, self._word = "sign", ""
        if kind == "string":
            self._word = _unquoted(text)
            if top.key and top.end in ("", "}") and self._last in (":", "=") and not top.is_computed:
                self._waiting = top.value(self._word)
        elif kind == "word":
            if self._last == ":" and top.key and top.end == "}":
                yield top.value(text, is_name=True)
            else:
                self._declare(text)
            self._word = text
        elif text in _CLOSING:
            self._open(text)
        elif text == top.end:
            self._stack.pop()
            if text != ")":
                self._stack[-1].key = ""
        else:
            self._note(text)
        self._last = text

    @property
    def is_too_deep(self) -> bool:
        return len(self._stack) > _DEEPEST

    def _declare(self, word: str) -> None:
        """Record a word, which may be the name of a variable or function."""
        top = self._stack[-1]
        if self._last in _DECLARING:
            top.key = word
        elif word in _EXPORTING and self._last != ":":
            top.key = ""

    def _open(self, text: str) -> None:
        top = self._stack[-1]
        names = (*top.names, top.key) if top.key else top.names
        groups = top.groups
        if text == "{":
            self._groups += 1
            groups = (*groups, self._groups)
        self._stack.append(_Bracket(_CLOSING[text], names, groups))

    def _note(self, sign: str) -> None:
        """Record a punctuation mark that begins or ends a value."""
        top = self._stack[-1]
        if sign == "?":
            top.is_computed = True
        elif sign in (",", ";"):
            top.key, top.is_computed = "", False
        elif (sign == ":" and not top.is_computed) or (sign == "=" and not top.key and self._word not in _EXPORTING):
            top.key = self._word


def stated_values(script: str) -> Iterator[Stated]:
    """Yield the values that a script states, in order."""
    scanner = _ScriptScanner()
    for token in _TOKEN.finditer(script):
        if token.lastgroup is not None:
            yield from scanner.take(token.lastgroup, token[0])
            if scanner.is_too_deep:
                return


def _unquoted(literal: str) -> str:
    """Return the text of a string literal."""

    def written(found: re.Match[str]) -> str:
        return chr(int(found[1], 16)) if found[1] else _CONTROLS.get(found[2], found[2])

    text = _ESCAPE.sub(written, literal[1:-1]) if "\\" in literal else literal[1:-1]
    # A character above U+FFFF is written as two escape sequences: a surrogate pair.
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace") if "\\u" in literal else text
