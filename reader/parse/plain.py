"""Plain text: what is a paragraph in it, told by blank lines, indents and the lengths of lines."""

import re

from reader.document.blocks import Block, Inline, Paragraph, Rule
from reader.document.cleaning import clean
from reader.parse.inline import WIDE, join_lines
from reader.parse.spans import inline

_WIDE = re.compile(f"[{WIDE}]")
_INDENT = re.compile("[\u3000\u2003\u00a0]| {2,}|\t")
_RULE = re.compile(r"\s*+([-=*_—─━~～])(?:[ \t]*+\1){2,}\s*+")
_NARROWEST, _WIDEST = 50, 110
"""Cells of lines that an editor has wrapped."""

_SHORT = 100
"""Cells; lines that are all shorter, between blank lines, are kept as lines, as in a poem or an address."""


def parse_plain(source: str) -> list[Block]:
    """The blocks of a plain text: paragraphs, and rules where a line is drawn with signs."""
    blocks: list[Block] = []
    chunk: list[str] = []
    lines = clean(source).expandtabs(4).strip("\n").split("\n")
    # Without blank lines between them there is no other sign of a paragraph than a line's end.
    spaced = any(not line.strip() for line in lines)
    for line in [*lines, ""]:
        if line.strip() and not _RULE.fullmatch(line):
            chunk.append(line)
            continue
        if chunk:
            blocks += map(_paragraph, _paragraphs(chunk, spaced=spaced))
            chunk.clear()
        if line.strip():
            blocks.append(Rule())
    return blocks


def _paragraphs(chunk: list[str], *, spaced: bool) -> list[str]:
    """The paragraphs in lines without a blank one between them; a newline inside one is a line break."""
    if len(chunk) == 1:
        return chunk
    indented = [bool(_INDENT.match(line)) for line in chunk]
    widths = [_cells(line) for line in chunk]
    if _wrapped(widths, indented):
        return _joined(chunk, indented)
    if spaced and max(widths) <= _SHORT and not any(indented):
        return ["\n".join(line.strip() for line in chunk)]
    return chunk


def _wrapped(widths: list[int], indented: list[bool]) -> bool:
    """Whether lines end where an editor's margin was, not where a paragraph does."""
    widest = max(widths)
    if not _NARROWEST <= widest <= _WIDEST:
        return False
    # The last line of a paragraph may be short.
    inner = [width for width, starts in zip(widths[:-1], indented[1:], strict=True) if not starts]
    return bool(inner) and all(width >= 0.75 * widest for width in inner)


def _joined(chunk: list[str], indented: list[bool]) -> list[str]:
    """Wrapped lines as paragraphs, one from each indented line on; all indented alike are one."""
    if all(indented):
        return [join_lines("\n".join(line.strip() for line in chunk))]
    paragraphs: list[list[str]] = []
    for line, starts in zip(chunk, indented, strict=True):
        if starts or not paragraphs:
            paragraphs.append([])
        paragraphs[-1].append(line.strip())
    return [join_lines("\n".join(lines)) for lines in paragraphs]


def _paragraph(text: str) -> Block:
    return Paragraph(Inline(inline(text, ()).text))


def _cells(line: str) -> int:
    body = line.rstrip()
    return len(body) + len(_WIDE.findall(body))
