"""The choice of an export format."""

from pathlib import Path

import pytest

from reader.ui.screens.palette import PaletteScreen
from tests.ui.marking import Make
from tests.ui.test_reading import opened
from tests.ui.waiting import until


async def test_article_is_exported_in_a_chosen_format(
    make_app: Make, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("reader.ui.session.export_folder", lambda _written: (tmp_path / "out", None))
    app = make_app()
    async with app.run_test(size=(100, 24)) as pilot:
        await opened(pilot)
        for name in ("html", "bibtex", "org"):
            await pilot.press("tilde")
            await until(pilot, lambda: isinstance(app.screen, PaletteScreen))
            await pilot.press(*name, "enter")
        await until(pilot, lambda: len(list((tmp_path / "out").iterdir())) == 3)
    assert {path.suffix for path in (tmp_path / "out").iterdir()} == {".html", ".bib", ".org"}


async def test_article_is_exported_by_a_template(
    make_app: Make, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("reader.ui.session.export_folder", lambda _written: (tmp_path / "out", None))
    app = make_app()
    async with app.run_test(size=(100, 24)) as pilot:
        await opened(pilot)
        await pilot.press("tilde")
        await until(pilot, lambda: isinstance(app.screen, PaletteScreen))
        await pilot.press(*"logseq", "enter")
        await until(pilot, lambda: (tmp_path / "out").is_dir() and any((tmp_path / "out").iterdir()))
    (file,) = (tmp_path / "out").iterdir()
    assert file.read_text("utf-8").startswith("title:: ")
