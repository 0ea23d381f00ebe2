"""Diagrams on the page: drawn after the first paint, and their source one key away."""

from pathlib import Path

from reader.document.blocks import CodeBlock, Inline, Paragraph, Span, SpanKind
from reader.document.document import Document, Position
from reader.settings.options import Settings
from reader.ui.widgets.visible_links import next_link
from tests.ui.conftest import write
from tests.ui.marking import Make
from tests.ui.test_reading import opened, rows
from tests.ui.waiting import until

BODY = "\n开头。\n\n```mermaid\ngraph TD\nA[灯塔] --> B[海面]\n```\n\n" + "结尾的一段。\n\n" * 40


async def test_enter_and_a_click_show_the_source_and_the_drawing(make_app: Make, archive: Path) -> None:
    write(archive, "drawn", "图表", "2022-01-01 10:00:00", ("海洋",), BODY)
    async with make_app(Settings()).run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, "图表")
        await until(pilot, lambda: any("│ 灯塔 │" in row for row in rows(screen)))
        assert not any("graph TD" in row for row in rows(screen))
        await pilot.press("enter")
        assert any("graph TD" in row for row in rows(screen))
        row = next(y for y, text in enumerate(rows(screen)) if "Source of the diagram" in text)
        await pilot.click(screen.page, offset=(rows(screen)[row].index("S") + 1, row))
        assert any("│ 灯塔 │" in row for row in rows(screen))
        # What is found is in the source.
        await pilot.press("slash", *"海面", "enter")
        assert len(screen.page.overlaid._hits) == 1


async def test_the_top_of_the_page_stays_when_a_drawing_arrives_above_it(make_app: Make, archive: Path) -> None:
    write(archive, "drawn", "图表", "2022-01-01 10:00:00", ("海洋",), BODY)
    app = make_app(Settings())
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, "图表")
        await until(pilot, lambda: any("│ 灯塔 │" in row for row in rows(screen)))
        screen.page.go_to(Position(10))
        await pilot.pause()
        before = rows(screen)
        layout = screen.page.layout_in_use
        assert layout is not None
        ((leaf, drawing),) = layout.expansion.drawings.items()
        screen.page.show_drawing(leaf, None)
        await pilot.pause()
        assert rows(screen) == before
        screen.page.show_drawing(leaf, drawing)
        await pilot.pause()
        assert rows(screen) == before


def test_the_next_link_is_not_in_a_source_that_a_drawing_hides() -> None:
    link = Span(0, 5, SpanKind.LINK, "https://example.org/")
    texts = (Inline("graph TD", (link,)), Inline("灯塔的灯光", (link,)))
    document = Document((CodeBlock(texts[0], "mermaid"), Paragraph(texts[1])))
    for hidden, leaf in ((frozenset[int](), 0), (frozenset({0}), 1)):
        found = next_link(document, Position(-1), 1, hidden.__contains__)
        assert found is not None
        assert found.span.start == Position(leaf)
    assert next_link(document, Position(1), -1, lambda number: number == 0) is None
