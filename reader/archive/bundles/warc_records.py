"""Records of WARC (ISO 28500, Web ARChive): where they are in a file, and the pages in them."""

import zlib
from collections.abc import Iterator
from email.message import Message
from typing import BinaryIO, NamedTuple

from reader.archive.bundles.entry_articles import LARGEST, EntryFile
from reader.archive.mime import LONGEST_HEAD, as_utf8, split_message
from reader.archive.web_archives import described_page
from reader.archive.zip_container import RATIO_AT_MOST
from reader.errors import ArchiveError
from reader.language import lazy
from reader.regex import regex

_PACKED = b"\x1f\x8b"
"""The first bytes of a compressed record; the standard recommends compressing each record separately (annex D)."""
_GZIP, _ZLIB, _RAW = 31, 15, -15
"""The formats of compressed data, as the parameter `wbits` of `zlib`."""
_CHUNK, _MOST_AT_ONCE = 2**16, 2**20
_FIRST_LINE = regex(rb"WARC/[^\r\n]{1,10}\r?\n")
_NEXT = regex(rb"\r?\n\r?\n(?=WARC/[01]\.\d{1,2}\r?\n)")
_STATUS = regex(rb"HTTP/[\d.]{1,5} 200\b[^\r\n]{0,500}\r?\n")
_SIZE = regex(rb"([0-9A-Fa-f]{1,8})[^\r\n]{0,200}\r?\n")
_PAGES = frozenset({"text/html", "application/xhtml+xml"})
_LONGEST_GAP = 4
_BEGINNING = 2 * LONGEST_HEAD
"""Bytes of a record that are read to determine its type: its own header fields, and those of the HTTP response."""


class WarcRecord(NamedTuple):
    """A record: its range of bytes in the file, and its uncompressed beginning with the header fields."""

    start: int
    end: int
    data: bytes


def records(file: BinaryIO, size: int) -> Iterator[WarcRecord]:
    """Yield the records of a file, with only their beginnings in memory; nothing if the file is not WARC.

    Raises:
        ArchiveError: The file is compressed and would expand to far more than its size.
    """
    file.seek(0)
    is_packed = file.read(len(_PACKED)) == _PACKED
    found = _packed_records(file, size) if is_packed else _plain_records(file, size)
    first = next(found, None)
    if first is not None and _FIRST_LINE.match(first.data):
        yield first
        yield from found


def whole_content(file: BinaryIO, record: WarcRecord) -> bytes:
    """Return the content of a file that is compressed as a whole, so that its records cannot be read one by one.

    It is empty for any other file. `record` is the first record.
    """
    file.seek(0)
    if file.read(len(_PACKED)) != _PACKED or not _NEXT.search(record.data):
        return b""
    file.seek(0)
    return unpacked(file.read(LARGEST), _GZIP)[0]


def page_address(record: WarcRecord) -> str:
    """Return the URL of the page in a record; empty for any other record, such as a picture or a request."""
    head, content = _split(record.data)
    if _field(head, "WARC-Type") not in ("response", "resource"):
        return ""
    is_answer = _media_type(head) == "application/http"
    status = _STATUS.match(content)
    declared = split_message(content[status.end() :])[0] if is_answer and status else head
    return _field(head, "WARC-Target-URI").strip("<>") if _media_type(declared) in _PAGES else ""


def page_file(data: bytes) -> EntryFile:
    """Return the page in a record, with its URL and the date of saving; `data` is the record as written in the file."""
    head, content = _split(unpacked(data, _GZIP)[0] if data.startswith(_PACKED) else data)
    length = _length(head)
    content = content if length < 0 else content[:length]
    declared, problem = head, ""
    if status := _STATUS.match(content):
        declared, content = split_message(content[status.end() :])
        content, problem = _decoded(declared, content)
    charset = declared.get_content_charset() or ""
    address, date = _field(head, "WARC-Target-URI").strip("<>"), _field(head, "WARC-Date")
    return EntryFile(described_page(as_utf8(content, charset), url=address, date=date, title=""), problem)


def unpacked(data: bytes, kind: int, most: int = LARGEST) -> tuple[bytes, bool]:
    """Return up to `most` bytes of compressed data, and whether it is valid so far; `kind` is for `zlib`."""
    try:
        return zlib.decompressobj(kind).decompress(data, most), True
    except zlib.error:
        return b"", False


