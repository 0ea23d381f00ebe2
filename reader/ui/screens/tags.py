"""The tags of an article, typed in one line, with suggestions from existing tags."""

from collections.abc import Sequence
from typing import ClassVar

from rich.segment import Segment
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Input

from reader.document.text_folding import folded
from reader.keymap.actions import Context
from reader.keymap.keymap import Keymap
from reader.language import _
from reader.regex import regex
from reader.ui.colours import Colours
from reader.ui.key_bindings import STEPS, Hint, bindings
from reader.ui.screens.dialog import Dialog
from reader.ui.text_fitting import fitted
from reader.ui.widgets.clean_input import CleanInput
from reader.ui.widgets.rows import RowList

_PARTING = regex(r"[,，、;；]|\s(?=[#＃])")
"""The separator of tags: a comma, or the # of the next tag. A tag may contain spaces."""


class _Offers(RowList):
    can_focus = False

    def __init__(self, colours: Colours, tags: Sequence[tuple[str, int]]) -> None:
        super().__init__(colours, id="tags")
        self._all = tags
        self._typed = ""
        self.shown: list[tuple[str, int]] = []

    def offer(self, typed: str, but: Sequence[str]) -> None:
        """Suggest the tags that contain the typed text and are not in the line yet."""
        taken = {folded(one) for one in but}
        self._typed = typed
        words = folded(typed)
        fitting = [one for one in self._all if words in folded(one[0]) and folded(one[0]) not in taken]
        # Tags that start with the text precede tags that contain it; both are sorted by frequency.
        self.shown = sorted(fitting, key=lambda one: not folded(one[0]).startswith(words))
        self.cursor = 0
        self.rebuild()

    def count(self) -> int:
        """The number of suggestions."""
        return max(1, len(self.shown))

    def row(self, number: int, width: int, *, lit: bool) -> list[Segment]:
        """Render a tag and its number of articles."""
        del lit
        muted = self.colours.role("muted")
        if not self.shown:
            message = _("New tag") if self._typed else _("Type a tag")
            return [Segment(" " + fitted(message, width - 1), muted)]
        name, count = self.shown[number]
        paint = self.colours.role("selection") if number == self.cursor else self.colours.text
        label = fitted(f" #{name}", width - 8)
        gap = " " * max(1, width - Segment(label).cell_length - len(f"{count:,}") - 1)
        return [Segment(label, self.colours.role("ink") + paint), Segment(f"{gap}{count:,} ", muted + paint)]


class TagsScreen(Dialog[tuple[str, ...]]):
    """Asks for the tags of an article; returns them."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(Context.TYPING, STEPS, priority=True),
        *bindings(Context.TAGS, priority=True),
    ]

    def __init__(  # noqa: PLR0913 - what tags are chosen from
        self,
        colours: Colours,
        keymap: Keymap,
        article: str,
        tags: Sequence[str],
        own: Sequence[str],
        *,
        known: Sequence[tuple[str, int]],
    ) -> None:
        """Edit `tags`; the title names `article`. Suggest the `own` tags of the files, and the `known` ones."""
        title = _("Tags: {title}").format(title=article)
        hints = (
            Hint(_("separate with commas")),
            Hint(_("accept"), ("typing.previous", "typing.next", "tags.complete")),
            Hint(_("save"), fixed=("enter",)),
            Hint(_("cancel"), ("box.close",)),
        )
        super().__init__(colours, keymap, title, hints)
        self._value = "".join(f"{tag}, " for tag in tags)
        names = {folded(name) for name, _count in known}
        others = [(tag, 0) for tag in own if folded(tag) not in names]
        self._offers = _Offers(colours, [*known, *others])

    def body(self) -> ComposeResult:
        """Compose the input and the suggestions."""
        yield CleanInput(self._value, placeholder=_("tags"), compact=True, id="tags-input")
        yield self._offers

    def on_mount(self) -> None:
        """Place the cursor after the existing tags."""
        line = self.query_one(CleanInput)
        line.select_on_focus = False
        line.focus()
        line.action_end()
        self._offer()

    def on_input_changed(self) -> None:
        """Update the suggestions."""
        self._offer()

    def _offer(self) -> None:
        *whole, last = _parted(self.query_one(CleanInput).value)
        self._offers.offer(last, whole)

    def action_step(self, step: int) -> None:
        """Move among the suggestions."""
        self._offers.action_cursor(step)

    def action_complete(self) -> None:
        """Insert the suggestion under the cursor."""
        if self._offers.shown:
            *whole, _last = _parted(self.query_one(CleanInput).value)
            line = self.query_one(CleanInput)
            line.value = "".join(f"{tag}, " for tag in (*whole, self._offers.shown[self._offers.cursor][0]))
            line.action_end()

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        """Insert the clicked suggestion."""
        event.stop()
        self.action_complete()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Save the tags."""
        event.stop()
        self.dismiss(tuple(tag for tag in _parted(event.value) if tag))


def _parted(text: str) -> list[str]:
    """Split a line into tags; the last one, which may be empty, is still being typed."""
    *whole, last = (part.strip().lstrip("#＃") for part in _PARTING.split(text))
    return [*(tag for tag in whole if tag), last]
