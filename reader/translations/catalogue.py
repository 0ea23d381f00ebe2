"""A translation as the standard library's gettext wants it, read from the .po file that translators edit.

Reading the .po spares a compile step, so a fresh clone, an editable install and a wheel work alike. It costs a start
in Chinese a few milliseconds more than a compiled .mo, and a start in English nothing.
"""

import re
from collections.abc import Iterator
from gettext import NullTranslations, c2py
from pathlib import Path

from reader.regex import regex

_QUOTED = r'".*"(?:\n".*")*'
_ENTRY = regex(
    rf"^msgid ({_QUOTED})\n(?:msgid_plural {_QUOTED}\n)?((?:msgstr(?:\[\d\])? {_QUOTED}(?:\n|\Z))+)", re.MULTILINE
)
_FORM = regex(rf"^msgstr(?:\[\d\])? ({_QUOTED})$", re.MULTILINE)
_FUZZY = regex(r"^#,.*\bfuzzy\b.*\n(?:.+\n)*", re.MULTILINE)
_ESCAPE = regex(r"\\(.)")
_ESCAPED = {"n": "\n", "t": "\t", "r": "\r"}
_PLURAL_RULE = regex(r"plural=([^;\n]+)")


class Catalogue(NullTranslations):
    """The messages of one .po file.

    Fuzzy entries and entries without a translation are left out, so their English is shown.
    """

    def __init__(self, text: str) -> None:
        super().__init__()
        self._forms: dict[str, tuple[str, ...]] = {}
        self._form_of = c2py("n != 1")
        for message, forms in _entries(text):
            if message:
                self._forms[message] = forms
            elif rule := _PLURAL_RULE.search(forms[0]):
                self._form_of = c2py(rule[1])

    def gettext(self, message: str) -> str:
        """The translation of `message`, or `message` itself where there is none."""
        forms = self._forms.get(message)
        return forms[0] if forms else message

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """The translation for `n` things, or the English singular or plural where there is none."""
        forms = self._forms.get(msgid1)
        form = self._form_of(n)
        if forms and form < len(forms):
            return forms[form]
        return msgid1 if n == 1 else msgid2


def read_catalogue(file: Path) -> Catalogue:
    """The catalogue in a .po file, which must be UTF-8.

    Raises:
        OSError: The file cannot be read.
    """
    return Catalogue(file.read_text(encoding="utf-8"))


def _entries(text: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each translated message with its forms; the header is the message ""."""
    for message, forms in _ENTRY.findall(_FUZZY.sub("", text) if "fuzzy" in text else text):
        translated = tuple(_unquoted(form) for form in _FORM.findall(forms))
        if all(translated):
            yield _unquoted(message), translated


def _unquoted(quoted: str) -> str:
    text: str = quoted[1:-1].replace('"\n"', "")
    return _ESCAPE.sub(lambda found: _ESCAPED.get(found[1], found[1]), text) if "\\" in text else text
