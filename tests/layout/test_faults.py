"""No line begins or ends with a mark that is not permitted there, at any width, in any text."""

import html
import re
from collections import Counter
from dataclasses import replace
from functools import cache
from pathlib import Path
from random import Random

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from reader.archive.archive import open_archives
from reader.archive.article import Article
from reader.archive.scan import read_body, scan
from reader.document.blocks import Heading, Inline, Paragraph, Span, SpanKind
from reader.document.sanitizing import clean_line
from reader.layout.lines import NO_BLOCK, Line, Style
from reader.layout.paragraph import lay_out_paragraph
from reader.parse.parser import parse
from reader.settings.options import Fill, KoreanBreaks, RubyStyle, Strictness, Typesetting
from tests.benchmarks.bench_layout import faults_of_rich
from tests.benchmarks.bench_layout import report as chinese_report
from tests.conftest import PROJECT, SHARED, real_files
from tests.layout.checker import Fault, SetLine, Source

WIDTHS = range(20, 121)
SHARE = 9
"""Each width is tested with another ninth of the real paragraphs; with all of them only in a slow test."""

_GONE = re.compile(r"<(style|script)\b.*?</\1\s*>|<!--.*?-->", re.DOTALL | re.IGNORECASE)
_ENDS = re.compile(
    r"</?(?:p|div|br|li|ul|ol|h[1-6]|tr|td|th|table|pre|blockquote|section|figure|hr|dt|dd)\b[^<>]*>", re.IGNORECASE
)
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_RUBY = re.compile(r"<rt>.*?</rt>|<rp>.*?</rp>", re.DOTALL)


def paragraphs(path: Path) -> list[str]:
    """The lines of an article, with tags removed by a simple pattern: enough for text, without structure."""
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        text = raw.decode("gb18030", "replace")
    text = _RUBY.sub("", _GONE.sub("", text))
    text = html.unescape(_TAG.sub("", _ENDS.sub("\n", text)))
    return [found for line in text.split("\n") if len(found := clean_line(line)) > 1]


@cache
def corpus() -> tuple[str, ...]:
    """The distinct paragraphs of the sample archive and of the real articles."""
    files = [*sorted((PROJECT / "seeds").rglob("*.md")), *real_files()]
    return tuple(dict.fromkeys(text for path in files for text in paragraphs(path)))


def as_set(lines: list[Line]) -> list[SetLine]:
    """Lines in the form for the checker. A line with nothing but the rest of a formula shows none of the source.

    A hyphen that is not in the text is a run without a place in it.
    """
    found: list[SetLine] = []
    at = 0
    for line in lines:
        painted = "".join(run.text for run in line.runs)
        first = next((run for run in line.runs if run.block != NO_BLOCK), None)
        if found and first is not None and first.text and first.start == first.end < at:
            found[-1] = replace(found[-1], is_inside=True)
        ranges = [(run.start, run.end) for run in line.runs if run.start < run.end]
        start, at = (min(ranges)[0], max(ranges)[1]) if ranges else (at, at)
        last = next((run for run in reversed(line.runs) if run.text), None)
        is_divided = last is not None and last.block != NO_BLOCK and last.text == "-" and last.start == last.end
        found.append(SetLine(painted, start, at, is_divided=is_divided))
    return found


def faults(text: str, width: int, typesetting: Typesetting, source: Source | None = None) -> list[Fault]:
    source = source or Source(text, typesetting)
    lines = as_set(lay_out_paragraph(Inline(text), width, typesetting, block=0, base=Style()))
    assert text == "".join(text[line.start : line.end] for line in lines)
    return list(source.faults(lines, width))


def report(found: list[tuple[int, Fault]]) -> str:
    kinds = Counter(fault.kind for _, fault in found)
    shown = "\n".join(f"{width:4} {fault.kind:10} {fault.before} | {fault.after}" for width, fault in found[:40])
    return f"{kinds}\n{shown}"


