"""Metadata that programs write into saved pages: the original URL and the time of saving."""

import re
from datetime import datetime
from itertools import islice

from reader.archive.dates import parse_date
from reader.lean_dataclasses import dataclass
from reader.regex import regex

_COMMENT = regex(r"<!--(.{0,4000}?)-->", re.DOTALL)
_SAMPLE = 20_000
"""Characters of a page that are searched for comments."""
_COMMENTS_AT_MOST = 20
_ADDRESS = regex(r"^\s*(?:url|original url|source)\s*:\s*(\S+)", re.IGNORECASE | re.MULTILINE)
_SAVED = regex(r"^\s*saved(?: date| on| at)?\s*:\s*(.+)$", re.IGNORECASE | re.MULTILINE)
_SAVED_FROM = regex(r"saved from url=(?:\(\d+\))?\s*(\S+)", re.IGNORECASE)
_MIRRORED = regex(r"Mirrored from (\S+) by HTTrack[^\n]*?, (\w{3}, \d{1,2} \w{3} \d{4} [\d:]+ \w+)")
_WAYBACK = regex(r"https?://web\.archive\.org/web/(\d{14})(?:[a-z]{2}_)?/(https?://\S+)")
_WECHAT_TIMES = (
    regex(r"""id=["']?publish_time["']?[^<>]{0,200}>\s*([^<]{8,40}?)\s*<""", re.IGNORECASE),
    regex(r"""\bct\s*=\s*["'](\d{10})["']"""),
)
_WECHAT_LINK = regex(r"""\bmsg_link\s*=\s*["'](https?:[^"'\s]{10,1000})["']""")
_WECHAT_AUTHOR = regex(
    r"""id=["']?meta_content["']?[^<>]{0,200}>\s*"""
    r"""<span class=["']?rich_media_meta rich_media_meta_text["']?>([^<]{1,60})<"""
    r"""|id=["']?js_name["']?[^<>]{0,200}>\s*([^<]{1,60}?)\s*<""",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class SavedPage:
    """The original URL and author of a page, and the date of saving (WeChat: of publication); empty if unknown."""

    url: str = ""
    date: datetime | None = None
    author: str = ""


def read_saved(text: str) -> SavedPage:
    """Read the metadata written by SingleFile, browsers, HTTrack and the Wayback Machine, and that of WeChat pages."""
    saved = _from_comments(text)
    if archived := _WAYBACK.match(saved.url):
        return SavedPage(archived[2], saved.date or parse_date(archived[1][:8]))
    return _from_wechat(text, saved) if "msg_link" in text or "js_content" in text else saved


def _from_comments(text: str) -> SavedPage:
    url = ""
    date: datetime | None = None
    for comment in islice(_COMMENT.finditer(text[:_SAMPLE]), _COMMENTS_AT_MOST):
        said = comment[1]
        if mirrored := _MIRRORED.search(said):
            url = url or mirrored[1]
            date = date or parse_date(mirrored[2])
        elif found := _SAVED_FROM.search(said) or _ADDRESS.search(said):
            url = url or found[1]
        if dated := _SAVED.search(said):
            date = date or parse_date(dated[1].strip())
    return SavedPage(url if "://" in url or not url else f"https://{url}", date)


def _from_wechat(text: str, saved: SavedPage) -> SavedPage:
    date = next((parse_date(found[1]) for one in _WECHAT_TIMES if (found := one.search(text))), None)
    linked = _WECHAT_LINK.search(text)
    named = _WECHAT_AUTHOR.search(text)
    return SavedPage(
        saved.url or (linked[1].replace("&amp;", "&").replace("\\x26amp;", "&") if linked else ""),
        date or saved.date,
        (named[1] or named[2]).strip() if named else "",
    )
