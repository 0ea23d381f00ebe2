"""Learning from the archive: what stands on most pages of a site is no part of their articles."""

from pathlib import Path

from reader.archive.article import Article
from reader.archive.scan import read_head
from reader.index.index import Index
from reader.lean_dataclasses import replace
from reader.reading.opened_article import open_article
from tests.index.syncing import SyncedArchive, rebuilt

_PROMISE = "关注我们的公众号，每天早上收到港口的新闻，阅读 {number} 次，转载请注明出处。"


def _page(archived: SyncedArchive, number: int, *, host: str = "https://example.org", folder: str = "pages") -> Path:
    words = [chr(0x4E00 + 10 * number + place) for place in range(4)]
    text = "".join(f"<p>海面上的{word}一直很多，船也一直很多，灯塔整夜亮着。</p>" for word in words)
    head = f"<title>第 {number} 篇</title><link rel=canonical href={host}/{number}>"
    body = f"<article><h1>第 {number} 篇</h1>{text}<p>{_PROMISE.format(number=number * 7)}</p></article>"
    page = f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>"
    return archived.write_bytes(f"{folder}/{number}.html", page.encode())


def _articles(archived: SyncedArchive) -> dict[str, Article]:
    index = Index(archived.archive, archived.address)
    try:
        return {one.path.name: one for one in index.articles(index.shown_keys()).values()}
    finally:
        index.close()


def _shown(article: Article) -> str:
    return "\n".join(leaf.text.text for leaf in open_article(article).document.leaves)


def test_what_stands_on_most_pages_is_left_out(archived: SyncedArchive) -> None:
    for number in range(8):
        _page(archived, number)
    archived.sync()
    assert archived.finds('body : "公众"') == set()
    assert len(archived.finds('body : "灯塔"')) == 8
    for article in _articles(archived).values():
        assert "公众号" not in _shown(article)
        assert "灯塔" in _shown(article)


def test_pages_are_indexed_again_when_their_site_is_learned(archived: SyncedArchive) -> None:
    for number in range(4):
        _page(archived, number)
    archived.sync()
    assert len(archived.finds('body : "公众"')) == 4
    for number in range(4, 8):
        _page(archived, number)
    archived.sync()
    assert archived.finds('body : "公众"') == set()
    assert archived.derived() == rebuilt(archived).derived()


def test_each_site_is_learned_on_its_own(archived: SyncedArchive) -> None:
    for number in range(8):
        _page(archived, number, host=f"https://site{number}.example")
    archived.sync()
    assert len(archived.finds('body : "公众"')) == 8


def test_versions_of_one_article_are_not_a_site(archived: SyncedArchive) -> None:
    for number in range(8):
        page = _page(archived, 1)
        page.rename(page.with_name(f"version{number}.html"))
    archived.sync()
    assert len(archived.finds('body : "灯塔"')) == 8


def test_posts_of_feeds_and_markdown_are_never_cut(archived: SyncedArchive) -> None:
    for number in range(8):
        archived.write(f"{number}.md", f"第 {number} 篇", f"<p>灯塔 {number}</p><p>{_PROMISE.format(number=1)}</p>")
        archived.write_bytes(f"f{number}.html", f"<p>船 {number}</p><p>{_PROMISE.format(number=1)}</p>".encode())
    archived.sync()
    assert len(archived.finds('body : "公众"')) == 16


def test_a_page_opened_alone_is_complete(archived: SyncedArchive) -> None:
    for number in range(8):
        path = _page(archived, number)
    archived.sync()
    article, _fingerprint = read_head(path, archived.root, "x")
    assert isinstance(article, Article)
    assert "公众号" in _shown(article)


def test_pages_in_another_folder_omit_nothing(archived: SyncedArchive) -> None:
    for number in range(8):
        _page(archived, number, folder="hostile")
    for number in range(10, 14):
        _page(archived, number, folder="honest")
    archived.sync()
    assert len(archived.finds('body : "公众"')) == 4


def test_what_is_left_out_counts_as_omitted(archived: SyncedArchive) -> None:
    for number in range(8):
        _page(archived, number)
    archived.sync()
    for article in _articles(archived).values():
        page, alone = (open_article(one).document.page for one in (article, replace(article, site_blocks=frozenset())))
        assert page is not None
        assert alone is not None
        assert page.omitted >= alone.omitted + len(_PROMISE) - len("{number}")
        assert "公众号" in "".join(leaf.text.text for leaf in open_article(article, whole_page=True).document.leaves)
