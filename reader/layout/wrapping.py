"""Plain text set in lines, for what stands elsewhere than on the page: a quotation in a list, a message."""

import re
from dataclasses import replace

from reader.document.blocks import Inline
from reader.layout.cells import Cells
from reader.layout.lines import NO_BLOCK, Style
from reader.layout.paragraph import set_paragraph
from reader.settings.options import Typesetting

_LEAST = 2
"""Cells: the room of one Han character."""
_BETWEEN = " · "
_INNER_BLANK = re.compile(r"(?<!·) (?![·#])")


def whole_parts(text: str) -> str:
    """A text that breaks only between the parts that a · stands between, and the tags: a number stays with its unit."""
    return _INNER_BLANK.sub("\u00a0", text)


def set_plain(text: str, width: int, typesetting: Typesetting) -> list[str]:
    """The lines of a text, broken as those of an article are, ragged on the right.

    Args:
        text: A newline in it begins a line; two leave one empty.
        width: Cells that a line may take.
        typesetting: How it is set, but for its justifying.
    """
    ragged = replace(typesetting, justify=False, first_line_indent=0)
    lines = set_paragraph(Inline(text), max(width, _LEAST), ragged, block=NO_BLOCK, base=Style())
    return ["".join(run.text for run in line.runs).rstrip().replace("\u00a0", " ") for line in lines]


def set_parts(text: str, width: int, typesetting: Typesetting) -> list[str]:
    """The lines of a text of short parts with a · between them, each whole on a line that has room for it."""
    room, cells = max(width, _LEAST), Cells(typesetting.ambiguous_width)
    lines: list[str] = []
    line = ""
    for part in text.split(_BETWEEN):
        longer = f"{line}{_BETWEEN}{part}" if line else part
        if line and cells.width(longer) > room:
            lines.append(line)
            longer = part
        line = longer
    return [short for line in (*lines, line) for short in set_plain(line, room, typesetting)]
