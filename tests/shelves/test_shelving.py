"""Building shelves from counts: each shown article once, correct counts, and a consistent order."""

from array import array
from collections.abc import Iterator
from datetime import timedelta
from random import Random
from unittest.mock import Mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader import language
from reader.archive.article import Article
from reader.index.references import ref_of
from reader.marks.saved_searches import SavedSearch
from reader.shelves.article_catalogue import ArticleCatalogue
from reader.shelves.counts import ShelfCounts, SortBy, View
from reader.shelves.shelf import Shelf, following, path_to, shelf_refs
from reader.shelves.shelving import Shelving
from tests.growth import assert_linear
from tests.shelves.shelved import ShelvedArchives, all_shelves, article, noon, shelved, some_archives, titles, walked

ARTICLES = [
    article("a", ("金融", "财联社", "深度"), noon(2021, 11, 10), author="甲"),
    article("b", ("金融", "财联社", "深度"), noon(2021, 11, 9), author="甲"),
    article("c", ("金融", "财联社", "深度"), noon(2021, 10, 1), author="乙"),
    article("d", ("金融", "财联社"), noon(2021, 12, 1)),
    article("e", ("编程",), None),
    article("f", (), noon(2020, 1, 1)),
]


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    language.use("en")
    yield
    language.use("en")


def root_of(
    made: ShelvedArchives,
    view: View,
    sort: SortBy = SortBy.DATE,
    *,
    read: tuple[str, ...] = (),
    opened: tuple[str, ...] = (),
    found: tuple[tuple[SavedSearch, tuple[int, ...]], ...] = (),
) -> Shelf:
    counts = made.catalogue.count(view, sort, read, opened)
    filled = ShelfCounts(counts.view, counts.counts, counts.total, counts.refs, counts.read_counts, counts.read, found)
    return Shelving(made.catalogue, filled, sort, lambda: opened).root()


def names(made: ShelvedArchives, shelf: Shelf) -> list[str]:
    return [one.title for one in made.catalogue.articles(shelf.own)]


def known(made: ShelvedArchives, ref: int) -> Article:
    found = made.catalogue.article(ref)
    assert found is not None
    return found


def test_categories_nest_with_months_inside_and_counts() -> None:
    with shelved(ARTICLES) as made:
        root = root_of(made, View.CATEGORY)
        assert root.count == 6
        assert titles(root) == ["编程", "金融", "No category"]
        finance = root.shelves[1]
        assert (finance.count, titles(finance)) == (4, ["财联社"])
        agency = finance.shelves[0]
        assert titles(agency) == ["深度", "Dec 2021"]
        assert list(agency.own) == []
        deep = agency.shelves[0]
        assert deep.key == ("金融", "财联社", "深度")
        assert titles(deep) == ["Nov 2021", "Oct 2021"]
        assert names(made, deep.shelves[0]) == ["a", "b"]
        assert titles(root.shelves[0]) == ["No date"]
        assert titles(root.shelves[2]) == ["Jan 2020"]


@pytest.mark.parametrize("sort", SortBy)
def test_names_that_differ_only_in_case_are_one_shelf(sort: SortBy) -> None:
    written = [
        article("a", ("Tech", "AI"), noon(2021, 1, 3), author="Ann"),
        article("b", ("tech", "ai"), noon(2021, 1, 2), author="ANN"),
        article("c", ("Tech", "AI"), noon(2021, 1, 1), author="Ann"),
        article("d", ("TECH",), noon(2021, 1, 4), author="Bo"),
    ]
    with shelved(written) as made:
        read = tuple(one.id for one in written[1:3])
        root = root_of(made, View.CATEGORY, sort, read=read)
        assert [(one.title, one.count) for one in root.shelves] == [("Tech", 4)]
        tech = root.shelves[0]
        inner = next(one for one in tech.shelves if one.title == "AI")
        assert (inner.count, inner.read and inner.read()) == (3, 2)
        assert {known(made, ref).title for ref in inner.refs} == {"a", "b", "c"}
        assert {known(made, ref).title for ref in tech.refs} == {"d"}
        assert path_to(root, written[1], made.catalogue.by_id(written[1].id)[0])[:2] == [tech, inner]  # type: ignore[index]
        authors = root_of(made, View.AUTHOR, sort, read=read)
        assert [(one.title, one.count) for one in authors.shelves] == [("Ann", 3), ("Bo", 1)]
        assert authors.shelves[0].read is not None
        assert authors.shelves[0].read() == 2
        assert len(authors.shelves[0].refs) == 3


def test_undated_articles_of_several_archives_are_ordered_by_title() -> None:
    first = [article(title) for title in ("b", "d", "f")] + [article("new", (), noon(2021, 1, 1))]
    second = [article(title) for title in ("a", "c", "e")]
    with shelved(first, second) as made:
        for writer in made.connections:
            writer.execute("UPDATE article SET title_order = CAST(title AS BLOB)")
        root = root_of(made, View.DATE)
        assert titles(root) == ["2021", "No date"]
        assert names(made, root.shelves[1]) == ["a", "b", "c", "d", "e", "f"]
        for one in (*first[:3], *second):
            ref, _known = made.catalogue.by_id(one.id)  # type: ignore[misc]
            assert path_to(root, one, ref) == [root.shelves[1]]


