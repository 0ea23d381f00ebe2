"""Bundles: each entry is an article with its metadata and text; files of other kinds are no articles."""

import json
from pathlib import Path
from threading import Thread

import pytest

from reader.archive.archive import open_archives
from reader.archive.article import Article
from reader.archive.bundles.entry_articles import entry_name
from reader.archive.bundles.entry_paths import file_of, split_entry
from reader.archive.scan import scan
from reader.document.body import BodyFormat
from tests.archive.bundles.making import (
    ENEX,
    NOTE,
    RSS,
    found,
    rss_item,
    text_of,
    told,
    wallabag,
    write_json,
    write_mbox,
    write_rss,
    write_zip,
)


def test_rss_with_its_modules(tmp_path: Path) -> None:
    item = (
        '<item><title>灯塔 &amp; 船</title><guid isPermaLink="false">tag:example.org,2021:1</guid>'
        "<link>https://example.org/a</link>"
        "<dc:creator>王五</dc:creator><dc:date>2021-11-10</dc:date><category>港口</category><category>海</category>"
        "<media:title>no</media:title><description>摘要</description>"
        "<content:encoded><![CDATA[<p>全文 </item> <item></p>]]></content:encoded></item>"
    )
    path = tmp_path / "a.xml"
    path.write_text(RSS % f"<!-- <item> -->{item}{rss_item(2)}", "utf-8")
    first, second = found(path)
    assert (first.title, first.author, first.url) == ("灯塔 & 船", "王五", "https://example.org/a")
    assert (first.tags, first.categories, first.source) == (("港口", "海"), ("海港周记",), "王五")
    assert str(first.date) == "2021-11-10 00:00:00"
    assert text_of(first) == "<p>全文 </item> <item></p>"
    assert (second.title, second.format, second.path) == ("第 2 篇", BodyFormat.HTML, path / "id-2.html")
    assert text_of(second) == "<p>灯塔 2</p>"


@pytest.mark.parametrize(
    ("kind", "content", "expected"),
    [
        ("html", "&lt;p&gt;一&lt;/p&gt;", "<p>一</p>"),
        ("text", "1 &lt; 2", "<p>1 &lt; 2</p>"),
        ("xhtml", '<div xmlns="http://www.w3.org/1999/xhtml"><p>一</p></div>', "<p>一</p>"),
    ],
)
def test_atom_with_each_type_of_content(tmp_path: Path, kind: str, content: str, expected: str) -> None:
    path = tmp_path / "a.atom"
    path.write_text(
        '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>F</title><entry>'
        '<title type="html">甲 &lt;b&gt;乙&lt;/b&gt;</title><id>urn:1</id><link rel="self" href="no"/>'
        '<link rel="alternate" href="https://example.org/1"/><published>2021-01-02T03:04:05Z</published>'
        '<author><name>丙</name></author><category term="t"/>'
        f'<content type="{kind}">{content}</content></entry></feed>',
        "utf-8",
    )
    (article,) = found(path)
    assert (article.title, article.author, article.tags) == ("甲 乙", "丙", ("t",))
    assert (article.url, article.date is not None) == ("https://example.org/1", True)
    assert expected in text_of(article)


def test_feed_in_a_declared_encoding(tmp_path: Path) -> None:
    path = tmp_path / "a.rss"
    path.write_bytes(f'<?xml version="1.0" encoding="gb2312"?>{RSS % rss_item(1)}'.encode("gb18030"))
    (article,) = found(path)
    assert (article.title, article.categories, text_of(article)) == ("第 1 篇", ("海港周记",), "<p>灯塔 1</p>")


def test_rdf(tmp_path: Path) -> None:
    path = tmp_path / "a.rdf"
    path.write_text(
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">'
        "<channel><title>C</title><items/></channel>"
        '<item rdf:about="https://example.org/1"><title>一</title><link>https://example.org/1</link>'
        "<description>正文</description></item></rdf:RDF>",
        "utf-8",
    )
    (article,) = found(path)
    assert (article.title, article.categories, text_of(article)) == ("一", ("C",), "<p>正文</p>")


def test_json_feed(tmp_path: Path) -> None:
    items = [
        {"id": "https://example.org/1", "title": "一", "content_html": "<p>甲</p>", "tags": ["t"]},
        {"id": 2, "content_text": "乙", "authors": [{"name": "丙"}]},
    ]
    path = tmp_path / "f.json"
    path.write_bytes(
        write_json(path, {"items": items, "title": "J", "version": "https://jsonfeed.org/version/1.1"})
        .read_bytes()
        .replace(b"\n", b"\r\n")
    )
    first, second = found(path)
    assert (first.title, first.url, first.tags, first.categories) == ("一", "https://example.org/1", ("t",), ("J",))
    assert (text_of(first), text_of(second)) == ("<p>甲</p>", "乙")
    assert (second.author, second.format) == ("丙", BodyFormat.TEXT)


