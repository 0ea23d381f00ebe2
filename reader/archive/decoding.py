"""From bytes to text: byte order marks, UTF-8, what a page declares, then what the bytes look like.

Nothing is refused for a few bytes that are no characters: each candidate is weighed with its errors, and each such byte
costs one U+FFFD.
"""

import codecs
import re
from dataclasses import dataclass

from reader.archive.declared import declared_labels
from reader.archive.encodings import codec_of, decoded, name_of_codec
from reader.archive.likelihood import LEGACY, likelihood, one_byte_likelihood

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MARKED = tuple(bom for bom, _ in _BOMS)

_SAMPLE = 65_536
"""Bytes that are looked at to tell an encoding."""
_WEIGHED = 4_096
"""Bytes, from the first one that is not ASCII, whose characters are weighed."""
_COUNTED = 16_384
"""Bytes, from the same place on, whose errors are counted."""
_TELLING = 0.1
"""How much likelier than the likeliest old encoding UTF-16 must be, since any bytes of an even number are UTF-16."""
_DECLARED_BONUS = 0.2
"""How much less likely than another encoding the declared one may look: pages seldom say what is not so."""
_SHORT_BONUS = 8.0
"""Divided by the bytes that were weighed, what is added to it: little text tells little."""
_READABLE = 0.0
"""How likely the text must be for an undeclared encoding to be taken without asking charset-normalizer."""
_SURE = 0.4
"""How likely words of one script must be to be taken without asking it."""
_HARDLY = -0.4
"""The least that the text of a declared encoding of one byte may score: below it stands East Asian text misread."""

_FOREIGN = ("cp1251", "koi8_r", "cp1253")
"""Encodings of one byte that are told by themselves, since their words are wholly of their script."""

_HIGH = re.compile(rb"[\x80-\xff]")
_NULS = re.compile(rb"\0+")
_CONTROLS = bytes({*range(0x20)} - {*b"\t\n\v\f\r\x1b"})


@dataclass(frozen=True, slots=True)
class Decoded:
    """A file as text.

    Attributes:
        text: With newlines for all line ends, U+FFFD for each byte that is no part of a character, and without NULs.
        encoding: What it was read in, as the Encoding Standard names it.
        is_guessed: Whether nothing in the file tells the encoding: no mark, no declaration, no valid UTF-8.
        replaced: Bytes that are no part of a character.
        nuls: NULs that were left out.
    """

    text: str
    encoding: str
    is_guessed: bool = False
    replaced: int = 0
    nuls: int = 0


def decode(data: bytes, *, cut: bool = False) -> Decoded:
    """A file, or its beginning, as text.

    Args:
        data: The bytes.
        cut: Whether `data` may end within a character; that end is then left out.
    """
    text = None if data.startswith(_MARKED) or b"\0" in data[:4096] else _utf8(data, cut=cut)
    encoding, is_guessed, replaced = "utf-8", False, 0
    if text is None or ("\x1b$" in text and _decodes(data, "iso2022_jp", cut=cut)):
        encoding, is_guessed = _encoding(data, cut=cut)
        text = decoded(data, encoding, cut=cut)
        if "\ufffd" in text:
            # Somebody may have saved the replacement itself: those who read the file before.
            replaced = max(0, text.count("\ufffd") - data.count("\ufffd".encode(encoding, "ignore") or b"\0"))
    nuls = text.count("\0") if "\0" in text else 0
    if nuls:
        text = text.replace("\0", "")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return Decoded(text, name_of_codec(encoding), is_guessed, replaced, nuls)


def is_binary(data: bytes) -> bool:
    """Whether a file's beginning is that of no text: controls all over, NULs too, unless these are UTF-16's."""
    head = data[:4096]
    if head.startswith(_MARKED):
        return False
    if head.startswith(b"%PDF-"):
        return True
    if b"\0" in head:
        if _utf16(head) is not None:
            return False
        # A torn write leaves a run of NULs, and a broken program one here and there: each run is one control.
        head = _NULS.sub(b"\x01", head.strip(b"\0"))
        if not head:
            return True
    # One control in twenty bytes; the escape of ISO 2022 is not counted among them.
    return (len(head) - len(head.translate(None, _CONTROLS))) * 20 > len(head)


def _utf8(data: bytes, *, cut: bool) -> str | None:
    try:
        return codecs.utf_8_decode(data, "strict", not cut)[0]
    except UnicodeDecodeError:
        return None


