"""Keys of two presses, percentages, and what is said of keys without a meaning."""

from pathlib import Path

import pytest
from textual.events import Key

from reader.settings.options import Settings
from reader.settings.user_keymap import keymap_of
from reader.ui.app import ReaderApp
from reader.ui.screens.palette import PaletteScreen
from reader.ui.screens.tags import TagsScreen
from tests.ui.marking import Make, said
from tests.ui.test_counts import app_of, long
from tests.ui.test_reading import opened
from tests.ui.waiting import until

__all__ = ["long"]

VIM, LESS, EMACS = (keymap_of(Settings(keymap=name)) for name in ("vim", "less", "emacs"))


@pytest.fixture
def calm(monkeypatch: pytest.MonkeyPatch) -> None:
    """Explain a key as soon as the screen is idle."""
    monkeypatch.setattr("reader.ui.unbound_keys._CALM", 0.001)


async def test_chords_of_vim(long: Path, tmp_path: Path) -> None:
    app = app_of(long, tmp_path, VIM)
    async with app.run_test(size=(60, 20)) as pilot:
        screen = await opened(pilot, "Long")
        await pilot.press("G", "g")
        assert screen.page.scroll_y > 0, "the first key waits"
        assert "g … g beginning · t next article · Esc" in await said(pilot)
        await pilot.press("g")
        assert screen.page.scroll_y == 0
        await pilot.press("1", "2", "g", "g")
        assert screen.page.scroll_y == 12, "a count before a chord is a line, too"
        await pilot.press("g", "escape", "j")
        assert screen.page.scroll_y == 13
        await pilot.press("Z", "j")
        assert "Z j does nothing here" in await said(pilot)
        assert screen.page.scroll_y == 13
        await pilot.press("Z", "Z")
    assert app.return_code == 0
    app.library.close()


async def test_chords_of_vim_work_in_the_sidebar(long: Path, tmp_path: Path) -> None:
    app = app_of(long, tmp_path, VIM)
    async with app.run_test(size=(100, 20)) as pilot:
        screen = await opened(pilot, "Long")
        await pilot.press("shift+tab")
        assert screen.sidebar.has_focus
        await pilot.press("G")
        last = screen.sidebar.cursor
        assert last > 0
        await pilot.press("g")
        assert screen.sidebar.cursor == last, "the first key waits"
        await pilot.press("s")
        assert "star" in (await said(pilot)).lower()
        assert screen.sidebar.cursor == last
        await pilot.press("g", "g")
        assert screen.sidebar.cursor == 0
        await pilot.press("G", "g", "l")
        await until(pilot, lambda: isinstance(app.screen, TagsScreen))
        await pilot.press("escape")
    app.library.close()


async def test_chords_of_emacs_leave_the_keys_of_lists_alone(long: Path, tmp_path: Path) -> None:
    app = app_of(long, tmp_path, EMACS)
    async with app.run_test(size=(100, 20)) as pilot:
        screen = await opened(pilot, "Long")
        before = screen.view.panes.zen
        await pilot.press("shift+tab")
        assert screen.sidebar.has_focus
        await pilot.press("g", "ctrl+x", "o")
        assert screen.page.has_focus
        await pilot.press("ctrl+x", "1")
        assert screen.view.panes.zen != before
        await pilot.press("ctrl+x", "ctrl+c")
    assert app.return_code == 0
    app.library.close()


async def test_a_percentage_of_the_article(long: Path, tmp_path: Path) -> None:
    app = app_of(long, tmp_path, LESS)
    async with app.run_test(size=(60, 20)) as pilot:
        screen = await opened(pilot, "Long")
        await pilot.press("5", "0", "p")
        assert screen.page.scroll_y == round(screen.page.max_scroll_y / 2)
        await pilot.press("1", "0", "0", "percent_sign")
        assert screen.page.scroll_y == screen.page.max_scroll_y
        await pilot.press("percent_sign")
        assert "50%" in await said(pilot)
    app.library.close()


