"""Decoding: every encoding that old archives have comes out as it was written, also where there is little of it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.archive.decoding import decode, is_binary

SIMPLIFIED = (
    "港口扩建工程进入第三年，全年吞吐量达到四千一百二十万标准箱，比上年增长百分之二点六，再次刷新纪录。"
    "无人集卡在网络下昼夜运行，平均每小时可装卸三十六个标准箱，这是去年的一点五倍。"
)
TRADITIONAL = (
    "港口擴建工程進入第三年，全年吞吐量達到四千一百二十萬標準箱，比上年增長百分之二點六，再次刷新紀錄。"
    "無人集卡在網路下晝夜運行，平均每小時可裝卸三十六個標準箱，這是去年的一點五倍。"
)
JAPANESE = (
    "港の拡張工事は三年目に入り、年間の取扱量は四千百二十万個に達した。前の年より二・六パーセント増え、過去最高を更新した。"
    "市や町などの小学生と中学生に、一人に一台のタブレットを配る。"
)
KOREAN = (
    "한국은행은 기준금리를 연 3.5퍼센트로 동결하기로 했다. 물가 상승률이 둔화되고 있지만 여전히 목표 수준을 "
    "웃돌고 있어 당분간 긴축 기조를 이어 갈 필요가 있다고 판단한 것이다."
)
WRITTEN = [
    *((SIMPLIFIED, encoding) for encoding in ("utf-8", "utf-8-sig", "gb18030", "gbk", "gb2312")),
    *((TRADITIONAL, encoding) for encoding in ("utf-8", "big5", "gb18030")),
    *((JAPANESE, encoding) for encoding in ("utf-8", "shift_jis", "euc_jp", "iso2022_jp")),
    *((KOREAN, encoding) for encoding in ("utf-8", "euc_kr", "cp949")),
    *(
        (text, encoding)
        for text in (SIMPLIFIED, TRADITIONAL, JAPANESE, KOREAN)
        for encoding in ("utf-16", "utf-16-le", "utf-16-be", "utf-32")
    ),
]


@pytest.mark.parametrize(("text", "encoding"), WRITTEN)
@pytest.mark.parametrize("length", [10, 25, 1_000])
def test_a_text_comes_out_as_it_was_written(text: str, encoding: str, length: int) -> None:
    data = text[:length].encode(encoding)
    assert decode(data)[0] == text[:length]
    assert not is_binary(data)


@pytest.mark.parametrize(("text", "encoding"), WRITTEN)
def test_a_page_comes_out_as_it_was_written(text: str, encoding: str) -> None:
    page = f"\n---\ntitle: {text[:20]}\ndate: 2021-03-22\n---\n\n<div>\n<p>{text}</p>\n</div>\n"
    data = page.encode(encoding)
    assert decode(data)[0] == page
    assert not is_binary(data)


@pytest.mark.parametrize("word", ["金融", "标题", "财经", "新闻联播", "深度", "第四届进博会闭幕"])
def test_a_few_chinese_characters_are_enough(word: str) -> None:
    assert decode(word.encode("gb18030"))[0] == word


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_line_end_becomes_a_newline(end: str) -> None:
    assert decode(f"一{end}{end}二{end}".encode())[0] == "一\n\n二\n"


def test_a_byte_order_mark_is_no_text() -> None:
    assert decode(b"\xef\xbb\xbfabc") == ("abc", "utf-8-sig")


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16-le", "utf-16"])
def test_a_beginning_may_end_within_a_character(encoding: str) -> None:
    data = ("<p>" + SIMPLIFIED * 4).encode(encoding)
    for end in range(len(data) - 8, len(data)):
        text, _encoding = decode(data[:end], cut=True)
        assert ("<p>" + SIMPLIFIED * 4).startswith(text)
        assert "�" not in text


def test_a_page_says_what_it_is_written_in() -> None:
    page = '<html><head><meta charset="windows-1251"></head><p>Новости экономики сегодня</p>'
    assert decode(page.encode("cp1251")) == (page, "windows-1251")


@pytest.mark.parametrize("charset", ["no-such", "hex", "rot13", "utf-8", "x" * 40])
def test_a_page_that_says_what_is_not_so_is_read_all_the_same(charset: str) -> None:
    page = f"<html><head><meta charset={charset}></head><p>{SIMPLIFIED}</p>"
    assert decode(page.encode("gb18030"))[0] == page


def test_a_few_damaged_bytes_do_not_make_another_encoding_of_utf_8() -> None:
    data = bytearray((SIMPLIFIED * 3).encode())
    data[100] = 0xFF
    text, encoding = decode(bytes(data))
    assert encoding == "utf-8"
    assert text.startswith(SIMPLIFIED[:30])
    assert 0 < text.count("�") < 4


@pytest.mark.parametrize("encoding", ["gb18030", "big5", "euc_kr"])
def test_what_comes_late_still_tells_the_encoding(encoding: str) -> None:
    late = {"big5": TRADITIONAL, "euc_kr": KOREAN}.get(encoding, SIMPLIFIED)
    text = "<p>plain</p>\n" * 10_000 + late
    assert decode(text.encode(encoding))[0] == text


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)) * 8,
        b"\0" * 100,
        b"%PDF-1.7\n1 0 obj <<>> endobj",
        bytes(range(1, 32)) * 100,
    ],
)
def test_what_is_no_text_is_known(data: bytes) -> None:
    assert is_binary(data)


def test_nothing_is_a_text() -> None:
    assert not is_binary(b"")
    assert decode(b"") == ("", "utf-8")


@settings(deadline=None)
@given(st.binary(max_size=300), st.booleans())
def test_any_bytes_make_a_text(data: bytes, cut: bool) -> None:  # noqa: FBT001 - hypothesis gives it
    is_binary(data)
    text, _encoding = decode(data, cut=cut)
    assert "\r" not in text


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=200))
def test_utf_8_always_comes_out_whole(text: str) -> None:
    if not text.startswith("\ufeff"):
        assert decode(text.encode())[0] == text
