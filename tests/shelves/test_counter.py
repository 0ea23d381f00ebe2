"""Counting in another thread, including saved searches."""

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.archive.archive import Archive
from reader.archive.article import Article
from reader.finding.marked import MarksSnapshot
from reader.index.index import Index
from reader.index.index_file import open_to_write
from reader.marks.saved_searches import SavedSearch
from reader.search.query_tree import State
from reader.shelves.counter import CountRequest, ShelfCounter
from reader.shelves.counts import SortBy, View
from tests.shelves.shelved import ShelvedArchives, article, noon, shelved, some_archives

STARRED = SavedSearch(1, "starred", "is:starred")
NO_QUERY = SavedSearch(2, "old", "len:no")


def marked(state: State, ids: Iterable[str]) -> MarksSnapshot:
    return MarksSnapshot({state: frozenset(ids)})


def counter_of(made: ShelvedArchives) -> ShelfCounter:
    def damaged(_message: str) -> None:
        pytest.fail("nothing is damaged")

    return ShelfCounter(made.indexes(), damaged)


def test_counts_equal_those_of_the_catalogue() -> None:
    with shelved([article("a", ("x",))], [article("b"), article("c", author="甲")]) as made:
        counter = counter_of(made)
        read = {made.articles[0].id}
        for view in View:
            for sort in SortBy:
                opened = (made.articles[1].id,)
                request = CountRequest(view, sort, marked(State.READ, read), opened)
                assert counter.count(request) == made.catalogue.count(view, sort, read, opened)
        counter.close()


def test_saved_searches_find_currently_marked_articles_newest_first() -> None:
    articles = [article(str(day), (), noon(2021, 1, day)) for day in (1, 3, 2)]
    with shelved(articles[:2], articles[2:]) as made:
        counter = counter_of(made)

        def found(*starred: Article) -> list[str]:
            request = CountRequest(marked=marked(State.STARRED, {one.id for one in starred}), searches=(STARRED,))
            ((search, refs),) = counter.count(request).found
            assert search == STARRED
            return [one.title for one in made.catalogue.articles(refs)]

        assert found() == []
        assert found(*articles) == ["3", "2", "1"]
        assert found(articles[2]) == ["2"]
        assert found() == []
        counter.close()


def test_saved_search_that_is_no_longer_valid_is_empty() -> None:
    with shelved([article("a")]) as made:
        counter = counter_of(made)
        counts = counter.count(CountRequest(searches=(NO_QUERY, STARRED, SavedSearch(3, "all", ""))))
        assert [(search.id, list(refs)) for search, refs in counts.found] == [(2, []), (1, []), (3, [])]
        assert counts.total == 1
        counter.close()


def test_corrupt_index_counts_nothing_and_is_reported(tmp_path: Path) -> None:
    connection, _ = open_to_write(str(tmp_path / "a.db"))
    connection.execute("DROP TABLE article")
    connection.close()
    told: list[str] = []
    counter = ShelfCounter([Index(Archive(tmp_path, "a"), str(tmp_path / "a.db"))], told.append)
    for view in View:
        told.clear()
        counts = counter.count(CountRequest(view, marked=marked(State.STARRED, {"x"}), searches=(STARRED,)))
        assert (counts.view, counts.total, [list(refs) for _search, refs in counts.found]) == (view, 0, [[]])
        assert told
    counter.close()


def test_changes_since_are_counted() -> None:
    with shelved([article("a"), article("b")]) as made:
        counter = counter_of(made)
        assert counter.count(CountRequest()).total == 2
        made.hide(made.articles[0])
        assert counter.count(CountRequest()).total == 1
        counter.close()


@given(some_archives, st.lists(st.tuples(st.sampled_from(View), st.sampled_from(SortBy)), min_size=2, max_size=8))
@settings(max_examples=15, deadline=None)
def test_counts_in_several_threads_never_mix(archives: list[list[Article]], asked: list[tuple[View, SortBy]]) -> None:
    with shelved(*archives) as made:
        counter = counter_of(made)
        ids = [one.id for one in made.articles]
        requests = [
            CountRequest(view, sort, marked(State.STARRED, ids[number:]), ids[:number], (STARRED,))
            for number, (view, sort) in enumerate(asked)
        ]
        alone = [counter.count(request) for request in requests]
        with ThreadPoolExecutor(4) as threads:
            assert [*threads.map(counter.count, requests)] == alone
        assert [len(counts.found[0][1]) for counts in alone] == [len(ids[number:]) for number in range(len(asked))]
        counter.close()
