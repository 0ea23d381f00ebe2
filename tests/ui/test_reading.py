"""The reading screen under simulated keys and mouse events, without a terminal."""

from collections.abc import Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot

from reader.keymap.actions import Context
from reader.keymap.keymap import Keymap
from reader.search.query_tree import State
from reader.settings.options import Settings
from reader.shelves.counts import View
from reader.ui.app import ReaderApp
from reader.ui.reading.reading_screen import ReadingScreen
from reader.ui.screens.bookmark_list import BookmarksScreen
from reader.ui.screens.help import HelpScreen
from reader.ui.screens.palette import PaletteScreen
from tests.ui.waiting import until

Make = Callable[..., ReaderApp]


async def opened(pilot: Pilot[None], title: str = "十二座灯塔换上新灯") -> ReadingScreen:
    """Wait until an article is shown; return the reading screen."""
    app = pilot.app
    assert isinstance(app, ReaderApp)
    screen, shelves = app.reading_screen, app.commands.shelves
    await until(
        pilot, lambda: screen.reading is not None and screen.reading.article.title == title and shelves.is_current
    )
    return screen


def rows(screen: ReadingScreen) -> list[str]:
    return [screen.page.render_line(y).text.rstrip() for y in range(screen.page.size.height)]


def test_every_action_has_a_handler(make_app: Make) -> None:
    done = make_app().commands.dispatcher.ids
    assert {action.name for action in Keymap().of(Context.PAGE)} == {name for name in done if "." not in name}
    assert {name for name in done if "." in name} < {action.name for action in Keymap().of(Context.SELECTING)}


async def test_the_newest_article_is_opened_first(make_app: Make) -> None:
    async with make_app().run_test(size=(120, 40)) as pilot:
        screen = await opened(pilot)
        text = "\n".join(rows(screen))
        assert "十二座灯塔换上新灯" in text
        assert "航标处" in text
        assert screen.sidebar.display
        assert screen.outline.display
        assert screen.outline.count() == 3


async def test_keys_step_through_the_sections(make_app: Make) -> None:
    async with make_app().run_test(size=(80, 12)) as pilot:
        screen = await opened(pilot)
        await pilot.press("right_square_bracket")
        assert rows(screen)[0].strip() == "新灯更亮，也更省电"
        await pilot.press("alt+down")
        assert rows(screen)[0].strip() == "旧透镜去了哪里"
        await pilot.press("left_square_bracket")
        assert rows(screen)[0].strip() == "新灯更亮，也更省电"
        await pilot.press("g")
        assert screen.page.scroll_y == 0


async def test_the_key_hint_for_sections_is_shown_only_if_there_are_sections(make_app: Make) -> None:
    async with make_app().run_test(size=(120, 20)) as pilot:
        screen = await opened(pilot)
        assert "] Next section" in screen.status.render_line(0).text
        await pilot.press("J")
        await opened(pilot, "守塔日记")
        assert "Next section" not in screen.status.render_line(0).text
        assert "F Search" in screen.status.render_line(0).text


async def test_scrolling_by_line_page_and_end(make_app: Make) -> None:
    async with make_app().run_test(size=(80, 20)) as pilot:
        screen = await opened(pilot)
        await pilot.press("J")
        screen = await opened(pilot, "守塔日记")
        await pilot.press("j", "down")
        assert screen.page.scroll_y == 2
        await pilot.press("space")
        assert screen.page.scroll_y == 2 + screen.page.size.height - 2
        await pilot.press("b", "k", "up")
        assert screen.page.scroll_y == 0
        await pilot.press("G")
        assert screen.page.scroll_y == screen.page.max_scroll_y > 100
        assert any("第199天" in row for row in rows(screen))


async def test_reaching_the_end_marks_the_article_as_read(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(80, 12)) as pilot:
        screen = await opened(pilot)
        assert screen.reading
        assert not app.library.is_marked(screen.reading.article, State.READ)
        await pilot.press("G")
        await pilot.pause()
        assert app.library.is_marked(screen.reading.article, State.READ)


