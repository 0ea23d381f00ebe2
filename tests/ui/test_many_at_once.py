"""Several articles at once: marked in the sidebar or in search results, changed and undone in one step."""

from threading import Event
from typing import Any

import pytest

from reader.archive.article import Article
from reader.errors import ReaderError, StoreError
from reader.lean_dataclasses import replace
from reader.search.query_tree import State
from reader.settings.options import Settings
from reader.settings.user_commands import PipedFormat, PipedPart
from reader.settings.user_keymap import keymap_of
from reader.shelves.counts import SortBy
from reader.ui import late
from reader.ui.app import ReaderApp
from reader.ui.screens.article_menu import ArticleMenu
from reader.ui.screens.output_box import OutputBox
from reader.ui.screens.pipe_prompt import PipePrompt
from reader.ui.screens.search import SearchScreen
from reader.ui.screens.tags import TagsScreen
from tests.ui.marking import Exports, Make
from tests.ui.test_reading import opened
from tests.ui.waiting import until


def starred(app: ReaderApp, state: State = State.STARRED) -> set[str]:
    catalogue = app.library.catalogue
    names = ("report", "essay", "long")
    articles = catalogue.articles(catalogue.refs(SortBy.DATE))
    assert {one.path.stem for one in articles} == set(names)
    return {one.path.stem for one in articles if app.library.is_marked(one, state)}


async def flat(pilot: Any) -> None:
    """Show all articles in one list, and focus it."""
    await pilot.press("V", "V", "shift+tab", "home")
    await until(pilot, lambda: pilot.app.reading_screen.sidebar.count() == 3)


@pytest.mark.parametrize("key", ["comma", "space"])
async def test_marked_articles_are_starred_and_undone_in_one_step(make_app: Make, key: str) -> None:
    app = make_app()
    async with app.run_test(size=(160, 20)) as pilot:
        screen = await opened(pilot)
        await flat(pilot)
        await pilot.press(key, key)
        assert "2 marked · r read · * star" in screen.status.render_line(0).text
        assert [screen.sidebar.render_line(y).text.count("✓") for y in range(1, 4)] == [1, 1, 0]
        await pilot.press("asterisk")
        assert starred(app) == {"report", "essay"}
        await pilot.press("U")
        assert starred(app) == set()
        await pilot.press("asterisk", "asterisk")
        assert starred(app) == set(), "if all have a star, it is removed"
        await pilot.press("escape")
        assert not screen.sidebar.marked
        assert screen.sidebar.has_focus


async def test_one_marked_article_is_exported_and_piped_instead_of_the_open_one(
    make_app: Make, exports: Exports
) -> None:
    app = make_app()
    async with app.run_test(size=(160, 20)) as pilot:
        screen = await opened(pilot)
        await flat(pilot)
        assert screen.view.reading is not None
        marked = screen.sidebar.article_at(2)
        assert marked is not None
        assert marked.id != screen.view.reading.article.id
        await pilot.press("end", "comma")
        assert "1 marked · r read" in screen.status.render_line(0).text
        await pilot.press("s")
        await until(pilot, lambda: len(exports("*.*")) == 1)
        assert exports("*.*")[0].stem == marked.title
        await pilot.press("vertical_line")
        await until(pilot, lambda: isinstance(app.screen, PipePrompt))
        assert isinstance(app.screen, PipePrompt)
        assert app.screen._articles == marked.title
        await pilot.press("escape", "tab")
        await until(pilot, lambda: not screen.sidebar.has_focus)
        assert "1 marked" not in screen.status.render_line(0).text, "the keys act on the page again"


