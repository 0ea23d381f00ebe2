"""Paragraphs: ruby, superscripts, gaps, indents, and the source ranges of runs."""

from unicodedata import normalize

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.document.blocks import Inline, Paragraph, Span, SpanKind
from reader.document.document import Document
from reader.export.text_exporter import render_text
from reader.layout import paragraph
from reader.layout.cells import Cells
from reader.layout.head import Head
from reader.layout.lines import Line, Role, Style
from reader.layout.paragraph import lay_out_paragraph
from reader.settings.options import RubyStyle, Typesetting
from tests.layout.setting import painted, rejoined, set_lines
from tests.layout.strategies import inlines, typesettings

ABOVE = Typesetting(ruby=RubyStyle.ABOVE)


def ruby(text: str, base: str, reading: str) -> Span:
    start = text.index(base)
    return Span(start, start + len(base), SpanKind.RUBY, reading)


def raised(text: str, part: str, kind: SpanKind = SpanKind.SUPERSCRIPT) -> Span:
    start = text.rindex(part)
    return Span(start, start + len(part), kind)


# Ruby


def test_reading_follows_its_base_in_brackets() -> None:
    text = "灯台の光"
    lines = set_lines(text, 40, Typesetting(), ruby(text, "灯台", "とうだい"))
    assert [line.text for line in lines] == ["灯台(とうだい)の光"]
    reading = next(run for run in lines[0].runs if "とう" in run.text)
    assert (reading.start, reading.end, reading.style.role) == (2, 2, Role.MUTED)
    assert rejoined(lines, text) == text


def test_a_reading_in_brackets_stays_with_its_base() -> None:
    text = "海边的灯台の光"
    assert painted(text, 18, Typesetting(), ruby(text, "灯台", "とうだい")) == ["海边的", "灯台(とうだい)の光"]


def test_reading_is_centred_above_its_base() -> None:
    text = "海の灯台の光"
    assert painted(text, 40, ABOVE, ruby(text, "灯台", "とう")) == ["    とう", "海の灯台の光"]
    assert painted(text, 40, ABOVE, ruby(text, "灯台", "ひ")) == ["     ひ", "海の灯台の光"]


def test_reading_wider_than_its_base_gets_its_own_room() -> None:
    text = "海の灯光"
    spans = (ruby(text, "灯", "ともしび"), ruby(text, "光", "ひかり"))
    assert painted(text, 40, ABOVE, *spans) == ["    ともしびひかり", "海の   灯     光"]


def test_readings_above_break_with_their_lines() -> None:
    text = "灯台の光灯台の光"
    spans = [Span(start, start + 2, SpanKind.RUBY, "とうだい") for start in (0, 4)]
    lines = set_lines(text, 12, ABOVE, *spans)
    assert rejoined(lines, text) == text
    assert sum("とうだい" in line.text for line in lines) == 2
    assert all(Cells().width(line.text) <= 12 for line in lines)


def test_hidden_readings_are_not_shown() -> None:
    text = "灯台の光"
    assert painted(text, 40, Typesetting(ruby=RubyStyle.HIDDEN), ruby(text, "灯台", "とうだい")) == [text]


def test_thousands_of_readings_are_laid_out() -> None:
    text = "灯台" * 8000
    spans = tuple(Span(start, start + 2, SpanKind.RUBY, "とうだい") for start in range(0, len(text), 2))
    for style in (RubyStyle.INLINE, RubyStyle.ABOVE):
        assert rejoined(set_lines(text, 40, Typesetting(ruby=style), *spans), text) == text


# Superscripts and subscripts


def test_superscripts_and_subscripts_use_unicode_characters() -> None:
    text = "10(8) H2O x2+1 na"
    spans = (
        raised(text, "(8)"),
        Span(7, 8, SpanKind.SUBSCRIPT),
        Span(11, 14, SpanKind.SUPERSCRIPT),
        Span(16, 17, SpanKind.SUPERSCRIPT),
    )
    lines = set_lines(text, 40, Typesetting(), *spans)
    assert lines[0].text == "10⁽⁸⁾ H₂O x²⁺¹ nᵃ"
    assert rejoined(lines, text) == text


