"""Parsing of the date formats that archives contain."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.archive.dates import parse_date

SHANGHAI = timezone(timedelta(hours=8))


@pytest.fixture
def _in_shanghai(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "Asia/Shanghai")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Wed, 10 Nov 2021 08:37:48 GMT", datetime(2021, 11, 10, 8, 37, 48, tzinfo=UTC)),
        ("10 Nov 2021 08:37 -0000", datetime(2021, 11, 10, 8, 37, tzinfo=UTC)),
        ("Wed, 10 Nov 21 08:37:48 EST", datetime(2021, 11, 10, 13, 37, 48, tzinfo=UTC)),
        ("Wednesday, 10-Nov-93 08:37:48 GMT", datetime(1993, 11, 10, 8, 37, 48, tzinfo=UTC)),
        ("2021-03-22 Mon", datetime(2021, 3, 22)),  # noqa: DTZ001 - no zone is stated
        ("2021-03-22T04:44:34Z", datetime(2021, 3, 22, 4, 44, 34, tzinfo=UTC)),
        ("2021-03-22T04:44:34.123456789+08:00", datetime(2021, 3, 22, 4, 44, 34, 123456, tzinfo=SHANGHAI)),
        ("2021-03-22 04:44:34 +0800", datetime(2021, 3, 22, 4, 44, 34, tzinfo=SHANGHAI)),
        ("2021-03-22 04:44:34 +0800 CST", datetime(2021, 3, 22, 4, 44, 34, tzinfo=SHANGHAI)),
        ("2021-03-22T04:44-0330", datetime(2021, 3, 22, 8, 14, tzinfo=UTC)),
        ("2021-03-22T04:44+08", datetime(2021, 3, 22, 4, 44, tzinfo=SHANGHAI)),
        ("20210322T044434Z", datetime(2021, 3, 22, 4, 44, 34, tzinfo=UTC)),
        ("2016-12-31T23:59:60Z", datetime(2016, 12, 31, 23, 59, 59, tzinfo=UTC)),
        ("2021-03-22T24:00:00Z", datetime(2021, 3, 23, tzinfo=UTC)),
        ("Mon Mar 22 2021 04:44:34 GMT+0800 (China Standard Time)", datetime(2021, 3, 22, 4, 44, 34, tzinfo=SHANGHAI)),
        ("1616388274", datetime(2021, 3, 22, 4, 44, 34, tzinfo=UTC)),
        ("1616388274123456", datetime(2021, 3, 22, 4, 44, 34, 123456, tzinfo=UTC)),
        ("1616388274123", datetime(2021, 3, 22, 4, 44, 34, 123000, tzinfo=UTC)),
    ],
)
@pytest.mark.usefixtures("_in_shanghai")
def test_a_date_with_a_zone(written: str, expected: datetime) -> None:
    assert parse_date(written) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2021-03-22 04:44:34", (2021, 3, 22, 4, 44, 34)),
        ("  2021-03-22T04:44:34 ", (2021, 3, 22, 4, 44, 34)),
        ("2021-03-22", (2021, 3, 22, 0, 0, 0)),
        ("2021/3/2", (2021, 3, 2, 0, 0, 0)),
        ("2021.3.2 4:05", (2021, 3, 2, 4, 5, 0)),
        ("20210322", (2021, 3, 22, 0, 0, 0)),
        ("2021年3月22日", (2021, 3, 22, 0, 0, 0)),
        ("2021年3月22日 04:44", (2021, 3, 22, 4, 44, 0)),
        ("2021年3月22日 星期一 下午4点05分", (2021, 3, 22, 16, 5, 0)),
        ("２０２１年３月２２日　０４：４４", (2021, 3, 22, 4, 44, 0)),
        ("2021年3月22日（月）4時5分6秒", (2021, 3, 22, 4, 5, 6)),
        ("2021년 3월 22일 오후 4시 5분", (2021, 3, 22, 16, 5, 0)),
        ("2021年3月", (2021, 3, 1, 0, 0, 0)),
        ("2021-03", (2021, 3, 1, 0, 0, 0)),
        ("3/2021", (2021, 3, 1, 0, 0, 0)),
        ("March 22, 2021 4:44 PM", (2021, 3, 22, 16, 44, 0)),
        ("22nd March 2021", (2021, 3, 22, 0, 0, 0)),
        ("Sept. 3, 2021", (2021, 9, 3, 0, 0, 0)),
        ("Mon Mar 22 04:44:34 2021", (2021, 3, 22, 4, 44, 34)),
        ("Mon Mar 22 04:44:34 CST 2021", (2021, 3, 22, 4, 44, 34)),
        ("2021-03-22 12:05 AM", (2021, 3, 22, 0, 5, 0)),
        ("2021. 3. 22.", (2021, 3, 22, 0, 0, 0)),
        ("2021. 3. 22. 오후 4:05", (2021, 3, 22, 16, 5, 0)),
        ("22.03.2021", (2021, 3, 22, 0, 0, 0)),
        ("22. 3. 2021 16:05", (2021, 3, 22, 16, 5, 0)),
        ("令和3年3月22日", (2021, 3, 22, 0, 0, 0)),
        ("平成元年1月8日", (1989, 1, 8, 0, 0, 0)),
        ("昭和64年1月7日", (1989, 1, 7, 0, 0, 0)),
        ("民國一一○年三月二日", (2021, 3, 2, 0, 0, 0)),
        ("二〇二一年三月二十二日", (2021, 3, 22, 0, 0, 0)),
        ("二○二一年十二月三十一日", (2021, 12, 31, 0, 0, 0)),
        ("一九九九年十月十日", (1999, 10, 10, 0, 0, 0)),
    ],
)
@pytest.mark.usefixtures("_in_shanghai")
def test_a_date_without_a_zone_has_none(written: str, expected: tuple[int, int, int, int, int, int]) -> None:
    assert parse_date(written) == datetime(*expected)  # noqa: DTZ001 - that is what it shows


@pytest.mark.parametrize(
    "written",
    [
        *("", " ", "Invalid Date", "null", "yesterday", "-", "12345", "2021", "1" * 50, "x" * 10_000),
        *("2021-02-30", "2021-13-01", "2021-00-10", "13/2021", "2021-03-22 25:00", "2021-03-22 04:61", "0000-01-01"),
        *("0001-01-01", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00", "2021-03-22T04:44:34+99:99"),
        *(
            "Wed, 99 Nov 2021",
            "10 Foo 2021",
            "32.01.2021",
            "1.2.3.2021",
            "二〇二一年十三月一日",
            "令和年3月",
            "１２３４５６７８９０１２３４５６７８９０",
        ),
    ],
)
def test_non_dates_yield_none(written: str) -> None:
    assert parse_date(written) is None


@settings(deadline=None)
@given(st.text(max_size=120))
def test_no_text_raises(text: str) -> None:
    parse_date(text)


@settings(deadline=None)
@given(st.text("0123456789-/.:TZ+ 年月日时分秒GMTapJanFeb,()", max_size=40))
def test_parsed_dates_can_be_converted_to_any_zone(text: str) -> None:
    found = parse_date(text)
    if found is not None:
        for hours in (-23, 23):
            found.astimezone(timezone(timedelta(hours=hours)))


@settings(deadline=None)
@given(st.datetimes(datetime(1000, 1, 1), datetime(9990, 1, 1), timezones=st.just(SHANGHAI)))  # noqa: DTZ001 - bounds
def test_iso_8601_round_trips(date: datetime) -> None:
    assert parse_date(date.isoformat()) == date
