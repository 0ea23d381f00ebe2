"""Readings of fixed Japanese expressions that a dictionary of words gets wrong, such as numbers, 何, 日本, 行って.

An expression replaces whole words only, so that 日本 in the word 日本橋 is not given the reading of 日本 alone.
"""

from collections.abc import Iterable, Iterator
from itertools import accumulate

from reader.document.furigana_numbers import DIGITS, NUMBER, SpokenParts, number_expressions
from reader.regex import regex

_FIXED = (
    (regex("(?<!大)日本|(?<=大)日本(?!帝国)"), "にほん"),
    (regex("(?<=一日|一年|一晩|世界|日本|今日|明日)中"), "じゅう"),
    (regex("(?<=曜)日(?!本)"), "び"),
    (regex("三日月"), "みかづき"),
    # These towns are named after the days of their markets.
    (regex(f"(?<=[{DIGITS}十]日)町"), "まち"),
    (regex(f"(?<=[{DIGITS}十廿]日)市場"), "いちば"),
    (regex("何人(?!たり)"), "なんにん"),
    (regex("何日"), "なんにち"),
    (regex("何日間"), "なんにちかん"),
    (
        regex("何時(?=です|でしょう|に(?!なっても)|から(?!か)|まで(?!も)|頃|ごろ|の(?!間)|だ(?!って)|半|発|着|間)"),
        "なんじ",
    ),
    (regex("何(?=[かがをにへも])(?!か[月所国年条])"), "なに"),
    # 十分 also means enough (じゅうぶん), which is more common than ten minutes.
    (regex(f"{NUMBER}(?<!時)十分(?![間後前])"), "じゅうぶん"),
)

_WORDS = dict(
    entry.split()
    for entry in (
        *("私 わたし", "一度 いちど", "近々 ちかぢか", "何気 なにげ", "不気味 ぶきみ", "昼飯 ひるめし"),
        *("百人一首 ひゃくにんいっしゅ", "五十歩百歩 ごじっぽひゃっぽ", "十中八九 じっちゅうはっく"),
        *("十重二十重 とえはたえ", "老若男女 ろうにゃくなんにょ", "罵詈雑言 ばりぞうごん", "憧憬 しょうけい"),
        *("古今和歌集 こきんわかしゅう", "風見鶏 かざみどり", "大金持ち おおがねもち", "電磁石 でんじしゃく"),
        *("手拍子 てびょうし", "臆病風 おくびょうかぜ", "血反吐 ちへど", "虫唾 むしず", "日陰者 ひかげもの"),
        *("墓碑銘 ぼひめい", "暑気払い しょきばらい", "宝物 たからもの", "獰猛 どうもう"),
        *("公文式 くもんしき", "言う いう", "言うと いうと", "瞬く間 またたくま", "寝惚け ねぼけ"),
        *("注意深い ちゅういぶかい", "注意深く ちゅういぶかく", "大人数 おおにんずう", "小人数 こにんずう"),
        *("一昨日 おととい", "三国志 さんごくし", "餃子 ぎょうざ", "拉麺 らーめん", "閑古鳥 かんこどり"),
        "祝儀袋 しゅうぎぶくろ",
    )
)
"""Words that the dictionary lacks or reads in a rare way, with their usual readings."""

_KNOWN = regex("|".join(sorted(_WORDS, key=len, reverse=True)))

_COMPOUNDED = (
    # 川 and similar words after a name in katakana, and nouns whose first sound is voiced after another noun.
    (regex("(?<=[ァ-ヶー])川"), "がわ"),
    (regex("(?<=[ァ-ヶー])島(?!国)"), "とう"),
    (regex("(?<=[ァ-ヶー])山(?!々)"), "さん"),
    (regex("(?<=[ァ-ヶー])通り(?![にす抜過])"), "どおり"),
    (regex("(?<=[ァ-ヶー])畑"), "ばたけ"),
    (regex("(?<=[ァ-ヶー])部屋"), "べや"),
    (regex("(?<=[ァ-ヶー])小屋"), "ごや"),
    (regex("(?<=[ァ-ヶー])時計"), "どけい"),
    (regex("(?<=[ァ-ヶー])好き(?=[でだなの])"), "ずき"),
    (regex("(?<=[ァ-ヶー\u4e00-\u9fff])[作造]り(?=[をがはのとも、。」]|$)"), "づくり"),
    (regex("(?<=[\u4e00-\u9fff][\u4e00-\u9fff])不足"), "ぶそく"),
    (regex("(?<=[\u4e00-\u9fffァ-ヶー])気味(?!が|の?悪)"), "ぎみ"),
    (regex("(?<=[\u4e00-\u9fff])沙汰"), "ざた"),
    (regex("(?<=[\u4e00-\u9fff][\u4e00-\u9fff])癖"), "へき"),
    (regex("(?<=満足)気|(?<=自慢)気|(?<=不安)気|(?<=得意)気"), "げ"),
    (regex("(?<=日本)人|(?<=国)人(?![々工気間民格])|(?<=[ァ-ヶー])人(?![々工気間物格])"), "じん"),
    (regex("姉(?=さん|ちゃん)"), "ねえ"),
    (regex("兄(?=さん|ちゃん)"), "にい"),
    (regex("(?<=[をがも])得る"), "える"),
    (regex("(?<!その)他(?=[のには])"), "ほか"),
)
"""Words whose reading depends on what precedes or follows them."""

_GONE = regex(
    "(?:^|[。、！？「」\n])[^。、！？「」\nを]*?"
    "(?:[人車船機]|みんな|バス|タクシー|徒歩|家族|一緒|電車)で(行っ)(?=て|た(?![\u4e00-\u9fff]))"
)
"""行って as to go (いく), after people or vehicles; with an object (を) it would be to hold (おこなう)."""


def corrected(text: str, words: Iterable[tuple[int, str, str]]) -> Iterator[tuple[int, str, str]]:
    """The words of a text with their offsets and readings; fixed expressions replace the words that they cover."""
    kept = list(words)
    bounds = {start for start, _word, _reading in kept} | {start + len(word) for start, word, _reading in kept}
    fixed: dict[int, tuple[int, list[tuple[int, str, str]]]] = {}
    for start, parts in _expressions(text):
        places = list(accumulate((len(part) for part, _reading in parts), initial=start))
        end = places[-1]
        if start in bounds and end in bounds and end > fixed.get(start, (0,))[0]:
            fixed[start] = end, [(at, *part) for at, part in zip(places, parts, strict=False)]
    reached = 0
    for word in kept:
        if word[0] < reached:
            continue
        if word[0] in fixed:
            reached, parts_there = fixed[word[0]]
            yield from parts_there
        else:
            yield word


def _expressions(text: str) -> Iterator[tuple[int, SpokenParts]]:
    """The offset of each fixed expression, and its parts with their readings."""
    for pattern, reading in (*_FIXED, *_COMPOUNDED):
        yield from ((found.start(), [(found[0], reading)]) for found in pattern.finditer(text))
    for found in _KNOWN.finditer(text):
        yield found.start(), [(found[0], _WORDS[found[0]])]
    for found in _GONE.finditer(text):
        yield found.start(1), [("行っ", "いっ")]
    yield from number_expressions(text)
