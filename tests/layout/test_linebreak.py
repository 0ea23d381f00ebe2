"""UAX 14 applies unless a typesetting rule overrides it, and each rule does what it says."""

import re
from collections import Counter, defaultdict
from functools import cache
from itertools import pairwise

import pytest
from apsw.unicode import line_break_next_break
from hypothesis import example, given, settings
from hypothesis import strategies as st

from reader.layout.break_rule_names import (
    CLOSING,
    CLUSTER,
    COMPOUND,
    DATE,
    ENUMERATION,
    HANGUL,
    KANA,
    NAME,
    NEVER_FIRST,
    NEVER_LAST,
    NUMBER,
    OPENING,
    RULES,
    UNIT,
    WIDE_WORD,
    BreakRule,
)
from reader.layout.cells import cluster_ends
from reader.layout.forced_breaks import best_forced_break, harm
from reader.layout.linebreak import LineBreaks
from reader.settings.options import KoreanBreaks, Strictness
from tests.conftest import SHARED
from tests.layout.strategies import SCRAPS

CASES = SHARED / "data" / "LineBreakTest-17.0.0.txt"
STRICT, NORMAL, LOOSE = Strictness.STRICT, Strictness.NORMAL, Strictness.LOOSE
WORD, SYLLABLE = KoreanBreaks.WORD, KoreanBreaks.SYLLABLE

EXCEPTIONS = {
    (NORMAL, WORD): {CLUSTER: 1388, NEVER_FIRST: 531, HANGUL: 562, OPENING: 9, UNIT: 5, NUMBER: 2, NAME: 1, CLOSING: 1},
    (LOOSE, SYLLABLE): {CLUSTER: 1388, KANA: 274, NEVER_FIRST: 259, OPENING: 11, NUMBER: 2, NAME: 1, CLOSING: 1},
}  # fmt: skip
"""The number of places in Unicode's 19,338 cases for which each rule overrides UAX 14: these are all differences."""


def breaks(text: str, level: Strictness = NORMAL, korean: KoreanBreaks = WORD) -> LineBreaks:
    return LineBreaks(text, level, korean)


def parted(text: str, level: Strictness = NORMAL, korean: KoreanBreaks = WORD) -> str:
    """`text` with a bar at every permitted break, except at its end."""
    ends = [0, *breaks(text, level, korean).all()]
    return "|".join(text[start:end] for start, end in pairwise(ends))


def standard(text: str) -> list[int]:
    found, place = [], 0
    while place < len(text):
        place = line_break_next_break(text, place)
        found.append(place)
    return found


@cache
def cases() -> tuple[tuple[str, tuple[int, ...]], ...]:
    """Unicode's test cases: texts and their permitted breaks."""
    if not CASES.exists():
        pytest.skip("the shared files are not beside this checkout")
    found = []
    for line in CASES.read_text(encoding="utf-8").splitlines():
        text, places = "", []
        for sign in line.partition("#")[0].split():
            if sign == "÷":
                places.append(len(text))
            elif sign != "×":
                text += chr(int(sign, 16))
        if text:
            found.append((text, tuple(places)))
    return tuple(found)


@pytest.mark.parametrize(("level", "korean"), EXCEPTIONS)
def test_unicode_cases_pass_except_where_a_rule_decides(level: Strictness, korean: KoreanBreaks) -> None:
    exceptions: dict[BreakRule, list[str]] = defaultdict(list)
    untouched = 0
    for text, expected in cases():
        found = breaks(text, level, korean)
        rulings = {place: rule for place in range(1, len(text)) if (rule := found.ruling(place))}
        untouched += not rulings
        assert set(found.all()) ^ set(expected) == set(rulings), ascii(text)
        for place, rule in rulings.items():
            assert rule.allows == (place not in expected)
            exceptions[rule].append(" ".join(f"{ord(one):04X}" for one in text[max(place - 2, 0) : place + 2]))
    print(f"\n{len(cases()):,} cases, {untouched:,} of them touched by no rule")
    for rule, places in exceptions.items():
        print(f"{len(places):6} {rule.name} ({rule.source})")
        for shown, count in Counter(places).most_common():
            print(f"{count:13} {shown}")
    assert {rule: len(places) for rule, places in exceptions.items()} == EXCEPTIONS[level, korean]


def test_all_unicode_cases_are_present() -> None:
    assert len(cases()) == 19_338


_SKIPPED = re.compile("—(?=[— ]*—)|[\"'“”‘’]")
"""Characters removed from texts for the comparison with APSW alone, which misses the break one character after them."""

TEXTS = st.lists(st.sampled_from(SCRAPS), max_size=30).map("".join)


