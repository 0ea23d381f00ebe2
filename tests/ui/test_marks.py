"""What a person marks on the screen: selected by keys and mouse, kept, listed, undone, seen by another reader."""

from collections.abc import Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import TextArea

from reader.document.document import Position
from reader.marks.backups import back_up
from reader.marks.marks import Marks
from reader.search.nodes import State
from reader.ui.app import ReaderApp
from reader.ui.screens.bookmarks import BookmarksScreen
from reader.ui.screens.highlights import HighlightsScreen
from reader.ui.screens.note import NoteScreen
from reader.ui.screens.reading import ReadingScreen
from reader.ui.screens.recent import RecentScreen
from reader.ui.screens.restoring import RestoreScreen
from reader.ui.screens.tags import TagsScreen
from tests.ui.test_reading import opened, rows

Make = Callable[..., ReaderApp]
FIRST = "海岸线上的十二座灯塔去年全部换上了新灯。"
SECOND = "工程历时三年，耗资36.6万元，比预算节约2.6%；最后一座在11月10日点亮。"


def quotations(app: ReaderApp) -> list[str]:
    """What is highlighted, the first made first."""
    return [one.anchor.quotation for one in reversed(app.library.marks.highlights.all())]


def painted(screen: ReadingScreen, role: str) -> str:
    """What the page shows in the paint of a role."""
    paint = screen.page.colours.role(role).bgcolor
    found = [screen.page.render_line(y) for y in range(screen.page.size.height)]
    return "".join(text for strip in found for text, style, _ in strip if style and style.bgcolor == paint).strip()


async def said(pilot: Pilot[None]) -> str:
    """The status line."""
    await pilot.pause()
    assert isinstance(pilot.app, ReaderApp)
    return pilot.app.reading_screen.status.render_line(0).text.strip()


# Selecting


async def test_a_sentence_is_selected_another_chosen_and_highlighted(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(120, 30)) as pilot:
        screen = await opened(pilot)
        await pilot.press("v")
        assert painted(screen, "selection") == FIRST
        await pilot.press("right", "a")
        assert quotations(app) == [SECOND]
        assert painted(screen, "highlight_1").replace(" ", "") == SECOND
        assert "Highlighted" in await said(pilot)
        assert not screen.selecting.active


async def test_what_extends_reaches_from_one_unit_to_another_and_back(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(120, 30)) as pilot:
        screen = await opened(pilot)
        await pilot.press("v", "v", "right")
        assert screen.selected is not None
        assert screen.page.document.extract(screen.selected) == FIRST + SECOND
        await pilot.press("o", "right", "v")
        assert screen.page.document.extract(screen.selected) == SECOND
        await pilot.press("escape")
        assert screen.selected is None


@pytest.mark.parametrize(("key", "expected"), [("c", "海"), ("s", FIRST), ("p", FIRST + SECOND)])
async def test_it_goes_by_characters_sentences_and_paragraphs(make_app: Make, key: str, expected: str) -> None:
    app = make_app()
    async with app.run_test(size=(120, 30)) as pilot:
        screen = await opened(pilot)
        await pilot.press("v", key)
        assert screen.selected is not None
        assert screen.page.document.extract(screen.selected) == expected


async def test_the_keys_of_the_page_wait_while_one_selects(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(120, 30)) as pilot:
        screen = await opened(pilot)
        theme = app.theme
        await pilot.press("v", "c", "z", "t", "q")
        assert app.theme == theme
        assert not screen.panes.zen
        assert not screen.selecting.active
        assert app.is_running


async def test_the_arrows_up_and_down_go_by_lines_and_always_on(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(60, 30)) as pilot:
        screen = await opened(pilot)
        await pilot.press("v")
        places = []
        for _ in range(12):
            assert screen.selected is not None
            places.append(screen.selected)
            await pilot.press("down")
        assert places == sorted(set(places))
        await pilot.press(*["up"] * 20)
        assert screen.selected is not None
        assert screen.page.document.extract(screen.selected) == FIRST


