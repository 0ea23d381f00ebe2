"""Justified lines with readings in brackets: few stay ragged, and a base stays with the beginning of its reading."""

from reader.document.blocks import Span, SpanKind
from reader.layout.cells import Cells
from reader.settings.options import RubyStyle, Typesetting
from tests.layout.setting import rejoined, set_lines

WORDS = [
    ("人形", "にんぎょう"),
    ("買", "か"),
    ("子供達", "こどもたち"),
    ("学校", "がっこう"),
    ("最早", "もはや"),
    ("今", "いま"),
]
BETWEEN = ["は", "って", "が", "を見て、", "", "までのような"]


def sentence(count: int) -> tuple[str, list[Span]]:
    text, spans = "", []
    for number in range(count):
        base, reading = WORDS[number * 5 % len(WORDS)]
        spans.append(Span(len(text), len(text) + len(base), SpanKind.RUBY, reading))
        text += base + BETWEEN[number * 7 % len(BETWEEN)]
    return text, spans


def test_most_lines_are_full_and_bases_stay_with_their_readings() -> None:
    full = count = 0
    for width in range(40, 81, 4):
        text, spans = sentence(60)
        lines = set_lines(text, width, Typesetting(justify=True, ruby=RubyStyle.INLINE), *spans)
        assert rejoined(lines, text) == text
        full += sum(Cells().width(line.text.rstrip()) == width for line in lines[:-1])
        count += len(lines) - 1
        for line in lines:
            assert not line.text.startswith(("(", ")"))
            assert not line.text.rstrip().endswith(("(", *"人形子供学校最"))
    assert full > 0.7 * count


def test_adjacent_bases_are_not_kept_on_one_line() -> None:
    spans = [Span(number, number + 1, SpanKind.RUBY, "かな") for number in range(12)]
    lines = set_lines("海" * 12, 34, Typesetting(ruby=RubyStyle.INLINE), *spans)
    assert [line.text for line in lines] == ["海(かな)" * 4, "海(かな)" * 4, "海(かな)" * 4]
