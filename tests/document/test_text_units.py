"""Units of selection, and steps between them, which skip nothing and always move."""

import os
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from unittest import mock

import pytest

from reader.document import text_units as units
from reader.document.blocks import CodeBlock, Heading, Inline, Rule
from reader.document.document import Document, Position, Range
from reader.document.text_folding import folds_variants
from reader.document.text_units import Unit, unit_after, unit_at, unit_before
from reader.document.words import _loaded
from tests.document.walking import at, backward, document, onward, texts

needs_jieba = pytest.mark.skipif(find_spec("jieba") is None, reason="jieba is not installed")
needs_variants = pytest.mark.skipif(not folds_variants(), reason="OpenCC is not installed")


def forget() -> None:
    _loaded.cache_clear()
    units._segment.cache_clear()


@pytest.fixture
def forgotten() -> Iterator[None]:
    """Discard the loaded dictionary before and after the test."""
    forget()
    yield
    forget()


@pytest.fixture
def without_jieba(forgotten: None, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: ARG001 - it stands around this one
    monkeypatch.setitem(sys.modules, "jieba", None)


# Characters


def test_character_is_a_grapheme_cluster() -> None:
    assert texts(Unit.CHARACTER, "cafe\u0301 👨‍👩‍👧🇨🇳🇯🇵 葛󠄀") == [
        *("c", "a", "f", "e\u0301", " ", "👨‍👩‍👧", "🇨🇳", "🇯🇵", " ", "葛󠄀"),
    ]


def test_character_at_a_position_contains_it() -> None:
    assert at(Unit.CHARACTER, 2, "🇨🇳🇯🇵") == at(Unit.CHARACTER, 3, "🇨🇳🇯🇵") == "🇯🇵"
    assert at(Unit.CHARACTER, 1, "e\u0301") == "e\u0301"
    assert at(Unit.SENTENCE, 1, "\u0600 ") == "\u0600 "  # a sign that joins the following character, even a space


def test_newline_is_not_a_character() -> None:
    assert texts(Unit.CHARACTER, "ab\n\n c") == ["a", "b", " ", "c"]


# Words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hello, world!  It's 3.14 km.", ["Hello", "world", "It's", "3.14", "km"]),
        ("the U.S. (e.g. a well-known_name)", ["the", "U.S", "e.g", "a", "well", "known_name"]),
        ("한국어 문장입니다. 네?", ["한국어", "문장입니다", "네"]),
        ("私は東京都で、コーヒーを飲みました。", ["私", "は", "東京都", "で", "コーヒー", "を", "飲", "みました"]),
        ("らーめん屋へ行く人々", ["らーめん", "屋", "へ", "行", "く", "人々"]),
        ("ひと月は一ヶ月のこと", ["ひと", "月", "は", "一ヶ月", "のこと"]),
        ("コンピューター・システムのﾃﾞｰﾀ", ["コンピューター", "システム", "の", "ﾃﾞｰﾀ"]),
        ("OK 👨‍👩‍👧🇨🇳🇯🇵 © ‼ —— ※※※", ["OK", "👨‍👩‍👧", "🇨🇳", "🇯🇵", "©"]),
        ("ทำ", ["ทำ"]),
        ("", []),
        ("……？！", []),
    ],
)
def test_words(text: str, expected: list[str]) -> None:
    assert texts(Unit.WORD, text) == expected


@needs_jieba
def test_chinese_words_are_those_of_the_dictionary() -> None:
    assert texts(Unit.WORD, "我们在上海研究“生命起源”，用Python 3。") == [
        *("我们", "在", "上海", "研究", "生命", "起源", "用", "Python", "3"),
    ]


@needs_jieba
def test_single_digits_form_a_word() -> None:
    assert texts(Unit.WORD, "二〇二四年三月") == ["二〇二四", "年", "三月"]


@needs_jieba
@needs_variants
def test_traditional_words_are_found_as_well() -> None:
    assert texts(Unit.WORD, "資料庫設計與應用") == ["資料庫", "設計", "與", "應用"]


@needs_jieba
def test_one_borrowed_kana_does_not_make_a_chinese_text_japanese() -> None:
    assert texts(Unit.WORD, "我们在上海最好的餐厅鲜の味")[:3] == ["我们", "在", "上海"]


@pytest.mark.usefixtures("without_jieba")
def test_without_a_dictionary_each_chinese_character_is_a_word() -> None:
    assert texts(Unit.WORD, "研究“生命”，用Python。") == ["研", "究", "生", "命", "用", "Python"]
    assert texts(Unit.WORD, "東京都で飲む") == ["東京都", "で", "飲", "む"]


@pytest.mark.usefixtures("without_jieba")
def test_without_a_dictionary_steps_go_both_ways() -> None:
    made = document("他说：“你好。”", Rule(), "Hello, 世界！")
    assert onward(made, Unit.WORD) == backward(made, Unit.WORD)[::-1]


@needs_jieba
def test_dictionary_is_loaded_late_silently_and_without_files(tmp_path: Path) -> None:
    script = (
        "import sys\n"
        "from reader.document.words import words\n"
        "words('Hello world, コーヒーを飲む。')\n"
        "assert 'jieba' not in sys.modules\n"
        "assert words('研究生命') == [(0, 2), (2, 4)]\n"
    )
    command = [sys.executable, "-W", "error", "-c", script]
    environment = {**os.environ, "TMPDIR": str(tmp_path)}
    run = subprocess.run(command, check=True, capture_output=True, text=True, env=environment)
    assert run.stdout == run.stderr == ""
    assert not list(tmp_path.iterdir())


