"""The library as used by the screen and the commands."""

from pathlib import Path
from threading import Event

import pytest

from reader.archive.article import Article
from reader.document.blocks import Inline, Paragraph
from reader.document.document import Document, Position
from reader.errors import ArchiveError, StoreError
from reader.index.progress import SyncSummary
from reader.indexing.protocol import IndexEvent
from reader.library.library import Library
from reader.marks.article_marks import ArticleMarks
from reader.reading.byline import byline
from reader.reading.opened_article import Reading, open_article
from reader.search.query_tree import State
from reader.shelves.counts import SortBy, View
from tests.articles import write_article
from tests.indexing.event_recorder import EventRecorder, end_processes

BODY = (
    "<div><p>开篇的话，说的是来龙去脉。</p><p><strong>第一节的题目</strong></p>"
    "<p>第一节的正文，写得不短，足够引用四十个字以上，好让书签在文章改动之后还能找回它原来的位置。</p>"
    "<p><strong>第二节的题目</strong></p><p>第二节的正文。</p></div>"
)


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    folder = tmp_path / "archive"
    for number in range(3):
        write_article(folder / f"{number}.md", f"第{number}篇", f"{BODY}<p>这是第{number}篇。</p>", day=number + 1)
    return folder


def opened(library: Library, title: str = "第0篇") -> Reading:
    finished = Event()
    library.indexes.start(lambda event: finished.set() if event.summary else None)
    assert finished.wait(60)
    articles = {article.title: article for article in library.catalogue.articles(library.catalogue.refs(SortBy.DATE))}
    return open_article(articles[title])


def all_of(library: Library) -> list[Article]:
    opened(library)
    return library.catalogue.articles(library.catalogue.refs(SortBy.DATE))


def leaf(document: Document, text: str) -> int:
    return next(number for number in range(len(document.leaves)) if text in document.text(number))


def test_an_article_is_read_with_its_outline_and_length(archive: Path) -> None:
    reading = opened(Library([archive]))
    assert [section.title for section in reading.outline.sections] == ["第一节的题目", "第二节的题目"]
    assert reading.statistics.characters > 60
    assert reading.warnings == ()
    line = byline(reading.article, reading.statistics)
    assert line.startswith("港口周报 · ")
    assert "2021-11-01" in line


def test_missing_article_is_an_error(archive: Path) -> None:
    library = Library([archive])
    article = opened(library).article
    article.path.unlink()
    with pytest.raises(ArchiveError, match=r"0\.md"):
        open_article(article)


def test_missing_archive_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="nowhere"):
        Library([tmp_path / "nowhere"])


def test_articles_are_found_by_id(archive: Path) -> None:
    library = Library([archive])
    reading = opened(library)
    assert library.article(reading.article.id) == reading.article
    assert library.article("nobody") is None
    assert len(library.catalogue.refs(SortBy.DATE)) == 3
    assert library.name == "archive"


def test_a_bookmark_is_named_by_its_section_and_a_snippet(archive: Path) -> None:
    library = Library([archive])
    reading = opened(library)
    body = leaf(reading.document, "第一节的正文")
    assert library.add_bookmark(reading, Position(body)).name.startswith("第一节的题目 · 第一节的正文")
    assert library.add_bookmark(reading, Position(body - 1)).name == "第一节的题目"
    assert library.add_bookmark(reading, Position(0)).name.startswith("开篇的话")
    assert library.add_bookmark(reading, Position(0), "我的").name == "我的"


def test_a_bookmark_is_found_again_in_an_edited_article(archive: Path) -> None:
    library = Library([archive])
    reading = opened(library)
    body = leaf(reading.document, "第一节的正文")
    bookmark = library.add_bookmark(reading, Position(body, 4))
    assert library.find_bookmark(bookmark, reading.document) == Position(body, 4)
    edited = Document((*(Paragraph(Inline(f"新写的第{n}段")) for n in range(5)), *reading.document.blocks))
    assert library.find_bookmark(bookmark, edited) == Position(body + 5, 4)
    gone = Document((Paragraph(Inline("全改了")),))
    assert library.find_bookmark(bookmark, gone) is None


def test_unusable_store_does_not_prevent_reading(archive: Path, tmp_path: Path) -> None:
    (tmp_path / "damaged.db").write_bytes(b"no database" * 1_000)
    library = Library([archive], tmp_path / "damaged.db")
    assert library.store_error is not None
    reading = opened(library)
    library.add_bookmark(reading, Position(0))
    assert len(library.marks.bookmarks.all()) == 1


def moved(article: Article, to: Path) -> IndexEvent:
    """Simulate the event that a file was moved."""
    return IndexEvent(0, summary=SyncSummary(3, moved=((article.id, str(article.path), str(to)),)))


def test_a_mark_follows_a_file_that_was_moved(archive: Path, tmp_path: Path) -> None:
    library = Library([archive], tmp_path / "marks.db")
    reading = opened(library)
    library.marks.articles.star(reading.article, starred=True)
    library.add_bookmark(reading, Position(0))
    there = archive / "x" / "moved.md"
    there.parent.mkdir()
    reading.article.path.rename(there)
    heard = EventRecorder()
    library.indexes.start(heard)
    event = heard.summary()
    assert event.summary is not None
    assert event.summary.moved
    assert library.handle(event)
    assert library.marks.bookmarks.all()[0].path == there
    article = library.article(reading.article.id)
    assert article is not None
    assert article.path == there
    assert library.is_marked(article, State.STARRED)
    library.close()
    # Even if the index, which identified the article, is lost.
    again = Library([archive], tmp_path / "marks.db")
    found = opened(again).article
    assert (found.id, found.path) == (article.id, there)
    assert again.is_marked(found, State.STARRED)
    again.close()


