"""Wording that identifies a short line as a heading or as something else."""

import re

from reader.regex import regex

_SECTION_TITLES = (
    "前言|引言|导言|導言|序言?|楔子|背景|摘要|概述|概要|简介|簡介|总结|總結|小结|小結|结语|結語|结论|結論|结束语|尾声|尾聲"
    "|后记|後記|附录|附錄|参考文献|參考文獻|参考资料|參考資料|致谢|致謝|写在最后|写在前面|寫在最後"
    "|はじめに|おわりに|まとめ|서론|결론|맺음말|머리말"
    "|introduction|background|conclusions?|summary|abstract|references|appendix|acknowledge?ments|overview|preface"
    "|epilogue|prologue|foreword|afterword"
)
_WHO = (
    "责任编辑|責任編輯|责任校对|责编|責編|编辑|編輯|主编|主編|编者|编译|編譯|作者|译者|譯者|翻译|翻譯|撰文|撰稿|采写|採寫"
    "|采访|採訪|记者|記者|通讯员|通訊員|供稿|来源|來源|摄影|攝影|制图|製圖|插画|插畫|校对|校對|审核|審核|监制|監製|策划|策劃"
    "|出品|统筹|文字|撮影|取材|編集|文責|出典|기자|사진|출처"
)
_WHAT = (
    "出处|出處|资料|資料|图源|圖源|图片|圖片|视频|視頻|设计|設計|排版|美编|美編|原标题|原標題|原题|標題|标签|標籤|话题|話題"
    "|关键词|關鍵詞|分类|分類|版权|版權|声明|聲明|转载|轉載|投稿|联系|聯繫|编号|發布|发布|更新|时间|時間|日期|阅读量|阅读|字数"
    "|点击|原文|链接|連結|公众号|微信|微博|邮箱|电话|電話|地址|网址|官网"
    "|by|author|editor|source|photos?|images?|credits?|via|tags?|posted|published|updated|e-?mail|contact"
)
_PREFIX = (
    "本文|特约|特約|本报|本報|本刊|见习|實習|实习|值班|执行|執行|高级|文章|资料|話題|话题|发布|更新|原文|联系"
    "|written |edited "
)
_BOOK_PARTS = (
    "[楔引][ \u3000]*子|序[ \u3000]*(?:言|章|幕|曲|之?[一二三四五六七八九十]{1,2})?|[自原代总總译譯后後][ \u3000]*序|跋"
    "|(?:译者|譯者|编者|編者|作者|再版|初版)(?:前言|序言?|[后後][记記])|[终終]章|[题題][记記]|弁言|例言|凡例|[缘緣]起"
    "|(?:番外[篇编編]?|外[传傳])[一二三四五六七八九十0-9]{0,3}(?:[ \u3000:：].{1,14})?"
)
_SEPARATOR = "[：:丨｜|/／]"
_MONTH = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    "|nov(?:ember)?|dec(?:ember)?"
)

_OPENINGS = "（(【["
_CREDIT_STARTS = frozenset(_OPENINGS) | {word[:1] for word in f"{_PREFIX}|{_WHO}|{_WHAT}".split("|")}
"""The possible first characters of a credit, in lower case; this rules out most lines cheaply."""
_CREDIT_SIGNS = "：:丨｜|/／ \u3000"
"""Separators; every credit contains at least one."""
_MONTH_STARTS = frozenset(word[:1] for word in _MONTH.split("|"))

