"""Messages in the reader's language: gettext, with the catalogues of `translations/`.

Code writes each message in English, whole, where it is used: `_("Nothing to undo")`, or, where a count decides
between singular and plural, `ngettext("{count} hit", "{count} hits", count)`. A message that a table holds is marked
with `N_`, and one that outlives the process that makes it (a warning) is made by `lazy`; both are translated where they
are shown. The English is the key, so that a message without a translation is still
a sentence.

A language is one file, `translations/<code>/LC_MESSAGES/reader.po`; `python -m tests.catalogues` brings the files up
to date with the code.
"""

import os
import re
from collections.abc import Iterator, Mapping
from gettext import NullTranslations
from pathlib import Path
from typing import Any, Self

_FOLDER = Path(__file__).parent / "translations"
_SOURCE = "en"
"""The language that messages are written in, which needs no catalogue."""

_catalogue = NullTranslations()
_chosen = _SOURCE


def languages() -> tuple[str, ...]:
    """The codes of all languages there are, English first."""
    return (_SOURCE, *sorted(folder.name for folder in _FOLDER.iterdir() if _file(folder.name).is_file()))


def detect(environ: Mapping[str, str] | None = None) -> str:
    """The language of the locale, or English where no catalogue serves it.

    As in GNU gettext, LC_ALL comes before LC_MESSAGES and LANG, and LANGUAGE, a list, before them all
    unless the locale is C.
    """
    variables = os.environ if environ is None else environ
    locale = next(filter(None, map(variables.get, ("LC_ALL", "LC_MESSAGES", "LANG"))), "C")
    for wanted in _wanted(locale, variables.get("LANGUAGE", "")):
        if wanted == _SOURCE or _file(wanted).is_file():
            return wanted
    return _SOURCE


def use(language: str) -> None:
    """Show messages in `language`: the code of one of `languages()`, or "auto" for the locale's."""
    global _catalogue, _chosen  # noqa: PLW0603 - one terminal, one reader, one language
    _chosen = detect() if language == "auto" else language
    if _chosen == _SOURCE:
        _catalogue = NullTranslations()
    else:
        from reader.translations.catalogue import read_catalogue  # noqa: PLC0415 - English needs none

        _catalogue = read_catalogue(_file(_chosen))


def current() -> str:
    """The code of the language in use."""
    return _chosen


def _(message: str) -> str:
    """`message` in the language in use; format fields (`{count}`) are left for the caller."""
    return _catalogue.gettext(message)


def ngettext(singular: str, plural: str, count: int) -> str:
    """The message for `count` things in the language in use; format fields are left for the caller."""
    return _catalogue.ngettext(singular, plural, count)


class LazyMessage(str):
    """A message that is translated where it is shown, and not where it is made.

    Warnings need that: the process that indexes an archive makes them, the index keeps them, and readers of any
    language see them. As a string it is the English sentence.

    Attributes:
        singular: The message, with its format fields.
        plural: The message for several things, or empty; `values["count"]` chooses.
        values: What stands in the format fields; a text may be lazy itself.
    """

    __slots__ = ("plural", "singular", "values")

    singular: str
    plural: str
    values: dict[str, Any]

    def __new__(cls, singular: str, plural: str, values: dict[str, Any]) -> Self:
        """Fill the English message in."""
        form = plural if plural and values["count"] != 1 else singular
        message = super().__new__(cls, form.format(**values))
        message.singular, message.plural, message.values = singular, plural, values
        return message

    def __reduce__(self) -> tuple[type[Self], tuple[str, str, dict[str, Any]]]:
        return type(self), (self.singular, self.plural, self.values)


def lazy(message: str, **values: Any) -> LazyMessage:
    """`message` with `values` in its format fields, to be translated where it is shown."""
    return LazyMessage(message, "", values)


def nlazy(singular: str, plural: str, count: int, **values: Any) -> LazyMessage:
    """The message for `count` things, with `values` in its format fields, to be translated where it is shown."""
    return LazyMessage(singular, plural, {"count": count, **values})


def translated(text: str) -> str:
    """A lazy message in the language in use; any other text as it is."""
    if not isinstance(text, LazyMessage):
        return text
    values = {name: translated(value) if isinstance(value, str) else value for name, value in text.values.items()}
    form = ngettext(text.singular, text.plural, int(values["count"])) if text.plural else _(text.singular)
    return form.format(**values)


def packed(text: str) -> Any:
    """A text, lazy or not, as values that JSON can hold."""
    if not isinstance(text, LazyMessage):
        return text
    values = {name: packed(value) if isinstance(value, str) else value for name, value in text.values.items()}
    return [text.singular, text.plural, values]


def unpacked(value: Any) -> str:
    """The text that `packed` made `value` of.

    Raises:
        TypeError: It made no such value.
        ValueError: As above.
        LookupError: As above.
    """
    if isinstance(value, str):
        return value
    singular, plural, values = value
    return LazyMessage(
        singular, plural, {name: unpacked(one) if isinstance(one, list) else one for name, one in values.items()}
    )


def N_(message: str) -> str:  # noqa: N802 - gettext's own name for it
    """`message` unchanged: mark it for translation where it is written, and translate it with `_` where it is shown."""
    return message


def _wanted(locale: str, preferred: str) -> Iterator[str]:
    """The codes to look for, the most exact first: zh_TW.UTF-8 means zh_TW, then zh."""
    if locale.partition(".")[0] in {"C", "POSIX"}:
        return
    for name in (*preferred.split(":"), locale):
        code = re.match("([A-Za-z]+)(_[A-Za-z]+)?", name)
        yield from (code[0], code[1]) if code else ()


def _file(language: str) -> Path:
    return _FOLDER / language / "LC_MESSAGES" / "reader.po"
