"""The kinds of changes that can be undone."""

from enum import StrEnum
from pathlib import Path

from reader.lean_dataclasses import dataclass


class ChangeKind(StrEnum):
    """The kind of a change. Values are stored in the database, so a released value never changes its meaning."""

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
    WORD_DELETED = "word-deleted"
    REVIEW = "review"
    IMPORT = "import"


@dataclass(frozen=True, slots=True)
class Change:
    """The result of undoing or redoing a change.

    Attributes:
        kind: The kind of the change.
        detail: Its object: a title, a name, the beginning of a quotation.
        articles: The ids of the affected articles.
        whole: Whether it was applied completely, since nothing was changed elsewhere meanwhile.
        overtaken: Whether all of it was overwritten meanwhile, so that nothing was applied.
    """

    kind: ChangeKind
    detail: str
    articles: frozenset[str]
    whole: bool
    overtaken: bool = False


@dataclass(frozen=True, slots=True)
class PendingChange:
    """The change that undo or redo would apply next.

    Attributes:
        number: Its number in the undo log.
        kind: The kind of the change.
        detail: Its object, as of `Change`.
        articles: The ids of the affected articles.
        is_earlier: Whether it was made by an earlier process.
        title: The title of one of the articles, or empty.
        path: The path of that article's file, or None.
    """

    number: int
    kind: ChangeKind
    detail: str
    articles: frozenset[str]
    is_earlier: bool
    title: str = ""
    path: Path | None = None
