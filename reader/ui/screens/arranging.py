"""What the sidebar can be made by and sorted by, as entries of a palette."""

from reader.language import _
from reader.library.survey import SortBy, View
from reader.ui.screens.palette import Entry
from reader.ui.widgets.sidebar import view_title


def arrangements(view: View, sort: SortBy) -> list[Entry]:
    """All there is to choose from; what is in use is ticked."""
    found = [
        Entry(
            _("Shelves: {name}").format(name=view_title(one)), "✓" if one is view else "", f"view:{one}", f"group {one}"
        )
        for one in View
    ]
    found += [
        Entry(
            _("Sorted by {name}").format(name=_sort_title(one)),
            "✓" if one is sort else "",
            f"sort:{one}",
            f"sort {one}",
        )
        for one in SortBy
    ]
    return [Entry(one.title, one.key, one.value, f"{one.title} {one.names}") for one in found]


def read_arrangement(value: str, view: View, sort: SortBy) -> tuple[View, SortBy]:
    """The view and the order after an entry was chosen."""
    kind, _colon, name = value.partition(":")
    return (View(name), sort) if kind == "view" else (view, SortBy(name))


def _sort_title(sort: SortBy) -> str:
    return {
        SortBy.DATE: _("date"),
        SortBy.TITLE: _("title"),
        SortBy.LENGTH: _("length"),
        SortBy.SOURCE: _("source"),
        SortBy.LAST_READ: _("when it was last read"),
    }[sort]
