"""A set contains the characters that an expression with the same ranges matches."""

import re

from hypothesis import given
from hypothesis import strategies as st

from reader.document.character_sets import CharacterSet

RANGES = st.sampled_from(["a-f!\u4e00-\u9fff", "^a-f!\u4e00-\u9fff", "xyz", "^-", "a-", "\U00020000-\U0003ffff?"])
TEXTS = st.text(st.sampled_from("abfgxyz!?-\u4e00\u9fff\ua000\U00020000\U0003ffff\U00040000"), max_size=6)


@given(RANGES, TEXTS)
def test_set_contains_the_characters_that_the_expression_matches(ranges: str, text: str) -> None:
    characters = CharacterSet(ranges)
    expression = re.compile(f"[{ranges}]")
    assert [one in characters for one in text] == [expression.match(one) is not None for one in text]
    assert characters.any_in(text) is (expression.search(text) is not None)
