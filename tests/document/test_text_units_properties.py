"""Units in random texts: equal in both directions, not split, nested in larger ones; and the cost of a step."""

from collections.abc import Callable
from itertools import pairwise
from unittest import mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.document import text_units as units
from reader.document.blocks import CodeBlock, Heading, Inline, Paragraph, Rule
from reader.document.characters import edges
from reader.document.document import Document, Position, Range
from reader.document.sanitizing import clean
from reader.document.text_units import Unit, unit_after, unit_at, unit_before
from tests.document.walking import backward, document, onward, texts

# Properties of any text

PIECES = (
    *("中文", "資料庫", "々", "〇", "かな", "カナー", "ヶ", "한국어", "word", "Mr", "U.S.", "3.5", "e.g.", "x"),
    *(
        "。",
        "！",
        "?",
        "!",
        ".",
        "…",
        "，",
        ",",
        "——",
        "“",
        "”",
        "「",
        "」",
        "（",
        "）",
        "(",
        ")",
        "《",
        "》",
        '"',
        "'",
    ),
    *(
        " ",
        "  ",
        "\u3000",
        "\n",
        "\n \n",
        "e\u0301",
        " \u0301",
        "\u0301",
        "👨‍👩‍👧",
        "🇨🇳",
        "ทำ",
        "क्ष",
        "\u0600",
        "ﾃﾞ",
        "葛󠄀",
    ),
)
lines = st.lists(st.sampled_from(PIECES), max_size=25).map("".join) | st.text(max_size=25)
# The first word may load the dictionary.
slowly = settings(deadline=None)

leaf_texts = lines.map(clean).map(Inline)
leaves = (
    st.builds(Paragraph, leaf_texts)
    | st.builds(CodeBlock, leaf_texts)
    | st.builds(Heading, leaf_texts, st.integers(0, 2))
    | st.just(Rule())
)
documents = st.lists(leaves, max_size=4).map(lambda blocks: Document(tuple(blocks)))


def check_steps(made: Document, unit: Unit) -> list[Range]:
    """Check that the units of a document are the same in both directions and from each position in them."""
    found = onward(made, unit)
    assert backward(made, unit)[::-1] == found
    for one in found:
        assert one.start.block == one.end.block
        for offset in range(one.start.offset, one.end.offset):
            assert unit_at(made, Position(one.start.block, offset), unit) == one
    return found


@slowly
@given(documents, st.sampled_from(Unit))
def test_steps_are_symmetric_and_split_no_character(made: Document, unit: Unit) -> None:
    for one in check_steps(made, unit):
        text = made.text(one.start.block)
        assert {one.start.offset, one.end.offset} <= edges(text)
        assert text[one.start.offset : one.end.offset].strip() or unit is Unit.CHARACTER


@slowly
@given(documents, st.sampled_from(Unit))
def test_steps_are_symmetric_in_lines_processed_in_chunks(made: Document, unit: Unit) -> None:
    with mock.patch.object(units, "_CHUNK", 12), mock.patch.object(units, "_LOOK_BACK", 7):
        check_steps(made, unit)


@slowly
@given(documents, st.sampled_from(Unit))
def test_units_around_any_position_are_those_of_the_walk(made: Document, unit: Unit) -> None:
    found = onward(made, unit)
    for block in range(len(made.leaves)):
        for offset in range(len(made.text(block)) + 1):
            here = Position(block, offset)
            assert unit_after(made, here, unit) == next((one for one in found if one.start >= here), None)
            assert unit_before(made, here, unit) == next((one for one in found[::-1] if one.end <= here), None)
            assert (unit_at(made, here, unit) in found) is bool(found)


@slowly
@given(documents)
def test_characters_exclude_only_newlines(made: Document) -> None:
    held = "".join(made.extract(one) for one in onward(made, Unit.CHARACTER))
    shown = [leaf.text.text for leaf in made.leaves if not (isinstance(leaf, Heading) and leaf.level == 0)]
    assert held == "".join(shown).replace("\n", "")


@slowly
@given(documents)
def test_larger_unit_contains_the_smaller_one(made: Document) -> None:
    for small, large in pairwise((Unit.WORD, Unit.SENTENCE, Unit.PARAGRAPH)):
        for one in onward(made, small):
            around = unit_at(made, one.start, large)
            assert around is not None
            assert around.start <= one.start < one.end <= around.end


# The cost of a step


class Counter:
    """Counts the characters that a function is given."""

    def __init__(self, wrapped: Callable[[str], object]) -> None:
        self.wrapped = wrapped
        self.characters = 0

    def __call__(self, line: str) -> object:
        self.characters += len(line)
        return self.wrapped(line)


@pytest.mark.parametrize("unit", [Unit.CHARACTER, Unit.WORD, Unit.SENTENCE])
@pytest.mark.parametrize("step", [unit_at, unit_after, unit_before])
@pytest.mark.parametrize("text", ["我们走。", "plain words ", "한국어", "a\n"])
def test_step_in_a_long_leaf_reads_no_more_than_in_a_short_one(
    text: str, step: Callable[..., Range | None], unit: Unit, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = document(text * (1_000_000 // len(text)))
    counters = [Counter(getattr(units, name)) for name in ("characters", "words", "sentences")]
    for name, counter in zip(("characters", "words", "sentences"), counters, strict=True):
        monkeypatch.setattr(units, name, counter)
    units._segment.cache_clear()
    assert step(made, Position(0, 500_000), unit) is not None
    assert 0 < sum(counter.characters for counter in counters) <= 8 * units._CHUNK


def test_only_overlong_sentences_are_split() -> None:
    sentence = "我们走，" * 200 + "好。"
    assert texts(Unit.SENTENCE, sentence * 9) == [sentence] * 9
    endless = texts(Unit.SENTENCE, "我们走，" * 3_000)
    assert len(endless) > 1
    assert {piece[-1] for piece in endless} == {"，"}


def test_step_reads_only_its_leaf_and_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    made = document(*["One two."] * 100_000)
    touched: list[object] = []
    text_of = units._text
    monkeypatch.setattr(units, "_text", lambda leaf: touched.append(leaf) or text_of(leaf))
    for unit in Unit:
        unit_at(made, Position(50_000, 3), unit)
        unit_after(made, Position(50_000, 3), unit)
        unit_before(made, Position(50_000, 3), unit)
    assert 0 < len(touched) <= 10 * len(Unit)
