"""Shelves by date: each reference once, and titles without the part shown by the enclosing shelf."""

import os
import time
from array import array
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader import language
from reader.date_names import day_name, day_title, month_title
from reader.index import references
from reader.index.date_keys import day_of, is_dated, key_of
from reader.index.references import archive_of, ref_of, refs_of
from reader.shelves.shelf import (
    DateUnit,
    Shelf,
    by_date,
    by_month,
    following,
    in_reading_order,
    path_to,
)
from tests.shelves.shelved import all_shelves, article, dates, noon, titles, walked


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    language.use("en")
    yield
    language.use("en")


@contextmanager
def in_zone(name: str) -> Iterator[None]:
    before = os.environ.get("TZ")
    os.environ["TZ"] = name
    time.tzset()
    try:
        yield
    finally:
        os.environ.pop("TZ")
        if before is not None:
            os.environ["TZ"] = before
        time.tzset()


def newest_first(*moments: datetime | None, archive: int = 0) -> "array[int]":
    """References of articles of these dates."""
    keys = [key_of(moment) + number for number, moment in enumerate(moments)]
    return array("q", sorted((ref_of(archive, key) for key in keys), reverse=True))


def root_of(*shelves: Shelf) -> Shelf:
    return Shelf((), "", sum(shelf.count for shelf in shelves), lambda: (), lambda _shelf: (shelves, ()))


DATES = (
    noon(2021, 11, 10),
    noon(2021, 11, 10) + timedelta(hours=1),
    noon(2021, 11, 9),
    noon(2021, 10, 1),
    noon(2021, 12, 1),
    None,
    noon(2020, 1, 1),
)
SOME = newest_first(*DATES)
ANY = article("any")


@given(st.integers(0, 255), st.integers(0, 2**50))
def test_reference_contains_its_archive_and_key(archive: int, key: int) -> None:
    ref = ref_of(archive, key)
    assert (archive_of(ref), references.key_of(ref)) == (archive, key)
    assert list(refs_of(archive, [key, key + 1])) == [ref, ref_of(archive, key + 1)]


@given(st.lists(st.tuples(st.integers(0, 255), st.integers(0, 2**50))))
def test_references_are_in_order_of_keys_across_archives(pairs: list[tuple[int, int]]) -> None:
    ordered = sorted(ref_of(archive, key) for archive, key in pairs)
    keys = [references.key_of(ref) for ref in ordered]
    assert keys == sorted(keys)


def test_dates_nest_as_year_month_day() -> None:
    root = root_of(*by_date(SOME))
    assert titles(root) == ["2021", "2020", "No date"]
    assert [shelf.count for shelf in root.shelves] == [5, 1, 1]
    assert titles(root.shelves[0]) == ["Dec", "Nov", "Oct"]
    assert titles(root.shelves[0].shelves[1]) == ["Wed 10", "Tue 9"]
    assert list(root.shelves[0].shelves[1].shelves[0].own) == list(SOME[1:3])
    assert list(root.shelves[2].own) == [SOME[-1]]
    units = [root.shelves[0].date_unit, root.shelves[0].shelves[0].date_unit, root.shelves[2].date_unit]
    assert units == [DateUnit.YEAR, DateUnit.MONTH, DateUnit.NOTHING]
    assert root.shelves[0].shelves[0].shelves[0].date_unit is DateUnit.DAY


def test_few_months_are_listed_with_their_years() -> None:
    shelves = by_month(SOME, ("金融",))
    assert [shelf.title for shelf in shelves] == ["Dec 2021", "Nov 2021", "Oct 2021", "Jan 2020", "No date"]
    assert {shelf.date_unit for shelf in shelves} == {DateUnit.MONTH, DateUnit.NOTHING}
    assert all(shelf.key[0] == "金融" and not shelf.shelves for shelf in shelves)


