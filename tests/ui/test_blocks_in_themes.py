"""Every kind of block in every theme, as text with its styles."""

from itertools import combinations

import pytest
from rich.segment import Segment
from syrupy.assertion import SnapshotAssertion

from reader.document.blocks import CodeBlock
from reader.document.document import Document
from reader.layout.diagrams import Drawing
from reader.layout.embedded_notes import show_drawing
from reader.layout.layout import Layout
from reader.layout.lines import Line, Role
from reader.layout.transclusions import Expansion
from reader.parse.markdown import parse_markdown
from reader.settings.options import Typesetting
from reader.syntax.code_chunks import chunk_of
from reader.syntax.token_roles import TokenRole
from reader.syntax.tokenizing import tokenize
from reader.themes.sixteen_colours import in_sixteen_colours
from reader.themes.theme import mono
from reader.themes.theme_files import load_theme
from reader.ui.colours import Colours
from reader.ui.segments import segments_of, with_code_background
from tests.theme_files import SHIPPED

WIDTH = 46
DRAWING = Drawing(("┌────┐", "│ 灯 │", "└────┘"), 6)
HEADINGS = "".join(f"{'#' * level} 第{level}级\n\n" for level in range(1, 7))
SOURCE = (
    HEADINGS
    + """文字**粗体**、*斜体*、`code`、[链接](https://example.org)、~~删除~~、公式$x^2$、图![小灯](dot.png)。[^1]

> 引文

> [!note]
> 笔记

> [!tip]- 折叠的提示
> 藏着

> [!warning] 当心
> 内容

> [!danger]
> 危险

<details><summary>展开</summary>

答案

</details>

<aside><p>旁注的话</p></aside>

- 一
  1. 甲
- [x] 完成

术语
: 定义

```python
def light(lamp, hours=12):  # 点灯
    return f"{lamp}" if hours else None
```

```diff
- old
+ new
```

| 列 | 数 |
|---|---:|
| 甲 | 1.5 |

$$
\\frac{a}{b}
$$

---

![说明](missing.png)

```mermaid
graph TD
A[灯]
```

[^1]: 脚注。
"""
)


@pytest.fixture(scope="module")
def layout() -> Layout:
    document = Document(tuple(parse_markdown(SOURCE)))
    layout = Layout(document, WIDTH, Typesetting(), expansion=Expansion(can_fold=True))
    (diagram,) = (
        number
        for number, leaf in enumerate(document.leaves)
        if isinstance(leaf, CodeBlock) and leaf.language == "mermaid"
    )
    show_drawing(layout, diagram, DRAWING)
    return layout


def painted(line: Line, layout: Layout, colours: Colours) -> list[Segment]:
    def tokens(leaf: int, start: int, end: int) -> list[tuple[int, int, TokenRole]]:
        block = layout.document.leaves[leaf]
        assert isinstance(block, CodeBlock)
        (table,) = tokenize([chunk_of(block.text.text, block.language, 0)])
        return list(table.between(start, end))

    segments = segments_of(line, colours, {}, tokens)
    return with_code_background(segments, line, WIDTH, colours) if line.background is Role.CODE else segments


@pytest.mark.parametrize("name", [*SHIPPED, "mono", "paper in sixteen colours", "night in sixteen colours"])
def test_every_kind_of_block(name: str, layout: Layout, snapshot: SnapshotAssertion) -> None:
    theme = mono() if name == "mono" else load_theme(name.partition(" ")[0])[0]
    colours = Colours(in_sixteen_colours(theme) if " " in name else theme)
    rows = [
        " ".join(f"{text}⟨{style}⟩" for text, style, _control in painted(line, layout, colours))
        for line in layout.lines(0, layout.height)
    ]
    assert "\n".join(rows) == snapshot


@pytest.mark.parametrize("name", [*SHIPPED, "mono"])
def test_every_level_of_headings_looks_its_own(name: str) -> None:
    colours = Colours(mono() if name == "mono" else load_theme(name)[0])
    document = Document(tuple(parse_markdown(HEADINGS)))
    rows = [*Layout(document, WIDTH, Typesetting()).lines(0, 99), Line()]
    found = {
        line.text: (colours.paint(line.runs[0].style), rows[number + 1].text[:1] == "─")
        for number, line in enumerate(rows)
        if "级" in line.text
    }
    # Levels five and six are rare, and share one look.
    looks = [look for text, look in found.items() if text != "第6级"]
    assert len(looks) == 5
    assert all(one != other for one, other in combinations(looks, 2))
