from hypothesis import given
from hypothesis import strategies as st

from reader.document.blocks import (
    Block,
    Cell,
    Definition,
    DefinitionList,
    Details,
    Figure,
    Footnote,
    Footnotes,
    Image,
    Inline,
    ListBlock,
    ListItem,
    Paragraph,
    Quote,
    Rule,
    Table,
    leaves,
)
from reader.document.document import Document, Position, Range


def paragraph(text: str) -> Paragraph:
    return Paragraph(Inline(text))


EVERYTHING = Document(
    (
        paragraph("0"),
        Quote((paragraph("1"), Quote((paragraph("2"),)))),
        ListBlock((ListItem((paragraph("3"), ListBlock((ListItem((paragraph("4"),)),)))), ListItem((paragraph("5"),)))),
        DefinitionList((Definition((paragraph("6"), paragraph("7")), (paragraph("8"),)),)),
        Quote(()),
        Table(
            ((Cell((paragraph("10"),)), Cell(())), (Cell((paragraph("11"), paragraph("12"))),)), 1, (paragraph("9"),)
        ),
        Figure((Image(Inline("13"), "a.png"),), (paragraph("14"),)),
        Details(paragraph("15"), (paragraph("16"),)),
        Rule(),
        Footnotes((Footnote("1", (paragraph("18"),)),)),
    )
)


def test_leaves_come_in_reading_order() -> None:
    texts = [leaf.text.text for leaf in EVERYTHING.leaves]
    assert texts == [*map(str, range(17)), "", "18"]


def test_deep_nesting_is_safe() -> None:
    block: Block = paragraph("deep")
    for _ in range(20_000):
        block = Quote((block,))
    assert [leaf.text.text for leaf in leaves(block)] == ["deep"]


def test_position_in_an_older_text_is_clamped() -> None:
    document = Document((paragraph("abc"), paragraph("de")))
    assert document.clamp(Position(0, 9)) == Position(0, 3)
    assert document.clamp(Position(1, -4)) == Position(1, 0)
    assert document.clamp(Position(7, 1)) == Position(1, 2)
    assert document.clamp(Position(-1, 5)) == Position(0, 0)
    assert Document(()).clamp(Position(3, 3)) == Position(0, 0)


def test_a_range_gives_its_text() -> None:
    document = Document((paragraph("abc"), Quote((paragraph("de"),)), paragraph("fgh")))
    assert document.extract(Range(Position(0, 1), Position(0, 2))) == "b"
    assert document.extract(Range(Position(0, 1), Position(2, 2))) == "bc\nde\nfg"
    assert document.extract(Range(Position(1, 0), Position(9, 9))) == "de\nfgh"


def test_range_is_trimmed_at_lines_and_leaves() -> None:
    document = Document((paragraph("abc"), paragraph(""), paragraph("\nde\n\n"), paragraph("f")))
    assert document.trimmed(Position(0, 3), Position(3, 0)) == Range(Position(2, 1), Position(2, 3))
    assert document.trimmed(Position(0, 1), Position(2, 1)) == Range(Position(0, 1), Position(0, 3))
    assert document.trimmed(Position(0, 3), Position(2, 1)) is None
    assert document.trimmed(Position(2, 2), Position(0, 1)) is None


@given(st.lists(st.text(max_size=5), min_size=1, max_size=5), st.integers(-2, 9), st.integers(-2, 9))
def test_clamping_is_idempotent_and_valid(texts: list[str], block: int, offset: int) -> None:
    document = Document(tuple(map(paragraph, texts)))
    place = document.clamp(Position(block, offset))
    assert 0 <= place.block < len(texts)
    assert 0 <= place.offset <= len(texts[place.block])
    assert document.clamp(place) == place
