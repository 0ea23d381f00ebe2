"""E-mails, such as newsletters: in a file of their own (`.eml`), or in a mailbox (`bundles/mailbox.py`)."""

import re
from email.message import Message
from email.utils import getaddresses
from html import escape

from reader.archive.bundles.entry_articles import EntryArticle
from reader.archive.decoding import decode
from reader.archive.mime import decoded_content, decoded_header, message_parts, raw_field, split_message
from reader.regex import regex

_BODY = regex(r"<body\b[^<>]*>", re.IGNORECASE)
_HEAD = regex(r"<head\b.*?(?:</head\s*>|\Z)", re.IGNORECASE | re.DOTALL)
_FRAME = regex(r"<!doctype[^<>]*>|</?(?:html|body)\b[^<>]*>|<\?xml[^<>]*>", re.IGNORECASE)
_ADDRESS = regex(r"https?://[^\s<>]+")


def is_html_mail(head: Message) -> bool:
    """Whether a message with these header fields becomes an article in HTML: all do except those in plain text."""
    return head.get_content_type() != "text/plain"


def mail_article(data: bytes) -> EntryArticle:
    """Convert a message. Its pictures and attachments are not read. Raises nothing."""
    head, body = split_message(data)
    plain: list[str] = []
    html = ""
    for part, content in message_parts(head, body):
        kind = part.get_content_type()
        if "attachment" in str(part.get("Content-Disposition") or "").lower():
            continue
        if kind == "text/html" and not html:
            html = decode(decoded_content(part, content)).text
        elif kind == "text/plain":
            text = decode(decoded_content(part, content)).text
            plain.append(_unflowed(text) if "flowed" in str(part.get("Content-Type") or "").lower() else text)
    if html:
        text = _bare(html)
    else:
        text = "\n\n".join(plain)
        text = _paragraphs(text) if is_html_mail(head) else text
    archived = _ADDRESS.search(str(head.get("Archived-At") or ""))
    return EntryArticle(
        text,
        title=decoded_header(raw_field(head, "Subject")),
        date=decoded_header(head.get("Date") or ""),
        authors=_names(head),
        url=archived[0] if archived else "",
    )


def _names(head: Message) -> list[str]:
    try:
        senders = getaddresses([decoded_header(raw_field(head, "From"))])
    except (ValueError, IndexError, RecursionError):  # RecursionError: thousands of nested comments.
        return []
    return [name or address for name, address in senders[:8] if name or address]


def _bare(html: str) -> str:
    """Return the content of `<body>` without the tags around it, since a whole newsletter is the article."""
    body = _BODY.search(html)
    html = html[body.end() :] if body is not None else _HEAD.sub("", html, count=1)
    return _FRAME.sub("", html)


def _paragraphs(text: str) -> str:
    return "".join(
        f"<p>{'<br>'.join(escape(part).split(chr(10)))}</p>" for part in re.split(r"\n\s*\n", text) if part.strip()
    )


def _unflowed(text: str) -> str:
    """Join lines that end with a space, which the sender's program has wrapped (RFC 3676)."""
    return re.sub(r"(?<!^--) \n(?=[^\n>])", " ", text, flags=re.MULTILINE)
