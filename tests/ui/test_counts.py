"""Counts before movements, paragraphs, own keys and synonyms on the screen."""

from pathlib import Path

import pytest
from textual.widgets import Input

from reader.keymap.keymap import Keymap
from reader.library.library import Library
from reader.settings.options import Settings
from reader.settings.user_keymap import keymap_of
from reader.ui.app import ReaderApp
from reader.ui.screens.palette import PaletteScreen
from reader.ui.screens.search import SearchScreen
from tests.ui.test_reading import opened, rows
from tests.ui.waiting import until


@pytest.fixture
def long(tmp_path: Path) -> Path:
    folder = tmp_path / "archive"
    folder.mkdir()
    text = "\n\n".join(f"Paragraph {number} " + "word " * 30 for number in range(60))
    (folder / "long.md").write_text(f"# Long\n\n{text}\n", "utf-8")
    return folder


def app_of(folder: Path, tmp_path: Path, keymap: Keymap | None = None) -> ReaderApp:
    return ReaderApp(Library([folder], tmp_path / "marks.db"), Settings(), keymap)


async def test_a_count_repeats_a_movement_and_names_a_line(long: Path, tmp_path: Path) -> None:
    app = app_of(long, tmp_path)
    async with app.run_test(size=(60, 20)) as pilot:
        screen = await opened(pilot, "Long")
        await pilot.press("5")
        assert "5" in screen.status.render_line(0).text
        await pilot.press("j")
        assert screen.page.scroll_y == 5
        await pilot.press("1", "0", "k")
        assert screen.page.scroll_y == 0
        await pilot.press("2", "0", "G")
        assert screen.page.scroll_y == 20
        await pilot.press("G", "1", "G")
        assert screen.page.scroll_y == 0
        await pilot.press("3", "escape", "j")
        assert screen.page.scroll_y == 1, "Esc forgets the count"
        await pilot.press("2", "c", "j")
        assert screen.page.scroll_y == 2, "other actions ignore it"
        assert type(app.screen).__name__ == "ReadingScreen", "0 is part of a count, not the front page"
    app.library.close()


async def test_paragraphs(long: Path, tmp_path: Path) -> None:
    app = app_of(long, tmp_path)
    async with app.run_test(size=(60, 20)) as pilot:
        screen = await opened(pilot, "Long")
        await pilot.press("right_parenthesis")
        assert rows(screen)[0].strip().startswith("Paragraph 0")
        await pilot.press("3", "right_parenthesis")
        assert rows(screen)[0].strip().startswith("Paragraph 3")
        await pilot.press("j", "left_parenthesis")
        assert rows(screen)[0].strip().startswith("Paragraph 3")
        await pilot.press("4", "left_parenthesis")
        assert screen.page.scroll_y == 0
    app.library.close()


async def test_keys_of_a_preset_work_and_are_shown(long: Path, tmp_path: Path) -> None:
    app = app_of(long, tmp_path, keymap_of(Settings(keymap="vim", keys={"find": "ctrl+x"})))
    async with app.run_test(size=(100, 20)) as pilot:
        screen = await opened(pilot, "Long")
        await pilot.press("right_curly_bracket")
        assert rows(screen)[0].strip().startswith("Paragraph 0")
        await pilot.press("2", "ctrl+e")
        assert not rows(screen)[0].strip().startswith("Paragraph 0")
        assert "Ctrl+X Find" in screen.status.render_line(0).text
    app.library.close()


async def test_the_palette_finds_actions_by_other_names_and_ranks_keys_then_whole_words(
    long: Path, tmp_path: Path
) -> None:
    app = app_of(long, tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot, "Long")
        await pilot.press("colon")
        await pilot.pause()

        async def listed(typed: str) -> list[str]:
            assert isinstance(app.screen, PaletteScreen)
            app.screen.query_one(Input).value = typed
            await pilot.pause()
            return [entry.value for entry in app.screen._entries.shown]

        for typed, found in (("toc", "toggle_outline"), ("wrap", "wider"), ("clipboard", "copy")):
            assert found in await listed(typed)
        for typed, first in (("q", "quit"), ("wq", "quit"), ("Ink", "theme:ink"), ("exit", "quit"), ("quit", "quit")):
            assert (await listed(typed))[0] == first
        assert (await listed("J"))[0] == "next_article"
    app.library.close()


