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


@dataclass(frozen=True, slots=True)
class SavedPage:
    """The original URL and author of a page, and its date of saving (for WeChat, of publication); empty if unknown."""

    url: str = ""
    date: datetime | None = None
    author: str = ""


def read_saved(text: str) -> SavedPage:
    """Read the metadata written by SingleFile, browsers, HTTrack and the Wayback Machine, and that of WeChat pages."""
    saved = _from_comments(text)
    if archived := _WAYBACK.match(saved.url):
        return SavedPage(archived[2], saved.date or parse_date(archived[1][:8]))
    if "msg_link" not in text and "js_content" not in text:
        return saved
    from reader.archive.wechat_pages import read_wechat  # noqa: PLC0415 - few pages are of WeChat

    author, date, url = read_wechat(text)
    return SavedPage(saved.url or url, date or saved.date, author)


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
