"""Pictures that are embedded in the text of an article (`data:`, RFC 2397), and short names for them.

A document names a picture by the hash of its content, so that megabytes of base64 are neither kept nor compared; the
picture is found again in the article's file by the same hash.
"""

from reader.hashing import blake2s
from reader.regex import regex

_PREFIX = "data:image/"
"""The prefix of both an embedded picture and its name."""

_EMBEDDED = regex(
    rb"(?:data:image/(?P<kind>png|apng|jpe?g|gif|webp|bmp|avif)(?:;[\w=-]{1,40})?;base64,"
    rb"|\"(?:image/)?(?P<output>png|jpeg|gif)\":\s{0,40}(?:\[\s{0,40})?\")"
    rb"(?P<data>(?:[A-Za-z0-9+/=]++|%[0-9A-Fa-f]{2}|[ \t\r\n]++|\\n(?:\",\s{0,40}\"(?![\w/.+-]{1,60}\":))?)*+)"
)
"""A `data:` URL, or a picture in the JSON of a Jupyter notebook, where it is the output of code."""
_ADDRESS = r"!#%&+,\-./0-9:;=?@A-Z_a-z"
"""The ASCII characters of an address that have no meaning in Markdown, as the content of a character class."""
_UNCOUNTED = regex(
    r"(?<=;base64,)[A-Za-z0-9+/=%]++"
    # An endless address: only ASCII, because Chinese and Japanese text also has no blanks, and has to be counted.
    rf"|(?<![{_ADDRESS}])[{_ADDRESS}]{{100000,}}+"
)
_NAME = regex(r"data:image/[0-9a-f]{16}\.[a-z]{3,4}")

_LEAST = 400
"""A picture of fewer base64 characters counts as a spacer or a bullet, and is not shown."""

_ESCAPES = {
    b"%2B": b"+",
    b"%2b": b"+",
    b"%2F": b"/",
    b"%2f": b"/",
    b"%3D": b"=",
    b"%3d": b"=",
    b"%0A": b"",
    b"%0a": b"",
}


def embedded_name(address: str) -> str:
    """Return the name of the picture in a `data:` URL, such as `data:image/0f3a….png`; empty if there is none."""
    if not address.startswith(_PREFIX) or not address.isascii():
        return ""
    found = _EMBEDDED.fullmatch(address.strip().encode("ascii"))
    return _name(found["kind"], found["data"]) if found is not None else ""


def length_without_data(text: str) -> int:
    """Return the number of characters of a text without embedded base64 data of any type and without endless addresses.

    Parsing data and such addresses takes hardly any time, so they say nothing about the time that the text needs.
    """
    return len(text) - sum(found.end() - found.start() for found in _UNCOUNTED.finditer(text))


def is_embedded_name(source: str) -> bool:
    """Whether a source is the name of an embedded picture."""
    return _NAME.fullmatch(source) is not None


def embedded_places(content: bytes) -> dict[str, tuple[int, int]]:
    """Return the start and end of the base64 of each embedded picture in a file, by the names of the pictures."""
    found = (
        (_name(one["kind"] or one["output"], one["data"]), one.span("data")) for one in _EMBEDDED.finditer(content)
    )
    return {name: place for name, place in found if name}


def base64_of(written: bytes) -> bytes:
    """Return the base64 of a picture without white space, percent-encoding and JSON's syntax for lists of lines."""
    if b"\\" in written:
        written = written.replace(b"\\n", b"").translate(None, b'",')
    if b"%" in written:
        for escape, sign in _ESCAPES.items():
            written = written.replace(escape, sign)
    return b"".join(written.split())


def _name(kind: bytes, written: bytes) -> str:
    data = base64_of(written)
    if len(data) < _LEAST:
        return ""
    return f"{_PREFIX}{blake2s(data, digest_size=8).hexdigest()}.{kind.decode('ascii')}"
