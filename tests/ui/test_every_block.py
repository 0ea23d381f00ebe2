"""Every kind of block as the screen shows it, in every theme: one picture of a long page for each.

`test_blocks_in_themes.py` has the styles of each run as text, which says more where a picture has changed.
"""

from collections.abc import Callable
from pathlib import Path
from typing import get_args

import pytest
from PIL import Image
from pytest_textual_snapshot import SVGImageExtension  # type: ignore[import-untyped]
from syrupy.assertion import SnapshotAssertion

from reader.document.blocks import Container, Leaf, SpanKind, children, leaves
from reader.parse.markdown import parse_markdown
from reader.settings.options import PictureStyle, Settings
from reader.themes.theme import WITHOUT_COLOURS
from reader.ui.app import ReaderApp
from tests.theme_files import SHIPPED
from tests.ui.conftest import write
from tests.ui.test_page_pictures import coloured
from tests.ui.test_reading import opened, rows
from tests.ui.waiting import until

KINDS = ("note", "tip", "important", "warning", "caution", "danger", "question", "success", "quote", "example")
TITLE = "每一种块"
HEADINGS = "".join(f"{'#' * level} 第{level}级标题\n\n" for level in range(1, 7))
CALLOUTS = "".join(f"> [!{kind}]\n> 提示的内容。\n\n" for kind in KINDS)
WIDE = "".join(
    f"|{'|'.join(row)}|\n" for row in ([f"第{number}列" for number in range(1, 19)], ["---"] * 18, ["北海岸"] * 18)
)
BODY = (
    r"""
第一句高亮。第二句高亮。第三句高亮。第四句高亮。第五句被选中。

HEADINGS
文字有**粗体**、*斜体*、***二者***、`code`、~~删除~~、==标记==、<u>下划线</u>、H<sub>2</sub>O、<kbd>Ctrl</kbd>、<small>小字</small>、
<ruby>灯台<rt>とうだい</rt></ruby>和公式 $\sqrt{a+b} \le x^2$。[^1]
链接通向[外面](https://example.org/)、[另一篇](essay.md)、[没有的](gone.md)和[一节](#第2级标题)。

> 引文的第一段。
>
> > 引文中的引文。

CALLOUTS
> [!tip]- 折叠的提示
> 藏着

<details><summary>折叠的细节</summary>

答案

</details>

<details open><summary>展开的细节</summary>

答案

</details>

<aside><p>旁注的话。</p></aside>

- 一
  1. 甲
     - 乙
- [x] 完成
- [ ] 未完

术语
: 定义

```python title="lamp.py" {3} ins={4} del={5} linenos
# 点灯
@cached
def light(lamp: Lamp, hours=12) -> str:
    return f"{lamp} for {hours} h" if hours else None  # 这一行很长，因此折叠，折叠之后保持缩进，并且有记号
    raise ValueError(0x1F, 'x')
```

```js
// highlight-next-line
const lamp = new Lamp(1893)
lamp.light() // [!code ++]
```

```diff
- old
+ new
  same
```

| 列 | 居中 | 数 |
|---|:---:|---:|
| 甲 | **乙** | 1.5 |
| 丙 | [丁](https://example.org/) | 12.5 |

WIDE

$$
\sum_{i=1}^{n} \frac{a_i}{b_i} = \begin{pmatrix} 1 & x \\ 0 & y \end{pmatrix}
$$

$$
\unknown{x}
$$

---

![一座灯塔](lamp.png)

![网上的图](https://example.org/a.png)

<figure><img src="missing.png" alt="丢失的图"><figcaption>图 1：说明文字。</figcaption></figure>

<video src="film.mp4" title="影片"></video>

```mermaid
graph LR
A[开始] --> B{判断}
B -->|是| C[结束]
```

![[essay]]

[^1]: 脚注的文字。
""".replace("HEADINGS", HEADINGS)
    .replace("CALLOUTS", CALLOUTS)
    .replace("WIDE", WIDE)
)


@pytest.fixture
def page(archive: Path) -> None:
    write(archive, "every", TITLE, "2022-01-01 10:00:00", ("海洋",), BODY)
    picture = Image.new("RGB", (160, 80), (250, 220, 120))
    picture.paste((30, 60, 120), (0, 40, 160, 80))
    picture.paste((200, 30, 10), (70, 10, 90, 60))
    picture.save(archive / "lamp.png")


@pytest.mark.usefixtures("page")
async def test_every_kind_of_block(make_app: Callable[..., ReaderApp], snapshot: SnapshotAssertion) -> None:
    app = coloured(make_app(Settings(theme=WITHOUT_COLOURS, pictures=PictureStyle.BLOCKS), chinese=True))
    differing = []
    async with app.run_test(size=(90, 168)) as pilot:
        screen = await opened(pilot, TITLE)
        await until(pilot, lambda: any("│ 开始 ├" in row for row in rows(screen)))
        await until(pilot, lambda: bool(screen.page.overlaid._link_kinds[0]))
        await pilot.press("slash", *"提示", "enter", "backslash", "g", "g", "v", "1")
        for colour in ("2", "3", "4"):
            await pilot.press("v", "right", colour)
        await pilot.press("v", "right")
        for name in (WITHOUT_COLOURS, *SHIPPED, *(f"{name} in sixteen colours" for name in ("paper", "night"))):
            theme, _, few = name.partition(" ")
            app.session.themes._few_colours = bool(few)
            app.session.themes.use(theme)
            app._repaint()
            app.clear_notifications()
            await pilot.pause()
            shown = snapshot(name=name, extension_class=SVGImageExtension)
            differing += [] if app.export_screenshot(simplify=True) == shown else [name]
    assert differing == []


def test_no_kind_of_block_is_missing() -> None:
    found = list(parse_markdown(BODY))
    spans = {span.kind for block in found for leaf in leaves(block) for span in leaf.text.spans}
    for block in found:
        if isinstance(block, Container):
            found += children(block)
    assert {*get_args(Leaf), *get_args(Container)} == set(map(type, found))
    # A picture within a text is in `test_blocks_in_themes.py`; a tab looks like blanks, and a language like nothing.
    assert set(SpanKind) - spans == {SpanKind.IMAGE, SpanKind.TAB, SpanKind.LANGUAGE}
