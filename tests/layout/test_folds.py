"""Callouts and details: their names and colours, and folding and unfolding them on the page."""

import pytest

from reader import language
from reader.document.blocks import Details, Inline, Paragraph, Span, SpanKind
from reader.document.document import Document, Position
from reader.layout.embedded_notes import toggle_fold, unfold
from reader.layout.folds import fold_link, linked_fold
from reader.layout.layout import Layout
from reader.layout.lines import Role
from reader.layout.transclusions import Expansion
from reader.parse.markdown import parse_markdown
from reader.settings.options import RubyStyle, Typesetting

SOURCE = """前

> [!tip]- 折叠
> 藏一
>
> > [!note]- 内层
> > 藏二

<details><summary>问</summary>

答

</details>

<details open><summary>开</summary>

见

</details>

后
"""


def page(source: str = SOURCE, width: int = 40) -> Layout:
    document = Document(tuple(parse_markdown(source)))
    return Layout(document, width, Typesetting(), expansion=Expansion(can_fold=True))


def rows(layout: Layout) -> list[str]:
    return [line.text.rstrip() for line in layout.lines(0, 99) if line.text.strip(" ▏")]


def leaf_of(layout: Layout, text: str) -> int:
    return next(number for number, leaf in enumerate(layout.document.leaves) if leaf.text.text == text)


def test_folded_parts_have_only_titles_on_the_page() -> None:
    assert rows(page()) == ["前", "▏ ▸ 折叠", "▸ 问", "▾ 开", "  见", "后"]


def test_nothing_is_folded_in_a_file() -> None:
    found = rows(Layout(Document(tuple(parse_markdown(SOURCE))), 40, Typesetting()))
    assert found == ["前", "▏ ▾ 折叠", "▏ 藏一", "▏ ▏ ▾ 内层", "▏ ▏ 藏二", "▾ 问", "  答", "▾ 开", "  见", "后"]


def test_folds_open_and_close_one_by_one() -> None:
    layout = page()
    height = layout.height
    toggle_fold(layout, outer := leaf_of(layout, "折叠"))
    assert rows(layout) == ["前", "▏ ▾ 折叠", "▏ 藏一", "▏ ▏ ▸ 内层", "▸ 问", "▾ 开", "  见", "后"]
    toggle_fold(layout, leaf_of(layout, "内层"))
    assert "▏ ▏ 藏二" in rows(layout)
    toggle_fold(layout, leaf_of(layout, "开"))
    assert rows(layout)[-2:] == ["▸ 开", "后"]
    toggle_fold(layout, leaf_of(layout, "开"))
    toggle_fold(layout, outer)
    assert (rows(layout), layout.height) == (rows(page()), height)
    assert rows(layout.resized(30)) == rows(layout)


def test_a_hidden_position_maps_to_what_follows_until_it_is_unfolded() -> None:
    layout = page()
    hidden, following = Position(leaf_of(layout, "藏二")), Position(leaf_of(layout, "问"))
    assert layout.row_of(hidden) == layout.row_of(following)
    assert unfold(layout, hidden)
    assert layout.line(layout.row_of(hidden)).text.strip("▏ ") == "藏二"
    assert layout.row_of(following) > layout.row_of(hidden)
    assert not unfold(layout, hidden)


def test_the_whole_title_is_a_link_that_folds() -> None:
    layout = page()
    leaf = leaf_of(layout, "折叠")
    line = layout.line(layout.row_of(Position(leaf)))
    assert {run.link for run in line.runs if run.block == leaf} == {fold_link(leaf)}
    assert linked_fold(fold_link(leaf)) == leaf
    assert linked_fold("#fold:1") is None


@pytest.mark.parametrize(
    ("kind", "role"),
    [("note", Role.NOTE), ("tip", Role.HINT), ("warning", Role.CAUTION), ("danger", Role.DANGER), ("x", Role.NOTE)],
)
def test_a_callout_has_the_colour_of_its_kind(kind: str, role: Role) -> None:
    lines = page(f"> [!{kind}] 题\n> 文").lines(0, 9)
    assert [run.style.role for run in lines[0].runs if run.text.strip()] == [role, role]
    assert [run.style.role for run in lines[1].runs if run.text.strip()] == [role, Role.INK]


