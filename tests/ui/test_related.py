"""Related articles: the pane, the counts in the outline's head, and the neighbours in a series."""

from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event

import pytest
from textual.pilot import Pilot

from reader.index.text_stage import TextStage
from reader.ui.app import ReaderApp
from reader.ui.commands.relating import _Related
from reader.ui.widgets.related_pane import RelatedPane
from tests.ui.marking import said
from tests.ui.test_reading import opened, rows
from tests.ui.waiting import until

Make = Callable[..., ReaderApp]
FILLER = "".join(f"灯塔的第{n}段，说透镜与雾号。\n\n" for n in range(30))
ARTICLES = {
    "hub": ("灯塔通讯 第 2 期", "2024-01-05", "看[透镜](lens.md)。\n\n## 一节\n\n透镜与雾号，灯塔。\n"),
    "lens": ("透镜", "2024-01-04", "棱镜拼成的透镜，灯塔用它。\n"),
    "from": ("来信", "2024-01-03", f"{FILLER}前一句。见[通讯](hub.md)的第一节。后一句。\n\n{FILLER}"),
    "old": ("灯塔通讯 第 1 期", "2024-01-02", "第一期的灯塔。\n"),
    "new": ("灯塔通讯 第 3 期", "2024-01-01", "第三期，无链接。\n"),
    "mention": ("随笔", "2023-12-30", "昨天读了灯塔通讯 第 2 期，很好。\n"),
}


@pytest.fixture
def app(archive: Path, make_app: Make) -> ReaderApp:
    for file in archive.iterdir():
        file.unlink()
    for name, (title, date, body) in ARTICLES.items():
        text = f"---\ntitle: {title}\ndate: {date}\n---\n\n{body}"
        (archive / f"{name}.md").write_text(text, encoding="utf-8")
    return make_app()


async def found(pilot: Pilot[None], text: str) -> RelatedPane:
    """Wait until the pane shows a text."""
    app = pilot.app
    assert isinstance(app, ReaderApp)
    pane = app.reading_screen.view.panes.related
    await until(pilot, lambda: any(text in row.text for row in pane._lines()))
    return pane


def titles_above(pane: RelatedPane) -> list[str]:
    """The headings above the cursor; an empty one if there are none."""
    return ["", *(row.text.strip() for row in pane._lines()[: pane.cursor] if row.role == "heading")]


async def test_pane_shows_linking_articles_and_opens_them_at_the_link(app: ReaderApp) -> None:
    async with app.run_test(size=(120, 30)) as pilot:
        screen = await opened(pilot, "灯塔通讯 第 2 期")
        pane = await found(pilot, "来信")
        assert "←1 →1" in "".join(segment.text for segment in screen.outline.heading(27) or [])
        await pilot.press("B")
        await found(pilot, "Like this")
        assert pane.display
        assert not screen.outline.display
        text = "\n".join(row.text for row in pane._lines())
        assert "见通讯的第一节。" in text.replace("\n", "").replace(" ", "") or "见通讯的第一节" in text
        assert "前一句" not in text
        # Hiding the pane shows the outline that it had displaced.
        await pilot.press("B")
        assert screen.outline.display
        assert not pane.display
        await pilot.press("B")
        await pilot.press("tab", "home", "enter")
        await opened(pilot, "来信")
        assert "见通讯的第一节" in "\n".join(rows(screen)[:2])


async def test_mentions_are_searched_on_request(app: ReaderApp) -> None:
    async with app.run_test(size=(120, 30)) as pilot:
        await opened(pilot, "灯塔通讯 第 2 期")
        await found(pilot, "来信")
        await pilot.press("B", "tab", "end", "enter")
        await found(pilot, "随笔")
        await pilot.pause()
        assert "Looking for" not in await said(pilot)


async def test_key_shows_similar_articles(app: ReaderApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot, "灯塔通讯 第 2 期")
        await found(pilot, "来信")
        await pilot.press("M")
        pane = await found(pilot, "灯塔通讯 第 1 期")
        # The title may be in the pane before the similar articles are.
        await until(pilot, lambda: titles_above(pane)[-1].startswith("Like this"))
        assert pane.entry_at(pane.cursor) is not None
        assert pane.has_focus


async def test_key_shows_similar_articles_that_are_known_in_a_pane_that_was_closed(app: ReaderApp) -> None:
    async with app.run_test(size=(40, 12)) as pilot:
        await opened(pilot, "灯塔通讯 第 2 期")
        await pilot.press("B")
        pane = await found(pilot, "灯塔通讯 第 1 期")
        await pilot.press("B")
        await until(pilot, lambda: not pane.display)
        await pilot.press("M")
        await until(
            pilot, lambda: pane.display and titles_above(pane)[-1].startswith("Like this") and pane.scroll_y > 0
        )


