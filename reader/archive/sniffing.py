"""What a body is written in: told by its content; its file's name only breaks a tie."""

import re

from reader.archive.markup import markup_format
from reader.document.body import BodyFormat

_MARKDOWN = frozenset({"md", "markdown", "mdx", "mkd", "mdown", "qmd", "rmd"})
_PLAIN = frozenset({"org", "rst", "adoc", "gmi"})
"""Formats that nothing here reads yet: they are shown as they are written."""

_SAMPLE = 8_192
"""Characters of a body that are looked at."""

_TAG = re.compile(
    "</?(?:address|article|aside|audio|base|blockquote|body|br|center|dd|details|div|dl|dt|figure|font|footer|form|h[1-6]|head|header"
    "|hr|html|iframe|img|li|link|main|meta|nav|ol|p|picture|pre|script|section|small|span|strong|style|svg|table|tbody|td|th|title"
    "|tr|ul|video|a|b|em|i|ruby)(?=[\\s/>])",
    re.IGNORECASE,
)
_BLOCK = re.compile(
    "<(?:/p|br|p|div|h[1-6]|ul|ol|li|table|tr|td|blockquote|figure|section|img)(?=[\\s/>])", re.IGNORECASE
)
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
    "|^[^\\s<].*\\n(?:={3,}|-{3,})[ ]*$"  # an underlined heading
    "|!?\\[[^\\]\\n]{0,200}\\]\\((?:https?:|[./#\\w])[^)\\s]{0,500}[^)\\n]{0,200}\\)"  # a link or an image
    "|(?<![*\\w])\\*\\*[^*\\s][^*\\n]{0,200}\\*\\*(?![*\\w])",  # strong
    re.MULTILINE,
)
"""What only Markdown has."""
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
    tagged = sample.startswith("<!--") or _TAG.match(sample) is not None
    markdown = len(_SURE.findall(_without_verbatim(sample))) if _may_be_markdown(sample) else 0
    if tagged and not markdown:
        return BodyFormat.HTML
    blocks = len(_BLOCK.findall(sample if tagged else _CODE.sub("", sample))) if "<" in sample else 0
    # Markdown may begin with a logo in a <div>, and HTML may quote a line of Markdown.
    if blocks and (tagged or blocks >= 3) and markdown * 2 <= blocks:
        return BodyFormat.HTML
    if suffix in {"html", "htm"} and blocks:
        return BodyFormat.HTML
    if suffix in _PLAIN:
        return BodyFormat.TEXT
    is_markdown = suffix in _MARKDOWN or markdown >= 2 or (markdown and _LIKELY.search(sample))
    return BodyFormat.MARKDOWN if is_markdown else BodyFormat.TEXT


def _may_be_markdown(sample: str) -> bool:
    """Whether there is a mark without which nothing can be sure: looking for that takes longer than all else."""
    is_marked = any(mark in sample for mark in ("# ", "](", "```", "~~~", "**", "---", "==="))
    return is_marked or ("--" in sample and "|" in sample)


def _without_verbatim(sample: str) -> str:
    """The sample without code in HTML, where a `#` begins a comment."""
    return _VERBATIM.sub("", sample) if "<" in sample else sample
