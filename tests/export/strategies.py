"""Documents that Markdown can express, with texts in which everything looks like markup."""

import re

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

SCRAPS = (
    "灯", "塔", "夜里", "，", "。", "“", "”", "《", "》", "（", "！", "——", "￥", "😀", "é", "lamp", "b", "A1", "5",
    "12", " ", " ", " ", "\u3000", "*", "*", "**", "***", "_", "__", "`", "``", "~", "~~", "[", "]", "(", ")", "](",
    "][", "]:", "<", ">", "<b>", "</b>", "<x@y.z>", "<!--", "-->", "<?", "&", "&amp;", "&#65;", "&copy", ";", "\\",
    "\\\\", "!", "![", "^", "^[", "#", "# ", "## ", "- ", "+ ", "* ", "1. ", "2) ", "> ", "---", "===", "- - -", "|",
    "|-|", "$", "$5", ":", ": ", "~ ", "[x] ", "[ ] ", "[^1]", "[^1]: ", "[a]: b", "```", "~~~", "    ",
    "https://a.b/c_d*e", "snake_case", "=", "-", "+", "{", "}", "@", "%", "'", '"', "/", "?", ".", "0",
)  # fmt: skip

ADDRESSES = (
    "https://example.org/",
    "https://example.org/a_b(c)*?d=1&copy;=2&e=~~",
    "/a)b(c",
    "mailto:a@b.c",
    "file:///a/b",
    "a%20b",
)
EMBEDS = ("video", "audio", "iframe", "object")

_PLAIN = (
    SpanKind.STRONG, SpanKind.STRONG, SpanKind.STRONG, SpanKind.EMPHASIS, SpanKind.EMPHASIS, SpanKind.STRIKE,
    SpanKind.UNDERLINE, SpanKind.MARKED, SpanKind.SMALL, SpanKind.KEYBOARD, SpanKind.SUBSCRIPT, SpanKind.SUPERSCRIPT,
    SpanKind.CODE, SpanKind.LINK, SpanKind.RUBY, SpanKind.MATH,
)  # fmt: skip
_INSIDE_CODE = frozenset((SpanKind.RUBY, SpanKind.MATH))
_FORMULA = re.compile(r"\$\$|\\[(\[)\]]")


def texts(least: int = 1, most: int = 8) -> st.SearchStrategy[str]:
    """Texts of one line with single spaces, without formula delimiters, which are parsed even in plain text."""
    return (
        st.lists(st.sampled_from(SCRAPS), min_size=least, max_size=most).map("".join).map(_folded).filter(_is_sayable)
    )


def _folded(text: str) -> str:
    return " ".join(text.split(" ")).strip().strip("\u3000").strip()


def _is_sayable(text: str) -> bool:
    return bool(text.strip()) and not _FORMULA.search(text) and "\u3000\u3000" not in text


@st.composite
def inlines(draw: st.DrawFn, *, lines: int = 3) -> Inline:
    """A text of up to `lines` lines, with nested spans."""
    found = draw(st.lists(texts(), min_size=1, max_size=lines))
    text = "\n".join(found)
    spans = sorted(_spans(draw, text, 0, len(text), frozenset(), 0), key=lambda span: (span.start, -span.end))
    return Inline(text, tuple(spans))


def _spans(draw: st.DrawFn, text: str, start: int, end: int, around: frozenset[SpanKind], depth: int) -> list[Span]:
    if depth == 3 or end - start < 1 or not draw(st.booleans()):
        return []
    spans = []
    ends = sorted(draw(st.lists(st.integers(start, end), max_size=4)))
    for first, last in zip(ends[::2], ends[1::2], strict=False):
        kind = draw(st.sampled_from(_PLAIN))
        if not text[first:last].strip() or kind in around or not _may_stand(kind, text, first, last, around):
            continue
        value = draw(st.sampled_from(ADDRESSES)) if kind is SpanKind.LINK else ""
        value = draw(texts(most=2)) if kind is SpanKind.RUBY else value
        spans.append(Span(first, last, kind, value))
        if kind is not SpanKind.MATH:
            spans += _spans(draw, text, first, last, around | {kind}, depth + 1)
    return spans


def _may_stand(kind: SpanKind, text: str, first: int, last: int, around: frozenset[SpanKind]) -> bool:
    if SpanKind.CODE in around and kind in _INSIDE_CODE:
        return False
    if kind is SpanKind.MATH:
        # A formula over a whole text would be a block; white space at the ends of a formula is dropped.
        tex = text[first:last]
        return (first, last) != (0, len(text)) and tex == tex.strip() and "\n" not in text and not tex.endswith("\\")
    return True


def leaves() -> st.SearchStrategy[Block]:
    code = st.lists(st.sampled_from((*SCRAPS, "\n", "\n", "\n\n", "  ")), min_size=1, max_size=12).map("".join)
    tex = texts().filter(lambda tex: "$" not in tex and not tex.endswith("\\"))
    return st.one_of(
        st.builds(Paragraph, inlines()),
        st.builds(Paragraph, inlines()),
        st.builds(Heading, inlines(lines=2), st.integers(1, 5)),
        st.builds(CodeBlock, code.map(_bare).filter(str.strip).map(Inline), st.sampled_from(["", "python", "c++"])),
        st.builds(MathBlock, tex.map(Inline)),
        st.builds(Image, (st.just("") | texts()).map(Inline), st.sampled_from(ADDRESSES)),
        st.builds(Embed, (st.just("") | texts()).map(Inline), st.sampled_from(EMBEDS), st.sampled_from(ADDRESSES)),
        st.just(Rule()),
    )


def _bare(code: str) -> str:
    """Code without blank lines at its ends."""
    return re.sub(r"\A(?:[ \u3000]*\n)+", "", code).rstrip()


def _containers(blocks: st.SearchStrategy[Block]) -> st.SearchStrategy[Block]:
    some = st.lists(blocks, min_size=1, max_size=3).map(tuple)
    paragraph = st.builds(Paragraph, inlines())
    item = st.builds(ListItem, some, st.none(), st.none() | st.booleans())
    items = st.lists(item, min_size=1, max_size=3).map(tuple)
    definition = st.builds(Definition, st.lists(paragraph, min_size=1, max_size=2).map(tuple), some)
    return st.one_of(
        st.builds(Quote, some),
        st.builds(ListBlock, items),
        st.builds(ListBlock, items, st.just(True), st.integers(0, 1200)),  # noqa: FBT003 - ordered
        tables(blocks),
        st.builds(DefinitionList, st.lists(definition, min_size=1, max_size=2).map(tuple)),
        st.builds(Figure, some, some),
        st.builds(Details, paragraph, some),
    )


@st.composite
def tables(draw: st.DrawFn, blocks: st.SearchStrategy[Block]) -> Table:
    """A table with one header row and without spans."""
    columns = draw(st.integers(1, 3))
    alignments = [draw(st.sampled_from(list(Alignment))) for _ in range(columns)]
    rows = tuple(
        tuple(Cell(tuple(draw(st.lists(blocks, max_size=2))), row == 0, alignment) for alignment in alignments)
        for row in range(draw(st.integers(2, 3)))
    )
    first = Cell((Paragraph(draw(inlines())),), True, alignments[0])  # noqa: FBT003 - the cell's own
    return Table(((first, *rows[0][1:]), *rows[1:]), 1)


def blocks() -> st.SearchStrategy[Block]:
    return st.recursive(leaves(), _containers, max_leaves=6)


def bodies() -> st.SearchStrategy[tuple[Block, ...]]:
    return st.lists(blocks(), min_size=1, max_size=4).map(tuple)
