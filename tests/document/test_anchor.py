"""Anchors: a range is found again in an edited text, but not if it was deleted."""

from dataclasses import replace
from random import Random

import pytest

from reader.document.anchor import LONGEST, Anchor, AnchorMatch, anchor
from reader.document.blocks import Heading, Image, Inline, Paragraph, Rule
from reader.document.document import Document, Position, Range
from tests.document.anchoring import document, find_anchor, marked, moved, prose, shown

# The content of an anchor.


def test_anchor_stores_the_text_and_its_context() -> None:
    made, span = marked("灯塔照着海。", "看守人数着[每一次闪光，", "数到]天亮为止。", "终。")
    assert anchor(made, span) == Anchor(span, "每一次闪光，\n数到", "灯塔照着海。\n看守人数着", "天亮为止。\n终。")


def test_context_is_at_most_32_characters_per_side_and_skips_empty_leaves() -> None:
    made = Document(
        (Paragraph(Inline("前" * 40)), Rule(), Paragraph(Inline("x中y")), Rule(), Paragraph(Inline("后" * 40)))
    )
    kept = anchor(made, Range(Position(2, 1), Position(2, 2)))
    assert (kept.before, kept.after) == ("前" * 30 + "\nx", "y\n" + "后" * 30)


def test_invalid_range_is_clamped_and_a_reversed_one_is_swapped() -> None:
    made = document("abc", "def")
    assert anchor(made, Range(Position(1, 1), Position(0, 2))).quotation == "c\nd"
    assert anchor(made, Range(Position(1, 1), Position(7, 2))).span == Range(Position(1, 1), Position(1, 3))
    assert anchor(Document(()), Range(Position(3, 1), Position(4))) == Anchor(
        Range(Position(0), Position(0)), "", "", ""
    )


# Unchanged words.

TALE = ("引子。", "灯塔照着海。看守人数着[每一次闪光]，数到天亮为止。", "终。")
LAMP = ("A storm.", "The lamp turned; [the keeper counted every flash] until it was day.", "The end.")


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (TALE, ("引子。", "灯塔照着海。看守人数着每一次闪光，数到天亮为止。", "终。"), "每一次闪光"),
        (TALE, ("新的。", "也是新的。", "灯塔照着海。看守人数着每一次闪光，数到天亮为止。"), "每一次闪光"),
        (TALE, ("很久以前，灯塔照着黑海。看守人数着每一次闪光，数到早上。",), "每一次闪光"),
        (LAMP, ("The lamp turned on; the keeper counted every flash until dawn.",), "the keeper counted every flash"),
        # Changed white space and leaf boundaries do not matter.
        (LAMP, ("; the keeper", "counted   every\nflash until it was day."), "the keeper\ncounted   every\nflash"),
        (TALE, ("灯塔照着海。看守人数着每一", "次闪光，数到天亮为止。"), "每一\n次闪光"),
        (("One [two", "three] four"), ("One two three four",), "two three"),
        (("一二[三", "四]五"), ("一二三四五",), "三四"),
        (TALE, ("引子。", "看守人数着每一次 闪光 ，数到天亮为止。"), "每一次 闪光"),
        (("[第3次 PK 赛，iPhone 12] 的",), ("第 3 次PK赛， iPhone 12 的",), "第 3 次PK赛， iPhone 12"),
        # But a split word has changed.
        (("they saw [the therapist] at the harbour",), ("they saw the the rapist at the harbour",), "the the rapist*"),
        (("[gone]",), ("here",), None),
    ],
)  # fmt: skip
def test_range_is_found_at_its_new_place(old: tuple[str, ...], new: tuple[str, ...], expected: str | None) -> None:
    assert shown(old, *new) == expected


def test_the_title_is_a_leaf_like_others() -> None:
    made = Document((Heading(Inline("灯塔看守人"), 0), Paragraph(Inline("正文。"))))
    kept = anchor(made, Range(Position(0, 0), Position(0, 2)))
    assert kept.after == "看守人\n正文。"
    assert find_anchor(Document((Paragraph(Inline("新")), *made.blocks)), kept) == AnchorMatch(
        Range(Position(1, 0), Position(1, 2)), changed=False
    )


