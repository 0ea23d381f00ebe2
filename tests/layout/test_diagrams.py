"""Diagrams: drawn with straight borders, in the place of a source that stays the text of the leaf."""

import re
from collections import Counter

import pytest

from reader.document.blocks import CodeBlock, Inline
from reader.layout.cells import Cells
from reader.layout.diagrams import DiagramJob, Drawing, drawing_of, is_diagram

FLOW = "graph TD; A[开始] --> B{判断}\nB -->|是| C[结束]\nB -->|否| A"
KINDS = {
    "flow": (FLOW, "开始 判断 结束 是 否"),
    "flow in English": (
        'flowchart LR\n A["Check; again"] -->|it works| B([Ship it]) & C\n B -. later .-> D[(Go)]\n style A fill:#f9f',
        "Check again it works Ship it C later Go",
    ),
    "long links with texts": (
        "graph TD\n A--是---B\n B -- re-try v1.2 ----> C{x}\n e1@{ animate: true }\n C e1@==thick==> D\n D-.dotted.->E",
        "A B D E 是 re try v1 2 x thick dotted",
    ),
    "colours and comments": (
        "stateDiagram-v2\n [*] --> Still:::bad\n Still --> Moving %% why",
        "Still Moving",
    ),
    "names of entities": (
        'erDiagram\n direction LR\n CUSTOMER["客户"] {\n string name\n }\n CAR:::red {\n int no\n }\n CUSTOMER ||--o{ CAR : 有',  # noqa: E501
        "客户 string name CAR int no 有",
    ),
    "a note": ('classDiagram\n note "船的 kinds"\n 船 <|-- 帆船', "船的 kinds 船 帆船"),
    "weeks": (
        "gantt\n dateFormat YYYY-MM-DD\n tickInterval 1week\n weekday monday\n section 甲\n 修船 :a, 2024-01-01, 10d",
        "甲 修船",
    ),
    "order of branches": ('gitGraph\n commit id: "a"\n branch test1 order: 3\n commit id: "b"', "main a test1 b"),
    "indented front matter": (" ---\n  title: 航线\n ---\n graph TD\n 甲 --> 乙", "航线 甲 乙"),
    "sequence": (
        "sequenceDiagram\n participant 客户端\n 客户端->>服务器: 请求\n 服务器-->>客户端: 回答",
        "客户端 服务器 请求 回答",
    ),
    "sequence in English": (
        "sequenceDiagram\n actor A as Al\n A->>+B: Hello\n Note right of B: thinks\n loop daily\n B-->>-A: Fine\n end",
        "Al B Hello thinks daily Fine",
    ),
    "class": ("classDiagram\n 动物 <|-- 鸭子\n class 鸭子{\n +String 颜色\n +游泳()\n }", "动物 鸭子 String 颜色 游泳"),
    "class in English": (
        'classDiagram\n class Animal {\n <<interface>>\n click handler\n }\n Customer "1" --> "many" Ticket : buys',
        "Animal interface click handler Customer 1 many Ticket buys",
    ),
    "state": ("stateDiagram-v2\n [*] --> 静止\n 静止 --> 运动: 推\n 运动 --> [*]", "静止 运动 推"),
    "state in English": ("stateDiagram-v2\n [*] --> click\n click --> Off : push\n class click bold", "click Off push"),
    "entities": ("erDiagram\n CUSTOMER ||--o{ ORDER : places", "CUSTOMER ORDER places"),
    "entities with attributes": (
        'erDiagram\n 用户 {\n bigint id PK, UK "主键"\n string[] tags\n }\n 用户 ||--o{ 文章 : 发表',
        "用户 bigint id PK UK 主键 string tags 文章 发表",
    ),
    "pie": ('pie title 时间\n "阅读" : 40\n "写作和别的" : 60', "时间 阅读 阅读 写作和别的 写作和别的"),
    "pie with a small slice": (
        'pie\n title 一个比图还长得多的标题也不会被截断，一字不少\n "甲" : 99\n "乙" : 1',
        "一字不少 甲 乙",
    ),
    "gantt": (
        "gantt\n title 计划\n dateFormat YYYY-MM-DD\n section 设计\n 草图 :a1, 2024-01-01, 30d",
        "计划 设计 草图",
    ),
    "gantt in English": (
        'gantt\n dateFormat YYYY-MM-DD\n section Work\n style review :a1, 2024-01-01, 30d\n click a1 href "https://a.example"',
        "Work style review",
    ),
    "mindmap": ("mindmap\n  root((灯塔))\n    历史\n    维护", "灯塔 历史 维护"),
    "mindmap in English": (
        "mindmap\n  root((Product))\n    style guide\n    ::icon(fa fa-book)\n    click targets\n    style guide",
        "Product style guide click targets style guide",
    ),
    "areas of a sequence": (
        "sequenceDiagram\n A->>B: one\\ntwo\n rect rgb(1, 2, 3)\n loop daily\n B->>A: three\n end\n end\n A->>B: four",
        "A B one two loop daily three four",
    ),
    "members with types": (
        "classDiagram\n class A {\n +go(to: Place, at: Time) bool\n }",
        "A go to Place at Time bool",
    ),
    "title of the front matter": (
        "---\ntitle: '航线 A'\nconfig:\n  look: x\n---\ngraph TD\n 甲 --> 乙",
        "航线 A 甲 乙",
    ),
    "kinds of commits": ('gitGraph\n commit type: HIGHLIGHT\n commit id: "开始" type:NORMAL', "main 开始"),
    "timeline": ("timeline\n title History\n style : two\n 2004 : three : four", "History style two 2004 three four"),
    "journey": (
        "journey\n title Day\n section Work\n click mail: 5: Me, Cat\n style hair: 3: Me",
        "Day Work click mail style hair Me Cat",
    ),
    "commits": (
        'gitGraph\n commit id: "Start"\n branch develop\n commit id: "Work" tag: "v1"',
        "Start develop Work v1",
    ),
    "board": ("kanban\n Todo\n  [Write docs]\n  id2[style guide]\n Done", "Todo Write docs style guide Done"),
    "chart": (
        'xychart-beta\n title "Sales"\n x-axis [jan, feb]\n y-axis "Revenue" 0 --> 100\n bar [10, 50]',
        "Sales jan feb Revenue",
    ),
}
"""Sources, and the labels of each as a reader of its drawing should see them."""


