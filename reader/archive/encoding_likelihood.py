"""Scores of how likely bytes are to be text in a legacy encoding, based on character frequency.

The double-byte encodings of East Asia overlap almost completely, so that bytes of one often decode without errors in
another. The decoded text tells them apart: the few hundred most frequent characters of a language make up half of it,
while a wrong decoding scatters over thousands of characters. Moreover, each standard puts the characters in daily use
on its first level and the others after it.
"""

from collections import Counter
from functools import cache

from reader.regex import regex

_MARKS = "，。、！？；：（）《》「」『』“”…—・ー　％０１２３４５６７８９"
_SIMPLIFIED = (
    "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家种"
    "事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实日军者意无力它与长把机十民第公"
    "此已工使情明性知全三又关点正业外将两高间由问很最重并物手应战向头文体政美相见被利什二等产或新己制身果加西斯月话合回特"
    "代内信表化老给世位次度门任常先海通教儿原东声提立及比员解水名真论处走义各入几口认条平系气题活尔更别打女变四神总何电数"
    "安少报才结反受目太量再感建务做接必场件计管期市直德资命山金指克许统区保至队形社便空决治展马科司五基眼书非则听白却界达"
    "光放强即像难且权思王象完设式色路记南品住告类求据程北边死张该交规万取拉格望觉术领共确传师观清今切院让识候带导争运"
    "标财融银价股投资元亿市场技网络图片视频作者编辑来源责任新闻记者公司企业发布系统时间日报"
)
_TRADITIONAL = (
    "的一是不了在人有我他這個們中來上大為和國地到以說時要就出會可也你對生能而子那得於著下自之年過發後作裡用道行所然家種"
    "事成方多經麼去法學如都同現當沒動面起看定天分還進好小部其些主樣理心她本前開但因只從想實日軍者意無力它與長把機十民第公"
    "此已工使情明性知全三又關點正業外將兩高間由問很最重並物手應戰向頭文體政美相見被利什二等產或新己制身果加西月話合回特"
    "代內信表化老給世位次度門任常先海通教兒原東聲提立及比員解水名真論處走義各入幾口認條平系氣題活爾更別打女變四神總何電數"
    "安少報才結反受目太量再感建務做接必場件計管期市直德資命山金指克許統區保至隊形社便空決治展馬科司五基眼書非則聽白卻界達"
    "光放強即像難且權思王象完設式色路記南品住告類求據程北邊死張該交規萬取拉格望覺術領共確傳師觀清今切院讓識候帶導爭運"
    "標財融銀價股投資元億網絡圖片視頻作者編輯來源責任新聞記者公司企業發布系統時間日報臺灣香港機構"
)
_JAPANESE = (
    "日一国人年大十二本中長出三時行見月後前生五間上東四今金九入学高円子外八六下来気小七山話女北午百書先名川千水半男西電"
    "校語土木聞食車何南万毎白天母火右読友左休父雨会同事自社発者地業方新場員立開手力問代明動京目通言理体田主題意不作用度"
    "強公持野以思家世多正安院心界教文元重近考画海売知道集別物使品計死特私始朝運終台広住無真有口少町料工建空急止送切転研"
    "足究楽起着店病質待試族銀早映親験英医仕去味写字答夜音注帰古歌買悪図週室歩風紙黒花春赤青館屋色走秋夏習駅洋旅服夕借曜"
    "飲肉貸堂鳥飯勉冬昼茶弟牛魚兄犬妹姉漢政府経済市場記事情報株式企業首相県部分関係対全的性法定現在最化当連合加内選回実"
)
_KOREAN = (
    "이다는의에을가고하지로은를한도기서사자나어으시인일리니수대해만정라과그들아었았있여부스보적제있전게상것주거구장원"
    "성면동조세안위경유와공연소신비생방습오된할지더때문마우관선국내모려중계발년월말분무러산화했까요개말금미년교학영실"
    "민회당치간바차저물추업파진재심현단입드트르각통반양명없던권속식포김번호결호점야날람본체크남터며불운된표합진후투강"
    "격요데여직노행많였되않같및등못또께씨초달출형함외론건특집최근목족건너준알임타복망배제린품될령증된새술울피뉴카박처회쓰"
    "늘길감살난질판레프음손청종취머움벌죄백천억약"
)
_COMMON = {
    "gb18030": _MARKS + _SIMPLIFIED + _TRADITIONAL + _KOREAN,  # in GB 18030 Hangul takes four bytes, hardly by chance
    "big5hkscs": _MARKS + _TRADITIONAL,
    "cp932": _MARKS + _JAPANESE,
    "euc_jp": _MARKS + _JAPANESE,
    "cp949": _MARKS + _KOREAN,
    "utf-16-le": _MARKS + _SIMPLIFIED + _TRADITIONAL + _JAPANESE + _KOREAN,
    "utf-16-be": _MARKS + _SIMPLIFIED + _TRADITIONAL + _JAPANESE + _KOREAN,
}


