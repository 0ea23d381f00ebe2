"""Links on the page: labels, focus, the status line, and following."""

from collections.abc import Callable
from pathlib import Path

import pytest
from rich.cells import cell_len
from textual.pilot import Pilot

from reader.ui.app import ReaderApp
from reader.ui.reading.reading_screen import ReadingScreen
from tests.ui.conftest import write
from tests.ui.marking import said
from tests.ui.test_reading import opened, rows

Make = Callable[..., ReaderApp]
FILLER = "".join(f"<p>第{n}行。</p>" for n in range(60))
TEXT = f"""
<p>先看<a href="https://example.org/a">甲</a>和<a href="https://example.org/b">一个写得很长、长到要折成两行的链接，因为它的
文字比一行还要长，所以折行之后它仍然只是一个链接</a>。</p>
<p><a href="https://example.org/c"><b>粗</b>细</a></p>
<p><a href="file:///etc/passwd">坏</a> <a href="mailto:a@example.org">信</a></p>
{FILLER}
<p>最后是<a href="https://example.org/z">末</a>。</p>
"""
TITLE = "链接"


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    found: list[str] = []
    monkeypatch.setattr("reader.ui.textual_host.open_address", lambda _app, address, _host: found.append(address))
    return found


@pytest.fixture
def app(archive: Path, make_app: Make) -> ReaderApp:
    write(archive, "links", TITLE, "2022-01-01 10:00:00", ("海洋",), TEXT)
    return make_app()


def row_of(screen: ReadingScreen, text: str) -> int:
    return next(number for number, row in enumerate(rows(screen)) if text in row)


async def typed(pilot: Pilot[None], *keys: str) -> None:
    await pilot.press(*keys)
    await pilot.pause()


async def test_a_link_is_followed_by_its_label_and_nothing_moves(app: ReaderApp, asked: list[str]) -> None:
    async with app.run_test(size=(60, 20)) as pilot:
        screen = await opened(pilot, TITLE)
        before = rows(screen)
        await typed(pilot, "f")
        labelled = rows(screen)
        changed = [pair for pair in zip(before, labelled, strict=True) if pair[0] != pair[1]]
        assert len(changed) == 3
        assert [cell_len(row.split("和")[0]) for row in changed[0]] == [left + 6 for left in (screen.page._left,) * 2]
        assert "label" in await said(pilot)
        # Each link has one label, although two of them have several parts.
        assert [len(one.text) for one in screen.view.links.labels._labels] == [1] * 5
        await typed(pilot, "j")
        assert asked == ["https://example.org/b"]
        assert rows(screen) == before


async def test_full_width_letters_and_capitals_are_labels(app: ReaderApp, asked: list[str]) -> None:
    async with app.run_test(size=(60, 20)) as pilot:
        await opened(pilot, TITLE)
        await typed(pilot, "ｆ", "ｄ")
        await typed(pilot, "f", "J")
        assert asked == ["https://example.org/c", "https://example.org/b"]


async def test_a_key_without_a_letter_asks_for_digits(app: ReaderApp, asked: list[str]) -> None:
    async with app.run_test(size=(60, 20)) as pilot:
        screen = await opened(pilot, TITLE)
        await typed(pilot, "ctrl+k")
        assert [one.text for one in screen.view.links.labels._labels] == ["1", "2", "3", "4", "5"]
        await typed(pilot, "３")
        assert asked == ["https://example.org/c"]


async def test_escape_and_scrolling_hide_the_labels(app: ReaderApp, asked: list[str]) -> None:
    async with app.run_test(size=(60, 20)) as pilot:
        screen = await opened(pilot, TITLE)
        before = rows(screen)
        await typed(pilot, "f", "escape")
        assert rows(screen) == before
        await typed(pilot, "f", "pagedown")
        assert not screen.view.links.labels.active
        assert screen.page.scroll_y > 0
        await typed(pilot, "home", "f", "q")
        assert "No link has the label q" in await said(pilot)
        await typed(pilot, "f")
        assert asked == ["https://example.org/a"]


async def test_without_a_link_in_sight_no_label_is_awaited(app: ReaderApp) -> None:
    async with app.run_test(size=(60, 20)) as pilot:
        await opened(pilot, TITLE)
        await typed(pilot, "pagedown", "pagedown", "f")
        assert "No links in sight" in await said(pilot)