def test_without_sorting_by_date_there_are_no_months() -> None:
    with shelved(ARTICLES) as made:
        deep = root_of(made, View.CATEGORY, SortBy.TITLE).shelves[1].shelves[0].shelves[0]
        assert (deep.shelves, names(made, deep)) == ((), ["a", "b", "c"])
        agency = root_of(made, View.CATEGORY, SortBy.TITLE).shelves[1].shelves[0]
        assert (titles(agency), names(made, agency)) == (["深度"], ["d"])


def test_last_read_is_first() -> None:
    with shelved(ARTICLES) as made:
        opened = (ARTICLES[2].id, "gone", ARTICLES[1].id)
        deep = root_of(made, View.CATEGORY, SortBy.LAST_READ, opened=opened).shelves[1].shelves[0].shelves[0]
        assert names(made, deep) == ["c", "b", "a"]


def test_each_of_several_archives_has_a_shelf_with_its_categories() -> None:
    with shelved(ARTICLES, ARTICLES[4:5]) as made:
        root = root_of(made, View.CATEGORY)
        assert (titles(root), [shelf.count for shelf in root.shelves]) == (["a", "b"], [6, 1])
        assert titles(root.shelves[1]) == ["编程"]
        assert root.shelves[0].shelves[0].key != root.shelves[1].shelves[0].key


def test_sources_and_authors_of_all_archives_are_merged() -> None:
    with shelved(ARTICLES[:2], ARTICLES[2:]) as made:
        authors = root_of(made, View.AUTHOR)
        assert titles(authors) == ["甲", "乙", "No author"]
        assert [shelf.count for shelf in authors.shelves] == [2, 1, 3]
        sources = root_of(made, View.SOURCE)
        assert titles(sources) == ["财联社", "No source"]
        assert titles(sources.shelves[0]) == ["Dec 2021", "Nov 2021", "Oct 2021"]


def test_a_list_has_no_shelves() -> None:
    with shelved(ARTICLES) as made:
        root = root_of(made, View.ALL, SortBy.TITLE)
        assert (root.shelves, names(made, root)) == ((), list("abcdef"))


def test_months_and_dates_group_all_articles() -> None:
    with shelved(ARTICLES[:3], ARTICLES[3:]) as made:
        assert titles(root_of(made, View.DATE)) == ["2021", "2020", "No date"]
        months = ["Dec 2021", "Nov 2021", "Oct 2021", "Jan 2020", "No date"]
        assert titles(root_of(made, View.MONTH)) == months


def test_shelf_has_unread_until_all_are_read() -> None:
    with shelved(ARTICLES[:5], ARTICLES[5:]) as made:

        def unread(*read: Article) -> set[str]:
            root = root_of(made, View.CATEGORY, read=tuple(one.id for one in read))
            return {shelf.title for shelf in all_shelves(root) if shelf.key and shelf.has_unread(set())}

        assert {"a", "金融", "财联社", "深度", "编程", "b"} <= unread()
        assert "深度" not in unread(*ARTICLES[:3])
        assert {"a", "金融", "财联社"} <= unread(*ARTICLES[:3])
        assert not {"金融", "财联社", "深度"} & unread(*ARTICLES[:4])
        assert "a" in unread(*ARTICLES[:4])
        assert not {"a", "编程"} & unread(*ARTICLES[:5])
        assert {"b", "No category"} <= unread(*ARTICLES[:5])
        assert not {"b", "No category"} & unread(ARTICLES[5])


def test_read_articles_of_a_category_with_a_similar_prefix_do_not_count() -> None:
    one, other = article("a", ("金融",)), article("b", ("金融史",))
    with shelved([one, other]) as made:
        finance, history = root_of(made, View.CATEGORY, read=(other.id,)).shelves
        assert (finance.title, finance.has_unread(()), history.has_unread(())) == ("金融", True, False)


def test_a_category_counts_what_was_read_in_its_subcategories_in_any_spelling() -> None:
    made_of = [article("a", ("Sea",)), article("b", ("sea", "Lamps")), article("c", ("SEA", "lamps", "Old"))]
    with shelved(made_of) as made:
        for count in range(len(made_of) + 1):
            (sea,) = root_of(made, View.CATEGORY, read=tuple(one.id for one in made_of[:count])).shelves
            assert sea.has_unread(()) is (count < len(made_of))


def test_author_is_unread_until_read_in_all_archives() -> None:
    with shelved(ARTICLES[:1], ARTICLES[1:]) as made:
        one = root_of(made, View.AUTHOR, read=(ARTICLES[0].id,)).shelves[0]
        both = root_of(made, View.AUTHOR, read=(ARTICLES[0].id, ARTICLES[1].id)).shelves[0]
        assert (one.has_unread(()), both.has_unread(())) == (True, False)


