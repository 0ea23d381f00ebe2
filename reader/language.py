"""The language the program speaks: Chinese or English, from the settings or the locale.

Messages are written in English where they are used, `_("Nothing to undo")`, and looked up in `translations/`, so
that the code reads as prose and a missing translation is still a sentence. A test collects every such call and fails
for one without a Chinese twin.
"""

import os
from collections.abc import Mapping

_LANGUAGES = ("zh", "en")
_catalogue: Mapping[str, str] = {}
_chosen = "en"


def detect(environ: Mapping[str, str] | None = None) -> str:
    """The language of the locale, by POSIX precedence (LC_ALL, LC_MESSAGES, LANG): "zh" or "en"."""
    variables = os.environ if environ is None else environ
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = variables.get(name, "")
        if value:
            return "zh" if value.lower().startswith("zh") else "en"
    return "en"


def use(language: str) -> None:
    """Speak `language`: "zh", "en", or "auto" for the locale's."""
    global _catalogue, _chosen  # noqa: PLW0603 - one terminal, one reader, one language
    _chosen = detect() if language not in _LANGUAGES else language
    if _chosen == "zh":
        from reader.translations import zh  # noqa: PLC0415 - only who reads Chinese pays for it

        _catalogue = zh.MESSAGES
    else:
        _catalogue = {}


def current() -> str:
    """The language in use: "zh" or "en"."""
    return _chosen


def _(message: str) -> str:
    """`message` in the language in use; format fields (`{count}`) are left for the caller."""
    return _catalogue.get(message, message)