def test_range_without_words_is_at_its_old_place_or_gone() -> None:
    picture = Document((Image(Inline(), "a.png"), Paragraph(Inline("a  b"))))
    for span in (
        Range(Position(0), Position(0)),
        Range(Position(1, 1), Position(1, 3)),
        Range(Position(0), Position(1)),
    ):
        kept = anchor(picture, span)
        assert find_anchor(Document((*picture.blocks, Paragraph(Inline("c")))), kept) == AnchorMatch(
            span, changed=False
        )
    assert find_anchor(document("x", "abcd"), anchor(picture, Range(Position(1, 1), Position(1, 3)))) is None
    assert find_anchor(Document(()), anchor(picture, Range(Position(1, 0), Position(1, 1)))) is None


def test_white_space_at_the_ends_is_kept_if_nothing_moved() -> None:
    made = document("灯塔 照着 海", "终")
    span = Range(Position(0, 2), Position(0, 6))
    assert find_anchor(document("灯塔 照着 海浪", "终"), anchor(made, span)) == AnchorMatch(span, changed=False)
    found = find_anchor(document("新", "灯塔 照着 海", "终"), anchor(made, span))
    assert found == AnchorMatch(Range(Position(1, 3), Position(1, 5)), changed=False)


# The same words occur at several places.

LINES = ("甲", *["重复的一行"] * 6, "乙")


def test_of_equal_lines_the_one_between_the_same_neighbours_is_chosen() -> None:
    for number in range(1, 7):
        kept = anchor(document(*LINES), Range(Position(number), Position(number, 5)))
        found = find_anchor(document("新", *LINES), kept)
        assert found == AnchorMatch(Range(Position(number + 1), Position(number + 1, 5)), changed=False)
    # A line was inserted among them, so the sixth is now at the place of the fifth.
    kept = anchor(document(*LINES), Range(Position(5), Position(5, 5)))
    found = find_anchor(document(*LINES[:3], "新的一行", *LINES[3:]), kept)
    assert found == AnchorMatch(Range(Position(6), Position(6, 5)), changed=False)


def test_of_equally_good_places_the_nearest_is_chosen() -> None:
    line = "同一行里的字都是一样的，前后也都是一样的，所以只有远近能说明是哪一行。"
    old, new = document(*[line] * 9), document(*[line] * 6, "插进来的。", *[line] * 9)
    for number in range(1, 5):
        kept = anchor(old, Range(Position(number, 2), Position(number, 9)))
        found = find_anchor(new, replace(kept, span=Range(Position(number, 3), Position(number, 10))))
        assert found == AnchorMatch(kept.span, changed=False)
    # The distance in leaves counts more than that in characters.
    words = "一样的两三个字"
    kept = Anchor(Range(Position(1, 0), Position(1, 7)), words, "", "")
    found = find_anchor(document("x" * 50 + words, "y" * 90 + words, words), kept)
    assert found == AnchorMatch(Range(Position(1, 90), Position(1, 97)), changed=False)


def test_coincidence_at_the_old_place_is_not_chosen() -> None:
    old = ("看守人说：灯。", "水手在岸上答道：[灯塔]还亮着，明天照旧出海。")
    # Another 灯塔 is now at the old place.
    new = ("看守人说：灯。", "那时谁也没有提到灯塔的事。", "水手在岸上答道：灯塔还亮着，明天照旧出海。")
    assert moved(old, new) == AnchorMatch(Range(Position(2, 8), Position(2, 10)), changed=False)


def test_one_of_equal_lines_that_was_edited_is_found_between_its_neighbours() -> None:
    for number in range(1, 7):
        kept = anchor(document(*LINES), Range(Position(number), Position(number, 5)))
        edited = [*LINES]
        edited[number] = "重复的一横"
        assert find_anchor(document(*edited), kept) == AnchorMatch(
            Range(Position(number), Position(number, 5)), changed=True
        )


def test_a_short_word_that_was_deleted_is_not_found_in_another_sentence() -> None:
    old = ("海边有灯塔。", "第二天早上他又一次登上[灯塔]，看见远处的船正在进港。")
    assert shown(old, "海边有灯塔。", "第二天早上他又睡了很久，没有看见什么船。") is None
    # But it is a match if the context on both sides agrees.
    assert shown(old, "海边有灯塔。", "他又一次登上灯塔，看见远处的雾。") == "灯塔"


