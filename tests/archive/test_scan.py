"""Scanning archives: each article is found once, and no file stops the scan."""

import os
from collections.abc import Iterable
from datetime import UTC, datetime
from hashlib import blake2b
from pathlib import Path

import pytest

from reader.archive.archive import open_archives
from reader.archive.article import Article, FileWarning
from reader.archive.scan import read_body, read_head, scan
from reader.document.body import BodyFormat
from reader.errors import ArchiveError
from tests.growth import cpu_seconds


def articles(*paths: Path) -> list[Article]:
    return [found for found in scan(open_archives(paths)) if isinstance(found, Article)]


def warnings(*paths: Path) -> list[FileWarning]:
    return [found for found in scan(open_archives(paths)) if isinstance(found, FileWarning)]


def names(found: Iterable[Article]) -> list[str]:
    return [article.path.name for article in found]


def write(path: Path, text: str | bytes = "正文") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


# Archives


def test_a_folder_is_an_archive(tmp_path: Path) -> None:
    (tmp_path / "文库").mkdir()
    (found,) = open_archives([tmp_path / "文库"])
    assert (found.root, found.name, found.files) == (tmp_path / "文库", "文库", None)


def test_a_file_is_an_archive_whatever_its_suffix(tmp_path: Path) -> None:
    file = write(tmp_path / "文库" / "a.unknown")
    (found,) = open_archives([file])
    assert (found.root, found.name, found.files) == (tmp_path / "文库", "a.unknown", (file,))
    (article,) = articles(file)
    assert (article.path, article.root, article.categories) == (file, tmp_path / "文库", ())


def test_a_folder_named_twice_is_opened_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / "link").symlink_to("a")
    monkeypatch.chdir(tmp_path)
    paths = [tmp_path / "a", Path("a"), tmp_path / "a" / "b" / "..", tmp_path / "link"]
    assert len(open_archives(paths)) == 1


def test_current_folder_has_a_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert open_archives([Path()])[0].name == tmp_path.name
    assert open_archives([Path("/")])[0].name == "/"


@pytest.mark.parametrize("name", ["nowhere", "nowhere/at/all", "file.md/below", "x" * 300, "a\0b"])
def test_missing_path_is_an_error_with_a_hint(tmp_path: Path, name: str) -> None:
    write(tmp_path / "file.md")
    with pytest.raises(ArchiveError) as caught:
        open_archives([tmp_path / name])
    assert caught.value.hint
    assert name[:7] in caught.value.message


# Articles and their metadata


def test_suffix_determines_what_is_an_article(tmp_path: Path) -> None:
    for name in ("a.md", "b.MARKDOWN", "c.html", "d.Htm", "e.txt", ".md", " .md", ".hidden.md"):
        write(tmp_path / name)
    for name in ("f.png", "g", "h.md.bak", "md", "._a.md", ".git/x.md", ".git/objects/y.md", "i.json"):
        write(tmp_path / name)
    (tmp_path / "folder.md").mkdir()
    write(tmp_path / "folder.md" / "j.md")
    assert sorted(names(articles(tmp_path))) == sorted(
        ["a.md", "b.MARKDOWN", "c.html", "d.Htm", "e.txt", ".md", " .md", ".hidden.md", "j.md"]
    )
    assert warnings(tmp_path) == []


def test_an_article_has_all_its_metadata(tmp_path: Path) -> None:
    header = "title: '港口'\ncategories: [财经, 周报]\nauthor: 甲\ntags: [a, b]\nlink: https://a.b/c\n"
    header += "date: 2021-03-22T04:44:34Z"
    file = write(tmp_path / "x" / "port.md", f"\ufeff\n---\n{header}\n---\n\n<div>正文</div>")
    (article,) = articles(tmp_path)
    assert article == Article(
        id=blake2b(os.fsencode(file), digest_size=8).hexdigest(),
        path=file,
        root=tmp_path,
        title="港口",
        date=datetime(2021, 3, 22, 4, 44, 34, tzinfo=UTC),
        author="甲",
        categories=("财经", "周报"),
        tags=("a", "b"),
        url="https://a.b/c",
        format=BodyFormat.HTML,
        size=file.stat().st_size,
    )


