"""Exports of blogs in the import format of Movable Type."""

from pathlib import Path

import pytest

from reader.archive.bundles.bundle import open_bundle
from reader.archive.bundles.entry_paths import may_be_blog_export
from reader.archive.bundles.movable_type import _with_line_breaks
from reader.archive.scan import read_body
from reader.parse.parser import parse
from tests.archive.bundles.making import found, told, write_zip
from tests.growth import assert_linear

POST = """\
AUTHOR: 小林
TITLE: 灯台の夜
BASENAME: 2021/11/10/083748
STATUS: Publish
CONVERT BREAKS: 0
DATE: 11/10/2021 08:37:48
CATEGORY: 海
CATEGORY: 日記
TAGS: "a b",港
-----
BODY:
<p>一行目</p>
-----
<p>二行目</p>
-----
EXTENDED BODY:
<p>つづき</p>
-----
COMMENT:
AUTHOR: 誰か
DATE: 11/11/2021 08:37:48
きれいですね
-----
--------
"""
BROKEN_LINES = """\
AUTHOR: 小林
TITLE: Two
DATE: 01/02/2022 03:04:05 PM
CONVERT BREAKS: 1
-----
BODY:
first line
second line

<ul><li>a</li></ul>

third line
-----
EXCERPT:

-----
--------
"""
MARKDOWN = """\
TITLE: Three
DATE: 01/03/2022 00:00:00
CONVERT BREAKS: markdown
-----
BODY:
# Part

*text*
-----
--------
"""


def write(path: Path, text: str = POST + BROKEN_LINES + MARKDOWN, encoding: str = "utf-8") -> Path:
    path.write_bytes(text.encode(encoding))
    return path


def texts(path: Path) -> list[str]:
    return ["\n".join(leaf.text.text for leaf in parse(read_body(one)[0]).leaves) for one in found(path)]


def test_posts_of_an_export_are_articles(tmp_path: Path) -> None:
    posts = found(write(tmp_path / "harbour.hatenablog.com.export.txt"))
    assert [one.title for one in posts] == ["灯台の夜", "Two", "Three"]
    assert [f"{one.date:%Y-%m-%d %H:%M}" for one in posts if one.date] == [
        "2021-11-10 08:37",
        "2022-01-02 15:04",
        "2022-01-03 00:00",
    ]
    assert posts[0].author == "小林"
    assert set(posts[0].tags) == {"海", "日記", "a b", "港"}
    assert posts[0].categories == ("harbour.hatenablog.com",)
    assert posts[0].url == "https://harbour.hatenablog.com/entry/2021/11/10/083748"


def test_body_is_whole_and_without_comments(tmp_path: Path) -> None:
    one, two, three = texts(write(tmp_path / "export.txt"))
    for line in ("一行目", "-----", "二行目", "つづき"):
        assert line in one
    assert "きれい" not in one
    assert two == "first line\nsecond line\na\nthird line"
    assert "Part\ntext" in three


@pytest.mark.parametrize("encoding", ["euc_jp", "cp932", "utf-8-sig"])
def test_encoding_is_that_of_the_whole_file(tmp_path: Path, encoding: str) -> None:
    short = "TITLE: 港\nDATE: 01/02/2022 03:04:05\n-----\nBODY:\n船\n-----\n--------\n"
    posts = found(write(tmp_path / "blog.txt", POST + "\n" + short, encoding))
    assert [one.title for one in posts] == ["灯台の夜", "港"]


def test_blank_lines_between_fields_and_a_missing_end_of_the_text(tmp_path: Path) -> None:
    post = "AUTHOR: a\nTITLE: One\n\nDATE: 01/02/2022 03:04:05\n-----\nBODY:\n<p>text</p>\n--------\n"
    path = write(tmp_path / "export.txt", post + post.replace("One", "Two"))
    assert [(one.title, one.date is not None) for one in found(path)] == [("One", True), ("Two", True)]
    assert texts(path) == ["text", "text"]


def test_line_ends_of_windows(tmp_path: Path) -> None:
    path = tmp_path / "backup.txt"
    path.write_bytes((POST + BROKEN_LINES).replace("\n", "\r\n").encode())
    assert [one.title for one in found(path)] == ["灯台の夜", "Two"]


def test_posts_without_a_basename_keep_their_ids(tmp_path: Path) -> None:
    bundle = open_bundle(write(tmp_path / "export.txt", BROKEN_LINES + MARKDOWN))
    assert bundle is not None
    other = open_bundle(write(tmp_path / "export2.txt", MARKDOWN + BROKEN_LINES))
    assert other is not None
    assert sorted(bundle.entries) == sorted(other.entries)


@pytest.mark.parametrize("quote", ["", '"'])
def test_a_post_with_an_endless_tag_has_no_tags(tmp_path: Path, quote: str) -> None:
    long = POST.replace('"a b",港', quote + "x" * 200_000).replace("083748", "093748")
    assert [(one.title, "港" in one.tags) for one in found(write(tmp_path / "export.txt", POST + long))] == [
        ("灯台の夜", True),
        ("灯台の夜", False),
    ]
    assert not told(tmp_path)


def test_other_text_with_such_a_name_is_an_article(tmp_path: Path) -> None:
    write(tmp_path / "export-of-tea.txt", "Tea\n\nIt is exported in chests.\n")
    assert open_bundle(tmp_path / "export-of-tea.txt") is None
    assert [one.title for one in found(tmp_path)] == ["export-of-tea"]
    assert not told(tmp_path)


def test_export_in_a_zip_file(tmp_path: Path) -> None:
    path = write_zip(tmp_path / "all.zip", {"blog.export.txt": POST, "notes/export.txt": "Tea\n\nIn chests.\n"})
    assert {one.title for one in found(path)} == {"灯台の夜", "export"}


def test_quoted_tags_may_have_spaces_before_them(tmp_path: Path) -> None:
    (post,) = found(write(tmp_path / "blog.txt", POST.replace('TAGS: "a b",港', 'TAGS: "a b", "c, d", 港')))
    assert set(post.tags) == {"海", "日記", "a b", "c, d", "港"}


def test_names_of_any_length_take_linear_time() -> None:
    """The names in a ZIP file may have 64 KB, and none of these ends in a suffix."""
    assert_linear(lambda size: may_be_blog_export("export" * size), 1_000)
    assert_linear(lambda size: may_be_blog_export("export" * size + ".txt"), 1_000)


def test_preformatted_text_keeps_its_blank_lines(tmp_path: Path) -> None:
    body = "first\nsecond\n<pre>a\n\n\nb</pre>\nthird\n\n<PRE lang=c>\nc\n\nd\n</PRE>"
    path = write(tmp_path / "blog.txt", BROKEN_LINES.replace("first line\nsecond line", body))
    assert texts(path) == ["first\nsecond\na\n\n\nb\nthird\nc\n\nd\na\nthird line"]


def test_unclosed_preformatted_text_takes_linear_time() -> None:
    assert_linear(lambda size: _with_line_breaks("<pre>a\n\n" * size), 2_000)