async def test_the_focus_moves_from_link_to_link_also_out_of_sight(app: ReaderApp, asked: list[str]) -> None:
    async with app.run_test(size=(60, 20)) as pilot:
        screen = await opened(pilot, TITLE)
        await typed(pilot, "enter")
        assert "No link is focused" in await said(pilot)
        await typed(pilot, "}")
        # The message does not hide where the link leads.
        assert "https://example.org/a" in await said(pilot)
        await typed(pilot, "shift+down", "Y")
        assert app.clipboard == "https://example.org/b"
        await typed(pilot, "}", "}", "}", "}", "enter")
        assert asked == ["https://example.org/z"]
        assert "最后是末" in "\n".join(rows(screen))
        await typed(pilot, "}")
        assert "No more links below" in await said(pilot)
        await typed(pilot, "{", "enter")
        assert asked[1:] == ["mailto:a@example.org"]
        await typed(pilot, "escape", "enter")
        assert len(asked) == 2
        # From the reading position.
        await typed(pilot, "G", "{", "enter")
        assert asked[2:] == ["https://example.org/z"]


async def test_a_focused_link_is_painted_in_all_its_rows(app: ReaderApp) -> None:
    async with app.run_test(size=(40, 20)) as pilot:
        screen = await opened(pilot, TITLE)
        await typed(pilot, "}", "}")
        ground = screen.page.colours.role("selection").bgcolor
        painted = [
            "".join(text for text, style, _ in screen.page.render_line(y) if style and style.bgcolor == ground)
            for y in range(20)
        ]
        found = [part for part in painted if part]
        assert len(found) >= 3
        assert "".join(found).startswith("一个写得很长")
        assert "".join(found).endswith("仍然只是一个链接")


async def test_the_link_under_the_mouse_shows_where_it_leads(app: ReaderApp, asked: list[str]) -> None:
    async with app.run_test(size=(60, 20)) as pilot:
        screen = await opened(pilot, TITLE)
        row = row_of(screen, "粗细")
        left = screen.page._left
        await pilot.hover("#page", offset=(left + 1, row))
        assert "https://example.org/c" in await said(pilot)
        await pilot.hover("#page", offset=(left + 30, row))
        assert "example.org" not in await said(pilot)
        await pilot.click("#page", offset=(left + 1, row))
        await pilot.pause()
        assert asked == ["https://example.org/c"]


@pytest.mark.parametrize("key", ["space", "down", "pagedown", "G"])
async def test_a_link_that_is_scrolled_from_under_the_mouse_is_forgotten(app: ReaderApp, key: str) -> None:
    async with app.run_test(size=(60, 8)) as pilot:
        screen = await opened(pilot, TITLE)
        place = screen.page.screen_cell(screen.page.visible_links()[0])
        await pilot.hover(offset=place)
        assert "https://example.org/a" in await said(pilot)
        await typed(pilot, key)
        assert screen.page.scroll_y > 0
        assert "example.org" not in await said(pilot)
        await typed(pilot, "g")
        await pilot.hover(offset=place)
        assert "https://example.org/a" in await said(pilot)


async def test_a_link_focused_by_a_key_precedes_the_one_under_the_mouse(app: ReaderApp) -> None:
    async with app.run_test(size=(60, 20)) as pilot:
        screen = await opened(pilot, TITLE)
        await pilot.hover("#page", offset=(screen.page._left + 1, row_of(screen, "粗细")))
        assert "https://example.org/c" in await said(pilot)
        await typed(pilot, "}", "Y")
        assert app.clipboard == "https://example.org/a"


@pytest.mark.parametrize("size", [(40, 12), (80, 24)])
async def test_hostile_addresses_only_show_themselves(archive: Path, make_app: Make, size: tuple[int, int]) -> None:
    addresses = [
        "file:///etc/passwd",
        "--help",
        "https://x.example/&#x202e;gnp.exe",
        "https://\u0430pple.com/",
        "https://x.example/" + "a" * 300_000,
    ]
    body = "".join(f'<p><a href="{address}">链接{n}</a></p>' for n, address in enumerate(addresses))
    write(archive, "hostile", "敌意", "2022-01-01 10:00:00", (), body)
    app = make_app()
    async with app.run_test(size=size) as pilot:
        screen = await opened(pilot, "敌意")
        for _ in addresses:
            await typed(pilot, "}")
            line = await said(pilot)
            assert line.isprintable()
            assert "\u202e" not in line
            assert "\u0430" not in line
            assert screen.view.links.focused
        await typed(pilot, "home", "f", "f")
        assert "Not opened: file:///etc/passwd" in await said(pilot)
