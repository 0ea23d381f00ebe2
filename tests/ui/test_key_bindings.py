"""Keys are defined once: all bindings come from the table, and custom keys apply everywhere."""

from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path

import pytest
from textual._xterm_parser import XTermParser
from textual.dom import DOMNode
from textual.events import Key
from textual.keys import _character_to_key as character_to_key
from textual.screen import Screen

import reader.ui
from reader.keymap.actions import ACTIONS, Context
from reader.keymap.keymap import Keymap
from reader.library.library import Library
from reader.settings.options import Settings
from reader.settings.user_keymap import keymap_of
from reader.ui.app import ReaderApp
from reader.ui.key_bindings import (
    Hint,
    PressedKeys,
    TypedPairs,
    arriving,
    changed_bindings,
    hint_line,
    pressed_label,
)
from reader.ui.screens.bookmark_list import BookmarksScreen
from reader.ui.screens.front_page_screen import FrontPageScreen
from reader.ui.screens.help import HelpScreen
from reader.ui.screens.recent import RecentScreen
from reader.ui.screens.stats import StatsScreen
from reader.ui.widgets.clean_input import CleanInput
from reader.ui.widgets.rows import RowList
from tests.ui.marking import said
from tests.ui.test_reading import opened, rows
from tests.ui.waiting import until

FOLDER = Path(reader.ui.__file__).parent
OTHERS = {"next_section": ("x",), "list.down": ("f9",), "marks.undo": ("f8",), "pause_indexing": ()}


def ours() -> list[type[DOMNode]]:
    """Every widget and modal with its own keys."""
    files = [*FOLDER.glob("screens/*.py"), *FOLDER.glob("widgets/*.py"), *FOLDER.glob("reading/*.py")]
    modules = [import_module(f"reader.ui.{file.parent.name}.{file.stem}") for file in sorted(files)]
    return [
        value
        for module in modules
        for value in vars(module).values()
        if isinstance(value, type) and issubclass(value, DOMNode) and value.__module__ == module.__name__
        if "BINDINGS" in value.__dict__
    ]


def bound() -> dict[str, set[str]]:
    """The keys bound to each action name in all classes."""
    found: dict[str, set[str]] = {}
    for kind in ours():
        for binding in kind.__dict__["BINDINGS"]:
            found.setdefault(binding.id, set()).update(binding.key.split(","))
    return found


def test_exactly_the_actions_of_the_table_are_bound() -> None:
    table = {action.name for action in ACTIONS if action.context is not Context.SELECTING}
    assert bound().keys() == table


def test_bound_keys_are_those_of_the_table() -> None:
    keys = bound()
    assert all(set(action.keys) <= keys[action.name] for action in ACTIONS if action.name in keys)


@pytest.mark.parametrize("kind", ours(), ids=lambda kind: kind.__name__)
def test_every_binding_has_an_action(kind: type[DOMNode]) -> None:
    for binding in kind.__dict__["BINDINGS"]:
        where, _dot, name = binding.action.partition("(")[0].rpartition(".")
        known: dict[str, Sequence[type[DOMNode]]] = {"app": [ReaderApp], "screen": [FrontPageScreen, RecentScreen]}
        owners = known.get(where, [kind])
        assert all(callable(getattr(owner, f"action_{name}")) for owner in owners), binding


@pytest.fixture
def changed(archive: Path, tmp_path: Path) -> ReaderApp:
    return ReaderApp(Library([archive], tmp_path / "marks.db"), Settings(), Keymap().with_keys(OTHERS))


async def test_custom_key_replaces_the_default(changed: ReaderApp) -> None:
    async with changed.run_test(size=(120, 12)) as pilot:
        screen = await opened(pilot)
        await pilot.press("right_square_bracket")
        assert screen.page.scroll_y == 0
        await pilot.press("x")
        assert rows(screen)[0].strip() == "新灯更亮，也更省电"
        assert "x Next section" in screen.status.render_line(0).text
    changed.library.close()


async def test_two_actions_may_swap_their_keys(archive: Path, tmp_path: Path) -> None:
    swapped = {"next_section": ("left_square_bracket",), "previous_section": ("right_square_bracket",)}
    app = ReaderApp(Library([archive], tmp_path / "marks.db"), Settings(), Keymap().with_keys(swapped))
    async with app.run_test(size=(120, 12)) as pilot:
        screen = await opened(pilot)
        await pilot.press("left_square_bracket")
        assert rows(screen)[0].strip() == "新灯更亮，也更省电"
        await pilot.press("right_square_bracket")
        assert screen.page.scroll_y == 0
    app.library.close()


def test_keymap_is_an_independent_value() -> None:
    assert changed_bindings(Keymap()) == {}
    assert changed_bindings(Keymap().with_keys(OTHERS)).keys() == OTHERS.keys()
    assert Keymap() == Keymap(ACTIONS)


async def test_full_width_twin_of_a_custom_key_works(changed: ReaderApp) -> None:
    async with changed.run_test(size=(80, 12)) as pilot:
        screen = await opened(pilot)
        await pilot.press("ｘ")
        await pilot.pause()
        assert rows(screen)[0].strip() == "新灯更亮，也更省电"
    changed.library.close()


