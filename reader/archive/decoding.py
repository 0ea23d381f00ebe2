"""From bytes to text: byte order marks, UTF-8, a declared charset, then what the bytes look like."""

import codecs
import re

from reader.archive.likelihood import LEGACY, likelihood

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?([\w.:-]{2,40})"""
    rb"""|<\?xml[^>]{0,200}?encoding=["']([\w.:-]{2,40})""",
    re.IGNORECASE,
)
_ALIASES = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "big5": "big5hkscs",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "sjis": "cp932",
    "euc-kr": "cp949",
    "iso-8859-1": "cp1252",
}
"""What pages declare, and the superset that browsers read it as (WHATWG Encoding Standard)."""

_SAMPLE = 65_536
"""Bytes that are looked at to tell an encoding."""
_WEIGHED = 4_096
"""Bytes, from the first one that is not ASCII, whose characters are weighed."""
_TELLING = 0.1
"""How much likelier than the likeliest old encoding UTF-16 must be, since any bytes of an even number are UTF-16."""

_HIGH = re.compile(rb"[\x80-\xff]")
_CONTROLS = bytes({*range(0x20)} - {*b"\t\n\v\f\r\x1b"})


def decode(data: bytes, *, cut: bool = False) -> tuple[str, str]:
    """The text of a file and the encoding it was read in; line ends become newlines.

    Args:
        data: The file, or its beginning.
        cut: Whether `data` may end within a character; that end is then left out.

    Returns:
        The text, with U+FFFD for what could not be read in that encoding; and Python's name of the encoding.
    """
    text = None if data.startswith(_MARKED) or b"\0" in data[:4096] else _utf8(data, cut=cut)
    encoding = "utf-8"
    if text is None or ("\x1b$" in text and _decodes(data, "iso2022_jp", cut=cut)):
        encoding = _encoding(data, cut=cut)
        text = codecs.getincrementaldecoder(encoding)("replace").decode(data, final=not cut)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text, encoding


_MARKED = tuple(bom for bom, _ in _BOMS)


def is_binary(data: bytes) -> bool:
    """Whether a file's beginning is that of no text: zero bytes but not those of UTF-16, or controls all over."""
    head = data[:4096]
    if head.startswith(_MARKED):
        return False
    if head.startswith(b"%PDF-"):
        return True
    if b"\0" in head:
        return _utf16(head) is None
    # One control in twenty bytes; the escape of ISO 2022 is not counted among them.
    return (len(head) - len(head.translate(None, _CONTROLS))) * 20 > len(head)


def _utf8(data: bytes, *, cut: bool) -> str | None:
    try:
        return codecs.utf_8_decode(data, "strict", not cut)[0]
    except UnicodeDecodeError:
        return None


def _encoding(data: bytes, *, cut: bool) -> str:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return encoding
    if b"\x1b$" in data[:_SAMPLE] and _decodes(data, "iso2022_jp", cut=cut):
        return "iso2022_jp"
    if b"\0" in data[:4096] and (wide := _utf16(data[:4096])):
        return wide
    if _decodes(data, "utf-8", cut=cut):
        return "utf-8"
    sample = data[:_SAMPLE]
    declared = _DECLARED.search(sample)
    if declared:
        name = (declared[1] or declared[2]).decode("ascii", "replace").lower()
        name = _ALIASES.get(name, name)
        if _known(name) and _decodes(sample, name, cut=True):
            return name
    return _likeliest(data)


def _likeliest(data: bytes) -> str:
    """The encoding in which bytes that are no UTF-8 make the likeliest text."""
    first = _HIGH.search(data)
    start = first.start() if first is not None else 0
    # In all old encodings a character begins with the first byte that is not ASCII.
    sample = data[start : start + _SAMPLE]
    # A UTF-8 file with a few damaged bytes still has sequences that no other encoding makes by chance.
    damaged = _start(sample, "utf-8")
    if damaged.count("\ufffd") * 10 < sum(character > "\x7f" for character in damaged):
        return "utf-8"
    scores = {
        encoding: likelihood(_start(sample[:_WEIGHED], encoding), encoding)
        for encoding in LEGACY
        if _decodes(sample, encoding, cut=True)
    }
    best = max(scores, key=scores.__getitem__, default="")
    head = data[:_WEIGHED]
    if (wide := _utf16(head)) and likelihood(_start(head, wide), wide) > scores.get(best, 0) + _TELLING:
        return wide
    if best and scores[best] > -1:
        return best
    from charset_normalizer import from_bytes  # noqa: PLC0415 - rarely needed, and slow to import

    guess = from_bytes(sample[:8192]).best()
    return guess.encoding if guess is not None else best or "utf-8"


def _start(data: bytes, encoding: str) -> str:
    return codecs.getincrementaldecoder(encoding)("replace").decode(data)


def _decodes(data: bytes, encoding: str, *, cut: bool) -> bool:
    try:
        codecs.getincrementaldecoder(encoding)().decode(data, final=not cut)
    except (UnicodeDecodeError, LookupError):
        return False
    return True


def _known(encoding: str) -> bool:
    try:
        return codecs.lookup(encoding)._is_text_encoding  # noqa: SLF001 - there is no public way to ask
    except (LookupError, ValueError):
        return False


def _utf16(head: bytes) -> str | None:
    """UTF-16 without a byte order mark: by ASCII's zero bytes all on one side, or by text of these languages."""
    head = head[: len(head) // 2 * 2]
    even, odd = head[0::2].count(0), head[1::2].count(0)
    pairs = max(1, len(head) // 2)
    if odd > 8 * even and odd * 10 > pairs and _decodes(head, "utf-16-le", cut=True):
        return "utf-16-le"
    if even > 8 * odd and even * 10 > pairs and _decodes(head, "utf-16-be", cut=True):
        return "utf-16-be"
    possible = [encoding for encoding in ("utf-16-le", "utf-16-be") if _decodes(head, encoding, cut=True)]
    scores = {encoding: likelihood(_start(head, encoding), encoding) for encoding in possible}
    best = max(scores, key=scores.__getitem__, default="")
    # A fifth of any text of these languages is its commonest characters; of chance characters it is one in a hundred.
    return best if best and scores[best] > 0.2 else None
