"""Pages without the elements whose content is no text."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.archive.visible_markup import shown_markup
from tests.growth import assert_linear

ORACLE = re.compile(
    r"<(style|script|svg|noscript|template)\b[^<>]*>.*?(?:</\1\s*>|\Z)|<!--.*?(?:-->|\Z)", re.IGNORECASE | re.DOTALL
)
"""The same in one expression, which takes several times as long."""
PARTS = (
    *("<script>", "</SCRIPT >", "<!--", "-->", "<!-->", "<style a=b>", "</style>", "</script", "文", "<svg", "<svg/>"),
    *("</svg>", "<scripty>", "<", ">", "<noscript>", "</noscript\n>", "<Template x>", "</template>", "\n"),
)


@given(st.lists(st.sampled_from(PARTS), max_size=12).map("".join))
def test_removes_what_one_expression_removes(text: str) -> None:
    assert shown_markup(text) == ORACLE.sub("", text)


@pytest.mark.parametrize("part", ["<script>", "<script", "<style></script>", "<!--", "<svg></svg>", "<!-- </script>"])
def test_costs_linear_time(part: str) -> None:
    assert_linear(lambda size: shown_markup(part * size), 20_000)
