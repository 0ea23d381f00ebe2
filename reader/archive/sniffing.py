"""Detection of the format of a body by the file name and, if that is ambiguous, by the content.

A file named as Markdown is Markdown unless it contains only HTML, as in archives made from feeds. A file named as HTML
is HTML. The format of any other file depends on its content.
"""

import re

from reader.archive.markup import markup_format
from reader.archive.suffixes import BOOKS, MARKDOWN, NOTEBOOK, PAGES, RARE_MARKDOWN, SCRIPTS, WEB_ARCHIVES
from reader.document.body import BodyFormat
from reader.regex import regex

_PROGRAM = regex(rb"<\?(?:php\b|=)|<%[@=!\s]")
_PAGE = regex(rb"<(?:!doctype\s+html|html|head|body|article|div|p)[\s>]", re.IGNORECASE)
_SAMPLE = 16_384
"""Characters of a body that are examined."""

_MARKDOWN = frozenset((*MARKDOWN, *RARE_MARKDOWN, NOTEBOOK))
_HTML = frozenset((*PAGES, *WEB_ARCHIVES, BOOKS, *SCRIPTS))

_MIME_TYPES = {
    "text/markdown": BodyFormat.MARKDOWN,
    "text/x-markdown": BodyFormat.MARKDOWN,
    "text/html": BodyFormat.HTML,
    "text/plain": BodyFormat.TEXT,
    "text/vnd.tiddlywiki": BodyFormat.TIDDLYWIKI,
}
"""The formats of tiddlers that are articles, by the MIME types in their headers."""

_TAG = regex(
    "</?(?:address|article|aside|audio|base|blockquote|body|br|center|dd|details|div|dl|dt|figure|font|footer|form|h[1-6]|head|header"
    "|hr|html|iframe|img|li|link|main|meta|nav|ol|p|picture|pre|script|section|small|span|strong|style|svg|table|tbody|td|th|title"
    "|tr|ul|video|a|b|em|i|ruby)(?=[\\s/>])",
    re.IGNORECASE,
)
_BLOCK = regex("<(?:/p|br|p|div|h[1-6]|ul|ol|li|table|tr|td|blockquote|figure|section|img)(?=[\\s/>])", re.IGNORECASE)
_ELEMENT = regex(
    "<(?P<end>/?)(?P<name>address|article|aside|blockquote|body|center|details|div|dl|figure|footer|form|h[1-6]|header|html|iframe"
    "|main|nav|ol|p|section|table|ul|video|audio|font|span)(?=[\\s/>])[^<>]*>|(?P<gap>\n[ \t]*\n)",
    re.IGNORECASE,
)
_LOOSE = frozenset(("p", "span", "font"))
"""Elements that an empty line closes if their end tag is missing."""

_HTML_SIGN = regex("</?[A-Za-z][^<>]*>|<!--|&(?:#[0-9]+|#[xX][0-9A-Fa-f]+|[A-Za-z]+);")
_ANY_TAG = regex("</?[A-Za-z][^<>]*>")
_BREAK = regex("<br\\s*/?>", re.IGNORECASE)
_DOCUMENT = regex("<(?:!doctype|html|head|body|\\?xml)\\b", re.IGNORECASE)
_VERBATIM = regex(
    "<(pre|script|style|code|textarea)\\b.*?(?:</\\1\\s*>|\\Z)|<!--.*?(?:-->|\\Z)", re.IGNORECASE | re.DOTALL
)

_CODE = regex("^ {0,3}(```|~~~).*?(?:^ {0,3}\\1|\\Z)|(`+)[^`\n]{1,400}\\2", re.MULTILINE | re.DOTALL)
"""Code in Markdown."""
_FENCED = regex(
    "^```[ \t]*+[\\w+#.-]*+[ \t]*+\n(?:(?!```)(?![^\n]*</?(?:br|p|div)\\b)[^\n]*\n){1,400}```[ \t]*$", re.MULTILINE
)
"""Fenced code that is not part of HTML: no line of it has a tag `br`, `p` or `div`."""

