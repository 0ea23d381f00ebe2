"""Exports by keys are those of `reader export`: files that link to each other, with their pictures beside them."""

import os
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from threading import Event

import pytest
from textual.pilot import Pilot

from reader.archive.article import Article
from reader.archive.ids import id_of
from reader.archive.scan import read_head
from reader.export.export_formats import FORMATS
from reader.export.exporter import ExportOptions
from reader.library.library import Library
from reader.settings.folders import cache_folder
from reader.settings.options import Settings, SourceBreaks
from reader.ui import late
from reader.ui.app import ReaderApp
from reader.ui.commands import export_job
from reader.ui.commands.export_job import ExportJob, ExportRequest, ExportResult
from tests.ui.marking import Exports, said
from tests.ui.test_reading import opened
from tests.ui.waiting import until

FILES = {
    "lamp.md": "---\ndate: 2022-01-01\n---\n# Lamp\n\n"
    "See [ferry](other/ferry.md#night), ![a](img/a.png) ![b](img/gone.png) ![c](../c.png).\n",
    "other/ferry.md": "---\ndate: 2021-01-01\n---\n# Ferry\n\nTo [[lamp]], ![p](../img/a.png).\n\n## Night\n\nDark.\n",
}


@pytest.fixture
def linked(tmp_path: Path) -> Path:
    folder = tmp_path / "archive"
    for name, text in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    (folder / "img").mkdir()
    (folder / "img" / "a.png").write_bytes(b"picture")
    (tmp_path / "c.png").write_bytes(b"secret")
    return folder


def app_of(folder: Path, tmp_path: Path, told: list[str]) -> ReaderApp:
    app = ReaderApp(Library([folder], tmp_path / "marks.db"), Settings())
    app.host.notify = lambda message, **_: told.append(message)  # type: ignore[method-assign]
    return app


async def mark_all(pilot: Pilot[None], count: int) -> None:
    assert isinstance(pilot.app, ReaderApp)
    sidebar = pilot.app.reading_screen.sidebar
    await pilot.press("V", "V", "shift+tab", "home")
    await until(pilot, lambda: sidebar.count() == count)
    await pilot.press("ctrl+a")
    assert len(sidebar.marked.refs) == count


async def test_marked_articles_link_to_each_other_and_have_their_pictures(
    linked: Path, tmp_path: Path, exports: Exports
) -> None:
    told: list[str] = []
    app = app_of(linked, tmp_path, told)
    async with app.run_test(size=(120, 20)) as pilot:
        await opened(pilot, "Lamp")
        await mark_all(pilot, 2)
        await pilot.press("E")
        await until(pilot, lambda: len(exports("*.md")) == 2)
        assert "2 articles saved" in await said(pilot)
    files = {path.name: path.read_text("utf-8") for path in exports("*.md")}
    assert "[ferry](Ferry.md#night), ![a](assets/a.png) ![b](img/gone.png) ![c](../c.png)" in files["Lamp.md"]
    assert "[lamp](Lamp.md), ![p](assets/a.png)" in files["Ferry.md"]
    assert [path.read_bytes() for path in exports("assets/*")] == [b"picture"]
    assert "\n".join(told).splitlines() == [
        "1 picture cannot be copied (img/gone.png): it is missing, or larger than 64 MiB",
        "1 picture is left out (../c.png): it lies outside the archive",
    ]
    assert sorted(os.listdir(linked)) == ["img", "lamp.md", "other"], "nothing is written into the archive"  # noqa: PTH208


