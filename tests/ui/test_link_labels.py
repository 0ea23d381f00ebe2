"""Labels of links: none is a prefix of another, and none is longer than necessary."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from reader.ui.widgets.link_labels import labels


@given(st.integers(min_value=1, max_value=3_000), st.booleans())
def test_labels_can_be_typed_without_enter(count: int, digits: bool) -> None:  # noqa: FBT001 - given
    found = labels(count, digits=digits)
    assert len(set(found)) == count
    joined = sorted(found)
    assert not any(after.startswith(before) for before, after in pairwise(joined))
    assert all(label.isdigit() if digits else label.isalpha() and label.islower() for label in found)


def test_as_many_links_as_a_screen_holds_have_two_letters() -> None:
    assert {len(label) for label in labels(9)} == {1}
    assert set("".join(labels(81))) == set("asdfghjkl")
    assert max(map(len, labels(676))) == 2
    assert labels(1) == ["f"]