def words(text: str) -> Counter[str]:
    """Words in Latin letters, and Chinese characters one by one, because lines end between any two."""
    return Counter(re.findall(r"[A-Za-z0-9]+|[一-鿿]", text))


def drawn(source: str, cells: int = 80, *, is_ascii: bool = False) -> Drawing:
    drawing = drawing_of(DiagramJob(source, cells, is_ascii))
    assert drawing is not None
    return drawing


@pytest.mark.parametrize("kind", KINDS)
def test_a_diagram_shows_every_label_and_fits(kind: str) -> None:
    source, labels = KINDS[kind]
    drawing = drawn(source)
    assert words(labels) - words("\n".join(drawing.rows)) == Counter()
    assert "example" not in "".join(drawing.rows)
    assert max(map(Cells(1).width, drawing.rows)) == drawing.cells <= 80


@pytest.mark.parametrize("lost", ["海港", "harbour"])
def test_a_drawing_that_has_lost_one_of_two_equal_labels_is_refused(lost: str, monkeypatch: pytest.MonkeyPatch) -> None:
    source = f"mindmap\n root\n  {lost}\n  {lost}"
    assert words("\n".join(drawn(source).rows))[words(lost).most_common()[0][0]] == 2

    def render(_source: str, **_options: object) -> str:
        return f"root ── {lost}"

    monkeypatch.setattr("termaid.render", render)
    assert drawing_of(DiagramJob(source, 80, is_ascii=False)) is None


def test_a_text_within_a_link_is_no_part_of_a_box() -> None:
    assert not any("--" in row for row in drawn("graph TD\n A --yes --> B\n B--no---C").rows)


def test_borders_are_straight_beside_chinese() -> None:
    rows = drawn("graph TD; A[开始] --> B{判断}").rows
    cells = Cells(1)
    boxes = [row for row in rows if row[0] in "┌│└"]
    assert len(boxes) == 6
    assert all(row[-1] in "┐│┘" for row in boxes)
    assert {cells.width(row) for row in boxes} == {8}


def columns(rows: tuple[str, ...], signs: str) -> list[set[int]]:
    """The cells at which each row has one of the signs."""
    cells = Cells(1)
    return [{cells.width(row[:at]) for at, one in enumerate(row) if one in signs} for row in rows]


def test_branches_of_a_mindmap_join_beside_chinese() -> None:
    rows = drawn("mindmap\n root((灯塔))\n  历史事件\n   甲\n   乙\n  维护\n   丙\n   丁").rows
    assert columns(rows, "╭┤╰") == [{7, 21}, {7, 21}, {7, 17}, {17}]


def test_boxes_of_a_journey_have_borders_beside_chinese() -> None:
    rows = drawn("journey\n title 购物\n section 浏览\n 访问网站: 5: 我\n 搜索: 3: 我").rows
    top, middle, bottom = columns(rows[-4:-1], "╭╮│╰╯")
    assert top == middle == bottom
    assert len(top) == 4


