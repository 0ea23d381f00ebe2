"""Articles that are slow to parse: only the last requested one is completed, the others are cancelled."""

from collections.abc import Callable
from pathlib import Path
from threading import Event

import pytest
from textual.geometry import Region
from textual.strip import Strip

from reader.archive.article import Article
from reader.document.document import Position
from reader.document.outline import Outline
from reader.library.library import Library
from reader.reading import reading_cache
from reader.reading.opened_article import Reading, open_article
from reader.settings.options import Settings, SourceBreaks
from reader.shelves.counts import SortBy
from reader.ui.app import ReaderApp
from reader.ui.widgets.page import Page
from reader.workers.stopped import Stopped
from tests.ui.test_reading import opened
from tests.ui.waiting import until


async def test_opening_another_article_stops_the_parser_of_the_one_before(
    make_app: Callable[[], ReaderApp], monkeypatch: pytest.MonkeyPatch
) -> None:
    stopped: list[str] = []
    begun = Event()

    def stuck(article: Article, stop: Event, *, whole_page: bool, breaks: SourceBreaks) -> Reading:
        if article.id != slow.id:
            return open_article(article, stop, whole_page=whole_page, breaks=breaks)
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
        monkeypatch.setattr(reading_cache, "open_article", stuck)
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


WEB_PAGE = """<!DOCTYPE html><html><head><title>岛上的邮局</title></head><body>
<div class="menu"><ul><li><a href="/a">首页新闻</a></li><li><a href="/b">天气预报</a></li></ul></div>
<article><h1>岛上的邮局</h1><p>邮局每周开两天，船来的那天，和船走的那天，其余的日子，门上挂着一把锁。</p>
<p>寄信的人不多，收信的人更多一些，因为岛上的人都有亲戚在岸上，岸上的人也记得他们。</p></article></body></html>"""


async def test_key_toggles_between_the_whole_web_page_and_the_article(
    archive: Path, make_app: Callable[[], ReaderApp]
) -> None:
    (archive / "post-office.html").write_text(WEB_PAGE, encoding="utf-8")
    app = make_app()
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await opened(pilot)
        catalogue = app.session.library.catalogue
        articles = catalogue.articles(catalogue.refs(SortBy.DATE))
        app.commands.opening.open(next(one for one in articles if one.title == "岛上的邮局"))

        def has_menu() -> bool:
            assert screen.reading is not None
            return "天气预报" in [leaf.text.text for leaf in screen.reading.document.leaves]

        await until(pilot, lambda: screen.reading is not None and screen.reading.article.title == "岛上的邮局")
        assert not has_menu()
        await pilot.press("W")
        await until(pilot, has_menu)
        await pilot.press("shift+f8")
        await until(pilot, lambda: not has_menu())


async def test_article_that_is_not_a_web_page_has_no_whole_page(make_app: Callable[[], ReaderApp]) -> None:
    app = make_app()
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await opened(pilot)
        before = screen.reading
        await pilot.press("W")
        await pilot.pause()
        assert screen.reading is before


@pytest.mark.parametrize("breaks", SourceBreaks)
async def test_the_setting_for_line_breaks_reaches_the_page(tmp_path: Path, breaks: SourceBreaks) -> None:
    archive = tmp_path / "archive"
    archive.mkdir()
    (archive / "poem.md").write_text("---\ntitle: 灯\n---\n白日依山尽，\n黄河入海流。\n", encoding="utf-8")
    app = ReaderApp(Library([archive], tmp_path / "marks.db"), Settings(line_breaks=breaks))
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await opened(pilot, "灯")
        assert screen.reading is not None
        found = screen.reading.document.leaves[-1].text.text
        assert found == ("白日依山尽，黄河入海流。" if breaks is SourceBreaks.JOIN else "白日依山尽，\n黄河入海流。")