async def test_find_counts_the_matches_and_escape_goes_back(make_app: Make) -> None:
    async with make_app().run_test(size=(80, 12)) as pilot:
        screen = await opened(pilot)
        await pilot.press("slash", *"透镜")
        await pilot.pause()
        assert screen.view.finding.note == "“透镜”  1/2"
        assert screen.page.scroll_y > 0
        await pilot.press("escape")
        assert screen.page.scroll_y == 0
        assert not screen.view.finding.active
        await pilot.press("slash", *"透镜", "enter", "n")
        assert screen.view.finding.note == "“透镜”  2/2"
        await pilot.press("n")
        assert screen.view.finding.note == "“透镜”  1/2"
        await pilot.press("escape")
        assert not screen.view.finding.active
        assert screen.page.scroll_y == 0
        await pilot.press("slash", *"透镜", "enter", "j")
        place = screen.page.place
        await pilot.press("escape")
        assert screen.page.place == place


async def test_full_width_keys_act_as_their_ascii_equivalents(make_app: Make) -> None:
    async with make_app().run_test(size=(80, 12)) as pilot:
        screen = await opened(pilot)
        await pilot.press("］")
        await pilot.pause()
        assert rows(screen)[0].strip() == "新灯更亮，也更省电"
        await pilot.press("？")
        await pilot.pause()
        assert isinstance(pilot.app.screen, HelpScreen)
        await pilot.press("escape")
        assert isinstance(pilot.app.screen, ReadingScreen)


async def test_a_bookmark_is_added_renamed_deleted_and_restored(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(100, 20)) as pilot:
        await opened(pilot)
        await pilot.press("right_square_bracket", "m", "m")
        (bookmark,) = app.library.marks.bookmarks.all()
        assert bookmark.section == "新灯更亮，也更省电"
        await pilot.press("g", "apostrophe", "apostrophe")
        assert isinstance(app.screen, BookmarksScreen)
        await pilot.press("r", "home", *"A ", "enter")
        assert app.library.marks.bookmarks.all()[0].name.startswith("A ")
        await pilot.press("d")
        assert not app.library.marks.bookmarks.all()
        await pilot.press("u")
        assert len(app.library.marks.bookmarks.all()) == 1
        await pilot.press("enter")
        await pilot.pause()
        assert app.reading_screen.page.place == bookmark.position


async def test_the_position_and_the_theme_survive_a_restart_at_another_width(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(80, 12)) as pilot:
        screen = await opened(pilot)
        await pilot.press("right_square_bracket", "right_square_bracket", "c", "q")
        place = screen.page.place
        theme = app.session.colours.theme.name
    assert theme != "paper"
    restarted = make_app()
    async with restarted.run_test(size=(50, 16)) as pilot:
        screen = await opened(pilot)
        assert screen.page.place == place
        assert restarted.session.colours.theme.name == theme


async def test_a_resize_keeps_the_position(make_app: Make) -> None:
    async with make_app().run_test(size=(80, 12)) as pilot:
        screen = await opened(pilot)
        await pilot.press("right_square_bracket", "right_square_bracket")
        place = screen.page.place
        for size in ((40, 12), (120, 12), (30, 12), (80, 12)):
            await pilot.resize_terminal(*size)
            await pilot.pause()
            assert screen.page.place == place
            assert rows(screen)[0].strip().startswith("旧透镜")


async def test_the_line_width_is_changed_and_reset(make_app: Make) -> None:
    async with make_app(Settings(measure=60)).run_test(size=(80, 20)) as pilot:
        screen = await opened(pilot)
        assert screen.page.column == 60
        await pilot.press("minus", "minus")
        assert screen.page.column == 52
        await pilot.press("plus")
        assert screen.page.column == 56
        await pilot.press("equals_sign")
        assert screen.page.column == 60


async def test_panes_are_shown_and_hidden(make_app: Make) -> None:
    async with make_app().run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot)
        assert not screen.sidebar.display
        await pilot.press("backslash")
        assert screen.sidebar.display
        assert screen.sidebar.has_focus
        await pilot.press("t")
        assert screen.outline.display
        assert not screen.sidebar.display
        await pilot.press("down", "down", "enter")
        assert not screen.outline.display
        assert rows(screen)[0].strip() == "接下来的计划" or screen.page.progress == 1
        await pilot.press("backslash", "escape")
        assert not screen.sidebar.display
        assert screen.page.has_focus


async def test_zen_mode_is_toggled(make_app: Make) -> None:
    async with make_app().run_test(size=(120, 24)) as pilot:
        screen = await opened(pilot)
        await pilot.press("z")
        assert [pane.display for pane in (screen.sidebar, screen.outline, screen.status)] == [False, False, False]
        await pilot.press("z")
        assert screen.sidebar.display
        assert screen.outline.display
        assert screen.status.display


