"""Where links lead in archives of site generators and note-taking programs."""

from pathlib import Path

import pytest

from reader.linking.stored_links import stored_links
from tests.linking.archives import linked

SITE = {
    "guide/start.md": "",
    "guide/进阶 用法.md": "",
    "guide/index.md": "",
    "api/README.md": "",
    "_posts/2021-03-04-harbour-light.md": "---\ntitle: 灯塔\ncategories: [notes]\n---\n\n正文",
    "_posts/2021-03-05-north-wind.md": "---\ntitle: 北风\npermalink: /wind/north.html\n---\n\n正文",
    "content/post/渡口.md": "---\ntitle: 渡口\nslug: ferry\naliases: [/old/ferry/]\n---\n\n正文",
    "pic.png": "x",
    "paper.pdf": "x",
    "..hidden.md": "",
}


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("#头", "here guide/start.md#头"),
        ("index.md", "article guide/index.md"),
        ("./", "article guide/index.md"),
        ("../api/", "article api/README.md"),
        ("../api", "article api/README.md"),
        ("%E8%BF%9B%E9%98%B6%20%E7%94%A8%E6%B3%95.md#a", "article guide/进阶 用法.md#a"),
        ("进阶 用法.html", "article guide/进阶 用法.md"),
        ("进阶 用法", "article guide/进阶 用法.md"),
        ("../GUIDE/Index.md", "article guide/index.md"),
        ("/guide/start.html", "here guide/start.md"),
        ("/api/", "article api/README.md"),
        ("/2021/03/04/harbour-light/", "article _posts/2021-03-04-harbour-light.md"),
        ("/notes/2021/03/04/harbour-light.html", "article _posts/2021-03-04-harbour-light.md"),
        ("/2020/03/04/harbour-light/", "missing "),
        ("/cooking/2021/03/04/harbour-light/", "missing "),
        ("/wind/north", "article _posts/2021-03-05-north-wind.md"),
        ("/post/ferry/", "article content/post/渡口.md"),
        ("/old/ferry", "article content/post/渡口.md"),
        ("/post/渡口/", "article content/post/渡口.md"),
        ("@/post/渡口.md", "article content/post/渡口.md"),
        ("ref:2021-03-04-harbour-light", "article _posts/2021-03-04-harbour-light.md"),
        ("ref:post/渡口.md#岸", "article content/post/渡口.md#岸"),
        ("ref:/post/渡口.md?a=b#岸", "article content/post/渡口.md#岸"),
        ("ref:%E8%BF%9B%E9%98%B6%20%E7%94%A8%E6%B3%95.md", "article guide/进阶 用法.md"),
        ("ref:../api/README", "article api/README.md"),
        ("ref:../content/post/渡口", "article content/post/渡口.md"),
        ("../pic.png", "file pic.png"),
        ("/paper.pdf", "file paper.pdf"),
        ("nowhere.md", "missing "),
        ("../../etc/passwd", "unsafe "),
        ("..%2f..%2fetc%2fpasswd", "unsafe "),
        ("file:///etc/passwd", "unsafe "),
        ("javascript:alert(1)", "unsafe "),
        ("\x1b]8;;x\x07", "unsafe "),
        ("a\u202eb.md", "unsafe "),
        ("-rf", "missing "),
        ("x" * 10_000_000, "unsafe "),
        ("mailto:a@example.org", "mail mailto:a@example.org"),
        ("https://example.org/a", "web https://example.org/a"),
        ("//example.org/a", "web https://example.org/a"),
    ],
)
def test_links_of_sites(tmp_path: Path, target: str, expected: str) -> None:
    with linked(tmp_path, SITE) as archive:
        assert archive.follow("guide/start.md", target) == expected


WIKI = {
    "setup/one/Lamp-setup.md": "",
    "setup/Oil-and-wick.md": "",
    "technical/Lamp-v0.5.md": "",
    "technical/01 Rope.md": "",
    "one/Sea.md": "",
    "two/Sea.md": "",
}


