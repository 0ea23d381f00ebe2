"""Sequence diagrams of Mermaid, drawn by termaid with the bars of activations beside the right messages."""

from typing import Any

_USUAL_GAP = 4
"""The usual gap of other diagrams; termaid then uses its own default for sequence diagrams."""


def draw_sequence(source: str, spacing: tuple[int, int, int | None], *, is_ascii: bool) -> str:
    """Draw a sequence diagram.

    Args:
        source: Its Mermaid source.
        spacing: Cells around a label, cells between participants, and the width in cells at which labels wrap.
        is_ascii: Whether to draw in ASCII characters.
    """
    # Only the process that draws needs it.
    from termaid.parser.sequence import parse_sequence_diagram  # noqa: PLC0415
    from termaid.renderer.sequence import render_sequence  # noqa: PLC0415

    padding, gap, label = spacing
    diagram = parse_sequence_diagram(source)
    _advance(diagram.events)
    gaps = {} if gap == _USUAL_GAP else {"gap": gap}
    return render_sequence(diagram, use_ascii=is_ascii, padding_x=padding, max_label_width=label, **gaps).to_string()


def _advance(events: list[Any]) -> None:
    """Move the start or end of an activation before its message, because termaid draws it one message later."""
    from termaid.model.sequence import ActivateEvent, Block, Message  # noqa: PLC0415

    for number in range(1, len(events)):
        before, event = events[number - 1 : number + 1]
        if isinstance(event, ActivateEvent) and isinstance(before, Message):
            events[number - 1 : number + 1] = event, before
    for event in events:
        if isinstance(event, Block):
            parts: list[Any] = [event, *event.sections]
            for part in parts:
                _advance(part.events)