def test_wallabag(tmp_path: Path) -> None:
    first, second = found(write_json(tmp_path / "w.json", wallabag(7, 8)))
    assert (first.title, first.author, first.tags) == ("第 7 篇", "甲", ("海", "船"))
    assert (first.path.name, first.categories, text_of(second)) == ("7.html", ("w",), "<p>灯塔 8</p>")


def test_an_item_without_text_is_no_article(tmp_path: Path) -> None:
    items = wallabag(1, 2)
    items[0]["content"] = ""
    assert [one.path.name for one in found(write_json(tmp_path / "w.json", items))] == ["2.html"]


def test_instapaper_and_wallabag_in_csv(tmp_path: Path) -> None:
    path = tmp_path / "i.csv"
    rows = 'https://e.org/1,一,"甲, ""乙""\n丙",Unread,1600000000\nhttps://e.org/2,二,,A,1\n'
    path.write_text(f"URL,Title,Selection,Folder,Timestamp\n{rows}", "utf-8")
    (article,) = found(path)
    assert (article.title, article.url, article.tags, text_of(article)) == ("一", "https://e.org/1", (), '甲, "乙"\n丙')
    path.write_text('Title;URL;Content;Tags;"MIME Type"\n一;https://e.org/1;"<p>甲; 乙</p>";海;text/html\n', "utf-8")
    (article,) = found(path)
    assert (text_of(article), article.tags) == ("<p>甲; 乙</p>", ("海",))


def test_omnivore(tmp_path: Path) -> None:
    item = {"id": "x", "slug": "deng-ta", "title": "灯塔", "author": "甲", "url": "https://e.org/1", "labels": ["海"]}
    metadata = json.dumps([{**item, "savedAt": "2024-01-02T03:04:05Z"}])
    members = {"metadata_0_to_1.json": metadata, "content/deng-ta.html": "<p>正文</p>"}
    (article,) = found(write_zip(tmp_path / "omnivore.zip", members))
    assert (article.title, article.author, article.tags) == ("灯塔", "甲", ("海",))
    assert (article.url, text_of(article)) == ("https://e.org/1", "<p>正文</p>")


def test_evernote(tmp_path: Path) -> None:
    path = tmp_path / "notes.enex"
    media = '<en-media type="image/png" hash="0a"/><en-crypt>xx</en-crypt>'
    content = f'<div><en-todo checked="true"/>甲 &lt;en-note&gt;</div>{media}'
    path.write_text(ENEX % (NOTE % ("笔记", content, "</no>") + NOTE % ("二", "乙", "QUJD" * 9_000)), "utf-8")
    first, second = found(path)
    assert (first.title, str(first.date), first.categories) == ("笔记", "2020-01-02 03:04:05+00:00", ("notes",))
    assert text_of(first) == '<div><div>☑ 甲 &lt;en-note&gt;</div><img src="0a.png" alt="">🔒</div>'
    assert text_of(second) == "<div>乙</div>"


def test_mailbox(tmp_path: Path) -> None:
    first, second = found(write_mbox(tmp_path / "news.mbox"))
    assert (first.title, first.author, str(first.date)) == ("简报 1", "港口周刊", "2021-11-10 08:37:48+08:00")
    assert text_of(second).strip() == "<p>灯塔 2</p>"


def test_message_in_a_file(tmp_path: Path) -> None:
    path = tmp_path / "a.eml"
    head = "Subject: =?gb2312?B?us66w7jb?=\nFrom: weekly@example.org\n"
    kind = "Content-Type: text/plain; charset=gb2312; format=flowed\n\n"
    path.write_bytes((head + kind).encode() + "灯塔 \n和船\n\n第二段".encode("gb2312"))
    (article,) = found(path)
    assert (article.title, article.author) == ("何好港", "weekly@example.org")
    assert text_of(article) == "灯塔 和船\n\n第二段"


def test_zip(tmp_path: Path) -> None:
    path = write_zip(
        tmp_path / "saved.zip",
        {
            "saved/政治/a.html": "<title>甲</title><p>一</p>",
            "saved/b.md": "# 乙\n\n二",
            "saved/x.pdf": b"%PDF",
            "saved/node_modules/c.md": "no",
            "__MACOSX/d.md": "no",
            "saved/.e.md": "no",
            "saved/p.png": b"x",
        },
    )
    first, second = found(path)
    assert (first.title, first.categories, first.path) == ("甲", ("saved", "政治"), path / "saved" / "政治" / "a.html")
    assert (second.title, second.format, text_of(second)) == ("乙", BodyFormat.MARKDOWN, "# 乙\n\n二")
    # Named one by one, as by `show`.
    (again,) = found(first.path)
    assert (again.id, again.title, again.root) == (first.id, first.title, tmp_path)


