"""The lines of an article as a file or a terminal shows them, without a screen."""

from collections.abc import Iterator

from reader.document.document import Document
from reader.layout.head import Head, set_head
from reader.layout.layout import Layout
from reader.layout.lines import Line
from reader.lean_dataclasses import replace
from reader.settings.options import CodeStyle, TableStyle, Typesetting

_ROWS = 500
"""Rows laid out at a time, so that printing starts before the layout is complete."""


def text_lines(head: Head, document: Document, width: int, typesetting: Typesetting) -> Iterator[Line]:
    """The lines of an article with their styles and links, possibly with trailing spaces; none is wider than `width`.

    Omits effects that only make sense on a screen: code is wrapped, and no spaces are added by justification, between
    Han and Latin or between links.
    """
    unspaced = replace(typesetting, cjk_latin_space=False, link_gaps=False, justify=False)
    layout = Layout(document, width, replace(unspaced, code=CodeStyle.WRAP, tables=TableStyle.RECORDS))
    yield from set_head(head, width, layout.typesetting)
    row = 0
    while lines := layout.lines(row, row + _ROWS):
        yield from lines
        row += len(lines)
