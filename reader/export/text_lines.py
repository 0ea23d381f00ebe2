"""The lines of an article as a file or a terminal shows them, without a screen."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from reader.document.document import Document
from reader.layout.head import Head, set_head
from reader.layout.layout import Layout
from reader.layout.lines import Line
from reader.layout.transclusions import Expansion
from reader.lean_dataclasses import replace
from reader.settings.options import CodeStyle, TableStyle, Typesetting

if TYPE_CHECKING:
    from reader.layout.diagrams import Drawing

_ROWS = 500
"""Rows laid out at a time, so that printing starts before the layout is complete."""


def text_lines(
    head: Head,
    document: Document,
    width: int,
    typesetting: Typesetting,
    drawings: "Mapping[int, Drawing] | None" = None,
) -> Iterator[Line]:
    """The lines of an article with their styles and links, possibly with trailing spaces; none is wider than `width`.

    Omits effects that only make sense on a screen: code is wrapped, and no spaces are added for justification, between
    Han characters and Latin letters, or between links. `drawings` replace the sources of diagrams, by the numbers of
    their leaves.
    """
    unspaced = replace(typesetting, cjk_latin_space=False, link_gaps=False, justify=False)
    plain = replace(unspaced, code=CodeStyle.WRAP, tables=TableStyle.RECORDS)
    layout = Layout(document, width, plain, expansion=Expansion(drawings=dict(drawings or {})))
    yield from set_head(head, width, layout.typesetting)
    row = 0
    while lines := layout.lines(row, row + _ROWS):
        yield from lines
        row += len(lines)