def test_id_depends_on_the_place_however_it_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = write(tmp_path / "a" / "b.md")
    monkeypatch.chdir(tmp_path / "a")
    ids = {article.id for paths in ([Path()], [file], [Path("../a")], [Path("b.md")]) for article in articles(*paths)}
    assert len(ids) == 1
    assert len(ids.pop()) == 16


def test_folders_are_categories_where_the_header_has_none(tmp_path: Path) -> None:
    write(tmp_path / "财经" / "港口\n周报" / "a.md")
    write(tmp_path / "b.md")
    assert {article.categories for article in articles(tmp_path)} == {("财经", "港口 周报"), ()}


def test_the_order_is_the_same_every_time(tmp_path: Path) -> None:
    for name in ("b/2.md", "a/1.md", "c.md", "a/b/0.md", "b.md"):
        write(tmp_path / name)
    order = [str(article.path.relative_to(tmp_path)) for article in articles(tmp_path)]
    assert order == ["b.md", "c.md", "a/1.md", "a/b/0.md", "b/2.md"]


def test_an_article_in_two_archives_comes_once(tmp_path: Path) -> None:
    file = write(tmp_path / "a" / "b" / "x.md")
    assert len(articles(tmp_path / "a", tmp_path / "a" / "b")) == 1
    assert len(articles(file, tmp_path / "a")) == 1


def test_an_html_page_tells_its_own_title(tmp_path: Path) -> None:
    page = "<html><title>On Bridges</title><meta name=author content=Smith><meta name=date content=2021-03-22><p>x"
    write(tmp_path / "a.html", page)
    (article,) = articles(tmp_path)
    assert (article.title, article.author, article.format) == ("On Bridges", "Smith", BodyFormat.HTML)
    assert article.date is not None
    assert article.date.astimezone().day == 22


@pytest.mark.parametrize("title", ["", "''", "#", "~", "null", "' '", "'#'", "\n  -\n"])
def test_blank_title_is_derived_from_the_body_with_a_warning(tmp_path: Path, title: str) -> None:
    write(tmp_path / "a.md", f"\n---\ntitle: {title}\nauthor: x\n---\n\n# 第一节\n\n正文")
    (article,) = articles(tmp_path)
    assert article.title == "第一节"
    (warning,) = article.warnings
    assert (warning.path, warning.line) == (article.path, 3)


def test_missing_title_causes_no_warning(tmp_path: Path) -> None:
    write(tmp_path / "7.txt", "第一行\n第二行")
    (article,) = articles(tmp_path)
    assert (article.title, article.format, article.warnings) == ("第一行", BodyFormat.TEXT, ())


@pytest.mark.parametrize("date", ["Invalid Date", "2021-02-30", "99999999999999999999"])
def test_unreadable_date_causes_a_warning(tmp_path: Path, date: str) -> None:
    write(tmp_path / "a.md", f"\n---\ntitle: x\ndate: {date}\n---\n")
    (article,) = articles(tmp_path)
    assert article.date is None
    (warning,) = article.warnings
    assert date in warning.message
    assert warning.line == 4


def test_another_date_replaces_an_invalid_one(tmp_path: Path) -> None:
    write(tmp_path / "a.md", "---\ntitle: x\ndate: Invalid Date\nupdated: 2021-03-22T00:00:00Z\n---\n")
    (article,) = articles(tmp_path)
    assert article.date == datetime(2021, 3, 22, tzinfo=UTC)
    assert len(article.warnings) == 1


def test_metadata_are_sanitized(tmp_path: Path) -> None:
    bad = "\\x1b]0;x\\x07\\u202e\\n"
    text = (
        f'---\ntitle: "a{bad}b"\nauthor: "a{bad}b"\ncategories: ["a{bad}b"]\ntags: ["a{bad}b"]\ndate: "a{bad}b"\n---\n'
    )
    write(tmp_path / "a.md", text)
    (article,) = articles(tmp_path)
    for part in (article.title, article.author, *article.categories, *article.tags):
        assert part == "a]0;x b"
    assert all(character.isprintable() for warning in article.warnings for character in warning.message)


