"""Quotations with their source."""

import time
from datetime import UTC, datetime

import pytest

from reader.lean_dataclasses import replace
from reader.ui.commands.sharing import quotation
from tests.marks.making import article


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="the system cannot change its time zone")
def test_day_of_a_quotation_is_that_of_the_local_zone(monkeypatch: pytest.MonkeyPatch) -> None:
    late = replace(article(title="灯塔"), date=datetime(2021, 11, 10, 20, tzinfo=UTC))
    for zone, day in (("UTC", "2021-11-10"), ("Asia/Shanghai", "2021-11-11")):
        monkeypatch.setenv("TZ", zone)
        time.tzset()
        assert quotation("亮着", late).endswith(f" · {day}")
    monkeypatch.undo()
    time.tzset()
