"""Precision and recall of the words shown of web pages: `python -m tests.benchmarks.bench_extraction FOLDER`.

The folder has pages and the texts of their articles, in one of three layouts: `NAME.html` beside `NAME.txt`; a folder
for each page with `source.html` and `expected.html`; or `ground-truth.json` with `articleBody` by id beside
`html/ID.html.gz`. Words are compared as multisets, each Han, kana or Hangul character as a word. The pages are
reported in two halves, every other page in each, so that rules can be tuned on one and judged by the other.
"""

import argparse
import gzip
import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from statistics import mean, median
from time import process_time

from bs4 import BeautifulSoup

from reader.document.blocks import Embed, Image, Leaf, SpanKind
from reader.document.body import Body, BodyFormat
from reader.parse.parser import parse

_WORD = re.compile(r"[a-z0-9_\u00c0-\u024f\u0370-\u052f]+|[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


def words(text: str) -> Counter[str]:
    """The words of a text with their counts."""
    return Counter(_WORD.findall(text.lower()))


def pages(folder: Path) -> Iterator[tuple[str, str]]:
    """The HTML of each page, and the text of its article."""
    truth = folder / "ground-truth.json"
    if truth.exists():
        for name, expected in sorted(json.loads(truth.read_text(encoding="utf-8")).items()):
            packed = gzip.decompress((folder / "html" / f"{name}.html.gz").read_bytes())
            yield packed.decode("utf-8", "replace"), expected["articleBody"]
    for expected in sorted(folder.glob("*/expected.html")):
        article = BeautifulSoup(expected.read_text(encoding="utf-8"), "html.parser").get_text(" ")
        yield expected.with_name("source.html").read_text(encoding="utf-8", errors="replace"), article
    for source in sorted(folder.glob("*.html")):
        yield source.read_text(encoding="utf-8", errors="replace"), source.with_suffix(".txt").read_text("utf-8")


def shown(source: str, *, whole_page: bool = False) -> str:
    """The text that the program shows of a page, without the descriptions of images, which expected texts lack."""
    document = parse(Body(source, BodyFormat.HTML, whole_page=whole_page))
    return "\n".join(_without_images(leaf) for leaf in document.leaves)


def _without_images(leaf: Leaf) -> str:
    if isinstance(leaf, (Image, Embed)):
        return ""
    text = leaf.text.text
    for span in sorted(leaf.text.spans, key=lambda span: -span.start):
        if span.kind is SpanKind.IMAGE:
            text = text[: span.start] + text[span.end :]
    return text


def rates(found: Counter[str], expected: Counter[str]) -> tuple[float, float, float]:
    """Precision, recall and F1, each 0 to 1."""
    common = (found & expected).total()
    precision = common / found.total() if found else float(not expected)
    recall = common / expected.total() if expected else 1.0
    return precision, recall, 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def main() -> None:
    """Print the rates of both halves."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    found: list[tuple[float, float, float, float, float]] = []
    for source, expected in pages(parser.parse_args().folder):
        begun = process_time()
        text = shown(source)
        seconds = process_time() - begun
        whole = rates(words(shown(source, whole_page=True)), words(expected))[1]
        found.append((*rates(words(text), words(expected)), whole, seconds))
    print("half  pages  precision  recall     F1  recall of all  pages/CPU s (median)")
    for half in (0, 1):
        part = found[half::2]
        precision, recall, f1, whole = (mean(row[column] for row in part) for column in range(4))
        speed = 1 / median(row[4] for row in part)
        print(f"{half:4} {len(part):6} {precision:10.3f} {recall:7.3f} {f1:6.3f} {whole:14.3f} {speed:21.0f}")


if __name__ == "__main__":
    main()
