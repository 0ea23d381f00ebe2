"""The catalogue: articles of several archives in any order, and corrupt indexes."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.archive.archive import Archive
from reader.archive.article import Article
from reader.index.date_keys import key_of as first_key
from reader.index.date_keys import reading_order
from reader.index.index import GroupBy, Index
from reader.index.index_file import open_to_write
from reader.index.references import archive_of, key_of, ref_of
from reader.shelves import article_catalogue as catalogues
from reader.shelves.article_catalogue import ArticleCatalogue, summed
from reader.shelves.counts import SortBy, View
from tests.shelves.shelved import ShelvedArchives, article, noon, shelved, some_archives


def titles(catalogue: ArticleCatalogue, sort: SortBy, *last_read: str) -> list[str]:
    return [one.title for one in catalogue.articles(catalogue.refs(sort, last_read))]


def refs_by_id(made: ShelvedArchives) -> dict[str, int]:
    """The reference of each shown article, requested one by one."""
    found = {one.id: made.catalogue.by_id(one.id) for one in made.articles}
    return {name: pair[0] for name, pair in found.items() if pair}


def give_lengths(made: ShelvedArchives, lengths: dict[str, int]) -> None:
    for connection in made.connections:
        connection.executemany("UPDATE article SET length = ? WHERE id = ?", [(n, one) for one, n in lengths.items()])


# Articles


def test_articles_are_returned_in_the_order_of_their_references() -> None:
    with shelved([article("a", ("金融", "深度"), noon(2021, 1, 1), author="甲")], [article("b"), article("c")]) as made:
        refs = refs_by_id(made)
        wanted = made.articles[::-1]
        assert made.catalogue.articles([refs[one.id] for one in wanted]) == wanted
        assert made.catalogue.articles([refs[wanted[0].id], 1 << 40]) == wanted[:1]
        assert [made.catalogue.article(refs[one.id]) for one in wanted] == wanted
        assert made.catalogue.article(1 << 40) is None
        assert made.catalogue.by_id("gone") is None
        assert made.catalogue.archives == ("a", "b")


def test_neighbours_of_an_article_are_fetched_too(monkeypatch: pytest.MonkeyPatch) -> None:
    with shelved([article(str(n), (), noon(2021, 1, 1) + timedelta(days=n)) for n in range(200)]) as made:
        refs = made.catalogue.refs(SortBy.DATE)
        made.catalogue.article(refs[100], refs, 100)
        monkeypatch.setattr(Index, "articles", lambda *_: pytest.fail("was fetched again"))
        assert [made.catalogue.article(ref) for ref in refs[40:160]] == made.articles[::-1][40:160]


def test_cache_is_cleared_after_changes_and_when_full(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with shelved([article("a", (), noon(2021, 1, 2)), article("b", (), noon(2021, 1, 1))]) as made:
        first, second = made.catalogue.refs(SortBy.DATE)
        made.catalogue.article(first)
        made.connections[0].execute("UPDATE article SET title = 'new'")
        stale, fresh = made.catalogue.article(first), made.catalogue.article(second)
        assert stale is not None
        assert fresh is not None
        assert (stale.title, fresh.title) == ("a", "new")
        made.catalogue.forget()
        assert made.catalogue.article(first) == replace(stale, title="new")
        monkeypatch.setattr(catalogues, "_CACHE_SIZE", 0)
        made.connections[0].execute("UPDATE article SET title = 'newer'")
        made.catalogue.article(second)
        made.catalogue.article(1 << 40)
        again = made.catalogue.article(first)
        assert again is not None
        assert again.title == "newer"


def test_newest_article_of_all_archives_is_a_shown_one() -> None:
    old, new, newest = (article(str(year), (), noon(year, 1, 1)) for year in (2019, 2020, 2021))
    with shelved([old, newest], [new], []) as made:
        assert made.catalogue.newest() == made.archives[0][1]
        made.hide(newest)
        assert made.catalogue.newest() == made.archives[1][0]
    with shelved([], []) as made:
        assert made.catalogue.newest() is None


def test_places_and_fingerprints_come_from_all_archives() -> None:
    one, copy, other = article("a"), article("a"), article("b")
    with shelved([other], [one, copy]) as made:
        made.connections[1].execute("UPDATE article SET same_as = ?, fingerprint = 77 WHERE id = ?", (one.id, copy.id))
        assert made.catalogue.places(one) == [made.archives[1][1].path]
        assert made.catalogue.places(other) == []
        assert made.catalogue.fingerprint(copy.id) == 77
        assert made.catalogue.fingerprint("gone") is None


def test_files_that_are_not_articles_are_counted_in_all_archives() -> None:
    with shelved([], []) as made:
        for number in (0, 1, 1):
            made.connections[number].execute(
                "INSERT OR REPLACE INTO refused VALUES (?, 1, 1, 1, '\"x\"')", (f"{number}.md".encode(),)
            )
        assert made.catalogue.refused() == 2


# Sort orders


def _plainly(
    made: ShelvedArchives, sort: SortBy, lengths: dict[str, int], opened: list[str], archive: int = -1
) -> list[Article]:
    """The articles, all or those of an archive, sorted as a plain list, the newest first among equals.

    The undated articles of several archives are sorted by title; those of one archive have references in that order.
    """
    refs = refs_by_id(made)
    articles = made.articles if archive < 0 else made.archives[archive]
    is_merged = archive < 0 and len(made.archives) > 1
    newest = sorted(articles, key=lambda one: refs[one.id], reverse=True)
    if is_merged and sort in {SortBy.DATE, SortBy.LAST_READ}:
        newest.sort(key=lambda one: (one.date is None, reading_order(one.title) if one.date is None else b""))
    keys: dict[SortBy, Callable[[Article], object]] = {
        SortBy.DATE: lambda _one: 0,
        SortBy.TITLE: lambda one: reading_order(one.title),
        SortBy.LENGTH: lambda one: -lengths.get(one.id, 0),
        SortBy.SOURCE: lambda one: one.source,
        SortBy.LAST_READ: lambda one: opened.index(one.id) if one.id in opened else len(opened),
    }
    return sorted(newest, key=keys[sort])  # type: ignore[arg-type] # the keys of one order compare


@given(some_archives, st.sampled_from(SortBy), st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_any_order_equals_a_plain_sort(archives: list[list[Article]], sort: SortBy, random: Random) -> None:
    with shelved(*archives) as made:
        ids = [one.id for one in made.articles]
        lengths = {one: random.randrange(3) for one in random.sample(ids, len(ids) // 2)}
        opened = [*random.sample(ids, len(ids) // 3), "gone"]
        give_lengths(made, lengths)
        expected = _plainly(made, sort, lengths, opened)
        assert made.catalogue.articles(made.catalogue.refs(sort, opened)) == expected
        for number in range(len(archives)):
            alone = _plainly(made, sort, lengths, opened, number)
            assert made.catalogue.articles(made.catalogue.refs(sort, opened, archive=number)) == alone


@given(some_archives, st.sampled_from(GroupBy), st.sampled_from(SortBy))
@settings(max_examples=40, deadline=None)
def test_each_group_has_exactly_the_counted_articles(
    archives: list[list[Article]], group: GroupBy, sort: SortBy
) -> None:
    with shelved(*archives) as made:
        counted = summed(pair for index in made.catalogue.indexes for pair in index.counts(group))
        for name, count in counted.items():
            found = made.catalogue.articles(made.catalogue.refs(sort, (), group, (name,)))
            assert len(found) == count
            assert {_name(one, group) for one in found} == {name}
        assert sum(counted.values()) == len(made.articles)


def _name(one: Article, group: GroupBy) -> str:
    if group is GroupBy.CATEGORY:
        return "\n".join(one.categories)
    return one.source if group is GroupBy.SOURCE else one.author


def test_dates_are_sorted_by_time_across_archives() -> None:
    days = [noon(2021, 1, number) for number in (4, 2, 3, 1)]
    with shelved([article("4", (), days[0]), article("2", (), days[1]), article("0")], [
        article("3", (), days[2]), article("1", (), days[3])
    ]) as made:  # fmt: skip
        assert titles(made.catalogue, SortBy.DATE) == ["4", "3", "2", "1", "0"]
        refs = made.catalogue.refs(SortBy.DATE)
        assert [archive_of(ref) for ref in refs] == [0, 1, 0, 1, 0]
        assert key_of(refs[0]) == first_key(days[0])


def test_hidden_article_is_in_no_order() -> None:
    shown, hidden = article("shown"), article("hidden")
    with shelved([shown, hidden]) as made:
        made.hide(hidden)
        for sort in SortBy:
            assert titles(made.catalogue, sort, hidden.id) == ["shown"]


def test_unknown_group_is_empty() -> None:
    with shelved([article("a", ("x", "y"))]) as made:
        for name in ("x", "", "x\nz"):
            assert not made.catalogue.refs(SortBy.DATE, (), GroupBy.CATEGORY, (name,))
        assert made.catalogue.refs(SortBy.DATE, (), GroupBy.CATEGORY, ("x\ny",))


# Counts


def test_counts_cover_shown_and_read_articles() -> None:
    one, two, hidden = article("a", ("x",)), article("b", ("x", "y")), article("c", ("x",))
    with shelved([one, hidden], [two]) as made:
        made.hide(hidden)
        counts = made.catalogue.count(View.CATEGORY, SortBy.DATE, {one.id, hidden.id, "gone"})
        assert (counts.counts, counts.total) == (({"x": 1}, {"x\ny": 1}), 2)
        assert counts.read_counts == ({"x": 1}, {})
        assert counts.read == {refs_by_id(made)[one.id]}
        assert list(counts.refs) == []


def test_counts_of_a_list_have_its_order_and_those_of_dates_by_date() -> None:
    old, new = article("a", (), noon(2020, 1, 1)), article("b", (), noon(2021, 1, 1))
    with shelved([old, new]) as made:
        by_title = made.catalogue.count(View.ALL, SortBy.TITLE, ())
        assert [one.title for one in made.catalogue.articles(by_title.refs)] == ["a", "b"]
        for view in (View.DATE, View.MONTH):
            counts = made.catalogue.count(view, SortBy.TITLE, ())
            assert [one.title for one in made.catalogue.articles(counts.refs)] == ["b", "a"]
            assert (counts.total, counts.counts) == (2, ())


def test_equal_names_are_counted_together() -> None:
    assert summed([("a", 1), ("b", 2), ("a", 3)]) == {"a": 4, "b": 2}


# Corruption


def damaged(path: Path) -> Index:
    """An index without the table of articles."""
    connection, _ = open_to_write(str(path))
    connection.execute("DROP TABLE article")
    connection.close()
    return Index(Archive(path.parent, "damaged"), str(path))


ASKED: dict[str, tuple[Callable[[ArticleCatalogue], object], object]] = {
    "article": (lambda one: one.article(ref_of(0, 1)), None),
    "articles": (lambda one: one.articles([ref_of(0, 1)]), []),
    "by_id": (lambda one: one.by_id("x"), None),
    "fingerprint": (lambda one: one.fingerprint("x"), None),
    "newest": (ArticleCatalogue.newest, None),
    "places": (lambda one: one.places(article("x")), []),
    "refs": (lambda one: list(one.refs(SortBy.LAST_READ, ["x"])), []),
    "refs of several": (lambda one: list(one.refs(SortBy.TITLE)), []),
    "counts": (lambda one: one.count(View.CATEGORY, SortBy.DATE, ()).total, 0),
    "counts of all": (lambda one: one.count(View.ALL, SortBy.DATE, ()).total, 0),
}


@pytest.mark.parametrize("asked", ASKED)
def test_corrupt_index_is_empty_and_reported(tmp_path: Path, asked: str) -> None:
    told: list[str] = []
    catalogue = ArticleCatalogue([damaged(tmp_path / "a.db")], told.append)
    ask, answer = ASKED[asked]
    assert ask(catalogue) == answer
    assert ask(catalogue) == answer
    assert set(told) == {str(tmp_path / "a.db")}
    catalogue.close()


def test_corrupt_table_of_skipped_files_raises_nothing(tmp_path: Path) -> None:
    told: list[str] = []
    index = damaged(tmp_path / "a.db")
    catalogue = ArticleCatalogue([index], told.append)
    assert catalogue.refused() == 0
    assert told == []
    index.rows("DROP TABLE refused")
    assert catalogue.refused() == 0
    assert told == [str(tmp_path / "a.db")]
    catalogue.close()


def test_other_archives_are_shown_beside_a_corrupt_one(tmp_path: Path) -> None:
    with shelved([article("a", ("x",))]) as made:
        catalogue = ArticleCatalogue([damaged(tmp_path / "a.db"), *made.indexes()])
        assert catalogue.by_id(made.articles[0].id) is not None
        assert len(catalogue.refs(SortBy.DATE)) == 1
        assert catalogue.count(View.CATEGORY, SortBy.DATE, ()).total == 1
        catalogue.close()


def test_missing_index_is_empty_and_not_corrupt(tmp_path: Path) -> None:
    catalogue = ArticleCatalogue(
        [Index(Archive(tmp_path, "a"), str(tmp_path / "a.db"))], lambda _path: pytest.fail("nothing is damaged")
    )
    for ask, answer in ASKED.values():
        assert ask(catalogue) == answer
    assert catalogue.refused() == 0


def test_references_of_several_archives_are_distinct() -> None:
    same = noon(2021, 1, 1)
    with shelved([article("a", (), same)], [article("b", (), same)]) as made:
        refs = made.catalogue.refs(SortBy.DATE)
        assert sorted(refs) == [ref_of(0, first_key(same)), ref_of(1, first_key(same))]
