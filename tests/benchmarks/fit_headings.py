"""Fit the weights of plain headings: `python -m tests.benchmarks.fit_headings FOLDER … [--most N] [--half a|b]`.

Takes the articles of `bench_headings` with the marks of their headings removed, as plain paragraphs and as lines of
one paragraph, and the articles without headings as they are. Prints the bias and the weights for
`reader/parse/headings/weights.py`, and how many lines they were fitted to. A feature of fewer than `_FEWEST` lines gets
no weight. Fit to some archives and measure with `bench_headings` on others: articles of one archive are alike."""

import argparse
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from math import exp
from pathlib import Path
from typing import NamedTuple

from reader.archive.article import Article
from reader.document.blocks import Block, Heading, Paragraph
from reader.parse.headings.evidence import wording_score
from reader.parse.headings.features import Features, line_features
from reader.parse.headings.heading_blocks import mark_title
from reader.parse.headings.visual_lines import LineKind, lines_of
from tests.benchmarks.bench_headings import FEWEST, FEWEST_PARAGRAPHS, breaks, names, plain, sampled

BIAS = ""
"""The name of the feature that every line has."""

_RIDGE = 60.0
"""The penalty of the square of a weight, for a feature of variance 1."""
_STEPS, _NEAR = 12, 1e-3
_FEWEST = 30
_MOST_LINES = 100
"""The number of lines from which an article counts no more than others."""


class Sample(NamedTuple):
    """A line that may be a heading.

    Attributes:
        features: Its features, and `BIAS`.
        is_heading: Whether its author marked it.
        weight: How much it counts, up to 1.
    """

    features: Features
    is_heading: bool
    weight: float


def samples(folder: Path, half: str, most: int) -> Iterator[Sample]:
    """The lines of up to `most` articles with and `most` without headings."""
    left = {True: most, False: most}
    for article, blocks in sampled(folder, half):
        headings = [block for block in blocks if isinstance(block, Heading)]
        paragraphs = sum(isinstance(block, Paragraph) for block in blocks)
        is_marked = len(headings) >= FEWEST and paragraphs >= len(headings)
        if any(heading.pseudo for heading in headings) or (headings and not is_marked) or not left[is_marked]:
            continue
        if is_marked or paragraphs >= FEWEST_PARAGRAPHS:
            left[is_marked] -= 1
            for unmarked in (plain(blocks), breaks(list(plain(blocks)))) if is_marked else (blocks,):
                yield from _lines(article, list(unmarked), set(names(blocks)))


def _lines(article: Article, blocks: list[Block], wanted: set[str]) -> Iterator[Sample]:
    lines = lines_of(mark_title(blocks, article.title))
    found = [
        (features, " ".join(lines[place].text.split()) in wanted)
        for place, features in line_features(lines, wording_score)
        if lines[place].kind is LineKind.TEXT
    ]
    weight = min(1.0, _MOST_LINES / max(1, len(found)))
    yield from (Sample({**features, BIAS: 1.0}, is_heading, weight) for features, is_heading in found)


def fit(lines: Sequence[Sample]) -> dict[str, float]:
    """The weights of a logistic regression with a ridge penalty, by Newton's method; `BIAS` has no penalty."""
    sums: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0])
    for line in lines:
        for name, value in line.features.items():
            own = sums[name]
            own[0], own[1], own[2] = own[0] + 1, own[1] + value, own[2] + value * value
    weights = dict.fromkeys(sorted(name for name, (count, *_) in sums.items() if count >= _FEWEST), 0.0)
    penalty = {name: _RIDGE * (sums[name][2] - sums[name][1] ** 2 / len(lines)) / len(lines) for name in weights}
    for _step in range(_STEPS):
        gradient = {name: -penalty[name] * weight for name, weight in weights.items()}
        curvature = {name: dict.fromkeys(weights, 0.0) for name in weights}
        for name, ridge in penalty.items():
            curvature[name][name] = ridge + 1e-9
        for line in lines:
            known = [(name, value) for name, value in line.features.items() if name in weights]
            odds = sum(weights[name] * value for name, value in known)
            chance = 1 / (1 + exp(-max(-30.0, min(30.0, odds))))
            error, bend = line.weight * (line.is_heading - chance), line.weight * chance * (1 - chance)
            for name, value in known:
                gradient[name] += error * value
                row = curvature[name]
                for other, its in known:
                    row[other] += bend * value * its
        change = _solved(curvature, gradient)
        for name, step in change.items():
            weights[name] += step
        if max(map(abs, change.values())) < _NEAR:
            break
    return weights


def _solved(matrix: dict[str, dict[str, float]], right: dict[str, float]) -> dict[str, float]:
    """Solve a system of linear equations with a positive definite matrix, by elimination."""
    rows = {name: {**row, "=": right[name]} for name, row in matrix.items()}
    for name, row in rows.items():
        for other, its in rows.items():
            if other != name and (factor := its[name] / row[name]):
                for key, value in row.items():
                    its[key] -= factor * value
    return {name: row["="] / row[name] for name, row in rows.items()}


def main() -> int:
    """Print the weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--most", type=int, default=30, help="maximum number of articles of each kind per folder (30)")
    parser.add_argument("--half", choices=("", "a", "b"), default="", help="the half of the articles that is used")
    options = parser.parse_args()
    lines = [line for folder in options.folders for line in samples(folder, options.half, options.most)]
    if not lines:
        print("no lines that may be headings", file=sys.stderr)
        return 1
    weights = fit(lines)
    print(f"_BIAS = {weights.pop(BIAS):.2f}\n\nWEIGHTS = {{")
    for name, weight in weights.items():
        print(f'    "{name}": {weight:.2f},')
    print(f"}}\n\n{len(lines):,} lines, {sum(line.is_heading for line in lines):,} of them headings")
    return 0


if __name__ == "__main__":
    sys.exit(main())
