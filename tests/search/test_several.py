"""Search over several archives, and interrupted searches and replaced indexes."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import get_ident

import apsw
import pytest

from reader.archive.archive import Archive, open_archives
from reader.index.date_keys import LAST
from reader.index.index import Index
from reader.index.index_file import remove
from reader.indexing.update import UpdateOptions, update
from reader.search import index_search
from reader.search.federated import Hit, Search, Sort
from reader.search.query_parser import parse
from reader.search.query_tree import Is, State
from tests.articles import write_article
from tests.index.interrupting import until_interrupted


def made(folder: Path, names: str, *, body: str = "灯塔照海", day: int = 1) -> tuple[Archive, str]:
    """An archive with two articles per day, and its index."""
    for number, name in enumerate(names):
        write_article(folder / f"{name}.md", name, f"<p>{body}</p>", day=day + number // 2)
    return indexed(folder)


def indexed(folder: Path) -> tuple[Archive, str]:
    (archive,) = open_archives([folder])
    path = str(folder.with_suffix(".db"))
    update(0, archive, path, UpdateOptions(show_copies=True))
    return archive, path


@pytest.fixture
def marked() -> dict[State, set[str]]:
    return {}


@pytest.fixture
def search(tmp_path: Path, marked: dict[State, set[str]]) -> Iterator[Search]:
    indexes = [Index(*made(tmp_path / "a", "abcdefg")), Index(*made(tmp_path / "b", "tuvwxyz", day=2))]
    search = Search(indexes, lambda asked: marked.get(asked.state, ()) if isinstance(asked, Is) else ())
    yield search
    search.close()


def titles(search: Search, hits: list[Hit]) -> list[str]:
    return [article.title for _hit, article in search.articles(hits)]


def test_everything_is_all_shown_articles_newest_first(search: Search) -> None:
    hits = search.everything()
    assert hits == search.all(parse("灯塔"))
    assert sorted(titles(search, hits)) == list("abcdefgtuvwxyz")
    dates = [article.date for _hit, article in search.articles(hits)]
    assert dates == sorted(dates, key=str, reverse=True)


def test_count_covers_all_archives_and_articles_not_indexed(search: Search, tmp_path: Path) -> None:
    assert (search.count(parse("灯塔")), search.count(None), search.waiting()) == (14, 0, 0)
    connection = apsw.Connection(str(tmp_path / "b.db"))
    connection.execute("UPDATE article SET length = NULL WHERE title IN ('x', 'y')")
    connection.close()
    assert search.waiting() == 2


def paged(search: Search, query: str, sort: Sort, most: int) -> list[Hit]:
    found: list[Hit] = []
    while page := search.find(parse(query), sort, most=most, after=found):
        found += page
        assert len(found) <= 20, "pages do not end"
    return found


@pytest.mark.parametrize("most", [1, 2, 3, 5, 20])
@pytest.mark.parametrize("query", ["灯塔", "date:2021"])
def test_newest_results_of_several_archives_are_paged_consistently(search: Search, query: str, most: int) -> None:
    found = paged(search, query, Sort.NEWEST, most)
    assert found == search.find(parse(query))
    assert sorted(titles(search, found)) == list("abcdefgtuvwxyz")


@pytest.mark.parametrize("sort", Sort)
def test_results_after_any_known_ones_are_all_others(search: Search, sort: Sort) -> None:
    """Known results need not be the first ones: while articles are indexed, others come before and between them."""
    every = search.find(parse("灯塔"), sort)
    known = every[3:9:2]
    assert search.find(parse("灯塔"), sort, after=known) == [hit for hit in every if hit not in known]
    assert search.find(parse("灯塔"), sort, most=4, after=known) == [hit for hit in every if hit not in known][:4]


def test_without_words_the_best_are_the_newest(search: Search) -> None:
    assert paged(search, "date:2021", Sort.BEST, 3) == search.find(parse("date:2021"), Sort.BEST)


@pytest.mark.parametrize("most", [3, 5])
def test_best_results_of_several_archives_are_paged_consistently(search: Search, most: int) -> None:
    found = paged(search, "灯塔", Sort.BEST, most)
    assert sorted(titles(search, found)) == list("abcdefgtuvwxyz")


@pytest.mark.parametrize("most", [2, 5, 20])
def test_results_that_are_too_many_to_be_ranked_follow_by_date(
    search: Search, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    monkeypatch.setattr(index_search, "MOST_WEIGHED", 3)
    found = paged(search, "灯塔", Sort.BEST, most)
    assert sorted(titles(search, found)) == list("abcdefgtuvwxyz")
    for number in (0, 1):
        own = [hit for hit in found if hit.archive == number]
        assert all(hit.score > 0 for hit in own[:3])
        older = own[3:]
        assert older == sorted(older, key=lambda hit: hit.key, reverse=True)
        assert not any(hit.score for hit in older)


def test_best_results_are_sorted_by_score_across_archives(search: Search, tmp_path: Path) -> None:
    write_article(tmp_path / "b" / "0.md", "灯塔", "<p>灯塔</p>")
    indexed(tmp_path / "b")
    hits = search.find(parse("灯塔"), Sort.BEST)
    assert titles(search, hits)[0] == "灯塔"
    scores = [hit.score for hit in hits]
    assert scores == sorted(scores, reverse=True)


def test_article_deleted_meanwhile_is_omitted(search: Search, tmp_path: Path) -> None:
    hits = search.everything()
    (tmp_path / "a" / "c.md").unlink()
    indexed(tmp_path / "a")
    assert sorted(titles(search, hits)) == list("abdefgtuvwxyz")


def test_text_comes_from_the_archive_of_the_hit(search: Search) -> None:
    for hit, article in search.articles(search.everything()):
        assert search.text(hit) == "灯塔照海", article.title
    assert search.text(Hit(1, LAST)) == ""


# Interrupted


def test_interrupted_search_raises_and_the_next_is_correct(search: Search) -> None:
    expected = search.all(parse("灯塔"))
    connection = search._searches[1].index.connection
    assert connection is not None
    begun = until_interrupted(connection)
    with ThreadPoolExecutor(1) as threads:
        answer = threads.submit(search.all, parse("灯塔"))
        assert begun.wait(60)
        search.interrupt()
        with pytest.raises(apsw.InterruptError):
            answer.result(60)
    assert search.all(parse("灯塔")) == expected


def test_interrupting_an_unused_search_does_nothing(tmp_path: Path) -> None:
    search = Search([Index(*made(tmp_path / "a", "ab"))])
    search.interrupt()
    assert search.count(parse("灯塔")) == 2
    search.close()
    search.interrupt()


def test_marks_are_queried_again_after_changes(search: Search, marked: dict[State, set[str]]) -> None:
    ids = [article.id for _hit, article in search.articles(search.everything())]
    for starred in (set(ids[:3]), set(ids[2:7]), {*ids, "gone"}, set[str]()):
        marked[State.STARRED] = starred
        assert search.count(parse("is:starred")) == len(starred & set(ids))
        assert search.count(parse("is:unread")) == 14
        marked[State.READ] = {ids[0]}
        assert search.count(parse("is:unread")) == 13
        marked.clear()


def test_marks_partly_loaded_before_an_interruption_are_loaded_again(
    search: Search, marked: dict[State, set[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second, *_ = [article for hit, article in search.articles(search.everything()) if hit.archive == 0]
    marked[State.STARRED] = {first.id}
    assert search.count(parse("is:starred")) == 1
    marked[State.STARRED] = {first.id, second.id}
    rows = Index.rows

    def interrupted(index: Index, statement: str, *values: object) -> list[tuple[object, ...]]:
        if statement.startswith("INSERT"):
            raise apsw.InterruptError
        return rows(index, statement, *values)  # type: ignore[arg-type]

    monkeypatch.setattr(Index, "rows", interrupted)
    with pytest.raises(apsw.InterruptError):
        search.count(parse("is:starred"))
    monkeypatch.undo()
    marked[State.STARRED] = {first.id}
    assert search.count(parse("is:starred")) == 1


# Replaced


def test_rebuilt_index_is_searched_from_then_on(search: Search, tmp_path: Path) -> None:
    assert search.count(parse("灯塔")) == 14
    remove(tmp_path / "a.db")
    assert search.count(parse("灯塔")) == 7
    write_article(tmp_path / "a" / "new.md", "new", "<p>灯塔</p>")
    indexed(tmp_path / "a")
    assert search.count(parse("灯塔")) == 15


def test_marks_are_loaded_into_a_rebuilt_index(
    search: Search, marked: dict[State, set[str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A new connection may have the memory address of a closed one, and so the same `id`.
    monkeypatch.setattr("reader.search.index_search.id", lambda _one: get_ident(), raising=False)
    (_hit, article), *_ = search.articles(search.everything())
    marked[State.STARRED] = {article.id}
    assert search.count(parse("is:starred")) == 1
    for name in "ab":
        remove(tmp_path / f"{name}.db")
        indexed(tmp_path / name)
    assert search.count(parse("is:starred")) == 1
