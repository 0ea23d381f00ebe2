"""Headers: titles end their lines at pauses and are similar in length; bylines break between their parts."""

import pytest

from reader.document.blocks import Inline, Paragraph
from reader.document.document import Document
from reader.layout.head import Head, set_head
from reader.layout.vertical_text import upright_forms
from reader.settings.options import Typesetting


def lines(title: str, width: int, byline: str = "") -> list[str]:
    return [line.text for line in set_head(Head(title, byline), width, Typesetting())][:-1]


@pytest.mark.parametrize(
    ("title", "width", "expected"),
    [
        ("海上航标一百年：从煤油灯到今天", 24, ["海上航标一百年：", "从煤油灯到今天"]),
        ("老人谈海边的旧时光；孩子们听着", 24, ["老人谈海边的旧时光；", "孩子们听着"]),
        ("海边的灯塔【修订第三版目录】", 24, ["海边的灯塔", "【修订第三版目录】"]),
        ("海边的灯塔又亮了 守塔人回来了", 24, ["海边的灯塔又亮了", "守塔人回来了"]),
        ("守塔人读《航标年鉴全编》一书", 24, ["守塔人读", "《航标年鉴全编》一书"]),
        ("用 Python 写一个海边的灯塔", 24, ["用 Python", "写一个海边的灯塔"]),
    ],
)
def test_a_title_ends_its_lines_at_pauses(title: str, width: int, expected: list[str]) -> None:
    assert lines(title, width) == expected


def test_a_title_without_pauses_is_balanced_in_the_minimum_number_of_lines() -> None:
    assert lines("海边的灯塔夜里亮着光照到天明", 26) == ["海边的灯塔夜里", "亮着光照到天明"]


def test_a_pause_does_not_cost_a_line() -> None:
    title = "光：海边的灯塔夜里亮着照到了天明时"
    assert len(lines(title, 24)) == 2


@pytest.mark.parametrize("title", ["光" * 400, "a" * 90, ""])
def test_what_cannot_be_balanced_is_complete(title: str) -> None:
    assert "".join(lines(title, 24)) == title


def test_a_byline_breaks_between_its_parts() -> None:
    byline = "林远山 · 2021-03-22 周一 04:44 · 1,024 字"
    assert lines("灯", 28, byline)[2:] == ["林远山", "2021-03-22 周一 04:44", "1,024 字"]


@pytest.mark.parametrize(
    ("text", "dated"),
    [
        ("灯塔", "１９０５年１月12日"),
        ("とうだい", "１９０５年１月12日"),
        ("등대의 빛", "１９０５년\u3000１월\u300012일"),
    ],
)
def test_date_of_a_vertical_header_has_no_hyphens(text: str, dated: str) -> None:
    forms = upright_forms(Document((Paragraph(Inline(text)),)), Typesetting())
    assert set_head(Head("", "1905-01-12"), 60, Typesetting(), forms)[1].text == dated
