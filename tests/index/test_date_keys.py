"""Article keys: they are in order of date, and a day in the local time zone is a range of keys."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reader.index.date_keys import LAST, QUARTER, day_of, first_key_of, is_dated, key_of, reading_order

ZONES = [
    "UTC",
    "Asia/Shanghai",
    "America/New_York",
    "Asia/Kathmandu",
    "Pacific/Auckland",
    "Pacific/Honolulu",
    "Australia/Adelaide",
]


@contextmanager
def living_in(name: str) -> Iterator[ZoneInfo]:
    if not hasattr(time, "tzset"):
        pytest.skip("this system has no tzset")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TZ", name)
        time.tzset()
        yield ZoneInfo(name)
    time.tzset()


@pytest.fixture(params=ZONES)
def zone(request: pytest.FixtureRequest) -> Iterator[ZoneInfo]:
    with living_in(request.param) as found:
        yield found


OFFSETS = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
MOMENTS = st.datetimes(timezones=st.just(UTC))
AUTHORS_TIMES = st.datetimes(timezones=st.none() | OFFSETS.filter(lambda zone: zone.utcoffset(None)))
# Years for which every system knows the rules of every time zone.
TOLD = st.datetimes(datetime(1987, 1, 1), datetime(2037, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - Hypothesis wants them so
same_zone = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


def test_undated_keys_are_below_all_others() -> None:
    assert key_of(None) == 0
    assert not is_dated(0)
    first = key_of(datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=14))))
    assert is_dated(first)
    # There are keys for a billion undated articles below.
    assert first > 10**9
    assert key_of(datetime.max.replace(tzinfo=UTC)) + QUARTER < LAST


@given(MOMENTS, MOMENTS)
def test_keys_are_in_order_of_date(one: datetime, other: datetime) -> None:
    if one.replace(microsecond=0) < other.replace(microsecond=0):
        assert key_of(one) < key_of(other)
    assert is_dated(key_of(one))


@given(AUTHORS_TIMES, AUTHORS_TIMES)
def test_keys_of_authors_times_are_in_order_of_their_clocks(one: datetime, other: datetime) -> None:
    """Their order within a day is exact to half a minute."""
    one_shown, other_shown = one.replace(tzinfo=None), other.replace(tzinfo=None)
    if one_shown <= other_shown:
        assert key_of(one) <= key_of(other)
    if one_shown.date() < other_shown.date():
        assert key_of(one) < key_of(other)
    assert is_dated(key_of(one))


@given(MOMENTS)
def test_key_grows_by_one_per_second(moment: datetime) -> None:
    if moment.year < 9999:
        assert key_of(moment + timedelta(seconds=1)) == key_of(moment) + 1


@same_zone
@given(TOLD)
def test_day_of_a_key_is_in_the_local_zone(zone: ZoneInfo, moment: datetime) -> None:
    day = moment.astimezone(zone).date()
    key = key_of(moment)
    assert day_of(key) == day
    assert first_key_of(day) <= key < first_key_of(day + timedelta(days=1))


@same_zone
@given(TOLD.map(datetime.date))
def test_a_day_begins_with_its_first_key(zone: ZoneInfo, day: date) -> None:
    first = first_key_of(day)
    assert zone
    assert day_of(first) == day
    assert day_of(first - 1) < day


def test_key_moved_within_a_quarter_hour_stays_on_its_day(zone: ZoneInfo) -> None:
    assert zone
    days = [date(1987, 1, 1) + timedelta(days=97 * number) for number in range(200)]
    assert {first_key_of(day) % QUARTER for day in days} == {0}


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("America/Havana", date(2024, 3, 10)),
        ("America/Santiago", date(2023, 9, 3)),
        ("Africa/Cairo", date(2024, 4, 26)),
    ],
)
def test_day_without_midnight_begins_at_one(name: str, day: date) -> None:
    with living_in(name):
        assert day_of(first_key_of(day)) == day
        assert day_of(first_key_of(day) - 1) == day - timedelta(days=1)


@pytest.mark.parametrize("day", [date.min, date.max])
def test_first_and_last_representable_day_have_keys(zone: ZoneInfo, day: date) -> None:
    assert zone
    assert is_dated(first_key_of(day))
    assert abs(day_of(first_key_of(day)) - day) <= timedelta(days=1)


def test_names_are_in_dictionary_order() -> None:
    names = ["中文", "apple", "北京", "Banana", "安徽", "2021", "上海", "", "重庆", "广州"]
    assert sorted(names, key=reading_order) == [
        "",
        "2021",
        "apple",
        "Banana",
        "安徽",
        "北京",
        "广州",
        "上海",
        "中文",
        "重庆",
    ]


@given(st.text())
def test_any_name_has_a_sort_key(name: str) -> None:
    assert reading_order(name) == reading_order(name.casefold())


@same_zone
@given(TOLD, st.none() | OFFSETS.filter(lambda zone: zone.utcoffset(None)))
def test_day_of_the_author_is_the_same_everywhere(zone: ZoneInfo, moment: datetime, offset: timezone | None) -> None:
    assert zone
    key = key_of(moment.replace(tzinfo=offset))
    day = moment.date()
    assert day_of(key) == day
    assert first_key_of(day) <= key < first_key_of(day + timedelta(days=1))


@pytest.mark.parametrize("name", ["Pacific/Chatham", "Pacific/Kiritimati", "Pacific/Pago_Pago"])
def test_naive_date_is_the_same_day_in_extreme_zones(name: str) -> None:
    with living_in(name):
        for month in range(1, 13):
            assert day_of(key_of(datetime(2021, month, 4, 23, 59))) == date(2021, month, 4)  # noqa: DTZ001 - it has no zone


def test_numbers_are_sorted_numerically() -> None:
    names = ["第2章", "第十章", "第11章", "第二十一章", "第一百零三章", "第一千章"]
    assert sorted(sorted(names), key=reading_order) == names
    assert sorted(["一、起", "十二、终", "三、承"], key=reading_order) == ["一、起", "三、承", "十二、终"]
    assert sorted(["a10", "a9", "a010b"], key=reading_order) == ["a9", "a10", "a010b"]
