"""Mailboxes in the format mbox (RFC 4155): each message is an article."""

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from reader.archive.bundles.entry_articles import Entry, EntryArticle, by_name, digest_id, entry_name, limited
from reader.archive.bundles.ranges import RangeBundle
from reader.archive.bundles.token_scan import tokens
from reader.archive.files import open_binary
from reader.archive.mail import is_html_mail, mail_article
from reader.archive.mime import LONGEST_HEAD, split_message
from reader.regex import regex

# A line of a text may also begin with “From ”, but it hardly ever contains a time and precedes a header field.
_FROM_LINE = rb"From [^\n]{0,200}\d\d:\d\d[^\n]{0,100}+\n(?=>?[!-9;-~]{1,80}:)"
_FIRST = regex(_FROM_LINE)
_NEXT = regex(rb"\n\r?\n" + _FROM_LINE)
_LONGEST_TOKEN = 420
_QUOTED = regex(rb"(?m)^>(?=>*From )")
_FROM = regex(rb"From [^\n]*\n")


def open_mailbox(path: Path | bytes) -> RangeBundle | None:
    """Return the messages of a mailbox; None for any other file.

    The standard library's `mailbox` is not used: it opens the file for writing.

    Raises:
        ArchiveError: The file cannot be read.
    """
    with open_binary(path) as (file, size):
        if _FIRST.match(file.read(_LONGEST_TOKEN)) is None:
            return None
        # First find all ranges: reading the entries moves the offset in the same file.
        places = list(limited(_places(file, size)))
        entries, problems = by_name(_entry(file, start, end) for start, end in places)
    return RangeBundle(path, entries, _article, "", problems)


def _places(file: BinaryIO, size: int) -> Iterator[tuple[int, int]]:
    """Yield the ranges of the messages."""
    start = 0
    for token in tokens(file, _NEXT, _LONGEST_TOKEN):
        begin = token.start + token.text.index(b"From ")
        yield start, token.start + 1
        start = begin
    yield start, size


def _entry(file: BinaryIO, start: int, end: int) -> Entry:
    file.seek(start)
    data = file.read(min(end - start, LONGEST_HEAD))
    head, _body = split_message(_FROM.sub(b"", data, count=1))
    own_id = str(head.get("Message-ID") or "").strip() or digest_id(
        *(str(head.get(name) or "") for name in ("Date", "From", "Subject"))
    )
    return Entry(entry_name(own_id, ".html" if is_html_mail(head) else ".txt"), start, end)


def _article(data: bytes) -> EntryArticle:
    return mail_article(_QUOTED.sub(b"", _FROM.sub(b"", data, count=1)))
