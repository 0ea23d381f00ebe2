"""Pages exported from OneNote, which begin with the title of the note and the time of its creation."""

import re
from datetime import datetime

from reader.archive.character_references import unescaped
from reader.archive.dates import parse_date
from reader.archive.displayed_dates import displayed_date
from reader.regex import regex

_HEAD = 20_000
"""The number of characters that are searched for the signs of OneNote and the head of the note."""
_PROGRAM = regex(r"<meta\b[^<>]{0,80}\bcontent\s*=\s*[\"']?(?:OneNote\.File|Microsoft OneNote)", re.IGNORECASE)
_TITLE = regex(r"<p\b[^<>]{0,300}\bfont-size:20(?:\.0)?pt[^<>]{0,80}>(.{0,2000}?)</p\s*>", re.IGNORECASE | re.DOTALL)
_STAMP = regex(r"<p\b[^<>]{0,300}\bcolor:(?:#767676|gray)[^<>]{0,80}>(.{0,2000}?)</p\s*>", re.IGNORECASE | re.DOTALL)
"""A paragraph with the day, or with the time, of creation."""
_TAG = regex(r"<[^<>]*>")


def read_onenote(text: str) -> tuple[str, datetime | None]:
    """Return the title of a note, empty if it has none, and the date that the text below its head displays.

    If the text displays none, the date is that of the creation of the note; for other pages, it is None.
    """
    head = text[:_HEAD]
    day = _STAMP.search(head) if _PROGRAM.search(head) else None
    if day is None:
        return "", None
    time = _STAMP.search(head, day.end())
    titled = _TITLE.search(head, 0, day.start())
    end = time.end() if time else day.end()
    created = parse_date(f"{_plain(day)} {_plain(time)}") or parse_date(_plain(day))
    return _plain(titled), displayed_date(text, end, end) or created


def _plain(found: re.Match[str] | None) -> str:
    return " ".join(unescaped(_TAG.sub("", found[1])).split()) if found else ""
