"""Containers of VuePress that only align their text."""

import pytest

from tests.parse.blocks import markdown, para
from tests.parse.test_dialects import callout


@pytest.mark.parametrize("name", ["right", "center", "left"])
def test_an_aligned_container_may_share_the_end_of_the_one_around_it(name: str) -> None:
    source = f"::: tip 题\n灯在亮。\n::: {name}\n林一\n:::\n\n风大。\n\n::: {name}\n林二\n:::\n"
    assert markdown(source) == [callout("tip", "题", para("灯在亮。"), para("林一")), para("风大。"), para("林二")]