@pytest.mark.parametrize(
    ("target", "expected", "without_home"),
    [
        ("Oil-and-wick", "article setup/Oil-and-wick.md", "missing "),
        ("oil-and-wick#The-wick", "article setup/Oil-and-wick.md#The-wick", "missing "),
        ("Lamp-v0.5", "article technical/Lamp-v0.5.md", "missing "),
        ("Sea", "article one/Sea.md", "missing "),
        ("Rope", "missing ", "missing "),
        ("./Oil-and-wick", "article setup/Oil-and-wick.md", "missing "),
        ("../wiki/Oil-and-wick", "article setup/Oil-and-wick.md", "missing "),
        ("Oil%20and%20wick", "article setup/Oil-and-wick.md", "missing "),
        ("../wiki/one/Oil-and-wick", "missing ", "missing "),
        ("other/Oil-and-wick", "missing ", "missing "),
    ],
)
def test_pages_of_a_wiki_are_named_without_their_folders(
    tmp_path: Path, target: str, expected: str, without_home: str
) -> None:
    with linked(tmp_path / "a", WIKI) as archive:
        assert archive.follow("setup/one/Lamp-setup.md", target) == without_home
    with linked(tmp_path / "b", {**WIKI, "Home.md": ""}) as archive:
        assert archive.follow("setup/one/Lamp-setup.md", target) == expected


@pytest.mark.parametrize(
    ("others", "expected"),
    [
        ({"_index.md": ""}, "_index.md"),
        ({"_index.md": "", "../hugo.toml": "title = 'Site'"}, "_index.md"),
        ({"index.md": "", "../hugo.toml": "title = 'Site'"}, "index.md"),
        ({"index.md": "", "../mkdocs.yml": "site_name: Site"}, "index.md"),
        ({"index.md": "", "../_config.yml": "title: Site"}, "index.md"),
        ({"index.md": "", "../.vuepress/config.js": "module.exports = { title: 'Site' }"}, "README.md"),
        ({"index.md": ""}, "README.md"),
        ({}, "README.md"),
    ],
)
@pytest.mark.parametrize("target", ["harbour/", "harbour", "./harbour", "/harbour/", "wiki:harbour", "ref:harbour"])
def test_what_represents_a_folder(tmp_path: Path, others: dict[str, str], expected: str, target: str) -> None:
    files = {"start.md": "", "harbour/README.md": "", **{f"harbour/{name}": text for name, text in others.items()}}
    with linked(tmp_path, files) as archive:
        assert archive.follow("start.md", target) == f"article harbour/{expected}"


BLOCK = "64f1c0de-1111-2222-3333-444455556666"
VAULT = {
    "pages/块.md": f"- 一块\n  id:: {BLOCK}\n- 另一块\n",
    "笔记.md": "",
    "港口/灯塔.md": "",
    "山/灯塔.md": "",
    "港口/渡口.md": "",
    "深/处/只此一篇.md": "---\naliases: [别名, other name]\n---\n正文",
    "pages/项目___子项.md": "title:: 项目/子项\n\n- 正文",
    "附件/图 一.pdf": "x",
    "202101011200 卡片.md": "",
    "港口/夜 里  的灯.md": "",
}


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("wiki:渡口", "here 港口/渡口.md"),
        ("wiki:灯塔", "article 港口/灯塔.md"),
        ("wiki:山/灯塔#上#下", "article 山/灯塔.md#下"),
        ('wiki:笔记#<font color="#ffc000">上</font>', 'article 笔记.md#<font color="#ffc000">上</font>'),
        ("wiki:笔记#<b>上</b>#下", "article 笔记.md#下"),
        ("wiki:笔记#^ab12", "article 笔记.md#^ab12"),
        ("wiki:笔记^ab12", "article 笔记.md#^ab12"),
        ("wiki:#标题", "here 港口/渡口.md#标题"),
        ("embed:只此一篇", "article 深/处/只此一篇.md"),
        ("wiki:处/只此一篇.md", "article 深/处/只此一篇.md"),
        ("wiki:山/只此一篇", "missing "),
        ("wiki:Other Name", "article 深/处/只此一篇.md"),
        ("wiki:项目/子项", "article pages/项目___子项.md"),
        ("wiki:202101011200", "article 202101011200 卡片.md"),
        ("wiki:夜 里 的灯", "article 港口/夜 里  的灯.md"),
        ("wiki:港口/夜  里 的灯", "article 港口/夜 里  的灯.md"),
        ("夜%20里%20%20的灯", "article 港口/夜 里  的灯.md"),
        ("wiki:图 一.pdf", "file 附件/图 一.pdf"),
        (f"embed:(({BLOCK}))", f"article pages/块.md#^{BLOCK}"),
        (f"(({BLOCK}))", f"article pages/块.md#^{BLOCK}"),
        ("wiki:((00000000-1111-2222-3333-444455556666))", "missing "),
        ("wiki:没有这篇", "missing "),
        ("只此一篇.md", "article 深/处/只此一篇.md"),
        ("图%20一.pdf", "file 附件/图 一.pdf"),
        ("图%20二.pdf", "missing "),
        ("笔记.md", "article 笔记.md"),
    ],
)
def test_links_of_notes(tmp_path: Path, target: str, expected: str) -> None:
    with linked(tmp_path, VAULT) as archive:
        assert archive.follow("港口/渡口.md", target) == expected