def test_unicode_superscripts_are_not_used_where_they_are_wide() -> None:
    text = "108"
    assert painted(text, 40, Typesetting(ambiguous_width=2), raised(text, "8")) == ["10⁸"]
    assert painted("104", 40, Typesetting(ambiguous_width=2), raised("104", "4")) == ["10^4"]


@pytest.mark.parametrize(
    ("text", "small", "kind", "expected"),
    [
        ("第1st名", "st", SpanKind.SUPERSCRIPT, "第1ˢᵗ名"),
        ("灯塔TM亮", "TM", SpanKind.SUPERSCRIPT, "灯塔ᵀᴹ亮"),
        ("不入虎穴レ焉", "レ", SpanKind.SUBSCRIPT, "不入虎穴㆑焉"),
        ("有朋自二遠方一來", "一", SpanKind.SUBSCRIPT, "有朋自二遠方㆒來"),
        ("守塔人注记", "注记", SpanKind.SUPERSCRIPT, "守塔人^注记"),
        ("灯塔the old one亮", "the old one", SpanKind.SUBSCRIPT, "灯塔_(the old one)亮"),
        ("灯塔[12]亮", "[12]", SpanKind.SUPERSCRIPT, "灯塔[12]亮"),
        ("灯塔※亮", "※", SpanKind.SUPERSCRIPT, "灯塔※亮"),
    ],
)
def test_a_raised_text_is_distinct_from_its_base(text: str, small: str, kind: SpanKind, expected: str) -> None:
    assert painted(text, 60, Typesetting(), raised(text, small, kind)) == [expected]


def test_a_mark_before_a_raised_text_has_no_position_and_stays_with_its_base() -> None:
    text = "守塔的人注记"
    lines = set_lines(text, 10, Typesetting(), raised(text, "注记"))
    assert [line.text for line in lines] == ["守塔的", "人^注记"]
    assert rejoined(lines, text) == text


def test_footnote_mark_never_starts_a_line() -> None:
    text = "海边的灯塔夜里亮着[1]守塔人"
    mark = Span(9, 12, SpanKind.FOOTNOTE, "1")
    assert painted(text, 18, Typesetting(), mark) == ["海边的灯塔夜里亮", "着[1]守塔人"]


# Gaps between Han and Latin


def test_gap_between_han_and_latin_is_not_in_the_text() -> None:
    text = "共有LED灯306座，占3.6%以上"
    lines = set_lines(text, 60, Typesetting(cjk_latin_space=True))
    assert lines[0].text == "共有 LED 灯 306 座，占 3.6% 以上"
    assert rejoined(lines, text) == text
    assert all(run.start == run.end for run in lines[0].runs if run.text == " ")


def test_gap_neither_starts_nor_ends_a_line() -> None:
    for width in range(8, 40):
        for line in painted("共有LED灯306座，占3.6%以上", width, Typesetting(cjk_latin_space=True)):
            assert line == line.strip()


def test_gap_is_not_added_to_an_existing_space() -> None:
    assert painted("共有 LED 灯", 40, Typesetting(cjk_latin_space=True)) == ["共有 LED 灯"]


def test_gaps_are_not_in_exported_text() -> None:
    document = Document((Paragraph(Inline("共有LED灯306座")),))
    assert "共有LED灯306座" in "".join(render_text(Head("灯"), document, 60, Typesetting(cjk_latin_space=True)))


# Indents


def test_first_line_is_indented_and_replaces_the_authors_indent() -> None:
    for text in ("海边的灯塔夜里亮着", "\u3000\u3000海边的灯塔夜里亮着", "  海边的灯塔夜里亮着"):
        lines = set_lines(text, 12, Typesetting(), first_indent=4)
        assert [line.text for line in lines] == ["    海边的灯", "塔夜里亮着"]
        assert rejoined(lines, text) == text


def test_without_an_indent_the_authors_own_is_kept() -> None:
    assert painted("\u3000\u3000海边的灯塔", 40) == ["\u3000\u3000海边的灯塔"]