HOSTILE = {
    "brackets": b"\n---\ntitle: " + b"[" * 30_000 + b"\n---\n",
    "lists": b"\n---\ntitle: x\ntags:\n " + b"- " * 15_000 + b"\n---\n",
    "newlines": b"\n" * 100_000,
    "tags": b"<html>" + b"<meta " * 20_000,
    "open tags": b"<div>" * 20_000,
    "one line": b"x" * 200_000,
    "rules": b"---\n" * 50_000,
    "pairs": b"a: b\n" * 50_000,
    "carriage returns": b"\r" * 100_000,
    "high bytes": bytes(range(128, 256)) * 1_000,
}


HOSTILE_SECONDS = 3.0
"""The maximum CPU seconds for a file, many times as long as the slowest of these takes."""


@pytest.mark.slow
@pytest.mark.parametrize("data", HOSTILE.values(), ids=HOSTILE.keys())
def test_every_file_is_read_quickly(tmp_path: Path, data: bytes) -> None:
    write(tmp_path / "a.md", data)

    def look() -> None:
        (found,) = scan(open_archives([tmp_path]))
        if isinstance(found, Article):
            assert found.title
            read_body(found)

    assert cpu_seconds(look, tries=1) < HOSTILE_SECONDS


@pytest.mark.parametrize("size", [70_000, 700_000])
def test_page_is_read_to_the_end_of_its_head(tmp_path: Path, size: int) -> None:
    head = "<title>灯塔</title><meta name=author content=林一><meta name=date content=2021-03-04>"
    write(tmp_path / "7.html", f"<!DOCTYPE html><html><style>{'p{} ' * (size // 4)}</style>{head}<body><p>x")
    (article,) = articles(tmp_path)
    assert (article.title, article.author) == ("灯塔", "林一")
    assert article.date is not None


def test_a_header_is_read_to_its_end(tmp_path: Path) -> None:
    write(tmp_path / "7.md", f"---\ncover: data:image/png;base64,{'QUJD' * 50_000}\ntitle: 灯塔\ntags: [海]\n---\n正文")
    (article,) = articles(tmp_path)
    assert (article.title, article.tags, article.warnings) == ("灯塔", ("海",), ())


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("7.md", "![](data:image/png;base64,{})\n\n# 灯塔\n\n正文"),
        ("7.md", "---\ntags: [海]\n---\n<img src='data:image/png;base64,{}'>\n\n灯塔\n\n正文"),
        ("7.html", "<p><img src='data:image/png;base64,{}'></p><h1>灯塔</h1><p>正文"),
    ],
)
def test_the_title_is_found_below_a_picture_of_any_size(tmp_path: Path, name: str, text: str) -> None:
    write(tmp_path / name, text.format("QUJD" * 50_000))
    (article,) = articles(tmp_path)
    assert (article.title, article.warnings) == ("灯塔", ())


def test_file_declared_as_no_article_is_skipped(tmp_path: Path) -> None:
    write(tmp_path / "a.md", "手册\n\nid: 0f3a5c7e9b1d4f60a1b2c3d4e5f60718\ntype_: 2")
    assert list(scan(open_archives([tmp_path]))) == []


def test_article_has_all_its_addresses(tmp_path: Path) -> None:
    write(
        tmp_path / "a.md", "---\ntitle: x\nsource: https://a.example/1\ncanonical_url: https://b.example/1\n---\n正文"
    )
    (article,) = articles(tmp_path)
    assert article.url == "https://a.example/1"
    assert article.addresses == ("https://b.example/1",)


@pytest.mark.parametrize("text", ["## 起因\n\n见[[灯塔]]。", "type:: 笔记\n\n## 起因\n\n文字"])
def test_note_is_named_after_its_file_not_its_section(tmp_path: Path, text: str) -> None:
    write(tmp_path / "港口.md", text)
    write(tmp_path / "7.md", text)
    assert {article.title for article in articles(tmp_path)} == {"港口", "起因"}


def test_metadata_below_a_long_text_are_read(tmp_path: Path) -> None:
    written = '{"@type":"NewsArticle","headline":"The lamp","author":{"@type":"Person","name":"Ana Lima"}}'
    described = f"<script type='application/ld+json'>{written}</script>"
    text = "<p>The keeper lit the lamp.</p>" * 4000
    (tmp_path / "a.html").write_text(f"<!doctype html><head></head><body><h1>The lamp</h1>{text}{described}")
    article, _ = read_head(tmp_path / "a.html", tmp_path, "x")
    assert isinstance(article, Article)
    assert (article.title, article.author) == ("The lamp", "Ana Lima")
