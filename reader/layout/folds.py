"""Folds: titles whose following rows can be hidden. Callouts and details have them."""

from typing import NamedTuple

_FOLD = "\x00fold:"


class Fold(NamedTuple):
    """A fold.

    Attributes:
        leaf: The number of the leaf of its title.
        is_folded: Whether it is folded at first.
    """

    leaf: int
    is_folded: bool


def fold_link(leaf: int) -> str:
    """The link that folds or unfolds what follows a title. No link of a document begins with a control code."""
    return f"{_FOLD}{leaf}"


def linked_fold(link: str) -> int | None:
    """The leaf of the title of the fold that a link toggles; None for any other link."""
    return int(link.removeprefix(_FOLD)) if link.startswith(_FOLD) else None
