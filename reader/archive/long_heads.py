"""Detection of headers that are longer than the part of the file that was read."""

import re

from reader.regex import regex

_BEGINNING = 1_024
_PAGE = regex(rb"<!doctype html|<html[\s>]|<head[\s>]|<title[\s>]", re.IGNORECASE)
_BODY = regex(rb"<body[\s>]|</head\s*>", re.IGNORECASE)
_FENCE = regex(rb"[\s\xef\xbb\xbf]*(-{3}|\+{3}|;{3})(?:yaml|toml|json)?[ \t]*\r?\n")


def is_head_incomplete(data: bytes) -> bool:
    """Whether front matter or the head of an HTML page begins in `data` but does not end there."""
    fence = _FENCE.match(data[:_BEGINNING])
    if fence is not None:
        return b"\n" + fence[1] not in data[fence.end() :]
    return _PAGE.search(data[:_BEGINNING]) is not None and _BODY.search(data) is None
