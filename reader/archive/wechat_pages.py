"""The author, the date and the URL in the scripts and the byline of an article of WeChat."""

import re
from datetime import datetime
from itertools import islice

from reader.archive.dates import parse_date
from reader.document.javascript_strings import QUOTED, javascript_string
from reader.regex import regex

_TIMES = (
    regex(r"""id=["']?publish_time["']?[^<>]{0,200}>\s*([^<]{8,40}?)\s*<""", re.IGNORECASE),
    regex(r"""\bct\s*=\s*["'](\d{10})["']"""),
)
_LINK = regex(r"""\bmsg_link\s*=\s*["'](https?:[^"'\s]{10,1000})["']""")
_AUTHOR = regex(
    r"""id=["']?meta_content["']?[^<>]{0,200}>\s*"""
    r"""<span class=["']?rich_media_meta rich_media_meta_text["']?>([^<]{1,60})<"""
    r"""|id=["']?js_name["']?[^<>]{0,200}>\s*([^<]{1,60}?)\s*<""",
    re.IGNORECASE,
)
_DATA = regex(r"\bcgiDataNew\s*=\s*\{")
"""The object in scripts that names the account; posts that are only pictures or text have no byline."""
_ACCOUNT = regex(rf"\bnick_name\s*:\s*(?:JsDecode\(\s*)?({QUOTED})", re.DOTALL)
_DATA_AT_MOST, _LONGEST_DATA = 10, 4_096
"""The maximum number of such objects, and of characters in each, that are searched for the account."""


def read_wechat(text: str) -> tuple[str, datetime | None, str]:
    """Return the author, the date of publication and the URL; empty or None if they are missing."""
    date = next((parse_date(found[1]) for one in _TIMES if (found := one.search(text))), None)
    linked = _LINK.search(text)
    named = _AUTHOR.search(text)
    author = (named[1] or named[2]).strip() if named else ""
    author = author or _account(text)
    return author, date, linked[1].replace("&amp;", "&").replace("\\x26amp;", "&") if linked else ""


def _account(text: str) -> str:
    for data in islice(_DATA.finditer(text), _DATA_AT_MOST):
        if account := _ACCOUNT.search(text, data.end(), data.end() + _LONGEST_DATA):
            return javascript_string(account[1]).strip()
    return ""