_SURE = regex(
    "^ {0,3}#{1,6} +\\S"  # a heading
    "|^ {0,3}(?:```|~~~)"  # a fence
    "|^ {0,3}\\|?(?: *:?-{2,}:? *\\|)+ *:?-*:? *$"  # the delimiter row of a table
    "|^[^\\s<].*\\n={3,} *$"  # a setext heading
    "|!?\\[[^\\]\\n]{0,200}\\]\\((?:https?:|[./#\\w])[^)\\s]{0,500}[^)\\n]{0,200}\\)"  # a link or an image
    "|(?<![*\\w])\\*\\*[^*\\s][^*\\n]{0,200}\\*\\*(?![*\\w])",  # strong
    re.MULTILINE,
)
"""Syntax that only Markdown has. A line of hyphens below text does not count, since plain texts draw rules."""
_COMMENT_LINE = regex("^# +\\S.*\n(?=[^\n#])", re.MULTILINE)
"""A heading with text directly below it; it may be a comment in a script."""
_HEADED = regex("#{1,6} +\\S[^\n]*\n[ \\t]*(?:\n|\\Z)")
"""A heading at the top of a text, above an empty line."""
_LIKELY = regex("^ {0,3}(?:[-*+] +\\S|> ?\\S|\\d{1,3}\\. +\\S)|`[^`\\n]+`|^ {0,3}(?:[-*_] ?){3,}$", re.MULTILINE)
"""Syntax that plain text may have too."""


def body_format(body: str, name: str = "", declared: object = None) -> BodyFormat:
    """Return the format of `body`; `name` is the name of its file, `declared` the MIME type that its header states."""
    if isinstance(declared, str) and declared in _MIME_TYPES:
        return _MIME_TYPES[declared]
    suffix = "." + name.lower().rpartition(".")[2] if "." in name else ""
    return markup_format(body, suffix) or _by_content(body, suffix)


def is_program(data: bytes) -> bool:
    """Whether a file with the suffix of a program (`.php`) is that program, and not a saved page."""
    return _PROGRAM.search(data) is not None or _PAGE.search(data, 0, _SAMPLE) is None


def is_armoured(data: bytes) -> bool:
    """Whether a file is a key, a signature or a message of PGP (RFC 9580, 6.2)."""
    return data.lstrip().startswith(b"-----BEGIN PGP ")


def _by_content(body: str, suffix: str) -> BodyFormat:
    sample = body.lstrip()[:_SAMPLE]
    if _DOCUMENT.match(sample):
        is_mixed = suffix in _MARKDOWN and _has_fence(sample)
        return BodyFormat.MARKDOWN if is_mixed else BodyFormat.HTML
    if suffix in _HTML and _HTML_SIGN.search(sample):
        return BodyFormat.HTML
    if suffix in _MARKDOWN:
        return BodyFormat.HTML if "<" in sample and _is_all_html(sample) else BodyFormat.MARKDOWN
    if not suffix and _HEADED.match(sample):
        # Standard input has no file name that would decide.
        return BodyFormat.MARKDOWN
    return _by_syntax(sample)


def _has_fence(sample: str) -> bool:
    """Whether an HTML text has fenced code, as in posts that were migrated from another blog to a generator."""
    return "\n```" in sample and _FENCED.search(_VERBATIM.sub("\n", sample)) is not None


def _is_all_html(sample: str) -> bool:
    """Whether a text has no Markdown outside its elements: they contain all text, or `<br>` separates the rest."""
    # Search for a tag both before and after removing code: most texts have none, and finding code is slow.
    if not _TAG.search(sample) or _has_fence(sample) or not _TAG.search(text := _CODE.sub("\0", sample)):
        return False
    text = _VERBATIM.sub("\n", text)
    outside = _text_outside_elements(text)
    bare = _ANY_TAG.sub("", outside)
    marks = len(_SURE.findall(bare)) + outside.count("\0")
    if "\n\n" in outside.strip() and not _BLOCK.search(text):
        # Without blocks, HTML would be one paragraph; the empty lines are those of Markdown.
        return False
    if not bare.strip() and not marks:
        # Within an element around everything, there may still be Markdown between empty lines.
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


def _text_outside_elements(text: str) -> str:
    """Return the text outside all elements, including `<br>` and other void tags."""
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


def _by_syntax(sample: str) -> BodyFormat:
    """Return the format of a text whose file name does not determine it."""
    tagged = sample.startswith("<!--") or _TAG.match(sample) is not None
    markdown = 0
    if _may_be_markdown(sample):
        bare = _without_verbatim(sample)
        markdown = len(_SURE.findall(bare)) - len(_COMMENT_LINE.findall(bare))
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
    """Whether `_SURE` could match at all: a cheap test that avoids the slow search."""
    is_marked = any(mark in sample for mark in ("# ", "](", "```", "~~~", "**", "==="))
    return is_marked or ("--" in sample and "|" in sample)


def _without_verbatim(sample: str) -> str:
    """Remove code in HTML from the sample, because `#` begins a comment there."""
    return _VERBATIM.sub("", sample) if "<" in sample else sample
