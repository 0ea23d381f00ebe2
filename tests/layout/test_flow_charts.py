"""Flow charts with subgraphs: each has a frame around its own nodes, or the source is shown."""

import re

import pytest

from reader.layout.diagram_frames import has_true_frames
from reader.layout.diagrams import DiagramJob, drawing_of
from reader.layout.flow_charts import read_flow_chart

SUBGRAPHS = """flowchart TB
 subgraph 全部 ["整个系统"]
  direction TB
  subgraph "第一层"
   甲[接收]
   乙[处理]
  end
  subgraph 二 [第二层]
   丙[显示]
  end
  甲 --> 丙
 end
 丁[外面]
"""


def test_a_subgraph_has_a_frame_around_its_nodes() -> None:
    drawing = drawing_of(DiagramJob(SUBGRAPHS, 80, is_ascii=False))
    assert drawing is not None
    shown = re.findall("[一-鿿]+", " ".join(drawing.rows))
    assert sorted(shown) == sorted(("整个系统", "第一层", "第二层", "接收", "处理", "显示", "外面"))
    chart = read_flow_chart(SUBGRAPHS)
    assert chart is not None
    assert has_true_frames(drawing.rows, chart)
    assert drawing_of(DiagramJob(SUBGRAPHS, 80, is_ascii=True)) is None
    # The label of an edge would stand in the border of a frame.
    assert drawing_of(DiagramJob(SUBGRAPHS.replace("甲 -->", "甲 -->|数据|"), 80, is_ascii=False)) is None


def test_a_node_belongs_to_the_subgraph_that_ends_first_and_those_around_it() -> None:
    chart = read_flow_chart(
        "graph TD\n a\n subgraph X\n a --> b\n subgraph Y [y]\n subgraph Z\n c\n end\n b\n end\n d\n end"
    )
    assert chart is not None
    assert {one.title: sorted(one.nodes) for one in chart.subgraphs} == {
        "Z": ["c"],
        "y": ["b", "c"],
        "X": ["a", "b", "c", "d"],
    }


@pytest.mark.parametrize(
    ("rows", "is_true"),
    [
        (["┌────┐", "│ S  │", "│ 甲 │", "└────┘", "  乙"], True),
        (["┌──┼─┐", "│ S│ │", "│ 甲 ┼─", "└────┘", "  乙"], True),
        # Without a side, with an edge in its border, around too much, around too little.
        (["┌────┐", "│ S  │", "│ 甲  ", "└────┘", "  乙"], False),
        (["┌──┬─┐", "│ S  │", "│ 甲 │", "└────┘", "  乙"], False),
        (["┌────┐", "│ S  │", "│ 甲 │", "│ 乙 │", "└────┘"], False),
        (["┌────┐", "│ S  │", "└────┘", "  甲", "  乙"], False),
    ],
)
def test_a_frame_is_a_rectangle_around_its_own_nodes(rows: list[str], *, is_true: bool) -> None:
    chart = read_flow_chart("graph TD\n subgraph S\n 甲\n end\n 乙")
    assert chart is not None
    assert has_true_frames(rows, chart) == is_true
