"""Content of WeChat pages that only scripts display: posts of pictures or of plain text, and reprinted articles."""

import re
from collections.abc import Iterator
from html import escape

from reader.document.javascript_strings import CLOSED_OR_NOT, QUOTED, javascript_string
from reader.parse.html_tokens import decoded
from reader.regex import regex

_KIND = regex(r"\bitem_show_type\s*[:=]\s*['\"]?(?:8|10)\b")
"""The type of a page: 8 is a post of pictures, 10 a post of text; articles have 0."""
_TEXT = regex(rf"\bcontent_noencode\s*:\s*(?:JsDecode\(\s*)?({QUOTED})", re.DOTALL)
_PICTURES = regex(r"\bpicture_page_info_list\s*[:=]\s*\[\s*(?=\{)")
_TOKEN = regex(
    rf"[\[{{]|[\]}}]|\bcdn_url\s*:\s*(?:JsDecode\(\s*)?(?P<address>{QUOTED})|{CLOSED_OR_NOT}",
    re.DOTALL,
)
_TOKENS_AT_MOST = 50_000
_PICTURE_DEPTH = 2
"""The number of brackets around the URL of a picture; URLs in more brackets are those of watermarks and covers."""


def wechat_post(source: str) -> str:
    """Return the pictures and the text of a post as HTML; empty for any other page."""
    if "content_noencode" not in source or _KIND.search(source) is None:
        return ""
    pictures = "".join(f'<p><img src="{escape(address)}"></p>' for address in _pictures(source))
    return pictures + "".join(f"<p>{line}</p>" for line in _content(source).splitlines() if line.strip())


def wechat_article(source: str) -> str:
    """Return the article in the data of a page as HTML; the page of a reprint itself shows only the source."""
    return _content(source) if "content_noencode" in source else ""


def _content(source: str) -> str:
    # The data occur a second time for a quoted article, with an empty text if there is none.
    return max((javascript_string(written) for written in _TEXT.findall(source)), key=len, default="")


def _pictures(source: str) -> Iterator[str]:
    listed = _PICTURES.search(source)
    if listed is None:
        return
    depth = 1
    for number, token in enumerate(_TOKEN.finditer(source, listed.end())):
        if token["address"]:
            if depth == _PICTURE_DEPTH:
                yield decoded(javascript_string(token["address"]))
        elif token[0] in "[{":
            depth += 1
        elif token[0] in "]}":
            depth -= 1
        if not depth or number == _TOKENS_AT_MOST:
            return
