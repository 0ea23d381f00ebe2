"""Line wrapping of plain text outside the page: quotations in lists, messages."""

from reader.document.blocks import Inline
from reader.layout.cells import Cells
from reader.layout.lines import NO_BLOCK, Style
from reader.layout.paragraph import lay_out_paragraph
from reader.lean_dataclasses import replace
from reader.regex import regex
from reader.settings.options import ChineseScript, Typesetting

_LEAST = 2
"""Minimum line width in cells: one Han character."""
_SEPARATOR = " · "
_INNER_SPACE = regex(r"(?<!·) (?![·#])")
_REQUIREMENT = regex(r"'[A-Za-z-]+\[[a-z]+\]'")
"""An argument of pip in a message, 'archive-reader[serve]', that names an optional part of a package."""


_FIRM_HYPHEN = "\u2011"
"""A hyphen at which no line breaks."""

_AS_TYPED = str.maketrans({"\u00a0": " ", _FIRM_HYPHEN: "-"})


def unbreakable_parts(text: str) -> str:
    """Make a text break only between its parts (separated by ·) and tags, so that a number stays with its unit."""
    return _INNER_SPACE.sub("\u00a0", text)


def set_plain(text: str, width: int, typesetting: Typesetting) -> list[str]:
    """The lines of a text, broken like those of an article but not justified.

    Args:
        text: The text; a newline starts a new line, two leave a blank one.
        width: The line width in cells.
        typesetting: The typesetting options; those of justification and script are ignored.
    """
    ragged = replace(typesetting, justify=False, first_line_indent=0, chinese=ChineseScript.SOURCE)
    kept_whole = _REQUIREMENT.sub(lambda found: found[0].replace("-", _FIRM_HYPHEN), text)
    lines = lay_out_paragraph(Inline(kept_whole), max(width, _LEAST), ragged, block=NO_BLOCK, base=Style())
    return ["".join(run.text for run in line.runs).rstrip().translate(_AS_TYPED) for line in lines]


def set_parts(text: str, width: int, typesetting: Typesetting) -> list[str]:
    """The lines of a text of short parts separated by ·; a part stays on one line if it fits."""
    room, cells = max(width, _LEAST), Cells(typesetting.ambiguous_width)
    lines: list[str] = []
    line = ""
    for part in text.split(_SEPARATOR):
        longer = f"{line}{_SEPARATOR}{part}" if line else part
        if line and cells.width(longer) > room:
            lines.append(line)
            longer = part
        line = longer
    return [short for line in (*lines, line) for short in set_plain(line, room, typesetting)]
