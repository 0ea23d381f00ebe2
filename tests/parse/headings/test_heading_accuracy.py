"""Precision and recall of heading detection on labelled articles."""

import hashlib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.cli.articles import open_file
from reader.parse.headings.heading_blocks import mark_headings
from tests.conftest import real_files
from tests.parse.headings.heading_labels import (
    LABELLED,
    Sections,
    labelled,
    own_articles,
    sections,
)

ENOUGH = 0.95


def found_in(path: Path) -> Sections:
    blocks, title, _ = labelled(path)
    return sections(mark_headings(list(blocks), title))


def scores(pairs: Iterator[tuple[Sections, Sections]]) -> tuple[float, float, float]:
    """Precision and recall of the detected headings, and the share of those with the right level."""
    hits = found_all = expected_all = levels = 0
    for found, expected in pairs:
        names, wanted = Counter(title for _, title in found), Counter(title for _, title in expected)
        hits += (names & wanted).total()
        found_all += len(found)
        expected_all += len(expected)
        levels += (Counter(found) & Counter(expected)).total()
    return hits / max(1, found_all), hits / max(1, expected_all), levels / max(1, hits)


def test_corpus_has_articles_of_all_kinds() -> None:
    articles = [labelled(path) for path in own_articles()]
    assert len(articles) >= 30
    assert sum(not expected for _, _, expected in articles) >= 10
    assert any(level == 3 for _, _, expected in articles for level, _ in expected)


def test_precision_and_recall_on_our_own_articles() -> None:
    pairs = [(found_in(path), list(labelled(path)[2])) for path in own_articles()]
    precision, recall, levels = scores(iter(pairs))
    wrong = [path.stem for path, (found, expected) in zip(own_articles(), pairs, strict=True) if found != expected]
    print(f"own: precision {precision:.3f}, recall {recall:.3f}, levels {levels:.3f}; not as expected: {wrong}")
    assert min(precision, recall, levels) >= ENOUGH, wrong


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def real_labels() -> dict[str, list[tuple[int, str]]]:
    """The outline of each real file by its digest: levels, and digests of titles, so that no text is copied."""
    labels = {}
    for line in (LABELLED / "real.digests").read_text(encoding="ascii").splitlines():
        name, *found = line.split()
        labels[name] = [(int(level), title) for level, title in (one.split(":") for one in found)]
    return labels


def real_sections(path: Path) -> Sections:
    document = open_file(path).document
    return [(level, digest(title)) for level, title in sections(list(document.blocks))]


@pytest.mark.skipif(not real_files(), reason="the shared files are not beside this checkout")
def test_precision_and_recall_on_real_articles() -> None:
    labels = real_labels()
    pairs: list[tuple[Sections, Sections]] = []
    for path in real_files():
        name = hashlib.sha256(path.read_bytes()).hexdigest()[:12]
        if name in labels:
            pairs.append((real_sections(path), labels[name]))
            single = [f"{score:.2f}" for score in scores(iter(pairs[-1:]))] if any(pairs[-1]) else ["none, rightly"]
            print(f"{name}: {len(labels[name]):2} headings: {', '.join(single)}")
    precision, recall, levels = scores(iter(pairs))
    print(f"real: precision {precision:.3f}, recall {recall:.3f}, levels {levels:.3f} in {len(pairs)} files")
    assert len(pairs) >= 20
    assert min(precision, recall, levels) >= ENOUGH


def test_the_seed_has_nine_sections_and_five_below_two_of_them(seed_file: Path) -> None:
    found = real_sections(seed_file)
    assert [level for level, _ in found] == [1] * 8 + [2, 2, 1, 2, 2, 2]
    assert found[7] == (1, digest("基本情况"))
    assert found[10] == (1, digest("特色亮点工作"))