@settings(max_examples=300, deadline=None)
@given(TEXTS, st.sampled_from(Strictness), st.sampled_from(KoreanBreaks))
@example("ls -a", Strictness.NORMAL, KoreanBreaks.WORD)
def test_last_break_before_a_limit_is_one_of_all(text: str, level: Strictness, korean: KoreanBreaks) -> None:
    every = breaks(text, level, korean).all()
    found = breaks(text, level, korean)
    for start in range(0, len(text), 3):
        for limit in range(start, len(text) + 1):
            expected = max((place for place in every if start < place <= limit), default=None)
            assert found.last(start, limit) == expected


@settings(max_examples=300, deadline=None)
@given(TEXTS.map(lambda text: _SKIPPED.sub("", text)).filter(lambda text: not _SKIPPED.search(text)))
def test_without_a_rule_breaks_are_those_of_uax_14_for_the_whole_text(text: str) -> None:
    found = breaks(text)
    uax_14 = set(standard(text))
    for place in range(1, len(text)):
        rule = found.ruling(place)
        assert found.allowed(place) == (rule.allows if rule else place in uax_14)


@settings(max_examples=200, deadline=None)
@given(TEXTS.filter(bool), st.data())
def test_forced_break_is_within_the_line_and_between_clusters(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    limit = data.draw(st.integers(start, len(text)))
    place = breaks(text).forced(start, limit)
    rule = breaks(text)._decide(place) if place < len(text) else None
    assert start < place <= len(text)
    assert rule is not CLUSTER or start in {at for at in range(len(text)) if breaks(text)._decide(at) is CLUSTER}
    assert place <= limit or all(breaks(text)._decide(at) is CLUSTER for at in range(start + 1, min(limit + 1, place)))


@settings(max_examples=200, deadline=None)
@given(TEXTS, st.text("abXY", min_size=1, max_size=30), TEXTS, st.data())
def test_a_word_of_letters_is_torn_where_the_harm_of_every_place_says(
    before: str, word: str, after: str, data: st.DataObject
) -> None:
    text = before + word + after
    start = data.draw(st.integers(0, len(text) - 1))
    limit = data.draw(st.integers(start + 1, len(text)))
    found = breaks(text)
    ends = cluster_ends(text)
    places = [(place, harm(text, place, found._decide)) for place in range(limit, start, -1) if place in ends]
    if places:
        assert found.forced(start, limit) == best_forced_break(text, start, places)


# Each rule, with a text for which UAX 14 decides differently.

EXAMPLES = [
    (CLUSTER, NORMAL, " \u0301", ""),
    (NEVER_FIRST, NORMAL, "灯——亮", "灯——|亮"),
    (NEVER_FIRST, NORMAL, "东·西", "东·|西"),
    (NEVER_LAST, NORMAL, "约№ 灯", "约|№ 灯"),
    (NUMBER, NORMAL, "第5届", "第5届"), (NUMBER, NORMAL, "３．１４", "３．１４"),
    (NUMBER, NORMAL, "12：30", "12：30"),
    (NUMBER, NORMAL, "3～5米", "3～5米"),
    (UNIT, NORMAL, "36.6万", "36.6万"),
    (UNIT, NORMAL, "707.2亿美元", "707.2亿|美|元"),
    (DATE, STRICT, "3月22日", "3月22日"),
    (WIDE_WORD, NORMAL, "ＬＥＤ灯", "ＬＥＤ|灯"),
    (KANA, LOOSE, "カッャ", "カ|ッ|ャ"),
    (OPENING, NORMAL, '他说"灯"', '他|说|"灯"'),
    (OPENING, NORMAL, "叫AI“脑”", "叫|AI|“脑”"),
    (CLOSING, NORMAL, "“灯”与塔", "“灯”|与|塔"),
    (NAME, NORMAL, "灯 .doc", "灯 |.doc"),
    (NAME, NORMAL, "a, .lt", "a, |.lt"),
    (NAME, NORMAL, "见、/usr", "见、|/usr"), (NEVER_LAST, NORMAL, "见（/usr）", "见|（/usr）"),
    (HANGUL, NORMAL, "등대는", "등대는"),
    (HANGUL, NORMAL, "1893년에", "1893년에"),
    (HANGUL, NORMAL, "빛 50%를", "빛 |50%를"),
    (HANGUL, NORMAL, "《등대》의", "《등대》의"),
    (HANGUL, NORMAL, "등대를 맡은 海洋水産部 고시", "등대를 |맡은 |海洋水産部 |고시"),
    (COMPOUND, NORMAL, "用USB-C接口", "用|USB-C|接|口"),
    (COMPOUND, NORMAL, "用USB-/C接口", "用|USB-/C|接|口"),
    (COMPOUND, NORMAL, "发e-mail给I/O组", "发|e-mail|给|I/O|组"),
    (UNIT, NORMAL, "重 12 kg", "重 |12 kg"),
    (UNIT, NORMAL, "增 16 %", "增 |16 %"),
    (HANGUL, NORMAL, "등대의 시스템^lamp", "등대의 |시스템^lamp"),
    (UNIT, NORMAL, "长 30 公里", "长 |30 公|里"),
    (UNIT, NORMAL, "共10⁸ 个", "共|10⁸ 个"),
    (NUMBER, NORMAL, "第 18 期", "第 18 期"), (ENUMERATION, NORMAL, "第90/95/99个", "第90/|95/|99个"),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "level", "text", "expected"), EXAMPLES)
