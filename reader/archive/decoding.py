"""From bytes to text: byte order marks, UTF-8, a declared charset, then what the bytes look like."""

import codecs
import re

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LEGACY = ("gb18030", "big5hkscs", "cp932", "euc_jp", "cp949")
"""The encodings that old archives of these languages have; GB 18030 first, because most of them are Chinese."""

_DECLARED = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?([\w.:-]{2,40})|<\?xml[^>]{0,200}?encoding=["']([\w.:-]{2,40})""", re.I)
_ALIASES = {"gb2312": "gb18030", "gbk": "gb18030", "big5": "big5hkscs", "shift_jis": "cp932", "shift-jis": "cp932", "euc-kr": "cp949"}
"""What pages declare, and the superset that browsers read it as (WHATWG Encoding Standard)."""

_SAMPLE = 65_536
"""Bytes that are looked at to tell an encoding."""

_COMMON = re.compile(
    "[的一是不了在人有我他这中大来上国个到说们为子和你地出会时要也就可以年生于对而成多发作后里用道行所然家种"
    "這個國來說們為會時對發後裡學實與無業東經開關從書長見問間電"
    "日本月人年分前社新者方高部回合同地事場当代表電車万円"
    "\u3040-\u30ff\uac00-\ud7a3，。、！？；：「」（）]"
)
"""Characters that real texts are full of: the 80 or so commonest of each language, kana, Hangul and full-width marks."""
_RARE = re.compile("[\ue000-\uf8ff\ufffd\uff61-\uff9f\x80-\x9f\u2500-\u257f\u0370-\u04ff]")
"""Characters that a wrong decoding is full of: private use, half-width kana, controls, boxes, Greek and Cyrillic."""


def decode(data: bytes, *, cut: bool = False) -> tuple[str, str]:
    """The text of a file and the encoding it was read in; line ends become newlines.

    Args:
        data: The file, or its beginning.
        cut: Whether `data` may end within a character; that end is then left out.

    Returns:
        The text, with U+FFFD for what could not be read in that encoding; and Python's name of the encoding.
    """
    encoding = _encoding(data, cut=cut)
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    text = decoder.decode(data, final=not cut)
    return text.replace("\r\n", "\n").replace("\r", "\n"), encoding


def is_binary(data: bytes) -> bool:
    """Whether a file's beginning is that of no text: zero bytes, but not those of UTF-16."""
    head = data[:4096]
    return b"\0" in head and not head.startswith(tuple(bom for bom, _ in _BOMS)) and _utf16(head) is None


def _encoding(data: bytes, *, cut: bool) -> str:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return encoding
    if _decodes(data, "utf-8", cut=cut):
        return _utf16(data[:4096]) or "utf-8" if b"\0" in data[:4096] else "utf-8"
    if wide := _utf16(data[:4096]):
        return wide
    sample = data[:_SAMPLE]
    declared = _DECLARED.search(sample)
    if declared:
        name = (declared[1] or declared[2]).decode("ascii").lower()
        name = _ALIASES.get(name, name)
        if _known(name) and _decodes(sample, name, cut=True):
            return name
    return _likeliest(sample)


def _likeliest(sample: bytes) -> str:
    """The encoding in which the bytes make the likeliest text."""
    possible = [encoding for encoding in _LEGACY if _decodes(sample, encoding, cut=True)]
    if possible:
        return max(possible, key=lambda encoding: _likelihood(sample, encoding))
    # Neither these nor UTF-8 whole: a damaged file, or an encoding of elsewhere.
    damaged = sample.decode("utf-8", "replace")
    if damaged.count("\ufffd") * 20 < len(damaged):
        return "utf-8"
    from charset_normalizer import from_bytes  # noqa: PLC0415 - rarely needed, and slow to import

    best = from_bytes(sample[:8192]).best()
    return best.encoding if best is not None else "utf-8"


def _likelihood(sample: bytes, encoding: str) -> float:
    text = sample.decode(encoding, "replace")
    wide = sum(character > "\x7f" for character in text) or 1
    return (len(_COMMON.findall(text)) - 3 * len(_RARE.findall(text))) / wide


def _decodes(data: bytes, encoding: str, *, cut: bool) -> bool:
    try:
        codecs.getincrementaldecoder(encoding)().decode(data, final=not cut)
    except (UnicodeDecodeError, LookupError):
        return False
    return True


def _known(encoding: str) -> bool:
    try:
        return codecs.lookup(encoding)._is_text_encoding  # noqa: SLF001 - there is no public way to ask
    except LookupError:
        return False


def _utf16(head: bytes) -> str | None:
    """UTF-16 without a byte order mark: ASCII's zero bytes all on one side, or blanks and newlines two bytes wide."""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    pairs = max(1, len(head) // 2)
    if odd > 8 * even and odd * 10 > pairs and _decodes(head, "utf-16-le", cut=True):
        return "utf-16-le"
    if even > 8 * odd and even * 10 > pairs and _decodes(head, "utf-16-be", cut=True):
        return "utf-16-be"
    return None
