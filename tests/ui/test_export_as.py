"""The choice of an export format."""

from reader.ui.screens.palette import PaletteScreen
from tests.ui.marking import Exports, Make
from tests.ui.test_reading import opened
from tests.ui.waiting import until


async def test_article_is_exported_in_a_chosen_format(make_app: Make, exports: Exports) -> None:
    app = make_app()
    async with app.run_test(size=(100, 24)) as pilot:
        await opened(pilot)
        for name in ("html", "bibtex", "org"):
            await pilot.press("tilde")
            await until(pilot, lambda: isinstance(app.screen, PaletteScreen))
            await pilot.press(*name, "enter")
        await until(pilot, lambda: len(exports()) == 3)
    assert {path.suffix for path in exports()} == {".html", ".bib", ".org"}


async def test_article_is_exported_by_a_template(make_app: Make, exports: Exports) -> None:
    app = make_app()
    async with app.run_test(size=(100, 24)) as pilot:
        await opened(pilot)
        await pilot.press("tilde")
        await until(pilot, lambda: isinstance(app.screen, PaletteScreen))
        await pilot.press(*"logseq", "enter")
        await until(pilot, lambda: exports() != [])
    (file,) = exports()
    assert file.read_text("utf-8").startswith("title:: ")