def test_names_in_a_legacy_encoding_in_a_zip(tmp_path: Path) -> None:
    path = write_zip(tmp_path / "a.zip", {"xxxxxxxx.md": "一"})
    path.write_bytes(path.read_bytes().replace(b"xxxxxxxx", "港口灯塔".encode("gb18030")))
    assert [one.path.name for one in found(path)] == ["港口灯塔.md"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("package.json", '{"name": "x", "items": [{"id": 1, "url": "x"}]}'),
        ("data.json", '[{"title": "x", "content": "<p>text</p>", "url": "https://example.org"}]'),
        ("map.xml", '<?xml version="1.0"?><urlset><url><loc>x</loc></url></urlset>'),
        ("search.xml", "<search><entry><title>x</title><content>y</content></entry></search>"),
        ("table.csv", "title,text\na,b\n"),
        ("bad.json", '[{"is_archived": 1'),
        ("empty.xml", ""),
        ("letter.mbox", "Dear reader\n\nFrom here"),
    ],
)
def test_other_files_are_no_articles(tmp_path: Path, name: str, content: str) -> None:
    (tmp_path / name).write_text(content, "utf-8")
    assert list(scan(open_archives([tmp_path]))) == []


def test_an_entry_keeps_its_path_when_others_are_added(tmp_path: Path) -> None:
    before = {one.title: one.id for one in found(write_rss(tmp_path / "a.xml", (2, 4)))}
    after = {one.title: one.id for one in found(write_rss(tmp_path / "a.xml", (1, 2, 3, 4)))}
    assert before.items() <= after.items()
    assert len(after) == 4


def test_entries_with_the_same_id_are_all_shown(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_text(RSS % (rss_item(1, "甲") + rss_item(1, "乙")), "utf-8")
    assert [one.path.name for one in found(tmp_path)] == ["id-1.html", "id-1-2.html"]


def test_a_folder_named_like_a_bundle_is_a_folder(tmp_path: Path) -> None:
    (tmp_path / "a.zip").mkdir()
    (tmp_path / "a.zip" / "b.md").write_text("一", "utf-8")
    (article,) = found(tmp_path)
    assert (split_entry(article.path), file_of(article.path)) == (None, article.path)


def test_names_of_entries() -> None:
    assert entry_name("12345", ".html") == "12345.html"
    assert entry_name("https://example.org/2021/deng-ta/?p=1", ".html").startswith("deng-ta-")
    assert entry_name("<灯塔.1@example.org>", ".txt").startswith("灯塔-1-")
    assert "/" not in entry_name("../../etc/passwd", ".html")
    assert entry_name("https://a.example/x", "") != entry_name("https://b.example/x", "")


def test_a_cut_feed_is_told(tmp_path: Path) -> None:
    path = write_rss(tmp_path / "a.xml")
    path.write_bytes(path.read_bytes()[:-60])
    assert told(path) == [": The file ends within an article"]
    assert len(found(path)) == 2


def test_a_threads_reading_of_a_zip_does_not_disturb_another(tmp_path: Path) -> None:
    """The page opens an article while its quotations are read."""
    path = write_zip(tmp_path / "a.zip", {f"{number}.md": f"灯塔 {number} " * 5_000 for number in range(8)})
    articles = found(path)
    failures: list[BaseException] = []

    def read(article: Article) -> None:
        try:
            for _ in range(20):
                assert text_of(article) == f"灯塔 {article.path.stem} " * 5_000
        except BaseException as error:  # noqa: BLE001 - shown by the test
            failures.append(error)

    threads = [Thread(target=read, args=(article,)) for article in articles]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []


def _old_note(text: str, created: str = "20200102T030405Z") -> str:
    """A note as older programs wrote it: the time of its creation follows the content."""
    return (
        f"<note><title>笔记</title><content><![CDATA[<en-note>{text}</en-note>]]></content><created>{created}</created>"
        "<note-attributes/><resource><data>QUJD</data><title>x</title></resource></note>"
    )


@pytest.mark.parametrize("length", [10, 8_150, 8_151, 8_152, 20_000, 1_100_000])
def test_a_note_keeps_its_name_when_it_grows(tmp_path: Path, length: int) -> None:
    path = tmp_path / "notes.enex"
    path.write_text(ENEX % (_old_note("甲") + _old_note("乙", "20210102T030405Z")), "utf-8")
    before = [one.path.name for one in found(path)]
    path.write_text(ENEX % (_old_note("船" * length) + _old_note("乙", "20210102T030405Z")), "utf-8")
    assert [one.path.name for one in found(path)] == before
    assert len({name.partition(".")[0] for name in before}) == 2


@pytest.mark.parametrize("filling", range(8_088, 8_144, 8))
def test_an_id_behind_a_long_text_is_read_as_a_whole(tmp_path: Path, filling: int) -> None:
    path = tmp_path / "a.xml"
    item = f"<item><title>灯塔</title><description>{'船 ' * (filling // 4)}</description><guid>{'i' * 40}</guid></item>"
    path.write_text(RSS % (item + item.replace("灯塔", "塔") * 2), "utf-8")
    assert next(one.path.name for one in found(path)) == f"{'i' * 40}.html"
