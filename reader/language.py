"""Translation of messages: gettext, with the catalogues of `translations/`.

Code contains each message as a complete English sentence: `_("Nothing to undo")`, or, if a count decides between
singular and plural, `ngettext("{count} hit", "{count} hits", count)`. Messages in tables are marked with `N_`, and
messages that outlive the process that creates them (warnings) are made by `lazy`; both are translated when they are
shown. The English text is the message id, so a message without a translation is still a sentence.

A language is one file, `translations/<code>/LC_MESSAGES/reader.po`; `python -m tests.catalogues` updates the files from
the code.
"""

import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from gettext import NullTranslations

# `typing` and `pathlib` would take a quarter of the time of `reader --help`.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Self

_FOLDER = os.path.join(os.path.dirname(__file__), "translations")  # noqa: PTH118, PTH120
_SOURCE = "en"
"""The language of the message ids, which needs no catalogue."""

_catalogue = NullTranslations()
_chosen = _SOURCE


def languages() -> tuple[str, ...]:
    """The codes of all available languages, English first."""
    return (_SOURCE, *sorted(name for name in os.listdir(_FOLDER) if _has_catalogue(name)))  # noqa: PTH208


def detect(environ: Mapping[str, str] | None = None) -> str:
    """The language of the locale, or English if there is no catalogue for it.

    As in GNU gettext, LC_ALL precedes LC_MESSAGES and LANG. LANGUAGE, a list, precedes them all unless the locale is C.
    """
    variables = os.environ if environ is None else environ
    locale = next(filter(None, map(variables.get, ("LC_ALL", "LC_MESSAGES", "LANG"))), "C")
    for wanted in _wanted(locale, variables.get("LANGUAGE", "")):
        if wanted == _SOURCE or _has_catalogue(wanted):
            return wanted
    return _SOURCE


def use(language: str) -> None:
    """Set the language of messages: one of `languages()`, or "auto" for that of the locale."""
    global _catalogue, _chosen  # noqa: PLW0603 - one language per process
    _chosen = detect() if language == "auto" else language
    if _chosen == _SOURCE:
        _catalogue = NullTranslations()
    else:
        from reader.translations.catalogue import read_catalogue  # noqa: PLC0415 - not needed for English

        _catalogue = read_catalogue(_file(_chosen))


def current() -> str:
    """The code of the language in use."""
    return _chosen


def _(message: str) -> str:
    """Translate `message`; the caller fills in its format fields (`{count}`)."""
    return _catalogue.gettext(message)


def listed(names: Iterable[str]) -> str:
    """Names as a list in a message, with the comma of the language: Chinese and Japanese have one for lists."""
    return _(", ").join(names)


def ngettext(singular: str, plural: str, count: int) -> str:
    """Translate the form of a message for `count`; the caller fills in its format fields."""
    return _catalogue.ngettext(singular, plural, count)


class LazyMessage(str):
    """A message that is translated when it is shown, not when it is created.

    Warnings need this: they are created by the process that indexes an archive, stored in the index, and shown in any
    language. As a string, this is the English sentence.

    Attributes:
        singular: The message, with its format fields.
        plural: The plural form, or empty; `values["count"]` decides.
        values: The values of the format fields; texts may be lazy, too.
    """

    __slots__ = ("plural", "singular", "values")

    singular: str
    plural: str
    values: "dict[str, Any]"

    def __new__(cls, singular: str, plural: str, values: "dict[str, Any]") -> "Self":
        """Create the message with the formatted English text."""
        form = plural if plural and values["count"] != 1 else singular
        message = super().__new__(cls, form.format(**values))
        message.singular, message.plural, message.values = singular, plural, values
        return message

    def __reduce__(self) -> "tuple[type[Self], tuple[str, str, dict[str, Any]]]":
        return type(self), (self.singular, self.plural, self.values)


def lazy(message: str, **values: "Any") -> LazyMessage:
    """Create a lazy message with `values` for its format fields."""
    return LazyMessage(message, "", values)


def nlazy(singular: str, plural: str, count: int, **values: "Any") -> LazyMessage:
    """Create a lazy message for `count`, with further `values` for its format fields."""
    return LazyMessage(singular, plural, {"count": count, **values})


def lazy_list(names: Sequence[str]) -> str:
    """One or more names as a lazy list, with the comma of the language in which the message is shown."""
    *others, joined = names
    for name in reversed(others):
        joined = lazy("{first}, {rest}", first=name, rest=joined)
    return joined


def translated(text: str) -> str:
    """Translate a lazy message; return any other text unchanged."""
    if not isinstance(text, LazyMessage):
        return text
    values = {name: translated(value) if isinstance(value, str) else value for name, value in text.values.items()}
    form = ngettext(text.singular, text.plural, int(values["count"])) if text.plural else _(text.singular)
    return form.format(**values)


def packed(text: str) -> "Any":
    """Convert a text, lazy or not, to values that JSON can represent."""
    if not isinstance(text, LazyMessage):
        return text
    values = {name: packed(value) if isinstance(value, str) else value for name, value in text.values.items()}
    return [text.singular, text.plural, values]


def unpacked(value: "Any") -> str:
    """Restore the text that `packed` converted.

    Raises:
        TypeError: The value was not made by `packed`.
        ValueError: As above.
        LookupError: As above.
    """
    if isinstance(value, str):
        return value
    singular, plural, values = value
    return LazyMessage(
        singular, plural, {name: unpacked(one) if isinstance(one, list) else one for name, one in values.items()}
    )


def N_(message: str) -> str:  # noqa: N802 - gettext's convention
    """Mark `message` for translation and return it unchanged; translate it with `_` when it is shown."""
    return message


def _wanted(locale: str, preferred: str) -> Iterator[str]:
    """The codes to try, most specific first: for zh_TW.UTF-8, zh_TW and then zh."""
    if locale.partition(".")[0] in {"C", "POSIX"}:
        return
    for name in (*preferred.split(":"), locale):
        code = re.match("([A-Za-z]+)(_[A-Za-z]+)?", name)
        yield from (code[0], code[1]) if code else ()


def _file(language: str) -> str:
    return os.path.join(_FOLDER, language, "LC_MESSAGES", "reader.po")  # noqa: PTH118


def _has_catalogue(language: str) -> bool:
    return os.path.isfile(_file(language))  # noqa: PTH113
