"""The ends of bare URLs: trailing punctuation and brackets (GFM, extended autolink path validation)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.document.autolinks import addresses_in
from tests.growth import assert_linear

URL = "http://example.org/a"


@pytest.mark.parametrize(
    ("after", "kept"),
    [
        ("", ""), (".", ""), ("?!", ""), ("*_~", ""), (":;,'", ""), ("/", "/"), ("-", "-"),
        ("(b)", "(b)"), ("(b))", "(b)"), (")", ""), ("(b", "(b"), (").", ""), ("(b).)", "(b)"), ("((b)c))", "((b)c)"),
        ("[b]", "[b]"), ("]", ""), ("[b]]", "[b]]"), ("])", ""),
        (".b.", ".b"), ("，b", ""), (" b", ""), ("<b", ""),
    ],
)  # fmt: skip
def test_trailing_punctuation_and_unopened_brackets_are_no_part_of_a_url(after: str, kept: str) -> None:
    assert addresses_in(f"灯{URL}{after}") == [(1, 1 + len(URL + kept), URL + kept)]


@given(st.text("()[].!b", max_size=12))
def test_only_punctuation_and_closing_brackets_are_removed(after: str) -> None:
    ((start, end, target),) = addresses_in(URL + after)
    assert (start, target) == (0, (URL + after)[:end])
    assert set((URL + after)[end:]) <= set(")].!")
    assert not target.endswith((".", "!"))
    assert not (target.endswith(")") and target.count(")") > target.count("("))


@pytest.mark.parametrize("piece", [")", "]", "(", ".)", "])", "(a)"])
def test_long_run_of_brackets_takes_linear_time(piece: str) -> None:
    assert_linear(lambda size: addresses_in(URL + piece * size), 4_000)
