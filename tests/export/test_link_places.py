"""Links between exported files: the sections that they name are those that the exporters write."""

from hypothesis import given
from hypothesis import strategies as st

from reader.document.blocks import Block, Details, Heading, Inline, ListBlock, ListItem, Paragraph, Quote, Rule
from reader.document.document import Document
from reader.export.html_blocks import HtmlBlocks
from reader.export.link_places import ExportedFile, LinkedSections, LinkForm, link_address, note_name, places_within
from reader.parse.markdown import parse_markdown

_HEADINGS = st.builds(
    Heading, st.builds(Inline, st.sampled_from(("夜", " ", "Part two", "a_b & c"))), st.integers(0, 6)
)
_LEAVES = st.one_of(_HEADINGS, st.just(Paragraph(Inline("text"))), st.just(Rule()))
BLOCKS = st.recursive(
    _LEAVES,
    lambda inner: st.one_of(
        st.builds(Quote, st.tuples(inner, inner)),
        st.builds(Details, st.just(Paragraph(Inline("summary"))), st.tuples(inner)),
        st.builds(ListBlock, st.tuples(st.builds(ListItem, st.tuples(inner, inner))), st.booleans()),
    ),
    max_leaves=8,
)


@given(st.lists(BLOCKS, max_size=8))
def test_ids_are_those_of_the_page(blocks: list[Block]) -> None:
    page = HtmlBlocks(lambda _source: "", "c1")
    list(page.write(blocks))
    first = {text: name for name, _level, text in reversed(page.headings)}
    file, sections = ExportedFile("a.xhtml", prefix="c1"), LinkedSections(Document(tuple(blocks)))
    for text, name in first.items():
        assert link_address(LinkForm.PAGE, file, sections, text) == f"a.xhtml#{name}"


def test_each_form_has_its_own_fragment() -> None:
    document = Document(
        tuple(parse_markdown("# T\n\n## Part two\n\ntext\n\n## Part two\n\n[a](#part-two-1) [b](#none)\n"))
    )
    file, sections = ExportedFile("A b#1.md", "Part two"), LinkedSections(document, "Part two")
    assert link_address(LinkForm.PATH, file, sections, "part-two-1") == "A%20b%231.md#part-two-2", "after the title"
    assert link_address(LinkForm.NOTE, file, sections, "part-two") == "A%20b%231.md#Part%20two"
    assert note_name("A%20b%231.md#Part%20two") == "A b#1#Part two"
    assert link_address(LinkForm.ORG, file, sections, "part-two") == "wiki:A b#1#Part two"
    assert link_address(LinkForm.PATH, file, sections, "none") == "A%20b%231.md"
    assert link_address(LinkForm.PATH, file, None, "part-two") == "A%20b%231.md"
    assert places_within(document, LinkForm.PAGE, "c1") == {"#part-two-1": "#c1s3"}
