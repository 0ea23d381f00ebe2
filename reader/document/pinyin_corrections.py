"""Pinyin of characters whose reading depends on grammar, so that a dictionary of words cannot decide it.

The rules are for simplified text. 地 and 得 between two words are particles (de); after a pronoun or an adverb, 得 is
must (děi). The last character of a match is the one to correct.
"""

from collections.abc import Iterable, Iterator

from reader.regex import regex

_HAN = "\u4e00-\u9fff"
_BEFORE_MUST = "我你您他她它们咱谁人这那就还都总也便须"
_BEFORE_OBTAINED = f"{_BEFORE_MUST}才又非必只可不没未获取赢博夺难求所应终自"
"""Characters before 得 as a verb: must (děi) or obtain (dé)."""

_OBTAINED = "了到知出以其的病奖分名胜过失宝救"
"""Characters after 得 as obtain (dé) rather than as a particle."""

_SOIL = "等各某该此这那两多每买卖占租家耕田土封征圈割倒坠着落扫满遍在到下种"
"""Characters before 地 as a noun; the characters after it are in `_OF_SOIL`."""
_OF_SOIL = "里上下中内边头面主处价块位"

_HEADS = "生助增滋疯见校局部院市省县会班组厅处科所社司舰船道队排连营团师军家兄首酋行董村镇乡区店馆站厂园台机课股"
"""Characters before 长 as to grow or as the head of an organization (zhǎng)."""

_LASTING = "指握拿提牵拉抓捏挥抱垂背闭睁眯瞪揉望看瞧盯围满绣托捧带跟随沿顺朝向对冲挨蒙笑哭站坐躺立挂写戴放杂眨直斜扳凭"
"""Verbs after which 着 marks a continuing action (zhe)."""

_SURELY = "大家|至少|最少|起码|恐怕|大概|可能|一定|肯定|现在|今天|明天|以后|将来|有时"
"""Words after which 得 is the verb must (děi), not a particle."""

_TAKEN_PART = "[观军考照赛战选展政谋阅评演拜]|加(?!蜂|枸)|与(?!鹿|枸|黄[芪精连]|当归|灵芝|蜂|鸡汤|三七|甘草|白术)"
"""What follows 参 as a verb (cān), as in 三人参加; before anything else, 人参 is ginseng, as in 人参与鹿茸."""

_USUAL = dict(
    entry.split()
    for entry in (
        *("阆 làng", "艮 gèn", "炔 quē", "晟 shèng", "掖 yè", "剌 là", "掺 chān", "蛤 gé", "帖 tiě", "塞 sài", "耶 yē"),
        *("缪 miù", "媛 yuán", "勒 lè", "翟 zhái", "卜 bǔ", "肖 xiāo", "仆 pú", "什 shí", "杓 sháo", "幢 zhuàng"),
        *("俟 sì", "葛 gě", "舍 shè", "杠 gàng", "隽 jùn", "琢 zhuó", "茄 qié", "拽 zhuài", "伺 sì", "纥 hé", "迤 yǐ"),
        *("椎 zhuī", "尽 jìn", "刹 chà", "苕 tiáo", "泊 bó", "鹄 hú", "耙 pá", "挣 zhèng", "佛 fó", "脯 fǔ", "煞 shà"),
        *("靓 liàng", "锔 jú", "拧 nǐng", "粘 zhān", "哇 wā", "哩 lǐ", "沓 tà", "啦 la"),
    )
)
"""Readings of characters outside words, where the reading that pypinyin prefers is rare or obsolete."""

_GIVEN = "(?:[写打发送买做讲说唱起寄倒介提安准推织画拍添造开]|带来|留下)"
"""Verbs for something done for somebody: before them, 还给我 means “still … for me”, not “give back to me”."""