def test_saved_searches_are_first_and_contain_no_opened_article() -> None:
    search = SavedSearch(7, "mine", "a")
    with shelved(ARTICLES) as made:
        refs = tuple(made.catalogue.refs(SortBy.DATE)[:2])
        for view in View:
            root = root_of(made, view, found=((search, refs),))
            first = root.shelves[0]
            assert (first.title, first.count, list(first.own)) == ("mine", 2, list(refs))
            assert first.has_unread({refs[0]})
            assert not first.has_unread(set(refs))
            assert all(path_to(root, known(made, ref), ref)[:1] != [first] for ref in refs)


def test_only_saved_searches_precede_the_first_article() -> None:
    search = SavedSearch(7, "mine", "a")
    with shelved(ARTICLES) as made:
        refs = made.catalogue.refs(SortBy.DATE)
        root = root_of(made, View.ALL, found=((search, tuple(refs[2:4])),))
        assert following(root, known(made, refs[0]), refs[0], -1) is None


def test_archives_of_a_failed_count_are_empty_and_read() -> None:
    with shelved(ARTICLES[:2], ARTICLES[2:]) as made:
        root = Shelving(made.catalogue, ShelfCounts(View.CATEGORY), SortBy.DATE, lambda: ()).root()
        assert [(shelf.count, shelf.shelves) for shelf in root.shelves] == [(0, ()), (0, ())]
        assert not any(shelf.has_unread(set()) for shelf in root.shelves)


@pytest.mark.parametrize("view", View)
def test_counts_of_a_corrupt_index_give_shelves_without_articles(view: View) -> None:
    with shelved(ARTICLES) as made:
        root = Shelving(made.catalogue, ShelfCounts(view), SortBy.DATE, lambda: ()).root()
        assert list(walked(root)) == []


def test_article_on_no_shelf_has_no_successor() -> None:
    with shelved(ARTICLES) as made:
        copy = ARTICLES[1]
        ref = next(ref for ref in made.catalogue.refs(SortBy.DATE) if known(made, ref).id == copy.id)
        made.hide(copy)
        root = root_of(made, View.CATEGORY)
        assert following(root, known(made, ref), ref, 1) is None
        assert ref not in list(walked(root))


views, sorts = st.sampled_from(View), st.sampled_from(SortBy)


@given(some_archives, views, sorts, st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_shelves_contain_each_shown_article_once_in_order(
    archives: list[list[Article]],
    view: View,
    sort: SortBy,
    random: Random,
) -> None:
    with shelved(*archives) as made:
        everything = made.articles
        for hidden in random.sample(everything, len(everything) // 5):
            made.hide(hidden)
        opened = tuple(one.id for one in random.sample(everything, len(everything) // 3))
        read = tuple(one.id for one in random.sample(everything, len(everything) // 2))
        shown = set(made.catalogue.refs(SortBy.DATE))
        root = root_of(made, view, sort, opened=opened, read=read)
        order = list(walked(root))

        assert sorted(order) == sorted(shown)
        assert root.count == len(order)
        read_refs = {ref for ref in order if known(made, ref).id in read}
        for shelf in all_shelves(root):
            here = list(walked(shelf))
            assert shelf.count == len(here)
            # The references of the root are never requested: some views do not load them.
            assert not shelf.key or shelf.has_unread(read_refs) is not read_refs.issuperset(here)
        keys = [shelf.key for shelf in all_shelves(root)]
        assert len(keys) == len(set(keys))

        for number, ref in enumerate(order):
            path = path_to(root, known(made, ref), ref)
            assert ref in (path[-1] if path else root).own
            assert following(root, known(made, ref), ref, 1) == (order[number + 1] if number + 1 < len(order) else None)
            assert following(root, known(made, ref), ref, -1) == (order[number - 1] if number else None)


@given(some_archives, views)
@settings(max_examples=25, deadline=None)
def test_keys_of_shelves_are_stable(archives: list[list[Article]], view: View) -> None:
    with shelved(*archives) as made:
        first, second = (root_of(made, view) for _ in range(2))
        assert [shelf.key for shelf in all_shelves(first)] == [shelf.key for shelf in all_shelves(second)]


def test_many_months_of_a_category_are_grouped_by_year() -> None:
    many = [article(str(number), ("x",), noon(2018, 1, 15) + timedelta(days=30 * number)) for number in range(20)]
    with shelved(many) as made:
        root = root_of(made, View.CATEGORY)
        assert titles(root.shelves[0]) == ["2019", "2018"]
        ref = ref_of(0, made.catalogue.indexes[0].newest()[0])
        assert [shelf.title for shelf in path_to(root, known(made, ref), ref)] == ["x", "2019", "Aug"]


def test_reading_all_categories_takes_linear_time() -> None:
    catalogue = Mock(ArticleCatalogue, archives=("a",))
    catalogue.refs.return_value = array("q")

    def read(size: int) -> None:
        counts = ShelfCounts(counts=({f"a{number}\nb": 1 for number in range(size)},), read_counts=({},))
        shelves = Shelving(catalogue, counts, SortBy.TITLE, tuple).root().shelves
        assert sum(len(shelf.shelves) for shelf in shelves if not shelf_refs(shelf)) == size

    assert_linear(read, 150)
