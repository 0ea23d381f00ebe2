"""The day of an article, whatever the zone of the machine."""

import os
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone

import pytest

from reader.archive.wall_clock import wall_clock

SHANGHAI = timezone(timedelta(hours=8))
NOON = datetime(2021, 3, 4, 12, 30)  # noqa: DTZ001 - the zones follow


@pytest.fixture(params=["UTC", "Asia/Shanghai", "America/New_York"])
def _zone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    if not hasattr(time, "tzset"):
        pytest.skip("this system has no tzset")
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.usefixtures("_zone")
@pytest.mark.parametrize("zone", [None, SHANGHAI, timezone(-timedelta(hours=9, minutes=30))])
@pytest.mark.parametrize("hour", [0, 12, 23])
def test_the_authors_clock_is_shown_everywhere(zone: timezone | None, hour: int) -> None:
    assert wall_clock(NOON.replace(hour=hour, tzinfo=zone)) == NOON.replace(hour=hour)


@pytest.mark.usefixtures("_zone")
@pytest.mark.parametrize("zone", [UTC, timezone(timedelta(0))])
def test_gmt_is_converted_to_the_local_zone(zone: timezone) -> None:
    hour = {"UTC": 12, "Asia/Shanghai": 20, "America/New_York": 7}[os.environ["TZ"]]
    assert wall_clock(NOON.replace(tzinfo=zone)) == NOON.replace(hour=hour)
