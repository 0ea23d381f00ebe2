"""Finding Han by pinyin: syllables, their beginnings, initials, and several readings."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.document import typed_pinyin
from reader.document.blocks import Inline, Paragraph
from reader.document.document import Document
from reader.document.find import find_by_pinyin
from reader.document.typed_pinyin import pinyin_pattern

pypinyin = pytest.importorskip("pypinyin")

TEXT = "进博会在西安的银行举行，女儿先走。abc 方案 绿色"


def found(typed: str) -> list[str]:
    document = Document((Paragraph(Inline(TEXT)),))
    return [document.extract(span) for span in find_by_pinyin(document, typed)]


@pytest.mark.parametrize(
    ("typed", "han"),
    [
        ("jinbohui", ["进博会"]),
        ("jinb", ["进博"]),
        ("jbh", ["进博会"]),
        ("xian", ["西安", "先"]),
        ("xi'an", ["西安", "先"]),
        ("yinhang", ["银行"]),
        ("juxing", ["举行"]),
        ("nver", ["女儿"]),
        ("nuer", ["女儿"]),
        ("Yin Hang", ["银行"]),
        ("lvse", ["绿色"]),
        ("fangan", ["方案"]),
        ("zhuang", []),
        ("银hang", []),
        ("a", []),
        ("abc", []),
    ],
)
def test_han_is_found_by_what_is_typed(typed: str, han: list[str]) -> None:
    assert found(typed) == han


@given(st.text(st.sampled_from("灯塔海边夜里亮着行长重量女绿"), min_size=2, max_size=6))
def test_every_text_is_found_by_its_own_syllables(text: str) -> None:
    spelled = "".join(pypinyin.lazy_pinyin(text, v_to_u=False))
    pattern = pinyin_pattern(spelled, text)
    assert pattern is not None
    assert pattern.search(text)


@given(st.text(st.sampled_from("abcdefghijklmnopqrstuvwxyz"), min_size=2, max_size=30))
def test_any_letters_give_a_pattern_that_never_matches_nothing(typed: str) -> None:
    pattern = pinyin_pattern(typed, TEXT)
    assert pattern is None or not pattern.match("")


@pytest.mark.parametrize("typed", [("na" * 15)[:29] + "v", ("nan" * 10)[:29] + "v", ("xian" * 8)[:29] + "v"])
def test_ambiguous_syllables_are_divided_once(typed: str, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    starts = typed_pinyin._starts
    monkeypatch.setattr(typed_pinyin, "_starts", lambda among, part: asked.append(part) or starts(among, part))
    pinyin_pattern(typed, "嗯那安南啊昂囊呢恩嫩能西先县安")
    assert len(asked) < 200
