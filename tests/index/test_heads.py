"""The metadata of files, as stored in the index."""

import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader import language
from reader.archive import scripted_site
from reader.archive.article import Article, FileWarning
from reader.archive.scan import read_head
from reader.archive.walk import FoundFile, stat_file
from reader.index import heads
from reader.index.date_keys import is_dated, key_of, reading_order
from reader.index.entries import ArticleHead, RejectedFile, relative
from reader.index.heads import read_heads
from reader.index.index import Index
from reader.index.schema import read_warnings, written_warnings
from tests.articles import write_article
from tests.index.syncing import SyncedArchive

PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0"


def head_of(path: Path, root: Path) -> ArticleHead:
    (head,) = read_heads(os.fspath(root), [stat_file(os.fspath(path))])
    assert isinstance(head, ArticleHead)
    return head


def test_an_article_without_a_title_is_named_when_it_is_shown(tmp_path: Path) -> None:
    one = SyncedArchive(tmp_path)
    (tmp_path / ".md").write_text("", encoding="utf-8")
    one.sync()
    index = Index(one.archive, one.address)
    assert [article.title for article in index.articles(index.shown_keys()).values()] == ["Untitled"]
    language.use("ja")
    try:
        assert [article.title for article in index.articles(index.shown_keys()).values()] == ["無題"]
    finally:
        language.use("en")


def test_the_index_stores_no_title_of_an_article_without_one_however_it_is_called(tmp_path: Path) -> None:
    (tmp_path / ".md").write_text("", encoding="utf-8")
    found = stat_file(os.fspath(tmp_path / ".md"))
    article, fingerprint = read_head(tmp_path / ".md", tmp_path, "")
    assert isinstance(article, Article)
    assert (article.title, article.is_untitled) == ("Untitled", True)
    assert heads.head_of(replace(article, title=f"{article.title}"[:500]), found, fingerprint).title == ""


def test_head_has_the_metadata_of_the_article(tmp_path: Path) -> None:
    header = "title: '港口'\ncategories: [财经, 周报, 深度]\nauthor: 甲\ntags: [a, b]\nlink: https://a.b/c\n"
    file = tmp_path / "x" / "port.md"
    file.parent.mkdir()
    file.write_text(f"\n---\n{header}date: 2021-03-22T04:44:34Z\n---\n\n<div>正文</div>", encoding="utf-8")
    moment = datetime(2021, 3, 22, 4, 44, 34, tzinfo=UTC)
    head = head_of(file, tmp_path)
    assert head == ArticleHead(
        found=stat_file(os.fspath(file)),
        fingerprint=head.fingerprint,
        wanted_key=key_of(moment),
        title="港口",
        title_order=reading_order("港口"),
        date="2021-03-22T04:44:34+00:00",
        author="甲",
        source="周报",
        category="财经\n周报\n深度",
        tags="a\nb",
        url="https://a.b/c",
        addresses="",
        names="",
        format="html",
        warnings=None,
    )
    assert head.fingerprint != 0
    assert -(2**63) <= head.fingerprint < 2**63


def test_head_equals_the_result_of_a_scan(tmp_path: Path) -> None:
    file = write_article(tmp_path / "a.md", "港口", "<p>正文</p>")
    article, fingerprint = read_head(file, tmp_path, "some id")
    assert isinstance(article, Article)
    head = head_of(file, tmp_path)
    assert article.date is not None
    assert (head.fingerprint, head.title, head.date) == (fingerprint, article.title, article.date.isoformat())
    assert (head.category.split("\n"), head.source) == (list(article.categories), article.source)


