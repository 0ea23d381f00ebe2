"""What can be typed in the palette besides names: line numbers, percentages, and commands with a word after them."""

from collections.abc import Callable, Sequence

from reader.language import _, ngettext
from reader.lean_dataclasses import dataclass
from reader.regex import regex
from reader.ui.screens import modals

_NUMBER = regex(r"(\d{1,7})\s*([%％]?)")
_LINES = regex(r"([+-])(\d{1,5})?")
_WITH_WORDS = regex(r"(\S+)\s+(\S.*)")

_LAST = 10**7
"""A line after the last one."""

_SEARCH = frozenset(
    {"e", "edit", "b", "buffer", "fin", "find", "grep", "vimgrep", "search", "open", "o", "tabe", "tag"}
)
"""The first words of commands, of vi and others, that look for what follows them."""


@dataclass(frozen=True, slots=True)
class TypedActions:
    """What typed commands do.

    Attributes:
        repeat: Repeats a movement by its action, or goes to a line (“top”) or a percentage (“percent”).
        search: Shows the search for a query.
    """

    repeat: Callable[[str, int], None]
    search: Callable[[str], None]


class TypedCommands:
    """The entries of the palette for what was typed."""

    def __init__(self, typed_actions: TypedActions) -> None:
        self._typed_actions = typed_actions
        self._runs: dict[str, Callable[[], None]] = {}

    def movements(self, typed: str) -> "Sequence[modals.PaletteEntry]":
        """The entries for `20`, `20%`, `+5`, `$`, which precede all others."""
        repeat = self._typed_actions.repeat
        if (found := _NUMBER.fullmatch(typed)) is not None:
            number = int(found[1])
            share = self._entry(
                _("Go to {number} %").format(number=min(number, 100)), lambda: repeat("percent", number)
            )
            if found[2]:
                return [share]
            line = self._entry(_("Go to line {number:,}").format(number=max(1, number)), lambda: repeat("top", number))
            return [line, share] if number <= 100 else [line]
        if typed == "$":
            return [self._entry(_("Go to the end"), lambda: repeat("bottom", _LAST))]
        if (found := _LINES.fullmatch(typed)) is not None:
            count = int(found[2] or 1)
            if found[1] == "+":
                title = ngettext("{count:,} line down", "{count:,} lines down", count)
                return [self._entry(title.format(count=count), lambda: repeat("line_down", count))]
            title = ngettext("{count:,} line up", "{count:,} lines up", count)
            return [self._entry(title.format(count=count), lambda: repeat("line_up", count))]
        return []

    def with_words(self, typed: str) -> "Sequence[modals.PaletteEntry]":
        """The entry for words after a command of `_SEARCH`."""
        found = _WITH_WORDS.fullmatch(typed)
        return [self._search(found[2])] if found is not None and found[1] in _SEARCH else []

    def otherwise(self, typed: str) -> "Sequence[modals.PaletteEntry]":
        """The entry for a text to which no other entry belongs."""
        return [self._search(typed)]

    def run(self, value: str) -> bool:
        """Do what an entry stands for; return False if the value is that of no entry of these."""
        run = self._runs.get(value)
        if run is not None:
            run()
        return run is not None

    def _search(self, text: str) -> "modals.PaletteEntry":
        return self._entry(
            _("Search all articles for “{text}”").format(text=text), lambda: self._typed_actions.search(text)
        )

    def _entry(self, title: str, run: Callable[[], None]) -> "modals.PaletteEntry":
        value = f"typed:{title}"
        self._runs[value] = run
        return modals.PaletteEntry(title, "", value, title)
