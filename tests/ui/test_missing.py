"""Marks whose text or article is gone are kept, and shown as such."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from textual.pilot import Pilot

from reader.document.document import Position
from reader.ui.app import ReaderApp
from reader.ui.screens.marks_screen import MarksScreen
from reader.ui.widgets.passage import Passage
from tests.ui.marking import FIRST, painted
from tests.ui.test_reading import opened
from tests.ui.waiting import until

Make = Callable[..., ReaderApp]
GONE = "no longer in the article"
HEADING = "新灯更亮，也更省电"


async def first_description(pilot: Pilot[None], *keys: str) -> Passage:
    """Open a list by keys; return the description of its first mark."""
    await pilot.press(*keys)
    await until(pilot, lambda: isinstance(pilot.app.screen, MarksScreen) and bool(pilot.app.screen.query(Passage)))
    return pilot.app.screen.query_one("#marks-about", Passage)


def cut(archive: Path, text: str) -> None:
    """Delete a text from the article."""
    file = archive / "report.md"
    file.write_text(file.read_text(encoding="utf-8").replace(text, ""), encoding="utf-8")


@pytest.mark.parametrize(
    ("make", "show"), [(("v", "a"), ("A",)), (("m", "m"), ("apostrophe", "apostrophe"))], ids=("text", "place")
)
async def test_missing_texts_are_shown_as_such_in_the_list(
    make_app: Make, archive: Path, make: tuple[str, ...], show: tuple[str, ...]
) -> None:
    app = make_app()
    async with app.run_test(size=(120, 8)) as pilot:
        await opened(pilot)
        await pilot.press("right_square_bracket", *make)
        passage = await first_description(pilot, *show)
        listed = app.screen
        assert isinstance(listed, MarksScreen)
        await until(pilot, lambda: bool(listed._orphans._said))
        assert HEADING in passage.text
        assert GONE not in passage.text
        await pilot.press("escape", "J")
        await opened(pilot, "守塔日记")
        cut(archive, HEADING)
        # The list of bookmarks can also be opened from another article, because it shows all bookmarks.
        passage = await first_description(pilot, *show, *(("tab",) if show == ("A",) else ()))
        await until(pilot, lambda: GONE in passage.text)
        assert HEADING in passage.text


async def test_highlight_without_its_text_is_kept_but_not_painted(make_app: Make, archive: Path) -> None:
    app = make_app()
    async with app.run_test(size=(120, 30)) as pilot:
        screen = await opened(pilot)
        await pilot.press("v", "a")
        assert painted(screen, "highlight_1") == FIRST
        cut(archive, FIRST)
        (kept,) = app.library.marks.highlights.all()
        article = app.library.article(kept.article_id)
        assert article is not None
        app.commands.opening.open(article)
        await until(pilot, lambda: painted(screen, "highlight_1") == "")
        passage = await first_description(pilot, "A")
        await until(pilot, lambda: GONE in passage.text)
        assert app.library.marks.highlights.all() == [kept]


async def test_mark_of_an_article_in_another_archive_is_shown_as_such(make_app: Make, archive: Path) -> None:
    app = make_app()
    async with app.run_test(size=(120, 30)) as pilot:
        screen = await opened(pilot)
        assert screen.reading is not None
        elsewhere = replace(screen.reading.article, id="elsewhere", path=archive / "other.md")
        app.library.marks.bookmarks.add(elsewhere, Position(0), "there")
        app.session.catch_up()
        passage = await first_description(pilot, "apostrophe", "apostrophe")
        await until(pilot, lambda: "not in these archives" in passage.text)
