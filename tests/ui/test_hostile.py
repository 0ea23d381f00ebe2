"""Hostile input that must not crash the program: imports, a manually edited database, editors, fast typing."""

import signal
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from textual.events import Key
from textual.pilot import Pilot

from reader.document.document import Position
from reader.marks.facade import Marks
from reader.reading.opened_article import open_article
from reader.ui.app import ReaderApp
from reader.ui.child_processes import keyboard_signals_ignored
from reader.ui.reading.reading_screen import ReadingScreen
from reader.ui.screens.bookmark_list import BookmarksScreen
from reader.ui.screens.highlight_list import HighlightsScreen
from reader.ui.screens.note import _edited
from reader.ui.screens.recent import RecentScreen
from tests.marks.making import article
from tests.ui.test_reading import opened

Make = Callable[..., ReaderApp]
EVIL = "a\x1b]0;x\x07\r\n\u202eb\x9b"


@pytest.fixture
def _far_east(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "Asia/Shanghai")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


async def status(pilot: Pilot[None]) -> str:
    await pilot.pause()
    assert isinstance(pilot.app, ReaderApp)
    return pilot.app.reading_screen.status.render_line(0).text


@pytest.mark.parametrize(
    ("key", "value"), [("measure", "²²\n80"), ("measure", "9" * 9_000 + "\n80"), ("layout", "[" * 99_999 + "\n")]
)
async def test_store_may_contain_any_state(make_app: Make, tmp_path: Path, key: str, value: str) -> None:
    marks = Marks(tmp_path / "marks.db")
    marks.keep_state(key, value)
    marks.close()
    async with make_app().run_test(size=(80, 12)) as pilot:
        await opened(pilot)


@pytest.mark.usefixtures("_far_east")
@pytest.mark.parametrize("when", [253402300799.0, -62135596800.0, 1e300])
async def test_article_read_at_the_end_of_time_is_listed(make_app: Make, tmp_path: Path, when: float) -> None:
    marks = Marks(tmp_path / "marks.db")
    marks.articles.save_position(article(), Position(0), 0.5)
    marks.store.connection.execute("UPDATE article SET opened_at = ?", (when,))
    marks.close()
    app = make_app()
    async with app.run_test(size=(80, 20)) as pilot:
        await opened(pilot)
        await pilot.press("h")
        await pilot.pause()
        assert isinstance(app.screen, RecentScreen)
        assert app.is_running


async def test_paths_are_cleaned_before_the_terminal(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(100, 20)) as pilot:
        await opened(pilot)
        away = article("away", Path("/x") / (EVIL + "\udcb2.md"))
        app.library.marks.bookmarks.add(away, Position(0), "away", letter="Z")
        await pilot.press("apostrophe", "Z")
        said = await status(pilot)
        assert "/x/" in said
        assert "�" in said
        assert not set("\x1b\x07\r\n\u202e\x9b\udcb2") & set(said)
        app.notify(EVIL, markup=False)
        await pilot.pause()
        assert [one.message for one in app._notifications] == ["a]0;x\nb"]


def highlights_of(app: ReaderApp) -> HighlightsScreen:
    """The list of highlights, not opened yet."""
    commands = app.commands
    return HighlightsScreen(
        app.session, commands.highlighting, commands.undoing, commands.batch, app.reading_screen.reading
    )


async def test_key_typed_before_its_list_opens_waits_for_it(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(100, 20)) as pilot:
        await opened(pilot)
        for key in ("ctrl+y", "tab", "delete"):
            await app.commands.dispatcher.run("highlights")
            app.post_message(Key(key, None))
            await pilot.pause()
            assert isinstance(app.screen, HighlightsScreen)
            await pilot.press("escape")


async def test_page_key_in_a_list_that_is_just_opening_does_nothing(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(100, 20)) as pilot:
        await opened(pilot)
        assert highlights_of(app).check_action("line_down", ())


async def test_keys_typed_after_the_last_one_do_nothing(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(100, 20)) as pilot:
        await opened(pilot)
        await app.action_quit()
        app.post_message(Key("F", "F"))
        app.post_message(Key("ctrl+y", None))
        await pilot.pause()
        assert isinstance(app.screen, ReadingScreen)
    assert app.return_code == 0