async def test_the_beginning_of_a_long_article_is_shown_while_the_rest_is_parsed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = tmp_path / "archive"
    archive.mkdir()
    (archive / "short.md").write_text("---\ntitle: 短\ndate: 2021-03-04\n---\n海\n", encoding="utf-8")
    sections = "".join(f"## 第{number}节\n\n{f'第{number}段说海，也说灯塔。' * 12}\n\n" for number in range(1_500))
    (archive / "long.md").write_text(f"---\ntitle: 长\ndate: 2020-03-04\n---\n{sections}", encoding="utf-8")
    released = Event()

    def waiting(article: Article, stop: Event, *, whole_page: bool, breaks: SourceBreaks) -> Reading:
        if article.title == "长":
            released.wait()
        return open_article(article, stop, whole_page=whole_page, breaks=breaks)

    monkeypatch.setattr(reading_cache, "open_article", waiting)
    app = ReaderApp(Library([archive], tmp_path / "marks.db"), Settings())
    async with app.run_test(size=(100, 20)) as pilot:
        screen = await opened(pilot, "短")
        catalogue = app.session.library.catalogue
        (long,) = [one for one in catalogue.articles(catalogue.refs(SortBy.DATE)) if one.title == "长"]
        app.commands.opening.open(long)
        await until(pilot, lambda: screen.reading is None and len(screen.page.document.leaves) > 100)
        await pilot.press("pagedown", "pagedown")
        await pilot.pause()
        place = screen.view.place
        top = screen.page.document.text(place.block)
        assert place.block > 0
        released.set()
        await until(pilot, lambda: screen.reading is not None and screen.reading.article.id == long.id)
        await pilot.pause()
        assert screen.page.document.text(screen.view.place.block) == top
        assert screen.outline.count() == 1_500
    app.session.library.close()


async def test_keys_for_other_articles_wait_until_the_shelves_are_counted(
    make_app: Callable[[], ReaderApp], monkeypatch: pytest.MonkeyPatch
) -> None:
    app = make_app()
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await opened(pilot)
        sidebar = screen.sidebar
        assert screen.reading is not None
        second = sidebar.following(screen.reading.article, 1)
        assert second is not None
        here = screen.reading.article.id
        # As before the first count; a real one must not end before the test says so.
        app.commands.shelves.counted.remove(app.commands.opening.shelves_counted)
        monkeypatch.setattr(type(sidebar), "total", 0)
        app.commands.opening.are_all_listed = lambda: False
        await pilot.press("J", "K", "J")
        await pilot.pause()
        assert screen.reading.article.id == here
        monkeypatch.undo()
        app.commands.opening.shelves_counted()
        await until(pilot, lambda: screen.reading is not None and screen.reading.article.id == second.id)
        app.commands.opening.shelves_counted()
        await pilot.pause()
        assert screen.reading.article.id == second.id


async def test_panes_follow_after_the_article_is_painted(
    make_app: Callable[[], ReaderApp], monkeypatch: pytest.MonkeyPatch
) -> None:
    app = make_app()
    async with app.run_test(size=(160, 30)) as pilot:
        screen = await opened(pilot)
        catalogue = app.session.library.catalogue
        assert screen.reading is not None
        here = screen.reading.article.id
        other = next(one for one in catalogue.articles(catalogue.refs(SortBy.DATE)) if one.id != here)
        events: list[str] = []
        render, show = Page.render_lines, screen.view.panes.show

        def rendered(page: Page, crop: Region) -> list[Strip]:
            assert screen.reading is not None
            events.append(f"page {screen.reading.article.id}")
            return render(page, crop)

        def shown(article: Article, outline: Outline) -> None:
            events.append(f"panes {article.id}")
            show(article, outline)

        monkeypatch.setattr(Page, "render_lines", rendered)
        monkeypatch.setattr(screen.view.panes, "show", shown)
        app.commands.opening.open(other)
        await until(pilot, lambda: f"panes {other.id}" in events)
        assert events.index(f"page {other.id}") < events.index(f"panes {other.id}")
        assert events.count(f"panes {other.id}") == 1


async def test_position_is_saved_after_another_article_is_painted(make_app: Callable[[], ReaderApp]) -> None:
    app = make_app()
    async with app.run_test(size=(60, 10)) as pilot:
        screen = await opened(pilot)
        catalogue, marks = app.session.library.catalogue, app.session.library.marks
        articles = catalogue.articles(catalogue.refs(SortBy.DATE))
        first, other = sorted(articles, key=lambda one: one.size)[-2:]
        app.commands.opening.open(first)
        await until(pilot, lambda: screen.reading is not None and screen.reading.article.id == first.id)
        screen.page.scroll_to(y=8, animate=False)
        await pilot.pause()
        place = screen.view.place
        assert place != Position(0)
        app.commands.opening.open(other)
        await until(pilot, lambda: screen.reading is not None and screen.reading.article.id == other.id)
        await until(pilot, lambda: marks.articles.place(first.id) == place)
        app.commands.opening.open(first)
        await until(pilot, lambda: screen.reading is not None and screen.reading.article.id == first.id)
        assert screen.view.place == place