def check_corpus(typesetting: Typesetting, share: int) -> None:
    found = []
    for number, text in enumerate(corpus()):
        source = Source(text, typesetting)
        widths = WIDTHS[number % share :: share]
        # A text that fits on one line, with room for the spaces of cjk_latin_space, looks the same at greater widths.
        narrow = sum(width <= cell_len(text) + len(text) // 2 for width in widths)
        for width in (*widths[: narrow + 1], *widths[narrow + 1 :][-1:]):
            found += [(width, fault) for fault in faults(text, width, typesetting, source)]
    assert not found, report(found)


@pytest.mark.parametrize("strictness", Strictness)
def test_real_articles_at_every_width(strictness: Strictness) -> None:
    check_corpus(Typesetting(strictness=strictness), SHARE)


@pytest.mark.parametrize(
    "typesetting",
    [
        Typesetting(fill=Fill.PUSH_IN, cjk_latin_space=True),
        Typesetting(fill=Fill.HANG, justify=True),
        Typesetting(korean=KoreanBreaks.SYLLABLE, justify=True, cjk_latin_space=True),
    ],
)
def test_real_articles_with_other_options(typesetting: Typesetting) -> None:
    check_corpus(typesetting, SHARE)


@pytest.mark.slow
@pytest.mark.parametrize("fill", Fill)
@pytest.mark.parametrize("strictness", Strictness)
def test_all_of_every_real_article_at_every_width(strictness: Strictness, fill: Fill) -> None:
    check_corpus(Typesetting(strictness=strictness, fill=fill), 1)


SCRAPS = (
    *"海边的灯塔夜里亮着第年月日万亿届美元",
    *"、。，．：；！？）》」』】〕”’·…—～％‰℃々ー",
    *"（《「『【〔“‘￥＄№\"'()[]{}<>",
    *"0123456789.,:%+-/&=#_@",
    *"０９ＡＺａｚかなっゃカッャー가나다라",
    "——", "……", "。”", "》，", "”。", "！？", "lamp", "lighthouse", "don't", "don’t", "naïve", "P2+", "5G",
    "AI“大脑”", "3.14", "2.6%", "36.6万", "1,024", "12:30", "707.2亿美元", "第5届", "2021年3月22日",
    "2021-03-22", "3～5",
    "《书名》", "《一本名字很长很长的书》", "https://example.org/a/b?c=d&e=f",
    "www.example.org", "등대는 밤에", "„Licht“", "ひかり",
    "👩\u200d👩\u200d👧", "🇨🇳", "🇨🇳🇯🇵", "❤️", "👍🏽", "1️⃣", "é", "e\u0301", "が", "か\u3099",
    "ก็", "न्त्र", "한", "العربية", "עברית",
    " ", " ", "  ", "\u3000", "a" * 30, "9" * 30,
)  # fmt: skip
"""Characters and words that may be split wrongly, or at which a line must not end."""

TEXTS = (
    st.lists(st.sampled_from(SCRAPS), min_size=1, max_size=40).map("".join)
    | st.lists(st.sampled_from(SCRAPS[:60]), min_size=1, max_size=60).map("".join)
).filter(lambda text: bool(text.strip()))
TYPESETTINGS = st.builds(
    Typesetting,
    strictness=st.sampled_from(Strictness),
    fill=st.sampled_from(Fill),
    justify=st.booleans(),
    cjk_latin_space=st.booleans(),
    korean=st.sampled_from(KoreanBreaks),
)


@settings(max_examples=300, deadline=None)
@given(TEXTS, st.integers(20, 120) | st.integers(20, 40), TYPESETTINGS)
@example("称为AI“大脑”" * 9, 21, Typesetting())
@example("a" * 32 + "“大脑”", 33, Typesetting())
def test_generated_text(text: str, width: int, typesetting: Typesetting) -> None:
    found = faults(clean_line(text) or "灯", width, typesetting)
    assert not found, report([(width, fault) for fault in found])


@pytest.mark.slow
def test_much_generated_text() -> None:
    # The texts are the same in each run, so that a change never fails because of a new random text. Hypothesis would
    # take ten times as long to generate them.
    chance = Random(14)  # noqa: S311 - a sample
    found = []
    for _ in range(10_000):
        scraps, most = chance.choice(((SCRAPS, 40), (SCRAPS[:60], 60)))
        text = clean_line("".join(chance.choices(scraps, k=chance.randint(1, most)))) or "灯"
        typesetting = Typesetting(
            strictness=chance.choice(list(Strictness)),
            fill=chance.choice(list(Fill)),
            justify=chance.random() < 0.5,
            cjk_latin_space=chance.random() < 0.5,
            korean=chance.choice(list(KoreanBreaks)),
        )
        width = chance.choice((chance.randint(20, 120), chance.randint(20, 40)))
        found += [(width, fault) for fault in faults(text, width, typesetting)]
    assert not found, report(found)


def test_a_break_inside_a_formula_is_at_no_place_of_the_source() -> None:
    text = "灯塔的光强为" + "a + b + c + d + e + f + g + h + i + j + k + l + m" + "，如上"
    formula = Span(6, len(text) - 3, SpanKind.MATH)
    lines = as_set(lay_out_paragraph(Inline(text, (formula,)), 24, Typesetting(), block=0, base=Style()))
    assert [line.is_inside for line in lines] == [True] * (len(lines) - 1) + [False]
    assert (lines[0].start, lines[0].end, lines[-1].end) == (0, len(text) - 3, len(text))
    assert list(Source(text, Typesetting()).faults(lines, 24)) == []


def test_the_checker_finds_each_kind_of_fault() -> None:
    def kinds(text: str, *ends: int, width: int = 20) -> list[str]:
        starts = [0, *ends]
        lines = [SetLine(text[start:end], start, end) for start, end in zip(starts, [*ends, len(text)], strict=True)]
        return [fault.kind for fault in Source(text, Typesetting()).faults(lines, width)]

    assert kinds("海边，灯", 2) == ["start"]
    assert kinds("海边（灯）", 3) == ["end"]
    assert kinds("海边——灯", 3) == ["split dash"]
    assert kinds("海边3.14", 4) == ["number"]
    assert kinds("海边36万人", 4) == ["unit"]
    assert kinds("海边第5届", 3) == ["unit"]
    assert kinds("海边第 5 届", 4) == ["unit"]
    assert kinds("海边长 12 kg", 7) == ["unit"]
    assert kinds("海边 16 %", 6) == ["unit"]
    assert kinds("海边 30 公里", 6) == ["unit"]
    assert kinds("海边 1893년으로", 7) == ["korean"]
    assert kinds("海边“灯”, 夜", 5) == ["start"]
    assert kinds("海边的 lamp", 3) == ["blank"]
    assert kinds("支持.txt、.docx等", 11) == ["word"]
    assert kinds("海边lamp", 4) == ["word"]
    assert kinds("海边👍🏽", 3) == ["cluster"]
    assert kinds("海边的夜里《灯塔》", 7, width=14) == ["title"]
    assert kinds("海边的灯《灯塔与海与夜与人》", 4) == ["hole"]
    assert kinds("海边的灯塔夜里亮着的", 5, width=8) == ["wide", "wide"]
    assert kinds("海边的灯塔夜里亮了。", 8, width=16) == ["widow"]
    assert kinds("海边的灯塔夜里亮了。", 7, width=16) == []
    assert kinds("海边灯塔", 2) == []
    assert kinds("，，，，", 2) == []


def test_the_checker_finds_wrong_hyphens() -> None:
    def kinds(text: str, *ends: int) -> list[str]:
        starts = [0, *ends]
        lines = [
            SetLine(text[start:end] + "-" * (end < len(text)), start, end, is_divided=end < len(text))
            for start, end in zip(starts, [*ends, len(text)], strict=True)
        ]
        return [fault.kind for fault in Source(text, Typesetting(justify=True)).faults(lines, 30)]

    assert kinds("the lighthouse", 9) == []
    assert kinds("the lighthouse", 5) == ["hyphen"], "one letter before the hyphen"
    assert kinds("the lighthouse", 12) == ["hyphen"], "two letters after it"
    assert kinds("the strength of", 7) == ["hyphen"], "a part without a vowel"
    assert kinds("the lightHouse", 9) == ["hyphen"], "a name"
    assert kinds("the e-lighthouse", 11) == ["hyphen"], "a compound"
    assert kinds("see www.lighthouse.example", 13) == ["hyphen"], "an address"
    assert kinds("the 12th anniversary", 7) == ["hyphen"], "between a digit and letters"
    assert kinds("international lighthouses", 2, 5) == []
    assert kinds("international lighthouses", 2, 5, 8) == ["hyphen"], "three successive hyphens"


@cache
def parsed() -> tuple[Inline, ...]:
    """The paragraphs and headings of the same articles, parsed by the program, with their spans."""
    archives = open_archives(
        [PROJECT / "seeds", *(folder for folder in (SHARED / "seeds", SHARED / "wild") if folder.exists())]
    )
    bodies = [read_body(article)[0] for article in scan(archives) if isinstance(article, Article)]
    leaves = [
        leaf for body in bodies for leaf in parse(body).leaves if isinstance(leaf, Paragraph | Heading) and leaf.text
    ]
    return tuple(dict.fromkeys(leaf.text for leaf in leaves))


@pytest.mark.parametrize(
    "typesetting",
    [Typesetting(ruby=RubyStyle.HIDDEN), Typesetting(fill=Fill.HANG, ruby=RubyStyle.ABOVE, justify=True)],
)
def test_real_articles_with_links_and_ruby(typesetting: Typesetting) -> None:
    found = []
    for number, inline in enumerate(parsed()):
        source = Source(inline.text, typesetting)
        for width in WIDTHS[number % 10 :: 10]:
            lines = lay_out_paragraph(inline, width, typesetting, block=0, base=Style())
            found += [(width, fault) for fault in source.faults(as_set(lines), width)]
    assert len(parsed()) > 500
    assert not found, report(found)


def test_checker_finds_faults_of_another_engine() -> None:
    assert faults_of_rich(chinese_report(20_000), 40) > 50
