"""Drawings of diagrams that would tell something else than their source."""

from time import process_time

import pytest

from reader.layout.diagram_loops import loops_of
from reader.layout.diagrams import DiagramJob, Drawing, drawing_of


def drawing(source: str, *, is_ascii: bool = False) -> Drawing | None:
    return drawing_of(DiagramJob(source, 80, is_ascii))


def lifelines(source: str, participant: str) -> list[str]:
    """What the lifeline of a participant is beside each message: its label is the key, in the order of the messages."""
    found = drawing(source)
    assert found is not None
    column = found.rows[1].index(participant)
    return [row[column] for row in found.rows[3:] if any(letter.isalpha() for letter in row)]


INLINE = "sequenceDiagram\n A->>+B: one\n B->>+C: two\n C-->>-B: three\n B-->>-A: four\n A->>B: five"
STATED = (
    "sequenceDiagram\n A->>B: one\n activate B\n B->>C: two\n activate C\n C-->>B: three\n deactivate C\n"
    " B-->>A: four\n deactivate B\n A->>B: five"
)
FRAMED = "sequenceDiagram\n A->>+B: one\n loop each\n B->>+C: two\n C-->>-B: three\n end\n B-->>-A: four\n A->>B: five"


@pytest.mark.parametrize("source", [INLINE, STATED])
def test_activations_are_beside_their_messages(source: str) -> None:
    assert lifelines(source, "B") == ["┆", "║", "║", "║", "┆"]
    assert lifelines(source, "C") == ["┆", "┆", "║", "┆", "┆"]


def test_activations_within_a_frame_are_beside_their_messages() -> None:
    found = drawing(FRAMED)
    assert found is not None
    told = {label: row for row in found.rows for label in ("one", "two", "three", "four", "five") if label in row}
    assert [told[label].count("║") for label in told] == [0, 1, 2, 1, 0]


@pytest.mark.parametrize(
    "source",
    [
        "stateDiagram-v2\n [*] --> A\n A --> A: again\n A --> B: go",
        "flowchart TD\n X --> A[Wait]\n A -->|again| A\n A --> B",
        "flowchart TD\n X --> A\n A[Wait] -- again --> A\n B --> A",
        *(
            f"flowchart TD\n X --> A\n A {link} A\n A --> B"
            for link in ("---", "===", "-.-", "--o", "--x", "---|again|")
        ),
    ],
)
def test_an_edge_to_its_own_node_is_not_drawn_as_if_it_came_from_another(source: str) -> None:
    assert drawing(source) is None
    assert drawing(source, is_ascii=True) is None


@pytest.mark.parametrize(
    "source",
    ["flowchart TD\n A --> A\n A --> B", "flowchart TD\n A --> AB\n B --> A-1", "sequenceDiagram\n A->A: a\n B->A: b"],
)
def test_other_edges_are_drawn(source: str) -> None:
    assert drawing(source) is not None


def test_a_long_row_of_blanks_behind_an_edge_takes_no_cubic_time() -> None:
    # It took more than 12 seconds.
    start = process_time()
    assert not loops_of("graph\n" + "a-" * 1_500 + "->" + " " * 4_900)
    assert process_time() - start < 10
