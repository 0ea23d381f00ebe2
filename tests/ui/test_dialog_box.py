"""A list that is longer than its modal: the hints stay in the box, and every row can be reached."""

from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pytest
from textual.pilot import Pilot

from reader.dictionaries.collection import LookUp
from reader.dictionaries.dictionary_entry import DictionaryEntry
from reader.marks.article_marks import Visit
from reader.ui.screens.dialog import Dialog
from reader.ui.screens.look_up_box import LookUpBox
from reader.ui.screens.recent import RecentScreen
from reader.ui.widgets.rows import RowList
from tests.ui.marking import Make
from tests.ui.test_reading import opened
from tests.ui.waiting import until

MANY = 60
SIZES = ((40, 12), (80, 24), (120, 40))


async def check_end(pilot: Pilot[None], modal: Dialog[Any]) -> None:
    """Check that the last row can be shown above the hints, and these at the bottom of the box."""
    rows, box, keys = modal.query_one(RowList), modal.query_one("#box"), modal.query_one("#box-keys")
    await until(pilot, lambda: rows.count() >= MANY and keys.region.bottom == box.content_region.bottom)
    await pilot.press("end")
    await until(pilot, lambda: rows.scroll_offset.y + rows.size.height == rows.count())
    assert 1 < rows.size.height < MANY
    assert rows.region.bottom <= keys.region.y


@pytest.mark.parametrize("size", SIZES)
async def test_hints_stay_below_a_long_entry_of_a_dictionary(make_app: Make, size: tuple[int, int]) -> None:
    app = make_app()
    async with app.run_test(size=size) as pilot:
        await opened(pilot)
        box = LookUpBox(app.session, "行")
        await app.push_screen(box)
        meanings = tuple(f"第{number}义" for number in range(MANY))
        box.show(LookUp((DictionaryEntry("行", "", meanings, "港务小辞典"),), ()))
        await check_end(pilot, box)


@pytest.mark.parametrize("size", SIZES)
async def test_hints_stay_below_many_articles(make_app: Make, size: tuple[int, int]) -> None:
    app = make_app()
    async with app.run_test(size=size) as pilot:
        await opened(pilot)
        visits = [Visit(f"{number:016}", Path("a.md"), f"第{number}篇", progress=0.5, at=1e9) for number in range(MANY)]
        recent = RecentScreen(app.session, visits, Mock())
        await app.push_screen(recent)
        await check_end(pilot, recent)
