"""Pages saved in one file: MHTML from browsers and mail programs, and Safari's web archives."""

import plistlib
from base64 import encodebytes
from email.message import EmailMessage
from pathlib import Path
from quopri import encodestring

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.archive.archive import open_archives
from reader.archive.article import Article
from reader.archive.scan import read_body, scan
from reader.archive.web_archives import unpack
from tests.growth import assert_linear

HTML = "<!DOCTYPE html><html><head><title>岛上的邮局</title></head><body><p>邮局每周开两天。</p></body></html>"
URL = "https://example.org/post-office?a=1&b=2"


def article(path: Path) -> Article:
    (found,) = scan(open_archives([path]))
    assert isinstance(found, Article)
    return found


def mhtml(html: bytes, *, encoding: str, charset: str = "", title: str = "岛上的邮局", before: bytes = b"") -> bytes:
    """An MHTML file as Chrome writes it."""
    body = encodestring(html) if encoding == "quoted-printable" else encodebytes(html) if encoding == "base64" else html
    head = EmailMessage()
    head["From"], head["Subject"], head["Date"] = "<Saved by Blink>", title, "Mon, 17 Dec 2018 11:18:49 -0000"
    head["Snapshot-Content-Location"] = URL
    declared = f'; charset="{charset}"' if charset else ""
    return (
        bytes(head).rstrip()
        + b"\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n"
        + b'\ttype="text/html";\r\n\tboundary="--B--x"\r\n\r\n'
        + before
        + b"\r\n----B--x\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n"
        + f"----B--x\r\nContent-Type: text/html{declared}\r\nContent-Transfer-Encoding: {encoding}\r\n".encode()
        + f"Content-Location: {URL}\r\n\r\n".encode()
        + body
        + b"\r\n----B--x\r\nContent-Type: text/css\r\n\r\np { color: red }\r\n----B--x--\r\n"
    )


@pytest.mark.parametrize("encoding", ["quoted-printable", "base64", "8bit"])
@pytest.mark.parametrize("charset", ["", "utf-8", "gb18030"])
def test_mhtml_is_the_page_in_it(tmp_path: Path, encoding: str, charset: str) -> None:
    path = tmp_path / "saved.mhtml"
    path.write_bytes(mhtml(HTML.encode(charset or "utf-8"), encoding=encoding, charset=charset))
    found = article(path)
    assert (found.title, found.url) == ("岛上的邮局", URL)
    assert found.date is not None
    assert found.date.isoformat() == "2018-12-17T11:18:49+00:00"
    body, warnings = read_body(found)
    assert "邮局每周开两天。" in body.text
    assert "color: red" not in body.text
    assert not warnings


def test_the_subject_is_the_title_of_a_page_without_one(tmp_path: Path) -> None:
    path = tmp_path / "saved.mht"
    path.write_bytes(mhtml("<html><body><p>邮局。</p></body></html>".encode(), encoding="base64", charset="utf-8"))
    assert article(path).title == "岛上的邮局"


def test_a_page_longer_than_its_head_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "saved.mhtml"
    long = HTML.replace("<p>", "<p>" + "海" * 200_000)
    path.write_bytes(mhtml(long.encode(), encoding="quoted-printable"))
    found = article(path)
    assert found.title == "岛上的邮局"
    assert read_body(found)[0].text.count("海") == 200_000


def test_a_part_of_parts_is_found() -> None:
    message = EmailMessage()
    message.set_content("plain")
    message.add_alternative(HTML, subtype="html")
    message.add_attachment(b"\x89PNG", "image", "png")
    assert "邮局每周开两天。" in unpack(message.as_bytes()).decode("utf-8-sig")


def test_a_web_archive_of_safari_is_the_page_in_it(tmp_path: Path) -> None:
    path = tmp_path / "saved.webarchive"
    resource = {
        "WebResourceData": HTML.encode("gb18030"),
        "WebResourceURL": URL,
        "WebResourceTextEncodingName": "gb18030",
    }
    image = {"WebResourceData": bytes(range(256)) * 1000, "WebResourceURL": "https://example.org/a.png"}
    for form in (plistlib.FMT_BINARY, plistlib.FMT_XML):
        written = plistlib.dumps({"WebMainResource": resource, "WebSubresources": [image]}, fmt=form)
        path.write_bytes(written)
        found = article(path)
        assert (found.title, found.url) == ("岛上的邮局", URL)
        assert "邮局每周开两天。" in read_body(found)[0].text


