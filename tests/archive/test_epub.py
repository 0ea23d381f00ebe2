"""EPUB books: metadata, chapters, navigation and links."""

from pathlib import Path

import pytest

from reader.archive.archive import open_archives
from reader.archive.article import Article
from reader.archive.scan import read_body, scan
from reader.archive.zip_container import ZipContainer
from reader.document.blocks import Heading, Image, MathBlock, SpanKind, Table, leaves
from reader.document.document import Document
from reader.document.footnotes import placed_footnotes
from reader.document.language_tags import language_ranges
from reader.layout.links import NoteLinks
from reader.linking.fragments import place_of
from reader.parse import parse
from reader.parse.document_links import document_links
from tests.archive.epub_files import METADATA, nav, write_book, xhtml


def article(path: Path) -> Article:
    (found,) = scan(open_archives([path]))
    assert isinstance(found, Article), found
    return found


def document(path: Path) -> Document:
    return parse(read_body(article(path))[0])


def headings(book: Document) -> list[tuple[int, str]]:
    return [(leaf.level, leaf.text.text) for leaf in book.leaves if isinstance(leaf, Heading)]


def texts(book: Document) -> list[str]:
    return [leaf.text.text for leaf in book.leaves]


def link_target(book: Document, text: str) -> str:
    """The text of the leaf to which a link leads."""
    (link,) = (link for link in document_links(book) if link.text == text)
    assert link.target.startswith("#")
    place = place_of(book, link.target[1:])
    assert place is not None, link.target
    return book.leaves[place.block].text.text


def test_metadata_of_a_book(tmp_path: Path) -> None:
    metadata = (
        '<dc:title id="s">Sub</dc:title><dc:title id="t">The Lamp &amp; the Rope</dc:title>'
        '<meta refines="#t" property="title-type">main</meta><dc:creator id="a">Ann Lee</dc:creator>'
        '<meta refines="#a" property="role">aut</meta><dc:creator opf:role="aut">林一</dc:creator>'
        '<dc:creator opf:role="trl">Somebody Else</dc:creator><dc:date>2019-05</dc:date><dc:language>en</dc:language>'
        "<dc:subject>Ports</dc:subject><dc:subject>Rope</dc:subject><dc:publisher>Harbour Press</dc:publisher>"
        "<dc:description>&lt;p&gt;A lamp.&lt;/p&gt;&lt;p&gt;A rope.&lt;/p&gt;</dc:description>"
        "<dc:source>https://example.org/lamp</dc:source><meta property='dcterms:modified'>2021-01-01T00:00:00Z</meta>"
    )
    path = write_book(tmp_path / "lamp.EPUB", {"a.xhtml": "<p>Text.</p>"}, metadata=metadata)
    found = article(path)
    assert (found.title, found.author, found.tags) == ("The Lamp & the Rope", "Ann Lee, 林一", ("Ports", "Rope"))
    assert found.date is not None
    assert found.date.date().isoformat() == "2019-05-01"
    assert (found.url, found.warnings) == ("https://example.org/lamp", ())
    assert texts(document(path)) == ["A lamp.", "A rope.", "Harbour Press", "Text."]


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        ("<dc:date>1851</dc:date>", "1851-01-01"),
        ("<dc:date opf:event='modification'>2020-01-02</dc:date><dc:date>1999-03-04</dc:date>", "1999-03-04"),
        ("<dc:date>0101-01-01T00:00:00+00:00</dc:date>", ""),
        ("<dc:date>spring</dc:date>", ""),
    ],
)
def test_dates_of_a_book(tmp_path: Path, dates: str, expected: str) -> None:
    found = article(write_book(tmp_path / "x.epub", {"a.xhtml": "<p>x</p>"}, metadata=METADATA + dates))
    assert (found.date.date().isoformat() if found.date else "") == expected
    assert found.warnings == ()


def test_a_book_without_metadata_is_named_after_its_file(tmp_path: Path) -> None:
    assert article(write_book(tmp_path / "岛.epub", {"a.xhtml": "<p>x</p>"}, metadata="")).title == "岛"


def test_the_head_of_a_book_decompresses_no_chapter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_book(tmp_path / "x.epub", {"a.xhtml": "<p>x</p>"}, navigation=nav('<li><a href="a.xhtml">A</a></li>'))
    read: list[str] = []
    original = ZipContainer.read
    monkeypatch.setattr(ZipContainer, "read", lambda self, name, most: read.append(name) or original(self, name, most))
    article(path)
    assert read == ["META-INF/container.xml", "OEBPS/content.opf"]
    read_body(article(path))
    assert "OEBPS/a.xhtml" in read


def test_chapters_are_in_the_order_of_the_spine(tmp_path: Path) -> None:
    chapters = {"b.xhtml": "<h1>One</h1><p>first</p>", "a.xhtml": "<h1>Two</h1><p>second</p>"}
    book = document(write_book(tmp_path / "x.epub", chapters))
    assert texts(book) == ["One", "first", "Two", "second"]