@needs_jieba
@pytest.mark.usefixtures("forgotten")
def test_unreadable_dictionary_counts_as_missing() -> None:
    with mock.patch("jieba.Tokenizer.get_dict_file", side_effect=FileNotFoundError):
        assert texts(Unit.WORD, "生命") == ["生", "命"]


# Sentences


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("今天很好。明天呢？　走吧！", ["今天很好。", "明天呢？", "走吧！"]),
        ("“你好。”他说。“真的？！”她问……", ["“你好。”", "他说。", "“真的？！”", "她问……"]),
        ("他说：“走吧！”，然后走了。", ["他说：“走吧！”，然后走了。"]),
        ("他喊“走！”。于是", ["他喊“走！”。", "于是"]),
        ("……我不知道。——鲁迅", ["……我不知道。——鲁迅"]),
        ("他读《怎么办？》这本书。好", ["他读《怎么办？》这本书。", "好"]),
        ("这（？）是什么（真的！）。好", ["这（？）是什么（真的！）。", "好"]),
        ('他说。"你好。"她说。', ["他说。", '"你好。"', "她说。"]),
        ("他说.然后走了", ["他说.", "然后走了"]),
        ("「こんにちは。」と彼は言った。え！？　はい", ["「こんにちは。」と彼は言った。", "え！？", "はい"]),
        ("『ね？』　彼は（笑）笑った。）そう", ["『ね？』", "彼は（笑）笑った。）", "そう"]),
        ("안녕하세요. 반갑습니다! 네?", ["안녕하세요.", "반갑습니다!", "네?"]),
        ("It cost 3.5 dollars. U.S. officials said so.", ["It cost 3.5 dollars.", "U.S. officials said so."]),
        ("Fruit, e.g. Apples. Mr. J. Smith left.", ["Fruit, e.g. Apples.", "Mr. J. Smith left."]),
        ("He said “Go.” Then (Why?) left.", ["He said “Go.”", "Then (Why?) left."]),
        ('"Why?" he asked. "No!" She left… then came.', ['"Why?" he asked.', '"No!"', "She left… then came."]),
        ("See http://a.b/?q=1 if a != b. Yahoo! is it.", ["See http://a.b/?q=1 if a != b.", "Yahoo! is it."]),
        ("1. Introduction. IV. Rome", ["1. Introduction.", "IV. Rome"]),
        ("好吗?好!是", ["好吗?", "好!", "是"]),
        ("한국.어 U.S.한국", ["한국.어 U.S.한국"]),
        ("one\n two \n\nthree.", ["one", "two", "three."]),
        ("Great! 😀", ["Great! 😀"]),
        ("　※※※　", ["※※※"]),
        (" \u3000\n", []),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert texts(Unit.SENTENCE, text) == expected


# Paragraphs


def test_a_paragraph_is_a_leaf_with_text() -> None:
    assert texts(Unit.PARAGRAPH, "　一。二。\n三 ", Rule(), " \n", "four") == ["一。二。\n三", "four"]


def test_paragraph_of_code_extends_to_a_blank_line() -> None:
    code = CodeBlock(Inline("\n  def f():\n    return 1  \n   \n\nf()\n"))
    assert texts(Unit.PARAGRAPH, code) == ["def f():\n    return 1", "f()"]
    assert texts(Unit.SENTENCE, code) == ["def f():", "return 1", "f()"]


@pytest.mark.parametrize("unit", Unit)
def test_repeated_title_is_not_a_unit(unit: Unit) -> None:
    made = document(Heading(Inline("标题"), 0), Heading(Inline("节"), 1))
    assert {found.start.block for found in onward(made, unit)} == {1}
    assert unit_at(made, Position(0, 1), unit) == Range(Position(1, 0), Position(1, 1))


# The unit at a position


@pytest.mark.parametrize(
    ("text", "offset", "expected"),
    [
        ("one, two", 1, "one"),
        ("one, two", 3, "one"),  # the comma belongs to the word before it
        ("one, two", 4, "two"),  # the space belongs to the word after it
        ("one (two)", 4, "two"),
        ("one (two)", 8, "two"),
        ("「네」", 0, "네"),
        ("one two", 7, "two"),  # after the end
        ("one two", 99, "two"),
        ("one\ntwo", 3, "one"),  # the end of a line
        ("one  ——  two", 5, "one"),
        ("one  ——  two", 6, "two"),
    ],
)
def test_word_at_a_position_without_one_is_the_nearest(text: str, offset: int, expected: str) -> None:
    assert at(Unit.WORD, offset, text) == expected


def test_empty_leaf_maps_to_the_nearest_with_text() -> None:
    blocks = ("before", Rule(), Rule(), Rule(), "after")
    assert [at(Unit.WORD, 0, *blocks, block=number) for number in range(1, 4)] == ["before", "after", "after"]
    assert at(Unit.WORD, 0, Rule(), "after") == "after"
    assert at(Unit.WORD, 0, "before", Rule(), block=1) == "before"


@pytest.mark.parametrize("unit", Unit)
@pytest.mark.parametrize("made", [document(), document(Rule()), document(Heading(Inline("标题"), 0), "\n")])
def test_a_document_without_text_has_no_units(made: Document, unit: Unit) -> None:
    for position in (Position(0), Position(0, 1), Position(7, 7), Position(-1, 0)):
        assert unit_at(made, position, unit) is None
        assert unit_after(made, position, unit) is None
        assert unit_before(made, position, unit) is None


def test_steps_from_within_a_unit_lead_to_its_neighbours() -> None:
    made = document("一。二二。三。")
    within = Position(0, 3)
    assert unit_before(made, within, Unit.SENTENCE) == Range(Position(0, 0), Position(0, 2))
    assert unit_after(made, within, Unit.SENTENCE) == Range(Position(0, 5), Position(0, 7))