def test_many_months_are_grouped_by_year() -> None:
    start = noon(2018, 1, 15)
    shelves = by_month(newest_first(*(start + timedelta(days=30 * number) for number in range(20))), ())
    assert [shelf.title for shelf in shelves] == ["2019", "2018"]
    assert shelves[0].date_unit is DateUnit.YEAR
    assert titles(shelves[1])[0] == "Dec"
    assert shelves[1].shelves[0].date_unit is DateUnit.MONTH


@pytest.mark.parametrize(("months", "years"), [(12, False), (13, True)])
def test_twelve_months_are_one_list_and_thirteen_are_not(months: int, *, years: bool) -> None:
    moments = [noon(2020 + number // 12, number % 12 + 1, 3) for number in range(months)]
    shelves = by_month(newest_first(*moments), ())
    assert (shelves[0].date_unit is DateUnit.YEAR) is years


def test_groups_are_chinese_in_chinese() -> None:
    language.use("zh")
    root = root_of(*by_date(SOME))
    assert titles(root) == ["2021年", "2020年", "无日期"]
    assert titles(root.shelves[0]) == ["12月", "11月", "10月"]
    assert titles(root.shelves[0].shelves[1]) == ["10日 周三", "9日 周二"]
    assert by_month(SOME, ())[0].title == "2021年12月"
    assert (day_name(noon(2021, 11, 14)), month_title(noon(2021, 1, 2))) == ("周日", "2021年1月")
    assert day_title(noon(2021, 11, 11)) == "2021-11-11 周四"


def test_without_articles_there_are_no_shelves() -> None:
    assert by_date(array("q")) == ()
    assert by_month(array("q"), ()) == ()


def test_only_undated_articles_are_on_one_shelf() -> None:
    (shelf,) = by_date(newest_first(None, None))
    assert (shelf.title, shelf.count, shelf.shelves) == ("No date", 2, ())


def test_shelf_is_loaded_and_divided_once_when_opened() -> None:
    asked: list[str] = []

    def load() -> "array[int]":
        asked.append("load")
        return SOME

    def group(shelf: Shelf) -> tuple[tuple[Shelf, ...], "array[int]"]:
        asked.append("group")
        assert shelf.refs is SOME
        return (), SOME

    shelf = Shelf(("x",), "x", len(SOME), load, group)
    assert asked == []
    assert (shelf.shelves, shelf.own, shelf.refs) == ((), SOME, SOME)
    assert asked == ["group", "load"]


def test_read_articles_are_counted_from_known_counts_or_looked_up() -> None:
    by_looking = Shelf(("x",), "x", len(SOME), lambda: SOME)
    assert by_looking.has_unread(set(SOME[1:]))
    assert not by_looking.has_unread({*SOME, 1})
    by_counting = Shelf(("x",), "x", 3, lambda: pytest.fail("was loaded"), read=lambda: 2)
    assert by_counting.has_unread(())
    assert not Shelf(("x",), "x", 3, lambda: pytest.fail("was loaded"), read=lambda: 3).has_unread(())


references_of_dates = st.lists(st.tuples(st.integers(0, 2), dates), max_size=40).map(
    lambda pairs: array(
        "q", sorted({ref_of(archive, key_of(moment) + number) for number, (archive, moment) in enumerate(pairs)})[::-1]
    )
)


@given(references_of_dates)
def test_every_article_is_on_one_shelf_in_order_and_keys_are_unique(refs: "array[int]") -> None:
    for root in (root_of(*by_date(refs)), root_of(*by_month(refs, ("x",)))):
        assert list(walked(root)) == list(refs)
        assert all(shelf.count == len(list(walked(shelf))) for shelf in all_shelves(root))
        keys = [shelf.key for shelf in all_shelves(root)]
        assert len(keys) == len(set(keys))
        assert all(inner.key[: len(shelf.key)] == shelf.key for shelf in all_shelves(root) for inner in shelf.shelves)


@pytest.mark.parametrize("zone", ["Asia/Shanghai", "America/Sao_Paulo", "Pacific/Apia", "Asia/Kathmandu"])
@given(refs=references_of_dates)
@settings(max_examples=40)
def test_day_has_its_articles_in_the_local_zone(zone: str, refs: "array[int]") -> None:
    with in_zone(zone):
        root = root_of(*by_date(refs))
        assert list(walked(root)) == list(refs)
        days = [shelf for shelf in all_shelves(root) if shelf.date_unit is DateUnit.DAY]
        assert all(f"\0{day_of(references.key_of(ref))}" == day.key[-1] for day in days for ref in day.own)


@given(st.lists(st.integers(-7_200, 7_200), max_size=20))
@settings(max_examples=60)
def test_repeated_hour_around_midnight_creates_no_shelf_twice(seconds: list[int]) -> None:
    # In St. John's clocks went back by an hour at one minute past midnight.
    moment = datetime(2008, 11, 2, 2, 31, tzinfo=UTC)
    refs = newest_first(*(moment + timedelta(seconds=one) for one in seconds))
    with in_zone("America/St_Johns"):
        root = root_of(*by_date(refs))
        assert list(walked(root)) == list(refs)
        keys = [shelf.key for shelf in all_shelves(root)]
        assert len(keys) == len(set(keys))


@given(references_of_dates)
def test_the_path_to_an_article_leads_to_the_shelf_that_holds_it(refs: "array[int]") -> None:
    for root in (root_of(*by_date(refs)), root_of(*by_month(refs, ()))):
        for ref in refs:
            path = path_to(root, ANY, ref)
            assert ref in path[-1].own
            assert all(inner in outer.shelves for outer, inner in zip([root, *path[:-1]], path, strict=True))
            assert is_dated(references.key_of(ref)) == (path[-1].date_unit is not DateUnit.NOTHING)


@given(references_of_dates)
def test_following_walks_the_shelves_forwards_and_backwards(refs: "array[int]") -> None:
    root = root_of(*by_date(refs))
    for step in (1, -1):
        ordered = list(refs)[::step]
        assert [following(root, ANY, ref, step) for ref in ordered] == [*ordered[1:], None][: len(ordered)]


def test_articles_after_the_nested_shelves_follow_them() -> None:
    inner = Shelf(("a",), "a", 2, lambda: (1, 2), holds=lambda _article, ref: ref in (1, 2))
    empty = Shelf(("b",), "b", 0, lambda: (), holds=lambda _article, _ref: False)
    outer = Shelf(
        ("c",), "c", 4, lambda: (3, 4), lambda shelf: ((inner, empty), shelf.refs), holds=lambda _a, ref: ref < 5
    )
    root = Shelf((), "", 6, lambda: (5, 6), lambda shelf: ((empty, outer, empty), shelf.refs))
    assert list(walked(root)) == [1, 2, 3, 4, 5, 6]
    assert [following(root, ANY, ref, 1) for ref in range(1, 7)] == [2, 3, 4, 5, 6, None]
    assert [following(root, ANY, ref, -1) for ref in range(1, 7)] == [None, 1, 2, 3, 4, 5]
    assert path_to(root, ANY, 6) == []
    assert path_to(root, ANY, 3) == [outer]


def test_nothing_follows_an_article_that_is_on_no_shelf() -> None:
    root = root_of(*by_date(SOME))
    assert following(root, ANY, SOME[0] + 1, 1) is None
    assert following(root, ANY, SOME[1] - 1, -1) is None


def test_names_are_sorted_by_pinyin_latin_first_nameless_last() -> None:
    names = [(name, 1) for name in ("中国", "", "Zebra", "阿里", "apple", "北京", "上海")]
    assert [name for name, _ in in_reading_order(names)] == ["apple", "Zebra", "阿里", "北京", "上海", "中国", ""]
    assert in_reading_order([("B", 2), ("b", 1)]) == [("B", 2), ("b", 1)]


def test_day_before_the_first_zone_rules_has_a_shelf() -> None:
    refs = newest_first(datetime(1, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, 23, tzinfo=UTC))
    root = root_of(*by_date(refs))
    assert list(walked(root)) == list(refs)
    assert [shelf.key for shelf in root.shelves] == [("\0" + "9999",), (f"\0{datetime(1, 1, 1, tzinfo=UTC):%Y}",)]
