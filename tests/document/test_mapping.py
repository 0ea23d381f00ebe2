"""Rebuilding blocks with other leaves in them."""

from dataclasses import replace

import pytest
from hypothesis import given, settings

from reader.document.blocks import Block, Details, Heading, Inline, Leaf, Paragraph, Quote, leaves
from reader.document.document import Document
from reader.document.mapping import DEEPEST, map_leaves
from tests.document.test_document import EVERYTHING
from tests.export.strategies import bodies


def shouted(leaf: Leaf) -> Leaf:
    """The leaf with an exclamation mark appended, if it has text."""
    return replace(leaf, text=Inline(leaf.text.text + "!")) if isinstance(leaf, Paragraph) else leaf


def nested(depth: int) -> Block:
    block: Block = Paragraph(Inline("deep"))
    for _ in range(depth):
        block = Quote((block,))
    return block


@settings(deadline=None)
@given(bodies())
def test_unchanged_leaves_give_an_equal_document(body: tuple[Block, ...]) -> None:
    assert tuple(map_leaves(block, lambda leaf: leaf) for block in body) == body


@settings(deadline=None)
@given(bodies())
def test_every_leaf_is_seen_once_in_reading_order(body: tuple[Block, ...]) -> None:
    seen: list[Leaf] = []

    def note(leaf: Leaf) -> Leaf:
        seen.append(leaf)
        return leaf

    for block in body:
        map_leaves(block, note)
    assert seen == list(Document(body).leaves)


def test_leaves_of_every_container_are_replaced() -> None:
    made = [leaf for block in EVERYTHING.blocks for leaf in leaves(map_leaves(block, shouted))]
    assert made == [shouted(leaf) for leaf in EVERYTHING.leaves]
    assert made != list(EVERYTHING.leaves)


@pytest.mark.parametrize(("depth", "text"), [(DEEPEST, "deep!"), (DEEPEST + 1, "deep"), (20_000, "deep")])
def test_leaves_nested_too_deeply_are_visited_but_unchanged(depth: int, text: str) -> None:
    seen: list[str] = []

    def note(leaf: Leaf) -> Leaf:
        seen.append(leaf.text.text)
        return shouted(leaf)

    assert [leaf.text.text for leaf in leaves(map_leaves(nested(depth), note))] == [text]
    assert seen == ["deep"]


def test_a_summary_can_only_become_a_paragraph() -> None:
    with pytest.raises(TypeError):
        map_leaves(Details(Paragraph(Inline("a")), ()), lambda leaf: Heading(leaf.text, 1))
