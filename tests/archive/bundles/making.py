"""Bundles for tests, each with two articles or as many as given."""

import json
import mailbox
from collections.abc import Iterable, Mapping
from email.message import EmailMessage
from html import escape
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from reader.archive.archive import open_archives
from reader.archive.article import Article, FileWarning
from reader.archive.scan import read_body, scan

RSS = (
    '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/">'
    "<channel><title>海港周记</title>%s</channel></rss>"
)
ENEX = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE en-export SYSTEM "http://x/e.dtd">\n'
    '<en-export version="10">%s</en-export>'
)
NOTE = (
    "<note><title>%s</title><created>20200102T030405Z</created><content><![CDATA[<en-note>%s</en-note>]]></content>"
    "<resource><data>%s</data></resource></note>"
)
PAGE = (
    "<html><head><title>{title}</title></head><body><article><h1>{title}</h1><p>灯塔下的船，夜里亮着灯。</p></article>"
    "</body></html>"
)


def rss_item(number: int, text: str = "灯塔") -> str:
    content = escape(f"<p>{text} {number}</p>")
    return (
        f"<item><title>第 {number} 篇</title><link>https://example.org/{number}</link><guid>id-{number}</guid>"
        f"<pubDate>Wed, 10 Nov 2021 08:37:48 GMT</pubDate><description>{content}</description></item>"
    )


def write_rss(path: Path, numbers: Iterable[int] = (1, 2), text: str = "灯塔") -> Path:
    path.write_text(RSS % "".join(rss_item(number, text) for number in numbers), "utf-8")
    return path


def write_mbox(path: Path, numbers: Iterable[int] = (1, 2)) -> Path:
    box = mailbox.mbox(path)
    for number in numbers:
        message = EmailMessage()
        message["Subject"] = f"简报 {number}"
        message["From"] = "港口周刊 <weekly@example.org>"
        message["Date"] = "Wed, 10 Nov 2021 08:37:48 +0800"
        message["Message-ID"] = f"<{number}@example.org>"
        message.set_content("纯文本\n\nFrom the harbour\n")
        page = f"<html><head><title>x</title></head><body><p>灯塔 {number}</p></body></html>"
        message.add_alternative(page, subtype="html")
        box.add(message)
    box.flush()
    box.close()
    return path


def write_json(path: Path, value: object) -> Path:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1), "utf-8")
    return path


def write_zip(path: Path, members: Mapping[str, str | bytes]) -> Path:
    with ZipFile(path, "w", ZIP_DEFLATED) as file:
        for name, content in members.items():
            file.writestr(name, content)
    return path


def wallabag(*numbers: int) -> list[dict[str, object]]:
    return [
        {
            "is_archived": 0,
            "is_starred": 0,
            "id": number,
            "title": f"第 {number} 篇",
            "tags": ["海", "船"],
            "url": f"https://example.org/{number}",
            "content": f"<p>灯塔 {number}</p>",
            "created_at": "2021-11-10T08:37:48+0000",
            "published_by": ["甲"],
        }
        for number in numbers
    ]


def warc_record(
    kind: str, address: str, content: bytes, media_type: str = "application/http; msgtype=response"
) -> bytes:
    fields = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {address}\r\nWARC-Date: 2021-11-10T08:37:48Z\r\n"
        f"Content-Type: {media_type}\r\nContent-Length: {len(content)}\r\n\r\n"
    )
    return fields.encode() + content + b"\r\n\r\n"


def answer(body: bytes, *fields: str, status: str = "200 OK", media_type: str = "text/html; charset=utf-8") -> bytes:
    return "\r\n".join((f"HTTP/1.1 {status}", f"Content-Type: {media_type}", *fields, "", "")).encode() + body


def crawl() -> list[bytes]:
    """The records of a crawl: two pages among what is none."""
    return [
        warc_record("warcinfo", "", b"software: a crawler\r\n", "application/warc-fields"),
        warc_record(
            "request", "https://e.org/a", b"GET /a HTTP/1.1\r\nHost: e.org\r\n\r\n", "application/http; msgtype=request"
        ),
        warc_record("response", "https://e.org/a", answer(PAGE.format(title="海港").encode())),
        warc_record("response", "https://e.org/p.png", answer(b"\x89PNG", media_type="image/png")),
        warc_record(
            "response", "https://e.org/gone", answer(PAGE.format(title="Gone").encode(), status="404 Not Found")
        ),
        warc_record("resource", "https://e.org/b", PAGE.format(title="潮水").encode(), "text/html"),
    ]


def found(path: Path) -> list[Article]:
    return [one for one in scan(open_archives([path])) if isinstance(one, Article)]


def told(path: Path) -> list[str]:
    return [str(one).removeprefix(f"{path}") for one in scan(open_archives([path])) if isinstance(one, FileWarning)]


def text_of(article: Article) -> str:
    return read_body(article)[0].text
