"""The characters and words that the rules of line breaking name."""

from reader.document.character_sets import CharacterSet
from reader.regex import regex

CLOSERS = frozenset(
    "、。，．：；！？︰﹐﹑﹒﹔﹕﹖﹗"  # stops
    "）》〉」』】〕〗〙〛｝］〞〟︶︸︺︼︾﹀﹂﹄"  # closing brackets
    "”’"
    "·・‧•／＼－–"  # middle dots, solidus, hyphens
    "—―─⸺⸻…‥⋯～〜"  # dashes and leaders: allowed at the end of a line, not at the start
    "％‰℃℉°′″￠‱"  # postfixes of numbers
    "々〻ゝゞヽヾーｰ"
    "ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶㇰㇱㇲㇳㇴㇵㇶㇷㇸㇹㇺㇻㇼㇽㇾㇿｧｨｩｪｫｬｭｮｯ"
)
"""Characters that never start a line, not even after a space."""

RELAXED = frozenset(
    "々〻ゝゞヽヾーｰぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶㇰㇱㇲㇳㇴㇵㇶㇷㇸㇹㇺㇻㇼㇽㇾㇿｧｨｩｪｫｬｭｮｯ"
)
"""The closers that may start a line at the loose level."""

OPENERS = frozenset("（《〈「『【〔〖〘〚｛［〝￥＄￡№︵︷︹︻︽︿﹁﹃")
"""Characters that never end a line, not even before a space."""

DIGITS = frozenset("0123456789０１２３４５６７８９")
WIDE_DIGITS = frozenset("０１２３４５６７８９")
WIDE_LETTERS = frozenset(
    "ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺａｂｃｄｅｆｇｈｉｊｋｌｍｎｏｐｑｒｓｔｕｖｗｘｙｚ"
)
SEPARATORS = frozenset(".,:．，：／－～〜·・")
"""Characters that are part of a number between two digits: 3．14, 12：30, 3～5, ３.１４."""

SIGNS = frozenset("＋－±≈～〜－＃第")
"""Characters that are part of a number before a digit."""

SPACED_SIGNS = frozenset("第$€£¥₩")
"""Characters that are part of a number before a space and a digit."""

THOUSANDS = regex("，[0-9０-９]{3}(?![0-9０-９]|，[0-9０-９])")
"""A full-width comma before the last three digits of a number."""

NAME_START = regex(r"\.{1,2}/|\.(?=[A-Za-z0-9_])|/(?=[A-Za-z0-9_.*~<{$-])|--?(?=[A-Za-z0-9])|::?(?=[A-Za-z])")
"""The mark with which a file extension, a path, an option or a selector begins."""

MULTIPLES = frozenset("十百千万亿兆萬億")
UNITS = MULTIPLES | frozenset(
    "年月日号號时時分秒点點届屆期岁歲歳元円圓个個人名次倍度层層位米吨噸辆輛台架件条條章节節回版天周週枚冊"
)
MEASURE = regex(
    "[%‰℃℉°克斤升亩畝]|公(?:里|斤|分|尺|顷|頃|升|吨|噸)|千(?:米|克|瓦)|[厘毫微纳奈]米|毫[升克]|[平立]方|海里|英(?:里|尺|寸|镑|鎊)"
    "|小[时時]|分[钟鐘]|美[元金]|港[元币幣]|[欧歐日韩韓澳加][元圆圓]|人民[币幣]|新台[币幣]|[摄攝华華]氏|[个個カか箇ヶケ][月国國]|像素|字[节節]"
    "|[多余餘][年月日天人个個万萬亿億元名家次]|キロ|メートル|センチ|ミリ|グラム|トン|リットル|パーセント|ドル|ユーロ|ウォン"
    "|(?:[kKMGTmcdnpµμ]?(?:m|g|L|l|s|b|B|Hz|W|V|A|J|Pa|N|bps|B/s|b/s|eV|Wh|Ω)|[KMGTP]i?B|min|h|km/h|mph|fps|dpi|rpm|dB|ppm"
    "|px|pt|em|lbs?|oz|ft|kcal|USD|EUR|RMB|CNY|JPY|a\\.m\\.|p\\.m\\.|[ap]m|[AP]M)(?![A-Za-z])"
)
"""A unit of measure that has several letters, or may follow a space."""

DATE_PARTS = frozenset("年月")

BLANKS = frozenset(" \u3000")
QUOTES = frozenset("“”‘’\"'")
HANGUL_LETTERS = CharacterSet("\u1100-\u11ff\u3130-\u318f\ua960-\ua97f\uac00-\ud7ff")
LETTER = regex(r"[^\W_]")
WIDE = CharacterSet(
    "\u2e80-\u2fdf\u3001-\ua4cf\uac00-\ud7af\uf900-\ufaff\ufe10-\ufe1f\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\U00020000-\U0003ffff"
)
"""Characters of the wide scripts and their punctuation (East_Asian_Width W and F): next to them a quote is wide too."""

WITHIN_KOREAN = frozenset("—–―…⋯~～·・‧•")
"""Marks within a Korean word after which it may be broken."""

BEFORE_KOREAN_SUFFIXES = frozenset("）》〉」』】〕〗｝］”’％‰℃")
"""Marks from which a following Korean suffix may not be separated: 「등대」는."""
