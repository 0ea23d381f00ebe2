"""Decoding bytes to text: by byte order mark, as UTF-8, by the declared encoding, or else by detection.

A few invalid bytes do not rule an encoding out: they lower the score of a candidate, and each becomes one U+FFFD.
"""

import codecs

from reader.archive.declared_encoding import declared_labels
from reader.archive.encoding_likelihood import LEGACY, likelihood, one_byte_likelihood
from reader.archive.encodings import codec_of, decoded, name_of_codec
from reader.lean_dataclasses import dataclass
from reader.regex import regex

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_BOM_BYTES = tuple(bom for bom, _ in _BOMS)

_SAMPLE = 65_536
"""Bytes examined to detect an encoding."""
_SCORED = 4_096
"""Bytes, from the first non-ASCII byte on, whose characters are scored."""
_ERROR_SAMPLE = 16_384
"""Bytes, from the same position on, in which decoding errors are counted."""
_UTF16_MARGIN = 0.1
"""The score by which UTF-16 must exceed the best legacy encoding, since nearly any even number of bytes is UTF-16."""
_DECLARED_BONUS = 0.2
"""The score by which a declared encoding may fall short of the best one, since declarations are rarely wrong."""
_SHORT_BONUS = 8.0
"""This number, divided by the bytes of the sample, is added to `_DECLARED_BONUS`: short text is weak evidence."""
_MIN_SCORE = 0.0
"""The score of a multibyte encoding from which a single-byte encoding must exceed it by `_ONE_BYTE_MARGIN`."""
_SURE_SCORE = 0.4
"""The score of a multibyte encoding from which no single-byte one is tried: a few lines of real text score higher."""
_ONE_BYTE_MARGIN = 0.5
"""The score by which a single-byte encoding must exceed a multibyte one of at least `_MIN_SCORE`."""
_DETECTED = 8_192
"""Bytes that are examined to detect a single-byte encoding."""
_MIN_DECLARED_SCORE = -0.4
"""The minimum score of a declared single-byte encoding: anything below it is misread East Asian text."""


_HIGH = regex(rb"[\x80-\xff]")
_NULS = regex(rb"\0+")
_CONTROLS = bytes({*range(0x20)} - {*b"\t\n\v\f\r\x1b"})


@dataclass(frozen=True, slots=True)
class Decoded:
    """A decoded file.

    Attributes:
        text: The text with LF line ends, U+FFFD for each invalid byte, and without NULs.
        encoding: The name of the encoding in the Encoding Standard.
        is_guessed: Whether the encoding was detected, without a byte order mark, a declaration or valid UTF-8.
        replaced: The number of invalid bytes.
        nuls: The number of NULs that were removed.
    """

    text: str
    encoding: str
    is_guessed: bool = False
    replaced: int = 0
    nuls: int = 0


def decode(data: bytes, *, cut: bool = False) -> Decoded:
    """Decode a file or its beginning.

    Args:
        data: The bytes.
        cut: Whether `data` may end within a character, which is then dropped.
    """
    text = None if data.startswith(_BOM_BYTES) or b"\0" in data[:4096] else _utf8(data, cut=cut)
    encoding, is_guessed, replaced = "utf-8", False, 0
    if text is None or ("\x1b" in text and "\x1b$" in text and _decodes(data, "iso2022_jp", cut=cut)):
        encoding, is_guessed = _detect(data, cut=cut)
        text = decoded(data, encoding, cut=cut)
        if "\ufffd" in text:
            # Another program may have saved U+FFFD in the file; do not count those.
            replaced = max(0, text.count("\ufffd") - data.count("\ufffd".encode(encoding, "ignore") or b"\0"))
    nuls = text.count("\0") if "\0" in text else 0
    if nuls:
        text = text.replace("\0", "")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return Decoded(text, name_of_codec(encoding), is_guessed, replaced, nuls)


def is_binary(data: bytes) -> bool:
    """Whether the beginning of a file is binary: full of control characters, or of NULs that are not UTF-16."""
    head = data[:4096]
    if head.startswith(_BOM_BYTES):
        return False
    if head.startswith(b"%PDF-"):
        return True
    if b"\0" in head:
        if _utf16(head) is not None:
            return False
        # An interrupted write leaves one run of NULs, a faulty program a few scattered NULs: count each run once.
        head = _NULS.sub(b"\x01", head.strip(b"\0"))
        if not head:
            return True
    # The limit is one control character in twenty bytes. Escape does not count, because ISO 2022 uses it.
    return (len(head) - len(head.translate(None, _CONTROLS))) * 20 > len(head)


def _utf8(data: bytes, *, cut: bool) -> str | None:
    try:
        return codecs.utf_8_decode(data, "strict", not cut)[0]
    except UnicodeDecodeError:
        return None


def _detect(data: bytes, *, cut: bool) -> tuple[str, bool]:
    """Return Python's name of a file's encoding, and whether it was guessed."""
    if marked := next((encoding for bom, encoding in _BOMS if data.startswith(bom)), ""):
        return marked, False
    if b"\x1b$" in data[:_SAMPLE] and _decodes(data, "iso2022_jp", cut=cut):
        return "iso2022_jp", False
    if b"\0" in data[:4096] and (wide := _utf16(data[:4096])):
        return wide, True
    if _decodes(data, "utf-8", cut=cut):
        return "utf-8", False
    return _detect_legacy(data)