def test_only_the_first_line_of_a_paragraph_with_breaks_is_indented() -> None:
    assert painted("海边\n灯塔", 20, first_indent=4) == ["    海边", "灯塔"]


def test_an_indent_leaves_room_for_text_in_the_narrowest_column() -> None:
    assert painted("海边", 4, first_indent=40) == ["  海", "边"]


# Lines and runs


def test_an_empty_text_has_one_line() -> None:
    assert painted("", 20) == [""]
    assert painted("\n", 20) == ["", ""]


def test_spaces_at_the_end_of_a_line_are_dropped_but_not_lost() -> None:
    text = "the lamp  and the sea"
    lines = set_lines(text, 9)
    assert [line.text for line in lines] == ["the lamp", "and the", "sea"]
    assert [(run.text, run.start, run.end) for run in lines[0].runs] == [("the lamp", 0, 8), ("", 8, 10)]


def test_runs_have_the_styles_and_links_of_their_spans() -> None:
    text = "海边的灯塔"
    spans = (Span(0, 5, SpanKind.LINK, "https://example.org"), Span(3, 5, SpanKind.STRONG))
    (line,) = set_lines(text, 20, Typesetting(), *spans)
    assert [(run.text, run.style, run.link) for run in line.runs] == [
        ("海边的", Style(Role.LINK), "https://example.org"),
        ("灯塔", Style(Role.LINK, bold=True), "https://example.org"),
    ]


def test_span_within_a_cluster_extends_to_all_of_it() -> None:
    text = "灯👩\u200d👩\u200d👧塔"
    (line,) = set_lines(text, 20, Typesetting(), Span(2, 4, SpanKind.STRONG))
    assert [run.text for run in line.runs] == ["灯", "👩\u200d👩\u200d👧", "塔"]


@pytest.mark.parametrize("script", ["العربية في البحر", "עברית על הים", "हिन्दी में समुद्र", "ภาษาไทย"])
def test_other_scripts_are_kept_in_logical_order(script: str) -> None:
    text = f"海边的{script}灯塔"
    lines = set_lines(text, 14)
    assert rejoined(lines, text) == text
    assert "".join(run.text for line in lines for run in line.runs).replace(" ", "") == text.replace(" ", "")


@settings(max_examples=300, deadline=None)
@given(inlines(), st.integers(2, 100), typesettings(), st.integers(0, 8))
def test_lines_show_the_text_and_additions_have_no_position(
    inline: Inline, width: int, typesetting: Typesetting, indent: int
) -> None:
    lines = lay_out_paragraph(inline, width, typesetting, block=0, base=Style(), first_indent=indent)
    assert rejoined(lines, inline.text) == inline.text
    formulas = [span for span in inline.spans if span.kind is SpanKind.MATH]
    for line in lines:
        for run in line.runs:
            if run.start < run.end and run.text:
                source = inline.text[run.start : run.end]
                # Small letters and digits are those that NFKC turns into normal ones.
                assert run.text == source or normalize("NFKC", run.text).replace("\u2212", "-") == source
            elif run.start < run.end:
                is_tex = any(span.start < run.end and span.end > run.start for span in formulas)
                assert is_tex or not inline.text[run.start : run.end].strip(" \u3000\n")


# Texts of one line


@given(inlines(), typesettings(), st.integers(2, 90), st.integers(0, 6))
def test_a_text_that_fits_on_a_line_is_set_as_by_line_breaking(
    inline: Inline, typesetting: Typesetting, width: int, indent: int
) -> None:
    def lines() -> list[Line]:
        return lay_out_paragraph(inline, width, typesetting, block=3, base=Style(Role.QUOTE), first_indent=indent)

    at_once = lines()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(paragraph, "_is_one_line", lambda *_given: False)
        assert lines() == at_once


@pytest.mark.parametrize("text", ["守塔人不睡。", "the keeper", "灯 light", "a\u3000b"])
def test_a_short_text_is_not_searched_for_line_breaks(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_given: object) -> None:
        pytest.fail("lines were filled")

    monkeypatch.setattr(paragraph, "Filler", fail)
    assert painted(text, 20, Typesetting(cjk_latin_space=False)) == [text]