def _encoding(data: bytes, *, cut: bool) -> tuple[str, bool]:
    """Python's name of the encoding of a file that may be no valid UTF-8, and whether it was guessed."""
    if marked := next((encoding for bom, encoding in _BOMS if data.startswith(bom)), ""):
        return marked, False
    if b"\x1b$" in data[:_SAMPLE] and _decodes(data, "iso2022_jp", cut=cut):
        return "iso2022_jp", False
    if b"\0" in data[:4096] and (wide := _utf16(data[:4096])):
        return wide, True
    if _decodes(data, "utf-8", cut=cut):
        return "utf-8", False
    return _weighed(data)


def _weighed(data: bytes) -> tuple[str, bool]:
    """The encoding that a page declares, if the bytes bear it, else the likeliest; and whether it was guessed."""
    first = _HIGH.search(data)
    # In all old encodings a character begins with the first byte that is not ASCII.
    sample = data[first.start() if first is not None else 0 :][:_SAMPLE]
    if _is_damaged_utf8(sample):
        return "utf-8", False
    scores = {encoding: _score(sample, encoding) for encoding in LEGACY}
    best = max(scores, key=scores.__getitem__)
    # As in the standard, a label that nobody knows declares nothing.
    declared = next(filter(None, map(codec_of, declared_labels(data))), "")
    if declared and _is_believed(declared, sample, scores, scores[best]):
        return declared, False
    return _guess(data, sample, best, scores[best]), True


def _is_damaged_utf8(sample: bytes) -> bool:
    """Whether bytes are UTF-8 with a few damaged ones: its sequences are made by chance in no other encoding."""
    text = decoded(sample, "utf-8", cut=True)
    errors = text.count("\ufffd")
    wide = sum(character > "\x7f" for character in text) - errors
    return errors * 2 <= wide


def _score(sample: bytes, encoding: str) -> float:
    """How likely bytes are to be text in an encoding of several bytes; each error takes from it."""
    text = decoded(sample[:_WEIGHED], encoding, cut=True)
    counted = decoded(sample[:_COUNTED], encoding, cut=True)
    wide = sum(character > "\x7f" for character in counted)
    errors = counted.count("\ufffd") / wide if wide else 0.0
    return likelihood(text, encoding) - 4 * errors


def _is_believed(declared: str, sample: bytes, scores: dict[str, float], best: float) -> bool:
    """Whether the bytes bear the encoding that a page declares."""
    if declared == "utf-8":
        # It is no UTF-8, not even a damaged one.
        return False
    if declared in scores:
        return scores[declared] + _DECLARED_BONUS + _SHORT_BONUS / max(1, len(sample)) >= best
    one_byte = one_byte_likelihood(decoded(sample[:_WEIGHED], declared, cut=True))
    return one_byte >= _HARDLY or best <= max(one_byte, _READABLE)


def _guess(data: bytes, sample: bytes, best: str, score: float) -> str:
    """The encoding in which bytes that declare nothing make the likeliest text; windows-1252 if in doubt."""
    head = data[:_WEIGHED]
    western = one_byte_likelihood(decoded(sample[:_WEIGHED], "cp1252"))
    if (wide := _utf16(head)) and likelihood(decoded(head, wide, cut=True), wide) > max(score, western) + _TELLING:
        return wide
    if score >= max(western, _READABLE):
        return best
    if western >= _READABLE:
        return "cp1252"
    foreign = {encoding: one_byte_likelihood(decoded(sample[:_WEIGHED], encoding)) for encoding in _FOREIGN}
    likeliest = max(foreign, key=foreign.__getitem__)
    if foreign[likeliest] > max(_SURE, score):
        return likeliest
    from charset_normalizer import from_bytes  # noqa: PLC0415 - rarely needed, and slow to import

    guess = from_bytes(sample[:8192]).best()
    if guess is not None and guess.encoding not in {"utf_8", "ascii"}:
        text = decoded(sample[:_WEIGHED], guess.encoding, cut=True)
        if one_byte_likelihood(text) > max(western, score):
            return guess.encoding
    return best if score >= western else "cp1252"


def _decodes(data: bytes, encoding: str, *, cut: bool) -> bool:
    try:
        codecs.getincrementaldecoder(encoding)().decode(data, final=not cut)
    except (UnicodeDecodeError, LookupError):
        return False
    return True


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
    scores = {encoding: likelihood(decoded(head, encoding, cut=True), encoding) for encoding in possible}
    best = max(scores, key=scores.__getitem__, default="")
    # A fifth of any text of these languages is its commonest characters; of chance characters it is one in a hundred.
    return best if best and scores[best] > 0.2 else None
