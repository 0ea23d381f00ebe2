"""What a body is written in: told by its file's name and, where that leaves a choice, by its content.

A file named as Markdown is Markdown unless it holds nothing but HTML: archives made from feeds do. One named as HTML is
HTML. Any other is what its marks say.
"""

import re

from reader.archive.markup import markup_format
from reader.document.body import BodyFormat

_SAMPLE = 16_384
"""Characters of a body that are looked at."""

_MARKDOWN_NAMES = frozenset(("md", "markdown", "mdx", "mkd", "mdown", "mkdn", "mdwn", "qmd", "rmd"))
_PLAIN = frozenset(("org", "rst", "adoc", "gmi"))
"""Names of formats whose signs are not Markdown's."""
_HTML_NAMES = frozenset(("html", "htm", "xhtml", "xht"))

_TAG = re.compile(
    "</?(?:address|article|aside|audio|base|blockquote|body|br|center|dd|details|div|dl|dt|figure|font|footer|form|h[1-6]|head|header"
    "|hr|html|iframe|img|li|link|main|meta|nav|ol|p|picture|pre|script|section|small|span|strong|style|svg|table|tbody|td|th|title"
    "|tr|ul|video|a|b|em|i|ruby)(?=[\\s/>])",
    re.IGNORECASE,
)
_BLOCK = re.compile(
    "<(?:/p|br|p|div|h[1-6]|ul|ol|li|table|tr|td|blockquote|figure|section|img)(?=[\\s/>])", re.IGNORECASE
)
_ELEMENT = re.compile(
    "<(?P<end>/?)(?P<name>address|article|aside|blockquote|body|center|details|div|dl|figure|footer|form|h[1-6]|header|html|iframe"
    "|main|nav|ol|p|section|table|ul|video|audio|font|span)(?=[\\s/>])[^<>]*>|(?P<gap>\n[ \t]*\n)",
    re.IGNORECASE,
)
_LOOSE = frozenset(("p", "span", "font"))
"""Elements that an empty line ends where their end is missing."""

_HTML_SIGN = re.compile("</?[A-Za-z][^<>]*>|<!--|&(?:#[0-9]+|#[xX][0-9A-Fa-f]+|[A-Za-z]+);")
_ANY_TAG = re.compile("</?[A-Za-z][^<>]*>")
_BREAK = re.compile("<br\\s*/?>", re.IGNORECASE)
_DOCUMENT = re.compile("<(?:!doctype|html|head|body|\\?xml)\\b", re.IGNORECASE)
_VERBATIM = re.compile(
    "<(pre|script|style|code|textarea)\\b.*?(?:</\\1\\s*>|\\Z)|<!--.*?(?:-->|\\Z)", re.IGNORECASE | re.DOTALL
)

_CODE = re.compile("^ {0,3}(```|~~~).*?(?:^ {0,3}\\1|\\Z)|(`+)[^`\n]{1,400}\\2", re.MULTILINE | re.DOTALL)
"""Code in Markdown."""

_SURE = re.compile(
    "^ {0,3}#{1,6} +\\S"  # a heading
    "|^ {0,3}(?:```|~~~)"  # a fence
    "|^ {0,3}\\|?(?: *:?-{2,}:? *\\|)+ *:?-*:? *$"  # the rule under a table's head
    "|^[^\\s<].*\\n={3,} *$"  # an underlined heading
    "|!?\\[[^\\]\\n]{0,200}\\]\\((?:https?:|[./#\\w])[^)\\s]{0,500}[^)\\n]{0,200}\\)"  # a link or an image
    "|(?<![*\\w])\\*\\*[^*\\s][^*\\n]{0,200}\\*\\*(?![*\\w])",  # strong
    re.MULTILINE,
)
"""What only Markdown has. Hyphens under a line are no heading for certain: plain texts draw rules."""
_LIKELY = re.compile("^ {0,3}(?:[-*+] +\\S|> ?\\S|\\d{1,3}\\. +\\S)|`[^`\\n]+`|^ {0,3}(?:[-*_] ?){3,}$", re.MULTILINE)
"""What plain text may have too."""