async def test_palette_goes_to_lines_and_percentages(long: Path, tmp_path: Path) -> None:
    app = app_of(long, tmp_path)
    async with app.run_test(size=(60, 20)) as pilot:
        screen = await opened(pilot, "Long")

        async def typed(text: str) -> list[str]:
            await pilot.press("colon")
            await until(pilot, lambda: isinstance(app.screen, PaletteScreen))
            palette = app.screen
            assert isinstance(palette, PaletteScreen)
            palette.query_one(Input).value = text
            await pilot.pause()
            titles = [one.title for one in palette._entries.shown]
            await pilot.press("enter")
            await until(pilot, lambda: app.screen is screen)
            return titles

        assert (await typed("21"))[:2] == ["Go to line 21", "Go to 21%"]
        assert screen.page.scroll_y == 21
        assert await typed(":120") == ["Go to line 120"]
        assert screen.page.scroll_y == 120
        assert (await typed("+5"))[0] == "5 lines down"
        assert screen.page.scroll_y == 125
        await typed("-5")
        assert screen.page.scroll_y == 120
        assert (await typed("50%"))[0] == "Go to 50%"
        assert screen.page.scroll_y == pytest.approx(screen.page.max_scroll_y / 2, abs=2)
        await typed("$")
        assert screen.page.scroll_y == screen.page.max_scroll_y
        assert await typed(":20G") == ["Go to line 20"]
        assert screen.page.scroll_y == 20
        assert await typed("12gg") == ["Go to line 12"]
        assert (await typed(":20j"))[0] == "20 lines down"
        assert screen.page.scroll_y == 32
        assert (await typed("2k"))[0] == "2 lines up"
        assert await typed(":/Paragraph 40") == ["Find “Paragraph 40” in the article"]
        await until(pilot, lambda: screen.page.scroll_y > 32)
        assert screen.view.finding.active
        before = screen.page.scroll_y
        assert await typed(":%s/a/b") == ["There is no replacing: articles are never changed"]
        assert screen.page.scroll_y == before
    app.library.close()


@pytest.mark.parametrize("text", ["grep Paragraph 7", "xyzzy"])
async def test_palette_searches_for_what_it_does_not_know(text: str, long: Path, tmp_path: Path) -> None:
    app = app_of(long, tmp_path)
    async with app.run_test(size=(60, 20)) as pilot:
        await opened(pilot, "Long")
        await pilot.press("colon")
        await until(pilot, lambda: isinstance(app.screen, PaletteScreen))
        app.screen.query_one(Input).value = text
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, SearchScreen))
        assert app.screen.query_one(Input).value == text.removeprefix("grep ")
    app.library.close()


async def test_typed_command_with_words_follows_actions_that_these_words_name(long: Path, tmp_path: Path) -> None:
    app = app_of(long, tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot, "Long")
        await pilot.press("colon")
        await pilot.pause()

        async def listed(typed: str) -> list[str]:
            assert isinstance(app.screen, PaletteScreen)
            app.screen.query_one(Input).value = typed
            await pilot.pause()
            return [entry.title for entry in app.screen._entries.shown]

        for typed, named in {
            "open link": "Open the link",
            ":open lin": "Open the link",
            "edit tags": "Edit tags",
            "find in the article": "Find in the article, or jump to a title in the sidebar",
        }.items():
            words = typed.partition(" ")[2]
            titles = await listed(typed)
            assert titles[0] == named
            assert f"Search all articles for “{words}”" in titles[1:]
        # Their names contain only letters of what was typed.
        for typed in ("e light", "e tags", "grep e", "b a"):
            titles = await listed(typed)
            assert titles[0] == f"Search all articles for “{typed.partition(' ')[2]}”"
            assert len(titles) > 1
    app.library.close()
