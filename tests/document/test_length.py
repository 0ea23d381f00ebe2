import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.document.blocks import Block, CodeBlock, Heading, Image, Inline, Paragraph, Quote, Span, SpanKind
from reader.document.document import Document, Position
from reader.document.length import Lengths, measure
from tests.growth import assert_linear


def lengths(text: str) -> tuple[int, int]:
    measured = measure(Document((Paragraph(Inline(text)),)))
    return measured.characters, measured.words


@pytest.mark.parametrize(
    ("text", "characters", "words"),
    [
        ("", 0, 0),
        ("　 ——……，。！", 0, 0),
        ("灯塔，看守人。", 5, 0),
        ("灯塔 lighthouse 1.5 千米", 4, 2),
        ("第3届进博会成交707.2亿美元", 10, 2),
        ("灯台の光と、ラーメン", 9, 0),
        ("금속활자와 한 권의 책", 9, 0),
        ("Don't stop: 12:30, well-known café, cafe\u0301", 0, 6),
        ("Маяк и море", 0, 3),
        ("φάρος", 0, 1),
        ("a_b", 0, 2),
        ("𠮷々〇", 3, 0),
    ],
)
def test_characters_and_words_are_counted_separately(text: str, characters: int, words: int) -> None:
    assert lengths(text) == (characters, words)


def seconds(*blocks: Block) -> float:
    return measure(Document(blocks)).seconds


def test_reading_time_grows_with_the_length() -> None:
    assert seconds(Paragraph(Inline("字" * 400))) == pytest.approx(60)
    assert seconds(Paragraph(Inline("word " * 230))) == pytest.approx(60)
    assert seconds(Image(Inline(), "a.png")) == pytest.approx(4)
    assert seconds() == 0


def test_code_takes_longer_than_prose() -> None:
    assert seconds(CodeBlock(Inline("let a = b"))) > seconds(Paragraph(Inline("let a = b"))) > 0


def test_everything_in_a_document_counts() -> None:
    measured = measure(
        Document(
            (
                Heading(Inline("灯塔"), 1),
                Quote(
                    (Paragraph(Inline("海 sea", (Span(2, 5, SpanKind.IMAGE, "sea.png"),))), Image(Inline("灯"), "b"))
                ),
            )
        )
    )
    assert (measured.characters, measured.words, measured.images) == (4, 1, 2)


def test_chinese_is_counted_in_linear_time() -> None:
    text = "灯塔照着黑夜里的海，看守人数着“每一次”闪光……第3遍，"
    assert lengths(text * 40_000)[1] == 40_000
    assert_linear(lambda size: lengths(text * size), 4_000)


@given(st.lists(st.text("灯塔a ，", max_size=8), max_size=6))
def test_length_above_grows_from_zero_to_the_whole(texts: list[str]) -> None:
    document = Document(tuple(Paragraph(Inline(text)) for text in texts))
    measured = measure(document)
    above = Lengths(document, measured).above
    found = [above(Position(leaf, at)) for leaf, text in enumerate(texts) for at in range(len(text) + 1)]
    assert found == sorted(found)
    assert above(Position(0)) == 0
    if any(texts):
        assert above(Position(len(texts))) == measured.characters + measured.words


def test_length_above_a_paragraph_is_that_of_the_previous_ones() -> None:
    document = Document((Paragraph(Inline("灯塔看守人")), Paragraph(Inline("守夜的灯塔"))))
    above = Lengths(document, measure(document)).above
    assert [above(Position(1)), above(Position(1, 2)), above(Position(9))] == [5, 7, 10]
