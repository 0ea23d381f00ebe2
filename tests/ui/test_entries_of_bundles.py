"""An article that is a part of a file on the screen: it opens and keeps its marks."""

from collections.abc import Callable
from pathlib import Path

from reader.shelves.counts import SortBy
from reader.ui.app import ReaderApp
from tests.archive.bundles.making import write_rss
from tests.ui.test_reading import opened, rows
from tests.ui.waiting import until


async def test_an_entry_is_opened_marked_and_kept(make_app: Callable[[], ReaderApp], archive: Path) -> None:
    feed = write_rss(archive / "feed.xml", (1, 2))
    # Older than the article that the screen opens with.
    feed.write_text(feed.read_text("utf-8").replace("10 Nov 2021", "09 Nov 2020"), "utf-8")
    app = make_app()
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await opened(pilot)
        library = app.session.library
        catalogue = library.catalogue
        entry = next(one for one in catalogue.articles(catalogue.refs(SortBy.DATE)) if one.title == "第 2 篇")
        app.commands.opening.open(entry)
        await until(pilot, lambda: screen.reading is not None and screen.reading.article.id == entry.id)
        assert any("灯塔 2" in row for row in rows(screen))
        library.marks.articles.tag(entry, ["灯塔"])
        assert library.marks.articles.tags(entry.id) == ("灯塔",)