_SECTION_TITLE_RE = regex(f"(?:{_SECTION_TITLES})", re.IGNORECASE)
_BOOK_PART_RE = regex(f"(?:{_SECTION_TITLES}|{_BOOK_PARTS})", re.IGNORECASE)
_LABELLED_RE = regex(
    f"[（(【\\[]?(?:{_PREFIX})?(?:(?:{_WHO}|{_WHAT})(?P<more>\\w{{0,2}}) ?{_SEPARATOR}"
    f"|(?:{_WHO})[ \u3000]+\\S{{1,12}}(?:[ \u3000]+\\S{{1,12}}){{0,3}}$)",
    re.IGNORECASE,
)
_SIGNED_RE = regex(f"[（(【\\[]?(?:{_PREFIX})?(?:{_WHO}) ?{_SEPARATOR} ?\\S.{{0,20}}", re.IGNORECASE)
_BYLINE_RE = regex(
    "(?:(?:text |photographs? )?by [A-Z]|(?:文|图|圖|摄|攝|口述)[ \u3000]*[/／·｜|丨:：]|[◎©])"
    "|\\S{1,6}(?:报道|報道|报导|記者|/文|/图|摄|攝)[）)]?$|[\\w·]{1,30}的回答$"
)
_BOILERPLATE_RE = regex(
    "[-—－=*· ]*(?:(?:the )?end|完|全文完|本文完|正文完|未完待续|未完待續|点击.*|长按.*|扫码.*|扫描.*|识别.*"
    "|关注.*(?:公众号|我们|微信)|欢迎.*|阅读原文|阅读全文|查看更多|展开全文|广告|廣告|分享|收藏|点赞|赞赏"
    "|(?:推荐|相关|延伸|更多)阅读|相关推荐"
    "|猜你喜欢|更多(?:精彩|内容|资讯|消息).*|精彩(?:回顾|推荐).*|加入我们|联系我们|关于我们|商务合作|往期.*"
    "|热门(?:文章|推荐|阅读|标签|话题|评论|排行)?|评论|留言|返回.*|上一篇.*|下一篇.*"
    "|share(?: (?:this|on|via|with)\\b.*)?|subscribe.*|related.*|advertisement|comments?"
    "|sign up.*|read more.*|click here.*)[-—－=*· :：]*",
    re.IGNORECASE,
)
_DECORATION = "-—－=*· "
_BOILERPLATE_STARTS = frozenset("teasrc完全本正未点长扫识关欢阅查展广廣分收点赞推相延更猜精加联商往热评留返上下")
_COMMENTER_RE = regex(
    "\\S{1,40}(?: \\S{1,40})? (?:commented|replied|reacted|edited|(?:opened|closed|mentioned) this)\\b.{0,40}"
    "|\\S{1,20} ?(?:评论于|回复于|发表于|说道).{0,30}|.{0,20}(?:楼主|沙发|板凳|\\d{1,5} ?楼)",
    re.IGNORECASE,
)
_PROGRAM_NAMES = (
    "sudo|cd|apt|apt-get|yum|dnf|brew|npm|npx|yarn|pnpm|pip|pip3|git|docker|kubectl|curl|wget|ssh|scp|chmod|chown|mkdir"
    "|rm|cp|mv|tar|systemctl|service|export|source|conda|cargo|hexo|hugo|jekyll|bundle|gem|mvn|gradle|java|python|python3"
    "|node"
)
_PROGRAMS = frozenset(_PROGRAM_NAMES.split("|"))
_OPERATORS = ("&&", "|", "||")
_EAST_ASIAN = regex("[\u3000-\u9fff\uac00-\ud7a3]")
_CONTINUATION_RE = regex(
    "(?:然而|但是?|可是|不过|于是|因此|所以|因为|而且|并且|其实|只是|那么|然后|后来|(?:and|but|so|because|then)\\b)",
    re.IGNORECASE,
)
_CAPTION_RE = regex(
    "[（(▲△▼↑↓※]?\\s*(?:(?:图片|圖片|图表|圖表|附图|附圖|图|圖|表|図|写真|그림|표"
    "|figure|fig\\.?|table|photo|image|chart)[ \u3000]*"
    "(?:[0-9０-９一二三四五六七八九十]{1,3}|[为為][：:]?|[：:])|[▲△↑])|[（(].*(?:图|圖|摄|攝|来源|來源).*[）)]$",
    re.IGNORECASE,
)
_CAPTION_STARTS = frozenset("（(▲△▼↑↓※图圖附表図写그표ftpic \u3000")
"""The possible first characters of a caption, in lower case; this rules out most lines cheaply."""
_DATE_RE = regex(
    "\\W*(?:(?:19|20)\\d\\d ?[年./-]? ?(?:\\d{1,2} ?[月./-]? ?(?:\\d{1,2} ?[日号號]?)?)?"
    "|\\d{1,2} ?月 ?\\d{1,2} ?[日号號]"
    f"|(?:\\d{{1,2}} )?(?:{_MONTH})(?![a-z])\\.? ?\\d{{0,2}}(?:,? (?:19|20)\\d\\d)?)"
    "[ \u3000,，（(]*(?:(?:星期|周|週|礼拜)[一二三四五六日天])?[ \u3000）)]*(?:[上下]午|凌晨|[晴雨阴雪])?[ \u3000]*"
    "(?:\\d{1,2}[:：]\\d\\d(?:[:：]\\d\\d)?)?\\W*",
    re.IGNORECASE,
)
_YEAR_IN_WORDS = "(?:(?:19|20)\\d\\d|[一二][〇零○一二三四五六七八九]{3}|民[国國][一二三四五六七八九十]{1,3})年"
_SUBSCRIPTION_RE = regex(
    ".{0,14}(?:敬上|[谨謹](?:启|啟|识|識|序|上)|手[书書]|[顿頓]首|拜上|再拜|敬[启啟])"
    "|\\w{1,6}[书書写寫记記识識][于於]\\w{1,8}"
    f"|{_YEAR_IN_WORDS}[一二三四五六七八九十正元冬腊\\d月日初春夏秋冬季]{{0,9}}"
    "(?:[ \u3000，,]?[于於]\\w{1,10}|\\w{0,6}[写寫记記识識序书書])?"
)
"""The last lines of a letter, a preface or an essay: a name with 敬上, or a date in words, perhaps with a place."""
_SUBSCRIPTION_SIGNS = frozenset("年上启啟识識序书書首拜于於")
_LONGEST_MONTH = 14
_ADDRESS_RE = regex("https?://|www\\.|[\\w.]{1,60}@[\\w.]|\\w\\.(?:com|cn|org|net)\\b")