@pytest.mark.usefixtures("exports")
async def test_export_of_many_is_stopped_and_its_errors_are_told_at_once(
    make_app: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = make_app()
    started, goes_on = Event(), Event()
    failures = ["a", "b", "c", "d", "e"]

    def fail(_article: Article, **_options: Any) -> None:
        started.set()
        goes_on.wait(120)
        raise ReaderError(failures.pop(0))

    told: list[str] = []
    app.host.notify = lambda message, **_: told.append(message)  # type: ignore[method-assign]
    async with app.run_test(size=(120, 20)) as pilot:
        await opened(pilot)
        monkeypatch.setattr(late, "open_article", fail)
        catalogue = app.library.catalogue
        articles = catalogue.articles(catalogue.refs(SortBy.DATE))
        exporting = app.commands._exporting
        exporting.export_all(exporting.formats["export"], articles)
        await until(pilot, started.is_set)
        exporting.export_all(exporting.formats["export"], articles)
        assert "Another export is still running" in app.reading_screen.status.render_line(0).text
        await pilot.press("s")
        goes_on.set()
        await until(pilot, lambda: told == ["a"])
        exporting.export_all(exporting.formats["export"], [articles[0]] * 4)
        await until(pilot, lambda: told == ["a", "b\nc\nd\nand 1 more error"])


async def test_errors_of_piped_articles_are_told_at_once_and_their_size_is_limited(
    make_app: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = make_app()
    told: list[str] = []
    app.host.notify = lambda message, **_: told.append(message)  # type: ignore[method-assign]
    async with app.run_test(size=(120, 20)) as pilot:
        await opened(pilot)
        catalogue = app.library.catalogue
        articles = catalogue.articles(catalogue.refs(SortBy.DATE))
        missing = [replace(one, path=one.path.with_name(f"{number}.md")) for number, one in enumerate(articles)]
        piping = app.commands._piping
        assert piping._texts([*missing, articles[0]], PipedFormat.TEXT).decode().startswith(articles[0].title)
        await until(pilot, lambda: len(told) == 1 and told[0].count("\n") >= 2)
        monkeypatch.setattr("reader.ui.commands.piping._LARGEST", 10)
        with pytest.raises(ReaderError, match="larger than"):
            piping._texts(articles, PipedFormat.TEXT)
        piping.end()
        with pytest.raises(ReaderError, match="quitting"):
            piping._texts(articles, PipedFormat.TEXT)


async def test_error_of_the_marks_after_a_modal_is_reported(make_app: Make) -> None:
    app = make_app()
    errors: list[StoreError] = []
    async with app.run_test(size=(120, 20)) as pilot:
        await opened(pilot)
        app.session.report = errors.append

        def fail(*_arguments: object) -> None:
            message = "damaged"
            raise StoreError(message)

        app.library.marks.articles.tags = fail  # type: ignore[method-assign,assignment]
        catalogue = app.library.catalogue
        app.commands.batch.choose(catalogue.articles(catalogue.refs(SortBy.DATE)))
        await until(pilot, lambda: isinstance(app.screen, ArticleMenu))
        await pilot.press("number_sign")
        await until(pilot, lambda: [one.message for one in errors] == ["damaged"])
        app.host.soon(fail)
        await until(pilot, lambda: len(errors) == 2)


async def test_range_group_and_whole_list_are_marked(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(120, 20)) as pilot:
        screen = await opened(pilot)
        await flat(pilot)
        await pilot.press("comma", "end", "semicolon")
        assert len(screen.sidebar.marked.refs) == 3
        await pilot.press("ctrl+a")
        assert not screen.sidebar.marked
        await pilot.press("ctrl+a", "w")
        assert len(starred(app, State.LATER)) == 3
        await pilot.press("escape", "V")
        await until(pilot, lambda: screen.sidebar.count() > 3)
        await pilot.press("home", "comma")
        assert "✓▸ ⌕ Read later" in screen.sidebar.render_line(1).text
        assert len(screen.sidebar.marked.refs) == 3, "a group is marked with all of its articles"


async def test_articles_above_and_below_are_marked_as_read(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(120, 20)) as pilot:
        screen = await opened(pilot)
        await flat(pilot)
        await pilot.press("down", "right_curly_bracket")
        assert starred(app, State.READ) == {"long"}
        await pilot.press("left_curly_bracket")
        assert starred(app, State.READ) == {"report", "long"}
        await pilot.press("left_curly_bracket")
        assert "All of them are read" in screen.status.render_line(0).text
        await pilot.press("U", "U")
        assert starred(app, State.READ) == set()


async def test_common_tags_are_edited_and_others_stay(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(120, 20)) as pilot:
        await opened(pilot)
        await flat(pilot)
        marks = app.library.marks
        catalogue = app.library.catalogue
        articles = catalogue.articles(catalogue.refs(SortBy.DATE))
        marks.articles.tag(articles[0], ["own", "both"])
        marks.articles.tag(articles[1], ["both"])
        marks.articles.tag(articles[2], ["both"])
        await pilot.press("ctrl+a", "number_sign")
        await until(pilot, lambda: isinstance(app.screen, TagsScreen))
        await pilot.press("ctrl+u", *"new", "enter")
        assert [marks.articles.tags(one.id) for one in articles] == [("own", "new"), ("new",), ("new",)]
        await pilot.press("U")
        assert [marks.articles.tags(one.id) for one in articles] == [("own", "both"), ("both",), ("both",)]


async def test_marked_articles_are_exported_and_piped(make_app: Make, exports: Exports) -> None:
    app = make_app()
    async with app.run_test(size=(120, 20)) as pilot:
        await opened(pilot)
        await flat(pilot)
        await pilot.press("ctrl+a", "E")
        await until(pilot, lambda: len(exports("*.md")) == 3)
        for part, begins in ((PipedPart.ARTICLE, "十二座灯塔换上新灯\n"), (PipedPart.NOTHING, "/")):
            await pilot.press("vertical_line")
            await until(pilot, lambda: isinstance(app.screen, PipePrompt))
            screen = app.screen
            assert isinstance(screen, PipePrompt)
            while screen._request.part is not part:
                await pilot.press("tab")
            await pilot.press(*"cat", "enter")
            await until(pilot, lambda: isinstance(app.screen, OutputBox) and app.screen._program.code == 0)
            box = app.screen
            assert isinstance(box, OutputBox)
            assert box._program.output.startswith(begins)
            assert box._program.output.count("report.md") == (part is PipedPart.NOTHING)
            await pilot.press("escape")


async def test_marked_search_results_have_a_menu(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(100, 30)) as pilot:
        await opened(pilot)
        await pilot.press("F")
        await until(pilot, lambda: isinstance(app.screen, SearchScreen))
        await pilot.press(*"is:unread")
        screen = app.screen
        assert isinstance(screen, SearchScreen)
        await until(pilot, lambda: len(screen._results.found) == 3)
        await pilot.press("insert", "insert", "f6", "f6", "insert", "f7")
        await until(pilot, lambda: isinstance(app.screen, ArticleMenu))
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is screen)
        await pilot.press("f7")
        await until(pilot, lambda: isinstance(app.screen, ArticleMenu))
        await pilot.press("down", "enter")
        await until(pilot, lambda: len(starred(app)) == 1)
        assert app.screen is screen


@pytest.mark.parametrize("preset", ["vim", "less", "emacs"])
async def test_space_pages_in_the_presets_whose_programs_page_with_it(make_app: Make, preset: str) -> None:
    settings = Settings(keymap=preset)
    app = ReaderApp(make_app().library, settings, keymap_of(settings))
    async with app.run_test(size=(160, 20)) as pilot:
        screen = await opened(pilot)
        await flat(pilot)
        await pilot.press("space")
        assert not screen.sidebar.marked
        assert screen.sidebar.cursor == 2
        await pilot.press("comma")
        assert screen.sidebar.marked
