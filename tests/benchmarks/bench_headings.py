"""Pseudo headings: `python -m tests.benchmarks.bench_headings FOLDER … [--most N] [--half a|b] [--show WAY]`.

Takes articles whose authors marked at least three headings, removes the markup, and counts how many headings are
detected again: as bold lines, as plain paragraphs, and as lines of paragraphs that contain headings and text. Titles
(level 0) and articles with more headings than paragraphs are excluded.

Prints for each of these ways precision, recall and F1 over all headings, and F1 for each folder; then in how many
articles without marked headings some are detected, which are false or were bold lines. An article belongs to half `a`
or `b` by a digest of its path in the archive, so that rules can be tuned on one half and reported on the other.

Limits: these headings were marked by their authors, so they are a fair sample of sections, but pages with real pseudo
headings (saved from messengers and magazines) differ; for those, see `tests/parse/headings/labelled`.
A line that repeats a heading's text counts as that heading."""

import argparse
import hashlib
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from reader.archive.archive import open_archives
from reader.archive.article import Article
from reader.archive.scan import read_body, scan
from reader.document.blocks import Block, Heading, Inline, Paragraph, Span, SpanKind
from reader.errors import ReaderError
from reader.parse.headings.heading_blocks import mark_headings
from reader.parse.parser import parse

FEWEST = 3
MOST = 120
FEWEST_PARAGRAPHS = 5


def bold(blocks: Sequence[Block]) -> Iterator[Block]:
    """Turn headings into bold paragraphs."""
    for block in blocks:
        if isinstance(block, Heading):
            yield Paragraph(Inline(block.text.text, (Span(0, len(block.text.text), SpanKind.STRONG),)))
        else:
            yield block


def plain(blocks: Sequence[Block]) -> Iterator[Block]:
    """Turn headings into plain paragraphs."""
    for block in blocks:
        yield Paragraph(Inline(block.text.text)) if isinstance(block, Heading) else block


def breaks(blocks: Sequence[Block]) -> Iterator[Block]:
    """Join each run of headings and paragraphs as the lines of one paragraph."""
    lines: list[str] = []
    for block in [*blocks, None]:
        if isinstance(block, Heading | Paragraph) and block.text.text:
            lines.append(block.text.text)
            continue
        if lines:
            yield Paragraph(Inline("\n".join(lines)))
            lines = []
        if block is not None:
            yield block


WAYS: dict[str, Callable[[Sequence[Block]], Iterator[Block]]] = {"bold": bold, "plain": plain, "breaks": breaks}


def sampled(folder: Path, half: str) -> Iterator[tuple[Article, list[Block]]]:
    """Yield the articles of a folder and their blocks, in an order that does not depend on their names."""
    found = [one for one in scan(open_archives([folder])) if isinstance(one, Article)]
    ranked = [(hashlib.sha256(str(one.path.relative_to(folder)).encode()).hexdigest(), one) for one in found]
    for digest, article in sorted(ranked, key=lambda one: one[0]):
        if half and half != "ab"[int(digest[-1], 16) % 2]:
            continue
        try:
            document = parse(read_body(article)[0])
        except ReaderError:
            continue
        yield article, [block for block in document.blocks if not (isinstance(block, Heading) and block.level == 0)]


def marked(folder: Path, half: str, most: int, unmarked: Counter[str]) -> Iterator[tuple[Article, list[Block]]]:
    """Yield articles with marked headings; count the others, and the headings detected in them, in `unmarked`."""
    count = 0
    for article, blocks in sampled(folder, half):
        if count == most:
            return
        headings = [block for block in blocks if isinstance(block, Heading)]
        paragraphs = sum(isinstance(block, Paragraph) for block in blocks)
        by_shape = sum(heading.pseudo for heading in headings)
        if by_shape == len(headings) and paragraphs >= FEWEST_PARAGRAPHS:
            unmarked.update(articles=1, with_some=by_shape > 0, found=by_shape)
        elif not by_shape and len(headings) >= FEWEST and paragraphs >= len(headings):
            count += 1
            yield article, blocks


def names(blocks: Sequence[Block]) -> Counter[str]:
    """Count the headings by their text."""
    return Counter(
        " ".join(block.text.text.split())
        for block in blocks
        if isinstance(block, Heading) and block.level and block.text.text.strip()
    )


def f1(counted: Counter[str]) -> float:
    """Return F1 of counted `hits`, `found` and `wanted`."""
    return 2 * counted["hits"] / max(1, counted["found"] + counted["wanted"])


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--most", type=int, default=MOST, help="maximum number of articles per folder")
    parser.add_argument("--half", choices=("", "a", "b"), default="", help="the half of the articles that is used")
    parser.add_argument("--show", choices=WAYS, help="print the headings that were missed and the false ones")
    options = parser.parse_args()
    totals: dict[str, Counter[str]] = {way: Counter() for way in WAYS}
    unmarked: Counter[str] = Counter()
    articles = 0
    for folder in options.folders:
        own: dict[str, Counter[str]] = {way: Counter() for way in WAYS}
        for article, blocks in marked(folder, options.half, options.most, unmarked):
            articles += 1
            wanted = names(blocks)
            for way, degrade in WAYS.items():
                found = names(mark_headings(list(degrade(blocks)), article.title))
                own[way].update(hits=(found & wanted).total(), found=found.total(), wanted=wanted.total())
                if options.show == way and found != wanted:
                    print(article.path, "\n  missed:", *(wanted - found), "\n  false:", *(found - wanted), sep="\n    ")
        print(f"{folder.name:24} F1", *(f"{way} {f1(counted):.3f}" for way, counted in own.items()), flush=True)
        for way, counted in own.items():
            totals[way].update(counted)
    print(f"{articles} articles")
    for way, counted in totals.items():
        precision, recall = (counted["hits"] / max(1, counted[name]) for name in ("found", "wanted"))
        print(f"{way:8} P {precision:.3f} R {recall:.3f} F1 {f1(counted):.3f}  of {counted['wanted']}")
    none = unmarked["articles"]
    print(f"{none} articles without marked headings: {unmarked['found']} headings by shape in {unmarked['with_some']}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
