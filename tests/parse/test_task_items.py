"""Items of task lists in Markdown."""

import pytest

from reader.document.blocks import ListBlock, leaves
from reader.document.body import Body, BodyFormat
from reader.parse.parser import parse


@pytest.mark.parametrize(
    ("source", "checked", "text"),
    [
        ("- [x] 补网", True, "补网"),
        ("- [ ] 补网", False, "补网"),
        ("1. [X] 补网", True, "补网"),
        ("- \\[x] 补网", None, "[x] 补网"),
        ("- \\[ \\] 补网", None, "[ ] 补网"),
        ("- [x]补网", None, "[x]补网"),
        ("- 补网 [x]", None, "补网 [x]"),
        ("- `[x]` 补网", None, "[x] 补网"),
    ],
)
def test_only_a_bare_box_at_the_beginning_is_a_checkbox(source: str, *, checked: bool | None, text: str) -> None:
    (block,) = parse(Body(source, BodyFormat.MARKDOWN, "")).blocks
    assert isinstance(block, ListBlock)
    assert [item.checked for item in block.items] == [checked]
    assert [leaf.text.text for leaf in leaves(block)] == [text]
