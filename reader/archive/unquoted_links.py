"""Links and hashtags that Logseq and Roam write in YAML headers without quotation marks."""

import re

from reader.regex import regex

_LINKS = regex(
    r"^([^\s:#\"'\[{-][^:\n]{0,60}:[ \t]+)(\[\[[^\[\]\n]{1,200}\]\][ \t]*(?:[,，、;；]|\[\[|#[^\s#])[^\n]*)",
    re.MULTILINE,
)
"""A key with several links, `authors: [[A]], [[B]]`, which is not valid YAML."""
_HASHTAGS = regex(
    r"^((?:tags?|keywords)[ \t]*:[ \t]+)(#[^\s#][^\n]*+)"
    # Empty lines and further comments may precede the list.
    r"(?!(?:\n[ \t]*+(?:#[^\n]*+|\r?+)(?=\n))*+\n(?:[ \t]+[^\s#]|-[ \t]))",
    re.MULTILINE | re.IGNORECASE,
)
"""Tags that YAML parses as a comment: `tags: #a, #b`. Above a list of tags, it is a comment."""


def with_quoted_links(header: str) -> str:
    """Return a YAML header with such links and hashtags in quotation marks; line numbers do not change."""
    if "[[" in header:
        header = _LINKS.sub(_quoted, header)
    return _HASHTAGS.sub(_quoted, header) if "#" in header else header


def _quoted(found: re.Match[str]) -> str:
    value = found[2].rstrip().replace("'", "''")
    return f"{found[1]}'{value}'"
