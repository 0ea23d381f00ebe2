"""The first character excludes no shape that the expression would find."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.parse.shapes import _NUMBERS


@pytest.mark.parametrize("row", _NUMBERS, ids=lambda row: row[0])
def test_a_row_names_every_character_that_its_expression_may_start_with(row: tuple[object, ...]) -> None:
    starts, pattern = row[1], re.compile(row[-1].pattern, re.IGNORECASE)  # type: ignore[attr-defined]
    # U+017F and U+212A match “s” and “k” without being written for them.
    odd = {"\u017f", "\u212a", "\u0131", "\u0130"}

    @given(st.from_regex(pattern).filter(lambda text: pattern.match(text) is not None and text[0] not in odd))
    def check(text: str) -> None:
        assert text[0].lower() in starts  # type: ignore[operator]

    check()
