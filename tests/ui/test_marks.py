"""Marks on the screen: bookmarks, tags, read later, history; two readers, and a failing database."""

from pathlib import Path

import pytest

from reader.document.document import Position
from reader.marks.backups import back_up
from reader.marks.facade import Marks
from reader.search.query_tree import State
from reader.settings.options import Settings
from reader.ui.reading.reading_screen import ReadingScreen
from reader.ui.screens.bookmark_list import BookmarksScreen
from reader.ui.screens.recent import RecentScreen
from reader.ui.screens.restore_prompt import RestoreScreen
from reader.ui.screens.tags import TagsScreen
from reader.ui.widgets.passage import Passage
from tests.ui.marking import FIRST, Make, quotations, said
from tests.ui.test_reading import opened, rows
from tests.ui.waiting import until

# Bookmarks with letters


async def test_letter_goes_to_its_bookmark_and_capitals_from_anywhere(make_app: Make) -> None:
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


@pytest.mark.parametrize("key", ["1", "down", "ctrl+a", "space", "apostrophe", "啊"])
async def test_key_that_is_not_a_letter_asks_again(make_app: Make, key: str) -> None:
    app = make_app()
    async with app.run_test(size=(100, 12)) as pilot:
        screen = await opened(pilot)
        await pilot.press("m", key)
        assert await said(pilot) == "Not a letter: press a–z or A–Z · Enter no letter · Esc cancel"
        assert not app.library.marks.bookmarks.all()
        assert screen.page.scroll_y == 0
        await pilot.press("a")
        assert [one.letter for one in app.library.marks.bookmarks.all()] == ["a"]
        await pilot.press("apostrophe", "1")
        assert app.screen is screen
        await pilot.press("escape", "down")
        assert screen.page.scroll_y == 1
        await pilot.press("right_square_bracket", "m", "1", "enter")
        assert [one.letter for one in app.library.marks.bookmarks.all()] == ["", "a"]


