"""Reading a corrupt table: every readable row is found, whatever rows are unreadable."""

from collections.abc import Iterator
from typing import Any

import apsw
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.marks import recovery

GAP = 64


@pytest.fixture(autouse=True, scope="module")
def _short_gap() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(recovery, "_GAP", GAP)
        yield


class CorruptTable:
    """A table with row ids, of which reading some is an error, as if they were on a corrupt page."""

    def __init__(self, rows: dict[int, str], unreadable: set[int]) -> None:
        self.rows = rows
        self.unreadable = unreadable
        self.probes = 0

    def execute(self, query: str, values: tuple[int, ...]) -> Iterator[tuple[int, str]]:
        ids = sorted(self.rows, reverse=query.endswith("DESC"))
        if values:
            self.probes += 1
            ids = [one for one in ids if one == values[0]]
        for one in ids:
            if one in self.unreadable:
                raise apsw.CorruptError
            yield one, self.rows[one]


@given(st.sets(st.integers(1, 60)), st.sets(st.integers(1, 60)))
def test_all_readable_rows_are_found_once(ids: set[int], unreadable: set[int]) -> None:
    table: Any = CorruptTable({one: f"row {one}" for one in ids}, unreadable)
    expected = sorted((table.rows[one],) for one in ids - unreadable)
    assert sorted(recovery._by_number(table, "SELECT rowid, name FROM t")) == expected
    assert table.probes < 60 + GAP


def test_an_intact_table_is_not_probed() -> None:
    table: Any = CorruptTable({1: "a", 900: "b"}, set())
    assert recovery._by_number(table, "SELECT rowid, name FROM t") == [("a",), ("b",)]
    assert table.probes == 0


def test_probing_gives_up_after_a_gap() -> None:
    last = GAP * 3
    table: Any = CorruptTable({1: "a", 2: "b", last: "c", last + 1: "d"}, {2, last})
    assert sorted(recovery._by_number(table, "SELECT rowid, name FROM t")) == [("a",), ("d",)]
    assert table.probes == GAP - 1
    # Each row that is found renews the gap.
    for one in range(GAP // 2, last, GAP // 2):
        table.rows[one] = str(one)
    found = recovery._by_number(table, "SELECT rowid, name FROM t")
    assert len(found) == len(table.rows) - 2


def test_rows_with_a_key_are_read_from_both_ends() -> None:
    class Keyed(CorruptTable):
        def execute(self, query: str, values: tuple[int, ...]) -> Iterator[tuple[int, str]]:
            assert query in {"SELECT a, b FROM t", "SELECT a, b FROM t ORDER BY a DESC, b DESC"}
            return super().execute(query, values)

    table: Any = Keyed({one: str(one) for one in range(9)}, {3, 5})
    found = recovery._by_key(table, "SELECT a, b FROM t", ("a", "b"))
    assert [one for one, _text in found] == [0, 1, 2, 8, 7, 6]