async def test_copying_gives_the_text_as_it_was_written(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(40, 30)) as pilot:
        await opened(pilot)
        await pilot.press("v", "p", "v", "right", "right", "y")
        text = app.clipboard
        assert text.startswith(FIRST + SECOND + "\n新灯更亮，也更省电\n“以前一夜要烧掉两升油，”")
        assert "\n\n" not in text


async def test_what_the_mouse_selected_is_highlighted_too(make_app: Make) -> None:
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


async def test_a_with_nothing_selected_begins_to_select(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(80, 30)) as pilot:
        screen = await opened(pilot)
        await pilot.press("a")
        assert screen.selecting.active
        assert quotations(app) == []


# Highlights and notes


async def test_a_highlight_takes_another_colour_and_a_note_and_goes(make_app: Make) -> None:
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


async def test_a_note_is_not_lost_by_one_key(make_app: Make) -> None:
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


async def test_the_list_goes_there_finds_sorts_and_undoes(make_app: Make) -> None:
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


# Bookmarks with letters


async def test_a_letter_goes_to_its_bookmark_and_capitals_from_anywhere(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(100, 12)) as pilot:
        screen = await opened(pilot)
        await pilot.press("right_square_bracket", "m", "a", "right_square_bracket", "m", "Z", "g", "apostrophe", "a")
        first = screen.page.place
        assert first == screen.reading.outline.sections[0].start  # type: ignore[union-attr]
        await pilot.press("J")
        await opened(pilot, "守塔日记")
        await pilot.press("apostrophe", "a")
        assert "No bookmark" in await said(pilot)
        await pilot.press("apostrophe", "Z")
        screen = await opened(pilot)
        await pilot.pause()
        assert screen.page.place > first


async def test_a_key_that_is_no_letter_bookmarks_and_does_its_own_work(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(100, 12)) as pilot:
        screen = await opened(pilot)
        await pilot.press("m", "down")
        assert len(app.library.marks.bookmarks.all()) == 1
        assert screen.page.scroll_y == 1
        await pilot.press("m", "escape")
        assert len(app.library.marks.bookmarks.all()) == 1


async def test_the_list_of_bookmarks_gives_letters_and_finds(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(100, 20)) as pilot:
        await opened(pilot)
        await pilot.press("m", "m", "right_square_bracket", "f2", "f2", "f14", "f14")
        assert isinstance(app.screen, BookmarksScreen)
        await pilot.press("m", "q", "enter")
        assert [one.letter for one in app.library.marks.bookmarks.all()] == ["q", ""]
        await pilot.press("slash", *"新灯更亮", "enter")
        assert len(app.screen.listing()) == 1
        await pilot.press("escape", "escape")
        assert isinstance(app.screen, ReadingScreen)


# Tags, reading later, history


async def test_tags_are_typed_completed_and_searched(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(100, 20)) as pilot:
        screen = await opened(pilot)
        assert screen.reading is not None
        await pilot.press("number_sign")
        assert isinstance(app.screen, TagsScreen)
        await pilot.press(*"#sea, light", "enter")
        assert app.library.marks.articles.tags(screen.reading.article.id) == ("sea", "light")
        await pilot.press("J")
        other = await opened(pilot, "守塔日记")
        assert other.reading is not None
        await pilot.press("number_sign", *"li", "tab", "enter")
        assert app.library.marks.articles.tags(other.reading.article.id) == ("light",)
        assert (app.library.finder.count("tag:light") or (0, 0))[0] == 2


async def test_what_is_kept_for_later_is_a_folder_of_the_sidebar(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(100, 20)) as pilot:
        screen = await opened(pilot)
        assert screen.reading is not None
        await pilot.press("w")
        assert app.library.is_marked(screen.reading.article, State.LATER)
        await opened(pilot)
        assert any("Read later" in screen.sidebar.render_line(y).text for y in range(20))
        await pilot.press("w")
        assert not app.library.is_marked(screen.reading.article, State.LATER)


