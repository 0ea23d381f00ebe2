"""Articles as plain text: the lines of the page, without effects for the screen."""

from itertools import islice
from pathlib import Path

import pytest

from reader.document.blocks import CodeBlock, Footnote, Footnotes, Inline, Paragraph
from reader.document.document import Document
from reader.errors import ExportError
from reader.export.exporter import export
from reader.export.output_names import folded
from reader.export.text_exporter import TextExporter, render_text
from reader.layout.cells import Cells
from reader.layout.flow_unit import FlowUnit
from reader.layout.head import Head
from reader.layout.lines import Line
from reader.layout.unit_lines import UnitSetter
from reader.settings.options import CodeStyle, Typesetting

HEAD = Head("灯塔", "林远")


def document(*texts: str) -> Document:
    return Document(tuple(Paragraph(Inline(text)) for text in texts))


def test_footnote_has_no_sign_that_leads_back() -> None:
    notes = Footnotes((Footnote("1", (Paragraph(Inline("注一。")),)), Footnote("2", (CodeBlock(Inline("a = 1")),))))
    lines = list(render_text(Head(""), Document((Paragraph(Inline("正文。")), notes)), 40, Typesetting()))
    assert any("注一。" in line for line in lines)
    assert not any("↩" in line for line in lines)
    assert lines[-1].endswith("a = 1")


def test_header_and_text_are_laid_out_one_below_the_other() -> None:
    lines = list(render_text(HEAD, document("第一段。", "第二段。"), 40, Typesetting()))
    assert lines == ["灯塔", "", "林远", "", "第一段。", "", "第二段。"]


def test_code_is_folded_even_where_the_screen_scrolls() -> None:
    code = Document((CodeBlock(Inline("x" * 100)),))
    lines = list(render_text(HEAD, code, 40, Typesetting(code=CodeStyle.SCROLL)))
    assert max(map(len, lines)) == 40
    assert "".join(lines).count("x") == 100


def test_no_space_is_added_between_han_and_latin() -> None:
    text = "灯塔lighthouse建于1893年，塔高26米，至今仍在使用，每晚七点准时亮起，从未间断。"
    settings = Typesetting(justify=True, cjk_latin_space=True)
    lines = list(render_text(Head(""), document(text), 40, settings))
    assert "".join(lines) == text


def test_first_lines_are_written_before_the_last_are_laid_out(monkeypatch: pytest.MonkeyPatch) -> None:
    long = document(*["灯塔在夜里亮着。" * 40] * 5000)
    paragraphs: list[object] = []
    set_unit = UnitSetter.unit

    def counted(self: UnitSetter, unit: FlowUnit, width: int) -> list[Line]:
        paragraphs.append(unit)
        return set_unit(self, unit, width)

    monkeypatch.setattr(UnitSetter, "unit", counted)
    assert len(list(islice(render_text(HEAD, long, 80, Typesetting()), 20))) == 20
    assert len(paragraphs) < 200
    assert sum(1 for _ in render_text(HEAD, long, 80, Typesetting())) > 40_000
    assert len(paragraphs) >= 5000


def test_an_article_is_exported_under_its_title(tmp_path: Path) -> None:
    exporter = TextExporter(40)
    first = export(exporter, HEAD, document("一"), tmp_path)
    second = export(exporter, HEAD, document("二"), tmp_path, taken={folded(first.name)})
    assert (first.name, second.name) == ("灯塔.txt", "灯塔 (2).txt")
    assert first.read_text(encoding="utf-8") == "灯塔\n\n林远\n\n一\n"
    with pytest.raises(ExportError):
        export(exporter, HEAD, document("三"), tmp_path)
    assert export(exporter, HEAD, document("三"), tmp_path, force=True).read_text(encoding="utf-8").endswith("三\n")


def test_no_line_is_too_wide() -> None:
    for width in (10, 21, 80):
        for line in render_text(HEAD, document("夜里的lighthouse，亮着。" * 20), width, Typesetting()):
            assert Cells(1).width(line) <= width
            assert line == line.rstrip(" ")
