"""The examples in the specifications of CommonMark and GFM: complete text, correct blocks and spans.

A table lists the examples in which this parser deviates, with the reason. A listed example that agrees fails too, so
that the table stays correct."""

import re
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import pytest

from reader.document.document import Document
from reader.parse.markdown import parse_markdown
from tests.judges import markdown_shape as shape
from tests.judges.sources import judges

_EXAMPLE = re.compile(r"^`{32} example ?\w*\n(?P<source>.*?)^\.\n(?P<html>.*?)^`{32}$", re.DOTALL | re.MULTILINE)

COMMONMARK = {
    "a line `#…` without a blank is a heading, as people write in Chinese": {64},
    "a table with one cell is a page's layout, and its content stands alone": {148, 149, 160, 190},
    "a tag that HTML does not know is text: nothing that was written is lost": {150, 201, 491, 524, 536, 613, 614, 615},
    "a tag without its end is text": {156, 157, 158, 173},
    "a component such as <Warning> holds Markdown": {163},
    "a struck block is not struck: strikes are spans": {167},
    "Markdown below an HTML block in which no element is open is Markdown, as kramdown has it": {161},
    "an address with blanks is a link, as Typora writes it": {488},
    "a processing instruction ends with ?>, where a browser ends it with the first >": {180},
    "CDATA is text, where a browser makes it a comment": {182, 629},
    "a tag on a line by itself parts paragraphs": {187},
    "a link that leads nowhere is no link": {200, 485, 486, 567},
    "double brackets are a link to a note": {548, 559, 590},
    "a picture on a line by itself stands alone": {587},
    "a bare address is a link, as in GFM": {602, 608, 611},
}
GFM = {
    "a line `#…` without a blank is a heading, as people write in Chinese": {34},
    "a table with one cell is a page's layout, and its content stands alone": {118, 119, 130, 159},
    "a tag that HTML does not know is text: nothing that was written is lost": {120, 170, 500, 532, 544, 632, 633, 634},
    "a tag without its end is text": {126, 127, 128, 142},
    "a component such as <Warning> holds Markdown": {133},
    "a struck block is not struck: strikes are spans": {137},
    "Markdown below an HTML block in which no element is open is Markdown, as kramdown has it": {131},
    "an address with blanks is a link, as Typora writes it": {497},
    "a processing instruction ends with ?>, where a browser ends it with the first >": {149},
    "CDATA is text, where a browser makes it a comment": {151, 648},
    "a tag on a line by itself parts paragraphs": {156},
    "a link that leads nowhere is no link": {169, 495, 496, 575},
    "a cell too many is kept in the last column, where the specification drops it": {204},
    "emphasis by the newer rules of CommonMark 0.31": {398, 434, 435, 436},
    "double brackets are a link to a note": {556, 567, 598},
    "a picture on a line by itself stands alone": {595},
    "a bare address is a link in angle brackets too": {610, 616, 619},
    "an entity's name without a known entity belongs to the address": {626},
    "bare FTP and mail addresses are no links, since the reader opens web addresses": {628, 629, 630, 631},
    "<title> and <xmp> are HTML here; GitHub forbids them for safety": {652},
}


def examples(path: Path) -> Iterator[tuple[int, str, str]]:
    """Number, Markdown and HTML of each example."""
    for number, found in enumerate(_EXAMPLE.finditer(path.read_text(encoding="utf-8")), 1):
        yield number, found["source"].replace("→", "\t"), found["html"].replace("→", "\t")


def difference(source: str, html: str) -> str:
    """The differences to the specification; empty if there are none."""
    body = shape.tree(html)
    document = Document(tuple(parse_markdown(source)))
    expected, found = list(shape.leaves_of_html(body)), list(shape.leaves_of_document(document.blocks))
    if "".join(text for _, text in expected) != "".join(text for _, text in found):
        return f"text: {expected} but {found}"
    if expected != found:
        return f"blocks: {expected} but {found}"
    spans, own = shape.spans_of_html(body), shape.spans_of_document(document)
    return "" if spans == own else f"spans: {sorted(spans)} but {sorted(own)}"


@pytest.mark.parametrize(("name", "count", "on_purpose"), [("commonmark.txt", 652, COMMONMARK), ("gfm.txt", 672, GFM)])
def test_examples_agree_except_for_intended_differences(name: str, count: int, on_purpose: dict[str, set[int]]) -> None:
    (path,) = judges(f"spec/{name}")
    cases = list(examples(path))
    assert len(cases) == count
    different = {number: why for number, source, html in cases if (why := difference(source, html))}
    listed = set(chain.from_iterable(on_purpose.values()))
    assert {number: why for number, why in different.items() if number not in listed} == {}
    assert listed - set(different) == set(), "these agree now: take them out of the table"