@pytest.mark.parametrize("chinese", [True, False])
async def test_key_hints_are_complete_in_narrow_windows(
    make_app: Make,
    chinese: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    app = make_app(chinese=chinese)
    async with app.run_test(size=(80, 12)) as pilot:
        await opened(pilot)
        for width in (80, 60, 40):
            await pilot.resize_terminal(width, 12)
            for keys, needed in {
                ("m",): ("Enter", "Esc"),
                ("apostrophe",): ("Enter", "Esc"),
                ("m", "1"): ("Enter", "Esc", "Z"),
                ("v", "c"): (
                    "a ",
                    "n ",
                    "y ",
                    "Esc",
                    *(("c 字 w 词" if chinese else "c w s p", "v ") if width == 80 else ()),
                ),
                ("v", "p", "v"): (
                    "a ",
                    "n ",
                    "y ",
                    "Esc",
                    *(("c 字 w 词" if chinese else "c w s p", "v ") if width == 80 else ()),
                ),
            }.items():
                await pilot.press(*keys)
                note = await said(pilot)
                assert "…" not in note
                assert all(one in note for one in needed), note
                await pilot.press("escape")


async def test_list_of_bookmarks_assigns_letters_and_filters(make_app: Make) -> None:
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


async def test_starred_article_still_shows_whether_it_was_read(make_app: Make) -> None:
    app = make_app(Settings(theme="mono"))
    async with app.run_test(size=(120, 20)) as pilot:
        screen = await opened(pilot)

        def shown() -> str:
            (row,) = [text for y in range(20) if "十二座" in (text := screen.sidebar.render_line(y).text)]
            return row

        plain = shown()
        assert "  ● 10 " in plain
        await pilot.press("*")
        assert shown() == plain.replace(" ●", "*●")
        await pilot.press("r")
        assert shown() == plain.replace(" ●", "* ")
        await pilot.press("*")
        assert shown() == plain.replace("●", " ")


async def test_read_later_is_a_shelf_of_the_sidebar(make_app: Make) -> None:
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


async def test_back_and_forward_go_through_articles_and_positions(make_app: Make) -> None:
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
        assert "newest position" in await said(pilot)


async def test_back_reaches_articles_read_before_the_start(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(100, 12)) as pilot:
        await opened(pilot)
        await pilot.press("J")
        await opened(pilot, "守塔日记")
        articles = app.session.library.marks.articles
        await until(pilot, lambda: [one.title for one in articles.visited(9)][:-1] == ["守塔日记"])
        # Without an index, the next start would begin with another article.
        await until(pilot, lambda: all(app.session.library.article(one.id) for one in articles.visited(9)))
        await pilot.press("q")
    again = make_app()
    async with again.run_test(size=(100, 12)) as pilot:
        await opened(pilot, "守塔日记")
        library = again.session.library
        await until(pilot, lambda: all(library.article(one.id) for one in library.marks.articles.visited(9)))
        await pilot.press("H")
        await opened(pilot)
        await pilot.press("h")
        assert isinstance(again.screen, RecentScreen)
        await pilot.press("down", "enter")
        await opened(pilot, "守塔日记")


async def test_program_reopens_with_the_same_panes(make_app: Make) -> None:
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


async def test_outline_shows_the_progress_of_sections_also_after_a_restart(make_app: Make) -> None:
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


# Two readers, and a failing database


async def test_marks_of_another_reader_appear(make_app: Make, tmp_path: Path) -> None:
    app = make_app()
    async with app.run_test(size=(100, 20)) as pilot:
        screen = await opened(pilot)
        assert screen.reading is not None
        article = screen.reading.article
        other = Marks(tmp_path / "marks.db")
        other.articles.star(article, starred=True)
        other.bookmarks.add(article, Position(0), "theirs")
        await until(pilot, lambda: app.library.is_marked(article, State.STARRED))
        await until(pilot, lambda: any("▍" in row for row in rows(screen)))
        await pilot.press("m", "m")
        assert len(other.bookmarks.all()) == 1
        other.close()


async def test_change_overwritten_by_another_reader_is_reported_as_not_undone(make_app: Make, tmp_path: Path) -> None:
    app = make_app()
    async with app.run_test(size=(100, 20)) as pilot:
        await opened(pilot)
        await pilot.press("*", "v", "n", *"from A", "ctrl+s")
        other = Marks(tmp_path / "marks.db")
        (made,) = other.highlights.all()
        other.highlights.change(made, note="from B")
        await pilot.press("U")
        assert "Not undone because it has changed since: highlight added · " in await said(pilot)
        await pilot.press("ctrl+y")
        assert "Nothing to redo" in await said(pilot)
        await pilot.press("U")
        assert "Undone: star added · " in await said(pilot)
        await pilot.press("ctrl+y")
        assert "Redone: star added · " in await said(pilot)
        assert [one.note for one in other.highlights.all()] == ["from B"]
        other.close()


async def test_corrupt_store_is_reported_and_the_intact_backup_restored(make_app: Make, tmp_path: Path) -> None:
    app = make_app()
    async with app.run_test(size=(100, 20)) as pilot:
        await opened(pilot)
        await pilot.press("*", "v", "a", "m", "m", "right_square_bracket", "m", "b", "q")
    app.library.close()
    store = tmp_path / "marks.db"
    back_up(store, why="daily")
    whole = store.read_bytes()
    store.write_bytes(b"\0" * len(whole))
    again = make_app()
    async with again.run_test(size=(100, 20)) as pilot:
        await until(pilot, lambda: isinstance(again.screen, RestoreScreen))
        shown = " ".join(again.screen.query_one("#restore-text", Passage).text.split())
        assert "(highlights: 1, bookmarks: 2). The reader can" in shown
        assert str(store) in shown
        assert "is corrupt" not in shown, "the title says it"
        await pilot.press("enter")
        await until(pilot, lambda: quotations(again) == [FIRST])
    aside = [one.read_bytes() for one in tmp_path.glob("marks-damaged-*.db")]  # noqa: ASYNC240 - it is closed by now
    assert aside == [b"\0" * len(whole)]