@pytest.mark.usefixtures("calm")
async def test_a_key_without_a_meaning_is_explained_each_time(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(100, 24)) as pilot:
        await opened(pilot)
        await pilot.press("x")
        await until(pilot, lambda: "x does nothing here · ? shows the keys" in status(app))
        await pilot.press("plus")
        await until(pilot, lambda: "does nothing" not in status(app))
        await pilot.press("x")
        await until(pilot, lambda: "x does nothing here · ? shows the keys" in status(app))
        await pilot.press("shift+tab", "full_stop")
        await until(pilot, lambda: ". does nothing here" in status(app))


@pytest.mark.usefixtures("calm")
@pytest.mark.parametrize(
    "keys", [("slash", *"xyz"), ("m", "x"), ("colon", "x"), ("F", "x", "x"), ("v", "x"), ("5", "j")]
)
async def test_typed_text_is_not_explained(make_app: Make, keys: tuple[str, ...]) -> None:
    app = make_app()
    async with app.run_test(size=(100, 24)) as pilot:
        await opened(pilot)
        await pilot.press(*keys)
        await pilot.pause()
        await pilot.pause()
        assert "does nothing" not in status(app)


async def test_a_modal_that_opens_meanwhile_takes_the_key(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(100, 24)) as pilot:
        await opened(pilot)
        await pilot.press("x", "colon")
        assert isinstance(app.screen, PaletteScreen)
        await pilot.pause(0.3)
        assert "does nothing" not in status(app)


def status(app: ReaderApp) -> str:
    return app.reading_screen.status.render_line(0).text


@pytest.mark.usefixtures("calm")
async def test_a_key_with_alt_is_not_the_letter(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(100, 24)) as pilot:
        await opened(pilot)
        # As Textual reads it from a terminal: with the character of the key without Alt.
        app.post_message(Key("alt+g", "g"))
        await until(pilot, lambda: "Alt+G does nothing here" in status(app))
        await pilot.press("v")
        app.post_message(Key("alt+p", "p"))
        await until(pilot, lambda: "Alt+P does nothing here" in status(app))
        await pilot.press("p")
        await until(pilot, lambda: "Paragraph" in status(app))
        await pilot.press("escape")
        app.post_message(Key("alt+5", "5"))
        await pilot.pause()
        assert app.reading_screen.view.counts.notes == ()


async def test_ctrl_g_cancels_a_chord_of_emacs(long: Path, tmp_path: Path) -> None:
    app = app_of(long, tmp_path, EMACS)
    async with app.run_test(size=(100, 20)) as pilot:
        await opened(pilot, "Long")
        await pilot.press("ctrl+x", "ctrl+g")
        assert "does nothing" not in await said(pilot)
        await pilot.press("ctrl+x", "j")
        assert "Ctrl+X j does nothing here" in await said(pilot)
    app.library.close()


async def test_emacs_finds_on_and_copies(long: Path, tmp_path: Path) -> None:
    app = app_of(long, tmp_path, EMACS)
    async with app.run_test(size=(100, 20)) as pilot:
        screen = await opened(pilot, "Long")
        await pilot.press("ctrl+s", *"Paragraph", "ctrl+s")
        assert screen.view.finding.note.endswith("2/60")
        await pilot.press("ctrl+s", "ctrl+r", "ctrl+r")
        assert screen.view.finding.note.endswith("1/60")
        await pilot.press("enter", "ctrl+@")
        app.post_message(Key("alt+w", "w"))
        await pilot.pause()
        assert app.clipboard.startswith("Paragraph 0")
    app.library.close()


async def test_the_first_key_of_a_chord_tells_what_may_follow(long: Path, tmp_path: Path) -> None:
    for columns, expected in (
        (40, "z … t top · z middle · b bottom · Esc"),
        (60, "z … t top · z middle · b bottom · a fold · Esc"),
        (120, "· M fold all · o unfold · c close fold · j Next section · Esc"),
    ):
        app = app_of(long, tmp_path, VIM)
        async with app.run_test(size=(columns, 12)) as pilot:
            await opened(pilot, "Long")
            await pilot.press("z")
            assert expected in await said(pilot)
        app.library.close()
