"""A title for an article whose header has none: the body's first heading, its first line, or the file's name."""

import re
from pathlib import PurePath

from reader.archive.page import unescaped
from reader.document.body import BodyFormat
from reader.document.cleaning import clean_line
from reader.language import _

LONGEST = 500
"""Characters that a title may have."""
_LONGEST_LINE = 80
"""Characters of a first line that make a title: it may be a whole paragraph."""
_SAMPLE = 16_384
_HEADINGS_TRIED = 3

_INVISIBLE = re.compile(
    "<(style|script|head|svg|template|noscript)\\b.*?(?:</\\1\\s*>|\\Z)|<!--.*?(?:-->|\\Z)", re.IGNORECASE | re.DOTALL
)
_READING = re.compile("<r[tp]\\b[^<>]*>[^<]*(?:</r[tp]\\s*>)?", re.IGNORECASE)
_HEADING = re.compile("<(h[1-6])\\b[^<>]*>(.{0,4000}?)</\\1\\s*>", re.IGNORECASE | re.DOTALL)
_BREAK = re.compile(
    "</?(?:p|div|br|li|ul|ol|tr|td|th|table|h[1-6]|blockquote|section|article|header|figure|hr|pre|dt|dd)\\b[^<>]*>",
    re.IGNORECASE,
)
_TAG = re.compile("</?[a-z!?][^<>]*>", re.IGNORECASE)

_FENCE = re.compile("^ {0,3}(```|~~~).*?(?:^ {0,3}\\1|\\Z)", re.MULTILINE | re.DOTALL)
_MARKDOWN_HEADING = re.compile(
    "^ {0,3}#{1,6}[ \t]+(\\S[^\n]*)|^ {0,3}(\\S[^\n]*)\n {0,3}(?:=+|-{2,})[ \t]*$", re.MULTILINE
)
_LINK = re.compile("!?\\[([^\\]\n]{0,300})\\](?:\\([^)\n]{0,1000}\\)|\\[[^\\]\n]{0,300}\\])?")
_EMPHASIS = re.compile("(\\*\\*|__|\\*|~~|`+)(?=\\S)([^\n]{1,400}?)(?<=\\S)\\1")
_MARKER = re.compile("^\\s*(?:(?:[-*+>]|\\d{1,3}[.)]|#{1,6})(?:\\s+|$))*")
_RULE = re.compile("[-*_=~#|:+\\s]*")


def tidy(title: str) -> str:
    """A title as it is shown: clean, on one line, no longer than 500 characters."""
    title = clean_line(unescaped(title))
    return title if len(title) <= LONGEST else title[: LONGEST - 1].rstrip() + "…"


def made_title(body: str, written_in: BodyFormat, name: str) -> str:
    """A title made of a body or of its file's name; never empty."""
    sample = body[:_SAMPLE]
    if written_in is BodyFormat.HTML:
        title = _of_html(sample)
    elif written_in is BodyFormat.MARKDOWN:
        title = _of_markdown(sample)
    else:
        title = _first_line(sample)
    # A file called only `.md` has no name to show.
    stem = PurePath(name).stem
    return title or ("" if stem.startswith(".") else tidy(stem)) or _("Untitled")


def _of_html(sample: str) -> str:
    sample = _READING.sub("", _INVISIBLE.sub("", sample))
    for number, heading in enumerate(_HEADING.finditer(sample)):
        if number == _HEADINGS_TRIED:
            break
        if title := tidy(_TAG.sub("", heading[2])):
            return title
    return _first_line(_TAG.sub("", _BREAK.sub("\n", sample.replace("\n", " "))))


def _of_markdown(sample: str) -> str:
    outside = _FENCE.sub("", sample)
    for number, heading in enumerate(_MARKDOWN_HEADING.finditer(outside)):
        if number == _HEADINGS_TRIED:
            break
        if title := _plain(heading[1] or heading[2] or ""):
            return title
    return next((title for line in outside.split("\n") if (title := _shortened(_plain(line)))), "")


def _plain(line: str) -> str:
    """A line of Markdown without its marks."""
    line = line[: 2 * LONGEST]
    line = _LINK.sub(r"\1", _TAG.sub("", line))
    line = _MARKER.sub("", line.strip().rstrip("#"))
    line = tidy(_EMPHASIS.sub(r"\2", _EMPHASIS.sub(r"\2", line)))
    return "" if _RULE.fullmatch(line) else line


def _first_line(text: str) -> str:
    lines = (tidy(line[: 2 * LONGEST]) for line in text.split("\n") if line.strip())
    return next((_shortened(line) for line in lines if line and not _RULE.fullmatch(line)), "")


def _shortened(line: str) -> str:
    return line if len(line) <= _LONGEST_LINE else line[:_LONGEST_LINE].rstrip() + "…"
