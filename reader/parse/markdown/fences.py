"""The info string of a fenced code block: language and title."""

import re
from functools import lru_cache

from reader.parse.marked_lines import line_info, named_lines
from reader.regex import regex

_TITLE = regex(r"""(?:title|filename|file|caption|name)\s*[=:]\s*(?:"([^"]+)"|'([^']+)'|([^\s,}]+))""", re.IGNORECASE)
_BRACKETED = regex(r"\[([^\[\]]+)\]")
_LANGUAGE = regex(r"\{?\s*\.?(?:lang(?:uage)?[:=-])?([A-Za-z][\w+#.-]{0,29})", re.IGNORECASE)
_LONGEST_LANGUAGE = 30
"""The length in characters of the longest name that `_LANGUAGE` matches."""
_STEPS = regex(r"\[\[.*\]\]")
"""Passages that React's documentation marks: `[[1, 4, "age"]]`."""
_LINES = regex(r"^[ ]*\{[\d,\- ]*\}")
"""Highlighted lines, `{1,3-5}`, after the language."""
_SETTINGS = regex(
    r"\{[^{}]*\}|\b[\w-]+=(?:\"[^\"]*\"|'[^']*'|\S+)|:?\b(?:no-)?line-?numbers?\b(?:=\d+)?|\blinenos?\b"
    r"|https?://\S+|\bmark:\S+|\bfirst_?line:\d+",
    re.IGNORECASE,
)


_FIRST_LINE = regex(
    r"\b(?:start_?line|startFrom|start|first_?line|firstNumber|line-?nostart|ln|data-start)\s*[=:]\s*[\"']?(\d{1,6})"
    r"|\b(?:line_?nums|line-numbers)\s*[=:]\s*[\"']?(\d{1,6})",
    re.IGNORECASE,
)
_NUMBERED = regex(
    r"(?<![\w-])(?:line-?numbers|showLineNumbers|numberLines|line_?nos?|line_number)(?![\w-])(?!\s*[=:]\s*[\"']?(?:false|no|0))",
    re.IGNORECASE,
)


_NUMBERING = ("line", "start", "ln", "number")
"""Words of which every option that one of the two patterns above matches contains at least one."""


def first_line(info: str) -> int:
    """Return the number of a code block's first line; 0 if its lines are not to be numbered."""
    if not any(map(info.lower().__contains__, _NUMBERING)):
        return 0
    if found := _FIRST_LINE.search(info):
        return int(found[1] or found[2])
    return 1 if _NUMBERED.search(info) else 0


def code_label(info: str) -> tuple[str, str]:
    """Return the language and title of a code block, either of which may be empty."""
    info = " ".join((_STEPS.sub(" ", info) if "[[" in info else info).split())
    if info.isascii() and info.isalpha() and len(info) <= _LONGEST_LANGUAGE:
        return info.lower(), ""
    if not info:
        return "", ""
    found = _LANGUAGE.match(info)
    language = found[1].lower() if found else ""
    rest = _LINES.sub("", info[found.end() :]) if found else info
    if titled := _TITLE.search(rest):
        return language, next(group for group in titled.groups() if group)
    if (bracketed := _BRACKETED.search(rest)) and not rest.strip().startswith("{"):
        return language, bracketed[1].strip()
    if rest.startswith(":") and "." in rest.split()[0]:
        return language, rest.split()[0][1:]
    words = _SETTINGS.sub(" ", rest if not info.startswith("{") else "").strip(" ,:")
    # Hexo puts the title after the language; text of only symbols and digits is a list of highlighted lines.
    return language, words if words and re.search(r"[^\W\d_]{2,}|[\u3400-\u9fff]", words) else ""


@lru_cache(maxsize=64)
def code_info(said: str) -> str:
    """Convert arguments of a tag to an info string: `[title] [lang:x] [url] [link text]`, or `x linenos`."""
    words = _tag_words(said)
    options = code_options(said)
    return f"{words or 'text'} {options}" if options else words


def code_options(said: str) -> str:
    """Return the words of an info string for the line numbers and marked lines that the arguments of a tag ask for."""
    number = first_line(said)
    numbered = f"linenos first_line={number}" if number else ""
    return f"{numbered} {line_info(named_lines(said, number))}".strip()


def _tag_words(said: str) -> str:
    language = re.search(r"(?:^|\s)lang(?:uage)?[:=]\s*\"?([\w+#.-]+)", said)
    rest = re.sub(
        r"(?:^|\s)[\w-]+[:=](?:\"[^\"]*\"|[^\s/]\S*)|https?://\S+|\blinenos\b|\b(?:line_number|wrap|highlight)\b",
        " ",
        said,
    )
    words = " ".join(rest.split())
    if language:
        return f"{language[1]} {words}".strip()
    first, _, title = words.partition(" ")
    # Hexo puts the title first, Jekyll the language.
    return (
        f"{first} {title}".strip()
        if re.fullmatch(r"[\w+#.-]{1,20}", first) and first.isascii()
        else f'text title="{words}"'
        if words
        else ""
    )
