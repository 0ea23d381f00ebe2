"""Articles marked in the sidebar: which are marked, also while indexing renumbers them, and the hints for them."""

from pathlib import Path

import apsw
import pytest

from reader.shelves.article_catalogue import ArticleCatalogue
from reader.ui.app import ReaderApp
from reader.ui.widgets.marked_articles import MOST, MarkedArticles
from tests.ui.marking import Exports, Make
from tests.ui.test_many_at_once import flat
from tests.ui.test_reading import opened
from tests.ui.waiting import until


def renumber(app: ReaderApp) -> None:
    """Give all articles other keys, as indexing does with articles without a date."""
    path = app.library.catalogue.indexes[0].path
    connection = apsw.Connection(path, flags=apsw.SQLITE_OPEN_READWRITE | apsw.SQLITE_OPEN_URI)
    # Texts may still be written by the indexer.
    connection.set_busy_timeout(10_000)
    connection.execute("UPDATE article SET key = -1 - key")
    connection.execute("UPDATE article SET key = -key")
    connection.close()


def test_rows_are_toggled_and_ranges_added() -> None:
    marked = MarkedArticles()
    marked.toggle([3], 2)
    assert list(marked.rows_to(5)) == [2, 3, 4, 5]
    marked.toggle([3, 4], 1)
    assert list(marked.refs) == [3, 4], "a group of which not all are marked is marked"
    marked.toggle([4], 1)
    assert list(marked.refs) == [3]
    assert list(marked.rows_to(0)) == [0, 1]
    marked.clear()
    assert not marked
    assert list(marked.rows_to(7)) == [7]


def test_shelf_is_marked_while_all_of_its_articles_are() -> None:
    marked = MarkedArticles()
    marked.toggle([3, 4], 1, ("a",))
    assert set(marked.shelves) == {("a",)}
    marked.toggle([4], 2)
    assert not marked.shelves
    marked.toggle([3, 4], 1, ("a",))
    marked.follow(lambda known: {ref: (ref, "id") for ref in known if ref != 3}, forget=True)
    assert marked.refs == {4: "id"}
    assert not marked.shelves


def test_marks_follow_renumbered_articles() -> None:
    marked = MarkedArticles()
    marked.toggle([3, 4], 1, ("a",))
    marked.follow(lambda known: {ref: (ref + 10, f"id{ref}") for ref in known}, forget=True)
    assert marked.refs == {13: "id3", 14: "id4"}
    assert marked.shelves == {("a",): [13, 14]}
    marked.follow(lambda _known: {}, forget=False)
    assert len(marked.refs) == 2
    marked.follow(lambda _known: {}, forget=True)
    assert not marked.refs
    assert not marked.shelves


def test_no_more_articles_are_marked_than_a_key_can_act_on() -> None:
    marked = MarkedArticles()
    assert marked.toggle(range(MOST - 1), 0)
    assert not marked.toggle(range(MOST + 5), 1, ("a",))
    assert len(marked.refs) == MOST
    assert not marked.shelves
    assert marked.add([0]), "it is marked already"
    assert not marked.add([MOST + 1])


async def test_limit_of_marked_articles_is_told(make_app: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reader.ui.widgets.marked_articles.MOST", 2)
    monkeypatch.setattr("reader.ui.widgets.sidebar.MOST", 2)
    app = make_app()
    told: list[str] = []
    monkeypatch.setattr(app, "notify", lambda message, **_options: told.append(message))
    async with app.run_test(size=(120, 20)) as pilot:
        screen = await opened(pilot)
        await flat(pilot)
        await pilot.press("ctrl+a")
        assert len(screen.sidebar.marked.refs) == 2
        await pilot.press("escape", "home", "up", "left_curly_bracket")
        assert told == ["At most 2 articles are marked at once"]


async def test_article_that_is_gone_is_not_marked_any_more(make_app: Make, archive: Path) -> None:
    app = make_app()
    async with app.run_test(size=(120, 20)) as pilot:
        screen = await opened(pilot)
        await flat(pilot)
        await pilot.press("ctrl+a")
        assert len(screen.sidebar.marked.refs) == 3
        (archive / "essay.md").unlink()
        await until(pilot, lambda: len(screen.sidebar.marked.refs) == 2)
        assert len(screen.view.marked_articles) == 2


async def test_articles_that_indexing_renumbers_stay_marked(
    make_app: Make, exports: Exports, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = make_app()
    async with app.run_test(size=(120, 20)) as pilot:
        screen = await opened(pilot)
        await flat(pilot)
        await pilot.press("ctrl+a")
        renumber(app)
        await pilot.press("E")
        await until(pilot, lambda: len(exports("*.md")) == 3)
        app.commands.shelves.refresh()
        await until(pilot, lambda: app.commands.shelves.is_current)
        assert len(screen.sidebar.marked.refs) == 3
        await until(pilot, lambda: app.commands._exporting._job is None)
        told: list[str] = []
        app.host.notify = lambda message, **_: told.append(message)  # type: ignore[method-assign]
        monkeypatch.setattr(ArticleCatalogue, "located", lambda *_: {})
        monkeypatch.setattr(ArticleCatalogue, "articles", lambda *_: [])
        for path in exports("*.md"):
            path.unlink()
        await pilot.press("E")
        assert told == ["3 marked articles cannot be found: the list is being updated"]
        assert app.commands._exporting._job is None
        assert exports("*.md") == [], "the open article is not exported instead"


async def test_all_of_a_list_older_than_the_index_are_marked_when_it_is_updated(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(120, 20)) as pilot:
        screen = await opened(pilot)
        await flat(pilot)
        renumber(app)
        await pilot.press("ctrl+a")
        assert screen.view.marked_count == 3
        app.commands.shelves.refresh()
        await until(pilot, lambda: app.commands.shelves.is_current)
        assert len(screen.view.marked_articles) == 3


@pytest.mark.parametrize("width", [60, 80, 100, 160])
async def test_hints_of_marked_articles_fit_with_export_and_escape(make_app: Make, width: int) -> None:
    app = make_app()
    async with app.run_test(size=(width, 20)) as pilot:
        screen = await opened(pilot)
        await flat(pilot)
        screen.sidebar.focus()
        await pilot.press("ctrl+a")
        line = screen.status.render_line(0).text
        assert "3 marked · " in line
        assert "E s export" in line
        assert "Esc unmark" in line
        assert "…" not in line
