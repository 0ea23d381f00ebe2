"""Selecting text by keys: a unit at a time, or from one unit to another."""

from textual.events import Key

from reader.document.document import Document, Position, Range
from reader.keymap import Keymap
from reader.language import _
from reader.ui import late
from reader.ui.keys import Hint, PressedKeys, hint_line
from reader.ui.widgets.page import Page
from reader.ui.widgets.status import MessageVariants

_UNITS = frozenset({"character", "word", "sentence", "paragraph"})
"""The actions that choose a unit, each the name of one."""


class Selecting:
    """One selection: from `v` until it is left.

    There is always a unit under the hand, and it is what is selected; once one extends, all from the unit where that
    began up to it.
    """

    def __init__(self, page: Page, keys: PressedKeys, keymap: Keymap) -> None:
        """Select on `page` by `keys`, and tell of those in `keymap`."""
        self._keys = keys
        self._keymap = keymap
        self._page = page
        self._kind: late.Unit | None = None
        self._usual: late.Unit | None = None
        self._here: Range | None = None
        self._anchor: Range | None = None
        self._left: tuple[Document, Position] | None = None

    @property
    def _unit(self) -> "late.Unit":
        return self._kind or late.Unit.SENTENCE

    @property
    def active(self) -> bool:
        """Whether the person is at it."""
        return self._here is not None

    @property
    def span(self) -> Range | None:
        """What is selected."""
        if self._here is None or self._anchor is None:
            return self._here
        return Range(min(self._here.start, self._anchor.start), max(self._here.end, self._anchor.end))

    @property
    def notes(self) -> MessageVariants:
        """What the status line says of it."""
        if self._here is None:
            return ()
        unit = {
            late.Unit.CHARACTER: _("Character"),
            late.Unit.WORD: _("Word"),
            late.Unit.SENTENCE: _("Sentence"),
            late.Unit.PARAGRAPH: _("Paragraph"),
        }[self._unit]
        label = self._keymap.label
        ending, beginning = _("{key} stop extending"), _("{key} start extending")
        extends = (ending if self._anchor else beginning).format(key=label("selecting.extend"))
        hints = (
            Hint(_("highlight"), ("selecting.highlight",)),
            Hint(_("note"), ("selecting.note",)),
            Hint(_("copy"), ("selecting.copy",)),
            Hint("", ("selecting.leave",)),
        )
        keys = hint_line(self._keymap, hints)
        units = {name: label(f"selecting.{name}") for name in sorted(_UNITS)}
        by = _("{unit} ({character} {word} {sentence} {paragraph})").format(unit=unit, **units)
        # What one needs most stays longest.
        return tuple(" · ".join(parts) for parts in ((by, keys, extends), (unit, keys, extends), (unit, keys), (keys,)))

    def begin(self, span: Range | None) -> bool:
        """Begin at the top of the page, or with what the mouse selected; whether there is anything to select."""
        document = self._page.document
        if span is not None:
            last = late.unit_before(document, span.end, late.Unit.CHARACTER) or span
            first = late.unit_at(document, span.start, late.Unit.CHARACTER) or span
            self._kind, self._anchor, self._here = late.Unit.CHARACTER, first, last
        else:
            self._anchor = None
            top, foot = self._page.first_place, self._page.last_place
            if self._left is not None and self._left[0] is document and top <= self._left[1] < foot:
                # One goes on where one was.
                self._here = late.unit_at(document, self._left[1], self._unit)
            else:
                self._here = late.unit_after(document, top, self._unit) or late.unit_at(document, top, self._unit)
        self._show()
        return self.active

    def pick(self, place: Position, clicks: int) -> bool:
        """Begin with the word at a place that was clicked twice, or the paragraph; whether there is one.

        The next selection by keys goes by the same units as the last.
        """
        if self._usual is None:
            self._usual = self._unit
        self._kind, self._anchor = late.Unit.WORD if clicks == 2 else late.Unit.PARAGRAPH, None
        self._here = late.unit_at(self._page.document, place, self._unit)
        self._show()
        return self.active

    def leave(self) -> None:
        """Select no more."""
        if self._here is not None:
            self._left = self._page.document, self._here.start
        self._here = self._anchor = None
        self._kind, self._usual = self._usual or self._unit, None
        self._page.show_selection(None)

    def take(self, event: Key) -> str:
        """Move by a key; what else it asks for, or empty: highlight, colour_1 … 4, note, delete, copy, leave."""
        action = self._keys.selecting_action(event)
        if action in _UNITS:
            self._measure_by(late.Unit[action.upper()])
        elif action == "next_unit":
            units = list(late.Unit)
            self._measure_by(units[(units.index(self._unit) + 1) % len(units)])
        elif action in {"forward", "backward"}:
            self._step(1 if action == "forward" else -1)
        elif action in {"down", "up", "page_down", "page_up"}:
            rows = 1 if action in {"down", "up"} else max(self._page.size.height - 2, 1)
            self._step_rows(rows if action in {"down", "page_down"} else -rows)
        elif action == "extend":
            self._anchor = self._here if self._anchor is None else None
            self._show()
        elif action == "swap":
            if self._anchor is not None:
                self._anchor, self._here = self._here, self._anchor
                self._show()
        else:
            return action
        return ""

    def _measure_by(self, unit: "late.Unit") -> None:
        """Take units of another kind; what is selected grows or shrinks to them."""
        self._kind, self._usual = unit, None
        if self._here is not None:
            self._here = late.unit_at(self._page.document, self._here.start, unit) or self._here
        if self._anchor is not None:
            self._anchor = late.unit_at(self._page.document, self._anchor.start, unit) or self._anchor
        self._show()

    def _step(self, step: int) -> None:
        if self._here is None:
            return
        document = self._page.document
        if step > 0:
            self._here = late.unit_after(document, self._here.end, self._unit) or self._here
        else:
            self._here = late.unit_before(document, self._here.start, self._unit) or self._here
        self._show()

    def _step_rows(self, rows: int) -> None:
        """To the unit that stands some rows further down or up; always to another one, if there is any."""
        if self._here is None:
            return
        place = self._page.rows_on(self._here.start, rows)
        found = late.unit_at(self._page.document, place, self._unit)
        if found is None or found == self._here or (found.start < self._here.start) == (rows > 0):
            self._step(1 if rows > 0 else -1)
            return
        self._here = found
        self._show()

    def _show(self) -> None:
        self._page.show_selection(self.span)
        if self._here is not None:
            self._page.show_range(self._here)
