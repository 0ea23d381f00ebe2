"""The plain text parser: paragraphs are detected by blank lines, indents and line widths."""

import re
from collections.abc import Iterator
from itertools import groupby, pairwise

from reader.document.blocks import Block, CodeBlock, Inline, Paragraph, Rule
from reader.document.sanitizing import clean
from reader.parse.inline import WIDE, join_lines
from reader.parse.source_line_breaks import is_wrapped
from reader.parse.spans import inline
from reader.regex import regex
from reader.settings.options import SourceBreaks

_WIDE = regex(f"[{WIDE}]")
_INDENT = regex("[\u3000\u2003\u00a0]| {2,}|\t")
_MIXED = regex("^(?: +\u00a0|\u00a0+ )[ \u00a0]*", re.MULTILINE)
"""An indent of both spaces and no-break spaces, as text browsers write it on some lines."""
_RULE = regex(r"\s*+([-=*_—─━~～])(?:[ \t]*+\1){2,}\s*+")
_ITEM = regex("\\s*(?:[(（]?\\d{1,3}[)）]|\\d{1,3}[.、](?!\\d)|[①-⑳]|[-*+・•●○◎■□◆◇※](?![-*+]))")
"""The beginning of an item of a list."""
_DRAWN = regex(r"[+|]-{2,}|-{2,}[+|>]|\S {3,}\S|[─│┌┐└┘├┤┬┴┼═║╔╗╚╝]|^[|+].*[|+]$")
"""Characters that identify a line of ASCII art or of a table."""

_COLUMNS = regex(r"^[!-~][ -~]* {4}[!-~]")
"""A line in ASCII that is divided into columns."""

_NARROWEST, _WIDEST = 50, 110
"""The range of the width of the longest wrapped line, in cells."""

_SHORT = 100
"""The width in cells up to which lines between blank lines stay separate, as in a poem or an address."""

_BLANK = regex(r"^[^\S\n]*$", re.MULTILINE)
_NEWLINES = "\n" * 4_096
_STOPS = ("。", "…", "”", "」", "』", ".", "，", "、", ",")
"""Ends of lines of running text, which titles do not have."""
_SENTENCE_END = regex(r"""[.!?。！？…．]["'”’」』）)]*\s*\Z""")
_MANY, _MOST = 1_000, 2_000
"""The number of lines after which a chunk without blank lines ends with the next sentence; and the maximum.

No real paragraph is so long, and laying out a whole file as one paragraph would be slow.
"""


def parse_plain(source: str, breaks: SourceBreaks = SourceBreaks.AUTO) -> list[Block]:
    """Parse plain text into paragraphs, and into thematic breaks for lines of repeated symbols.

    ASCII art keeps its lines whatever `breaks` says. In a text without blank lines each line is a paragraph, unless the
    text is wrapped.
    """
    blocks: list[Block] = []
    chunk: list[str] = []
    text = clean(source)
    text = text.expandtabs(4) if "\t" in text else text
    text = _MIXED.sub(lambda found: " " * len(found[0]), text) if "\u00a0" in text else text
    # In a text without blank lines, every line break may end a paragraph.
    spaced = _BLANK.search(text, *_without_outer_newlines(text)) is not None

    def end_chunk() -> None:
        if chunk:
            blocks.extend(
                _hanging(chunk, breaks)
                or _together(chunk, breaks)
                or _stepped(chunk, breaks)
                or map(_paragraph, _paragraphs(chunk, breaks, spaced=spaced))
            )
            chunk.clear()

    for line in each_line(text):
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


def _hanging(chunk: list[str], breaks: SourceBreaks) -> list[Block] | None:
    """Convert wrapped items with a hanging indent, as in RFCs; return None for other lines."""
    indents = list(map(_indent, chunk))
    if breaks is SourceBreaks.KEEP or len(chunk) < 2 or min(indents) != indents[0] or max(indents) == indents[0]:
        return None
    items: list[list[str]] = []
    below: set[int] = set()
    for line, indent in zip(chunk, indents, strict=True):
        if indent == indents[0]:
            items.append([line])
        else:
            items[-1].append(line)
            below.add(indent)
    widths = [[_cells(line) for line in item] for item in items if len(item) > 1]
    if len(below) > 1 or not all(map(is_wrapped, widths)) or _is_drawn([line.strip() for line in chunk]):
        return None
    plain = (item for item in items if not _ITEM.match(item[0]))
    if any(_SENTENCE_END.search(line[-8:]) and not line.isascii() for item in plain for line in item[:-1]):
        return None  # These are rather the title of a chapter and indented paragraphs.
    return [_paragraph(join_lines("\n".join(line.strip() for line in item))) for item in items]


def _together(chunk: list[str], breaks: SourceBreaks) -> list[Block] | None:
    """Convert lines with the same indent of spaces: a wrapped paragraph, ASCII art, or a group of lines.

    Lines without an indent may be a table, or the two columns at the head of an RFC.

    Return None for other lines, and for lines each of which is an indented paragraph.
    """
    indent = _indent(chunk[0])
    bare = [line.strip() for line in chunk]
    if len(chunk) < 2 or not indent:
        return _columns(chunk)
    if all(line[indent : indent + 1].strip() or line.startswith(" " * indent) for line in chunk) and _is_drawn(bare):
        least = min(map(_indent, chunk))
        return [CodeBlock(Inline("\n".join(line[least:].rstrip() for line in chunk)))]
    if any(_indent(line) != indent or line[indent] == "\u3000" for line in chunk):
        return None
    ended = sum(_SENTENCE_END.search(line[-8:]) is not None for line in bare[:-1])
    if 2 * ended >= len(bare) - 1 and not bare[0].isascii():
        return None
    if breaks is SourceBreaks.JOIN or (breaks is SourceBreaks.AUTO and is_wrapped([_cells(line) for line in bare])):
        return [_paragraph(join_lines("\n".join(item))) for item in _items(bare)]
    return [_paragraph("\n".join(bare))] if max(map(_cells, bare)) <= _SHORT and 2 * ended < len(bare) - 1 else None


