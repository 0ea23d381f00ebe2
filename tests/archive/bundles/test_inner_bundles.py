"""Feeds, mailboxes and exports in ZIP files, and feeds in UTF-16."""

import json
from pathlib import Path

import pytest

from reader.archive.archive import open_archives
from reader.archive.article import Article, FileWarning
from reader.archive.bundles import zip_bundle
from reader.archive.scan import read_body, scan
from reader.archive.zip_container import ZipContainer
from tests.archive.bundles.making import RSS, rss_item, write_zip

FEED = RSS % (rss_item(1) + rss_item(2))
MAIL = (
    "From a@b Mon Jan  1 00:00:00 2024\nFrom: a <a@b.c>\nSubject: 信\nDate: Mon, 1 Jan 2024 00:00:00 +0000\n"
    "Message-ID: <1@b>\n\n你好。\n\n"
)


def found(path: Path) -> tuple[dict[str, Article], list[FileWarning]]:
    """The articles in a file by their paths in it, and the warnings."""
    ones = list(scan(open_archives([path])))
    articles = {one.path.relative_to(path).as_posix(): one for one in ones if isinstance(one, Article)}
    return articles, [one for one in ones if isinstance(one, FileWarning)]


def test_articles_of_a_feed_and_a_mailbox_in_a_zip_file(tmp_path: Path) -> None:
    members = {"a.md": "# 甲\n\n文", "feeds/b.xml": FEED, "c.mbox": MAIL, "d.xml": "<note/>", "e.json": "[1]"}
    path = write_zip(tmp_path / "saved.zip", members)
    articles, warnings = found(path)
    assert not warnings
    assert {one.title for one in articles.values()} == {"甲", "第 1 篇", "第 2 篇", "信"}
    assert [name for name in articles if name.startswith("feeds/b.xml/")]
    for article in articles.values():
        assert read_body(article)[0].text.strip()
    assert "灯塔 2" in read_body(articles["feeds/b.xml/id-2.html"])[0].text


def test_zip_file_in_a_zip_file_is_reported(tmp_path: Path) -> None:
    inner = write_zip(tmp_path / "inner.zip", {"a.xml": FEED}).read_bytes()
    articles, (warning,) = found(write_zip(tmp_path / "saved.zip", {"b.zip": inner, "c.md": "文"}))
    assert list(articles) == ["c.md"]
    assert warning.path.name == "b.zip"


def test_large_feed_in_a_zip_file_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zip_bundle, "_LARGEST_INNER", 100)
    articles, (warning,) = found(write_zip(tmp_path / "saved.zip", {"b.xml": FEED, "c.md": "文"}))
    assert list(articles) == ["c.md"]
    assert warning.path.name == "b.xml"


@pytest.mark.parametrize(
    ("codec", "declared"),
    [("utf-16", "UTF-16"), ("utf-16-le", "utf-16"), ("utf-16-be", "UTF-16BE"), ("utf-32", "UTF-32")],
)
def test_feed_in_utf_16(tmp_path: Path, codec: str, declared: str) -> None:
    path = tmp_path / "feed.xml"
    path.write_bytes(f'<?xml version="1.0" encoding="{declared}"?>{FEED}'.encode(codec))
    articles, warnings = found(path)
    assert not warnings
    assert [one.title for one in articles.values()] == ["第 1 篇", "第 2 篇"]
    assert "灯塔 1" in read_body(next(iter(articles.values())))[0].text


def test_export_of_wallabag_1(tmp_path: Path) -> None:
    # Its items have each value twice: by its number and by its name.
    item = {"0": "7", "1": "灯塔", "id": "7", "title": "灯塔", "url": "https://example.org/7", "is_read": "0"}
    item |= {"is_fav": "1", "content": "\n<p>守塔人点亮了灯。</p>", "user_id": "1", "tags": "海,船"}
    path = tmp_path / "wallabag-export.json"
    path.write_text(json.dumps([item, {**item, "id": "8", "title": "海"}]), "utf-8")
    articles, warnings = found(path)
    assert not warnings
    assert [one.title for one in articles.values()] == ["灯塔", "海"]
    first = articles["7.html"]
    assert (first.url, sorted(first.tags)) == ("https://example.org/7", ["海", "船"])
    assert "守塔人点亮了灯。" in read_body(first)[0].text


def test_what_exceeds_a_total_is_told_and_not_examined(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_zip(tmp_path / "saved.zip", {"a.xml": FEED, "b.xml": FEED, "c.md": "文"})
    monkeypatch.setattr(zip_bundle, "_ALL_INNER", len(FEED.encode()) + 10)
    _articles, (warning,) = found(path)
    assert "feeds, mailboxes and exports are larger than 0 MiB together" in warning.message
    data = {f"{number}.json": "[" + "1," * 400 + "1]" for number in range(5)}
    monkeypatch.setattr(zip_bundle, "_ALL_INNER", 10_000)
    monkeypatch.setattr(zip_bundle, "_ALL_EXAMINED", 2_000)
    read: list[str] = []
    whole = ZipContainer.read

    def counted(self: ZipContainer, name: str, most: int) -> bytes:
        read.append(name)
        return whole(self, name, most)

    monkeypatch.setattr(ZipContainer, "read", counted)
    articles, (warning,) = found(write_zip(tmp_path / "data.zip", {**data, "c.md": "文"}))
    assert list(articles) == ["c.md"]
    assert "not examined" in warning.message
    assert len([name for name in read if name.endswith(".json")]) == 2
