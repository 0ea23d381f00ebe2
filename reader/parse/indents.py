"""Indents of lines in columns, and code without its common indent, in which tabs stay tabs.

An indent consists of spaces and tabs, as in CommonMark: the ideographic spaces with which Chinese and Japanese
paragraphs begin (U+3000) are text. Tabs are expanded to four columns in CommonMark, and here also in AsciiDoc, and to
eight in Org and docutils (Emacs' `tab-width`, docutils' `tab_width`).
"""

from collections.abc import Sequence

_BLANKS = " \t"


def indent_of(line: str, tab: int) -> int:
    """The indent of a line in columns, with tab stops every `tab` columns."""
    return len(line[: len(line) - len(line.lstrip(_BLANKS))].expandtabs(tab))


def without_indent(line: str, columns: int, tab: int) -> str:
    """A line without so many columns of its indent; blanks replace a tab of which only a part is removed."""
    at = column = 0
    while column < columns and line[at : at + 1] in (" ", "\t"):
        column += 1 if line[at] == " " else tab - column % tab
        at += 1
    return " " * (column - columns) + line[at:]


def without_common_indent(lines: Sequence[str], tab: int) -> list[str]:
    """Lines of code without the indent that all of them have; blank lines do not count."""
    common = min((indent_of(line, tab) for line in lines if line.strip()), default=0)
    return [without_indent(line, common, tab) for line in lines]
