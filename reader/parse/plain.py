"""Plain text: what is a paragraph in it, told by blank lines, indents and the lengths of lines."""

import re
from collections.abc import Iterator

from reader.document.blocks import Block, CodeBlock, Inline, Paragraph, Rule
from reader.document.cleaning import clean
from reader.parse.inline import WIDE, join_lines
from reader.parse.linebreaks import is_wrapped
from reader.parse.spans import inline

_WIDE = re.compile(f"[{WIDE}]")
_INDENT = re.compile("[\u3000\u2003\u00a0]| {2,}|\t")
_RULE = re.compile(r"\s*+([-=*_—─━~～])(?:[ \t]*+\1){2,}\s*+")
_DRAWN = re.compile(r"[+|]-{2,}|-{2,}[+|>]|\S {3,}\S|[─│┌┐└┘├┤┬┴┼═║╔╗╚╝]|^[|+].*[|+]$")
"""What a line of a drawing holds."""

_NARROWEST, _WIDEST = 50, 110
"""Cells of lines that an editor has wrapped."""

_SHORT = 100
"""Cells; lines that are all shorter, between blank lines, are kept as lines, as in a poem or an address."""

_BLANK = re.compile(r"^[^\S\n]*$", re.MULTILINE)
_SENTENCE_END = re.compile(r"""[.!?。！？…．]["'”’」』）)]*\s*\Z""")
_MANY, _MOST = 1_000, 2_000
"""Lines without a blank one between them after which a sentence's end, and any line's, ends a paragraph.

No author writes such a paragraph, and the whole of a file as one would be joined, measured and set at once.
"""


def parse_plain(source: str) -> list[Block]:
    """The blocks of a plain text: paragraphs, and rules where a line is drawn with signs."""
    blocks: list[Block] = []
    chunk: list[str] = []
    text = clean(source)
    text = (text.expandtabs(4) if "\t" in text else text).strip("\n")
    # Without blank lines between them there is no other sign of a paragraph than a line's end.
    spaced = _BLANK.search(text) is not None

    def end_chunk() -> None:
        if chunk:
            blocks.extend(_together(chunk) or map(_paragraph, _paragraphs(chunk, spaced=spaced)))
            chunk.clear()

    for line in _lines(text):
        if line.strip() and not _RULE.fullmatch(line):
            chunk.append(line)
            if len(chunk) >= _MANY and (len(chunk) >= _MOST or _SENTENCE_END.search(line[-8:])):
                end_chunk()
            continue
        end_chunk()
        if line.strip():
            blocks.append(Rule())
    end_chunk()
    return blocks


def _together(chunk: list[str]) -> list[Block] | None:
    """Lines that are all indented alike by blanks: a wrapped paragraph, a drawing, or lines that belong together.

    None for any others, and for lines each of which is a paragraph with its own indent.
    """
    indent = len(chunk[0]) - len(chunk[0].lstrip(" "))
    bare = [line.strip() for line in chunk]
    if len(chunk) < 2 or not indent:
        return None
    if all(line[indent : indent + 1].strip() or line.startswith(" " * indent) for line in chunk) and _is_drawn(bare):
        least = min(len(line) - len(line.lstrip(" ")) for line in chunk)
        return [CodeBlock(Inline("\n".join(line[least:].rstrip() for line in chunk)))]
    if any(len(line) - len(line.lstrip(" ")) != indent or line[indent] == "\u3000" for line in chunk):
        return None
    ended = sum(_SENTENCE_END.search(line[-8:]) is not None for line in bare[:-1])
    if 2 * ended >= len(bare) - 1 and not bare[0].isascii():
        return None
    if is_wrapped([_cells(line) for line in bare]):
        return [_paragraph(join_lines("\n".join(bare)))]
    return [_paragraph("\n".join(bare))] if max(map(_cells, bare)) <= _SHORT and 2 * ended < len(bare) - 1 else None


def _is_drawn(lines: list[str]) -> bool:
    """Whether lines are a drawing in signs or a table in columns: their blanks have a meaning."""
    drawn = sum(_DRAWN.search(line) is not None for line in lines)
    return 2 * drawn > len(lines)


def _lines(text: str) -> Iterator[str]:
    """The lines of a text, one at a time: of a large one, all at once take more memory than the text."""
    start = 0
    while (end := text.find("\n", start)) >= 0:
        yield text[start:end]
        start = end + 1
    yield text[start:]


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
