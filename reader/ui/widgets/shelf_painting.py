"""Rendering of sidebar rows: a shelf with its count, or an article with its date."""

from rich.cells import cell_len
from rich.segment import Segment

from reader.archive.article import Article
from reader.archive.wall_clock import wall_clock
from reader.document.sanitizing import clean_line
from reader.shelves.shelf import DateUnit, Shelf
from reader.shelves.shelving import SEARCH
from reader.ui.colours import Colours
from reader.ui.text_fitting import fitted, padded


def shelf_segments(  # noqa: PLR0913 - the state of a shelf
    colours: Colours, shelf: Shelf, indent: str, width: int, *, is_open: bool, has_unread: bool, marked: bool = False
) -> list[Segment]:
    """Return the row of a shelf, `width` cells wide including `indent`."""
    count = f" {shelf.count:,} "
    is_search = shelf.key[0].startswith(SEARCH)
    title = f"⌕ {shelf.title}" if is_search else shelf.title
    room = width - len(indent) - 2 - len(count)
    before = [Segment(indent, colours.text)]
    return [
        *([Segment(indent[:-1], colours.text), Segment("✓", colours.role("accent", bold=True))] if marked else before),
        Segment("▾ " if is_open else "▸ ", colours.role("muted")),
        Segment(padded(title, max(room, 0)), colours.role("ink" if has_unread else "muted")),
        Segment(count, colours.role("muted")),
    ]


def article_segments(  # noqa: PLR0913 - the state of an article
    colours: Colours,
    article: Article,
    unit: DateUnit,
    indent: str,
    width: int,
    *,
    is_open: bool,
    unread: bool,
    starred: bool,
    marked: bool = False,
) -> list[Segment]:
    """Return the row of an article, `width` cells wide including `indent`; its shelves show the date down to `unit`."""
    before = [Segment(indent, colours.text)]
    if starred:
        # The star does not replace the dot, because a starred article may be unread too.
        before = [Segment(indent[:-1], colours.text), Segment("*", colours.role("accent"))]
    date = _short_date(article, unit)
    room = width - len(indent) - 2 - cell_len(date) - 1
    name = "accent" if is_open else "ink" if unread else "muted"
    return [
        *before,
        Segment("✓ ", colours.role("accent", bold=True))
        if marked
        else Segment("● " if unread else "  ", colours.role("unread")),
        Segment(date, colours.role("muted")),
        Segment(shown_title(article, max(room, 0)), colours.role(name, bold=is_open)),
    ]


def shown_title(article: Article, room: int) -> str:
    """Return the title in `room` cells, for an untitled article with the file name if that has letters and fits."""
    name = clean_line(article.path.stem)
    told = f"{article.title} · {name}"
    if article.is_untitled and any(sign.isalpha() for sign in name) and cell_len(told) <= room:
        return told
    return fitted(article.title, room)


def _short_date(article: Article, unit: DateUnit) -> str:
    """Return the part of an article's date that its shelves do not show, followed by a space."""
    if article.date is None:
        return ""
    shown = wall_clock(article.date)
    if unit is DateUnit.DAY and (shown.hour, shown.minute, shown.second) == (0, 0, 0):
        # Exactly midnight means that the date has no time.
        return ""
    forms = {DateUnit.NOTHING: "%Y-%m-%d ", DateUnit.YEAR: "%m-%d ", DateUnit.MONTH: "%d ", DateUnit.DAY: "%H:%M "}
    return shown.strftime(forms[unit])