def test_moved_article_without_marks_creates_none(archive: Path) -> None:
    library = Library([archive])
    reading = opened(library)
    assert library.handle(moved(reading.article, archive / "moved.md"))
    assert library.marks.bookmarks.all() == []
    assert library.marks.articles.last_opened() is None
    library.close()


def test_moves_are_recorded_once_the_store_is_writable_again(
    archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_marks: ArticleMarks, _moves: object) -> None:
        raise StoreError("the disk is full")

    library = Library([archive], tmp_path / "marks.db")
    reading = opened(library)
    library.add_bookmark(reading, Position(0))
    monkeypatch.setattr(ArticleMarks, "moved", full)
    with pytest.raises(StoreError, match="full"):
        library.handle(moved(reading.article, archive / "moved.md"))
    monkeypatch.undo()
    assert not library.handle(IndexEvent(0))
    assert library.marks.bookmarks.all()[0].path == archive / "moved.md"
    library.close()


def test_cached_metadata_are_cleared_only_if_articles_changed(archive: Path) -> None:
    library = Library([archive])
    reading = opened(library)
    assert not library.handle(IndexEvent(0, summary=SyncSummary(3)))
    (ref, *_) = library.catalogue.refs(SortBy.DATE)
    before = library.catalogue.article(ref)
    assert library.catalogue.article(ref) is before
    assert library.handle(IndexEvent(0, summary=SyncSummary(3, new=1)))
    assert library.catalogue.article(ref) is not before
    assert library.catalogue.article(ref) == before
    assert reading.article in library.catalogue.articles(library.catalogue.refs(SortBy.DATE))
    library.close()


def test_shelves_and_searches_reflect_marks(archive: Path) -> None:
    library = Library([archive])
    article = opened(library).article
    marks = library.marks
    marks.searches.save("星标", "is:starred")
    marks.searches.save("旧的", "len:no")

    def shelved() -> dict[str, tuple[int, bool]]:
        counts = library.count(library.count_request(View.CATEGORY, SortBy.DATE))
        root = library.shelves(counts, SortBy.DATE)
        return {shelf.title: (shelf.count, shelf.has_unread(counts.read)) for shelf in root.shelves}

    assert shelved() == {"星标": (0, False), "旧的": (0, False), "财经": (3, True)}
    assert library.finder.count("is:starred") == (0, 0)
    marks.articles.star(article, starred=True)
    marks.articles.mark_read(article, read=True)
    assert library.catch_up() == {article.id}
    assert shelved() == {"星标": (1, False), "旧的": (0, False), "财经": (3, True)}
    assert library.finder.count("is:starred") == (1, 0)
    marks.articles.mark_read(article, read=False)
    marks.articles.star(article, starred=False)
    library.catch_up()
    assert library.finder.count("is:starred OR is:read") == (0, 0)
    for search in marks.searches.all():
        marks.searches.delete(search)
    assert [*shelved()] == ["财经"]
    library.close()


def test_bookmark_counts_as_a_mark_until_deleted_and_again_after_undo(archive: Path) -> None:
    library = Library([archive])
    reading = opened(library)
    bookmark = library.add_bookmark(reading, Position(0))
    library.catch_up()
    assert library.is_marked(reading.article, State.BOOKMARKED)
    library.marks.bookmarks.delete(bookmark)
    library.catch_up()
    assert not library.is_marked(reading.article, State.BOOKMARKED)
    library.marks.undo()
    library.catch_up()
    assert library.is_marked(reading.article, State.BOOKMARKED)
    assert library.finder.count("is:bookmarked") == (1, 0)
    library.close()


def test_last_read_articles_are_queried_only_on_demand(archive: Path) -> None:
    library = Library([archive])
    for title in ("第1篇", "第2篇"):
        article = next(one for one in all_of(library) if one.title == title)
        library.marks.articles.save_position(article, Position(0), 0.0)
    assert library.count_request(View.ALL, SortBy.DATE).last_read == ()
    request = library.count_request(View.ALL, SortBy.LAST_READ)
    root = library.shelves(library.count(request), SortBy.LAST_READ)
    assert [one.title for one in library.catalogue.articles(root.own)] == ["第2篇", "第1篇", "第0篇"]
    library.close()


def test_unwritable_cache_does_not_prevent_reading(archive: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    library = Library([archive], None, tmp_path / "file" / "cache")
    heard = EventRecorder()
    library.indexes.start(heard)
    error = heard.wait_for(lambda event: bool(event.error[0]))
    library.handle(error)
    assert library.handle(heard.summary(heard.events.index(error)))
    assert len(library.catalogue.refs(SortBy.DATE)) == 3
    assert library.finder.count("第一节") == (3, 0)
    end_processes(library.indexes)
    library.close()


def test_marks_survive_a_restart(archive: Path, tmp_path: Path) -> None:
    first = Library([archive], tmp_path / "marks.db")
    reading = opened(first)
    first.marks.articles.mark_read(reading.article, read=True)
    first.marks.articles.save_position(reading.article, Position(2, 5), 0.5)
    bookmark = first.add_bookmark(reading, Position(2, 5))
    first.marks.keep_state("theme", "night")
    first.close()
    second = Library([archive], tmp_path / "marks.db")
    assert second.marks.bookmarks.all() == [bookmark]
    assert second.marks.articles.place(reading.article.id) == Position(2, 5)
    assert second.is_marked(reading.article, State.READ)
    assert second.marks.articles.last_opened() == reading.article.id
    assert second.marks.state("theme") == "night"
