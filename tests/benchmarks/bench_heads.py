"""The metadata of large pages: `python -m tests.benchmarks.bench_heads [FOLDER]`.

Prints the median milliseconds of processor time to read the metadata of a page, for the pages of a folder or else for
made ones whose headline and JSON-LD are below 64 KiB of scripts; and how long the removal of scripts, style sheets and
comments takes in them, compared with one expression for all of them."""

import statistics
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import process_time

from reader.archive.decoding import decode
from reader.archive.scan import read_head
from reader.archive.visible_markup import shown_markup
from tests.archive.test_visible_markup import ORACLE

_PAGES = 40
_TRIES = 3
_READ = 2**20
_SCRIPT = "<script>" + "if (a < b) { c = '<i>x</i>'; }\n" * 900 + "</script>\n"
_BELOW = (
    "<h1>The keeper of the light</h1><script type='application/ld+json'>"
    '{"@type": "NewsArticle", "headline": "The keeper of the light", "author": "A. Keeper"}</script>'
)


def milliseconds(work: Callable[[Path], object], paths: list[Path]) -> float:
    """The median of the shortest of several measurements of each path."""

    def measured(path: Path) -> float:
        begun = process_time()
        work(path)
        return process_time() - begun

    return 1000 * statistics.median(min(measured(path) for _ in range(_TRIES)) for path in paths)


def write_pages(folder: Path) -> None:
    """Write pages of 100 to 800 KiB."""
    for number in range(_PAGES):
        scripts = _SCRIPT * (4 + number % 28)
        page = f"<!DOCTYPE html><html><head><title>T</title></head><body>{scripts}{_BELOW}<p>Text.</p></body></html>"
        (folder / f"{number}.html").write_text(page, "utf-8")


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(sys.argv[1] if len(sys.argv) > 1 else made)
        if len(sys.argv) == 1:
            write_pages(folder)
        paths = sorted(folder.glob("*.html"))
        texts = {path: decode(path.read_bytes()[:_READ], cut=True).text for path in paths}
        print(f"{len(paths)} pages, metadata: {milliseconds(lambda path: read_head(path, folder, 'x'), paths):.2f} ms")
        ours = milliseconds(lambda path: shown_markup(texts[path]), paths)
        one = milliseconds(lambda path: ORACLE.sub("", texts[path]), paths)
        print(f"shown markup: {ours:.2f} ms; by one expression: {one:.2f} ms, {one / ours:.1f} times as long")


if __name__ == "__main__":
    main()
