"""Heights of the units of a layout in rows, each estimated or measured."""

from reader.layout.heights import Heights


class UnitHeights:
    """Heights by the numbers of the units.

    Attributes:
        rows: The heights.
        unmeasured: The number of units whose height is an estimate.
    """

    def __init__(self) -> None:
        self.rows = Heights()
        self.unmeasured = 0
        self._measured = bytearray()
        self._next = 0
        self._last_measured = -1

    def __len__(self) -> int:
        return len(self._measured)

    def is_measured(self, number: int) -> bool:
        """Whether the height of a unit is not an estimate."""
        return bool(self._measured[number])

    def append(self, height: int, *, is_exact: bool) -> None:
        """Add a unit below all others."""
        self.rows.append(height)
        self._measured.append(is_exact)
        self.unmeasured += not is_exact

    def estimate(self, number: int, height: int, *, is_exact: bool = False) -> None:
        """Replace the height of a unit by an estimate, or by an exact height that took no measuring."""
        self.rows[number] = height
        self.unmeasured += self._measured[number] - is_exact
        self._measured[number] = is_exact
        self._next = min(self._next, number)

    def measure(self, number: int, height: int) -> bool:
        """Store a measured height, unless there is one; return whether units that were measured before have shifted."""
        if self._measured[number]:
            return False
        has_shifted = height != self.rows[number] and number < self._last_measured
        self._measured[number] = True
        self.unmeasured -= 1
        self.rows[number] = height
        self._last_measured = max(self._last_measured, number)
        return has_shifted

    def first_unmeasured(self) -> int:
        """The number of the first unit whose height is an estimate; there must be one."""
        self._next = self._measured.index(0, self._next)
        return self._next

    def truncate(self, length: int) -> None:
        """Remove all units from number `length` on."""
        self.unmeasured -= self._measured.count(0, length)
        del self._measured[length:]
        self.rows.truncate(length)
        self._next = min(self._next, length)
        self._last_measured = min(self._last_measured, length - 1)
