"""User-perceived characters: the clusters of UAX 29, limited in length."""

import unicodedata

import pytest
from apsw.unicode import grapheme_iter
from hypothesis import given
from hypothesis import strategies as st

from reader.document.characters import LONGEST_CLUSTER, WIDEST_CLUSTER, characters, cluster_end
from reader.layout.cells import Cells, clusters

WRITTEN = (
    "👩🏽\u200d❤️\u200d💋\u200d👨🏿",
    "👨\u200d👩\u200d👧\u200d👦",
    "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f",
    "🇨🇳🇯🇵",
    "e" + "\u0301" * 30,
    "か\u3099",
    "\u1112\u1161\u11ab",
    "\u1112\u1112\u1161",
    "क्ष्म्य्री",
    "བསྒྲུབས",
    "น้ำ",
    "\u0600١٢٣",
    "葛\U000e0100",
)
"""The longest and widest clusters that occur in real languages and emoji."""


def pieces(text: str) -> list[str]:
    return [text[start:end] for start, end in characters(text)]


@pytest.mark.parametrize("text", WRITTEN)
def test_text_is_split_as_by_uax_29(text: str) -> None:
    for whole in (text, f"海{text}a", text * 3):
        assert pieces(whole) == list(grapheme_iter(whole))


@given(st.text(max_size=4))
def test_short_text_is_split_as_by_uax_29(text: str) -> None:
    assert pieces(text) == list(grapheme_iter(text))


@given(
    st.lists(st.sampled_from(["\u1100", "\u0600", "\u0301", "\u0e33", "\u200d", "👩", "🏽", "क", "\u094d", "🇨", "a"]))
)
def test_edges_do_not_depend_on_the_starting_edge(parts: list[str]) -> None:
    text = "".join(part * 9 for part in parts)
    edges = [start for start, _ in characters(text)]
    for number, edge in enumerate(edges):
        assert [edge + start for start, _ in characters(text[edge:])] == edges[number:]


def test_no_character_joins_without_limit() -> None:
    narrow, wide = Cells(1), Cells(2)
    for code in range(0x110000):
        one = chr(code)
        if unicodedata.category(one) in {"Cc", "Cn", "Co", "Cs"} or cluster_end(one * 3, 0) == 1:
            continue
        for text in (one * 130, f"海{one * 130}", f"{one}\u200d" * 65, f"👩{one * 70}"):
            assert "".join(clusters(text)) == text
            for cluster in clusters(text):
                assert len(cluster) <= LONGEST_CLUSTER
                assert max(narrow.width(cluster), wide.width(cluster)) <= WIDEST_CLUSTER, f"U+{code:04X}"