async def test_help_and_hints_show_custom_keys(changed: ReaderApp) -> None:
    async with changed.run_test(size=(120, 60)) as pilot:
        await opened(pilot)
        await pilot.press("question_mark")
        assert isinstance(changed.screen, HelpScreen)
        shown = changed.screen.query_one(RowList)
        lines = [shown.render_line(y).text for y in range(shown.size.height)]
        assert any(line.split() == ["x", "Next", "section"] for line in lines)
        await pilot.press("escape", "apostrophe", "apostrophe")
        assert isinstance(changed.screen, BookmarksScreen)
        assert "F8 undo" in str(changed.screen.query_one("#box-keys").render())
    changed.library.close()


def test_hints_join_keys_and_omit_actions_without_keys() -> None:
    keymap = Keymap().with_keys({"zen": ()})
    colours = tuple(f"highlights.colour_{number}" for number in range(1, 5))
    hints = (
        Hint("colour", colours),
        Hint("scroll", ("list.up", "list.down")),
        Hint("only the page", ("zen",)),
        Hint("open", fixed=("enter",)),
        Hint("", ("box.close",)),
    )
    assert hint_line(keymap, hints) == "1–4 colour · ↑ ↓ scroll · Enter open · Esc"


def test_shift_and_a_function_key_arrive_as_old_function_keys() -> None:
    assert PressedKeys(Keymap()).action(Key("f14", None)) == "bookmarks"


@pytest.mark.parametrize("key", ["】", "」", "］"])
async def test_a_key_of_an_input_method_counts_as_its_twin(make_app: Callable[..., ReaderApp], key: str) -> None:
    app = make_app()
    async with app.run_test(size=(80, 12)) as pilot:
        screen = await opened(pilot)
        app.post_message(Key(character_to_key(key), key))
        await pilot.pause()
        assert rows(screen)[0].strip() == "新灯更亮，也更省电"


async def test_a_key_of_an_input_method_counts_as_its_twin_in_a_list(make_app: Callable[..., ReaderApp]) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        await pilot.press("question_mark")
        shown = app.screen.query_one(RowList)
        app.post_message(Key(character_to_key("ｊ"), "ｊ"))
        await pilot.pause()
        assert shown.cursor + shown.scroll_y == 1


@pytest.mark.parametrize("focused", ["page", "sidebar"])
async def test_a_pair_of_dashes_is_the_one_key_for_which_it_is_sent(
    make_app: Callable[..., ReaderApp], focused: str
) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        await pilot.press(*["tab"] * (focused == "sidebar"))
        for _ in "——":
            app.post_message(Key(character_to_key("—"), "—"))
        assert "Two columns" in await said(pilot)


def test_only_dashes_that_are_sent_at_once_are_a_pair() -> None:
    pairs, keys = TypedPairs(), [Key("em_dash", "—") for _ in range(4)]
    for key, sent in zip(keys, (5.0, 5.001, 5.002, 6.0), strict=True):
        key.time = sent
    assert [pairs.is_second(key) for key in keys] == [False, True, False, False]


async def test_an_input_takes_the_spaces_and_joiners_of_input_methods(make_app: Callable[..., ReaderApp]) -> None:
    app = make_app()
    typed = "灯塔\u3000光👨\u200d👧"
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        await pilot.press("F")
        await pilot.pause()
        for character in typed:
            app.post_message(Key(character_to_key(character), character))
        await pilot.pause()
        assert app.screen.query_one(CleanInput).value == typed


async def test_warnings_about_keys_are_shown_once(archive: Path, tmp_path: Path) -> None:
    for told in (["the key g is gone", "so is z"], []):
        app = ReaderApp(Library([archive], tmp_path / "marks.db"), Settings())
        app.session.key_warnings = ("the key g is gone", "so is z")
        async with app.run_test(size=(80, 20)):
            assert [line for one in app._notifications for line in one.message.splitlines()] == told
        app.library.close()


@pytest.mark.parametrize("key", [*"1234567890", "minus", "equals_sign"])
def test_a_digit_with_alt_has_the_name_under_which_textual_reports_it(key: str) -> None:
    character = {"minus": "-", "equals_sign": "="}.get(key, key)
    (event,) = XTermParser().feed(f"\x1b{character}")
    assert isinstance(event, Key)
    assert event.key in arriving(f"alt+{key}")
    assert pressed_label(event) == f"Alt+{character}"


@pytest.mark.parametrize(("typed", "shown"), [("\x1b0", FrontPageScreen), ("\x1b1", StatsScreen)])
async def test_keys_with_alt_and_a_digit_work(
    archive: Path, tmp_path: Path, typed: str, shown: type[Screen[object]]
) -> None:
    keymap = keymap_of(Settings(keys={"front_page": "Alt+0", "statistics": "Alt+1"}))
    app = ReaderApp(Library([archive], tmp_path / "marks.db"), Settings(), keymap)
    async with app.run_test(size=(100, 24)) as pilot:
        await opened(pilot)
        for event in XTermParser().feed(typed):
            app.post_message(event)
        await until(pilot, lambda: isinstance(app.screen, shown))
    app.library.close()
