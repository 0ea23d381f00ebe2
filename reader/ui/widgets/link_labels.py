"""Labels on the links in sight: a link is followed by typing its label."""

from collections.abc import Callable, Sequence

from textual.events import Key

from reader.keymap.keymap import ascii_twin
from reader.language import _
from reader.lean_dataclasses import replace
from reader.ui.key_bindings import typed_character
from reader.ui.widgets.page import Page
from reader.ui.widgets.status import MessageVariants
from reader.ui.widgets.visible_links import LinkLabel

_HOME_ROW = "fjdkslaghrueiwoqptyvncmbxz"
"""The letters of labels: those of the home row first, then the others by their distance from it."""

_HOME = 9
"""The number of letters in the home row."""

_DIGITS = "1234567890"


def labels(count: int, *, digits: bool = False) -> list[str]:
    """Return `count` labels, none of which is a prefix of another, as short as possible.

    Labels consist of letters of the home row as long as two of them are enough for each label; with `digits`, of
    digits, which pass an input method that intercepts letters.
    """
    if count == 1:
        return ["1" if digits else "f"]
    enough = next((size for size in range(_HOME, len(_HOME_ROW)) if size * size >= count), len(_HOME_ROW))
    keys = _DIGITS if digits else _HOME_ROW[:enough]
    found = [""]
    used = 0
    while len(found) - used < count:
        # A label that is extended is no longer a label.
        found += [found[used] + key for key in keys]
        used += 1
    return found[used : used + count]


class LinkLabels:
    """The labels on a page, if they are shown."""

    def __init__(self, page: Page) -> None:
        """Show labels on `page`."""
        self._page = page
        self._labels: Sequence[LinkLabel] = ()
        self._typed = ""
        self._then: Callable[[str, bool], None] | None = None
        self._viewport: object = None
        self._message = ""
        self.by_digits = False

    @property
    def active(self) -> bool:
        """Whether a label is awaited."""
        return self._then is not None

    @property
    def notes(self) -> MessageVariants:
        """The prompt for the status line."""
        if not self.active:
            return ()
        said = self._message or _("Type a label")
        long = _("{said} · Shift opens a web link in the browser · Esc cancel").format(said=said)
        return (said if self.by_digits else long, _("{said} · Esc cancel").format(said=said), said)

    def show(self, then: Callable[[str, bool], None]) -> bool:
        """Label the links in sight; pass the target of the chosen one to `then`, and whether capitals were typed.

        Return whether any link is in sight.
        """
        found = self._page.visible_links()
        if not found:
            return False
        self._viewport = self._page.viewport_stamp
        self._then, self._typed, self._message = then, "", ""
        names = labels(len(found), digits=self.by_digits)
        self._labels = [LinkLabel(link, name) for link, name in zip(found, names, strict=True)]
        self._paint()
        return True

    def noticed(self, event: Key) -> None:
        """Record a key: labels consist of digits if the key that requests them is no letter."""
        self.by_digits = not (len(event.key) == 1 and event.key.isalpha())

    def follow(self) -> None:
        """Hide the labels if other rows are in sight now."""
        if self.active and self._viewport != self._page.viewport_stamp:
            self.leave()

    def leave(self) -> None:
        """Hide the labels."""
        self._then, self._labels = None, ()
        self._page.show_labels(())

    def take(self, event: Key) -> bool:
        """Handle a key if a label is awaited; return whether it was consumed.

        A key that types no ASCII character hides the labels and keeps its meaning.
        """
        if not self.active:
            return False
        if event.key == "backspace":
            self._typed, self._message = self._typed[:-1], ""
            self._paint()
            return True
        typed = ascii_twin(typed_character(event))
        if event.key in {"escape", "enter"} or not (len(typed) == 1 and typed.isascii() and typed.isprintable()):
            self.leave()
            return event.key in {"escape", "enter"}
        self._type(typed)
        return True

    def _type(self, typed: str) -> None:
        wanted = self._typed + typed.lower()
        matching = [label for label in self._labels if label.text.startswith(wanted)]
        if not matching:
            self._message = _("No link has the label {label}").format(label=wanted)
            return
        self._message = ""
        if matching[0].text == wanted and self._then is not None:
            then, target = self._then, matching[0].link.target
            self.leave()
            then(target, typed.isupper())
            return
        self._typed = wanted
        self._paint()

    def _paint(self) -> None:
        shown = [replace(one, typed=len(self._typed)) for one in self._labels if one.text.startswith(self._typed)]
        self._page.show_labels(shown)