async def test_modal_closed_twice_closes_nothing_below_it(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(100, 20)) as pilot:
        await opened(pilot)
        await pilot.press("apostrophe", "apostrophe")
        screen = app.screen
        assert isinstance(screen, BookmarksScreen)
        screen.dismiss(None)
        screen.dismiss(None)
        await pilot.pause()
        assert isinstance(app.screen, ReadingScreen)


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such signals")
def test_ctrl_c_in_the_editor_ends_neither_the_program_nor_the_note() -> None:
    before = signal.getsignal(signal.SIGINT)
    with keyboard_signals_ignored():
        assert _edited(["sh", "-c", 'kill -INT $PPID; kill -QUIT $PPID; echo new > "$0"'], "old") == "new\n"
    assert signal.getsignal(signal.SIGINT) is before


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such shell")
@pytest.mark.parametrize(
    "does", ['rm "$0"', 'rm "$0"; mkdir "$0"', 'rm "$0"; mkfifo "$0"', 'rm -r "$(dirname "$0")"', "exit 1", "kill $$"]
)
def test_editor_that_leaves_no_file_changes_nothing(does: str) -> None:
    assert _edited(["sh", "-c", does], "old") is None


def test_an_editor_without_a_folder_for_its_file_changes_nothing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "gone"))
    assert _edited(["true"], "old") is None


async def test_tab_with_only_an_empty_outline_does_nothing(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(50, 20)) as pilot:
        await opened(pilot)
        await pilot.press("J")
        screen = await opened(pilot, "守塔日记")
        await pilot.press("t")
        assert screen.view.panes.over
        assert not screen.outline.count()
        await pilot.press("tab", "shift+tab")
        assert app.is_running


@pytest.mark.parametrize("keys", [("v", "n"), ("v", "a", "v", "n")])
async def test_note_that_cannot_be_saved_is_kept_for_a_retry(make_app: Make, keys: tuple[str, ...]) -> None:
    app = make_app()
    async with app.run_test(size=(100, 20)) as pilot:
        await opened(pilot)
        await pilot.press(*keys, *"words")
        connection = app.library.marks.store.connection
        connection.pragma("query_only", 1)
        await pilot.press("ctrl+s")
        await pilot.pause()
        connection.pragma("query_only", 0)
        await pilot.press(*" kept", "ctrl+s")
        await pilot.pause()
        assert [one.note for one in app.library.marks.highlights.all()] == ["words kept"]


async def test_list_with_an_invalid_row_can_be_shown(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(100, 20)) as pilot:
        await opened(pilot)
        await pilot.press("v", "a")
        app.library.marks.store.connection.execute("UPDATE highlight SET section = CAST(x'ff41' AS TEXT)")
        screen = highlights_of(app)
        app.push_screen(screen)
        await pilot.pause()
        await pilot.press("down", "d")
        assert app.is_running


async def test_note_belongs_to_the_selected_text_even_if_the_article_changes(
    make_app: Make,
) -> None:
    app = make_app()
    async with app.run_test(size=(100, 20)) as pilot:
        screen = await opened(pilot)
        await pilot.press("v", "right")
        assert screen.reading is not None
        assert screen.view.selected is not None
        quotation = screen.page.document.extract(screen.view.selected)
        await pilot.press("n", *"words")
        path = screen.reading.article.path
        path.write_text(path.read_text("utf-8").replace("海岸线上", "另外的一句话。海岸线上"), "utf-8")
        screen.view.show(open_article(screen.reading.article), None)
        await pilot.press("ctrl+s")
        await pilot.pause()
        (kept,) = app.library.marks.highlights.all()
        assert (kept.anchor.quotation, kept.note) == (quotation, "words")


@pytest.mark.parametrize("key", ["s", "E"])
async def test_export_into_a_folder_that_cannot_be_made_is_reported(make_app: Make, tmp_path: Path, key: str) -> None:
    (tmp_path / "xdg").mkdir(exist_ok=True)
    (tmp_path / "xdg" / "documents").write_text("a file where a folder should be")
    app = make_app()
    async with app.run_test(size=(100, 20)) as pilot:
        await opened(pilot)
        await pilot.press(key)
        await pilot.pause()
        assert [one.message for one in app._notifications if "Cannot write" in one.message]
        assert app.is_running


@pytest.mark.parametrize(
    "error", [MemoryError(), RecursionError("deep"), OSError(5, "Input/output error"), ValueError()]
)
async def test_article_that_cannot_be_read_for_any_reason_is_reported(
    make_app: Make, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    app = make_app()
    async with app.run_test(size=(100, 20)) as pilot:
        screen = await opened(pilot)

        def fail(*_arguments: object, **_options: object) -> None:
            raise error

        monkeypatch.setattr("reader.workers.parsing.read_body", fail)
        await pilot.press("J")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert [one.message for one in app._notifications if "Cannot open" in one.message]
        assert screen.reading is not None
        await pilot.press("J")
        assert app.is_running
