"""Selecting text by keyboard: one unit at a time, or a range of units."""

from textual.events import Key

from reader.document.document import Document, Position, Range
from reader.keymap.keymap import Keymap
from reader.language import _
from reader.ui import late
from reader.ui.key_bindings import Hint, PressedKeys, hint_line
from reader.ui.widgets.page import Page
from reader.ui.widgets.status import MessageVariants

_UNITS = frozenset({"character", "word", "sentence", "paragraph"})
"""The actions that choose a unit; each has the name of a unit."""

_TURNED = {"down": "forward", "up": "backward", "forward": "up", "backward": "down"}
"""In vertical text, the keys that point down go along the column, and those that point left go to the next one."""


class Selecting:
    """One selection, from `v` until it is cleared.

    There is always a current unit, and it is selected; after extending, the selection reaches from the first unit to
    the current one.
    """

    def __init__(self, page: Page, keys: PressedKeys, keymap: Keymap) -> None:
        """Select on `page`; hints use the keys of `keymap`."""
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
        """Whether a selection is active."""
        return self._here is not None

    @property
    def span(self) -> Range | None:
        """The selected range."""
        if self._here is None or self._anchor is None:
            return self._here
        return Range(min(self._here.start, self._anchor.start), max(self._here.end, self._anchor.end))

    @property
    def notes(self) -> MessageVariants:
        """The text for the status line."""
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
            Hint(_("leave"), ("selecting.leave",)),
        )
        keys = hint_line(self._keymap, hints)
        brief = hint_line(self._keymap, (*hints[:-1], Hint("", ("selecting.leave",))))
        units = {name: label(f"selecting.{name}") for name in sorted(_UNITS)}
        by = _("{unit} ({character} {word} {sentence} {paragraph})").format(unit=unit, **units)
        # The most important hints are kept longest.
        variants = (
            (by, keys, extends),
            (by, brief, extends),
            (unit, keys, extends),
            (unit, keys),
            (keys,),
            (brief,),
        )
        return tuple(" · ".join(parts) for parts in variants)

    def begin(self, span: Range | None) -> bool:
        """Start at the top of the page, or with the mouse selection; return whether there is text to select."""
        document = self._page.document
        if span is not None:
            last = late.unit_before(document, span.end, late.Unit.CHARACTER) or span
            first = late.unit_at(document, span.start, late.Unit.CHARACTER) or span
            self._kind, self._anchor, self._here = late.Unit.CHARACTER, first, last
        else:
            self._anchor = None
            top, foot = self._page.first_place, self._page.last_place
            if self._left is not None and self._left[0] is document and top <= self._left[1] < foot:
                # Continue at the position of the previous selection.
                self._here = late.unit_at(document, self._left[1], self._unit)
            else:
                self._here = late.unit_after(document, top, self._unit) or late.unit_at(document, top, self._unit)
        self._show()
        return self.active

    def pick(self, place: Position, clicks: int) -> bool:
        """Start with the word at a double-clicked position, or the paragraph at a triple-clicked one, if there is one.

        Return whether there is one. The next keyboard selection has the same unit as the last keyboard selection.
        """
        if self._usual is None:
            self._usual = self._unit
        self._kind, self._anchor = late.Unit.WORD if clicks == 2 else late.Unit.PARAGRAPH, None
        self._here = late.unit_at(self._page.document, place, self._unit)
        self._show()
        return self.active

    def leave(self) -> None:
        """Clear the selection."""
        if self._here is not None:
            self._left = self._page.document, self._here.start
        self._here = self._anchor = None
        self._kind, self._usual = self._usual or self._unit, None
        self._page.show_selection(None)

    def take(self, event: Key) -> str:
        """Move by a key; return the requested action: highlight, colour_1 … 4, note, delete, copy, leave, or empty.

        It may also be a command of the settings.
        """
        action = self._keys.selecting_action(event)
        if self._page.is_vertical:
            action = _TURNED.get(action, action)
        if action in _UNITS:
            self._measure_by(late.Unit[action.upper()])
        elif action == "next_unit":
            units = list(late.Unit)
            self._measure_by(units[(units.index(self._unit) + 1) % len(units)])
        elif action in {"forward", "backward"}:
            self._step(1 if action == "forward" else -1)
        elif action in {"down", "up", "page_down", "page_up"}:
            rows = 1 if action in {"down", "up"} else max(self._page.count_in_sight - 2, 1)
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
        """Change the unit; the selection grows or shrinks to whole units."""
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
        """Move to the unit some rows below or above; always to another one, if there is any."""
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
