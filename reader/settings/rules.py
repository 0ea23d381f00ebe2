"""Rules that mark the new articles of an archive."""

from typing import Annotated

from reader.language import N_
from reader.lean_dataclasses import dataclass
from reader.settings.value_limits import Matching

QUERY = Matching(
    N_("“{key}” in {path} must be a query"),
    N_("write it as in a search: source:example.org"),
    check=lambda value: isinstance(value, str) and bool(value.strip()),
)


@dataclass(frozen=True, slots=True)
class ArrivalRule:
    """The marks that new articles get if they match a query.

    Attributes:
        query: The query, as in a search.
        tag: Tags that are added.
        star: Whether they are starred.
        read: Whether they are marked as read.
        later: Whether they are added to “read later”.
    """

    query: Annotated[str, QUERY]
    tag: tuple[str, ...] = ()
    star: bool = False
    read: bool = False
    later: bool = False