def _plain_records(file: BinaryIO, size: int) -> Iterator[WarcRecord]:
    start = 0
    while start < size:
        file.seek(start)
        data = file.read(_BEGINNING)
        length = _length(_split(data)[0]) if _FIRST_LINE.match(data) else -1
        end = start + len(data) - len(_split(data)[1]) + max(length, 0)
        file.seek(end)
        gap = file.read(_LONGEST_GAP + len(b"WARC/"))
        if length < 0 or (end < size and not gap.lstrip(b"\r\n").startswith(b"WARC/")):
            # A program wrote a wrong length, or the file is corrupt here.
            end = _next_record(file, start, size)
            following = end
        else:
            following = end + len(gap) - len(gap.lstrip(b"\r\n"))
        yield WarcRecord(start, min(end, size), data)
        start = following


def _next_record(file: BinaryIO, start: int, size: int) -> int:
    """Return the offset of the record after the one at `start`."""
    at, before = start + 1, b""
    while at < size:
        file.seek(at)
        chunk = file.read(_CHUNK)
        if found := _NEXT.search(before + chunk):
            return at - len(before) + found.end()
        before = chunk[-_LONGEST_GAP:]
        at += len(chunk)
    return size


def _packed_records(file: BinaryIO, size: int) -> Iterator[WarcRecord]:
    start, rest = 0, LARGEST + RATIO_AT_MOST * size
    while start < size:
        file.seek(start)
        member, head = zlib.decompressobj(_GZIP), b""
        for data in _expanded(file, member):
            rest -= len(data)
            if rest < 0:
                raise ArchiveError(
                    lazy("it would expand to more than {count} times its size, as in an attack", count=RATIO_AT_MOST)
                )
            head += data[: max(0, _BEGINNING - len(head))]
        end = file.tell() - len(member.unused_data)
        yield WarcRecord(start, end, head)
        # Nothing can be found after a corrupt record.
        start = end if member.eof else size


def _expanded(file: BinaryIO, member: "zlib._Decompress") -> Iterator[bytes]:
    """Yield the content of compressed data at the current offset of a file, in pieces."""
    while not member.eof and (chunk := file.read(_CHUNK)):
        while chunk and not member.eof:
            try:
                yield member.decompress(chunk, _MOST_AT_ONCE)
            except zlib.error:
                return
            chunk = member.unconsumed_tail


def _split(data: bytes) -> tuple[Message, bytes]:
    """Return the header fields of a record, and its content."""
    line = _FIRST_LINE.match(data)
    return split_message(data[line.end() :] if line else data)


def _decoded(declared: Message, content: bytes) -> tuple[bytes, str]:
    """Return the decoded content of an HTTP response, and a warning if its encoding is unknown."""
    if "chunked" in _field(declared, "Transfer-Encoding").lower():
        content = _without_chunks(content)
    encoding = _field(declared, "Content-Encoding").strip().lower()
    if encoding in ("", "identity") or content.lstrip()[:1] == b"<":
        # Some programs store the decoded page, but keep the header field.
        return content, ""
    for kind in {"gzip": (_GZIP,), "x-gzip": (_GZIP,), "deflate": (_ZLIB, _RAW)}.get(encoding, ()):
        plain, is_valid = unpacked(content, kind)
        if is_valid:
            return plain, ""
    return b"", lazy("The page is compressed in a way that cannot be read: {encoding}", encoding=encoding[:20])


def _without_chunks(content: bytes) -> bytes:
    """Join the chunks of an HTTP response (RFC 9112, 7.1); content without chunks is returned unchanged."""
    pieces: list[bytes] = []
    at = 0
    while found := _SIZE.match(content, at):
        length = int(found[1], 16)
        pieces.append(content[found.end() : found.end() + length])
        at = found.end() + length + (2 if content.startswith(b"\r\n", found.end() + length) else 1)
        if not length:
            break
    return b"".join(pieces) if pieces else content


def _media_type(head: Message) -> str:
    return _field(head, "Content-Type").partition(";")[0].strip().lower()


def _field(head: Message, name: str) -> str:
    return str(head.get(name) or "").strip()


def _length(head: Message) -> int:
    """Return the length that a record states for its content in bytes; negative if it states none."""
    written = _field(head, "Content-Length")
    return int(written) if written.isdecimal() and len(written) < 16 else -1
