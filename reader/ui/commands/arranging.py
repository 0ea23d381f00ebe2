"""The grouping and sorting of the sidebar, as entries of a palette."""

from reader.language import _
from reader.shelves.counts import SortBy, View
from reader.ui.screens import modals
from reader.ui.widgets.shelf_list import view_title


def arrangements(view: View, sort: SortBy) -> "list[modals.PaletteEntry]":
    """All choices, with a tick on the grouping and the order in use."""
    found = [(_group_title(one), one is view, f"view:{one}", "group") for one in View]
    found += [(_("Sort by {name}").format(name=_sort_title(one)), one is sort, f"sort:{one}", "sort") for one in SortBy]
    return [
        modals.PaletteEntry(title, "✓" if chosen else "", value, f"{title} {kind} {value.partition(':')[2]}")
        for title, chosen, value, kind in found
    ]


def read_arrangement(value: str, view: View, sort: SortBy) -> tuple[View, SortBy]:
    """The view and the order after the entry `value` was chosen."""
    kind, _colon, name = value.partition(":")
    return (View(name), sort) if kind == "view" else (view, SortBy(name))


def _group_title(view: View) -> str:
    return _("No groups") if view is View.ALL else _("Group by {name}").format(name=view_title(view))


def _sort_title(sort: SortBy) -> str:
    return {
        SortBy.DATE: _("date"),
        SortBy.TITLE: _("title"),
        SortBy.LENGTH: _("length"),
        SortBy.SOURCE: _("source"),
        SortBy.LAST_READ: _("last read"),
    }[sort]
