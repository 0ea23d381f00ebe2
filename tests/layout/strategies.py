"""Random documents for property tests."""

from hypothesis import strategies as st

from reader.document.blocks import (
    Alignment,
    Block,
    Cell,
    CodeBlock,
    Definition,
    DefinitionList,
    Details,
    Embed,
    Figure,
    Footnote,
    Footnotes,
    Heading,
    Image,
    Inline,
    ListBlock,
    ListItem,
    MathBlock,
    Paragraph,
    Quote,
    Rule,
    Span,
    SpanKind,
    Table,
)
from reader.document.document import Document
from reader.settings.options import CodeStyle, Fill, KoreanBreaks, RubyStyle, Strictness, Typesetting

SCRAPS = (
    "灯", "塔", "海边的灯塔", "夜里亮着", "，", "。", "《", "》", "“", "”", "——", "……", "（", "）", "、", " ", "  ",
    "\u3000", "lamp", "lighthouse", "3.14", "2.6%", "1,024 米", "12:30", "https://example.org/a/b?c=d", "ひかり",
    "ガス灯", "ー", "등대는", "👩\u200d👩\u200d👧", "🇨🇳", "é", "e\u0301", "ก็", "न्त्र", "-", "/", "第5届",
)  # fmt: skip
"""Pieces of text: scripts, marks and clusters that are difficult for line breaking and measuring."""

ADDRESSES = st.sampled_from(["", "https://example.org/picture.png"])


def texts(max_size: int = 12) -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(SCRAPS), max_size=max_size).map("".join)


@st.composite
def inlines(draw: st.DrawFn, *, breaks: bool = True, max_size: int = 12) -> Inline:
    """A text with spans that are nested or disjoint."""
    text = draw(texts(max_size))
    if breaks and draw(st.booleans()):
        text = f"{text}\n{draw(texts(max_size))}"
    ends = sorted(draw(st.lists(st.integers(0, len(text)), max_size=4, unique=True)))
    # Blanks that stand for tabs are no kind of text; a document has them in code alone.
    kinds = st.sampled_from([kind for kind in SpanKind if kind is not SpanKind.TAB])
    spans = []
    for start, end in zip(ends[::2], ends[1::2], strict=False):
        spans.append(Span(start, end, draw(kinds), draw(st.sampled_from(["", "x", "かな"]))))
        if draw(st.booleans()) and end - start > 1:
            spans.append(Span(start, end - 1, SpanKind.STRONG))
    return Inline(text, tuple(spans))


def leaves() -> st.SearchStrategy[Block]:
    return st.one_of(
        st.builds(Paragraph, inlines()),
        st.builds(Paragraph, inlines()),
        st.builds(Heading, inlines(breaks=False), st.integers(0, 6)),
        st.builds(CodeBlock, inlines()),
        st.builds(MathBlock, inlines()),
        st.builds(Image, inlines(breaks=False), ADDRESSES),
        st.builds(Embed, inlines(breaks=False), st.sampled_from(["video", "audio", "iframe", "object"]), ADDRESSES),
        st.just(Rule()),
    )


def _containers(blocks: st.SearchStrategy[Block]) -> st.SearchStrategy[Block]:
    many = st.lists(blocks, max_size=3).map(tuple)
    paragraphs = st.builds(Paragraph, inlines())
    items = st.builds(ListItem, many, st.none() | st.integers(0, 2000), st.none() | st.booleans())
    cells = st.builds(Cell, many, st.booleans(), st.sampled_from(list(Alignment)), st.integers(1, 3), st.integers(1, 3))
    rows = st.lists(st.lists(cells, max_size=4).map(tuple), max_size=4).map(tuple)
    return st.one_of(
        st.builds(Quote, many),
        st.builds(
            ListBlock,
            st.lists(items, max_size=4).map(tuple),
            st.booleans(),
            st.integers(0, 4000),
            st.sampled_from("1aAiI"),
        ),
        st.builds(
            DefinitionList,
            st.lists(st.builds(Definition, st.lists(paragraphs, max_size=2).map(tuple), many), max_size=2).map(tuple),
        ),
        st.builds(Table, rows, st.integers(0, 2), many),
        st.builds(Figure, many, many),
        # Parsers give every summary a text.
        st.builds(Details, st.builds(Paragraph, inlines().filter(lambda text: bool(text.text.strip()))), many),
        st.builds(Footnotes, st.lists(st.builds(Footnote, texts(2), many), max_size=2).map(tuple)),
    )


def blocks() -> st.SearchStrategy[Block]:
    return st.recursive(leaves(), _containers, max_leaves=8)


def documents() -> st.SearchStrategy[Document]:
    return st.lists(blocks(), max_size=5).map(lambda found: Document(tuple(found)))


def typesettings(*, code: st.SearchStrategy[CodeStyle] = st.just(CodeStyle.WRAP)) -> st.SearchStrategy[Typesetting]:  # noqa: B008
    return st.builds(
        Typesetting,
        strictness=st.sampled_from(list(Strictness)),
        fill=st.sampled_from(list(Fill)),
        justify=st.booleans(),
        cjk_latin_space=st.booleans(),
        first_line_indent=st.sampled_from([0, 0, 2, 8]),
        paragraph_spacing=st.integers(0, 2),
        line_spacing=st.sampled_from([0, 0, 1]),
        ambiguous_width=st.sampled_from([1, 1, 2]),
        korean=st.sampled_from(list(KoreanBreaks)),
        ruby=st.sampled_from(list(RubyStyle)),
        code=code,
        ascii_borders=st.booleans(),
    )
