"""Parts of MIME messages (RFC 2045, 2046): of web archives and of e-mails."""

import binascii
import quopri
from collections.abc import Callable, Iterator
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.parser import BytesHeaderParser

from reader.archive.decoding import decode
from reader.archive.encodings import codec_of, decoded
from reader.document.sanitizing import clean_line
from reader.regex import regex

BOM = b"\xef\xbb\xbf"
"""The byte order mark of UTF-8."""
LONGEST_HEAD = 20_000
"""The maximum length of the header fields of a message or part in bytes."""
_NO_BASE64 = regex(rb"[^A-Za-z0-9+/]+")
_HEAD_END = regex(rb"\r?\n\r?\n")
_DEEPEST = 10
"""The maximum depth of nested multipart messages; browsers write one or two levels, e-mail programs five."""
_MOST_PARTS = 2_000


def split_message(data: bytes) -> tuple[Message, bytes]:
    """Return the header fields and the body of a message or part."""
    end = _HEAD_END.search(data, 0, LONGEST_HEAD)
    head, body = (data[:LONGEST_HEAD], b"") if end is None else (data[: end.end()], data[end.end() :])
    # Do not use the parser for whole messages, which also parses the parts and fails on invalid boundaries.
    return BytesHeaderParser().parsebytes(head), body


def message_parts(head: Message, body: bytes, depth: int = 0) -> Iterator[tuple[Message, bytes]]:
    """Yield the parts of a message that are not multipart themselves, with their encoded content."""
    if head.get_content_maintype() != "multipart":
        yield head, body
        return
    boundary = _parameter(head.get_boundary)
    if not boundary or depth >= _DEEPEST:
        return
    mark = b"--" + boundary.encode("utf-8", "surrogatepass")
    start = 0 if body.startswith(mark) else _after(body, b"\n" + mark, 0)
    for _ in range(_MOST_PARTS):
        if start < 0 or body[start + len(mark) : start + len(mark) + 2] == b"--":
            return
        begin = body.find(b"\n", start + len(mark)) + 1
        following = _after(body, b"\n" + mark, begin)
        if not begin:
            return
        part = body[begin : following if following >= 0 else len(body)].lstrip(b"\r\n")
        yield from message_parts(*split_message(part), depth + 1)
        start = following


def _parameter(read: Callable[[], str | None]) -> str:
    """Return a parameter of a header field; empty if the library fails, as for a number of 5,000 digits."""
    try:
        return read() or ""
    except ValueError:
        return ""


def _after(body: bytes, mark: bytes, start: int) -> int:
    """Return the offset of the next line that begins with the boundary, or -1."""
    found = body.find(mark, start)
    return found + 1 if found >= 0 else -1


def decoded_content(part: Message, content: bytes) -> bytes:
    """Return the decoded content of a part; if the part declares a charset, converted to UTF-8."""
    encoding = str(part.get("Content-Transfer-Encoding") or "").strip().lower()
    if encoding == "quoted-printable":
        content = quopri.decodestring(content)
    elif encoding == "base64":
        digits = _NO_BASE64.sub(b"", content)
        # If the file is cut, the last group of four digits may be incomplete: one encodes nothing, more need padding.
        digits = digits[:-1] if len(digits) % 4 == 1 else digits
        content = binascii.a2b_base64(digits + b"=" * (-len(digits) % 4))
    # The declaration of the part outranks that of the page, as in browsers.
    return as_utf8(content, _parameter(part.get_content_charset))


def as_utf8(content: bytes, charset: str) -> bytes:
    """Convert text from a declared encoding to UTF-8 with a byte order mark, if browsers know the encoding."""
    if not charset or content.startswith(BOM):
        return content
    try:
        # Unlike `<meta>`, a header field is readable in any encoding, so it can declare UTF-16.
        codec = charset if charset.lower().startswith("utf-16") else codec_of(charset)
        return BOM + decoded(content, codec).encode("utf-8", "replace") if codec else content
    except (LookupError, ValueError):
        return content


def raw_field(head: Message, name: str) -> str:
    """Return a header field as it is in the message; non-ASCII bytes, which RFC 5322 forbids, as lone surrogates."""
    return next((str(value) for key, value in head.raw_items() if key.lower() == name.lower()), "")


def decoded_header(text: str) -> str:
    """Return a header field on one line, with its encoded words, or else its non-ASCII bytes, decoded."""
    text = str(text)
    try:
        if any("\udc80" <= character <= "\udcff" for character in text):
            return clean_line(decode(text.encode("ascii", "surrogateescape")).text)
        return clean_line(str(make_header(decode_header(text))))
    except (LookupError, ValueError, MessageError):
        return clean_line(text)