async def test_open_article_has_its_pictures(
    linked: Path, tmp_path: Path, exports: Exports, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = app_of(linked, tmp_path, [])
    async with app.run_test(size=(120, 20)) as pilot:
        await opened(pilot, "Lamp")
        for _time in range(2):
            await pilot.press("E")
            await until(pilot, lambda: app.commands._exporting._job is None)
            assert (await said(pilot)).startswith("Saved to /")
        # A narrow status line would cut the name of the file behind a long path.
        monkeypatch.setenv("HOME", str(exports("*.md")[0].parent))
        await pilot.press("E")
        await until(pilot, lambda: app.commands._exporting._job is None)
        assert (await said(pilot)).startswith("Saved to ~/Lamp.md")
        assert [path.name for path in exports("*.md")] == ["Lamp.md"]
        assert "![a](assets/a.png)" in exports("*.md")[0].read_text("utf-8")


async def test_export_of_one_article_is_stopped(
    linked: Path, tmp_path: Path, exports: Exports, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = app_of(linked, tmp_path, [])
    started, goes_on, placed = Event(), Event(), late.placed

    def wait(*arguments: object) -> object:
        started.set()
        goes_on.wait(120)
        return placed(*arguments)  # type: ignore[arg-type]

    async with app.run_test(size=(120, 20)) as pilot:
        await opened(pilot, "Lamp")
        monkeypatch.setattr(late, "placed", wait)
        await pilot.press("E")
        await until(pilot, started.is_set)
        await pilot.press("E")
        goes_on.set()
        await until(pilot, lambda: app.commands._exporting._job is None)
        assert (await said(pilot)).startswith("The export was stopped")
    assert exports() == []


async def test_export_waits_for_the_names_in_the_index(
    linked: Path, tmp_path: Path, exports: Exports, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    app = app_of(linked, tmp_path, told)
    # The pane of related articles asks as well.
    waiting = [2, 1]

    def next_number(_links: object) -> int:
        return waiting.pop(0) if waiting else 0

    monkeypatch.setattr("reader.linking.archive_links.ArchiveLinks.waiting", next_number)
    monkeypatch.setattr(export_job, "_POLL", 0)
    async with app.run_test(size=(120, 20)) as pilot:
        await opened(pilot, "Lamp")
        await mark_all(pilot, 2)
        await pilot.press("E")
        await until(pilot, lambda: len(exports("*.md")) == 2)
        assert waiting == []
        assert not any("Indexing" in one for one in told)
        monkeypatch.setattr("reader.linking.archive_links.ArchiveLinks.waiting", lambda _links: 1)
        await pilot.press("E")
        await until(pilot, lambda: any(one.startswith("Indexing has not finished") for one in told))


async def test_articles_of_a_relative_archive_link_to_sections(
    linked: Path, tmp_path: Path, exports: Exports, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(linked.parent)
    told: list[str] = []
    app = app_of(Path(linked.name), tmp_path, told)
    async with app.run_test(size=(120, 20)) as pilot:
        await opened(pilot, "Lamp")
        await mark_all(pilot, 2)
        await pilot.press("E")
        await until(pilot, lambda: app.commands._exporting._job is None)
        assert "2 articles saved" in await said(pilot)
    assert "[ferry](Ferry.md#night)" in next(one for one in exports("*.md") if one.stem == "Lamp").read_text("utf-8")
    assert not any("Internal error" in one for one in told)


async def test_unexpected_error_is_one_message_and_is_logged(
    linked: Path, tmp_path: Path, exports: Exports, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    app = app_of(linked, tmp_path, told)

    def fail(*_arguments: object) -> None:
        raise KeyError("lamp\x1b[2J")

    async with app.run_test(size=(120, 20)) as pilot:
        await opened(pilot, "Lamp")
        await mark_all(pilot, 2)
        monkeypatch.setattr(late, "placed", fail)
        await pilot.press("E")
        await until(pilot, lambda: bool(told) and app.commands._exporting._job is None)
        assert app.is_running
    assert exports("*.md") == []
    log = cache_folder() / "crash.txt"
    assert [one for one in told if "Internal error" in one] == told
    assert len(told) == 1
    assert told[0].count("Internal error (KeyError: ") == 1
    assert str(log) in told[0]
    assert "in fail" in log.read_text("utf-8")


@pytest.fixture
def library(linked: Path, tmp_path: Path) -> Iterator[Library]:
    with closing(Library([linked], tmp_path / "marks.db")) as library:
        yield library


def exported(library: Library, folder: Path) -> ExportResult:
    """Export all articles of an archive, without a screen."""
    root = library.archives[0].root
    heads = [read_head(root / name, root, id_of(root / name))[0] for name in FILES]
    articles = [head for head in heads if isinstance(head, Article)]
    form, options = FORMATS["markdown"], ExportOptions()
    request = ExportRequest(form, options, folder, folder / "record", articles, None, {}, SourceBreaks.AUTO)
    return ExportJob(request, library, lambda _number: None).run()


@pytest.mark.parametrize(("last", "is_finished"), [(0, True), (1, False)])
def test_index_that_is_finished_at_the_last_look_is_finished(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, last: int, *, is_finished: bool
) -> None:
    waiting = [2, 1, 1, last]
    monkeypatch.setattr("reader.linking.archive_links.ArchiveLinks.waiting", lambda _links: waiting.pop(0))
    monkeypatch.setattr(export_job, "_POLL", 0)
    monkeypatch.setattr(export_job, "_POLLS", 3)
    warnings = exported(library, tmp_path / "out").warnings
    assert waiting == []
    assert any(one.startswith("Indexing has not finished") for one in warnings) != is_finished


def test_index_that_cannot_be_opened_is_one_warning(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_library: Library) -> None:
        raise OSError("no disk")

    monkeypatch.setattr(Library, "new_links", fail)
    result = exported(library, tmp_path / "out")
    assert {path.stem for path in result.written} == {"Lamp", "Ferry"}
    assert result.errors == []
    assert [one for one in result.warnings if one.startswith("Links cannot be looked up")] == [
        "Links cannot be looked up: no disk"
    ]