def test_a_book_without_an_order_has_that_of_its_manifest(tmp_path: Path) -> None:
    path = write_book(tmp_path / "x.epub", {"b.xhtml": "<p>b</p>", "a.xhtml": "<p>a</p>"}, order=False)
    assert texts(document(path)) == ["b", "a"]


def test_pictures_tables_ruby_and_formulas(tmp_path: Path) -> None:
    body = (
        '<p><ruby>山路<rt>やまみち</rt></ruby>を登る</p><p><img src="../img/a%20b.png" alt="灯台"/></p>'
        "<table><tr><td>1</td><td>2</td></tr><tr><td>3</td><td>4</td></tr></table>"
        "<m:math xmlns:m='http://www.w3.org/1998/Math/MathML' display='block'>"
        "<m:mfrac><m:mn>3</m:mn><m:mn>4</m:mn></m:mfrac></m:math><p>a<epub:trigger/>b<![CDATA[ <c> ]]></p>"
    )
    book = document(write_book(tmp_path / "x.epub", {"text/a.xhtml": body}))
    assert any(span.kind is SpanKind.RUBY and span.value == "やまみち" for span in book.leaves[0].text.spans)
    assert [leaf.source for leaf in book.leaves if isinstance(leaf, Image)] == ["OEBPS/img/a%20b.png"]
    assert any(isinstance(block, Table) for block in book.blocks)
    assert [leaf.text.text for leaf in book.leaves if isinstance(leaf, MathBlock)] == ["3/4"]
    assert texts(book)[-1] == "ab <c>"


@pytest.mark.parametrize(
    ("case", "expected"),
    [("http://www.w3.org/1998/Math/MathML", "<m:math><m:mn>7</m:mn></m:math>"), ("http://example.org/other", "other")],
)
def test_a_switch_shows_what_can_be_shown(tmp_path: Path, case: str, expected: str) -> None:
    math = "<m:math><m:mn>7</m:mn></m:math>"
    body = (
        '<p xmlns:m="http://www.w3.org/1998/Math/MathML">x = '
        f'<epub:switch><epub:case required-namespace="{case}">{math}'
        "</epub:case><epub:default>other</epub:default></epub:switch>.</p>"
    )
    book = document(write_book(tmp_path / "x.epub", {"a.xhtml": body}))
    assert texts(book) == ["x = 7." if expected == math else f"x = {expected}."]


def test_the_navigation_names_chapters_without_headings(tmp_path: Path) -> None:
    chapters = {
        "cover.xhtml": '<p><img src="c.png" alt="cover"/></p>',
        "one.xhtml": "<div><p class='t'>第一章　港</p></div><p>港很小。</p>",
        "two.xhtml": "<h3>第二章</h3><p>绳子很长。</p><h4>夜</h4><p>灯亮了。</p>",
        "three.xhtml": "<p>天亮了。</p><p id='later'>后来下雨了。</p>",
    }
    entries = (
        '<li><a href="cover.xhtml">封面</a></li>',
        (
            '<li><span>卷</span><ol><li><a href="one.xhtml">第一章 港</a></li><li><a href="two.xhtml">第二章</a></li>'
            '<li><a href="three.xhtml">第三章</a><ol><li><a href="three.xhtml#later">雨</a></li></ol></li></ol></li>'
        ),
    )
    book = document(write_book(tmp_path / "x.epub", chapters, navigation=nav(*entries)))
    assert headings(book) == [(1, "封面"), (2, "第一章　港"), (2, "第二章"), (3, "夜"), (2, "第三章"), (3, "雨")]
    assert texts(book).count("第一章　港") == 1


def test_an_id_in_a_heading_or_below_it_means_the_heading(tmp_path: Path) -> None:
    body = '<h2><a id="x"/>One</h2><p>a</p><h2>Two</h2><a id="y"></a><p>b</p>'
    entries = [f'<li><a href="a.xhtml#{name}">{label}</a></li>' for name, label in (("x", "1. One"), ("y", "2. Two"))]
    book = document(write_book(tmp_path / "x.epub", {"a.xhtml": body}, navigation=nav(*entries)))
    assert headings(book) == [(1, "One"), (1, "Two")]


def test_the_ncx_of_older_books(tmp_path: Path) -> None:
    point = "<navPoint><navLabel><text>{}</text></navLabel><content src='{}'/>{}</navPoint>"
    inner = point.format("港 &amp; 灯", "a.xhtml#p", "")
    points = point.format("卷一", "a.xhtml", inner)
    ncx = f"<ncx xmlns='http://www.daisy.org/z3986/2005/ncx/'><navMap>{points}</navMap></ncx>"
    items = '<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>'
    chapters = {"a.xhtml": "<p>开头。</p><p id='p'>港口。</p>"}
    book = document(write_book(tmp_path / "x.epub", chapters, items=items, files={"OEBPS/toc.ncx": ncx}))
    assert headings(book) == [(1, "卷一"), (2, "港 & 灯")]


