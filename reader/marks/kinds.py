"""The kinds of changes that can be undone."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a change did; kept in the store, so a value that was released is never another."""

    READ = "read"
    UNREAD = "unread"
    STAR = "star"
    UNSTAR = "unstar"
    LATER = "later"
    NOT_LATER = "not-later"
    TAGS = "tags"
    BOOKMARK = "bookmark"
    BOOKMARK_CHANGED = "bookmark-changed"
    BOOKMARK_DELETED = "bookmark-deleted"
    HIGHLIGHT = "highlight"
    HIGHLIGHT_CHANGED = "highlight-changed"
    HIGHLIGHT_DELETED = "highlight-deleted"
    SEARCH = "search"
    SEARCH_DELETED = "search-deleted"
    IMPORT = "import"


@dataclass(frozen=True, slots=True)
class Change:
    """A change that was undone or done again, or should have been.

    Attributes:
        kind: What it had done.
        detail: To what: a title, a name, the beginning of a quotation.
        articles: The ids of the articles it was about.
        whole: Whether all of it could be undone; not what was changed elsewhere since.
        overtaken: Whether all of it was changed since, so that nothing could be undone.
    """

    kind: Kind
    detail: str
    articles: frozenset[str]
    whole: bool
    overtaken: bool = False
