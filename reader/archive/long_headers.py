"""Detection of headers and first pictures that are longer than the part of the file that was read."""

import re

from reader.regex import regex

_BEGINNING = 1_024
_PAGE = regex(rb"<!doctype html|<html[\s>]|<head[\s>]|<title[\s>]", re.IGNORECASE)
_BODY = regex(rb"<body[\s>]|</head\s*>", re.IGNORECASE)
_HEADLINE_END = regex(rb"</h1\s*>", re.IGNORECASE)
_DESCRIPTION = b"application/ld+json"
_WECHAT = regex(rb"""property=["']?og:url["']?\s+content=["']?https?://mp\.weixin\.qq\.com/""")
_FENCE = regex(rb"[\s\xef\xbb\xbf]*(-{3}|\+{3}|;{3})(?:yaml|toml|json)?[ \t]*\r?\n")


_PICTURE = b";base64,"
_EMBEDDED = regex(rb"data:[\w/+.-]{1,80};base64,[A-Za-z0-9+/=\s]*+")


def is_head_incomplete(data: bytes) -> bool:
    """Whether `data`, the beginning of a file, lacks metadata.

    This is so if front matter, or a picture above the text, does not end within `data`, or if a page has no `<body>`,
    headline or JSON-LD there. Many sites write the JSON-LD below the text.
    """
    if _PICTURE in data and _is_picture_cut(data):
        return True
    fence = _FENCE.match(data[:_BEGINNING])
    if fence is not None:
        return b"\n" + fence[1] not in data[fence.end() :]
    return _PAGE.search(data[:_BEGINNING]) is not None and (
        _DESCRIPTION not in data or _HEADLINE_END.search(data) is None or _BODY.search(data) is None
    )


def is_of_wechat(data: bytes) -> bool:
    """Whether a file that begins with `data` is a page of WeChat, whose last script has the metadata."""
    return _WECHAT.search(data) is not None


def _is_picture_cut(data: bytes) -> bool:
    """Whether `data` ends within an embedded picture, with little text above it, so that the title may follow."""
    said, count = _EMBEDDED.subn(b"", data)
    return count > 0 and len(said) < _BEGINNING and _EMBEDDED.fullmatch(data, data.rfind(b"data:")) is not None