def test_the_sign_of_a_fold_is_beside_the_text_of_its_title_and_not_beside_a_reading() -> None:
    title = Paragraph(Inline("灯台", (Span(0, 2, SpanKind.RUBY, "とう"),)))
    document = Document((Details(title, (Paragraph(Inline("海")),), is_open=True),))
    layout = Layout(document, 40, Typesetting(ruby=RubyStyle.ABOVE), expansion=Expansion(can_fold=True))
    assert [line.text for line in layout.lines(0, 99) if line.text] == ["  とう", "▾ 灯台", "  海"]


def test_a_callout_without_a_title_is_named_in_the_language_of_the_reader() -> None:
    language.use("zh")
    try:
        assert rows(page("> [!WARNING]\n> 文")) == ["▏ 警告", "▏ 文"]
        assert rows(page("> [!note]- \n> 文")) == ["▏ ▸ 注"]
        assert rows(page("> [!WARNING] Own\n> 文"))[0] == "▏ Own"
    finally:
        language.use("en")
    assert rows(page("> [!WARNING]\n> 文"))[0] == "▏ Warning"
    assert rows(page("> [!unheard]\n> 文"))[0] == "▏ Unheard"


def long_page(paragraphs: int, toggled: int | None = None) -> Layout:
    """A title, a folded part of some paragraphs, and a paragraph below it."""
    inside = tuple(Paragraph(Inline("灯塔在夜里亮着，船从远处来。" * (1 + number % 5))) for number in range(paragraphs))
    blocks = (Paragraph(Inline("前")), Details(Paragraph(Inline("题")), inside), Paragraph(Inline("后")))
    expansion = Expansion(can_fold=True, toggled=set() if toggled is None else {toggled})
    return Layout(Document(blocks), 40, Typesetting(), expansion=expansion)


def completed(layout: Layout) -> Layout:
    while not layout.advance(1):
        pass
    return layout


def test_a_long_fold_opens_piece_by_piece() -> None:
    layout = completed(long_page(4_000))
    assert rows(layout) == ["前", "▸ 题", "后"]
    toggle_fold(layout, 1)
    assert not layout.complete
    assert len(rows(layout)) > 50
    assert len(layout.units.upto(0)) == 4_003
    unknown = layout.known_rows
    assert layout.reach(Position(4_001), 60)
    assert layout.known_rows > unknown
    assert layout.line(layout.row_of(Position(4_002))).text == "后"


def test_a_long_fold_that_was_toggled_equals_a_new_layout() -> None:
    layout, other = completed(long_page(4_000)), long_page(4_000, toggled=1)
    toggle_fold(layout, 1)
    assert texts(completed(layout)) == texts(completed(other))
    toggle_fold(layout, 1)
    assert rows(completed(layout)) == ["前", "▸ 题", "后"]
    assert layout.height == completed(long_page(4_000)).height


def test_what_follows_a_long_fold_is_found_step_by_step() -> None:
    layout = long_page(4_000)
    assert layout.settle(Position(1), 30, 30) == layout.row_of(Position(1))
    assert not layout.units.complete
    assert layout.reach(None, 60)
    assert rows(layout) == ["前", "▸ 题", "后"]


def texts(layout: Layout) -> list[str]:
    return [line.text for line in layout.lines(0, layout.height)]


@pytest.mark.parametrize("source", ["<details>\n\n答\n\n</details>\n", "::: details\n答\n:::\n"])
@pytest.mark.parametrize(("code", "name"), [("en", "Details"), ("zh", "详情"), ("ja", "詳細")])
def test_details_without_a_summary_are_named_in_the_readers_language(source: str, code: str, name: str) -> None:
    language.use(code)
    try:
        layout = page(source)
        assert rows(layout) == [f"▸ {name}"]
        toggle_fold(layout, 0)
        assert rows(layout) == [f"▾ {name}", "  答"]
    finally:
        language.use("en")
