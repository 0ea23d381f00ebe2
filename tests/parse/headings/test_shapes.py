"""The characters of a row exclude no shape that the expression would find."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.parse.headings.shapes import _NUMBERS


@pytest.mark.parametrize("row", _NUMBERS, ids=lambda row: row[0])
def test_a_row_excludes_nothing_that_its_expression_matches(row: tuple[object, ...]) -> None:
    starts, needs, pattern = row[1], row[2], re.compile(row[-1].pattern, re.IGNORECASE)  # type: ignore[attr-defined]
    # U+017F and U+212A match “s” and “k” without being written for them.
    odd = {"\u017f", "\u212a", "\u0131", "\u0130"}

    # To generate a text of an expression takes ten milliseconds.
    @settings(max_examples=30)
    @given(st.from_regex(pattern).filter(lambda text: pattern.match(text) is not None and odd.isdisjoint(text)))
    def check(text: str) -> None:
        begins = text.lower().startswith(starts) if isinstance(starts, tuple) else text[0].lower() in starts  # type: ignore[operator]
        assert begins
        assert not needs or any(one in text for one in needs)  # type: ignore[attr-defined]

    check()
