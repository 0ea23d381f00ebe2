"""Code blocks in Markdown: fences with the language, the title, the line numbers and the marked lines."""

import re

from reader.document.blocks import CodeBlock, Inline
from reader.document.tabs import typed
from reader.export.markdown_spans import is_plain
from reader.parse.marked_lines import line_info, marked_lines
from reader.regex import regex

_INFO = regex(r"""[^"`\n\[\]{}]*[^\s"`\n\[\]{}][^"`\n\[\]{}]*""")
"""A title that can be written in an info string."""


def is_info(title: Inline) -> bool:
    """Whether a title can be written beside the language of a fence."""
    return is_plain(title) and title.text == title.text.strip() and _INFO.fullmatch(title.text) is not None


def write_code(block: CodeBlock, title: str = "") -> list[str]:
    """Return the lines of a code block; none if it is blank."""
    text = typed(block.text)
    if not text.strip():
        return []
    fence = "`" * max(3, 1 + max(map(len, re.findall("`+", text)), default=0))
    name = re.sub(r"[`\s]", "", block.language)
    marked = line_info(marked_lines(block.text))
    if title or block.first_line or marked:
        # Without a language, the first word after the fence would become one.
        name = name or "text"
    info = f'{name} title="{title}"' if title else name
    if block.first_line:
        info += " linenos" if block.first_line == 1 else f" linenos first_line={block.first_line}"
    return [f"{fence}{info} {marked}".rstrip(), *text.split("\n"), fence]
