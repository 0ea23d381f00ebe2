"""Pages saved in one file: MHTML (RFC 2557; Chrome, Edge, Internet Explorer) and Safari's web archives."""

import plistlib
from collections.abc import Iterator
from html import escape
from typing import Any

from reader.archive.mime import (
    BOM,
    LONGEST_HEAD,
    as_utf8,
    decoded_content,
    decoded_header,
    message_parts,
    split_message,
)
from reader.regex import regex

_HEAD_TAG = regex(rb"(?i)<(?:head|html)(?:\s[^<>]*)?>")
_MIME_FIELD = regex(rb"(?im)^(?:mime-version|content-type|from|subject|snapshot-content-location):")
_PLIST_SIGNS = (b"bplist00", b"<?xml")


def is_property_list(data: bytes) -> bool:
    """Whether a file is a web archive of Safari, which can be unpacked only as a whole."""
    return data.startswith(_PLIST_SIGNS)


def unpack(data: bytes) -> bytes:
    """Return the HTML of a page saved in one file, with its URL and date in a comment.

    `data` may be the beginning of an MHTML file. Corrupt data, or data of another kind, is returned unchanged.
    """
    try:
        return _from_property_list(data) if is_property_list(data) else _from_mime(data)
    except Exception:  # noqa: BLE001 - the libraries may raise anything for a broken list or header field
        return data


def saved_parts(data: bytes) -> dict[str, bytes]:
    """Return the resources of a page saved in one file, by URL; those with a Content-ID also by `cid:` and the id."""
    try:
        return dict(_listed_parts(data) if is_property_list(data) else _mime_parts(data))
    except Exception:  # noqa: BLE001 - as in `unpack`
        return {}


def _listed_parts(data: bytes) -> Iterator[tuple[str, bytes]]:
    for resource in plistlib.loads(data).get("WebSubresources", ()):
        content = resource.get("WebResourceData")
        if isinstance(content, bytes):
            yield str(resource.get("WebResourceURL") or ""), content


def _mime_parts(data: bytes) -> Iterator[tuple[str, bytes]]:
    head, body = split_message(data)
    for part, content in message_parts(head, body):
        if part.get_content_maintype() != "image":
            continue
        decoded = decoded_content(part, content)
        if identifier := str(part.get("Content-ID") or "").strip().strip("<>"):
            yield f"cid:{identifier}", decoded
        if location := str(part.get("Content-Location") or "").strip():
            yield location, decoded


def _from_mime(data: bytes) -> bytes:
    """Return the first HTML page of an MHTML file."""
    if not _MIME_FIELD.search(data[:LONGEST_HEAD]):
        return data
    head, body = split_message(data)
    for part, content in message_parts(head, body):
        if part.get_content_type() in ("text/html", "application/xhtml+xml"):
            return described_page(
                decoded_content(part, content),
                url=head.get("Snapshot-Content-Location") or part.get("Content-Location") or "",
                date=head.get("Date") or "",
                title=head.get("Subject") or "",
            )
    return data


def _from_property_list(data: bytes) -> bytes:
    """Return the main resource of a Safari web archive; the list can only be parsed as a whole."""
    resource: Any = plistlib.loads(data)["WebMainResource"]
    content = resource["WebResourceData"]
    if not isinstance(content, bytes):
        return data
    charset = str(resource.get("WebResourceTextEncodingName") or "")
    url = str(resource.get("WebResourceURL") or "")
    return described_page(as_utf8(content, charset), url=url, date="", title="")


def described_page(html: bytes, *, url: str, date: str, title: str) -> bytes:
    """Return HTML with a comment as in pages that browsers save, and with `title` if it has no title of its own."""
    lines = [f"url: {_one_line(url)}" if url else "", f"saved date: {_one_line(date)}" if date else ""]
    head = "<!--\n{}\n-->\n".format("\n".join(filter(None, lines))) if any(lines) else ""
    if title and b"<title" not in html[:100_000].lower():
        titled = f"<title>{escape(decoded_header(title))}</title>"
        opening = _HEAD_TAG.search(html)
        place = opening.end() if opening else 0
        html = BOM + html[:place].removeprefix(BOM) + titled.encode("utf-8") + html[place:].removeprefix(BOM)
    bom = BOM if html.startswith(BOM) or not head.isascii() else b""
    return bom + head.encode("utf-8") + html.removeprefix(BOM)


def _one_line(text: str) -> str:
    return " ".join(str(text).split()).replace("--", "%2D%2D").replace(">", "%3E")
