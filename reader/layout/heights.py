"""Prefix sums of row heights, some of them estimated, in a Fenwick tree (Fenwick 1994)."""

from collections.abc import Sequence


class Heights:
    """Heights in rows; updating one, summing a prefix and finding a row each take O(log n)."""

    def __init__(self, heights: Sequence[int] = ()) -> None:
        self._heights = list(heights)
        self._tree = [0, *self._heights]
        for index in range(1, len(self._tree)):
            parent = index + (index & -index)
            if parent < len(self._tree):
                self._tree[parent] += self._tree[index]
        self.total = sum(self._heights)
        self._highest_bit = 1 << len(self._heights).bit_length() >> 1

    def __len__(self) -> int:
        return len(self._heights)

    def append(self, height: int) -> None:
        """Add one more below all others."""
        self._heights.append(height)
        self.total += height
        index = len(self._tree)
        node, covered = height, index - 1
        while covered > index - (index & -index):
            node += self._tree[covered]
            covered -= covered & -covered
        self._tree.append(node)
        self._highest_bit = 1 << len(self._heights).bit_length() >> 1

    def truncate(self, length: int) -> None:
        """Remove all items from number `length` on."""
        self.total = self.before(length)
        del self._heights[length:]
        del self._tree[length + 1 :]
        self._highest_bit = 1 << length.bit_length() >> 1

    def __getitem__(self, index: int) -> int:
        return self._heights[index]

    def __setitem__(self, index: int, height: int) -> None:
        difference = height - self._heights[index]
        if not difference:
            return
        self._heights[index] = height
        self.total += difference
        node = index + 1
        while node < len(self._tree):
            self._tree[node] += difference
            node += node & -node

    def before(self, index: int) -> int:
        """The total rows before item `index`, which may equal the length."""
        rows = 0
        while index:
            rows += self._tree[index]
            index &= index - 1
        return rows

    def find(self, row: int) -> int:
        """The index of the item that covers `row`, counted from 0; the length if the row is below all items."""
        node = 0
        step = self._highest_bit
        while step:
            if node + step < len(self._tree) and self._tree[node + step] <= row:
                node += step
                row -= self._tree[node]
            step >>= 1
        return node
