"""Pinyin of characters whose reading depends on grammar, which a dictionary of words does not know.

Written for simplified text. 地 and 得 between two words are particles (de); after a pronoun or an adverb, 得 is must
(děi). The last character of a match is the one to correct.
"""

from collections.abc import Iterable, Iterator

from reader.regex import regex

_HAN = "\u4e00-\u9fff"
_BEFORE_MUST = "我你您他她它们咱谁人这那就还都总也便须"
_BEFORE_OBTAINED = f"{_BEFORE_MUST}才又非必只可不没未获取赢博夺难求所应终自"
"""What precedes 得 as a verb: must (děi) or obtain (dé)."""

_OBTAINED = "了到知出以其的病奖分名胜过失宝救"
"""What 得 obtains (dé) rather than describes."""

_SOIL = "等各某该此这那两多每买卖占租家耕田土封征圈割倒坠着落扫满遍在到下种"
"""What precedes 地 as a noun, and below what follows it."""
_OF_SOIL = "里上下中内边头面主处价块位"

_HEADS = "生助增滋疯见校局部院市省县会班组厅处科所社司舰船道队排连营团师军家兄首酋行董村镇乡区店馆站厂园台机课股"
"""What precedes 长 as to grow or as the head of something (zhǎng)."""

_LASTING = "指握拿提牵拉抓捏挥抱垂背闭睁眯瞪揉望看瞧盯围满绣托捧带跟随沿顺朝向对冲挨蒙笑哭站坐躺立挂写戴放杂眨直斜扳凭"
"""Verbs with which 着 tells that something lasts."""

_SURELY = "大家|至少|最少|起码|恐怕|大概|可能|一定|肯定|现在|今天|明天|以后|将来|有时"
"""Words after which 得 by itself is must, not a particle."""

_TAKEN_PART = "[观军考照赛战选展政谋阅评演拜]|加(?!蜂|枸)|与(?!鹿|枸|黄[芪精连]|当归|灵芝|蜂|鸡汤|三七|甘草|白术)"
"""What follows 参 as a verb (cān) even after 人, with which it is ginseng: 三人参加, but 人参与鹿茸."""

_ALONE = (
    (regex(f"(?<=[{_BEFORE_MUST}])得(?=[{_HAN}])(?![{_OBTAINED}])"), "děi"),
    (regex(f"(?<=[^{_BEFORE_OBTAINED}])得(?=[{_HAN}])(?![{_OBTAINED}])"), "de"),
    (regex(f"(?<={_SURELY})得(?=[{_HAN}])(?![{_OBTAINED}])|^得(?=[去走把等让找靠赶]|先(?!生)|回家)"), "děi"),
    # 还了 is a debt paid (huán), but 那还了得 and 还了解 are not.
    (regex("还(?=了(?![得解结断却然]|不[得起])|完(?![成全美好整备])|[款贷债魂]|俗(?!气)|清[了债贷账欠])"), "huán"),
    (regex(f"把[{_HAN}]{{1,8}}还(?=[了给掉]|回[去来])"), "huán"),
    (
        regex("还(?=[我你他她]们?(?:的?[钱书债]|清白|公道|自由|人情|一(?:本书|笔[钱债账]|个(?:公道|清白|人情))))"),
        "huán",
    ),
    (regex(f"(?<=[^{_SOIL}])地(?=[{_HAN}])(?![{_OF_SOIL}])"), "de"),
    (regex("切(?=[成开菜肉片块断掉出割去下换入除碎段])"), "qiē"),
    (regex("(?<=[首空隔末])行|行(?=[首尾末距宽])"), "háng"),
    (regex(f"(?<![{_HEADS}])长(?![大得出成满着了在高相官老辈孙子女])"), "cháng"),
)
"""Corrections of characters that belong to no word."""

