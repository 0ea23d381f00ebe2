"""On a terminal that draws ambiguous characters two cells wide, every row is as wide as the screen."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.segment import Segment
from wcwidth import wcswidth

from reader.settings.options import Settings, Typesetting
from reader.ui.ambiguous_width import filled, narrowed
from reader.ui.app import ReaderApp
from reader.ui.filler import FILLER
from reader.ui.output_guard import filtered
from tests.articles import write_article
from tests.ui.test_reading import opened
from tests.ui.waiting import until

WIDE = Typesetting(ambiguous_width=2)


def drawn(text: str) -> int:
    """The cells of a text on such a terminal."""
    return int(wcswidth(text.replace(FILLER, ""), ambiguous_width=2))


@pytest.mark.parametrize("text", ["他说“灯”……亮", "café №1 ①", "Αθήνα", "灯塔", "lamp", "e\u0301“", "☎\ufe0f“灯”"])
def test_a_filled_text_counts_as_many_cells_as_are_drawn(text: str) -> None:
    (segment,) = filled([Segment(text)], WIDE)
    assert segment.text.replace(FILLER, "") == text
    assert cell_len(segment.text) == drawn(text)


def test_fillers_are_not_sent_to_the_terminal() -> None:
    (segment,) = filled([Segment("“灯”")], WIDE)
    assert filtered(segment.text) == "“灯”"


@pytest.mark.parametrize("text", ["│ 玛丽·居里“传”…", "▌● ━━─", "╭─ 灯 ─╮", "“”‘’—→"])
def test_signs_become_ascii_of_the_same_width(text: str) -> None:
    (segment,) = narrowed([Segment(text)], WIDE)
    assert drawn(segment.text) == cell_len(segment.text) == cell_len(text)


def test_letters_without_an_ascii_form_take_blanks() -> None:
    made = narrowed([Segment("Αθήνα и мир"), Segment("            12 "), Segment("│")], WIDE)
    assert sum(drawn(segment.text) for segment in made) == cell_len("Αθήνα и мир            12 │")
    assert made[0].text.replace(FILLER, "") == "Αθήνα и мир"
    assert made[-1].text == "|"


@pytest.mark.parametrize(
    "texts",
    [
        ["│ ", "…灯塔①②α β ° × ÷ ± § ¶“海”", "灯", "①②③", " │"],
        ["│ ", "①灯塔", "  ", "2021-06-01", " │"],
        ["①", "②", "③", "│"],
        ["│", "α", "│"],
    ],
)
def test_letters_without_room_for_them_shorten_the_text_before_its_frame(texts: list[str]) -> None:
    made = narrowed([Segment(text) for text in texts], WIDE)
    assert sum(drawn(segment.text) for segment in made) == sum(map(cell_len, texts))
    assert made[-1].text == texts[-1].replace("│", "|")


@given(st.lists(st.text(alphabet="α①§灯a “”…│●", max_size=12), min_size=1, max_size=6))
def test_a_row_is_drawn_as_wide_as_textual_counts_it(texts: list[str]) -> None:
    made = narrowed([Segment(text) for text in texts], WIDE)
    assert sum(drawn(segment.text) for segment in made) == sum(map(cell_len, texts))
    assert sum(cell_len(segment.text) for segment in made) == sum(map(cell_len, texts))


def test_ascii_borders_change_frames_only() -> None:
    (segment,) = narrowed([Segment("│ “灯”…")], Typesetting(ascii_borders=True))
    assert segment.text == "| “灯”…"
    assert narrowed([Segment("│ “灯”…")], Typesetting())[0].text == "│ “灯”…"


@pytest.mark.parametrize("size", [(100, 24), (40, 12)])
async def test_every_row_of_the_screen_is_as_wide_as_the_screen(
    make_app: Callable[..., ReaderApp], size: tuple[int, int]
) -> None:
    app = make_app(settings=Settings(typesetting=WIDE))
    async with app.run_test(size=size) as pilot:
        await opened(pilot)
        for key in ("o", "question_mark"):
            await pilot.press(key)
            await pilot.pause()
            rows = [strip.text for strip in app.screen._compositor.render_strips()]
            assert len(rows) == size[1]
            assert [row for row in rows if drawn(row) != size[0]] == []


@pytest.mark.parametrize(("key", "width"), [("question_mark", 60), ("question_mark", 61), ("backslash", 61), ("t", 60)])
async def test_what_is_in_front_halves_no_character(
    make_app: Callable[..., ReaderApp], archive: Path, key: str, width: int
) -> None:
    write_article(archive / "signs.md", "①②", f"<h1>①</h1><p>{'①②③④⑤' * 100}</p><p>a{'①②③④⑤' * 100}</p>", month=12)
    app = make_app(settings=Settings(typesetting=WIDE))
    async with app.run_test(size=(width, 24)) as pilot:

        def rows() -> list[str]:
            return [strip.text for strip in app.screen._compositor.render_strips()]

        await until(pilot, lambda: any("①②③④⑤" in row.replace(FILLER, "") for row in rows()))
        before = rows()
        await pilot.press(key)
        await until(pilot, lambda: rows() != before)
        assert any("①②③" in row.replace(FILLER, "") for row in rows())
        # A half at the left of a box and one at its right would be as wide together.
        assert [row for row in rows() if re.search(rf"[①-⑤](?!{FILLER})|(?<![①-⑤·]){FILLER}", row)] == []
