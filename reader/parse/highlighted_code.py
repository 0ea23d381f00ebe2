"""Code that syntax highlighters have written into HTML, without their line numbers, boxes and icons."""

from reader.parse.line_boxes import without_boxes
from reader.parse.numbered_code import without_number_tables, without_numbers


def with_plain_code(text: str) -> str:
    """Return HTML in which each `pre` contains only its code and the elements that colour it."""
    text = without_number_tables(text)
    pieces: list[str] = []
    at = 0
    while (start := text.find("<pre", at)) >= 0 and (end := text.find("</pre", start)) >= 0:
        first = text.find(">", start, end) + 1 or start
        pieces += text[at:first], without_boxes(without_numbers(text[first:end]))
        at = end
    return "".join((*pieces, text[at:])) if pieces else text