_ANYWHERE = (
    (regex("(?<=[舍怪恨巴顾由免见使要来了算怨]不)得"), "de"),
    (
        regex(
            "(?<=[看认说做找买听追办救忍受胜信赶打逃抓拿走吃喝用付])得(?=[出到了过起下住上着动完来])|(?<=想)得(?=[出起通开])"
        ),
        "de",
    ),
    # 多得 and 高得 are also parts of names of places and persons, so what follows has to say that it is a complement.
    (
        regex(
            f"(?<=[^{_BEFORE_OBTAINED}])(?<!{_SURELY})"
            "得(?=很|太|真|更|最|极|十分|非常|特别|比较|相当|多(?!少)|大(?!奖)|小(?!心)|高(?!分)"
            "|[慢快好对错少低早晚远近深浅重轻清亮暗准稳急紧松满久细粗见懂住起动])"
        ),
        "de",
    ),
    (regex(f"([{_HAN}])\\1(?:([{_HAN}])\\2)?地|(?<=[倏蓦忽猛陡霍])地(?=[{_HAN}])"), "de"),
    (regex(f"(?<![买卖吃炖煮泡切挖种采野]人)(?<=人)参(?={_TAKEN_PART})"), "cān"),
    # 曾 as a surname (zēng), and the philosopher 曾参, but 曾参加 and 曾子承父业.
    (regex("曾(?=子(?![女弟承宫])|国[藩荃]|巩|氏|先生|参(?![加与观军考照赛战选展政谋阅评演拜]))"), "zēng"),
    (regex("(?<=姓)曾(?![经是在为有])"), "zēng"),
    (regex("(?<=曾)子(?![女弟承宫])"), "zǐ"),
    (regex("(?<=曾)参(?![加与观军考照赛战选展政谋阅评演拜])"), "shēn"),
    # 调 as a change of a setting, not a transfer of people.
    (regex("(?<![抽借征选])调(?=成(?!员)|[大小亮暗高低快慢])"), "tiáo"),
    # 行 as a line of text: 第一行, 三行代码; but 一行人, 五行.
    (regex("(?<=[二三四六七八九十两几])行(?![人者动为走程政进驶李善])"), "háng"),
    (
        regex(
            "(?<=[第另每这那同上下末起]一)行(?![人者])|(?<=[有写加读删改换了]一)行(?![人者])"
            "|(?<=一)行(?=[字代文诗泪小]|一行)|(?<=一行一)行"
        ),
        "háng",
    ),
    # 一行行 goes on line by line, but 一行行走 and 一行行人 are people.
    (regex("(?<=一)行(?=行(?![走人至进为动]))|(?<=一行)行(?![走人至进为动])"), "háng"),
    (regex("行(?=[李侠])|(?<![银央])行(?=走)"), "xíng"),
    (regex("(?<=[很太更最较极挺特够这那多])长(?![大成得出了着老官辈子者期])"), "cháng"),
    (regex("(?<=[找睡够用管见摸犯碰买猜]不)着"), "zháo"),
    (regex(f"(?<=[{_LASTING}])着(?![了想急迷魔])|(?<=沉)着(?=[脸声嗓])"), "zhe"),
    (regex("数(?=[一了]数)|(?<=数[一了])数"), "shǔ"),
    # The tones of 一 and 不 are written as they are in isolation (GB/T 16159).
    (regex("不"), "bù"),
    (regex("一"), "yī"),
)
"""Corrections of characters in whatever word."""


def pinyin_corrections(han: str, words: Iterable[str]) -> Iterator[tuple[int, str]]:
    """The offsets and readings to correct in a row of simplified Han; `words` are its words, in order."""
    alone = set[int]()
    start = 0
    for word in words:
        if len(word) == 1:
            alone.add(start)
        start += len(word)
    for pattern, syllable in _ALONE:
        yield from ((found.end() - 1, syllable) for found in pattern.finditer(han) if found.end() - 1 in alone)
    for pattern, syllable in _ANYWHERE:
        yield from ((found.end() - 1, syllable) for found in pattern.finditer(han))
