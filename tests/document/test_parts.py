"""Parts of documents."""

from hypothesis import given
from hypothesis import strategies as st

from reader.document.blocks import (
    Block,
    Cell,
    Details,
    Footnote,
    Footnotes,
    Heading,
    Inline,
    ListBlock,
    ListItem,
    Paragraph,
    Quote,
    Span,
    SpanKind,
    Table,
)
from reader.document.document import Document, Position, Range
from reader.document.outline import outline
from reader.document.parts import part_of, section_range, sliced


def words(text: str) -> Paragraph:
    return Paragraph(Inline(text))


WORDS = st.text("abc灯塔", min_size=1, max_size=6)
LEAVES = st.one_of(WORDS.map(words), st.builds(Heading, WORDS.map(Inline), st.integers(1, 4)))


def containers(inner: st.SearchStrategy[Block]) -> st.SearchStrategy[Block]:
    blocks = st.lists(inner, min_size=1, max_size=3).map(tuple)
    return st.one_of(
        st.builds(Quote, blocks, st.sampled_from(["", "note"])),
        st.builds(ListBlock, st.lists(st.builds(ListItem, blocks), min_size=1, max_size=3).map(tuple), st.booleans()),
        st.builds(Details, WORDS.map(words), blocks),
        st.builds(Table, st.lists(st.tuples(st.builds(Cell, blocks)), min_size=1, max_size=3).map(tuple)),
    )


DOCUMENTS = st.lists(st.recursive(LEAVES, containers, max_leaves=8), min_size=1, max_size=4).map(
    lambda blocks: Document(tuple(blocks))
)


@given(DOCUMENTS, st.data())
def test_a_part_has_exactly_the_text_of_its_range(document: Document, data: st.DataObject) -> None:
    def position() -> Position:
        block = data.draw(st.integers(0, len(document.leaves) - 1))
        return Position(block, data.draw(st.integers(0, len(document.text(block)))))

    start, end = sorted((position(), position()))
    part = part_of(document, Range(start, end))
    found = "".join(leaf.text.text for leaf in part.leaves)
    assert found == document.extract(Range(start, end)).replace("\n", "")


@given(DOCUMENTS)
def test_the_whole_range_is_the_whole_document(document: Document) -> None:
    whole = part_of(document, Range(Position(0), Position(len(document.leaves))))
    assert [leaf.text for leaf in whole.leaves] == [leaf.text for leaf in document.leaves]


@given(DOCUMENTS)
def test_outermost_sections_and_what_precedes_them_are_the_document(document: Document) -> None:
    sections = outline(document).sections
    first = [number for number, section in enumerate(sections) if section.level == 1]
    spans = [section_range(document, outline(document), number) for number in first]
    before = Range(Position(0), spans[0].start if spans else Position(len(document.leaves)))
    text = "".join(leaf.text.text for span in (before, *spans) for leaf in part_of(document, span).leaves)
    assert text == "".join(leaf.text.text for leaf in document.leaves)


def test_a_section_includes_its_subsections() -> None:
    def heading(text: str, level: int) -> Heading:
        return Heading(Inline(text), level)

    document = Document((heading("a", 1), words("1"), heading("b", 2), words("2"), heading("c", 1), words("3")))
    parts = [part_of(document, section_range(document, outline(document), number)) for number in range(3)]
    assert ["".join(leaf.text.text for leaf in part.leaves) for part in parts] == ["a1b2", "b2", "c3"]


def test_items_keep_their_numbers_and_references_their_footnotes() -> None:
    noted = Paragraph(Inline("see[1]", (Span(3, 6, SpanKind.FOOTNOTE, "x"),)))
    document = Document(
        (
            ListBlock(
                (ListItem((words("one"),)), ListItem((noted,)), ListItem((words("three"),))), ordered=True, start=4
            ),
            Footnotes((Footnote("x", (words("kept"),)), Footnote("y", (words("dropped"),)))),
        )
    )
    part = part_of(document, Range(Position(1), Position(3)))
    assert isinstance(part.blocks[0], ListBlock)
    assert [item.number for item in part.blocks[0].items] == [5, 6]
    assert part.blocks[1] == Footnotes((Footnote("x", (words("kept"),)),))


def test_a_cut_callout_loses_its_title_and_so_its_kind() -> None:
    document = Document((Quote((words("Warning"), words("mind the gap")), "warning"),))
    assert part_of(document, Range(Position(1), Position(2))).blocks == (Quote((words("mind the gap"),), ""),)


def test_spans_are_cut_with_their_text() -> None:
    inline = Inline("abcdef", (Span(0, 6, SpanKind.LINK, "u"), Span(1, 3, SpanKind.STRONG)))
    assert sliced(inline, 2, 4) == Inline("cd", (Span(0, 2, SpanKind.LINK, "u"), Span(0, 1, SpanKind.STRONG)))


def test_a_part_keeps_what_is_known_of_its_document() -> None:
    whole = Document((words("灯塔"), words("lighthouse")), None, {"lighthouse": (5,)}, "灯塔", "en", has_slugs=True)
    part = part_of(whole, Range(Position(1), Position(1, 10)))
    assert part.blocks == whole.blocks[1:]
    assert (part.title, part.language, part.soft_hyphens, part.has_slugs) == ("灯塔", "en", {"lighthouse": (5,)}, True)