def _items(lines: list[str]) -> list[list[str]]:
    """Divide wrapped lines at those that begin an item, if the first one does."""
    items = [lines[:1]]
    listed = _ITEM.match(lines[0]) is not None
    for line in lines[1:]:
        if listed and _ITEM.match(line):
            items.append([line])
        else:
            items[-1].append(line)
    return items


def _stepped(chunk: list[str], breaks: SourceBreaks) -> list[Block] | None:
    """Convert wrapped paragraphs below the short lines that name them, as in manuals; else return None.

    Each run of lines with the same indent is a part. A long line above others is the first one of a paragraph.
    """
    runs = [list(run) for _, run in groupby(chunk, _indent)]
    if breaks is SourceBreaks.KEEP or len(runs) < 2 or _is_drawn([line.strip() for line in chunk]):
        return None
    wrapped = [run for run in runs if len(run) > 1 and run[0].startswith("  ") and is_wrapped([*map(_own_cells, run)])]
    if not wrapped:
        return None
    widest = max(_own_cells(line) for run in wrapped for line in run)
    if any(len(run) == 1 and _own_cells(run[0]) >= 0.75 * widest for run in runs[:-1]):
        return None
    parts = [_together(run, breaks) for run in runs]
    if any(part is None and run in wrapped for run, part in zip(runs, parts, strict=True)):
        return None  # Each line is a paragraph, as in a chapter of a novel.
    return [block for run, part in zip(runs, parts, strict=True) for block in part or map(_paragraph, run)]


def _columns(chunk: list[str]) -> list[Block] | None:
    """Convert unindented lines, most of which are divided into columns, to preformatted text; else return None."""
    divided = sum(_COLUMNS.match(line) is not None for line in chunk)
    if divided < 3 or 4 * divided < 3 * len(chunk):
        return None
    return [CodeBlock(Inline("\n".join(line.rstrip() for line in chunk)))]


def _is_drawn(lines: list[str]) -> bool:
    """Whether lines are ASCII art or a table, in which spaces are significant."""
    drawn = sum(_DRAWN.search(line) is not None for line in lines)
    return 2 * drawn > len(lines)


def _without_outer_newlines(text: str) -> tuple[int, int]:
    r"""The bounds of `text.strip("\n")`, which would copy a text of any length."""
    start, end = 0, len(text)
    while text.startswith(_NEWLINES, start):
        start += len(_NEWLINES)
    while text.startswith("\n", start):
        start += 1
    while text.endswith(_NEWLINES, start, end):
        end -= len(_NEWLINES)
    while text.endswith("\n", start, end):
        end -= 1
    return start, end


def each_line(text: str) -> Iterator[str]:
    """Yield the lines of a text one at a time, because a list of all lines would need more memory than the text."""
    start = 0
    while (end := text.find("\n", start)) >= 0:
        yield text[start:end]
        start = end + 1
    yield text[start:]


def _paragraphs(chunk: list[str], breaks: SourceBreaks, *, spaced: bool) -> list[str]:
    """Return the paragraphs of a chunk without blank lines; a newline inside a paragraph is a line break."""
    if len(chunk) == 1:
        return chunk
    listed = _ITEM.match(chunk[0]) is not None
    indented = [bool(_INDENT.match(line) or (listed and _ITEM.match(line))) for line in chunk]
    widths = [_cells(line) for line in chunk]
    # If all lines are indented, each is a paragraph.
    joins = breaks is SourceBreaks.JOIN and spaced and not all(indented)
    if joins or (breaks is not SourceBreaks.KEEP and _wrapped(widths, indented) and not _each_ends(chunk, indented)):
        return _joined(chunk, indented)
    if spaced and max(widths) <= _SHORT and not any(indented):
        return ["\n".join(line.strip() for line in chunk)]
    return chunk


def _wrapped(widths: list[int], indented: list[bool]) -> bool:
    """Whether the lines were wrapped at a margin by an editor."""
    widest = max(widths)
    if not _NARROWEST <= widest <= _WIDEST:
        return False
    # The last line of a paragraph may be short.
    inner = [width for width, starts in zip(widths[:-1], indented[1:], strict=True) if not starts]
    return bool(inner) and all(width >= 0.75 * widest for width in inner)


def _each_ends(chunk: list[str], indented: list[bool]) -> bool:
    """Whether every unindented line after the first comes after a complete sentence and does not end like running text.

    Such lines are titles between indented paragraphs; wrapping at a margin would break sentences.
    """
    pairs = [pair for pair, starts in zip(pairwise(chunk), indented[1:], strict=True) if not starts]
    if not pairs or not any(indented) or pairs[0][0].isascii():
        return False
    return all(
        _SENTENCE_END.search(above.rstrip()[-8:]) is not None and not line.rstrip().endswith(_STOPS)
        for above, line in pairs
    )


def _joined(chunk: list[str], indented: list[bool]) -> list[str]:
    """Join wrapped lines into paragraphs, each beginning at an indented line; if all are indented, into one."""
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


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _own_cells(line: str) -> int:
    """The width of a line without its indent."""
    return _cells(line.strip())


def _cells(line: str) -> int:
    body = line.rstrip()
    return len(body) + len(_WIDE.findall(body))
