"""HTML of one shape each, from 10 kB to 1 MB: `python -m tests.benchmarks.bench_shapes [SHAPE ...] [--most BYTES]`.

Prints for each shape the seconds of work (CPU) to parse it, to set its first page of 50 rows, and to set all of it, at
10 kB, 100 kB and 1 MB, and how often longer the last takes than the one before it: 10 where it grows with the size.
"""

import argparse
import sys
import time
from collections.abc import Callable
from typing import TypeVar

from reader.document.body import Body, BodyFormat
from reader.document.document import Document
from reader.layout.layout import Layout
from reader.parse.parser import parse
from reader.settings.options import Typesetting

_Made = TypeVar("_Made")

ROWS = 50
WIDTH = 80
SIZES = (10_000, 100_000, 1_000_000)

SHAPES: dict[str, tuple[str, str, str]] = {
    "paragraphs": ("", "<p>灯塔照着黑夜里的海，守塔人不睡。</p>\n", ""),
    "one paragraph": ("<p>", "灯塔照着黑夜里的海，守塔人不睡。", "</p>"),
    "line breaks": ("<p>", "<br>", "</p>"),
    "lines": ("<p>", "灯塔<br>", "</p>"),
    "table rows": ("<table>", "<tr><td>灯", "</table>"),
    "table columns": ("<table><tr>", "<td>灯</td>", "</tr></table>"),
    "table cells": ("<table>", "<tr><td>灯</td><td>塔</td><td>海</td></tr>", "</table>"),
    "tables": ("", "<table><tr><td>灯</td><td>塔</td></tr></table>", ""),
    "list items": ("<ul>", "<li>灯</li>", "</ul>"),
    "numbered items": ("<ol>", "<li><p>灯</p></li>", "</ol>"),
    "nested lists": ("", "<ul><li>灯", ""),
    "short lists": ("", "<ul><li>灯<ul><li>塔</ul></ul>", ""),
    "headings": ("", "<h2>灯塔</h2>", ""),
    "sections": ("", "<h2>灯塔</h2><p>海</p>", ""),
    "pseudo headings": ("", "<p><b>一、灯塔</b></p><p>守塔人不睡，灯也不睡。</p>", ""),
    "colons": ("", "<p>守塔人说：</p>", ""),
    "definitions": ("<dl>", "<dt>灯<dd>塔", "</dl>"),
    "figures": ("", "<figure><img src=a.png><figcaption>灯</figcaption></figure>", ""),
    "pictures": ("<p>", "<img src=a.png alt=灯>", "</p>"),
    "linked pictures": ("<p>", "<a href=/b><img src=a.png alt=灯></a>", "</p>"),
    "links": ("<p>", "<a href=/b>灯</a>塔", "</p>"),
    "marks": ("<p>", "<b>灯<i>塔</b></i>", "</p>"),
    "unclosed blocks": ("", "<div>灯", ""),
    "unclosed marks": ("", "<b>灯", ""),
    "unclosed cells": ("", "<table><tr><td>灯", ""),
    "quotations": ("", "<blockquote>灯", ""),
    "details": ("", "<details><summary>灯</summary>塔</details>", ""),
    "readings": ("<p>", "<ruby>灯<rt>とう</rt></ruby>", "</p>"),
    "formulas": ("<p>", "$$x$$ 灯 ", "</p>"),
    "code": ("<pre>", "灯 = 塔\n", "</pre>"),
    "footnotes": ("<ol>", "<li id=fn1>灯<a href=#fnref1>↩</a></li>", "</ol>"),
    "unknown tags": ("", "<灯><T>塔", ""),
    "unended styles": ("", "<style>灯<p>", ""),
    "clusters": ("<p>", "\u1100", "</p>"),
    "combining marks": ("<p>", "\u3099", "</p>"),
}


def source(shape: str, size: int) -> str:
    """A body of one shape, about `size` bytes of UTF-8."""
    begin, piece, end = SHAPES[shape]
    return begin + piece * (size // len(piece.encode())) + end


def measure(text: str) -> tuple[float, float, float]:
    """Seconds of work to parse a body, to set its first page, and to set all of it."""
    document, parsing = timed(lambda: parse(Body(text, BodyFormat.HTML, "港口")))
    _, first = timed(lambda: Layout(document, WIDTH, Typesetting()).lines(0, ROWS))
    _, whole = timed(lambda: complete(document))
    return parsing, first, whole


def timed(work: Callable[[], _Made]) -> tuple[_Made, float]:
    """What a piece of work gives, and the seconds it takes."""
    begun = time.process_time()
    made = work()
    return made, time.process_time() - begun


def complete(document: Document) -> Layout:
    """A layout whose every height is exact."""
    layout = Layout(document, WIDTH, Typesetting())
    while not layout.advance(0.05):
        pass
    return layout


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shapes", nargs="*", metavar="SHAPE", help=", ".join(SHAPES))
    parser.add_argument("--most", type=int, default=SIZES[-1], help="the largest size, in bytes")
    options = parser.parse_args()
    sizes = [size for size in SIZES if size <= options.most]
    print(f"{'':18}" + "".join(f"{f'{size // 1000} kB: parse  first  whole':>32}" for size in sizes) + "    growth")
    for shape in options.shapes or SHAPES:
        found = [measure(source(shape, size)) for size in sizes]
        cells = "".join(f"{parsing:18.3f}{first:7.3f}{whole:7.3f}" for parsing, first, whole in found)
        growth = sum(found[-1]) / max(sum(found[-2]), 0.001) if len(found) > 1 else 1.0
        print(f"{shape:18}{cells}{growth:10.1f}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
