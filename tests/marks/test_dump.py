"""The dump of the marks database."""

from typing import Any

from reader.marks.dump import dump
from reader.marks.exchange import encoded
from tests.marks.making import exported, filled


def test_dump_only_needs_rows() -> None:
    marks = filled(None)
    asked: list[str] = []

    def rows(statement: str) -> list[Any]:
        asked.append(statement)
        return marks.store.rows(statement)

    assert encoded(dump(rows)) == exported(marks)
    assert all(one.startswith("SELECT ") for one in asked)


def test_half_a_position_is_none() -> None:
    marks = filled(None)
    for half in ((1, None), (None, 2)):
        with marks.store.change(None) as connection:
            connection.execute("UPDATE article SET place_block = ?, place_offset = ?", half)
        assert {record.place for record in dump(marks.store.rows).articles} == {None}