_ALONE = (
    *((regex(han), syllable) for han, syllable in _USUAL.items()),
    (regex("塞(?=[进到满住给上入得了着回])"), "sāi"),
    (regex("勒(?=[紧死住出马令索])"), "lēi"),
    (regex("葛(?=[根粉藤布麻纱])"), "gé"),
    (regex("舍(?=[了身命己生弃去])"), "shě"),
    (regex("粘(?=[膜度性液土稠合滑胶菌质连])"), "nián"),
    (regex("尽(?=[早快可先让着])"), "jǐn"),
    (regex("刹(?=[住车闸不])"), "shā"),
    (regex("仆(?=[倒地])"), "pū"),
    (regex("啦(?=啦)|(?<=啦)啦"), "lā"),
    (regex("哇$"), "wa"),
    (regex("哩$"), "li"),
    (regex("攒(?=[尖射])"), "cuán"),
    (regex("鲜(?=半岛|族|战争)|(?<=朝)鲜"), "xiǎn"),
    (regex("镐(?=[京池])"), "hào"),
    (regex("(?<=[之其长次幼独庶嫡太王公皇世弟孙一二三四五六七八九十男女])子(?![女弟承宫])"), "zǐ"),
    (regex("(?<=[称作定改升贬封选设认视评列译降变分化制做取誉喻引极最皆均乃即则名职])为"), "wéi"),
    (regex("(?<=[露南贝蜜娜黛茜])茜|茜(?=茜)"), "xī"),
    (regex("(?<=[天太斗])姥"), "mǔ"),
    (
        regex("(?<=[一二三四五六七八九十百两几数首末上中下各])卷|卷(?=[一二三四五六七八九十百首末])|^卷(?![起入进走])"),
        "juàn",
    ),
    (regex("(?<=崆)峒"), "tóng"),
    (regex("(?<=[前后南北西幽])燕(?!子)|燕(?=[王国山赵京军云])"), "yān"),
    (regex("(?<=[歌乐舞戏作谱编插单选套散名此金])曲|曲(?=[调牌目艺])"), "qǔ"),
    (regex("咽(?=[部喉头炎鼓峡])|(?<=[鼻口舌])咽"), "yān"),
    (regex("薄(?=熙来|谷)"), "bó"),
    (regex("(?<=米)芾"), "fú"),
    (regex("钉(?=[在上住入死])"), "dìng"),
    (regex("(?<=[冷热])轧|轧(?=[制钢辊机])"), "zhá"),
    (regex("(?<=[青川西入援驻滇])藏(?![在于书])|藏(?=[族语文历区医獒北东南胞])"), "zàng"),
    (regex("钻(?=[头机杆柱塔床])"), "zuàn"),
    (regex("累(?=[年月世代迁])"), "lěi"),
    (regex("率(?=[部军兵队团领众先师])"), "shuài"),
    (regex("铺(?=[通垫散上开设展成满着了在])"), "pū"),
    (regex("切(?=为)"), "qiē"),
    (regex("阙(?!词)"), "què"),
    (regex("累(?=斯顿)"), "léi"),
    (regex(f"(?<=[{_BEFORE_MUST}])得(?=[{_HAN}])(?![{_OBTAINED}])"), "děi"),
    (regex(f"(?<=[^{_BEFORE_OBTAINED}])得(?=[{_HAN}])(?![{_OBTAINED}])"), "de"),
    (regex(f"(?<={_SURELY})得(?=[{_HAN}])(?![{_OBTAINED}])|^得(?=[去走把等让找靠赶]|先(?!生)|回家)"), "děi"),
    # 还了 is to have paid back (huán), but not in 那还了得 and 还了解.
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
"""Corrections of characters outside words."""

_ANYWHERE = (
    (regex("(?<=[反落相方高补温时色视级价误偏逆顺利极等公])差(?![劲不遣点别])"), "chā"),
    (regex("肚(?=[子皮脐])"), "dù"),
    (regex("蒙(?=[古藏族])"), "měng"),
    (regex("(?<=[夺彼])得"), "dé"),
    (regex("(?<=[病摔跌绊击推压])倒(?!挂|计|影|数)"), "dǎo"),
    (regex("(?<=[书贴网酒])吧"), "bā"),
    (regex("柏(?=林|培拉|威夏)"), "bó"),
    (regex("蔚(?=[州县])"), "yù"),
    (regex("朴(?=正熙|槿惠|智星|元淳|赞郁|宝剑|信惠|泰桓|春)"), "piáo"),
    (regex("(?<=吡)咯"), "luò"),
    (regex("夹(?=克)"), "jiā"),
    (regex("(?<=高)句(?=丽)"), "gōu"),
    (regex("(?<=高句)丽"), "lí"),
    (regex("(?<=[后南北前西])燕(?=[国军王帝慕末亡宗])"), "yān"),
    (regex("(?<=[舍怪恨巴顾由免见使要来了算怨]不)得"), "de"),
    (
        regex(
            "(?<=[看认说做找买听追办救忍受胜信赶打逃抓拿走吃喝用付])得(?=[出到了过起下住上着动完来])|(?<=想)得(?=[出起通开])"
        ),
        "de",
    ),
    # 多得 and 高得 are also parts of names of places and persons, so 得 is a particle only if a complement follows.
    (
        regex(
            f"(?<=[^{_BEFORE_OBTAINED}])(?<!{_SURELY})"
            "得(?=很|太|真|更|最|极|十分|非常|特别|比较|相当|多(?!少)|大(?!奖)|小(?!心)|高(?!分)"
            "|[慢快好对错少低早晚远近深浅重轻清亮暗准稳急紧松满久细粗见懂住起动])"
        ),
        "de",
    ),
    # 还给我钱 is to give me money back, but 还给我写信 is to still write to me.
    (regex(f"还(?=给(?:[我你您他她它咱]们?|大家|孩子|人){_GIVEN})"), "hái"),
    (regex("(?<=[那这]还)了(?=得)"), "liǎo"),
    (regex("(?<=[那这]还了)得"), "dé"),
    (regex(f"([{_HAN}])\\1(?:([{_HAN}])\\2)?地|(?<=[倏蓦忽猛陡霍])地(?=[{_HAN}])"), "de"),
    (regex(f"(?<![买卖吃炖煮泡切挖种采野]人)(?<=人)参(?={_TAKEN_PART})"), "cān"),
    # 曾 is a surname (zēng), also in the philosopher 曾参, but not in 曾参加 and 曾子承父业.
    (
        regex(
            "曾(?=老师|小姐|女士|太太|教授|博士|同学|阿姨|医生|大夫|律师|导演|主任|局长|院长|校长|老板|师傅|爷爷|奶奶|某"
            "|总(?![是想被在会])|家(?:[的人在里村湾沟]|$))"
        ),
        "zēng",
    ),
    (regex("曾(?=子(?![女弟承宫])|国[藩荃]|巩|氏|先生|参(?![加与观军考照赛战选展政谋阅评演拜]))"), "zēng"),
    (regex("(?<=姓)曾(?![经是在为有])"), "zēng"),
    (regex("(?<=曾)子(?![女弟承宫])"), "zǐ"),
    (regex("(?<=曾)参(?![加与观军考照赛战选展政谋阅评演拜])"), "shēn"),
    # 调 is to change a setting (tiáo), not to transfer people.
    (regex("(?<![抽借征选])调(?=成(?!员)|[大小亮暗高低快慢])"), "tiáo"),
    # 行 is a line of text (háng) in 第一行 and 三行代码, but not in 一行人 and 五行.
    (regex("(?<=[二三四六七八九十两几])行(?![人者动为走程政进驶李善])"), "háng"),
    (
        regex(
            "(?<=[第另每这那同上下末起]一)行(?![人者])|(?<=[有写加读删改换了]一)行(?![人者])"
            "|(?<=一)行(?=[字代文诗泪小]|一行)|(?<=一行一)行"
        ),
        "háng",
    ),
    # 一行行 is line by line, but 一行行走 and 一行行人 are about a group of people.
    (regex("(?<=一)行(?=行(?![走人至进为动]))|(?<=一行)行(?![走人至进为动])"), "háng"),
    (regex("行(?=[李侠])|(?<![银央])行(?=走)"), "xíng"),
    (regex("(?<=[很太更最较极挺特够这那多])长(?![大成得出了着老官辈子者期])"), "cháng"),
    (regex("(?<=[找睡够用管见摸犯碰买猜]不)着"), "zháo"),
    (regex(f"(?<=[{_LASTING}])着(?![了想急迷魔])|(?<=沉)着(?=[脸声嗓])"), "zhe"),
    (regex("数(?=[一了]数)|(?<=数[一了])数"), "shǔ"),
    # The tones of 一 and 不 are always written as in isolation (GB/T 16159).
    (regex("不"), "bù"),
    (regex("一"), "yī"),
)
"""Corrections of characters both inside and outside words."""


def pinyin_corrections(han: str, words: Iterable[str]) -> Iterator[tuple[int, str]]:
    """The offsets and corrected readings in a run of simplified Han characters; `words` are its words, in order."""
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
