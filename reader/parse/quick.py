"""The text of a body without its document: what the full-text index needs of most bodies, in a fifth of the time.

Only bodies of plain markup are read so, and they give the text that `parse` gives, but for marks at the ends of
headings. Whatever might make a difference beyond that is left to `parse`.
"""

import re
from dataclasses import dataclass
from html import unescape

from reader.document.body import Body, BodyFormat
from reader.document.cleaning import clean
from reader.parse.inline import soften
from reader.parse.repair import repair
from reader.parse.spans import BLANKS
from reader.parse.tags import BLOCKS, names

_TABLE = names("table thead tbody tfoot tr td th")
_CODE = names("pre code")
_PLAIN = (
    names(
        "p div br span strong b em i u font a img h1 h2 h3 h4 h5 h6 ul ol li blockquote hr center small sub sup s del "
        "ins mark section article"
    )
    | _TABLE
    | _CODE
)
_TAG = re.compile("<(/?[A-Za-z][^\\s/<>]*+)([^<>]*+)>")
_TELLING = re.compile(
    r"""(?:class|id)\s*=\s*["']?[^"'<>]*(?:anchor|headerlink|copy-?b|btn-copy|copy-code|code-copy|foot|note|katex|mathjax|gutter"""
    r"""|line-?no|line-num|emoji|emoticon|smiley|\b(?:math|formula|latex|tex|equation|ee_img)\b)"""
    r"""|href\s*=\s*["']?\s*\#|data-(?:tex|latex|formula)|\balt\s*=\s*(?:["']\s*)?[^\s"'>]""",
    re.IGNORECASE,
)
"""In attributes: controls, footnotes, formulas, and pictures with a text, about which the parser does more."""
_COPY_BUTTON = re.compile(
    r"""<(span|button)\s[^<>]{0,80}?class=["']?[^"'<>]{0,80}\bcopy-code-btn\b[^<>]{0,80}>\s*复制代码\s*</\1>"""
)
_NO_ENDS = names("/br /hr /img")
_CELLS = names("table /table td th")
_ARE_TABLES = re.compile("(?:table(?: t[dh]){2,}+ /table ?)++")
"""A single cell is no table, and one table in another may be anything."""
_FORMULAS = ("\\(", "\\[", "$$")

_LEAF, _PICTURE, _APART = "\0", "\x01", "\x02"
_RUN = re.compile(f"[ \t\n{_APART}]+")
_LINK = re.compile(r"""(?:^|\s)href\s*=\s*["']?\s*(?!javascript:|vbscript:|data:)[^\s"'>#]""", re.IGNORECASE)
_SHOWN = re.compile(r"""(?:^|\s)src\s*=\s*["']?\s*(?!data:|about:|javascript:)[^\s"'>]""", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class QuickText:
    """What is said in a body.

    Attributes:
        leaves: The texts of its lines and paragraphs, none of them empty.
        holds: What there is besides: image, link, table, code.
    """

    leaves: tuple[str, ...]
    holds: frozenset[str]


def quick_text(body: Body) -> QuickText | None:
    """The text of a body of plain HTML, or None where only `parse` can tell."""
    if body.format is not BodyFormat.HTML or any(mark in body.text for mark in _FORMULAS):
        return None
    parts = _TAG.split(repair(_COPY_BUTTON.sub("", clean(body.text))))
    tags = [tag.lower() for tag in parts[1::3]]
    attributes = ">".join(filter(None, parts[2::3]))
    if not _is_plain(tags) or (attributes and (_TELLING.search(attributes) or not _are_plain(tags, parts))):
        return None
    whole = _said(tags, parts[0::3])
    if whole is None:
        return None
    if "img" in tags:
        if _is_beside_picture(whole):
            return None
        whole = whole.replace(_PICTURE, _LEAF)
    whole = _RUN.sub(" ", soften(whole))
    leaves = tuple(leaf for line in whole.split(_LEAF) if (leaf := line.strip(BLANKS)))
    holds = {"image": "img" in tags, "table": "table" in tags, "code": "pre" in tags}
    holds["link"] = any(tag == "a" and _LINK.search(said) for tag, said in zip(tags, parts[2::3], strict=True))
    return QuickText(leaves, frozenset(name for name, there in holds.items() if there))


def _is_plain(tags: list[str]) -> bool:
    """Whether the elements are none about which the parser does more than to read what is in them."""
    kinds = set(tags)
    if not {tag.lstrip("/") for tag in kinds} <= _PLAIN or kinds & _NO_ENDS:
        return False
    return "table" not in kinds or _ARE_TABLES.fullmatch(" ".join(tag for tag in tags if tag in _CELLS)) is not None


def _are_plain(tags: list[str], parts: list[str]) -> bool:
    """Whether every picture has an address, and every link a text of its own."""
    for tag, attributes, text in zip(tags, parts[2::3], parts[3::3], strict=True):
        if tag == "img" and not _SHOWN.search(attributes):
            return False
        if tag == "a" and not text.strip() and _LINK.search(attributes):
            return False
    return True


def _is_beside_picture(whole: str) -> bool:
    """Whether anything is said on the line of a picture."""
    between = [text.strip() for text in whole.replace(_APART, " ").split(_PICTURE)]
    before, behind = between[:-1], between[1:]
    return not all(text.endswith(_LEAF) for text in before if text) or not all(
        text.startswith(_LEAF) for text in behind if text
    )


def _said(tags: list[str], texts: list[str]) -> str | None:
    """All texts, with marks for the ends of leaves, for pictures, and for white space that is all between two tags."""
    said: list[str] = []
    in_code = False
    # A text may stand before the first tag.
    for tag, raw in zip(["", *tags], texts, strict=True):
        name = tag.lstrip("/")
        if name in BLOCKS or name == "br":
            said.append(_LEAF)
            if name == "pre":
                in_code = tag == name
        elif name == "img":
            said.append(_PICTURE)
        elif name == "code" and not in_code:
            # Several lines of it may be a block.
            return None
        if "<" in raw:
            return None
        text = clean(unescape(raw)) if "&" in raw else raw
        if in_code:
            text = text.replace("\n", _LEAF)
        # White space that is all between two tags is never closed up.
        said.append(_APART if text.isspace() else text)
    return "".join(said)
