"""The library as the screen and the commands see it."""

from pathlib import Path
from threading import Event

import pytest

from reader.document.blocks import Inline, Paragraph
from reader.document.document import Document, Position
from reader.errors import ArchiveError
from reader.library.byline import byline
from reader.library.library import Library
from reader.library.reading import Reading, open_article
from reader.library.survey import SortBy
from reader.search.nodes import State
from tests.articles import write_article

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
    library.stacks.start(lambda event: finished.set() if event.summary else None)
    assert finished.wait(20)
    articles = {article.title: article for article in library.catalogue.articles(library.catalogue.refs(SortBy.DATE))}
    return open_article(articles[title])


def leaf(document: Document, text: str) -> int:
    return next(number for number in range(len(document.leaves)) if text in document.text(number))


def test_an_article_is_read_with_its_outline_and_length(archive: Path) -> None:
    reading = opened(Library([archive]))
    assert [section.title for section in reading.outline.sections] == ["第一节的题目", "第二节的题目"]
    assert reading.statistics.characters > 60
    assert reading.faults == ()
    line = byline(reading.article, reading.statistics)
    assert line.startswith("港口周报 · ")
    assert "2021-11-01" in line


def test_an_article_that_is_gone_is_an_error(archive: Path) -> None:
    library = Library([archive])
    article = opened(library).article
    article.path.unlink()
    with pytest.raises(ArchiveError, match=r"0\.md"):
        open_article(article)


def test_an_archive_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="nowhere"):
        Library([tmp_path / "nowhere"])


def test_articles_are_known_by_their_ids(archive: Path) -> None:
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
    assert library.find_bookmark(bookmark, gone) == Position(0, 3)


def test_a_store_that_cannot_be_used_does_not_keep_anyone_from_reading(archive: Path, tmp_path: Path) -> None:
    (tmp_path / "damaged.db").write_bytes(b"no database" * 1_000)
    library = Library([archive], tmp_path / "damaged.db")
    assert library.store_error is not None
    reading = opened(library)
    library.add_bookmark(reading, Position(0))
    assert len(library.bookmarks()) == 1


def test_marks_survive_a_restart(archive: Path, tmp_path: Path) -> None:
    first = Library([archive], tmp_path / "marks.db")
    reading = opened(first)
    first.mark_read(reading.article)
    first.keep_place(reading.article, Position(2, 5), 0.5)
    bookmark = first.add_bookmark(reading, Position(2, 5))
    first.keep_state("theme", "night")
    first.close()
    second = Library([archive], tmp_path / "marks.db")
    assert second.bookmarks() == [bookmark]
    assert second.place(reading.article) == Position(2, 5)
    assert second.is_marked(reading.article, State.READ)
    assert second.last_opened() == reading.article.id
    assert second.state("theme") == "night"