def _detect_legacy(data: bytes) -> tuple[str, bool]:
    """Return the declared encoding if the bytes are plausible in it, else the likeliest; and whether it was guessed."""
    first = _HIGH.search(data)
    # In every legacy encoding the first non-ASCII byte starts a character.
    sample = data[first.start() if first is not None else 0 :][:_SAMPLE]
    if _is_damaged_utf8(sample):
        return "utf-8", False
    likely = {encoding: likelihood(decoded(sample[:_SCORED], encoding, cut=True), encoding) for encoding in LEGACY}
    best, score = _best(sample, likely)
    # As in the standard, ignore unknown labels.
    declared = next(filter(None, map(codec_of, declared_labels(data))), "")
    if declared and _is_plausible(declared, sample, likely, score):
        return declared, False
    return _guess_encoding(data, sample, best, score), True


def _is_damaged_utf8(sample: bytes) -> bool:
    """Whether bytes are UTF-8 with a few errors: text in other encodings hardly ever forms UTF-8 sequences."""
    text = decoded(sample, "utf-8", cut=True)
    errors = text.count("\ufffd")
    return errors * 2 <= _count_wide(text) - errors


def _best(sample: bytes, likely: dict[str, float]) -> tuple[str, float]:
    """Return the multibyte encoding with the best score, and the score."""
    best, score = "", float("-inf")
    for encoding in sorted(likely, key=likely.__getitem__, reverse=True):
        # Errors only lower a score, and counting them in a wrong encoding takes long.
        if likely[encoding] > score and (own := likely[encoding] - _penalty(sample, encoding)) > score:
            best, score = encoding, own
    return best, score


def _penalty(sample: bytes, encoding: str) -> float:
    """Return by how much decoding errors lower the score of a multibyte encoding."""
    counted = decoded(sample[:_ERROR_SAMPLE], encoding, cut=True)
    wide = _count_wide(counted)
    return 4 * counted.count("\ufffd") / wide if wide else 0.0


def _count_wide(text: str) -> int:
    return len(text) - len(text.encode("ascii", "ignore"))


def _is_plausible(declared: str, sample: bytes, likely: dict[str, float], best: float) -> bool:
    """Whether the bytes are plausible in the declared encoding."""
    if declared == "utf-8":
        # The caller has ruled out UTF-8, even with errors.
        return False
    if declared in likely:
        score = likely[declared] - _penalty(sample, declared)
        return score + _DECLARED_BONUS + _SHORT_BONUS / max(1, len(sample)) >= best
    one_byte = one_byte_likelihood(decoded(sample[:_SCORED], declared, cut=True))
    return one_byte >= _MIN_DECLARED_SCORE or best <= max(one_byte, _MIN_SCORE)


def _guess_encoding(data: bytes, sample: bytes, best: str, score: float) -> str:
    """Return the encoding in which the bytes make the likeliest text; windows-1252 if in doubt."""
    head = data[:_SCORED]
    western = one_byte_likelihood(decoded(sample[:_SCORED], "cp1252"))
    if score >= max(western, _SURE_SCORE):
        return best
    from reader.archive.single_byte_encodings import detect_one_byte  # noqa: PLC0415 - rarely needed, and slow to import

    one_byte = detect_one_byte(sample[:_DETECTED])
    likely = one_byte_likelihood(decoded(sample[:_SCORED], one_byte))
    if likely < western:
        # The detected encoding is less likely: there are too few words, or words would have letters of two scripts.
        one_byte, likely = "cp1252", western
    if score >= max(western, _MIN_SCORE) and likely <= score + _ONE_BYTE_MARGIN:
        return best
    if (wide := _utf16(head)) and likelihood(decoded(head, wide, cut=True), wide) > max(score, likely) + _UTF16_MARGIN:
        return wide
    return best if score > likely else one_byte


def _decodes(data: bytes, encoding: str, *, cut: bool) -> bool:
    try:
        codecs.getincrementaldecoder(encoding)().decode(data, final=not cut)
    except (UnicodeDecodeError, LookupError):
        return False
    return True


def _utf16(head: bytes) -> str | None:
    """Detect UTF-16 without a byte order mark, by the zero bytes of ASCII text or by the frequency of characters."""
    head = head[: len(head) // 2 * 2]
    even, odd = head[0::2].count(0), head[1::2].count(0)
    pairs = max(1, len(head) // 2)
    if odd > 8 * even and odd * 10 > pairs and _decodes(head, "utf-16-le", cut=True):
        return "utf-16-le"
    if even > 8 * odd and even * 10 > pairs and _decodes(head, "utf-16-be", cut=True):
        return "utf-16-be"
    possible = [encoding for encoding in ("utf-16-le", "utf-16-be") if _decodes(head, encoding, cut=True)]
    scores = {encoding: likelihood(decoded(head, encoding, cut=True), encoding) for encoding in possible}
    best = max(scores, key=scores.__getitem__, default="")
    # The most frequent characters make up at least a fifth of real text, but only a hundredth of random characters.
    return best if best and scores[best] > 0.2 else None