def body_format(body: str, name: str = "") -> BodyFormat:
    """What `body` is written in; `name` is its file's."""
    suffix = name.lower().rpartition(".")[2] if "." in name else ""
    return markup_format(body, suffix) or _by_content(body, suffix)


def _by_content(body: str, suffix: str) -> BodyFormat:
    sample = body.lstrip()[:_SAMPLE]
    if _DOCUMENT.match(sample):
        return BodyFormat.HTML
    if suffix in _HTML_NAMES and _HTML_SIGN.search(sample):
        return BodyFormat.HTML
    if suffix in _MARKDOWN_NAMES:
        return BodyFormat.HTML if "<" in sample and _is_all_html(sample) else BodyFormat.MARKDOWN
    found = _by_marks(sample)
    return BodyFormat.TEXT if suffix in _PLAIN and found is BodyFormat.MARKDOWN else found


def _is_all_html(sample: str) -> bool:
    """Whether a text has no Markdown outside its elements: they hold all of it, or breaks part what they do not."""
    text = _CODE.sub("\0", sample)
    if not _TAG.search(text):
        return False
    text = _VERBATIM.sub("\n", text)
    outside = _outside(text)
    bare = _ANY_TAG.sub("", outside)
    marks = len(_SURE.findall(bare)) + outside.count("\0")
    if not bare.strip() and not marks:
        # An element around all of it may still hold Markdown, between empty lines.
        return 2 * len(_SURE.findall(_ANY_TAG.sub("", text))) <= len(_BLOCK.findall(text))
    if marks or _LIKELY.search(bare):
        return False
    held = len("".join(_ANY_TAG.sub("", text).split()))
    said = len("".join(bare.split()))
    if 5 * said < held:
        return True
    breaks = len(_BREAK.findall(outside))
    paragraphs = len(re.findall(r"\S[ \t]*\n[ \t]*\n+(?=\s*\S)", _BREAK.sub("", outside))) + 1
    return breaks >= 2 and breaks >= paragraphs


def _outside(text: str) -> str:
    """What stands in no element, breaks and other tags without content left in it."""
    pieces: list[str] = []
    opened: list[str] = []
    at = 0
    for found in _ELEMENT.finditer(text):
        if not opened:
            pieces.append(text[at : found.start()])
        at = found.end()
        if found["gap"]:
            if opened and _LOOSE.issuperset(opened):
                opened.clear()
            pieces.append("\n\n" if not opened else "")
        elif not found["end"]:
            opened.append(found["name"].lower())
        elif (element := found["name"].lower()) in opened:
            while opened.pop() != element:
                pass
    if not opened:
        pieces.append(text[at:])
    return "".join(pieces)


def _by_marks(sample: str) -> BodyFormat:
    """What a text is whose name does not tell."""
    tagged = sample.startswith("<!--") or _TAG.match(sample) is not None
    markdown = len(_SURE.findall(_without_verbatim(sample))) if _may_be_markdown(sample) else 0
    if tagged and not markdown:
        return BodyFormat.HTML
    blocks = len(_BLOCK.findall(sample if tagged else _CODE.sub("", sample))) if "<" in sample else 0
    # Markdown may begin with a logo in a <div>, and HTML may quote a line of Markdown.
    if blocks and (tagged or blocks >= 3) and markdown * 2 <= blocks:
        return BodyFormat.HTML
    if markdown >= 2 or (markdown and _LIKELY.search(sample)):
        return BodyFormat.MARKDOWN
    return BodyFormat.TEXT


def _may_be_markdown(sample: str) -> bool:
    """Whether there is a mark without which nothing can be sure: looking for that takes longer than all else."""
    is_marked = any(mark in sample for mark in ("# ", "](", "```", "~~~", "**", "==="))
    return is_marked or ("--" in sample and "|" in sample)


def _without_verbatim(sample: str) -> str:
    """The sample without code in HTML, where a `#` begins a comment."""
    return _VERBATIM.sub("", sample) if "<" in sample else sample
