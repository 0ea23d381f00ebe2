"""Quotations: a position is named by its text, and found again in an edited text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.document.blocks import Block, Heading, Inline, Paragraph
from reader.document.document import Document, Position
from reader.document.outline import outline
from reader.marks.quotation import (
    find_quotation,
    name_of,
    quotation_at,
    section_title,
    shown_quotation,
    start_of_word,
)


def document(*texts: str) -> Document:
    """Paragraphs, and headings that begin with #."""
    return Document(tuple(_block(text) for text in texts))


def _block(text: str) -> Block:
    return Heading(Inline(text[1:]), 2) if text.startswith("#") else Paragraph(Inline(text))


def named(made: Document, block: int, offset: int = 0) -> str:
    return name_of(made, outline(made), Position(block, offset))


ARTICLE = document(
    "开篇。", "#第一节", "灯塔照着海。看守人数着每一次闪光，数到天亮为止。他说：“好。”然后睡了。", "#第二节", "终。"
)


@pytest.mark.parametrize(
    ("block", "offset", "name"),
    [
        (0, 0, "开篇。"),
        (1, 0, "第一节"),
        (2, 0, "第一节 · 灯塔照着海。看守人数着每一次闪光…"),
        # The name starts with the sentence that contains the position.
        (2, 5, "第一节 · 灯塔照着海。看守人数着每一次闪光…"),
        (2, 6, "第一节 · 看守人数着每一次闪光，数到天亮为…"),
        (2, 11, "第一节 · 看守人数着每一次闪光，数到天亮为…"),
        (2, 25, "第一节 · 他说：“好。”然后睡了。"),
        # A closing mark belongs to the preceding sentence.
        (2, 33, "第一节 · 然后睡了。"),
        (4, 0, "第二节 · 终。"),
    ],
)
def test_position_is_named_by_its_section_and_sentence(block: int, offset: int, name: str) -> None:
    assert named(ARTICLE, block, offset) == name


@pytest.mark.parametrize(
    ("text", "within", "name"),
    [
        ("It was late. The keeper counted the ships and went home.", "ships", "The keeper…"),
        ("Is it lit? Yes, since six o'clock tonight.", "six", "Yes, since six…"),
        ("见 https://example.org/?ships=12 的年表，共三页。", "12", "见 https://…"),
        ("共1,204艘！次年增至2,310艘，超过预期。", "10艘", "次年增至2,310艘，超过预期。"),
    ],
)
def test_name_begins_with_a_sentence_and_ends_with_a_word(text: str, within: str, name: str) -> None:
    assert named(document(text), 0, text.index(within)) == name


@pytest.mark.parametrize(
    ("text", "torn", "word"),
    [
        ("Tonight the lighthouse is dark.", "house", "lighthouse is dark."),
        ("共有1,204艘船经过。", "04艘", "1,204艘船经过。"),
        ("灯塔照着海面。", "塔照", "塔照着海面。"),
        ("新しいアーカイブを開く。", "カイブ", "アーカイブを開く。"),
        ("작은 도서관이 있다.", "서관", "도서관이 있다."),
        ("The keeper isn't here.", "'t", "isn't here."),
    ],
)
def test_preview_begins_with_the_word_that_a_line_has_torn(text: str, torn: str, word: str) -> None:
    made, place = document(text), Position(0, text.index(torn))
    quotation = quotation_at(made, start_of_word(made, place))
    assert quotation == word
    # The bookmark stays where it is, and moves with its word.
    assert find_quotation(made, place, quotation) == place
    assert find_quotation(document("New.", text), place, quotation) == Position(1, text.index(word))


def test_position_before_all_sections_has_no_section() -> None:
    assert section_title(outline(ARTICLE), Position(0)) == ""
    assert section_title(outline(ARTICLE), Position(2)) == "第一节"


def test_position_with_no_text_after_it_has_no_name() -> None:
    assert name_of(document(), outline(document()), Position(0)) == ""
    assert named(document("", ""), 0) == ""
    assert named(document("终。"), 3) == ""


def test_quotation_is_one_line_of_forty_characters() -> None:
    made = document("一\n二  三", "", "", "字" * 100)
    assert quotation_at(made, Position(0)) == "一 二 三"
    assert quotation_at(made, Position(0, 2)) == "二 三"
    assert quotation_at(made, Position(3, 70)) == "字" * 30
    # At the end of a leaf, the next leaf with text is used.
    assert quotation_at(made, Position(0, 6)) == "字" * 40
    assert quotation_at(document("一", *[""] * 8, "二"), Position(0, 1)) == ""


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("塔影横江" * 12, "塔影横江" * 10 + "…"),
        ("塔影横江，", "塔影横江，"),
        ("lamp at the tower " * 4, "lamp at the tower lamp at the tower lamp…"),
    ],
)
def test_a_quotation_that_was_cut_is_shown_with_an_ellipsis(text: str, shown: str) -> None:
    quotation = quotation_at(Document((Paragraph(Inline(text)),)), Position(0, 0))
    assert shown_quotation(quotation) == shown


def test_position_is_found_in_its_moved_paragraph() -> None:
    quotation = quotation_at(ARTICLE, Position(2))
    edited = document("新的。", "也是新的。", *(ARTICLE.text(number) for number in range(5)))
    assert find_quotation(edited, Position(2), quotation) == Position(4, 0)
    longer = document("开篇。", "#第一节", "加了一句。" + ARTICLE.text(2))
    assert find_quotation(longer, Position(2), quotation) == Position(2, 5)


def test_of_several_positions_the_nearest_is_chosen() -> None:
    made = document("同样的话", "一", "二", "三", "同样的话", "四")
    assert find_quotation(made, Position(3), "同样的话") == Position(4)
    assert find_quotation(made, Position(1), "同样的话") == Position(0)
    # Of two equally near positions, the preceding one.
    assert find_quotation(made, Position(2), "同样的话") == Position(0)


def test_white_space_may_differ() -> None:
    assert find_quotation(document("x", "a\nb   c"), Position(0), "a b c") == Position(1)


@pytest.mark.parametrize(("quotation", "found"), [("", Position(1, 1)), ("全没有了", None)])
def test_missing_quotation_is_not_found_and_without_one_the_position_stays(
    quotation: str, found: Position | None
) -> None:
    made = document("一", "二三")
    assert find_quotation(made, Position(1, 1), quotation) == found
    assert find_quotation(made, Position(7, 9), quotation) == (found and Position(1, 2))
    assert find_quotation(document(), Position(7, 9), quotation) == Position(0, 0)


texts = st.lists(st.text("ab 。\n", max_size=12), max_size=6)


@given(texts, st.integers(0, 7), st.integers(0, 14))
def test_any_position_is_found_in_the_unchanged_text_and_has_a_one_line_name(
    some: list[str], block: int, offset: int
) -> None:
    made = document(*some)
    place = made.clamp(Position(block, offset))
    assert find_quotation(made, place, quotation_at(made, place)) == place
    assert "\n" not in named(made, place.block, place.offset)


@given(texts, texts, st.integers(0, 7), st.integers(0, 14))
def test_position_in_any_other_text_is_valid(some: list[str], others: list[str], block: int, offset: int) -> None:
    made, other = document(*some), document(*others)
    place = made.clamp(Position(block, offset))
    quotation = quotation_at(made, place)
    found = find_quotation(other, place, quotation)
    said = [" ".join(other.text(number).split()) for number in range(len(other.leaves))]
    if quotation and not any(quotation in one for one in said):
        assert found is None or not other.leaves
    else:
        assert found is None or other.clamp(found) == found