def test_rule_overrides_uax_14(rule: BreakRule, level: Strictness, text: str, expected: str) -> None:
    found = breaks(text, level)
    deciding = {place for place in range(1, len(text)) if found.ruling(place) is rule}
    if not deciding and rule in {NEVER_LAST, CLUSTER, CLOSING}:
        deciding = {place for place in range(1, len(text)) if found._decide(place) is rule}
    assert deciding
    assert not expected or parted(text, level) == expected


def test_every_rule_has_an_example() -> None:
    assert {rule for rule, *_ in EXAMPLES} == set(RULES)


@pytest.mark.parametrize("mark", "、。，．：；！？）》」』】〕”’·…—～％‰℃々ーっゃュヵ")
def test_mark_never_starts_a_line(mark: str) -> None:
    for text in (f"灯{mark}塔", f"灯 {mark}塔", f"3{mark}塔", f"lamp{mark}塔", f"）{mark}塔"):
        assert text.index(mark) not in breaks(text).all(), text


@pytest.mark.parametrize("quote", "”’")
@pytest.mark.parametrize("mark", ",.:;!?)]}%‐｡､･")
def test_line_ends_behind_a_closing_quote_only_if_the_next_mark_may_begin_a_line(quote: str, mark: str) -> None:
    opening = "“‘"["”’".index(quote)]
    for text in (f"他说{opening}灯{quote}{mark} 海", f"他说{opening}灯{quote}{mark}海", f"({opening}灯{quote}{mark}"):
        assert text.index(quote) + 1 not in breaks(text).all()[:-1], text


def test_a_long_row_of_hanja_is_a_quotation_of_chinese() -> None:
    korean = "등대지기는 늘 이렇게 썼다"
    assert parted(f"{korean}: 海上生明月") == "등대지기는 |늘 |이렇게 |썼다: |海上生明月"
    assert "海|上|生|明|月|天" in parted(f"{korean}: 海上生明月天涯共此時")
    assert parted("灯塔叫등대，在海边") == "灯|塔|叫등대，|在|海|边"


@pytest.mark.parametrize(
    ("text", "expected"),
    [("well-kept lamp/lens", "well-|kept |lamp/|lens"), ("用-a、-b", "用-|a、|-b"), ("x/a?b=c", "x/a?|b=c")],
)
def test_other_parts_of_compounds_may_be_separated(text: str, expected: str) -> None:
    assert parted(text) == expected


def test_full_width_comma_separates_numbers_or_groups_the_digits_of_one() -> None:
    assert parted("数列2，1，3，4") == "数|列|2，|1，|3，|4"
    assert parted("76，123，199，322") == "76，|123，|199，|322"
    assert parted("共12，480艘") == "共|12，480|艘"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("有 .txt、.odf、.ps 等", "有 |.txt、|.odf、|.ps |等"),
        (".eq, .gt, .lte", ".eq, |.gt, |.lte"),
        ("见 /etc、/usr/bin 两处", "见 |/etc、|/usr/|bin |两|处"),
        ("用-a、-b、--all", "用-|a、|-b、|--all"),
        ("灯塔 ... 海", "灯|塔 ... |海"),
        ("他走了。..又来", "他|走|了。..|又|来"),
        ("好了 .", "好|了 ."),
    ],
)
def test_a_name_that_begins_with_a_mark_may_begin_a_line(text: str, expected: str) -> None:
    assert parted(text) == expected


def test_han_is_part_of_a_word_in_korean_but_not_hangul_in_chinese() -> None:
    assert parted("전기車 산업은 大국이다") == "전기車 |산업은 |大국이다"
    assert parted("他用韩语说등대这个词就走了") == "他|用|韩|语|说등대|这|个|词|就|走|了"


