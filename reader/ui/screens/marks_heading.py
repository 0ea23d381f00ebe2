"""The line above a list of marks: how many there are, in which order, how many are marked or were deleted."""

from collections.abc import Sequence

from reader.language import _, ngettext
from reader.marks.mark_list import MarkFilter, Scope, SortMarks


def heading(shown: MarkFilter, count: int, *, by_kind: str, marked: int, hidden: int) -> str:
    """Describe a list of `count` marks.

    `by_kind` is the name of the order by kind; `hidden` is how many of the `marked` rows are not in the list.
    """
    scope = {
        Scope.ARTICLE: _("{count:,} in this article"),
        Scope.ARCHIVES: _("{count:,} in these archives"),
        Scope.EVERYTHING: _("{count:,} in all archives"),
    }[shown.scope]
    order = {
        SortMarks.NEWEST: _("newest first"),
        SortMarks.PLACE: _("by article and position"),
        SortMarks.NAME: _("by name"),
        SortMarks.KIND: by_kind,
    }[shown.sort]
    parts = [scope.format(count=count), order]
    if marked:
        parts.append(_marked(marked, hidden))
    if shown.words:
        parts.append(_("“{text}”").format(text=shown.words))
    return " · ".join(parts)


def _marked(count: int, hidden: int) -> str:
    if hidden:
        return _("{count:,} marked, {hidden:,} of them not listed").format(count=count, hidden=hidden)
    return ngettext("{count:,} marked", "{count:,} marked", count).format(count=count)


def deleted(names: Sequence[str], undo: str) -> str:
    """The message that marks were deleted: the name of a single one, else their number; `undo` is a key."""
    if len(names) == 1:
        return _("Deleted: {name} · {undo} undoes").format(name=names[0], undo=undo)
    told = ngettext("Deleted {count:,} · {undo} undoes", "Deleted {count:,} · {undo} undoes", len(names))
    return told.format(count=len(names), undo=undo)
