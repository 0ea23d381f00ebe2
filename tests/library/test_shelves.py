"""Shelves: every article once, the newest first, groups that say only what the group above has not said."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader import language
from reader.archive.article import Article
from reader.document.body import BodyFormat
from reader.library.shelves import DateUnit, Shelf, by_category, by_date, newest_first


def article(title: str, categories: tuple[str, ...] = (), date: datetime | None = None) -> Article:
    path = Path("/archive", *categories, f"{title}.md")
    return Article(title, path, Path("/archive"), title, date, "", categories, (), "", BodyFormat.HTML, 1)


def noon(year: int, month: int, day: int) -> datetime:
    return datetime(year, month, day, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    language.use("en")
    yield
    language.use("en")


def titles(shelf: Shelf) -> list[str]:
    return [inner.title for inner in shelf.shelves]


ARTICLES = [
    article("a", ("金融", "财联社", "深度"), noon(2021, 11, 10)),
    article("b", ("金融", "财联社", "深度"), noon(2021, 11, 9)),
    article("c", ("金融", "财联社", "深度"), noon(2021, 10, 1)),
    article("d", ("金融", "财联社"), noon(2021, 12, 1)),
    article("e", ("编程",), None),
    article("f", (), noon(2020, 1, 1)),
]


def test_categories_nest_with_months_inside_and_counts() -> None:
    root = by_category(ARTICLES)
    assert root.count == 6
    assert titles(root) == ["编程", "金融", "No category"]
    finance = root.shelves[1]
    assert (finance.count, titles(finance)) == (4, ["财联社"])
    agency = finance.shelves[0]
    assert titles(agency) == ["深度", "Dec 2021"]
    assert agency.own == ()
    deep = agency.shelves[0]
    assert titles(deep) == ["Nov 2021", "Oct 2021"]
    assert [found.title for found in deep.shelves[0].own] == ["a", "b"]
    assert deep.shelves[0].date_unit is DateUnit.MONTH
    assert titles(root.shelves[0]) == ["No date"]


def test_names_stand_in_the_order_of_pinyin_latin_first() -> None:
    names = ["中国", "Zebra", "阿里", "apple", "北京", "上海"]
    assert titles(by_category([article("x", (name,)) for name in names])) == [
        "apple",
        "Zebra",
        "阿里",
        "北京",
        "上海",
        "中国",
    ]


def test_dates_nest_as_year_month_day() -> None:
    root = by_date(ARTICLES)
    assert titles(root) == ["2021", "2020", "No date"]
    assert titles(root.shelves[0]) == ["Dec", "Nov", "Oct"]
    assert titles(root.shelves[0].shelves[1]) == ["Wed 10", "Tue 9"]
    assert [found.title for found in root.shelves[2].own] == ["e"]


def test_chinese_readers_read_chinese_groups() -> None:
    language.use("zh")
    assert titles(by_date(ARTICLES)) == ["2021年", "2020年", "无日期"]
    assert titles(by_date(ARTICLES).shelves[0].shelves[1]) == ["10日 周三", "9日 周二"]
    assert titles(by_category(ARTICLES).shelves[1].shelves[0].shelves[0]) == ["2021年11月", "2021年10月"]


def test_many_months_get_years_above_them() -> None:
    start = noon(2018, 1, 15)
    many = [article(str(number), ("x",), start + timedelta(days=30 * number)) for number in range(20)]
    shelf = by_category(many).shelves[0]
    assert titles(shelf) == ["2019", "2018"]
    assert shelf.shelves[0].date_unit is DateUnit.YEAR
    assert shelf.shelves[1].shelves[0].title == "Dec"


def test_unread_counts_what_was_not_read() -> None:
    assert by_category(ARTICLES).unread({"a", "b", "nowhere"}) == 4


categories = st.lists(st.sampled_from(["甲", "乙", "-", "2021", ""]), max_size=3).map(tuple)
dates = st.none() | st.datetimes(datetime(1990, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
some = st.lists(st.builds(article, st.text(max_size=3), categories, dates), max_size=30)


def walk(shelf: Shelf) -> list[Article]:
    inner = [found for within in shelf.shelves for found in walk(within)]
    return [*inner, *shelf.own]


@given(some)
def test_every_article_stands_on_exactly_one_shelf_and_keys_are_unique(articles: list[Article]) -> None:
    for root in (by_category(articles), by_date(articles)):
        assert sorted(map(id, walk(root))) == sorted(map(id, articles))
        keys, todo = [], [root]
        while todo:
            shelf = todo.pop()
            keys.append(shelf.key)
            todo.extend(shelf.shelves)
        assert len(keys) == len(set(keys))


@given(some)
def test_the_newest_is_first_and_the_undated_last(articles: list[Article]) -> None:
    ordered = newest_first(articles)
    stamps = [found.date.timestamp() for found in ordered if found.date]
    assert stamps == sorted(stamps, reverse=True)
    assert all(found.date is None for found in ordered[len(stamps) :])