@pytest.mark.parametrize("size", [(40, 12), (80, 24), (120, 40)])
@pytest.mark.parametrize("keys", [("}", "enter"), ("click",), ("f", "f")])
async def test_going_back_from_a_series_shows_the_followed_link(
    app: ReaderApp, archive: Path, size: tuple[int, int], keys: tuple[str, ...]
) -> None:
    (archive / "hub.md").write_text(
        f"---\ntitle: 灯塔通讯 第 2 期\ndate: 2024-01-05\n---\n\n{FILLER}", encoding="utf-8"
    )
    async with app.run_test(size=size) as pilot:
        screen = await opened(pilot, "灯塔通讯 第 2 期")
        await until(pilot, lambda: len(screen.page.foot_links) == 2)
        await pilot.press("G")
        await pilot.pause()
        before = rows(screen)
        assert any("Next in the series" in row for row in before)
        if keys == ("click",):
            await pilot.click(offset=screen.page.screen_cell(screen.page.visible_links()[0]))
        else:
            await pilot.press(*keys)
        await opened(pilot, "灯塔通讯 第 1 期")
        painted: list[list[str]] = []
        await pilot.press("H")
        await until(pilot, lambda: screen.reading is not None and screen.reading.article.title == "灯塔通讯 第 2 期")
        painted.append(rows(screen))
        await pilot.pause(0.5)
        painted.append(rows(screen))
        assert painted == [before, before]
        if keys == ("}", "enter"):
            await pilot.press("enter")
            await opened(pilot, "灯塔通讯 第 1 期")


async def test_the_neighbours_in_a_series_are_links_below_the_article(app: ReaderApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, "灯塔通讯 第 2 期")
        await found(pilot, "来信")
        text = rows(screen)
        assert any("← Previous in the series: 灯塔通讯 第 1 期" in row for row in text)
        last = next(number for number, row in enumerate(text) if "→ Next" in row)
        assert any("透镜与雾号" in row for row in text[: last - 2])
        await pilot.hover("#page", offset=(6, last))
        assert "Article: 灯塔通讯 第 3 期" in await said(pilot)
        await pilot.press("f", "d")
        await opened(pilot, "灯塔通讯 第 3 期")
        await pilot.press("H")
        await opened(pilot, "灯塔通讯 第 2 期")


async def test_the_links_below_the_article_follow_its_own_links(app: ReaderApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, "灯塔通讯 第 2 期")
        await found(pilot, "来信")
        links = screen.view.links
        targets = []
        for key in ("}", "}", "}", "}", "{", "{"):
            await pilot.press(key)
            targets.append(links.focused)
        own, before, after = targets[:3]
        assert own == "lens.md"
        assert len({own, before, after}) == 3
        assert targets[3:] == [after, before, own]
        await pilot.press("}", "}", "enter")
        await opened(pilot, "灯塔通讯 第 3 期")


async def test_the_pane_begins_with_its_first_section_though_nothing_was_known_at_first(app: ReaderApp) -> None:
    async with app.run_test(size=(40, 12)) as pilot:
        screen = await opened(pilot, "灯塔通讯 第 2 期")
        pane = screen.view.panes.related
        # As if the article had been shown before it was indexed.
        assert screen.reading
        app.commands.relating._show_first(screen.reading, _Related((), ()), (None, None))
        await pilot.pause()
        app.commands.relating.refresh()
        await found(pilot, "来信")
        await pilot.press("B")
        await found(pilot, "灯塔通讯 第 1 期")
        entry = pane.entry_at(pane.cursor)
        assert entry is not None
        assert entry.article.title == "来信"
        assert pane.scroll_y == 0


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


@pytest.mark.parametrize("size", [(120, 60), (80, 60)])
async def test_the_pane_says_that_articles_are_not_indexed_yet_and_is_filled_afterwards(
    texts_may_be_indexed: Event, app: ReaderApp, size: tuple[int, int]
) -> None:
    async with app.run_test(size=size) as pilot:
        await until(pilot, lambda: app.reading_screen.reading is not None)
        await pilot.press("B")
        pane = await found(pilot, "6 articles")
        await found(pilot, "Like this")
        text = " ".join(row.text.strip() for row in pane._lines())
        assert "Linked from 6 articles are not indexed yet" in text
        assert "Links to 6 articles are not indexed yet" in text
        assert "No article" not in text
        assert "links to no other" not in text
        texts_may_be_indexed.set()
        await found(pilot, "来信")
        await found(pilot, "灯塔通讯 第 1 期")
        text = " ".join(row.text for row in pane._lines())
        assert "6 articles" not in text


async def test_the_pane_says_that_indexing_goes_on_while_the_articles_are_not_even_counted(app: ReaderApp) -> None:
    relating = app.commands.relating
    nothing = _Related((), (), similar=())
    assert relating._missing(nothing) == "Articles are still being indexed"
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot, "灯塔通讯 第 2 期")
        assert relating._missing(nothing) == ""