def test_a_file_without_a_date_has_none(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("第一行\n第二行", encoding="utf-8")
    head = head_of(tmp_path / "a.txt", tmp_path)
    assert (head.date, head.wanted_key, is_dated(head.wanted_key)) == (None, 0, False)
    assert (head.author, head.source, head.category, head.tags, head.url) == ("", "", "", "", "")


def test_a_long_title_is_sorted_by_its_beginning(tmp_path: Path) -> None:
    file = write_article(tmp_path / "a.md", "港" * 100, "")
    head = head_of(file, tmp_path)
    assert len(head.title) == 100
    assert reading_order(head.title).startswith(head.title_order)
    assert len(head.title_order) == 32


def test_warnings_of_a_file_are_stored(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_text("---\ntitle: x\ndate: 2021-02-30\n---\n", encoding="utf-8")
    head = head_of(file, tmp_path)
    article = read_head(file, tmp_path, "")[0]
    assert isinstance(article, Article)
    assert article.warnings
    assert read_warnings(file, head.warnings) == article.warnings


def test_unreadable_file_is_refused_and_the_others_are_read(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(PNG)
    write_article(tmp_path / "b.md", "b", "")
    (tmp_path / "c.md").mkdir()
    files = [stat_file(os.fspath(tmp_path / name)) for name in ("a.md", "b.md", "c.md", "gone.md")]
    heads = read_heads(os.fspath(tmp_path), files)
    assert [type(head) for head in heads] == [RejectedFile, ArticleHead, RejectedFile, RejectedFile]
    assert [head.found for head in heads] == files
    assert files[3] == FoundFile(os.fspath(tmp_path / "gone.md"), -1, 0, 0)
    assert all(head.message for head in heads if isinstance(head, RejectedFile))


def test_fingerprint_depends_on_the_beginning_and_the_size(tmp_path: Path) -> None:
    beginning = "灯塔" * 11_000
    texts = {"one": beginning, "same": beginning, "other": f"海{beginning[1:]}", "longer": f"{beginning}。"}
    for name, text in texts.items():
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    found = {name: head_of(tmp_path / f"{name}.txt", tmp_path).fingerprint for name in texts}
    assert found["one"] == found["same"]
    assert len(set(found.values())) == 3


# Warnings and paths


TEXTS = st.text(st.characters(exclude_categories=["Cs"]))


@given(st.lists(st.tuples(TEXTS, st.one_of(st.none(), st.integers(1, 10**6))), max_size=4))
def test_stored_warnings_round_trip(said: list[tuple[str, int | None]]) -> None:
    warnings = tuple(FileWarning(Path("a.md"), message, line) for message, line in said)
    written = written_warnings(warnings)
    assert (written is None) == (not warnings)
    assert read_warnings(Path("a.md"), written) == warnings
    assert read_warnings(Path("b.md"), written) == tuple(replace(warning, path=Path("b.md")) for warning in warnings)


@pytest.mark.skipif(os.sep != "/", reason="these are paths of POSIX")
@pytest.mark.parametrize(
    ("path", "root", "inner"),
    [
        ("/archive/a.md", "/archive", b"a.md"),
        ("/archive/x/a.md", "/archive", b"x/a.md"),
        ("/archive/a.md", "/archive/", b"a.md"),
        ("/a.md", "/", b"a.md"),
        ("/archive", "/archive", b""),
        ("./a.md", ".", b"a.md"),
        ("x/a.md", "x", b"a.md"),
        ("/elsewhere/a.md", "/archive", b"/elsewhere/a.md"),
        ("/archive/\udcb2.md", "/archive", b"\xb2.md"),
        ("/archive/ /.md", "/archive", b" /.md"),
    ],
)
def test_path_is_stored_relative_to_the_root(path: str, root: str, inner: bytes) -> None:
    assert relative(path, root) == inner


@pytest.mark.skipif(os.sep != "/", reason="these are paths of POSIX")
def test_path_outside_the_root_is_unchanged() -> None:
    assert relative("/archive2/a.md", "/archive") == b"/archive2/a.md"


def test_warning_is_shown_in_the_language_of_the_user_not_of_the_indexer(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("---\ntitle: A\ndate: no day at all\n---\nText.\n", encoding="utf-8")
    try:
        language.use("zh")
        article, _fingerprint = read_head(tmp_path / "a.md", tmp_path, "")
        assert isinstance(article, Article)
        kept = written_warnings(article.warnings)
        (warning,) = read_warnings(tmp_path / "a.md", kept)
        assert str(warning).endswith("无法识别日期“no day at all”")
        language.use("en")
        assert str(warning).endswith("Cannot understand the date “no day at all”")
        language.use("ja")
        assert str(warning).endswith("日付「no day at all」を解釈できません")
    finally:
        language.use("en")


def test_a_configuration_is_listed_once_for_several_articles(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config = tmp_path / ".vitepress" / "config.ts"
    config.parent.mkdir()
    config.write_text("export default { sidebar: [{ text: '灯', link: '/0' }] }", encoding="utf-8")
    files = []
    for number in range(5):
        (tmp_path / f"{number}.md").write_text("海。", encoding="utf-8")
        files.append(stat_file(str(tmp_path / f"{number}.md")))
    listed: list[str] = []
    files_of = scripted_site._files

    def list_files(address: str) -> Iterator[scripted_site.ScriptFile]:
        listed.append(address)
        return files_of(address)

    monkeypatch.setattr(scripted_site, "_files", list_files)
    heads = read_heads(str(tmp_path), files)
    assert [head.title for head in heads if isinstance(head, ArticleHead)] == ["灯", *["海。"] * 4]
    assert len(listed) == len(set(listed))
    config.write_text("export default { sidebar: [{ text: '灯塔', link: '/0' }] }", encoding="utf-8")
    assert [head.title for head in read_heads(str(tmp_path), files[:1]) if isinstance(head, ArticleHead)] == ["灯塔"]
