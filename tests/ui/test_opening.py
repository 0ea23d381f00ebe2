"""Articles that take long to read: the one that was asked for last is read, and the others are stopped."""

from collections.abc import Callable
from threading import Event

import pytest
from textual.pilot import Pilot

from reader.archive.article import Article
from reader.reading.opened import Reading, open_article
from reader.shelves.counts import SortBy
from reader.ui.app import ReaderApp
from reader.ui.commands import opening
from reader.workers.stopped import Stopped
from tests.ui.test_reading import opened


async def until(pilot: Pilot[None], holds: Callable[[], bool]) -> None:
    """Wait until something holds."""
    for _ in range(1500):
        if holds():
            return
        await pilot.pause(0.02)
    raise AssertionError


async def test_opening_another_article_stops_the_parser_of_the_one_before(
    make_app: Callable[[], ReaderApp], monkeypatch: pytest.MonkeyPatch
) -> None:
    stopped: list[str] = []
    begun = Event()

    def stuck(article: Article, stop: Event) -> Reading:
        if article.id != slow.id:
            return open_article(article, stop)
        begun.set()
        stop.wait()
        stopped.append(article.title)
        raise Stopped

    app = make_app()
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await opened(pilot)
        catalogue = app.session.library.catalogue
        assert screen.reading is not None
        here = screen.reading.article.id
        articles = catalogue.articles(catalogue.refs(SortBy.DATE))
        slow, last = [one for one in articles if one.id != here][:2]
        monkeypatch.setattr(opening, "open_article", stuck)
        app.commands.opening.open(slow)
        await until(pilot, begun.is_set)
        app.commands.opening.open(last)
        await until(pilot, lambda: screen.reading is not None and screen.reading.article.id == last.id)
        assert stopped == [slow.title]
        begun.clear()
        app.commands.opening.open(slow)
        await until(pilot, begun.is_set)
        app.commands.end()
        await until(pilot, lambda: len(stopped) == 2)