def is_section_title(text: str) -> bool:
    """Whether a line is a common section title, such as 前言 or Conclusion."""
    return bool(_SECTION_TITLE_RE.fullmatch(text.strip(" \u3000：:")))


def is_book_part(text: str) -> bool:
    """Whether a line is the title of a part of a book besides its chapters, such as 楔子 or 序一."""
    return bool(_BOOK_PART_RE.fullmatch(text.strip(" \u3000：:")))


def is_subscription(text: str) -> bool:
    """Whether a line is the end of a letter, a preface or an essay: who wrote it, when and where."""
    return not _SUBSCRIPTION_SIGNS.isdisjoint(text) and bool(_SUBSCRIPTION_RE.fullmatch(text))


def is_credit(text: str) -> bool:
    """Whether a line credits an author, illustrator, editor or publisher."""
    if (
        _may_be_credit(text)
        and (found := _LABELLED_RE.match(text))
        and all("\u4e00" <= one <= "\u9fff" for one in found["more"] or "")
    ):
        return True
    return bool(_BYLINE_RE.match(text))


def is_signature(text: str) -> bool:
    """Whether a line only credits an author or editor, and so is not a heading even with heading markup."""
    return _may_be_credit(text) and bool(_SIGNED_RE.fullmatch(text))


def _may_be_credit(text: str) -> bool:
    """Whether a line begins like a credit, and has a separator: a cheap test that most lines fail."""
    return text[:1].lower() in _CREDIT_STARTS and any(map(text.__contains__, _CREDIT_SIGNS))


def is_boilerplate(text: str) -> bool:
    """Whether a line belongs to the page rather than the article: an end mark, a call to action, a button."""
    # A cheap test that most lines fail.
    is_possible = text.lstrip(_DECORATION)[:1].lower() in _BOILERPLATE_STARTS
    return bool((is_possible and _BOILERPLATE_RE.fullmatch(text)) or _COMMENTER_RE.fullmatch(text))


def is_command(text: str) -> bool:
    """Whether a line is a shell command."""
    if text[:1] in ("$", "#", ">", "%") and text[1:2] == " " and "a" <= text[2:3] <= "z":
        return True
    program, *arguments = text.split(" ")
    if not arguments or _EAST_ASIAN.search(text):
        return False
    first = arguments[0][:1]
    if program in _PROGRAMS and (first.isalnum() or first in ("-", "~", ".", "/", "_")):
        return True
    return any(one in _OPERATORS or _is_option(one) for one in arguments)


def _is_option(word: str) -> bool:
    """Whether a word is an option of a command, such as -v or --all-files."""
    name = word.removeprefix("-").removeprefix("-")
    return word != name and "a" <= name[:1] <= "z" and name.replace("-", "").replace("_", "").isalnum()


def continues_sentence(text: str) -> bool:
    """Whether a line begins with a conjunction that continues the previous sentence."""
    return bool(_CONTINUATION_RE.match(text))


def is_caption(text: str) -> bool:
    """Whether a line is the caption of an image or table."""
    return text[:1].lower() in _CAPTION_STARTS and bool(_CAPTION_RE.match(text))


def is_date_or_address(text: str) -> bool:
    """Whether a line is a date, or contains a URL or email address."""
    # Without a digit only the name of a month is a date.
    may_be_date = any(map(str.isdecimal, text)) or (
        len(text) <= _LONGEST_MONTH and not _MONTH_STARTS.isdisjoint(text.lower())
    )
    return bool((may_be_date and _DATE_RE.fullmatch(text)) or _ADDRESS_RE.search(text))
