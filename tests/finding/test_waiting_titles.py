"""Search by titles while the texts are not indexed yet."""

from pathlib import Path

import pytest

from reader.archive.archive import open_archives
from reader.finding.finder import Finder, ResultPage, SearchRequest
from reader.index.index import Index
from reader.indexing.update import UpdateOptions, update
from reader.search.federated import Sort
from tests.articles import write_article


def finder_of(folder: Path) -> Finder:
    """A finder for a folder of which only titles are indexed."""
    (archive,) = open_archives([folder])
    path = str(folder / "index.db")
    update(0, archive, path, UpdateOptions(show_copies=True, texts=False))
    return Finder([Index(archive, path)], lambda _asked: ())


@pytest.mark.parametrize("sort", Sort)
@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("灯塔", 2),
        ("title:灯塔", 2),
        ("灯塔 雾号", 1),
        ("雾号 OR light", 2),
        ("art", 0),
        ("灯塔 date:2021-10-02", 1),
        ("-灯塔", 0),
    ],
)
def test_titles_are_found_before_the_texts_are_indexed(tmp_path: Path, query: str, found: int, sort: Sort) -> None:
    for day, title in enumerate(("灯塔 light", "燈塔與雾号", "party"), 1):
        write_article(tmp_path / f"{day}.md", title, "<p>潮汐</p>", month=10, day=day)
    finder = finder_of(tmp_path)
    pages: list[ResultPage] = []
    assert finder.ask(SearchRequest(f"{query} ", sort), pages.append)
    assert sum(len(page.found) for page in pages) == found
    assert finder.count(query) == (found, 3) == finder.recount(query)
    finder.close()


def test_counting_again_cancels_no_other_request(tmp_path: Path) -> None:
    write_article(tmp_path / "1.md", "海", "<p>潮汐</p>", day=1)
    finder = finder_of(tmp_path)
    again: list[object] = []
    assert finder.ask(SearchRequest("海"), lambda _page: again.append(finder.recount("海")))
    assert set(again) == {None}
    assert finder.recount("海") is not None
    finder.close()
