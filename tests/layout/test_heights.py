"""The tree of heights compared with plain sums."""

from itertools import accumulate

from hypothesis import given
from hypothesis import strategies as st

from reader.layout.heights import Heights

HEIGHTS = st.lists(st.integers(0, 6), max_size=40)


@given(HEIGHTS, st.data())
def test_sums_and_lookups_equal_those_of_a_list(heights: list[int], data: st.DataObject) -> None:
    tree = Heights(heights)
    length = data.draw(st.integers(0, len(heights)))
    tree.truncate(length)
    del heights[length:]
    for height in data.draw(HEIGHTS):
        tree.append(height)
        heights.append(height)
    if heights:
        for _ in range(data.draw(st.integers(0, 5))):
            index, height = data.draw(st.integers(0, len(heights) - 1)), data.draw(st.integers(0, 9))
            tree[index] = heights[index] = height
    assert len(tree) == len(heights)
    assert [tree[index] for index in range(len(heights))] == heights
    assert [tree.before(index) for index in range(len(heights) + 1)] == [0, *accumulate(heights)]
    assert tree.total == sum(heights)
    owners = [index for index, height in enumerate(heights) for _ in range(height)]
    assert [tree.find(row) for row in range(tree.total)] == owners
    assert tree.find(tree.total) == tree.find(tree.total + 7) == len(heights)
