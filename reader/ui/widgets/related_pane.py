"""The pane of related articles: links to the open article and from it, mentions of it, and similar articles."""

from collections.abc import Sequence

from rich.segment import Segment
from textual.message import Message

from reader.language import _
from reader.lean_dataclasses import dataclass
from reader.settings.options import Typesetting
from reader.ui import late
from reader.ui.colours import Colours
from reader.ui.related_sections import RelatedEntry, RelatedSection
from reader.ui.text_fitting import fitted
from reader.ui.widgets.rows import RowList

_SENTENCE_ROWS = 3
"""The maximum number of rows of a sentence."""


@dataclass(frozen=True, slots=True)
class _PaneRow:
    """A row: its text, its role, the number of its section, its entry, and whether the cursor stops at it."""

    text: str
    role: str
    section: int
    entry: RelatedEntry | None = None
    stops: bool = False


class RelatedPane(RowList):
    """The related articles of the open one."""

    HEADING_ROWS = 1

    class Asked(Message):
        """The entries of a section were requested."""

    class Shown(Message):
        """The pane became visible."""

    def __init__(self, colours: Colours, typesetting: Typesetting) -> None:
        super().__init__(colours, id="related")
        self._typesetting = typesetting
        self._sections: Sequence[RelatedSection] = ()
        self._rows: list[_PaneRow] = []
        self._set_for: int | None = None

    def on_show(self) -> None:
        """Report that the pane became visible."""
        self.post_message(self.Shown())

    def fill(self, sections: Sequence[RelatedSection], *, start: int | None = 0) -> None:
        """Show other sections; move the cursor to the first entry of section `start`, or leave it if that is None."""
        self._sections, self._set_for = sections, None
        self.rebuild()
        if start is None or not sections:
            return
        rows = self._lines()
        title = next((at for at, row in enumerate(rows) if row.section == start), 0)
        stops = (at for at, row in enumerate(rows) if row.stops and row.section == start)
        self.cursor = next(stops, title)
        self.scroll_to(y=title, animate=False)

    def entry_at(self, number: int) -> RelatedEntry | None:
        """The entry of a row; None for a title or a note."""
        rows = self._lines()
        return rows[number].entry if 0 <= number < len(rows) else None

    # Rows

    def _lines(self) -> list[_PaneRow]:
        """The rows at the current width."""
        width = self.row_width
        if width != self._set_for:
            self._set_for, self._rows = width, []
            for number, section in enumerate(self._sections):
                if number:
                    self._rows.append(_PaneRow("", "muted", number))
                self._rows.append(_PaneRow(" " + section.title, "heading", number))
                for entry in section.entries:
                    self._rows += self._entry(entry, number, max(width - 3, 4))
                if section.note:
                    texts = late.set_plain(section.note, max(width - 3, 4), self._typesetting)
                    role = "accent" if section.asks else "muted"
                    self._rows += [
                        _PaneRow("  " + text, role, number, stops=section.asks and not at)
                        for at, text in enumerate(texts)
                    ]
        return self._rows

    def _entry(self, entry: RelatedEntry, number: int, width: int) -> list[_PaneRow]:
        rows = [_PaneRow("  " + entry.article.title, "link_inside", number, entry, stops=True)]
        texts = late.set_plain(entry.sentence, width, self._typesetting) if entry.sentence else []
        shown = list(texts[:_SENTENCE_ROWS])
        if len(texts) > _SENTENCE_ROWS:
            shown[-1] = fitted(shown[-1] + "……", width)
        return rows + [_PaneRow("  " + text, "muted", number, entry) for text in shown]

    def count(self) -> int:
        """The number of rows."""
        return len(self._lines())

    def heading(self, width: int) -> list[Segment]:
        """Return the title of the pane."""
        return [Segment(fitted(" " + _("Related articles"), width), self.colours.role("muted"))]

    def row(self, number: int, width: int, *, lit: bool) -> list[Segment]:
        """Render a row."""
        del lit
        row = self._lines()[number]
        bold = row.role == "heading"
        return [Segment(fitted(row.text, width), self.colours.role(row.role, bold=bold))]

    # Keys

    def action_cursor(self, step: int) -> None:
        """Move the cursor to another entry."""
        rows = self._lines()
        stops = [number for number, row in enumerate(rows) if row.stops]
        ahead = [number for number in stops if (number - self.cursor) * step > 0]
        if not ahead:
            return
        further = min(ahead) if step > 0 else max(ahead)
        if abs(step) > 1:
            further = min(ahead, key=lambda number: abs(number - self.cursor - step))
        self.cursor = further
        # Scroll so that all rows of the entry are visible.
        last = further
        while last + 1 < len(rows) and rows[last + 1].entry is rows[further].entry is not None:
            last += 1
        self.show_row(last)
        self.show_row(further)

    def action_cursor_to(self, number: int) -> None:
        """Move the cursor to the first entry, or to the last."""
        stops = [at for at, row in enumerate(self._lines()) if row.stops]
        if stops:
            self.cursor = stops[number]
            self.show_row(0 if number == 0 else self.count() - 1)

    def action_choose(self) -> None:
        """Open the entry under the cursor, or request the entries of its section."""
        rows = self._lines()
        row = rows[self.cursor] if self.cursor < len(rows) else None
        if row is None:
            return
        if row.entry is None and self._sections[row.section].asks:
            self.post_message(self.Asked())
        else:
            super().action_choose()
