"""Code on the page: its colours change no cell, lie below marks, and follow what is in sight; copying it."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from reader.document.document import Document, Position, Range
from reader.parse.markdown import parse_markdown
from reader.settings.options import Settings
from reader.syntax.code_chunks import CodeChunk
from reader.syntax.token_roles import TokenRole
from reader.syntax.tokenizing import tokenize
from reader.ui import late
from reader.ui.commands.code_copying import visible_block
from reader.ui.reading.reading_screen import ReadingScreen
from reader.ui.widgets.page_code import PageCode
from tests.ui.conftest import write
from tests.ui.marking import Make
from tests.ui.test_reading import opened, rows
from tests.ui.waiting import until

CODE = 'def light(lamp):\n    return "灯" + lamp  # 亮'
BODY = f"""
第一段。

```python title="lamp.py" linenos
{CODE}
```

```
{"文字" * 40}
```

```js
let a = 1;
```
"""


def painted(screen: ReadingScreen, text: str) -> set[str]:
    """The colours of the segments with a text."""
    strips = [screen.page.render_line(y) for y in range(screen.page.size.height)]
    return {
        segment.style.color.triplet.hex
        for strip in strips
        for segment in strip
        if text in segment.text and segment.style and segment.style.color and segment.style.color.triplet
    }


@pytest.fixture
def with_code(archive: Path) -> None:
    write(archive, "code", "代码", "2022-01-01 10:00:00", ("海洋",), BODY)


@pytest.mark.usefixtures("with_code")
async def test_code_is_coloured_without_moving(make_app: Make) -> None:
    async with make_app(Settings(theme="paper")).run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, "代码")
        theme = screen.page.colours.theme
        plain = rows(screen)
        await pilot.pause()
        assert painted(screen, "def") == {theme.code_keyword}
        assert painted(screen, '"灯"') == {theme.code_string}
        assert painted(screen, "# 亮") == {theme.code_comment}
        assert painted(screen, "文字") == {theme.code_ink}
        assert painted(screen, "lamp.py") == {theme.muted}
        assert rows(screen) == plain
        assert any(row.strip().startswith("1  def light") for row in plain)


@pytest.mark.usefixtures("with_code")
async def test_code_without_colours_has_weight_and_slant(make_app: Make) -> None:
    async with make_app(Settings(theme="mono")).run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, "代码")
        await pilot.pause()
        strips = [screen.page.render_line(y) for y in range(screen.page.size.height)]
        style = {segment.text.strip(): segment.style for strip in strips for segment in strip if segment.style}
        assert style["def"].bold
        assert style["# 亮"].italic
        assert all(one.color is None for one in style.values())


@pytest.mark.usefixtures("with_code")
async def test_a_match_lies_over_a_token(make_app: Make) -> None:
    async with make_app(Settings(theme="night")).run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, "代码")
        await pilot.pause()
        leaf = next(n for n, one in enumerate(screen.page.document.leaves) if one.text.text == CODE)
        screen.page.show_hits((Range(Position(leaf, 1), Position(leaf, 6)),), 0)
        theme = screen.page.colours.theme
        pieces = {
            segment.text: (segment.style.color.triplet.hex, segment.style.bgcolor.triplet.hex)
            for y in range(screen.page.size.height)
            for segment in screen.page.render_line(y)
            if segment.style and segment.style.color and segment.style.bgcolor
            if segment.style.color.triplet and segment.style.bgcolor.triplet
        }
        assert pieces["d"] == (theme.code_keyword, theme.code_paper)
        assert pieces["ef"] == (theme.code_keyword, theme.hit_current)
        assert pieces["li"] == (theme.code_name, theme.hit_current)
        assert pieces["ght"] == (theme.code_name, theme.code_paper)


@pytest.mark.usefixtures("with_code")
async def test_code_that_is_shown_again_has_its_colours_at_once(make_app: Make) -> None:
    async with make_app().run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, "代码")
        code = screen.page.code
        leaf = next(n for n, one in enumerate(screen.page.document.leaves) if one.text.text == CODE)
        await until(pilot, lambda: bool(list(code.between(leaf, 0, 9))))
        assert [role for _, _, role in code.between(leaf, 0, 9)] == [TokenRole.KEYWORD, TokenRole.NAME]
        # The whole of an article has the code of its beginning, at other leaves.
        code.show(Document(tuple(parse_markdown(f"零。\n\n一。\n\n二。\n\n```python\n{CODE}\n```\n"))))
        assert [role for _, _, role in code.between(3, 0, 9)] == [TokenRole.KEYWORD, TokenRole.NAME]
        # Other code has none, nor has the same code in another language.
        code.show(Document(tuple(parse_markdown(f"```js\n{CODE}\n```\n"))))
        assert list(code.between(0, 0, 9)) == []


@pytest.mark.usefixtures("with_code")
async def test_keys_copy_the_block_in_sight_and_all_code(make_app: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    app = make_app()
    copied: list[str] = []
    monkeypatch.setattr(app.host, "copy", copied.append)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot, "代码")
        await pilot.press("C", "D")
        assert copied == [CODE, f"{CODE}\n\n{'文字' * 40}\n\nlet a = 1;"]


async def test_copied_code_and_selections_have_the_tabs_of_the_source(
    make_app: Make, archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = "all:\n\techo 1\t# one\n\t\techo 2"
    write(archive, "code", "代码", "2022-01-01 10:00:00", ("海洋",), f"```make\n{source}\n```\n")
    app = make_app()
    copied: list[str] = []
    monkeypatch.setattr(app.host, "copy", copied.append)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, "代码")
        assert any("    echo 1  # one" in row for row in rows(screen))
        await pilot.press("C", "D", "y")
        assert copied == [source] * 3
        await pilot.press("ampersand")
        assert copied[-1].strip() == f"```make\n{source}\n```"
        # Whole lines from the indent on.
        await pilot.press("v", "j", "v", "j", "y")
        assert copied[-1] in source
        assert "\t" in copied[-1]


async def test_keys_say_that_there_is_no_code(make_app: Make) -> None:
    async with make_app().run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot)
        await pilot.press("C")
        assert "No code is in sight" in screen.status.render_line(0).text
        await pilot.press("D")
        assert "This article has no code" in screen.status.render_line(0).text


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ((0, 0), (5, 1), "a\nb"), ((1, 0), (2, 1), "a\nb"), ((1, 2), (2, 1), "a\nb"), ((1, 2), (3, 1), "c"),
        ((2, 0), (2, 1), None), ((2, 0), (3, 0), None), ((2, 0), (3, 1), "c"), ((4, 0), (5, 1), "d"),
    ],
)  # fmt: skip
def test_the_block_that_is_read_is_the_first_that_begins_in_sight(
    first: tuple[int, int], last: tuple[int, int], expected: str | None
) -> None:
    document = Document(tuple(parse_markdown("甲\n\n```\na\nb\n```\n\n乙\n\n```\nc\n```\n\n丙\n\n```\nd\n```\n")))
    found = visible_block(document, Position(*first), Position(*last))
    assert (found.text.text if found else None) == expected


class PageOfCode:
    """Counts how often it is painted again."""

    def __init__(self) -> None:
        self.painted = 0
        self.later: list[Callable[[], object]] = []

    def call_later(self, callback: Callable[[], object]) -> bool:
        self.later.append(callback)
        return True

    def finish(self) -> None:
        for callback in self.later:
            callback()
        self.later.clear()

    def refresh(self) -> None:
        self.painted += 1


def test_only_code_in_sight_is_painted_again_when_its_tokens_arrive(monkeypatch: pytest.MonkeyPatch) -> None:
    requested: list[CodeChunk] = []

    class Tokenizer:
        def __init__(self, receive: object) -> None:
            del receive

        def request(self, chunks: Sequence[CodeChunk]) -> None:
            requested[:] = chunks

    monkeypatch.setattr(late, "CodeTokenizer", Tokenizer)
    page = PageOfCode()
    code = PageCode(page)  # type: ignore[arg-type]
    document = Document(tuple(parse_markdown("```python\nimport sea\n```\n\n" * 5)))
    code.show(document)
    assert list(code.between(1, 0, 10)) == []
    page.finish()
    # Those around the code in sight only follow.
    assert [chunk.leaf for chunk in requested] == [1]
    code._show(requested[0], tokenize(requested)[0])
    assert [chunk.leaf for chunk in requested] == [2, 3, 4, 0]
    for chunk in tuple(requested):
        code._show(chunk, tokenize([chunk])[0])
        assert page.painted == 1
    # Those that are known already need no painting, and one that came into sight before it was known does.
    assert list(code.between(2, 0, 10))
    other = Document(tuple(parse_markdown("```python\nimport fog\n```\n\n```python\nimport lamp\n```\n")))
    code.show(other)
    list(code.between(0, 0, 10))
    list(code.between(1, 0, 10))
    page.finish()
    for chunk in tuple(requested):
        code._show(chunk, tokenize([chunk])[0])
    assert page.painted == 3
