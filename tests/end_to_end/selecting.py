"""Selecting sentences with the keyboard."""

from collections.abc import Collection
from random import Random

from tests.end_to_end.marking import in_sight, selected, sentences
from tests.end_to_end.terminal import Terminal

Span = tuple[int, int]
"""The numbers of the first and last sentence."""

FRAME = 0.02
"""Seconds without output after which the screen counts as complete."""


def select(terminal: Terminal, chance: Random) -> Span | None:
    """Select one or several sentences on the page; None if the selection contains a heading."""
    _begin(terminal)
    for _ in range(chance.randrange(6)):
        _step(terminal, "l")
    if chance.random() < 0.3:
        terminal.type("v")
        for _ in range(chance.randrange(1, 3)):
            _step(terminal, "l")
    return sentences(selected(terminal))


def select_one_of(terminal: Terminal, chance: Random, numbers: Collection[int]) -> Span | None:
    """Select one of these sentences that is on the page, if there is one."""
    wanted = [number for _article, number in in_sight(terminal)[1:] if number in numbers]
    if not wanted:
        return None
    _begin(terminal)
    target = chance.choice(wanted)
    # One heading more than there are sentences.
    for _ in range(30):
        here = sentences(selected(terminal))
        if here == (target, target):
            return here
        _step(terminal, "l" if here is None or here[0] < target else "h")
    return None


def _begin(terminal: Terminal) -> None:
    terminal.type("v")
    _wait_for_other(terminal, "")


def _step(terminal: Terminal, key: str) -> None:
    before = selected(terminal)
    terminal.type(key)
    _wait_for_other(terminal, before)


def _wait_for_other(terminal: Terminal, before: str) -> None:
    terminal.wait_for(lambda seen: selected(seen) not in ("", before))
    # Only half of it may be painted yet.
    terminal.settle(FRAME)
