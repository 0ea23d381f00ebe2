"""Pages in the files of web crawlers."""

import gzip
import zlib
from pathlib import Path

import pytest

from reader.archive.bundles import warc_records
from reader.archive.bundles.bundle import open_bundle
from reader.archive.scan import read_body
from reader.parse.parser import parse
from tests.archive.bundles.making import PAGE, answer, crawl, found, told, warc_record, write_zip


def shown(path: Path) -> list[tuple[str, str, str]]:
    return [(one.title, one.url, str(one.date)[:10]) for one in found(path)]


EXPECTED = [("海港", "https://e.org/a", "2021-11-10"), ("潮水", "https://e.org/b", "2021-11-10")]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.warc", b"".join(crawl())),
        ("a.warc.gz", b"".join(map(gzip.compress, crawl()))),
        ("A.WARC.GZ", gzip.compress(b"".join(crawl()))),
    ],
    ids=["plain", "compressed by record", "compressed as a whole"],
)
def test_the_pages_of_a_crawl_are_articles(tmp_path: Path, name: str, data: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    assert shown(path) == EXPECTED
    assert told(path) == []


def test_a_crawl_in_a_package_of_a_browser(tmp_path: Path) -> None:
    data = b"".join(map(gzip.compress, crawl()))
    path = write_zip(tmp_path / "a.wacz", {"archive/data.warc.gz": data, "pages/pages.jsonl": "{}"})
    assert shown(path) == EXPECTED


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        (b"5\r\n<p>ab\r\n4;x=y\r\nc</p\r\n1\r\n>\r\n0\r\n\r\n", ["Transfer-Encoding: chunked"]),
        (gzip.compress(b"<p>abc</p>"), ["Content-Encoding: gzip"]),
        (zlib.compress(b"<p>abc</p>"), ["Content-Encoding: deflate"]),
        (zlib.compress(b"<p>abc</p>", wbits=-15), ["Content-Encoding: deflate"]),
        (b"<p>abc</p>", ["Content-Encoding: gzip", "Transfer-Encoding: chunked"]),
    ],
    ids=["chunked", "gzip", "zlib", "deflate", "decoded before"],
)
def test_encodings_of_a_transfer(tmp_path: Path, body: bytes, fields: list[str]) -> None:
    path = tmp_path / "a.warc"
    path.write_bytes(warc_record("response", "https://e.org/a", answer(body, *fields)))
    bundle = open_bundle(path)
    assert bundle is not None
    (entry,) = bundle.entries.values()
    file = bundle.read(entry)
    assert file.data.endswith(b"<p>abc</p>")
    assert not file.problem


def test_an_unknown_encoding_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.warc"
    path.write_bytes(warc_record("response", "https://e.org/a", answer(b"\x8b\x02\x80abc\x03", "Content-Encoding: br")))
    (article,) = found(path)
    assert "compressed in a way that cannot be read: br" in article.warnings[0].message


def test_the_declared_encoding_of_characters_is_used(tmp_path: Path) -> None:
    path = tmp_path / "a.warc"
    page = PAGE.format(title="海港").encode("gb18030")
    path.write_bytes(warc_record("response", "https://e.org/a", answer(page, media_type="text/html; charset=gbk")))
    assert shown(path) == EXPECTED[:1]


def test_a_wrong_length_loses_no_other_record(tmp_path: Path) -> None:
    one, two = crawl()[2], crawl()[5]
    head, _line, rest = one.partition(b"Content-Length: ")
    path = tmp_path / "a.warc"
    path.write_bytes(head + b"Content-Length: 7" + rest[rest.index(b"\r\n") :] + two)
    assert [title for title, _url, _date in shown(path)][-1] == "潮水"


def test_a_bomb_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(warc_records, "LARGEST", 2**20)
    path = tmp_path / "a.warc.gz"
    bomb = zlib.compressobj(9, wbits=31)
    pieces = [bomb.compress(warc_record("resource", "https://e.org/b", b"<p>x</p>", "text/html"))]
    pieces += [bomb.compress(bytes(2**20)) for _ in range(20)]
    path.write_bytes(b"".join(pieces) + bomb.flush())
    assert "as in an attack" in told(path)[0]


def test_the_article_of_a_crawled_page_is_found(tmp_path: Path) -> None:
    around = ("<body><nav><a href='/'>首页</a></nav>", "<footer>版权所有</footer></body>")
    site = PAGE.format(title="海港").replace("<body>", around[0]).replace("</body>", around[1])
    path = tmp_path / "a.warc"
    path.write_bytes(warc_record("response", "https://e.org/a", answer(site.encode())))
    document = parse(read_body(found(path)[0])[0])
    assert [leaf.text.text for leaf in document.leaves] == ["海港", "灯塔下的船，夜里亮着灯。"]


def test_another_compressed_file_is_none(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    path.write_bytes(gzip.compress(b"other"))
    assert open_bundle(path) is None
    assert found(path) == []
