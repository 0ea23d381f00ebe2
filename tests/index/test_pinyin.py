"""Pinyin: a title is found by the pinyin of any part of it."""

import subprocess
import sys

import apsw
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.index.pinyin import has_pinyin, pinyin_phrase, pinyin_tokens, syllables

needs_pinyin = pytest.mark.skipif(not has_pinyin(), reason="pypinyin is not installed")


def finds(title: str, typed: str) -> bool:
    connection = apsw.Connection(":memory:")
    connection.execute("CREATE VIRTUAL TABLE words USING fts5 (pinyin, content = '', tokenize = 'ascii')")
    connection.execute("INSERT INTO words (rowid, pinyin) VALUES (1, ?)", (pinyin_tokens(title),))
    sought = pinyin_phrase(typed)
    return bool(sought) and bool(connection.execute("SELECT count(*) FROM words (?)", (sought,)).get)


@needs_pinyin
@pytest.mark.parametrize(
    ("title", "typed"),
    [
        ("第四届进博会开幕", "jbh"),
        ("第四届进博会开幕", "jinbo"),
        ("第四届进博会开幕", "jinbohui"),
        ("第四届进博会开幕", "jinb"),
        ("第四届进博会开幕", "dsjjbhkm"),
        ("第四届进博会开幕", "km"),
        ("第四届进博会开幕", "mu"),
        ("第四届进博会开幕", "disi"),
        ("中国银行", "yinhang"),
        ("中国银行", "zgyh"),
        ("银行业", "yh"),
        ("行人", "xingren"),
        ("绿色", "lvse"),
        ("绿色", "luse"),
        ("我的女儿", "nuer"),
        ("我的女儿", "nver"),
        ("我的女儿", "dne"),
        ("用GitHub使用手册", "githubsy"),
        ("Vue 入门", "vuerumen"),
        ("進博會", "jinbohui"),
        ("A股：进博会2021", "jbh"),
        ("音乐会", "yinyue"),
        ("重庆", "chongqing"),
    ],
)
def test_a_title_is_found_by_its_sound(title: str, typed: str) -> None:
    assert finds(title, typed)


@needs_pinyin
@pytest.mark.parametrize(
    ("title", "typed"),
    [
        ("第四届进博会开幕", "jhb"),
        ("第四届进博会开幕", "boj"),
        ("第四届进博会开幕", "inbo"),
        ("中国银行", "yinxing"),
        ("进，博会", "jinbo"),
        ("進步", "jbh"),
        ("The jbh", "jbh"),
    ],
)
def test_other_sounds_do_not_match(title: str, typed: str) -> None:
    assert not finds(title, typed)


@needs_pinyin
def test_known_phrase_determines_the_readings() -> None:
    assert syllables("中国银行") == ["zhong", "guo", "yin", "hang"]
    assert syllables("行") == ["xing"]
    assert syllables("女绿") == ["nv", "lv"]
    assert syllables("") == []


@needs_pinyin
@settings(max_examples=200)
@given(st.text(st.sampled_from("进博会中国银行长城重庆音乐绿女𠮷㐀龘一，a \n"), max_size=30))
def test_every_character_has_a_syllable_and_every_part_of_a_run_a_token(text: str) -> None:
    made = syllables(text.replace("，", "").replace("\n", ""))
    assert len(made) == len(text.replace("，", "").replace("\n", ""))
    tokens = pinyin_tokens(text).split()
    assert len(tokens) == len(set(tokens))
    assert all(token.isascii() and token.isalpha() and token.islower() for token in tokens)
    for run in text.replace("，", "\n").replace("a", "\n").replace(" ", "\n").split("\n"):
        sounds = syllables(run)
        for start in range(len(run)):
            part = sounds[start : start + 4]
            if all(part):
                assert any(token.startswith("".join(part)) for token in tokens)
                assert any(token.startswith("".join(sound[0] for sound in part)) for token in tokens)


@pytest.mark.parametrize("word", ["", "j", "JBH", "jin bo", "进", "j1", '"a', "lü", "a" * 31, "ab*"])
def test_word_that_is_not_pinyin_gives_no_phrase(word: str) -> None:
    assert pinyin_phrase(word) == ""


def test_letters_may_be_a_prefix_of_a_token() -> None:
    assert pinyin_phrase("jbh") == '"jbh"*'


def test_long_run_is_processed_quickly() -> None:
    assert len(pinyin_tokens("进博会" * 20_000)) < 10_000


def test_without_pypinyin_there_are_no_tokens() -> None:
    script = (
        "import sys; sys.modules['pypinyin'] = None\n"
        "from reader.index.pinyin import has_pinyin, pinyin_tokens, syllables\n"
        "assert not has_pinyin()\n"
        "assert syllables('进博会') == ['', '', '']\n"
        "assert pinyin_tokens('进博会') == ''\n"
        "assert 'pypinyin.phrases_dict' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", script], check=True)


def test_a_text_without_han_loads_no_readings() -> None:
    code = (
        "import sys\n"
        "from reader.index.pinyin import pinyin_tokens\n"
        "assert pinyin_tokens('The Keeping of Lights, とうだい, 등대') == ''\n"
        "assert 'pypinyin' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)
