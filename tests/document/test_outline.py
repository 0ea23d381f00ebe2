from hypothesis import given
from hypothesis import strategies as st

from reader.document.blocks import Block, Heading, Inline, Paragraph, Quote
from reader.document.document import Document, Position
from reader.document.outline import Outline, outline


def headings(*levels: int) -> Outline:
    blocks: list[Block] = []
    for number, level in enumerate(levels):
        blocks += [Heading(Inline(f"h{number}"), level), Paragraph(Inline("text"))]
    return outline(Document(tuple(blocks)))


def test_skipped_levels_close_up() -> None:
    assert [section.level for section in headings(2, 4, 4, 3, 2, 6).sections] == [1, 2, 2, 2, 1, 2]
    assert [section.level for section in headings(3, 1, 2).sections] == [1, 1, 2]


def test_repeated_title_and_empty_headings_are_not_sections() -> None:
    document = Document((Heading(Inline("Title"), 0), Heading(Inline(" \u3000"), 1), Heading(Inline("One"), 1)))
    assert [section.title for section in outline(document).sections] == ["One"]


def test_a_title_is_one_line() -> None:
    assert outline(Document((Heading(Inline("One\n  and\u3000two"), 1),))).sections[0].title == "One and two"


def test_headings_in_containers_count_by_leaf() -> None:
    document = Document((Paragraph(Inline("a")), Quote((Paragraph(Inline("b")), Heading(Inline("In"), 2)))))
    (section,) = outline(document).sections
    assert section.start == Position(2)


def test_the_section_of_a_position() -> None:
    found = outline(
        Document(
            (Paragraph(Inline("before")), Heading(Inline("A"), 1), Paragraph(Inline("a")), Heading(Inline("B"), 1))
        )
    )
    assert [found.index_at(Position(leaf, 3)) for leaf in range(4)] == [None, 0, 0, 1]
    assert found.index_at(Position(1)) == 0


@given(st.lists(st.integers(0, 6)))
def test_levels_never_skip(levels: list[int]) -> None:
    sections = headings(*levels).sections
    assert len(sections) == sum(level > 0 for level in levels)
    last = 0
    for section in sections:
        assert 1 <= section.level <= last + 1
        last = section.level


def test_a_document_without_headings_has_no_sections() -> None:
    found = outline(Document((Paragraph(Inline("a")),)))
    assert found.sections == ()
    assert found.index_at(Position(0)) is None
