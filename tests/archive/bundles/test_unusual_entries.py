"""Entries that are written in unusual ways, and more of them than are read."""

import json
from pathlib import Path

import pytest

from reader.archive.bundles import csv_exports, entry_articles, json_exports
from reader.archive.bundles.exported_items import item_article
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
)


def test_rows_with_unusual_line_breaks_are_whole(tmp_path: Path) -> None:
    path = tmp_path / "i.csv"
    rows = [
        "https://e.org/1,一\u2028a,甲\u2028乙\x85丙\x0c丁,F,1\n",
        "https://e.org/2,二\rb,戊\r己,F,2\n",
        'https://e.org/3,三,"庚\r\n辛\r壬",F,3\r\n',
    ]
    path.write_text("URL,Title,Selection,Folder,Timestamp\n" + "".join(rows), "utf-8", newline="")
    assert told(path) == []
    assert [text_of(one).replace("\x85", "\u2028").replace("\x0c", "\u2028") for one in found(path)] == [
        "甲\u2028乙\u2028丙\u2028丁",
        "戊\n己",
        "庚\n辛\n壬",
    ]


def test_a_row_that_cannot_be_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csv_exports, "LARGEST", 200)
    path = tmp_path / "i.csv"
    texts = ("甲", '"' + "乙\n" * 200 + '"', "丙")
    rows = [f"https://e.org/{number},T,{text},F,1\n" for number, text in enumerate(texts)]
    path.write_text("URL,Title,Selection,Folder,Timestamp\n" + "".join(rows), "utf-8")
    assert [text_of(one) for one in found(path)] == ["甲", "丙"]
    assert told(path) == [": Rows that are too long or not valid: 1"]


def test_markup_of_an_atom_entry_in_a_declared_encoding(tmp_path: Path) -> None:
    path = tmp_path / "a.atom"
    entry = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>1</id><summary type="xhtml"/><title>灯</title>'
        '<content type="xhtml"><div><svg><title>图</title></svg><p>灯塔</p></div></content></entry></feed>'
    )
    path.write_bytes(f'<?xml version="1.0" encoding="gb2312"?>{entry}'.encode("gb18030"))
    (article,) = found(path)
    assert (article.title, text_of(article)) == ("灯", "<div><svg><title>图</title></svg><p>灯塔</p></div>")


@pytest.mark.parametrize(
    "attributes",
    [
        "<note-attributes><author>王五</author></note-attributesv>",
        "<note-attributes><author>王五</author>",
        "<author>王五</author></place>",
        "<author>王五</author><place>a < b</place>",
    ],
    ids=["misspelt", "missing", "superfluous", "other"],
)
def test_a_note_with_an_error_keeps_its_text_and_is_told(tmp_path: Path, attributes: str) -> None:
    broken = (NOTE % ("笔记", "<div>灯塔</div>", "QUJD")).replace("<content>", f"{attributes}<content>")
    path = tmp_path / "notes.enex"
    path.write_text(ENEX % (broken + NOTE % ("二", "乙", "QUJD")), "utf-8")
    first, second = found(path)
    assert (first.title, first.author, text_of(first)) == ("笔记", "王五", "<div><div>灯塔</div></div>")
    (warning,) = first.warnings
    assert "not well-formed" in warning.message
    assert (text_of(second), second.warnings) == ("<div>乙</div>", ())


def test_a_misspelt_end_tag_in_a_feed_keeps_what_follows(tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    path.write_text(RSS % rss_item(1).replace("</title>", "</titel>"), "utf-8")
    (article,) = found(path)
    assert (article.title, text_of(article), len(article.warnings)) == ("第 1 篇", "<p>灯塔 1</p>", 1)


def test_authors_in_rss(tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    authors = ("a@b.example (王五)", "李四", "x@y.example", "(赵六) Inc.")
    fields = "".join(f"<author>{author}</author>" for author in authors)
    path.write_text(RSS % rss_item(1).replace("<pubDate>", fields + "<pubDate>"), "utf-8")
    assert [one.author for one in found(path)] == ["王五, 李四, 赵六"]


@pytest.mark.parametrize("address", ["https://jsonfeed.org/version/1.1", "https:\\/\\/jsonfeed.org\\/version\\/1"])
def test_a_long_json_feed_with_sorted_keys(tmp_path: Path, address: str) -> None:
    path = tmp_path / "f.json"
    # The version follows the items, as every key in order of the alphabet does.
    feed = json.dumps({"items": [{"content_text": "灯塔" * 100_000, "id": "1"}], "title": "J", "version": "x"})
    path.write_text(feed.replace('"x"', f'"{address}"'), "utf-8")
    (article,) = found(path)
    assert (article.categories, len(text_of(article))) == (("J",), 200_000)


def test_items_that_only_mention_a_feed_are_none(tmp_path: Path) -> None:
    text = 'a feed has "version": "https://jsonfeed.org/version/1.1"'
    assert found(write_json(tmp_path / "f.json", {"items": [{"id": 1, "content_text": text, "url": "x"}]})) == []


@pytest.mark.parametrize(
    ("value", "authors"),
    [
        ("Apple, Inc.", ["Apple, Inc."]),
        ("[甲, 乙]", ["甲", "乙"]),
        (["Apple, Inc.", "甲"], ["Apple, Inc.", "甲"]),
        ({"1": {"name": "甲, 乙"}}, ["甲, 乙"]),
    ],
)
def test_a_comma_in_the_name_of_an_author(value: object, authors: list[str]) -> None:
    assert item_article({"author": value}).authors == authors


@pytest.mark.parametrize("value", ["海, 船", "海|船", "海、船", "海；船", '["海", "船"]', ["海", "船"]])
def test_tags_of_an_item(value: object) -> None:
    assert item_article({"tags": value}).tags == ["海", "船"]


@pytest.mark.parametrize("kind", ["xml", "json", "csv", "mbox"])
def test_more_articles_than_are_read_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    monkeypatch.setattr(entry_articles, "MOST_ENTRIES", 3)
    monkeypatch.setattr(json_exports, "MOST_ENTRIES", 3)
    path = tmp_path / f"a.{kind}"

    def write(numbers: range) -> None:
        if kind == "xml":
            write_rss(path, numbers)
        elif kind == "json":
            write_json(path, wallabag(*numbers))
        elif kind == "mbox":
            write_mbox(path, numbers)
        else:
            rows = "".join(f"https://e.org/{number},T,{number},F,1\n" for number in numbers)
            path.write_text("URL,Title,Selection,Folder,Timestamp\n" + rows, "utf-8")

    write(range(1, 4))
    assert (len(found(path)), told(path)) == (3, [])
    path.unlink()
    write(range(1, 7))
    assert (len(found(path)), told(path)) == (3, [": There are too many articles: only the first 3 are read"])