def test_other_data_is_unchanged() -> None:
    for data in (
        b"",
        b"plain text",
        HTML.encode(),
        b"bplist00",
        b"<?xml version='1.0'?><plist/>",
        b"MIME-Version: 1.0",
    ):
        assert unpack(data) == data


def test_address_cannot_close_the_comment() -> None:
    hostile = mhtml(HTML.encode(), encoding="8bit").replace(URL.encode(), b"https://example.org/--><script>x</script>")
    assert b"<script>" not in unpack(hostile).split(b"<!DOCTYPE")[0]


def test_a_subject_that_cannot_be_decoded_is_shown_as_it_is() -> None:
    page = unpack(b"Subject: =?utf-8?b?a?=\r\nMIME-Version: 1.0\r\nContent-Type: text/html\r\n\r\n<p>x")
    assert b"<title>=?utf-8?b?a?=</title><p>x" in page


@pytest.mark.parametrize(
    "field",
    [
        b"multipart/related; boundary*=idna''xx",
        b"multipart/related; boundary*" + b"9" * 5000 + b"=x",
        b"text/html; charset*=a%00b''xx",
    ],
)
def test_fields_that_the_library_cannot_parse_raise_nothing(field: bytes) -> None:
    data = b"MIME-Version: 1.0\r\nContent-Type: " + field + b"\r\n\r\n<p>x"
    assert unpack(data).endswith(b"<p>x")


@given(st.binary(max_size=300), st.integers(0, 900))
def test_damaged_files_raise_nothing(noise: bytes, place: int) -> None:
    whole = mhtml(HTML.encode(), encoding="base64", before=noise)
    unpack(whole[:place] + noise + whole[place:])
    unpack(whole[:place])
    unpack(b"bplist00" + noise)


@pytest.mark.parametrize(
    "head",
    [
        b"Content-Type: text/html; charset*=a\0b'x'y\r\n",
        b"Content-Type: text/html; charset*" + b"9" * 5000 + b"=a\r\n",
        b"Content-Type: multipart/related; boundary*=utf-7''+2AA-\r\n",
        b"Content-Type: multipart/related; boundary*=a\0b''x\r\n",
        b"Subject: =?utf-8?b?A?=\r\nContent-Type: text/html\r\n",
        b"Subject: =?utf-7?q?+2AA-?=\r\nContent-Type: text/html\r\n",
        b"Subject: \xff=?utf-8?b?A?=\r\nContent-Type: text/html\r\n",
    ],
)
def test_meaningless_header_fields_raise_nothing(head: bytes) -> None:
    assert "邮局。".encode() in unpack(b"MIME-Version: 1.0\r\n" + head + "\r\n<p>邮局。</p>".encode())


def test_number_as_data_of_a_web_archive_is_not_a_page() -> None:
    """Otherwise a number would allocate as many bytes."""
    data = plistlib.dumps({"WebMainResource": {"WebResourceData": 50_000_000}})
    assert unpack(data) == data


@pytest.mark.parametrize("charset", ["punycode", "idna", "unicode_escape", "utf-7", "no\0name"])
def test_an_encoding_that_no_browser_knows_is_not_decoded(charset: str) -> None:
    """Punycode takes quadratic time, and escape sequences turn ASCII into control characters."""
    content = b"<p>a\\x1b[31m-b9</p>"
    resource = {"WebResourceData": content, "WebResourceTextEncodingName": charset}
    form = plistlib.FMT_BINARY
    assert unpack(plistlib.dumps({"WebMainResource": resource}, fmt=form)) == content
    head = f"MIME-Version: 1.0\r\nContent-Type: text/html; charset={charset}\r\n\r\n".encode()
    assert unpack(head + content) == content


@pytest.mark.parametrize(("charset", "codec"), [("gb2312", "gbk"), ("utf-16", "utf-16"), ("shift_jis", "cp932")])
def test_encoding_labels_mean_the_same_as_in_browsers(charset: str, codec: str) -> None:
    text = "朱镕基" if charset == "gb2312" else "①"
    whole = mhtml(f"<p>{text}</p>".encode(codec), encoding="base64", charset=charset)
    assert text in unpack(whole).decode("utf-8-sig")


@pytest.mark.parametrize(
    "part",
    [
        b"----B--x\r\nContent-Type: text/css\r\n\r\nx\r\n",
        b'----B--x\r\nContent-Type: multipart/mixed; boundary="--B--x"\r\n\r\n',
        b"----B--x\r\n",
        b"--\r\n",
    ],
)
def test_many_parts_cost_linear_time(part: bytes) -> None:
    assert_linear(lambda size: unpack(mhtml(b"<p>x", encoding="8bit", before=b"\r\n" + part * size)), 300)
