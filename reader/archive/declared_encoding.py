"""The encoding that an HTML page declares (WHATWG HTML, “prescan a byte stream to determine its encoding”)."""

import re
from collections.abc import Iterator

from reader.regex import regex

SEARCHED = 65_536
"""Bytes searched for a declaration: more than the standard's 1,024, because style sheets may come first."""

_TOKEN = regex(
    rb"<!--.*?(?:--!?>|\Z)"
    # The content of these elements is raw text (or RCDATA), so browsers' tokenizers skip it as a whole.
    rb"|<(script|style|title|textarea|xmp|iframe|noembed|noframes)\b.*?(?:</\1\b|\Z)"
    rb"|<\?xml\s(?P<xml>[^>]*)"
    rb"|<(?P<meta>meta)(?=[\s/])",
    re.IGNORECASE | re.DOTALL,
)
_ATTRIBUTE = regex(rb"""[\s/]*+([^\s/>=]++)(?:\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s>"']++)))?""")
_ATTRIBUTES_AT_MOST = 40
_XML_ENCODING = regex(rb"""\bencoding\s*=\s*["']([^"']{1,40})["']""", re.IGNORECASE)
_CONTENT_CHARSET = regex(rb"""charset\s*=\s*(?:"([^"]{1,40})"|'([^']{1,40})'|([^\s;"']{1,40}))""", re.IGNORECASE)


def declared_labels(data: bytes) -> Iterator[str]:
    """Yield the encoding labels, in lower case, that a page declares in `<meta>` or in an XML declaration.

    Only the `charset` attribute and the `content` of `http-equiv=content-type` count; comments, scripts,
    descriptions and `data-charset` do not.
    """
    data = data[:SEARCHED]
    if b"harset" not in data and b"ncoding" not in data and b"HARSET" not in data and b"NCODING" not in data:
        return
    for token in _TOKEN.finditer(data):
        label = None
        if token["meta"] is not None:
            label = _meta_label(data, token.end())
        elif token["xml"] is not None and token.start() <= 4:
            found = _XML_ENCODING.search(token["xml"])
            label = found[1] if found else None
        if label:
            yield label.strip().decode("ascii", "replace").lower()


def _meta_label(data: bytes, position: int) -> bytes | None:
    """Return the label declared by a `<meta>` whose attributes begin at `position`, or None."""
    charset = content = None
    is_content_type = False
    for _number in range(_ATTRIBUTES_AT_MOST):
        match = _ATTRIBUTE.match(data, position)
        if match is None:
            break
        position = match.end()
        name = match[1].lower()
        value = match[2] or match[3] or match[4] or b""
        if name == b"charset" and charset is None:
            charset = value
        elif name == b"http-equiv":
            is_content_type = value.strip().lower() == b"content-type"
        elif name == b"content" and content is None and (found := _CONTENT_CHARSET.search(value)):
            content = found[1] or found[2] or found[3]
    return charset or (content if is_content_type else None)