def test_events_of_a_period_are_lines_of_their_own() -> None:
    source = "timeline\n title 年表\n section 早\n 2002 : 一, 二 : 三\n      : 四\n 2004\n section 晚\n 2006:五"
    shown = [row.strip(" │●─═") for row in drawn(source).rows]
    assert [row for row in shown if row] == ["年表", "早", "2002", "一, 二", "三", "四", "2004", "晚", "2006:五"]


def test_tasks_after_others_have_bars() -> None:
    source = "gantt\n dateFormat YYYY-MM-DD\n 甲 :a-1, 2024-01-01, 3d\n 乙 :after a-1, 2d"
    bars = [row.partition("│")[2] for row in drawn(source).rows[:2]]
    assert all("█" in bar for bar in bars)
    assert len(bars[0]) == len(bars[1]) - len(bars[1].strip())


def test_a_note_for_a_class_is_a_box_with_a_dotted_link_to_it() -> None:
    source = (
        'classDiagram\n A --> B\n A --> C\n A --> D\n note for C "the middle, of {all}"\n note for B "B"\n'
        ' note for D "甲，（乙）"'
    )
    rows = drawn(source, 120).rows
    assert [row.count("«note»") for row in rows if "«" in row] == [3]
    # Each class is there beside its notes, whose text is whole.
    shown = {one.strip() for row in rows for one in row.split("│")}
    assert shown >= {*"ABCD", "the middle, of {all}", "甲，（乙）"}
    assert sum(row.count("│      B       │") for row in rows) == 2
    assert sum(row.count("┆") for row in rows) >= 9


def test_a_title_stands_above_the_middle_of_its_diagram() -> None:
    rows = drawn("---\ntitle: Ab\n---\nflowchart LR\n A[Begin] --> B[End]").rows
    assert (rows[0].strip(), rows[1]) == ("Ab", "")
    assert abs(2 * rows[0].index("Ab") + 2 - max(map(len, rows[2:]))) <= 1


def test_a_narrow_column_gets_a_tighter_drawing() -> None:
    source = "flowchart LR\n A[第一个步骤] --> B[第二个步骤] --> C[第三个步骤] --> D[第四个步骤]"
    assert drawn(source, 20).cells < drawn(source, 200).cells


def test_ascii_is_drawn_for_terminals_without_box_characters() -> None:
    assert all(one.isascii() or one > "一" for row in drawn(FLOW, is_ascii=True).rows for one in row)


@pytest.mark.parametrize(
    "source",
    [
        "this is no diagram",
        # The link ends in a circle, and what follows is a node.
        "graph TD\n A --old --> B",
        "",
        "quadrantChart\n title 分析",
        "graph",
        "graph TD\n A[" + "a" * 20_000 + "]",
        "graph TD\n" + "A --> B\n" * 400,
        "%% only a comment",
        # Notes and composite states are lost, or drawn around what is not in them.
        "flowchart TD\n A --> S\n subgraph S\n B\n end",
        "flowchart TD\n subgraph S\n A --> B",
        "flowchart TD\n subgraph S\n A --> B\n note\n end\n end",
        "stateDiagram-v2\n [*] --> Still\n note right of Still : remember this",
        "stateDiagram-v2\n [*] --> A\n A : pushed hard",
        "stateDiagram-v2\n [*] --> A\n state A {\n x --> y\n }",
        # Equal notes, a note among the members of a class, and one on two lines.
        'classDiagram\n A --> B\n note for A "x"\n note for B "x"',
        'classDiagram\n class A {\n note for B "x y"\n }',
        'classDiagram\n A --> B\n note for A "x\n y"',
        "gantt\n dateFormat YYYY-MM-DD\n excludes weekends\n section A\n b :2024-01-01, 9d",
        "---\ntitle: |\n  Lost\n---\ngraph TD\n A-->B",
        # A vertical marker is no task.
        "gantt\n dateFormat YYYY-MM-DD\n A :a, 2024-01-01, 3d\n B :crit, vert, b, 2024-01-02, 1d",
        # A bar for which termaid finds no beginning.
        "gantt\n dateFormat YYYY-MM-DD\n A :a, 2024-01-01, 3d\n B :b, after c, 2d",
    ],
)
def test_what_cannot_be_drawn_stays_source(source: str) -> None:
    leaf = CodeBlock(Inline(source), "mermaid")
    assert not is_diagram(leaf) or drawing_of(DiagramJob(source, 76, is_ascii=False)) is None
