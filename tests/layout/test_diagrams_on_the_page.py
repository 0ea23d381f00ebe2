"""Diagrams on the page: how they are recognized, folded, scrolled and drawn in a process."""

import random
from collections.abc import Iterator
from multiprocessing import active_children
from queue import SimpleQueue

import pytest

from reader.document.blocks import CodeBlock, Inline
from reader.document.document import Document, Position
from reader.layout.diagrams import DiagramJob, Drawing
from reader.layout.embedded_notes import show_drawing, toggle_fold
from reader.layout.layout import Layout
from reader.layout.lines import NO_BLOCK
from reader.layout.transclusions import Expansion
from reader.parse.html import parse_html
from reader.parse.markdown import parse_markdown
from reader.settings.options import Typesetting
from reader.workers.diagram_drawer import DiagramDrawer
from tests.conftest import PROJECT
from tests.layout.test_diagrams import FLOW, drawn


@pytest.mark.parametrize(
    "source",
    [
        "```mermaid\ngraph TD\nA-->B\n\nB-->C\n```",
        '<div class="mermaid">\ngraph TD\nA-->B\n\nB-->C\n</div>',
        '<div class="center mermaid">\ngraph TD\nA--&gt;B\n\nB-->C\n</div>',
        "<mermaid>\ngraph TD\nA-->B\n\nB-->C\n</mermaid>",
        "::: mermaid\ngraph TD\nA-->B\n\nB-->C\n:::",
        "{% mermaid %}\ngraph TD\nA-->B\n\nB-->C\n{% endmermaid %}",
        "{{< mermaid >}}\ngraph TD\nA-->B\n\nB-->C\n{{< /mermaid >}}",
    ],
)
def test_every_notation_of_markdown_is_recognized(source: str) -> None:
    (block,) = parse_markdown(source)
    assert block == CodeBlock(Inline("graph TD\nA-->B\n\nB-->C"), "mermaid")


@pytest.mark.parametrize(
    "source",
    [
        '<div class="mermaid">\ngraph TD\nA--&gt;B\n</div>',
        '<pre class="mermaid">graph TD\nA-->B</pre>',
        '<pre><code class="language-mermaid">graph TD\nA--&gt;B</code></pre>',
        '<div class="language-mermaid"><pre><code>graph TD\nA--&gt;B</code></pre></div>',
    ],
)
def test_every_notation_of_html_is_recognized(source: str) -> None:
    (block,) = parse_html(source)
    assert isinstance(block, CodeBlock)
    assert (block.text.text.strip(), block.language) == ("graph TD\nA-->B", "mermaid")


def page(source: str = FLOW, width: int = 40) -> Layout:
    document = Document(tuple(parse_markdown(f"前\n\n```mermaid\n{source}\n```\n\n后")))
    return Layout(document, width, Typesetting(), expansion=Expansion(can_fold=True))


def test_a_drawing_takes_the_place_of_its_source_until_that_is_unfolded() -> None:
    layout = page()
    before = [line.text for line in layout.lines(0, 99)]
    assert show_drawing(layout, 1, drawn(FLOW, 38))
    assert not show_drawing(layout, 1, drawn(FLOW, 38))
    shown = [line.text for line in layout.lines(0, 99)]
    assert any("│ 开始 │" in row for row in shown)
    assert not any("A[开始]" in row for row in shown)
    toggle_fold(layout, 1)
    assert [line.text for line in layout.lines(0, 99)] == [*before[:2], "▾ Source of the diagram", *before[2:]]
    toggle_fold(layout, 1)
    assert [line.text for line in layout.lines(0, 99)] == shown


def test_every_position_of_the_source_has_a_row_of_the_drawing() -> None:
    layout = page()
    show_drawing(layout, 1, drawn(FLOW, 38))
    rows = [layout.row_of(Position(1, offset)) for offset in range(len(FLOW) + 1)]
    assert rows == sorted(rows)
    lines = layout.lines(0, 99)
    covered = [(run.start, run.end) for line in lines for run in line.runs if run.block == 1 and run.start < run.end]
    assert "".join(layout.document.text(1)[start:end] for start, end in covered) == layout.document.text(1)
    assert all(run.block in (1, NO_BLOCK) for line in lines[rows[0] : rows[-1]] for run in line.runs)


def test_a_drawing_that_is_too_wide_is_scrolled() -> None:
    source = "flowchart LR\n" + " --> ".join(f"N{number}[步骤{number}]" for number in range(12))
    layout = page(source, 30)
    show_drawing(layout, 1, drawn(source, 28))
    assert any(line.overflows for line in layout.lines(0, 99))
    assert not any(line.overflows for line in page(source, 30).lines(0, 99))


@pytest.fixture
def drawings(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[DiagramDrawer, "SimpleQueue[Drawing | None]"]]:
    monkeypatch.syspath_prepend(PROJECT)
    found: SimpleQueue[Drawing | None] = SimpleQueue()
    drawer = DiagramDrawer(lambda _job, drawing: found.put(drawing), cpu_limit=0.8)
    yield drawer, found
    drawer.end()
    assert not active_children()


def test_a_graph_that_takes_minutes_is_given_up_and_the_next_one_is_drawn(
    drawings: "tuple[DiagramDrawer, SimpleQueue[Drawing | None]]",
) -> None:
    drawer, found = drawings
    chosen = random.Random(1)  # noqa: S311 - the same graph each time
    hostile = "graph TD\n" + "\n".join(f"A{chosen.randrange(60)}-->A{chosen.randrange(60)}" for _edge in range(240))
    drawer.request([DiagramJob(hostile, 76, is_ascii=False), DiagramJob(FLOW, 76, is_ascii=False)])
    assert found.get(timeout=60) is None
    assert found.get(timeout=60) == drawn(FLOW)
