"""Encoding labels of the Encoding Standard, and Python decoders that behave like those of browsers."""

import codecs
from functools import cache

from reader.regex import regex

_CODECS = {
    # Browsers decode GBK as GB 18030, whose four-byte characters the codec "gbk" lacks.
    "gbk": "gb18030",
    "hz-gb-2312": "hz",
    "iso-2022-kr": "iso2022_kr",
    # A page that declares UTF-16 in ASCII cannot be UTF-16.
    "utf-16le": "utf-8",
    "utf-16be": "utf-8",
    "x-user-defined": "cp1252",
}
_NAMES = {
    "utf-8": "UTF-8",
    "utf-8-sig": "UTF-8",
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
    "utf-32": "UTF-32",
    "gb18030": "GBK",
    "hz": "HZ",
    "big5hkscs": "Big5",
    "cp932": "Shift_JIS",
    "euc_jp": "EUC-JP",
    "iso2022_jp": "ISO-2022-JP",
    "cp949": "EUC-KR",
    "cp1252": "windows-1252",
}
_MULTIBYTE = frozenset({"gb18030", "big5hkscs", "cp932", "euc_jp", "cp949"})
_NO_SHIFT_JIS = regex("[\x80\xa0\uf8f0-\uf8f3]")
"""The characters that Python decodes from single bytes that are undefined in code page 932."""


@cache
def codec_of(label: str) -> str:
    """Return Python's name of the encoding that browsers use for a label; empty for unknown labels."""
    # Imported late, because pages in UTF-8 do not need it.
    from webencodings import lookup  # noqa: PLC0415

    label = label.strip().lower()
    encoding = lookup(label)
    if encoding is None:
        return ""
    name = encoding.name if encoding.name != "replacement" else label
    codec = _CODECS.get(name) or encoding.codec_info.name
    try:
        return codecs.lookup(codec).name
    except LookupError:
        return ""


def name_of_codec(codec: str) -> str:
    """Return the name of an encoding for messages."""
    if codec.startswith("cp125"):
        return codec.replace("cp", "windows-")
    return _NAMES.get(codec, codec.upper().replace("_", "-"))


def decoded(data: bytes, codec: str, *, cut: bool = False) -> str:
    """Decode `data` as browsers do, with U+FFFD for each invalid byte.

    Args:
        data: The bytes.
        codec: Python's name of the encoding.
        cut: Whether `data` may end within a character, which is then dropped.
    """
    errors = "reader.browser" if codec in _MULTIBYTE else "replace"
    text = codecs.getincrementaldecoder(codec)(errors).decode(data, final=not cut)
    return _NO_SHIFT_JIS.sub("\ufffd", text) if codec == "cp932" else text


def _browser_error_handler(error: UnicodeError) -> tuple[str, int]:
    """Decode what Python's East Asian decoders reject and browsers accept: the euro of code page 936, NEC's row 13."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    data, start = error.object, error.start
    if error.encoding == "gb18030" and data[start] == 0x80:
        return "€", start + 1
    if error.encoding == "euc_jp" and len(data) > start + 1:
        first, second = data[start], data[start + 1]
        if 0xA1 <= first <= 0xFE and 0xA1 <= second <= 0xFE:
            # Look up the same row and cell in code page 932, which has the NEC and IBM extensions.
            row, cell = first - 0xA1, second - 0xA1
            lead = (row >> 1) + (0x81 if row < 62 else 0xC1)
            trail = cell + (0x9F if row & 1 else 0x40 if cell < 63 else 0x41)
            character = bytes((lead, trail)).decode("cp932", "replace")
            if character != "\ufffd":
                return character, start + 2
    # Replace only the invalid byte, and decode again from the next one.
    return "\ufffd", start + 1


codecs.register_error("reader.browser", _browser_error_handler)
