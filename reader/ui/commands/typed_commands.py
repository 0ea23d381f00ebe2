"""What can be typed in the palette besides names: line numbers, percentages, and commands with a word after them."""

from collections.abc import Callable, Sequence

from reader.document.sanitizing import clean_line
from reader.language import N_, _, ngettext
from reader.lean_dataclasses import dataclass
from reader.regex import regex
from reader.settings.folders import settings_path
from reader.ui.screens import modals
from reader.ui.shown_paths import path_variants

_NUMBER = regex(r"(\d{1,7})\s*([%％G]|gg)?")
_LINES = regex(r"([+-])(\d{1,5})?")
_STEPS = regex(r"(\d{1,5})([jk])")
_FIND = regex(r"[/／?？]\s*(\S.*)")
_REPLACE = regex(r"(?:%|％|[\d.,$]+)?s([/／|#])(?:.*)")
_WITH_WORDS = regex(r"(\S+)\s+(\S.*)")

_LAST = 10**7
"""A line number beyond the end of any article."""

_SEARCH = frozenset(
    {"e", "edit", "b", "buffer", "fin", "find", "grep", "vimgrep", "search", "open", "o", "tabe", "tag"}
)
"""The first words of commands (of vi and others) that open or find what the other words name."""

_SET = frozenset(
    {"set", "se", "setl", "setlocal", "let", "map", "nmap", "noremap", "nnoremap", "bind-key", "so", "source"}
)
"""The first words of commands that change a setting."""

_SETTINGS = N_("settings config configuration options preferences")
"""Words for the settings as a whole, which are no action."""


@dataclass(frozen=True, slots=True)
class TypedActions:
    """What typed commands do.

    Attributes:
        repeat: Repeats a movement by its action, or goes to a line (“top”) or a percentage (“percent”).
        search: Shows the search for a query.
        find: Finds a text in the open article.
        say: Shows a message in the status line.
    """

    repeat: Callable[[str, int], None]
    search: Callable[[str], None]
    find: Callable[[str], None]
    say: Callable[..., None]


class TypedCommands:
    """The entries of the palette for what was typed."""

    def __init__(self, typed_actions: TypedActions) -> None:
        self._typed_actions = typed_actions
        self._runs: dict[str, Callable[[], None]] = {}

    def movements(self, typed: str) -> "Sequence[modals.PaletteEntry]":
        """The entries for `20`, `20%`, `20G`, `+5`, `5j`, `$`, `/text` and `s/a/b`, which precede all others."""
        repeat = self._typed_actions.repeat
        if (found := _NUMBER.fullmatch(typed)) is not None:
            number = int(found[1])
            share = self._entry(_("Go to {number}%").format(number=min(number, 100)), lambda: repeat("percent", number))
            if found[2] in {"%", "％"}:
                return [share]
            line = self._entry(_("Go to line {number:,}").format(number=max(1, number)), lambda: repeat("top", number))
            return [line, share] if number <= 100 and not found[2] else [line]
        if typed == "$":
            return [self._entry(_("Go to the end"), lambda: repeat("bottom", _LAST))]
        if (found := _LINES.fullmatch(typed)) is not None:
            return [self._lines(int(found[2] or 1), is_down=found[1] == "+")]
        if (found := _STEPS.fullmatch(typed)) is not None:
            return [self._lines(int(found[1]), is_down=found[2] == "j")]
        return self._of_vi(typed)

    def _lines(self, count: int, *, is_down: bool) -> "modals.PaletteEntry":
        repeat = self._typed_actions.repeat
        if is_down:
            title = ngettext("{count:,} line down", "{count:,} lines down", count)
            return self._entry(title.format(count=count), lambda: repeat("line_down", count))
        title = ngettext("{count:,} line up", "{count:,} lines up", count)
        return self._entry(title.format(count=count), lambda: repeat("line_up", count))

    def _of_vi(self, typed: str) -> "Sequence[modals.PaletteEntry]":
        """The entries for commands of vi with a character, such as `/`, that no name contains."""
        actions = self._typed_actions
        if (found := _FIND.fullmatch(typed)) is not None:
            text = found[1]
            return [self._entry(_("Find “{text}” in the article").format(text=text), lambda: actions.find(text))]
        if _REPLACE.fullmatch(typed):
            message = _("There is no replacing: articles are never changed")
            return [self._entry(message, lambda: actions.say(message))]
        return []

    def with_words(self, typed: str) -> "Sequence[modals.PaletteEntry]":
        """The entry for words after a command of `_SEARCH` or `_SET`, or for the settings."""
        found = _WITH_WORDS.fullmatch(typed)
        is_about_settings = typed.casefold() in {*_SETTINGS.split(), *_(_SETTINGS).split()}
        if is_about_settings or (found is not None and found[1] in _SET):
            told = path_variants(_("Settings are in {path}"), clean_line(str(settings_path())))
            return [self._entry(told[0], lambda: self._typed_actions.say(*told))]
        return [self._search(found[2])] if found is not None and found[1] in _SEARCH else []

    def otherwise(self, typed: str) -> "Sequence[modals.PaletteEntry]":
        """The entry for a text that no other entry matches."""
        return [self._search(typed)]

    def run(self, value: str) -> bool:
        """Perform the command of an entry by its value; return False if none of these entries has the value."""
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
