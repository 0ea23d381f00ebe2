"""Layout on demand of articles of 1 and 10 MB: `python -m tests.benchmarks.bench_lazy`.

Prints for an article of many paragraphs, of a single paragraph, and of a single code block: the milliseconds until the
first 50 rows are laid out, then for a jump to the end, a jump to the middle with a page around it, and a change of
width that keeps the position; the longest step of a jump to the end that continues between keys (`step`); unfolding or
folding all of it, the longer of both (`fold`); the seconds until every height is exact; and the memory used."""

import argparse
import sys
import time
import tracemalloc
from collections.abc import Callable

from reader.document.blocks import Block, CodeBlock, Details, Heading, Inline, Paragraph
from reader.document.document import Document, Position
from reader.layout.embedded_notes import toggle_fold
from reader.layout.layout import Layout
from reader.layout.transclusions import Expansion
from reader.settings.options import Typesetting

ROWS = 50
WIDTH = 80
OTHER_WIDTH = 64
SLICE = 0.012
"""Seconds of layout between two keys, as on the screen."""

SENTENCES = (
    "灯塔管理处昨天公布，全年共有12,480艘船经过海峡，比上年增加3.6%。",
    "“最难的不是风浪，而是雾。”守塔人说，雾里的灯只能照出三百米，船上的人要靠雾号辨认方向。",
    "新的LED灯功率只有60瓦，射程仍达18海里；旧透镜（1893年造）移入陈列室，供人参观。",
    "《航标年鉴》记载：沿岸共有灯塔41座、灯桩306座，其中七成已经无人值守——灯自己会亮。",
)
CODE = "    flashes = [period / len(groups) * number for number, _ in enumerate(groups)]  # 第{number}行"


def text_of(size: int) -> str:
    """Chinese sentences, about `size` bytes of UTF-8."""
    joined = "".join(SENTENCES)
    return joined * (size // len(joined.encode()))


def article(size: int) -> Document:
    """Paragraphs of two to eight sentences under headings, about `size` bytes of UTF-8."""
    blocks: list[Block] = []
    while size > 0:
        number = len(blocks)
        if number % 12 == 0:
            blocks.append(Heading(Inline(f"第{number // 12 + 1}节　灯与人"), 1 + number // 12 % 3))
        text = "".join(SENTENCES[(number + offset) % len(SENTENCES)] for offset in range(2 + number % 7))
        blocks.append(Paragraph(Inline(text)))
        size -= len(text.encode())
    return Document(tuple(blocks))


def paragraph(size: int) -> Document:
    """All in one paragraph without a line break."""
    return Document((Paragraph(Inline(text_of(size))),))


def code(size: int) -> Document:
    """All in one block of code."""
    lines = (CODE.format(number=number) for number in range(size // len(CODE.encode())))
    return Document((CodeBlock(Inline("\n".join(lines))),))


def timed(work: Callable[[], Layout]) -> tuple[float, Layout]:
    """Seconds that a piece of work takes, and the layout it leaves."""
    begun = time.perf_counter()
    layout = work()
    return time.perf_counter() - begun, layout


def measure(document: Document) -> list[float]:
    """The seconds for the first rows, the end, the middle, another width, the longest step, a fold, and completion."""
    last = Position(len(document.leaves) - 1, len(document.text(len(document.leaves) - 1)))
    leaf = len(document.leaves) // 2
    middle = Position(leaf, len(document.text(leaf)) // 2)

    def first() -> Layout:
        layout = Layout(document, WIDTH, Typesetting())
        layout.lines(0, ROWS)
        return layout

    def show(layout: Layout, place: Position) -> Layout:
        row = layout.settle(place, ROWS, ROWS)
        layout.lines(max(row - ROWS, 0), row + ROWS)
        return layout

    def complete(layout: Layout) -> Layout:
        while not layout.advance(0.05):
            pass
        return layout

    seconds, layout = timed(first)
    found = [seconds]
    found.append(timed(lambda: show(layout, last))[0])
    found.append(timed(lambda: show(layout, middle))[0])
    seconds, other = timed(lambda: show(layout.resized(OTHER_WIDTH), middle))
    found += [seconds, longest_step(document), fold(document), timed(lambda: complete(other))[0]]
    return found


def longest_step(document: Document) -> float:
    """The longest step in seconds of a jump to the end, made in steps between keys as on the screen."""
    layout = Layout(document, WIDTH, Typesetting())
    longest = 0.0
    while True:
        begun = time.perf_counter()
        reached = layout.reach(None, SLICE)
        longest = max(longest, time.perf_counter() - begun)
        if reached:
            return longest


def fold(document: Document) -> float:
    """The seconds to unfold or fold a details element around an article, whichever takes longer, and to show a page."""
    whole = Document((Details(Paragraph(Inline("全文")), document.blocks), Paragraph(Inline("后"))))
    layout = Layout(whole, WIDTH, Typesetting(), expansion=Expansion(can_fold=True))
    longest = 0.0
    for _ in range(2):
        while not layout.advance(0.05):
            pass
        begun = time.perf_counter()
        toggle_fold(layout, 0)
        layout.lines(0, min(ROWS, layout.known_rows))
        longest = max(longest, time.perf_counter() - begun)
    return longest


def memory(document: Document) -> float:
    """The megabytes that a complete layout occupies after all rows were requested."""
    tracemalloc.start()
    layout = Layout(document, WIDTH, Typesetting())
    for start in range(0, layout.height, 1000):
        layout.lines(start, start + 1000)
    kept = tracemalloc.get_traced_memory()[0] / 1e6
    tracemalloc.stop()
    return kept


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--megabytes", type=float, nargs="*", default=[1, 10])
    options = parser.parse_args()
    print(f"{'':22}{'first':>9}{'end':>9}{'middle':>9}{'width':>9}{'step':>9}{'fold':>9}{'complete':>11}{'memory':>10}")
    for megabytes in options.megabytes:
        for kind in (article, paragraph, code):
            document = kind(int(megabytes * 1e6))
            *jumps, whole = measure(document)
            cells = "".join(f"{seconds * 1000:6.0f} ms" for seconds in jumps)
            print(f"{megabytes:5g} MB, {kind.__name__:12}{cells}{whole:9.2f} s{memory(document):7.0f} MB", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
