"""Rows of the sidebar."""

from pathlib import Path

import pytest

from reader.lean_dataclasses import replace
from reader.ui.widgets.shelf_painting import shown_title
from tests.marks.making import article


@pytest.mark.parametrize(
    ("name", "room", "shown"),
    [
        ("a1b2c3.md", 30, "Untitled · a1b2c3"),
        ("a1b2c3.md", 16, "Untitled"),
        ("2022-01-01.md", 30, "Untitled"),
        ("x\x1b.md", 30, "Untitled · x"),
    ],
)
def test_without_a_title_the_name_of_the_file_is_shown_if_it_says_something(name: str, room: int, shown: str) -> None:
    untitled = replace(article(path=Path("/archive") / name, title="Untitled"), is_untitled=True)
    assert shown_title(untitled, room) == shown
    assert shown_title(replace(untitled, is_untitled=False), room) == "Untitled"
