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