def test_no_other_line_of_a_book_with_headings_is_taken_for_one(tmp_path: Path) -> None:
    speech = "".join(f"<p>「知りません」</p><p>{'港の灯りはまだ消えていなかった。' * 8}</p>" for _ in range(6))
    book = document(write_book(tmp_path / "x.epub", {"a.xhtml": f"<h1>一</h1>{speech}"}))
    assert headings(book) == [(1, "一")]


def test_footnotes_in_another_file_and_back(tmp_path: Path) -> None:
    chapters = {
        "text/a.xhtml": "<p>Before.</p><p>The rope"
        '<a id="r1" epub:type="noteref" href="../notes.xhtml#fn1">[1]</a> holds.</p>',
        "text/b.xhtml": '<p id="r1">Same id. <a href="a.xhtml">chapter</a> <a href="https://example.org/">web</a></p>',
        "notes.xhtml": '<aside epub:type="footnote" id="fn1"><p>Made of hemp. '
        '<a class="footnote-back" role="doc-backlink" href="text/a.xhtml#r1">↩</a></p></aside>',
    }
    book = document(write_book(tmp_path / "x.epub", chapters))
    ((_leaf, note),) = placed_footnotes(book)
    assert [leaf.text.text for block in note.blocks for leaf in leaves(block)] == ["Made of hemp."]
    assert NoteLinks(book).note("#fn-1") == note
    assert link_target(book, "chapter") == "Before."
    assert [link.target for link in document_links(book) if link.text == "web"] == ["https://example.org/"]


def test_linked_files_outside_the_spine_follow_it(tmp_path: Path) -> None:
    items = '<item id="extra" href="extra.xhtml" media-type="application/xhtml+xml"/>'
    files = {"OEBPS/extra.xhtml": xhtml("<p>answer</p>")}
    chapters = {"a.xhtml": '<p><a href="extra.xhtml">look</a></p>', "b.xhtml": "<p>end</p>"}
    book = document(write_book(tmp_path / "x.epub", chapters, items=items, files=files))
    assert texts(book) == ["look", "end", "answer"]
    assert link_target(book, "look") == "answer"


def test_anchors_of_pictures_terms_and_titles_are_kept(tmp_path: Path) -> None:
    body = (
        '<h1 id="t">岛上的邮局</h1><div id="f"><img src="a.png" alt="pic"/><p>caption</p></div>'
        '<dl><dt id="d">term</dt><dd>meaning</dd></dl>'
        '<p><a href="#t">to title</a></p><p><a href="#f">to figure</a></p><p><a href="#d">to term</a></p>'
    )
    book = document(write_book(tmp_path / "x.epub", {"a.xhtml": body}))
    assert link_target(book, "to title") == "岛上的邮局"
    assert link_target(book, "to figure") == "pic"
    assert link_target(book, "to term") == "term"


def test_legacy_encodings_and_names_in_another_case(tmp_path: Path) -> None:
    text = xhtml("<p>港口很小。</p>").replace("utf-8", "gb18030").encode("gb18030")
    path = write_book(
        tmp_path / "x.epub", {"Text/A.xhtml": ""}, files={"oebps\\text\\a.xhtml": text, "OEBPS/Text/A.xhtml": ""}
    )
    assert texts(document(path)) == ["港口很小。"]


@pytest.mark.parametrize(
    ("elements", "expected"),
    [
        ('<html xmlns="http://www.w3.org/1999/xhtml" xml:lang="fr"><body><p>', ["fr"]),
        ('<html xmlns="http://www.w3.org/1999/xhtml" xml:lang="en"><head/><body xml:lang="de"><p>', ["de"]),
        ('<html xmlns="http://www.w3.org/1999/xhtml" lang="en" xml:lang="en"><body class="x"><p>', []),
        ('<html xmlns="http://www.w3.org/1999/xhtml"><body><p xml:lang="it">', ["it"]),
    ],
)
def test_a_chapter_may_be_in_another_language(tmp_path: Path, elements: str, expected: list[str]) -> None:
    metadata = "<dc:title>Lamps</dc:title><dc:language>en</dc:language>"
    chapters = {"a.xhtml": "<p>The lamp</p>", "b.xhtml": "<p>x</p>"}
    files = {"OEBPS/b.xhtml": f'<?xml version="1.0"?>\n{elements}La lanterne</p></body></html>'}
    found = document(write_book(tmp_path / "lamps.epub", chapters, metadata=metadata, files=files))
    first, second = found.leaves
    assert (first.text.text, list(language_ranges(first.text))) == ("The lamp", [])
    assert (second.text.text, [one.language for one in language_ranges(second.text)]) == ("La lanterne", expected)