@cache
def _common(encoding: str) -> frozenset[str]:
    """The frequent characters of the languages of an encoding, as a set that is only made if it is needed."""
    return frozenset(_COMMON[encoding])


LEGACY = ("gb18030", "big5hkscs", "cp932", "euc_jp", "cp949")
"""The legacy encodings of these languages; GB 18030 first, because most archives are Chinese."""

_FIRST_LEVEL = {
    "gb18030": (0xB0, 0xD7),  # GB 2312, rows 16 to 55
    "big5hkscs": (0xA4, 0xC6),  # Big5, level 1
    "cp932": (0x88, 0x98),  # JIS X 0208, level 1
    "euc_jp": (0xB0, 0xCF),
    "cp949": (0xB0, 0xC8),  # KS X 1001, the syllables; the rarely used Chinese characters come after them
}
"""The range of lead bytes of the characters in daily use."""


def likelihood(text: str, encoding: str) -> float:
    """Score from -3 to 1 how much `text`, decoded from `encoding`, looks like text in a language of that encoding."""
    counts = Counter(text)
    wide = [(character, count) for character, count in counts.items() if character > "\x7f"]
    if not wide:
        return 0.0
    common = _common(encoding)
    first, last = _FIRST_LEVEL.get(encoding, (0, 0))
    score = 0.0
    for character, count in wide:
        # GB 2312 and EUC-JP encode kana as the same bytes, so only other characters distinguish them.
        if character in common or "\u3041" <= character <= "\u30fe":
            score += count
        elif _is_rare(character):
            score -= 3 * count
        elif first:
            score += count * (0.25 if first <= _lead(character, encoding) <= last else -0.5)
    return score / sum(count for _character, count in wide)


_WORD = regex(r"[^\W\d_]+")
_ACCENTED = regex("[\x80-\u024f]+")
_PRINT = frozenset("‘’‚“”„…–—«»\xa0")
"""Punctuation that is frequent in printed text."""
_WESTERN = "\x80-\u024f‘’‚“”„…–—•™€†‡‰‹›ˆ˜ƒ"
_RUN = regex(f"[{_WESTERN}]{{4,}}")
_CONTROL = regex("[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def one_byte_likelihood(text: str) -> float:
    """Score from -2 to 1 how much `text`, decoded from a single-byte encoding, looks like words.

    Accented letters occur between plain ones: runs of them, or capitals within a word, are misread East Asian text.
    """
    total = sum(character > "\x7f" for character in text)
    if not total:
        return 0.0
    misread = sum(len(run[0]) for run in _RUN.finditer(text))
    score = -1.0 * misread - len(_CONTROL.findall(text))
    rest = _RUN.sub(" ", text) if misread else text
    letters = 0
    for word in _WORD.finditer(rest):
        if count := sum(character > "\x7f" for character in word[0]):
            score += count * _naturalness(word[0], count)
            letters += count
    marks = sum(character in _PRINT for character in rest)
    # Other symbols are rare in prose: text with as many symbols as letters is not prose.
    score += 0.5 * marks - 0.3 * (total - misread - letters - marks)
    return score / total


def _naturalness(word: str, high: int) -> float:
    """Return 1 for a plausible word, 0.5 for one in capitals, else -1; `high` is the number of non-ASCII letters."""
    is_cased = word.lower() != word.upper()
    if is_cased and not (word.isupper() or word[1:].islower() or (len(word) == 1)):
        return -1
    foreign = [character for character in word if character > "\u024f"]
    if foreign:
        # In Cyrillic, Greek, Hebrew, Arabic and Thai a word consists of one script.
        is_one = len(foreign) == len(word) and len({ord(character) >> 8 for character in foreign}) == 1
    else:
        longest = max(map(len, _ACCENTED.findall(word)), default=0)
        is_one = high == 1 or (longest < 3 and high * 2 <= len(word) + 1 and (longest < 2 or len(word) > 3))
    return -1 if not is_one else 0.5 if len(word) > 1 and word.isupper() else 1


def _lead(character: str, encoding: str) -> int:
    """Return the lead byte of a double-byte character, else 0."""
    encoded = character.encode(encoding, "replace")
    # GB 18030 also contains the thousands of rare characters of GBK, whose second byte is below 0xA1.
    if len(encoded) != 2 or (encoding in {"gb18030", "cp949"} and encoded[1] < 0xA1):
        return 0
    return encoded[0]


def _is_rare(character: str) -> bool:
    """Whether a character is typical of a wrong decoding: private use, half-width kana, C1, boxes, Greek, Cyrillic."""
    code = ord(character)
    return (
        0x80 <= code < 0xA0
        or 0x370 <= code < 0x500
        or 0x2500 <= code < 0x2580
        or 0xD800 <= code < 0xF900
        or 0xFF61 <= code < 0xFFA0
        or code == 0xFFFD
        or code >= 0x20000
    )