async def test_tab_cycles_through_the_panes(make_app: Make) -> None:
    async with make_app().run_test(size=(120, 24)) as pilot:
        screen = await opened(pilot)
        await pilot.press("tab")
        assert screen.outline.has_focus
        await pilot.press("tab")
        assert screen.sidebar.has_focus
        await pilot.press("shift+tab", "shift+tab")
        assert screen.page.has_focus


async def test_the_sidebar_by_date_opens_shelves_and_articles(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(120, 24)) as pilot:
        screen = await opened(pilot)
        await pilot.press("V")
        await until(pilot, lambda: app.commands.shelves.is_current)
        assert app.commands.shelves.view is View.DATE
        heading = "".join(segment.text for segment in screen.sidebar.heading(31))
        assert "Dates" in heading
        await pilot.press("shift+tab", "end", "enter", "end", "right", "end", "right", "end", "enter")
        await opened(pilot, "守塔日记")


async def test_a_click_opens_an_article_and_a_section(make_app: Make) -> None:
    async with make_app().run_test(size=(120, 24)) as pilot:
        screen = await opened(pilot)
        number = next(n for n in range(screen.sidebar.count()) if screen.sidebar.article_at(n))
        assert await pilot.click("#sidebar", offset=(5, number + 1))
        await pilot.click("#outline", offset=(5, 3))
        await pilot.pause()
        assert screen.reading
        assert screen.reading.outline.sections[2].title in "\n".join(rows(screen))


async def test_the_outline_counts_the_last_section_at_the_end(make_app: Make) -> None:
    async with make_app().run_test(size=(120, 12)) as pilot:
        screen = await opened(pilot)
        await pilot.press("G")
        assert "3/3" in "".join(segment.text for segment in screen.outline.heading(27) or [])


async def test_copying_a_section_removes_wrapped_line_breaks(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(60, 20)) as pilot:
        await opened(pilot)
        await pilot.press("right_square_bracket", "y")
        assert app.clipboard.startswith("新灯更亮，也更省电\n“以前一夜要烧掉两升油，”守塔人说，")
        assert "\n" not in app.clipboard.split("\n", 1)[1].split("施工")[0].rstrip("\n")


async def test_a_selection_by_mouse_is_logical_text(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(60, 20)) as pilot:
        screen = await opened(pilot)
        y = next(n for n, row in enumerate(rows(screen)) if "海岸线上" in row)
        await pilot.mouse_down("#page", offset=(2, y))
        await pilot.hover("#page", offset=(10, y + 1))
        await pilot.mouse_up("#page", offset=(10, y + 1))
        await pilot.press("y")
        assert app.clipboard.startswith("海岸线上的十二座灯塔")
        assert "\n" not in app.clipboard.strip()


async def test_the_same_export_is_the_same_file_outside_the_archive(
    make_app: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    async with make_app().run_test(size=(80, 20)) as pilot:
        await opened(pilot)
        await pilot.press("s", "s", "E", "E")
        await pilot.pause()
    written = sorted((tmp_path / "xdg" / "documents" / "reader").iterdir())
    assert [one.suffix for one in written] == [".md", ".txt"]
    assert "旧透镜去了哪里" in written[1].read_text(encoding="utf-8")
    assert not list((tmp_path / "here").iterdir())


async def test_the_palette_finds_and_runs_an_action_in_either_language(make_app: Make) -> None:
    async with make_app(chinese=True).run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot)
        await pilot.press("colon")
        assert isinstance(pilot.app.screen, PaletteScreen)
        await pilot.press(*"zen", "enter")
        await pilot.pause()
        assert isinstance(pilot.app.screen, ReadingScreen)
        assert not screen.status.display


async def test_links_open_only_web_addresses(make_app: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr("reader.ui.link_opener.openers", lambda _environment: [["opener"]])
    monkeypatch.setattr("reader.ui.link_opener.run_detached", lambda command: asked.append(command[-1]) or 0)
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        await pilot.press("o")
        app.host.open_address("file:///etc/passwd")
        app.host.open_address("javascript:alert(1)")
        await app.workers.wait_for_complete()
    assert asked == ["https://example.org/report"]


async def test_opening_a_deleted_article_warns_and_keeps_the_open_one(
    make_app: Make, archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Else the index could be without the article before the key is pressed.
    monkeypatch.setattr("reader.indexing.watching.Watcher.run", lambda *_: None)
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot)
        (archive / "long.md").unlink()
        await pilot.press("J")
        await until(pilot, lambda: any("long.md" in notice.message for notice in app._notifications))
        assert screen.reading
        assert screen.reading.article.title == "十二座灯塔换上新灯"
