"""The review of highlights on the screen: one key a card, undo, the front page."""

import pytest
from textual.widgets import Static

from reader import language
from reader.lean_dataclasses import replace
from reader.marks.reviews import Grade
from reader.settings.options import Settings
from reader.ui.app import ReaderApp
from reader.ui.screens.front_page_screen import FrontPageScreen
from reader.ui.screens.review_screen import ReviewScreen
from reader.ui.widgets.passage import Passage
from reader.ui.widgets.text_rows import TextRows
from tests.marks.making import anchor
from tests.ui.marking import FIRST, SECOND, Make, said
from tests.ui.test_reading import opened
from tests.ui.waiting import until

ON = replace(Settings(), reviews_per_day=10)


def shown(app: ReaderApp) -> str:
    assert isinstance(app.screen, ReviewScreen)
    rows = app.screen.query_one(TextRows)
    return "\n".join("".join(segment.text for segment in rows.row(n, 60, lit=False)) for n in range(rows.count()))


def written(app: ReaderApp, name: str) -> str:
    return str(app.screen.query_one(name, Static).render())


def keys(app: ReaderApp) -> str:
    return app.screen.query_one("#box-keys", Passage).text


def highlight(app: ReaderApp, *texts: str) -> None:
    """Highlight texts of the open article, long ago."""
    reading = app.reading_screen.view.reading
    assert reading is not None
    marks = app.library.marks
    for number, text in enumerate(texts):
        marks.highlights.add(reading.article, anchor(text, number), "", 1, f"note {number}")
    with marks.store.change(None) as connection:
        connection.execute("UPDATE highlight SET created_at = id")


async def test_one_key_a_card_and_undo(make_app: Make) -> None:
    app = make_app(settings=ON)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        highlight(app, FIRST, SECOND)
        await pilot.press("p")
        await until(pilot, lambda: isinstance(app.screen, ReviewScreen))
        assert FIRST[:9] in shown(app)
        assert "note 0" in shown(app)
        await pilot.press("3")
        assert SECOND[:9] in shown(app)
        await pilot.press("1")
        assert shown(app).strip() == "Nothing is due today"
        assert written(app, "#review-left") == "", "once is enough"
        assert "open the article" not in keys(app)
        await pilot.press("4", "U")
        assert SECOND[:9] in shown(app)
        assert "open the article" in keys(app)
        assert written(app, "#review-left") == "1 left today · Undone: highlight reviewed"
        await pilot.press("U")
        assert FIRST[:9] in shown(app)
        await pilot.press("ctrl+y", "enter")
        await until(pilot, lambda: not isinstance(app.screen, ReviewScreen))
    assert app.reading_screen.view.reading is not None


async def test_a_small_terminal_shows_where_a_long_quotation_is_from(make_app: Make) -> None:
    app = make_app(settings=ON)
    async with app.run_test(size=(40, 12)) as pilot:
        await opened(pilot)
        highlight(app, FIRST * 12)
        await pilot.press("p")
        await until(pilot, lambda: isinstance(app.screen, ReviewScreen))
        rows, about = app.screen.query_one(TextRows), app.screen.query_one("#review-about", Static)
        await until(pilot, lambda: rows.size.height > 0)
        assert rows.show_vertical_scrollbar, "more follows below"
        assert written(app, "#review-about").startswith("— ")
        assert app.screen.query_one("#box").content_region.contains_region(about.region)
        assert about.region.height == 1
        assert "1 again (" in app.screen.query_one("#review-grades", Passage).text


async def test_reviews_are_off_until_a_number_a_day_is_set(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(120, 24)) as pilot:
        await opened(pilot)
        await pilot.press("p")
        assert "write “reviews_per_day: 10” in " in await said(pilot)
        assert not isinstance(app.screen, ReviewScreen)


async def test_the_front_page_counts_what_is_due_and_leads_to_it(make_app: Make) -> None:
    app = make_app(settings=ON)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        highlight(app, FIRST, SECOND)
        await pilot.press("0")
        await until(pilot, lambda: isinstance(app.screen, FrontPageScreen))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, ReviewScreen))
        reviews = app.library.marks.reviews
        for card in reviews.due(9):
            reviews.grade(card, Grade.GOOD)
        await pilot.press("escape", "0")
        await until(pilot, lambda: isinstance(app.screen, FrontPageScreen))
        await pilot.press("home", "enter")
        await until(pilot, lambda: not isinstance(app.screen, FrontPageScreen))
        assert not isinstance(app.screen, ReviewScreen)


@pytest.mark.parametrize(
    ("code", "rows"),
    [
        ("en", ["1 again (1 d) · 2 hard (1 d)", "3 good (2 d) · 4 easy (8 d)"]),
        ("zh", ["1 不记得 · 2 勉强 · 3 记得", "4 轻松"]),
        ("ja", ["1 忘れた · 2 難しい · 3 覚えていた", "4 簡単"]),
    ],
)
async def test_a_small_terminal_shows_every_grade(make_app: Make, code: str, rows: list[str]) -> None:
    app = make_app(settings=ON)
    language.use(code)
    async with app.run_test(size=(40, 12)) as pilot:
        await opened(pilot)
        highlight(app, FIRST)
        await pilot.press("p")
        await until(pilot, lambda: isinstance(app.screen, ReviewScreen))
        grades = app.screen.query_one("#review-grades", Passage)
        await until(pilot, lambda: grades.size.height == len(rows))
        assert str(grades.render()).split("\n") == rows
