"""Pages saved in one file: MHTML (RFC 2557; Chrome, Edge, Internet Explorer) and Safari's web archives."""

import binascii
import plistlib
import quopri
from collections.abc import Callable, Iterator
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.parser import BytesHeaderParser
from html import escape
from typing import Any

from reader.archive.encodings import codec_of, decoded
from reader.document.cleaning import clean_line
from reader.regex import regex

_NO_BASE64 = regex(rb"[^A-Za-z0-9+/]+")
_HEAD_TAG = regex(rb"(?i)<(?:head|html)(?:\s[^<>]*)?>")
_HEAD_END = regex(rb"\r?\n\r?\n")
_MIME_FIELD = regex(rb"(?im)^(?:mime-version|content-type|from|subject|snapshot-content-location):")
_HEAD_AT_MOST = 20_000
"""The maximum length of the header fields of a part in bytes."""
_DEEPEST = 4
"""The maximum depth of nested multipart messages; browsers write one or two levels."""
_PARTS_AT_MOST = 2000
_PLIST_SIGNS = (b"bplist00", b"<?xml")
_BOM = b"\xef\xbb\xbf"


def is_property_list(data: bytes) -> bool:
    """Whether a file is a web archive of Safari, which can be unpacked only as a whole."""
    return data.startswith(_PLIST_SIGNS)


def unpack(data: bytes) -> bytes:
    """Return the HTML of a page saved in one file, with its URL and date in a comment.

    `data` may be the beginning of an MHTML file. Data of another kind, or damaged, is returned unchanged.
    """
    try:
        return _from_property_list(data) if is_property_list(data) else _from_mime(data)
    except Exception:  # noqa: BLE001 - the libraries may raise anything for a broken list or header field
        return data


def _from_mime(data: bytes) -> bytes:
    """Return the first HTML page of an MHTML file."""
    if not _MIME_FIELD.search(data[:_HEAD_AT_MOST]):
        return data
    head, body = _split(data)
    for part, content in _parts(head, body, 0):
        if part.get_content_type() in ("text/html", "application/xhtml+xml"):
            return _described(
                _decoded(part, content),
                url=head.get("Snapshot-Content-Location") or part.get("Content-Location") or "",
                date=head.get("Date") or "",
                title=head.get("Subject") or "",
            )
    return data


def _split(data: bytes) -> tuple[Message, bytes]:
    """Return the header fields and the body of a message or part."""
    end = _HEAD_END.search(data, 0, _HEAD_AT_MOST)
    head, body = (data[:_HEAD_AT_MOST], b"") if end is None else (data[: end.end()], data[end.end() :])
    # Do not use the parser for whole messages, which also parses the parts and fails on invalid boundaries.
    return BytesHeaderParser().parsebytes(head), body


def _parts(head: Message, body: bytes, depth: int) -> Iterator[tuple[Message, bytes]]:
    """Yield the parts of a message that are not multipart themselves, with their encoded content."""
    if head.get_content_maintype() != "multipart":
        yield head, body
        return
    boundary = _parameter(head.get_boundary)
    if not boundary or depth >= _DEEPEST:
        return
    mark = b"--" + boundary.encode("utf-8", "surrogatepass")
    start = 0 if body.startswith(mark) else _after(body, b"\n" + mark, 0)
    for _ in range(_PARTS_AT_MOST):
        if start < 0 or body[start + len(mark) : start + len(mark) + 2] == b"--":
            return
        begin = body.find(b"\n", start + len(mark)) + 1
        following = _after(body, b"\n" + mark, begin)
        if not begin:
            return
        yield from _parts(*_split(body[begin : following if following >= 0 else len(body)].lstrip(b"\r\n")), depth + 1)
        start = following


def _parameter(read: Callable[[], str | None]) -> str:
    """Return a parameter of a header field; empty if the library cannot parse it, as a number of 5,000 digits."""
    try:
        return read() or ""
    except ValueError:
        return ""


def _after(body: bytes, mark: bytes, start: int) -> int:
    """Return the offset of the line that begins with the boundary, or -1."""
    found = body.find(mark, start)
    return found + 1 if found >= 0 else -1


def _decoded(part: Message, content: bytes) -> bytes:
    encoding = str(part.get("Content-Transfer-Encoding") or "").strip().lower()
    if encoding == "quoted-printable":
        content = quopri.decodestring(content)
    elif encoding == "base64":
        digits = _NO_BASE64.sub(b"", content)
        # Where the file is cut, a single digit encodes nothing; two or three need padding.
        digits = digits[:-1] if len(digits) % 4 == 1 else digits
        content = binascii.a2b_base64(digits + b"=" * (-len(digits) % 4))
    # The declaration of the part outranks that of the page, as in browsers.
    return _as_utf8(content, _parameter(part.get_content_charset))


def _as_utf8(content: bytes, charset: str) -> bytes:
    """Convert text from a declared encoding to UTF-8 with a byte order mark, if browsers know the encoding."""
    if not charset or content.startswith(_BOM):
        return content
    try:
        # The declaration of a page in ASCII cannot mean UTF-16, that of a part can.
        codec = charset if charset.lower().startswith("utf-16") else codec_of(charset)
        return _BOM + decoded(content, codec).encode("utf-8", "replace") if codec else content
    except (LookupError, ValueError):
        return content


def _from_property_list(data: bytes) -> bytes:
    """Return the main resource of a Safari web archive; the list can only be parsed as a whole."""
    resource: Any = plistlib.loads(data)["WebMainResource"]
    content = resource["WebResourceData"]
    if not isinstance(content, bytes):
        return data
    charset = str(resource.get("WebResourceTextEncodingName") or "")
    url = str(resource.get("WebResourceURL") or "")
    return _described(_as_utf8(content, charset), url=url, date="", title="")


def _described(html: bytes, *, url: str, date: str, title: str) -> bytes:
    """Return HTML with a comment, as browsers write it into saved pages, and with a title if it has none."""
    lines = [f"url: {_one_line(url)}" if url else "", f"saved date: {_one_line(date)}" if date else ""]
    head = "<!--\n{}\n-->\n".format("\n".join(filter(None, lines))) if any(lines) else ""
    if title and b"<title" not in html[:100_000].lower():
        titled = f"<title>{escape(_unencoded(title))}</title>"
        opening = _HEAD_TAG.search(html)
        place = opening.end() if opening else 0
        html = _BOM + html[:place].removeprefix(_BOM) + titled.encode("utf-8") + html[place:].removeprefix(_BOM)
    bom = _BOM if html.startswith(_BOM) or not head.isascii() else b""
    return bom + head.encode("utf-8") + html.removeprefix(_BOM)


def _one_line(text: str) -> str:
    return " ".join(str(text).split()).replace("--", "%2D%2D").replace(">", "%3E")


def _unencoded(title: str) -> str:
    try:
        return clean_line(str(make_header(decode_header(title))))
    except (LookupError, ValueError, MessageError):
        return clean_line(str(title))
