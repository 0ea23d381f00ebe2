"""Detection of undeclared single-byte encodings, by chardet. Imported when the first such file is read."""

import codecs

from chardet import detect

from reader.archive.encodings import codec_of

_ENCODINGS = (
    *(f"cp{number}" for number in range(1250, 1259)),
    *("cp874", "koi8-r", "koi8-u", "iso8859-2", "iso8859-5", "iso8859-7", "cp866"),
)
"""The encodings of the Encoding Standard that text is written in, a few per script."""
_WESTERN = "cp1252"
_ASCII = bytes(range(128))
_MARKS = "‘’‚“”„…–—«»\xa0£€©®°·".encode(_WESTERN)
_FEWEST = 4
"""The minimum number of non-ASCII bytes, not counting common punctuation, from which a language is detected."""


def detect_one_byte(data: bytes) -> str:
    """Return Python's name of the most likely single-byte encoding of `data`."""
    telling = data[:1_000].translate(None, _ASCII + _MARKS)
    if len(telling) < _FEWEST:
        return _WESTERN
    found = detect(data, include_encodings=_ENCODINGS)["encoding"]
    # The Encoding Standard lacks some of chardet's names.
    return codec_of(found or "") or (codecs.lookup(found).name if found else _WESTERN)
