"""The palette: actions, themes or other choices, found by typing a part of the name."""

from collections.abc import Callable, Sequence
from enum import IntEnum, auto

from rich.cells import cell_len
from rich.segment import Segment
from textual.app import ComposeResult

from reader.keymap.keymap import Keymap
from reader.language import _
from reader.lean_dataclasses import dataclass
from reader.regex import regex
from reader.ui.colours import Colours
from reader.ui.key_bindings import Hint
from reader.ui.screens.dialog import Dialog
from reader.ui.text_fitting import fitted
from reader.ui.widgets.clean_input import CleanInput
from reader.ui.widgets.filtered_list import FilterableRows, FilteredList


@dataclass(frozen=True, slots=True)
class PaletteEntry:
    """A choice in the palette.

    Attributes:
        title: Its name.
        key: Its key, if any.
        value: Its value.
        names: All names by which it is found, including its id, for users who cannot type Chinese at the moment.
        keys: Texts that find it before all others if typed alone: the labels of its keys, and short aliases.
    """

    title: str
    key: str
    value: str
    names: str
    keys: tuple[str, ...] = ()


TypedEntries = Callable[[str], Sequence[PaletteEntry]]
"""Returns the entries for a typed text."""


class _Match(IntEnum):
    """How well a typed word matches an entry, best first."""

    KEY = auto()
    TITLE = auto()
    WORD = auto()
    START = auto()
    PART = auto()


_WORD = regex(r"\w+")


def _match(needle: str, entry: PaletteEntry) -> tuple[_Match, _Match] | None:
    """How well the typed text matches all names of an entry, then its title alone; None if a word is missing."""
    if needle in entry.keys:
        return _Match.KEY, _Match.KEY
    words, names, title = needle.casefold().split(), entry.names.casefold(), entry.title.casefold()
    if not all(word in names for word in words):
        return None
    if title == needle.casefold() or entry.value.casefold() == needle.casefold():
        return _Match.TITLE, _Match.TITLE
    return max(_word_match(word, names) for word in words), max(_word_match(word, title) for word in words)


def _word_match(word: str, names: str) -> _Match:
    found = _WORD.findall(names)
    if word in found or word in names.split():
        return _Match.WORD
    return _Match.START if any(one.startswith(word) for one in found) else _Match.PART


def _is_named(needle: str, match: tuple[_Match, _Match], entry: PaletteEntry) -> bool:
    """Whether a typed command names an entry: its first word is one of its words, the others are prefixes of words.

    The `e` of `e light` does not name “Highlights”, of which it is only a part.
    """
    first, *others = needle.casefold().split()
    names = entry.names.casefold()
    return match[0] <= _Match.TITLE or (
        _word_match(first, names) is _Match.WORD and all(_word_match(one, names) <= _Match.START for one in others)
    )


def _none(typed: str) -> Sequence[PaletteEntry]:
    del typed
    return ()


@dataclass(frozen=True, slots=True)
class TypedChoices:
    """The entries for what is typed, besides those that are found by their names.

    Attributes:
        first: The entries that precede all others.
        with_words: The entries for a command and words after it; entries that the typed text names precede them.
        otherwise: The entries that are shown if there are no others.
    """

    first: TypedEntries = _none
    with_words: TypedEntries = _none
    otherwise: TypedEntries = _none


class _Entries(FilterableRows):
    def __init__(self, colours: Colours, entries: Sequence[PaletteEntry], typed: TypedChoices) -> None:
        super().__init__(colours, id="entries")
        self._all = entries
        self._typed = typed
        self.shown = list(entries)

    def filter(self, needle: str) -> None:
        """Show the entries that contain all words of `needle`, the best matches first."""
        # As in vi: the colon that opens the palette may be typed once more.
        needle = needle.strip().lstrip(":：").strip()
        self.shown = self._found(needle) if needle else [*self._all]
        self.cursor = 0
        self.rebuild()

    def _found(self, needle: str) -> list[PaletteEntry]:
        matches = [(match, one) for one in self._all if (match := _match(needle, one)) is not None]
        matches.sort(key=lambda found: found[0])
        with_words = self._typed.with_words(needle)
        named = {one.value for match, one in matches if with_words and _is_named(needle, match, one)}
        found = [one for _match, one in matches]
        before, after = [one for one in found if one.value in named], [one for one in found if one.value not in named]
        return [*self._typed.first(needle), *before, *with_words, *after] or [*self._typed.otherwise(needle)]

    def count(self) -> int:
        """The number of entries shown."""
        return max(1, len(self.shown))

    def row(self, number: int, width: int, *, lit: bool) -> list[Segment]:
        """Render an entry with its key at the right."""
        del lit
        if not self.shown:
            return [Segment(" " + fitted(_("No match"), width - 1), self.colours.role("muted"))]
        entry = self.shown[number]
        paint = self.colours.role("selection") if number == self.cursor else self.colours.text
        room = max(0, width - cell_len(entry.key) - 3)
        title = " " + fitted(entry.title, room)
        gap = " " * max(0, width - cell_len(title) - cell_len(entry.key) - 1)
        ink, muted = self.colours.role("ink"), self.colours.role("muted")
        return [Segment(title, ink + paint), Segment(gap + entry.key + " ", muted + paint)]


class PaletteScreen(Dialog[str]):
    """A list of entries; returns the value of the chosen one."""

    def __init__(  # noqa: PLR0913 - the entries, and what else may be typed
        self,
        colours: Colours,
        keymap: Keymap,
        entries: Sequence[PaletteEntry],
        title: str,
        *,
        does: str = "",
        typed: TypedChoices | None = None,
    ) -> None:
        """List `entries`, and those of `typed`; `does` is the hint for Enter if that does not run an entry."""
        enter, back = Hint(does or _("run"), fixed=("enter",)), Hint(_("cancel"), ("box.close",))
        super().__init__(colours, keymap, title, (enter, back))
        self._entries = _Entries(colours, entries, typed or TypedChoices())

    def body(self) -> ComposeResult:
        """Compose the input and the list."""
        line = CleanInput(placeholder=_("type to filter"), compact=True, id="palette-input")
        yield FilteredList(line, self._entries)

    def on_filtered_list_submitted(self) -> None:
        """Return the entry under the cursor, if any matches."""
        shown = self._entries.shown
        if shown:
            self.dismiss(shown[self._entries.cursor].value)
