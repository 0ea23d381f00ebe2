"""The names of files in ZIP containers, many of which do not declare their encoding (APPNOTE 4.4.4, appendix D).

Without the flag of UTF-8 a name is in the code page of the computer that packed the file, and Python decodes it as code
page 437. All names come from the same computer, so the encoding is guessed from all of them together.
"""

import zlib
from collections.abc import Sequence
from typing import TYPE_CHECKING

from reader.archive.encoding_likelihood import LEGACY, likelihood, one_byte_likelihood
from reader.archive.encodings import decoded

if TYPE_CHECKING:
    from zipfile import ZipInfo

_READ_IN = "cp437"
_UTF8 = 0x800
"""The flag of a name in UTF-8."""
_UNICODE_PATH = 0x7075
"""The extra field with the name in UTF-8 (APPNOTE 4.6.9), after a version of one byte and the checksum of the name."""


def member_names(members: "Sequence[ZipInfo]") -> list[str]:
    """Return the names of the members of a container, in the encoding that was probably meant."""
    stated = [one.filename if _is_certain(one) else _unicode_path(one) for one in members]
    unknown = [one.filename for one, name in zip(members, stated, strict=True) if not name]
    repaired = iter(repaired_names(unknown))
    return [name or next(repaired) for name in stated]


def repaired_names(names: Sequence[str]) -> list[str]:
    """Return names that a program decoded as code page 437, decoded in the encoding that is likeliest for all of them.

    Names stay unchanged if Western European text is likelier than any East Asian reading.
    """
    try:
        packed = [name.encode(_READ_IN) for name in names]
    except UnicodeEncodeError:
        return list(names)
    try:
        return [name.decode() for name in packed]
    except UnicodeDecodeError:
        everything = b"\n".join(packed)
    likely = {encoding: likelihood(decoded(everything, encoding), encoding) for encoding in LEGACY}
    best = max(likely, key=likely.__getitem__)
    least = max(0.0, one_byte_likelihood("\n".join(names)))
    return [decoded(name, best) for name in packed] if likely[best] > least else list(names)


def _is_certain(member: "ZipInfo") -> bool:
    return member.filename.isascii() or bool(member.flag_bits & _UTF8)


def _unicode_path(member: "ZipInfo") -> str:
    """Return the name in a member's extra field, if its checksum matches; else empty."""
    extra = member.extra
    while len(extra) >= 4:
        kind, size = int.from_bytes(extra[:2], "little"), int.from_bytes(extra[2:4], "little")
        if kind == _UNICODE_PATH and extra[4:5] == b"\x01":
            checksum, name = int.from_bytes(extra[5:9], "little"), extra[9 : 4 + size]
            try:
                return name.decode() if checksum == zlib.crc32(member.orig_filename.encode(_READ_IN)) else ""
            except UnicodeError:
                return ""
        extra = extra[4 + size :]
    return ""