@pytest.mark.parametrize(
    "written",
    [
        "http://www.example.org/2021/port.html?utm_source=feed#top",
        "https://m.example.org/2021/port.html/",
        "https://example.org:443/2021/port.html?spm=1.2&from=timeline",
        "//EXAMPLE.org/2021/port.html",
    ],
)
def test_web_address_of_an_article_opens_the_article(tmp_path: Path, written: str) -> None:
    files = {
        "a.md": "---\ntitle: 甲\nurl: https://example.org/2021/port.html\n---\n\n正文",
        "b.html": "<title>乙</title><link rel=canonical href='https://example.org/b'><p>正文",
    }
    with linked(tmp_path, files) as archive:
        article = archive.article("b.html")
        found = archive.links.destination(article, written)
        assert (found.kind, found.path, found.is_archived) == ("article", tmp_path / "a.md", True)
        assert found.url.startswith("http")
        assert archive.follow("b.html", "2021/port.html") == "article a.md"
        assert archive.follow("b.html", "/elsewhere") == "web https://example.org/elsewhere"
        assert archive.follow("a.md", "https://example.org/2021/other.html").startswith("web ")


def test_a_page_and_a_folder_of_one_name_are_told_apart(tmp_path: Path) -> None:
    with linked(
        tmp_path,
        {"_wiki/git.md": "", "_wiki/git/index.md": "", "_wiki/git/a.md": "", "Logic.md": "", "01 Logic.md": ""},
    ) as archive:
        assert archive.follow("_wiki/git/a.md", "/git") == "article _wiki/git.md"
        assert archive.follow("_wiki/git/a.md", "/git/") == "article _wiki/git/index.md"
        assert archive.follow("_wiki/git/a.md", "wiki:/git/index") == "article _wiki/git/index.md"
        assert archive.follow("_wiki/git/a.md", "wiki:Logic") == "article Logic.md"
        assert archive.follow("_wiki/git/a.md", "wiki:01 Logic") == "article 01 Logic.md"


def test_no_symbolic_link_leads_out_of_the_archive(tmp_path: Path) -> None:
    outside = tmp_path / "secret.pdf"
    outside.write_text("x")
    root = tmp_path / "archive"
    root.mkdir()
    (root / "link.pdf").symlink_to(outside)
    with linked(root, {"a.md": ""}) as archive:
        assert archive.follow("a.md", "link.pdf") == "missing "


def test_an_article_that_comes_later_is_found(tmp_path: Path) -> None:
    with linked(tmp_path, {"a.md": "[乙](b.md)"}) as archive:
        assert archive.follow("a.md", "b.md") == "missing "
    with linked(tmp_path, {"b.md": ""}) as archive:
        assert archive.follow("a.md", "b.md") == "article b.md"


