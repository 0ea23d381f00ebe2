"""The search modal while articles are being indexed."""

from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from reader.index.progress import SyncProgress, SyncStage
from reader.index.text_stage import TextStage
from reader.keymap.keymap import Keymap
from reader.search.federated import Sort
from reader.ui.app import ReaderApp
from reader.ui.index_status import IndexStatus
from reader.ui.screens.search import SearchScreen
from reader.ui.screens.search_counts import SearchCounts
from reader.ui.widgets.passage import Passage
from reader.ui.widgets.results import Results
from tests.ui.conftest import write
from tests.ui.waiting import until


@pytest.fixture
def texts_may_be_indexed(monkeypatch: pytest.MonkeyPatch) -> Iterator[Event]:
    """An event until which the indexer waits, between the titles and the texts."""
    go_on, run = Event(), TextStage.run

    def run_later(stage: TextStage) -> None:
        go_on.wait()
        run(stage)

    monkeypatch.setattr(TextStage, "run", run_later)
    yield go_on
    go_on.set()


def note(pilot: Pilot[None]) -> str:
    return str(pilot.app.screen.query_one("#search-note", Passage).text)


async def test_titles_are_found_first_and_the_count_follows_the_index(
    texts_may_be_indexed: Event, make_app: Callable[..., ReaderApp]
) -> None:
    app = make_app()
    async with app.run_test(size=(100, 24)) as pilot:
        await until(pilot, lambda: app.reading_screen.reading is not None)
        reading = app.reading_screen.reading
        assert reading is not None
        await pilot.press("F")
        await until(pilot, lambda: isinstance(app.screen, SearchScreen) and app.screen.ready.is_set())
        app.screen.query_one(Input).value = f"title:{reading.article.title.split()[0]}"
        results = app.screen.query_one(Results)
        await until(pilot, lambda: bool(results.found) and "not indexed yet" in note(pilot))
        assert "(text not indexed yet)" in "".join(one.text for one in results.row(1, 80, lit=False))
        texts_may_be_indexed.set()
        await until(pilot, lambda: "found" in note(pilot) and "not indexed yet" not in note(pilot))


async def test_no_match_is_final_only_when_all_texts_are_indexed(
    texts_may_be_indexed: Event, make_app: Callable[..., ReaderApp]
) -> None:
    app = make_app()
    async with app.run_test(size=(100, 24)) as pilot:
        await until(pilot, lambda: app.reading_screen.reading is not None)
        await pilot.press("F")
        await until(pilot, lambda: isinstance(app.screen, SearchScreen) and app.screen.ready.is_set())
        app.screen.query_one(Input).value = "zzqx"
        results = app.screen.query_one(Results)
        await until(pilot, lambda: results.note != "")
        assert results.note == "No match for “zzqx” yet: texts are still being indexed"
        texts_may_be_indexed.set()
        await until(pilot, lambda: results.note.startswith("No article matches “zzqx”"))


async def test_articles_found_by_their_texts_join_the_list_below_those_found_by_their_titles(
    texts_may_be_indexed: Event, archive: Path, make_app: Callable[..., ReaderApp]
) -> None:
    write(archive, "news", "Harbour News", "2021-12-24 09:00:00", ("Essays",), "<p>The light on the mole is out.</p>")
    app = make_app()
    async with app.run_test(size=(100, 24)) as pilot:
        await until(pilot, lambda: app.reading_screen.reading is not None)
        await pilot.press("F")
        await until(pilot, lambda: isinstance(app.screen, SearchScreen) and app.screen.ready.is_set())
        app.screen.query_one(Input).value = "light"
        results = app.screen.query_one(Results)
        await until(pilot, lambda: bool(results.found) and "not indexed yet" in note(pilot))
        assert [one.article.title for one in results.found] == ["The Light That Keeps Itself"]
        texts_may_be_indexed.set()
        await until(pilot, lambda: len(results.found) > 1)
        assert [one.article.title for one in results.found] == ["The Light That Keeps Itself", "Harbour News"]
        assert note(pilot).startswith("2 found")


def test_files_that_are_not_listed_yet_are_counted_as_waiting() -> None:
    status = IndexStatus(Keymap())
    counts = SearchCounts(Keymap(), status)
    counts.known = (0, 2_540)
    assert not counts.may_differ()
    status.advance(SyncProgress(SyncStage.HEADS, 2_540, unlisted=3_460))
    assert counts.may_differ()
    assert not counts.may_differ()
    assert "6,000 articles are not indexed yet" in counts.text(Sort.BEST, 0)
