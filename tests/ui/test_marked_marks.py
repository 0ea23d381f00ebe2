"""Several bookmarks and highlights at once: marked rows are deleted, recoloured, copied and exported in one step."""

from pathlib import Path

import pytest

from reader.ui.app import ReaderApp
from reader.ui.screens.bookmark_list import BookmarksScreen
from reader.ui.screens.highlight_list import HighlightsScreen
from reader.ui.screens.palette import PaletteScreen
from tests.marks.making import anchor
from tests.ui.marking import Exports, Make
from tests.ui.test_reading import opened
from tests.ui.waiting import until

TEXTS = ("One.", "Two.", "Three.", "Four.")


def highlight(app: ReaderApp) -> None:
    reading = app.reading_screen.view.reading
    assert reading is not None
    for number, text in enumerate(TEXTS):
        app.library.marks.highlights.add(reading.article, anchor(text, number), "", 1)


def quotations(app: ReaderApp, colour: int = 0) -> list[str]:
    """The highlighted texts, newest first; only those in a colour if one is given."""
    found = app.library.marks.highlights.all()
    return [one.anchor.quotation for one in found if colour in {0, one.colour}]


def heading(app: ReaderApp) -> str:
    return str(app.screen.query_one("#marks-shown").render())


async def test_marked_highlights_change_in_one_step(make_app: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    app = make_app()
    copied: list[str] = []
    monkeypatch.setattr("reader.ui.screens.highlight_list.copy", lambda _app, text, *_others: copied.append(text))
    async with app.run_test(size=(100, 24)) as pilot:
        await opened(pilot)
        highlight(app)
        await pilot.press("A", "comma", "down", "insert")
        assert "2 marked" in heading(app)
        await pilot.press("3")
        assert quotations(app, 3) == ["Four.", "Two."]
        await pilot.press("y")
        assert copied == ["Four.\n\nTwo."]
        await pilot.press("d")
        assert quotations(app) == ["Three.", "One."]
        await pilot.press("u", "u")
        assert (quotations(app), quotations(app, 3)) == (["Four.", "Three.", "Two.", "One."], [])
        await pilot.press("home", "comma", "down", "semicolon")
        assert "3 marked" in heading(app)
        await pilot.press("escape")
        assert "marked" not in heading(app)
        await pilot.press("ctrl+a", "d")
        assert quotations(app) == []
        assert isinstance(app.screen, HighlightsScreen)


async def test_marked_highlights_are_exported_for_another_program(
    make_app: Make, exports: Exports, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    app = make_app()
    async with app.run_test(size=(100, 24)) as pilot:
        await opened(pilot)
        highlight(app)
        await pilot.press("A", "comma", "E")
        for name in ("anki", "readwise", "clippings"):
            await pilot.press("tilde")
            await until(pilot, lambda: isinstance(app.screen, PaletteScreen))
            await pilot.press(*name, "enter")
            await until(pilot, lambda: isinstance(app.screen, HighlightsScreen))
        messages = [" ".join(one.message.split()) for one in app._notifications]
        assert [message.startswith("Saved to ~/") for message in messages] == [True] * 4
    written = {path.suffix: path.read_text("utf-8") for path in exports()}
    assert written.keys() == {".md", ".tsv", ".csv", ".txt"}
    assert all("Four." in text and "One." not in text for text in written.values())


async def test_marked_bookmarks_are_deleted_in_one_step(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(100, 24)) as pilot:
        await opened(pilot)
        await pilot.press("m", "a", "m", "b", "m", "c", "apostrophe", "apostrophe")
        await until(pilot, lambda: isinstance(app.screen, BookmarksScreen))
        await pilot.press("ctrl+a", "comma", "d")
        assert len(app.library.marks.bookmarks.all()) == 1
        await pilot.press("u")
        assert len(app.library.marks.bookmarks.all()) == 3


async def test_what_is_exported_and_copied_is_the_present_note(make_app: Make, exports: Exports) -> None:
    app = make_app()
    async with app.run_test(size=(100, 24)) as pilot:
        await opened(pilot)
        highlight(app)
        await pilot.press("A", "comma", "up", "n")
        await until(pilot, lambda: not isinstance(app.screen, HighlightsScreen))
        await pilot.press(*"NEWNOTE", "ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, HighlightsScreen))
        assert "1 marked" in heading(app)
        await pilot.press("E")
        assert isinstance(app.screen, HighlightsScreen)
        assert [one.note for one in app.screen.targets] == ["NEWNOTE"]
    (written,) = exports()
    text = written.read_text("utf-8")
    assert "Four." in text
    assert "NEWNOTE" in text
    assert "One." not in text


async def test_marked_rows_that_a_filter_hides_are_kept(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(100, 24)) as pilot:
        await opened(pilot)
        highlight(app)
        await pilot.press("A", "comma", "slash", *"One.", "enter")
        assert "1 marked, 1 of them not listed" in heading(app)
        await pilot.press("d")
        assert quotations(app) == ["Four.", "Three.", "Two."]
        assert isinstance(app.screen, HighlightsScreen)
        await pilot.press("u")
        assert quotations(app) == ["Four.", "Three.", "Two.", "One."]
        # Of several marked rows only the listed ones are recoloured.
        await pilot.press("space", "3")
        assert quotations(app, 3) == ["One."]
        app.screen.action_mark_all()
        await pilot.press("d", "slash", "ctrl+u", "enter")
        assert quotations(app) == ["Four.", "Three.", "Two."]
        assert "1 marked" in heading(app)
        assert "not listed" not in heading(app)
        await pilot.press("d")
        assert quotations(app) == ["Three.", "Two."]


async def test_rows_whose_marks_are_deleted_elsewhere_are_no_longer_marked(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(100, 24)) as pilot:
        await opened(pilot)
        highlight(app)
        await pilot.press("A", "comma", "comma")
        app.library.marks.highlights.delete(*app.library.marks.highlights.all()[:1])
        assert isinstance(app.screen, HighlightsScreen)
        app.screen.reload()
        assert "1 marked" in heading(app)
        assert [one.anchor.quotation for one in app.screen.targets] == ["Three."]
