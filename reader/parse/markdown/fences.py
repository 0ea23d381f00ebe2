"""The info string of a fenced code block: language and title."""

import re

from reader.regex import regex

_TITLE = regex(r"""(?:title|filename|file|caption|name)\s*[=:]\s*(?:"([^"]+)"|'([^']+)'|([^\s,}]+))""", re.IGNORECASE)
_BRACKETED = regex(r"\[([^\[\]]+)\]")
_LANGUAGE = regex(r"\{?\s*\.?(?:lang(?:uage)?[:=-])?([A-Za-z][\w+#.-]{0,29})", re.IGNORECASE)
_STEPS = regex(r"\[\[.*\]\]")
"""Marked places of React's documentation: `[[1, 4, "age"]]`."""
_SETTINGS = regex(
    r"\{[^{}]*\}|\b[\w-]+=(?:\"[^\"]*\"|'[^']*'|\S+)|:?\b(?:no-)?line-?numbers?\b(?:=\d+)?|\blinenos?\b"
    r"|https?://\S+|\bmark:\S+|\bfirst_?line:\d+",
    re.IGNORECASE,
)


def code_label(info: str) -> tuple[str, str]:
    """Return the language and title of a code block, either of which may be empty."""
    info = " ".join(_STEPS.sub(" ", info).split())
    if not info:
        return "", ""
    found = _LANGUAGE.match(info)
    language = found[1].lower() if found else ""
    rest = info[found.end() :] if found else info
    if titled := _TITLE.search(rest):
        return language, next(group for group in titled.groups() if group)
    if (bracketed := _BRACKETED.search(rest)) and not rest.strip().startswith("{"):
        return language, bracketed[1].strip()
    if rest.startswith(":") and "." in rest.split()[0]:
        return language, rest.split()[0][1:]
    words = _SETTINGS.sub(" ", rest if not info.startswith("{") else "").strip(" ,:")
    # Hexo puts the title after the language; text of only symbols and digits is a list of highlighted lines.
    return language, words if words and re.search(r"[^\W\d_]{2,}|[\u3400-\u9fff]", words) else ""