def test_deleted_sentence_is_not_found_in_an_equal_one_elsewhere() -> None:
    same, others = (
        "第一次打开页面时效果如下：",
        ("先看没有设置时的样子。", "图一。", "再看设置了以后的样子。", "图二。"),
    )
    old = (others[0] + same, others[1], f"{others[2]}[{same}]", others[3])
    assert shown(old, others[0] + same, *others[1:]) is None
    # A passage as long as a paragraph was moved there.
    long = "".join(others) + same
    assert shown((same, f"{others[2]}[{long}]", others[3]), same, others[2], others[3], long) == long


def test_deleted_sentence_is_not_found_in_a_similar_one() -> None:
    one = "国家副主席出席开幕式并巡视企业展。"
    other = "国家副主席和国务院副总理出席开幕式。"
    old = (f"主席在线上致辞。[{one}]此外，各国来宾也观看了演出。", f"本届展会圆满成功。{other}")
    assert shown(old, "主席在线上致辞。此外，各国来宾也观看了演出。", f"本届展会圆满成功。{other}") is None
    assert shown(old, f"本届展会圆满成功。{other}") is None
    # Also at both ends of the article.
    assert shown((f"[{one}]", other, "再见。"), other, "再见。") is None
    assert shown(("你好。", other, f"[{one}]"), "你好。", other) is None


# The words were edited.


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (TALE, ("引子。", "灯塔照着海。看守人数着每一回闪光，数到天亮为止。", "终。"), "每一回闪光*"),
        (TALE, ("引子。", "灯塔照着海。看守人数着每一次红色的闪光，数到天亮为止。", "终。"), "每一次红色的闪光*"),
        (TALE, ("引子。", "灯塔照着海。看守人数着闪光，数到天亮为止。", "终。"), "闪光*"),
        (LAMP, ("The lamp turned; the keepers counted each flash until noon.",), "the keepers counted each flash*"),
        (LAMP, ("Now; the keeper counted nearly every flash till day.",), "the keeper counted nearly every flash*"),
        # Deleted, whatever replaces it.
        (TALE, ("引子。", "灯塔照着海。看守人数着，数到天亮为止。", "终。"), None),
        (TALE, ("引子。", "灯塔照着海。看守人数着海鸥和船，数到天亮为止。", "终。"), None),
        (LAMP, ("The lamp turned; a dog slept under the table until it was day.",), None),
        (LAMP, ("Nothing of all that.",), None),
    ],
)  # fmt: skip
def test_an_edited_range_is_found_by_its_ends(old: tuple[str, ...], new: tuple[str, ...], expected: str | None) -> None:
    assert shown(old, *new) == expected


def test_rest_of_a_range_cut_off_together_with_what_followed_is_found() -> None:
    before, words, after = (prose(Random(seed), 200) for seed in range(3))  # noqa: S311 - the same each time
    old = (before, f"[{words}]{after}")
    assert shown(old, before, words[:150]) == words[:150].rstrip() + "*"
    assert shown(old, words[-150:] + after) == words[-150:].lstrip() + "*"
    assert shown(old, before, words[:40] + after) is None


# A quotation too long to be stored completely.


def test_very_long_range_is_stored_and_found_by_its_ends() -> None:
    words, other = (prose(Random(length), length) for length in (30_000, 100))  # noqa: S311 - the same each time
    old = (other, f"{other}[{words[:15_000]}", f"{words[15_000:]}]{other[::-1]}")
    kept = anchor(*marked(*old))
    assert kept.quotation == f"{words[:10_000]}\n…\n{words[-10_000:]}"
    assert len(kept.quotation) == LONGEST + 3

    assert shown(old, "新", other + words + other[::-1]) == words
    edited = words[:300] + "改" + words[301:]
    assert shown(old, "新", other + edited + other[::-1]) == edited + "*"
    # Half of it was deleted.
    assert shown(old, other, other + words[:12_000].rstrip()) == words[:10_000] + "*"
    assert shown(old, other, other + words[-12_000:] + other[::-1]) == words[-10_000:] + "*"
    assert shown(old, other, other[::-1]) is None
