"""Measured widths are at least those of terminals and Textual; clusters are never split."""

import re
import unicodedata
from collections import Counter
from functools import cache

import pytest
from apsw.unicode import grapheme_next_break
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from wcwidth import iter_graphemes, wcswidth, wcwidth

from reader.document.sanitizing import clean
from reader.layout import cells as module
from reader.layout.cells import _BY_PROPERTY, Cells, cluster_ends, clusters, is_simple
from tests.layout.strategies import SCRAPS

NARROW, WIDE = Cells(1), Cells(2)

SEQUENCES = (
    "👩\u200d👩\u200d👧", "👍🏽", "👩🏽\u200d🚀", "🏳️\u200d🌈", "🏴\u200d☠️", "🇨🇳", "🇨🇳🇯🇵", "🇨", "🇨🇳🇯", "1️⃣",
    "#️⃣", "❤️", "❤︎", "☎️", "☎︎", "©️",
    "e\u0301", "a\u0308\u0304", "か\u3099", "ハ\u309a", "ﾊﾟ",
    "한", "\u1112\u1161\u11ab", "\u1112\u1161", "\u1112", "न्त्र", "क्षि", "தமிழ்", "ก็", "น้ำ",
    "العربية",
    "עִבְרִית", "葛\U000e0100", "辻\ufe00", "\u0301", "🏽", "🏽🏽",
    "A\u20dd", "x\u0336", "①", "—", "…", "°C", "№", "ﷺ", "𝕏", "꧁",
)  # fmt: skip
"""Clusters of all kinds, complete and partial."""


@cache
def characters() -> tuple[str, ...]:
    """Every character that cleaning keeps, except control characters."""
    every = (chr(code) for code in range(0x110000) if not 0xD800 <= code < 0xE000)
    return tuple(one for one in every if unicodedata.category(one) not in {"Cc", "Cn", "Co"} and clean(one) == one)


def test_of_two_measured_widths_the_larger_counts() -> None:
    differing = Counter[str]()
    for one in characters():
        painted, expected = cell_len(one), wcwidth(one)
        if painted != expected:
            differing[unicodedata.category(one)] += 1
        assert NARROW.width(one) >= max(painted, expected), f"U+{ord(one):04X}"
    print(f"\n{sum(differing.values()):,} of {len(characters()):,} characters differ: {dict(differing)}")
    # Without any, this test would prove nothing.
    assert differing


def test_nearly_all_characters_are_measured_as_painted() -> None:
    wider = [one for one in characters() if NARROW.width(one) > max(cell_len(one), wcwidth(one))]
    assert wider == []


@pytest.mark.parametrize("sequence", SEQUENCES)
def test_sequence_is_at_least_as_wide_as_either_measure(sequence: str) -> None:
    for text in (sequence, f"海{sequence}边", f"a{sequence}b", sequence * 2):
        assert NARROW.width(text) >= max(cell_len(text), wcswidth(text))
        assert WIDE.width(text) >= NARROW.width(text)


def test_ordinary_sequences_have_their_visible_width() -> None:
    widths = {
        "👩\u200d👩\u200d👧": 2,
        "👍🏽": 2,
        "🇨🇳": 2,
        "❤️": 2,
        "e\u0301": 1,
        "か\u3099": 2,
        "\u1112\u1161\u11ab": 2,
        "海边": 4,
    }
    assert {text: NARROW.width(text) for text in widths} == widths


def test_ambiguous_characters_are_as_wide_as_set() -> None:
    for mark in "“”‘’…—·①°":
        assert (NARROW.width(mark), WIDE.width(mark)) == (1, 2)
    assert WIDE.width("灯塔 lamp。") == NARROW.width("灯塔 lamp。") == 11


def test_simple_characters_join_no_neighbour() -> None:
    simple = [one for one in characters() if is_simple(one)]
    complex_ones = len(characters()) - len(simple)
    assert len(simple) > 100_000
    assert complex_ones > 1_000
    for one in simple:
        for text in (f"a{one}", f"海{one}", f"{one}a", f"{one}海", one + one, f"😀{one}", f"{one}😀"):
            assert grapheme_next_break(text, 0) == 1, f"U+{ord(one):04X}"
    # Random pairs suffice, because joining depends only on the classes of both.
    shuffled = sorted(simple, key=lambda one: hash((ord(one) * 2654435761) % 2**32))
    text = "".join(shuffled)
    assert sum(1 for _ in clusters(text)) == len(text)


TEXTS = st.lists(st.sampled_from([*SCRAPS, *SEQUENCES]), max_size=12).map("".join)
WRITTEN = TEXTS | st.text(max_size=20).map(lambda text: clean(text).replace("\n", "").replace("\t", ""))


@settings(max_examples=400, deadline=None)
@given(WRITTEN, st.sampled_from([1, 2]))
def test_fast_path_equals_clusters(text: str, ambiguous_width: int) -> None:
    cells = Cells(ambiguous_width)
    each = cells.each(text)
    assert len(each) == len(text)
    assert sum(each) == cells.width(text)
    assert cells.width(text) == sum(cells.width(cluster) for cluster in clusters(text))
    assert cells.width(text) == sum(module._cluster_width(cluster, ambiguous_width) for cluster in clusters(text))
    for offset in range(len(text) + 1):
        end = max((end for end in {0, *cluster_ends(text)} if end <= offset), default=0)
        assert cells.before(text, offset) == sum(each[:end])


@settings(max_examples=400, deadline=None)
@given(WRITTEN)
def test_text_is_at_least_as_wide_as_either_measure(text: str) -> None:
    assert NARROW.width(text) >= max(cell_len(text), wcswidth(text))


@settings(max_examples=400, deadline=None)
@given(WRITTEN, st.integers(0, 30))
def test_cut_splits_no_cluster_and_fills_the_width(text: str, room: int) -> None:
    end = NARROW.cut(text, room)
    assert end in {0, *cluster_ends(text)}
    assert NARROW.width(text[:end]) <= room
    further = min((other for other in cluster_ends(text) if other > end), default=None)
    assert further is None or NARROW.width(text[:further]) > room


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_clusters_are_those_of_wcwidth(text: str) -> None:
    assert "".join(clusters(text)) == text
    # The only exception are wide letters that join without limit: their cluster would be wider than any line.
    assume(not re.search("[\u1100-\u115f\ua960-\ua97c]{5}|[\U0001f3fb-\U0001f3ff]{4}", text))
    assert list(clusters(text)) == list(iter_graphemes(text))


def test_endlessly_joining_letters_are_cut_without_loss() -> None:
    for letter in "\u1100\u0600":
        found = list(clusters(letter * 200))
        assert "".join(found) == letter * 200
        assert max(map(NARROW.width, found)) <= 10


@pytest.mark.parametrize("ambiguous_width", [1, 2])
def test_widths_that_are_known_without_wcwidth_are_its_widths(ambiguous_width: int) -> None:
    cells = Cells(ambiguous_width)
    known = [character for character in map(chr, range(0x10000)) if character in _BY_PROPERTY]
    assert len(known) > 30_000
    differing = [one for one in known if cells.width(one) != wcwidth(one, ambiguous_width=ambiguous_width)]
    assert differing == []
