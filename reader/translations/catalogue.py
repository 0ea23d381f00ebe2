"""A translation in the form that the standard library's gettext expects, read from the .po file that translators edit.

There is no compiled file, so a fresh clone, an editable install and a wheel work alike. It costs a start
in Chinese a few milliseconds more than a compiled .mo, and a start in English nothing.
"""

import re
from collections.abc import Callable, Iterator
from functools import cached_property
from gettext import NullTranslations, c2py

from reader.regex import regex

_QUOTED = r'".*"(?:\n".*")*'
_ENTRY = regex(
    rf"^msgid ({_QUOTED})\n(?:msgid_plural {_QUOTED}\n)?((?:msgstr(?:\[\d\])? {_QUOTED}(?:\n|\Z))+)", re.MULTILINE
)
_ONE_FORM = 'msgstr "'
_FORM = regex(rf"^msgstr(?:\[\d\])? ({_QUOTED})$", re.MULTILINE)
_FUZZY = regex(r"^#,.*\bfuzzy\b.*\n(?:.+\n)*", re.MULTILINE)
_ESCAPE = regex(r"\\(.)")
_ESCAPED = {"n": "\n", "t": "\t", "r": "\r"}
_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"})
_PLURAL_RULE = regex(r"plural=([^;\n]+)")


class Catalogue(NullTranslations):
    """The messages of one .po file, each parsed on first use.

    Fuzzy entries and entries without a translation are left out, so their English is shown.
    """

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = f"\n{text}"
        self._known: dict[str, tuple[str, ...]] = {}
        self._all: dict[str, tuple[str, ...]] | None = None

    @cached_property
    def _form_of(self) -> Callable[[int], int]:
        """The function that chooses the form for a number."""
        rule = _PLURAL_RULE.search(self._forms("")[0])
        return c2py(rule[1] if rule else "n != 1")

    def gettext(self, message: str) -> str:
        """The translation of `message`, or `message` itself where there is none."""
        forms = self._forms(message)
        return forms[0] if message and forms[0] else message

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """The translation for `n` things, or the English singular or plural where there is none."""
        forms = self._forms(msgid1)
        form = self._form_of(n)
        if form < len(forms) and forms[form]:
            return forms[form]
        return msgid1 if n == 1 else msgid2

    def _forms(self, message: str) -> tuple[str, ...]:
        """The forms of a message; a single empty one if it has no translation."""
        forms = self._known.get(message)
        if forms is None:
            forms = self._known[message] = self._entry(message) or ("",)
        return forms

    def _entry(self, message: str) -> tuple[str, ...] | None:
        """Find the message whose msgid is written on one line; if there is none, parse the whole file once."""
        at = self._text.find(f"\nmsgid {_quoted(message)}\nmsg") if message else -1
        if at >= 0 and (only := self._only_form(at)):
            return (only,)
        if at >= 0:
            end = self._text.find("\n\n", at)
            block = self._text[self._text.rfind("\n\n", 0, at) + 1 : end + 1 if end >= 0 else None]
            return dict(_entries(block)).get(message)
        if not message:
            return dict(_entries(self._text[: self._text.find("\n\n", 2) + 1])).get("")
        if self._all is None:
            self._all = dict(_entries(self._text))
        return self._all.get(message)

    def _only_form(self, at: int) -> str:
        """The translation in the entry whose msgid is at an offset, if it is a single line; else empty.

        Most translations are. No expression is compiled for them, because that would take longer than printing help.
        """
        text = self._text
        start = text.find("\n", at + 1) + 1
        end = text.find("\n", start)
        line = text[start:end]
        comments = text.find(", fuzzy", text.rfind("\n\n", 0, at) + 1, at)
        if comments >= 0 or not line.startswith(_ONE_FORM) or line[-1] != '"' or text.startswith('"', end + 1):
            return ""
        return _unquoted(line[len(_ONE_FORM) - 1 :])


def read_catalogue(file: str) -> Catalogue:
    """The catalogue in a .po file, which must be UTF-8.

    Raises:
        OSError: The file cannot be read.
        UnicodeDecodeError: It is not UTF-8.
    """
    with open(file, "rb") as stream:  # noqa: PTH123 - pathlib is slow to import
        # A text stream takes twice as long.
        return Catalogue(stream.read().decode().replace("\r\n", "\n"))


def _entries(text: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each translated message with its forms; the header is the message ""."""
    for message, forms in _ENTRY.findall(_FUZZY.sub("", text) if "fuzzy" in text else text):
        translated = tuple(_unquoted(form) for form in _FORM.findall(forms))
        if all(translated):
            yield _unquoted(message), translated


def _quoted(text: str) -> str:
    return '"' + text.translate(_ESCAPES) + '"'


def _unquoted(quoted: str) -> str:
    text: str = quoted[1:-1].replace('"\n"', "")
    return _ESCAPE.sub(lambda found: _ESCAPED.get(found[1], found[1]), text) if "\\" in text else text
