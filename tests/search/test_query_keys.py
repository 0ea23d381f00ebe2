"""The keys of the query language, and the values of dates and lengths."""

from datetime import date, timedelta

import pytest

from reader.search.query_parser import (
    And,
    Content,
    Dated,
    Field,
    Has,
    Is,
    Length,
    Not,
    Or,
    QueryNode,
    State,
    parse,
)
from tests.search.querying import TODAY, B, C, phrase, word


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("title:a", word("a", Field.TITLE)),
        ("TITLE:a", word("a", Field.TITLE)),
        ("标题：美联储", word("美联储", Field.TITLE)),
        ("cat:金融 category:金融 分类:金融", And((word("金融", Field.CATEGORY),) * 3)),
        ("author:a", word("a", Field.AUTHOR)),
        ("作者:a", word("a", Field.AUTHOR)),
        ("source:a 来源:a", And((word("a", Field.SOURCE),) * 2)),
        ("tag:a 标签：a", And((word("a", Field.TAG),) * 2)),
        ("path:C:\\a/b 路径：a", And((word("C:\\a/b", Field.PATH), word("a", Field.PATH)))),
        ('title:"a b"', phrase("a b", Field.TITLE)),
        ("标题：“a b”", phrase("a b", Field.TITLE)),
        ("-cat:a", Not(word("a", Field.CATEGORY))),
        ("title:-a", word("-a", Field.TITLE)),
        ("title:OR", word("OR", Field.TITLE)),
        ("title:a|b", Or((word("a", Field.TITLE), B))),
        ("title:(a OR -b) c", And((Or((word("a", Field.TITLE), Not(word("b", Field.TITLE)))), C))),
        ("title:(a cat:b (c))", And((word("a", Field.TITLE), word("b", Field.CATEGORY), word("c", Field.TITLE)))),
        ("is:unread", Is(State.UNREAD)),
        ("是:未读", Is(State.UNREAD)),
        ("is:Read 是：已读", And((Is(State.READ),) * 2)),
        ("is:starred is:星标", And((Is(State.STARRED),) * 2)),
        ("is:bookmarked is:书签", And((Is(State.BOOKMARKED),) * 2)),
        ("has:image has:images 有：图片", And((Has(Content.IMAGE),) * 3)),
        ("has:code has:代码", And((Has(Content.CODE),) * 2)),
        ("has:table has:Tables has:表格", And((Has(Content.TABLE),) * 3)),
        ("-has:link -has:links -有:链接", And((Not(Has(Content.LINK)),) * 3)),
    ],
)
def test_keys(text: str, expected: QueryNode) -> None:
    assert parse(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        *[
            "12:30",
            "http://x",
            "https://x.com/a?b=c",
            "Re:Zero",
            "C:",
            "C:\\x",
            ":",
            "::",
            "a:b",
            "std::vector",
            "uri:x",
        ],
        *["原标题：加息", "Update:", "data://x", "file:x", "site:x", "问题是：钱", "a-cat:x"],
    ],
)
def test_word_with_a_colon_is_a_word_unless_it_resembles_a_key(text: str) -> None:
    assert parse(text) == word(text)


DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("value", "first", "end"),
    [
        ("2021", date(2021, 1, 1), date(2022, 1, 1)),
        ("2021-11", date(2021, 11, 1), date(2021, 12, 1)),
        ("2021/12", date(2021, 12, 1), date(2022, 1, 1)),
        ("2021.2.3", date(2021, 2, 3), date(2021, 2, 4)),
        ("２０２１－１１－１０", date(2021, 11, 10), date(2021, 11, 11)),
        ("2021年", date(2021, 1, 1), date(2022, 1, 1)),
        ("2021年11月", date(2021, 11, 1), date(2021, 12, 1)),
        ("2021年11月10日", date(2021, 11, 10), date(2021, 11, 11)),
        ("2021-11..2021-12", date(2021, 11, 1), date(2022, 1, 1)),
        ("2021.11..2021.12", date(2021, 11, 1), date(2022, 1, 1)),
        ("2021-11-05..", date(2021, 11, 5), None),
        ("..2021", None, date(2022, 1, 1)),
        ("today", TODAY, TODAY + DAY),
        ("Yesterday", TODAY - DAY, TODAY),
        ("昨天..今天", TODAY - DAY, TODAY + DAY),
        ("昨日..今日", TODAY - DAY, TODAY + DAY),
        ("0d", TODAY, TODAY + DAY),
        ("7日", TODAY - 7 * DAY, TODAY + DAY),
        ("2週間", TODAY - 14 * DAY, TODAY + DAY),
        ("2週", TODAY - 14 * DAY, TODAY + DAY),
        ("1か月", date(2021, 2, 28), TODAY + DAY),
        ("1ヶ月", date(2021, 2, 28), TODAY + DAY),
        ("7d", TODAY - 7 * DAY, TODAY + DAY),
        ("2W", TODAY - 14 * DAY, TODAY + DAY),
        ("1m", date(2021, 2, 28), TODAY + DAY),
        ("3个月", date(2020, 12, 31), TODAY + DAY),
        ("1y", date(2020, 3, 31), TODAY + DAY),
        ("1y..1w", date(2020, 3, 31), TODAY - 6 * DAY),
        ("9999", date(9999, 1, 1), None),
        ("9999-12-31", date(9999, 12, 31), None),
    ],
)
def test_dates(value: str, first: date | None, end: date | None) -> None:
    assert parse(f"date:{value}", TODAY) == Dated(first, end)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("after:2021-11", Dated(date(2021, 11, 1), None)),
        ("since:2021", Dated(date(2021, 1, 1), None)),
        ("之后：7d", Dated(TODAY - 7 * DAY, None)),
        ("before:2021-11", Dated(None, date(2021, 11, 1))),
        ("until:2021-11-10", Dated(None, date(2021, 11, 10))),
        ("之前：1y", Dated(None, date(2020, 3, 31))),
        ("日期:2021-11-10", Dated(date(2021, 11, 10), date(2021, 11, 11))),
    ],
)
def test_days_after_and_before(text: str, expected: QueryNode) -> None:
    assert parse(text, TODAY) == expected


def test_today_is_today_unless_it_is_given() -> None:
    found = parse("date:today")
    assert isinstance(found, Dated)
    assert found.first is not None
    assert abs(found.first - date.today()) <= DAY  # noqa: DTZ011 - midnight may pass in between


@pytest.mark.parametrize(
    ("value", "least", "most"),
    [
        (">2000", 2001, None),
        (">=2000", 2000, None),
        ("≥2000", 2000, None),
        ("＞2,000", 2001, None),
        ("<500", None, 499),
        ("<=500", None, 500),
        ("<1", None, 0),
        ("1000..5000", 1000, 5000),
        ("1,000..", 1000, None),
        ("..1.5万", None, 15_000),
        ("800", 800, 800),
        ("2k", 2000, 2000),
        (">2K", 2001, None),
        ("1.5k..2千字", 1500, 2000),
        (">99999999.9999万", 10**12, None),
        ("1,234,567", 1_234_567, 1_234_567),
    ],
)
def test_lengths(value: str, least: int | None, most: int | None) -> None:
    assert parse(f"len:{value} length:{value} 字数：{value}") == And((Length(least, most),) * 3)