@pytest.mark.parametrize("mark", "（《「『【〔“‘￥＄№")
def test_mark_never_ends_a_line(mark: str) -> None:
    for text in (f"灯{mark}塔", f"灯{mark} 塔", f"灯{mark}5", f"AI{mark}塔", f"灯{mark}（塔", f"灯 {mark}塔"):
        behind = text.index(mark) + 1
        assert not {behind, behind + text[behind:].startswith(" ")} & set(breaks(text).all()), text


@pytest.mark.parametrize("mark", "（《「“‘")
def test_at_the_loose_level_mark_never_ends_a_line_before_kana_either(mark: str) -> None:
    # After 》, UAX 14 does not treat “ as an opening quote.
    for text in (f"灯》{mark}々", f"灯》{mark} 々", f"灯{mark} ッ"):
        behind = text.index(mark) + 1
        assert not {behind, behind + text[behind:].startswith(" ")} & set(breaks(text, LOOSE).all()), text


def test_the_levels_differ_in_kana_units_and_dates() -> None:
    text = "3月22日のカッター、36万人、第5届時々"
    assert parted(text, STRICT) == "3月22日|の|カッ|ター、|36万|人、|第5届|時々"
    assert parted(text, NORMAL) == "3月|22日|の|カッ|ター、|36万|人、|第5届|時々"
    assert parted(text, LOOSE) == "3|月|22|日|の|カ|ッ|タ|ー、|36|万|人、|第|5|届|時|々"


def test_korean_breaks_between_words_or_between_syllables() -> None:
    text = "등대는 밤에도 켜져(항상)"
    assert parted(text) == "등대는 |밤에도 |켜져(항상)"
    assert parted(text, korean=SYLLABLE) == "등|대|는 |밤|에|도 |켜|져|(항|상)"


def test_quotes_are_classified_by_context() -> None:
    assert parted("守塔人说“灯亮”就好") == "守|塔|人|说|“灯|亮”|就|好"
    assert parted('守塔人说"灯亮"就好') == '守|塔|人|说|"灯|亮"|就|好'
    assert parted("the “lamp” and the ‘sea’") == "the |“lamp” |and |the |‘sea’"
    assert parted("don’t, the ’90s") == "don’t, |the ’90s"
    assert parted("das „Licht“ am Meer") == "das |„Licht“ |am |Meer"
    assert parted("AI“大脑”很快") == "AI|“大|脑”|很|快"


@pytest.mark.parametrize(
    "text", ["”灯塔", "“灯塔”", "’灯塔", "»灯塔", '"かな"', "——灯塔", "— —灯塔", "❝灯塔", "灯”——“塔海"]
)
def test_no_break_is_missed_after_a_joining_character(text: str) -> None:
    every = LineBreaks(text, NORMAL, WORD).all()
    assert [at for at in range(1, len(text)) if text[at - 1 : at + 1] in {"灯塔", "かな", "塔海"}][-1] in every


def test_dashes_and_ellipses_stay_whole_and_with_the_preceding_text() -> None:
    assert parted("灯——会亮……吗") == "灯——|会|亮……|吗"
    assert parted("灯⸺会") == "灯⸺|会"
    assert parted("她说 —— —— 灯") == "她|说 —— —— |灯"


def test_latin_breaks_as_in_uax_14() -> None:
    for text in ("A lamp, well-kept; in 1893 (by hand).", "3.14 x 10-5, $5.00, 20%", "see https://example.org/a?b=c"):
        assert breaks(text).all() == standard(text)


def test_what_is_too_long_for_a_line_breaks_at_spaces_and_marks_before_words() -> None:
    def first(text: str, width: int) -> str:
        return text[: breaks(text).forced(0, width)]

    assert first("(( lamp:lighthouse))", 12) == "(( lamp:"
    assert first("a.neq,.gt,.lt,.gte,.lte", 13) == "a.neq,.gt,"
    assert first("lamp.example.com ）的", 16) == "lamp.example."
    assert first("[lamp,sea]lighthouse", 16) == "[lamp,sea]"


def test_overlong_word_is_split_at_the_least_harmful_place() -> None:
    assert breaks("a" * 50).forced(0, 20) == 20
    for sign in "#+.·\ufe0f":
        assert breaks(sign + "a" * 50).forced(0, 20) == 20
    assert breaks("aaaa，，，，，，").forced(0, 6) == 4 - 1
    assert breaks("2021年3月22日", STRICT).forced(0, 8) in {5, 7}
    assert breaks("👩\u200d👩\u200d👧灯").forced(0, 1) == 5


def test_straight_quote_before_a_wide_character_opens() -> None:
    assert '"灯' in parted('lamp "灯塔" lamp').split("|")[1]
    assert parted('"灯塔"').startswith('"灯')
    assert parted('说 "灯塔" 亮') == '说 |"灯|塔" |亮'
