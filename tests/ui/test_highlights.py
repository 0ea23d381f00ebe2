"""Selecting by keyboard and mouse, highlights and notes, and their list."""

import pytest
from textual.widgets import TextArea

from reader.document.document import Position
from reader.ui.reading.reading_screen import ReadingScreen
from reader.ui.screens.highlight_list import HighlightsScreen
from reader.ui.screens.note import NoteScreen
from tests.ui.marking import FIRST, SECOND, Make, painted, quotations, said
from tests.ui.test_reading import opened, rows

# Selecting


async def test_sentence_is_selected_moved_and_highlighted(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(120, 30)) as pilot:
        screen = await opened(pilot)
        await pilot.press("v")
        assert painted(screen, "selection") == FIRST
        await pilot.press("right", "a")
        assert quotations(app) == [SECOND]
        assert painted(screen, "highlight_1").replace(" ", "") == SECOND
        assert "Highlighted" in await said(pilot)
        assert not screen.view.selection.by_keys


async def test_extending_selects_between_two_units(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(120, 30)) as pilot:
        screen = await opened(pilot)
        await pilot.press("v", "v", "right")
        assert screen.view.selected is not None
        assert screen.page.document.extract(screen.view.selected) == FIRST + SECOND
        await pilot.press("o", "right", "v")
        assert screen.page.document.extract(screen.view.selected) == SECOND
        await pilot.press("escape")
        assert screen.view.selected is None


@pytest.mark.parametrize(("key", "expected"), [("c", "海"), ("s", FIRST), ("p", FIRST + SECOND)])
async def test_units_are_characters_sentences_and_paragraphs(make_app: Make, key: str, expected: str) -> None:
    app = make_app()
    async with app.run_test(size=(120, 30)) as pilot:
        screen = await opened(pilot)
        await pilot.press("v", key)
        assert screen.view.selected is not None
        assert screen.page.document.extract(screen.view.selected) == expected


async def test_page_keys_are_inactive_while_selecting(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(120, 30)) as pilot:
        screen = await opened(pilot)
        theme = app.theme
        await pilot.press("v", "c", "z", "t", "q")
        assert app.theme == theme
        assert not screen.view.panes.zen
        assert not screen.view.selection.by_keys
        assert app.is_running


async def test_arrow_keys_move_by_lines_and_always_move(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(60, 30)) as pilot:
        screen = await opened(pilot)
        await pilot.press("v")
        places = []
        for _ in range(12):
            assert screen.view.selected is not None
            places.append(screen.view.selected)
            await pilot.press("down")
        assert places == sorted(set(places))
        await pilot.press(*["up"] * 20)
        assert screen.view.selected is not None
        assert screen.page.document.extract(screen.view.selected) == FIRST


async def test_copied_text_is_the_source_text(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(40, 30)) as pilot:
        await opened(pilot)
        await pilot.press("v", "p", "v", "right", "right", "y")
        text = app.clipboard
        assert text.startswith(FIRST + SECOND + "\n新灯更亮，也更省电\n“以前一夜要烧掉两升油，”")
        assert "\n\n" not in text


async def test_mouse_selection_is_highlighted_too(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(80, 30)) as pilot:
        screen = await opened(pilot)
        y = next(y for y, row in enumerate(rows(screen)) if "海岸线" in row)
        await pilot.mouse_down("#page", offset=(2, y))
        await pilot.hover("#page", offset=(13, y))
        await pilot.mouse_up("#page", offset=(13, y))
        await pilot.press("a")
        (quotation,) = quotations(app)
        assert FIRST.startswith(quotation)
        assert len(quotation) >= 5


async def test_a_without_a_selection_starts_selecting(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(80, 30)) as pilot:
        screen = await opened(pilot)
        await pilot.press("a")
        assert screen.view.selection.by_keys
        assert quotations(app) == []


# Highlights and notes


async def test_highlight_is_recoloured_annotated_and_deleted(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(120, 30)) as pilot:
        screen = await opened(pilot)
        await pilot.press("v", "2", "v", "3")
        assert [one.colour for one in app.library.marks.highlights.all()] == [3]
        assert painted(screen, "highlight_3") == FIRST
        await pilot.press("v", "n")
        assert isinstance(app.screen, NoteScreen)
        await pilot.press(*"light", "ctrl+s")
        assert [one.note for one in app.library.marks.highlights.all()] == ["light"]
        y = next(y for y, row in enumerate(rows(screen)) if "海岸线" in row)
        assert "•" in rows(screen)[y]
        await pilot.press("v", "d")
        assert quotations(app) == []
        await pilot.press("U")
        assert [one.note for one in app.library.marks.highlights.all()] == ["light"]


async def test_a_new_highlight_with_a_note_is_one_change(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(120, 30)) as pilot:
        await opened(pilot)
        await pilot.press("v", "n", *"one", "enter", *"two", "ctrl+s")
        assert [one.note for one in app.library.marks.highlights.all()] == ["one\ntwo"]
        await pilot.press("ctrl+z")
        assert quotations(app) == []
        await pilot.press("ctrl+y")
        assert [one.note for one in app.library.marks.highlights.all()] == ["one\ntwo"]


async def test_single_key_never_discards_a_note(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(120, 30)) as pilot:
        await opened(pilot)
        await pilot.press("v", "n", *"thought", "escape")
        assert isinstance(app.screen, NoteScreen)
        await pilot.press("ctrl+s")
        assert [one.note for one in app.library.marks.highlights.all()] == ["thought"]
        await pilot.press("v", "n", *" more", "escape", "escape")
        assert isinstance(app.screen, ReadingScreen)
        assert [one.note for one in app.library.marks.highlights.all()] == ["thought"]


async def test_a_click_on_a_highlight_opens_its_note(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(80, 30)) as pilot:
        screen = await opened(pilot)
        await pilot.press("v", "a")
        y = next(y for y, row in enumerate(rows(screen)) if "海岸线" in row)
        await pilot.click("#page", offset=(8, y))
        await pilot.pause()
        assert isinstance(app.screen, NoteScreen)
        assert app.screen.query_one(TextArea).text == ""


async def test_list_opens_filters_sorts_and_undoes(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(120, 14)) as pilot:
        screen = await opened(pilot)
        await pilot.press("v", "a", "]", "v", "right", "right", "n", *"oil", "ctrl+s", "g", "A")
        assert isinstance(app.screen, HighlightsScreen)
        listed = app.screen
        assert len(listed.listing()) == 2
        await pilot.press("slash", *"oil", "enter")
        assert len(listed.listing()) == 1
        await pilot.press("d")
        assert quotations(app) == [FIRST]
        await pilot.press("u", "enter")
        await pilot.pause()
        assert isinstance(app.screen, ReadingScreen)
        assert screen.page.place > Position(1)
