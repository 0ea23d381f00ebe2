"""Decoding: text in every encoding of old archives is decoded correctly, even if it is short."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.archive.decoding import Decoded, decode, is_binary

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
def test_text_is_decoded_as_it_was_written(text: str, encoding: str, length: int) -> None:
    data = text[:length].encode(encoding)
    assert decode(data).text == text[:length]
    assert not is_binary(data)


@pytest.mark.parametrize(("text", "encoding"), WRITTEN)
def test_page_is_decoded_as_it_was_written(text: str, encoding: str) -> None:
    page = f"\n---\ntitle: {text[:20]}\ndate: 2021-03-22\n---\n\n<div>\n<p>{text}</p>\n</div>\n"
    data = page.encode(encoding)
    assert decode(data).text == page
    assert not is_binary(data)


@pytest.mark.parametrize("word", ["金融", "标题", "财经", "新闻联播", "深度", "第四届进博会闭幕"])
def test_a_few_chinese_characters_are_enough(word: str) -> None:
    assert decode(word.encode("gb18030")).text == word


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_line_end_becomes_a_newline(end: str) -> None:
    assert decode(f"一{end}{end}二{end}".encode()).text == "一\n\n二\n"


def test_byte_order_mark_is_removed() -> None:
    assert decode(b"\xef\xbb\xbfabc") == Decoded("abc", "UTF-8")


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16-le", "utf-16"])
def test_beginning_may_end_within_a_character(encoding: str) -> None:
    data = ("<p>" + SIMPLIFIED * 4).encode(encoding)
    for end in range(len(data) - 8, len(data)):
        text = decode(data[:end], cut=True).text
        assert ("<p>" + SIMPLIFIED * 4).startswith(text)
        assert "�" not in text


def test_declared_encoding_is_used() -> None:
    page = '<html><head><meta charset="windows-1251"></head><p>Новости экономики сегодня</p>'
    assert decode(page.encode("cp1251")) == Decoded(page, "windows-1251")


EAST = {"gb18030": SIMPLIFIED, "big5": TRADITIONAL, "shift_jis": JAPANESE, "euc_jp": JAPANESE, "euc_kr": KOREAN}


@pytest.mark.parametrize("encoding", EAST)
@pytest.mark.parametrize("bad", [b"\xff", b"\xff\xff", b"\x80\xff"])
@pytest.mark.parametrize("is_declared", [False, True])
def test_invalid_byte_only_affects_its_neighbours(encoding: str, bad: bytes, is_declared: bool) -> None:  # noqa: FBT001
    before, after = EAST[encoding][:20], "\n" + EAST[encoding]
    head = f"<meta charset={encoding.replace('euc_', 'euc-')}>".encode() if is_declared else b""
    found = decode(head + before.encode(encoding) + bad + after.encode(encoding))
    assert before in found.text
    assert after in found.text
    assert 0 < found.replaced == found.text.count("�") <= len(bad)
    assert found.is_guessed is not is_declared


@pytest.mark.parametrize("encoding", EAST)
def test_truncated_character_before_a_line_end_keeps_the_line_end(encoding: str) -> None:
    whole = EAST[encoding]
    data = whole[:12].encode(encoding) + whole[0].encode(encoding)[:1] + b"\n" + whole.encode(encoding)
    found = decode(data)
    assert found.text.endswith("\n" + whole)
    assert found.replaced == 1


@pytest.mark.parametrize("encoding", EAST)
@pytest.mark.parametrize("label", ["iso-8859-1", "big5", "gbk", "shift_jis", "euc-kr", "utf-8"])
def test_bytes_outweigh_a_wrong_declaration(encoding: str, label: str) -> None:
    text = f'<html><head><meta charset="{label}"></head><p>{EAST[encoding]}</p>'
    assert decode(text.encode(encoding)).text == text


@pytest.mark.parametrize(
    "head",
    [
        "<!-- <meta charset=big5> --><meta charset=gbk>",
        "<script>let one = '<meta charset=big5>'</script><meta charset=gbk>",
        "<title>About <meta charset=big5></title><meta charset=gbk>",
        "<meta name=description content='charset=big5'><meta charset=gbk>",
        "<meta data-charset=big5><meta charset=gbk>",
        "<meta charset=no-such-one><meta charset=gbk>",
        "<META CONTENT='text/html; charset=gb2312' HTTP-EQUIV=Content-Type>",
        "<?xml version='1.0' encoding='GB2312'?>",
    ],
)
def test_a_declaration_is_found_where_browsers_find_it(head: str) -> None:
    # The text is so short that the bytes alone could be Big5 too.
    page = f"{head}<p>测</p>"
    assert decode(page.encode("gbk")) == Decoded(page, "GBK")


def test_declaration_after_a_long_style_sheet_is_found() -> None:
    page = f"<html><style>{'p{} ' * 5_000}</style><meta charset=windows-1251><p>Новости</p>"
    assert decode(page.encode("cp1251")) == Decoded(page, "windows-1251")


def test_code_page_936_has_a_euro() -> None:
    page = f"<meta charset=gb2312><p>{SIMPLIFIED}</p><p>1"
    assert decode(page.encode("gbk") + b"\x80</p>") == Decoded(f"{page}€</p>", "GBK")


@pytest.mark.parametrize("encoding", ["cp932", "euc_jp"])
def test_nec_extensions_of_japanese_are_decoded(encoding: str) -> None:
    mark = {"cp932": b"\x87\x40", "euc_jp": b"\xad\xa1"}[encoding]
    assert decode(JAPANESE.encode(encoding) + mark).text == JAPANESE + "①"


@pytest.mark.parametrize(
    "text",
    [
        "Le café était très bon, mais où sont les créées ?",
        "Die Straße ist schön – “größer” als früher.",
        "¿Dónde está el niño? Está aquí, señor.",
        "As ações não são só nossas; coração.",
        "It’s £5 — a naïve approach…",
        "Smörgåsbord på Åland, Malmö och Växjö.",
        "© 2019 Miller & Søn",
    ],
)
def test_western_text_is_read_as_browsers_do(text: str) -> None:
    assert decode(text.encode("cp1252")) == Decoded(text, "windows-1252", is_guessed=True)


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Новости экономики сегодня. Россия и мир.", "cp1251"),
        ("Новости экономики сегодня. Россия и мир.", "koi8_r"),
        ("Ελληνικά νέα σήμερα από την Αθήνα.", "cp1253"),
        ("วันนี้ฝนตกหนักที่ท่าเรือ ชาวประมงกลับบ้านก่อนค่ำ", "cp874"),
        ("היום ירד גשם בנמל והדייגים חזרו הביתה לפני הערב.", "cp1255"),
        ("هطل المطر اليوم بغزارة على الميناء وعاد الصيادون إلى بيوتهم.", "cp1256"),
        ("Bugün limanda şiddetli yağmur yağdı, balıkçılar eve döndü.", "cp1254"),
        ("Dzisiaj w porcie padał ulewny deszcz – rybacy wrócili do domu, śpiąc i żując źdźbło.", "cp1250"),
        ("Dnes v přístavu hustě pršelo, rybáři se vrátili domů před setměním.", "cp1250"),
        ("Ma este a kikötőben zuhogott az eső, a halászok hazatértek; őszi szőlő.", "cp1250"),
        ("Šiandien uoste smarkiai lijo, žvejai grįžo namo prieš vakarą ir visi laukė.", "cp1257"),
    ],
)
def test_words_of_another_language_are_read_as_such(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)).text == text


def test_words_of_several_western_languages_stay_western() -> None:
    text = "Niño – garçon, déjà vu; Öl für Züge; naïve façade, £7."
    assert decode(text.encode("cp1252")) == Decoded(text, "windows-1252", is_guessed=True)


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
@pytest.mark.parametrize("place", [0, 1, -1])
def test_nul_bytes_are_removed(encoding: str, place: int) -> None:
    pieces = [SIMPLIFIED, SIMPLIFIED]
    pieces.insert(place % 3, "\0" * 3_000)
    data = "".join(pieces).encode(encoding)
    assert not is_binary(data)
    found = decode(data)
    assert found.text == SIMPLIFIED * 2
    assert found.nuls == 3_000


def test_saved_replacement_characters_are_not_counted() -> None:
    data = f"{SIMPLIFIED}�".encode()
    assert decode(data).replaced == 0
    assert decode(data + b"\xff\n").replaced == 1


@pytest.mark.parametrize("charset", ["no-such", "hex", "rot13", "utf-8", "x" * 40])
def test_page_with_a_false_declaration_is_decoded(charset: str) -> None:
    page = f"<html><head><meta charset={charset}></head><p>{SIMPLIFIED}</p>"
    assert decode(page.encode("gb18030")).text == page


def test_few_damaged_bytes_leave_the_encoding_utf_8() -> None:
    data = bytearray((SIMPLIFIED * 3).encode())
    data[100] = 0xFF
    found = decode(bytes(data))
    assert found.encoding == "UTF-8"
    assert found.text.startswith(SIMPLIFIED[:30])
    assert 0 < found.text.count("�") == found.replaced < 4


@pytest.mark.parametrize("encoding", ["gb18030", "big5", "euc_kr"])
def test_encoding_is_detected_from_late_characters(encoding: str) -> None:
    late = {"big5": TRADITIONAL, "euc_kr": KOREAN}.get(encoding, SIMPLIFIED)
    text = "<p>plain</p>\n" * 10_000 + late
    assert decode(text.encode(encoding)).text == text


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)) * 8,
        b"\0" * 100,
        b"%PDF-1.7\n1 0 obj <<>> endobj",
        bytes(range(1, 32)) * 100,
    ],
)
def test_binary_data_is_recognized(data: bytes) -> None:
    assert is_binary(data)


def test_empty_data_is_text() -> None:
    assert not is_binary(b"")
    assert decode(b"") == Decoded("", "UTF-8")


@settings(deadline=None)
@given(st.binary(max_size=300), st.booleans())
def test_any_bytes_can_be_decoded(data: bytes, cut: bool) -> None:  # noqa: FBT001 - hypothesis gives it
    is_binary(data)
    text = decode(data, cut=cut).text
    assert "\r" not in text


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=200))
def test_utf_8_is_always_decoded_without_loss(text: str) -> None:
    if not text.startswith("\ufeff"):
        assert decode(text.encode()).text == text