@pytest.mark.parametrize(
    "written",
    ["[a](<岬　灯台.md>)", "[a](岬%E3%80%80灯台.md)", '<a href="岬　灯台.md">a</a>', "[a][b]\n\n[b]: <岬　灯台.md>"],
)
def test_a_wide_space_in_a_file_name(tmp_path: Path, written: str) -> None:
    with linked(tmp_path, {"from.md": f"見よ {written}\n", "岬　灯台.md": "", "岬 灯台 二.md": ""}) as archive:
        ((_article, links, _pictures),) = [one for one in stored_links(archive.index) if one[1]]
        assert archive.follow("from.md", links[0].target) == "article 岬　灯台.md"


def test_a_vault_may_be_a_folder_of_the_archive(tmp_path: Path) -> None:
    files = {f"content/{name}.md": "" for name in ("harbour/lamps/MOC", "harbour/MOC", "weather/MOC", "weather/fog")}
    files |= {f"{number}/MOC.md": "" for number in range(120)}
    files |= {"one/same/tide.md": "", "two/same/tide.md": ""}
    files |= {"content/weather/chart.pdf": "x"}
    with linked(tmp_path, files) as archive:
        assert archive.follow("content/harbour/MOC.md", "weather/chart.pdf") == "file content/weather/chart.pdf"
        for place in ("harbour/lamps/MOC.md", "weather/MOC.md", "weather/fog.md"):
            assert archive.follow("content/harbour/MOC.md", place) == f"article content/{place}"
        assert archive.follow("content/harbour/MOC.md", "same/tide.md") == "missing "
        assert archive.follow("content/harbour/MOC.md", "./weather/fog.md") == "missing "
        assert archive.follow("content/harbour/MOC.md", "fog.md") == "article content/weather/fog.md"


@pytest.mark.parametrize("target", ["log/storm", "log/storm/", "log/storm/_index.md", "/log/storm", "haven/pier"])
def test_a_section_is_found_by_its_path_without_a_slash(tmp_path: Path, target: str) -> None:
    files = {
        "content/guide/a.md": "",
        "content/log/_index.md": "",
        "content/log/storm/_index.md": "",
        "content/haven/pier/index.md": "",
        "content/haven/storm.md": "",
    }
    expected = "content/haven/pier/index.md" if "pier" in target else "content/log/storm/_index.md"
    with linked(tmp_path, files) as archive:
        assert archive.follow("content/guide/a.md", f"ref:{target}") == f"article {expected}"


@pytest.mark.parametrize("suffix", ["Rmd", "qmd"])
def test_the_page_that_is_made_of_a_file_comes_before_it(tmp_path: Path, suffix: str) -> None:
    files = {
        "content/a.md": "",
        f"content/lamp/oil.{suffix}": "",
        "content/lamp/oil.md": "",
        f"content/wick.{suffix}": "",
    }
    with linked(tmp_path, files) as archive:
        assert archive.follow("content/a.md", "/lamp/oil/") == "article content/lamp/oil.md"
        assert archive.follow("content/a.md", f"lamp/oil.{suffix}") == f"article content/lamp/oil.{suffix}"
        assert archive.follow("content/a.md", "/wick/") == f"article content/wick.{suffix}"


@pytest.mark.parametrize(
    "suffix", ["Rmd", "adoc", "asciidoc", "asc", "htm", "mht", "mhtml", "org", "rst", "text", "gmi"]
)
def test_a_note_is_found_by_its_name_whatever_its_suffix(tmp_path: Path, suffix: str) -> None:
    note = f"log/lamp.{suffix}"
    text = "<p>light</p>" if "ht" in suffix else "light"
    with linked(tmp_path, {"a.md": "", note: text}) as archive:
        assert archive.follow("a.md", "wiki:lamp") == f"article {note}"
        assert archive.follow("a.md", "log/lamp") == f"article {note}"


@pytest.mark.parametrize(
    ("target", "expected"),
    [("../two/", "web https://site.example/two/"), ("../../../etc/passwd", "web https://site.example/etc/passwd")],
)
def test_a_path_out_of_the_archive_leads_where_the_page_was_saved_from(
    tmp_path: Path, target: str, expected: str
) -> None:
    page = "---\nurl: https://site.example/one/\n---\n\n<p>正文</p>"
    with linked(tmp_path, {"a.html": page, "b.html": "<p>正文</p>"}) as archive:
        assert archive.follow("a.html", target) == expected
        assert archive.follow("b.html", target) == "unsafe "