async def test_back_and_forward_go_through_articles_and_places(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(100, 12)) as pilot:
        screen = await opened(pilot)
        await pilot.press(*["down"] * 6)
        place = screen.page.place
        await pilot.press("J")
        await opened(pilot, "守塔日记")
        await pilot.press("K")
        await opened(pilot)
        await pilot.press("K")
        await opened(pilot, "The Light That Keeps Itself")
        await pilot.press("H")
        await opened(pilot)
        assert screen.page.place == place
        await pilot.press("alt+left")
        await opened(pilot, "守塔日记")
        await pilot.press("L", "L")
        await opened(pilot, "The Light That Keeps Itself")
        await pilot.press("L")
        assert "nothing after" in await said(pilot)


async def test_back_reaches_what_was_read_before_the_start(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(100, 12)) as pilot:
        await opened(pilot)
        await pilot.press("J")
        await opened(pilot, "守塔日记")
        await pilot.press("q")
    again = make_app()
    async with again.run_test(size=(100, 12)) as pilot:
        await opened(pilot, "守塔日记")
        await pilot.press("H")
        await opened(pilot)
        await pilot.press("h")
        assert isinstance(again.screen, RecentScreen)
        await pilot.press("down", "enter")
        await opened(pilot, "守塔日记")


async def test_the_program_reopens_with_the_panes_it_was_left_with(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(120, 20)) as pilot:
        screen = await opened(pilot)
        await pilot.press("t", "shift+tab", "home", "left", "right")
        opened_then = screen.sidebar.opened
        assert screen.sidebar.has_focus
        await pilot.press("q")
    again = make_app()
    async with again.run_test(size=(120, 20)) as pilot:
        screen = await opened(pilot)
        assert not screen.outline.display
        assert screen.sidebar.has_focus
        assert set(map(tuple, opened_then)) <= set(map(tuple, screen.sidebar.opened))


async def test_the_outline_tells_how_far_sections_were_read_also_after_a_restart(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(120, 12)) as pilot:
        screen = await opened(pilot)
        assert not any("✓" in screen.outline.render_line(y).text for y in range(4))
        await pilot.press("G")
        await pilot.pause()
        assert "✓" in screen.outline.render_line(3).text
        await pilot.press("q")
    again = make_app()
    async with again.run_test(size=(120, 12)) as pilot:
        screen = await opened(pilot)
        assert "✓" in screen.outline.render_line(3).text


# Two readers, and a store that fails


async def test_another_readers_marks_are_seen_within_a_second(make_app: Make, tmp_path: Path) -> None:
    app = make_app()
    async with app.run_test(size=(100, 20)) as pilot:
        screen = await opened(pilot)
        assert screen.reading is not None
        article = screen.reading.article
        other = Marks(tmp_path / "marks.db")
        other.articles.star(article, starred=True)
        other.bookmarks.add(article, Position(0), "theirs")
        for _ in range(50):
            await pilot.pause(0.02)
            if app.library.is_marked(article, State.STARRED) and any("▍" in row for row in rows(screen)):
                break
        else:
            raise AssertionError(rows(screen))
        await pilot.press("m", "m")
        assert len(other.bookmarks.all()) == 1
        other.close()


async def test_a_damaged_store_is_told_of_and_the_good_copy_gone_back_to(make_app: Make, tmp_path: Path) -> None:
    app = make_app()
    async with app.run_test(size=(100, 20)) as pilot:
        await opened(pilot)
        await pilot.press("*", "v", "a", "q")
    app.library.close()
    store = tmp_path / "marks.db"
    back_up(store, why="daily")
    whole = store.read_bytes()
    store.write_bytes(b"\0" * len(whole))
    again = make_app()
    async with again.run_test(size=(100, 20)) as pilot:
        for _ in range(100):
            await pilot.pause(0.02)
            if isinstance(again.screen, RestoreScreen):
                break
        assert isinstance(again.screen, RestoreScreen)
        await pilot.press("enter")
        await pilot.pause(0.2)
        assert quotations(again) == [FIRST]
    aside = [one.read_bytes() for one in tmp_path.glob("marks-damaged-*.db")]  # noqa: ASYNC240 - it is closed by now
    assert aside == [b"\0" * len(whole)]
