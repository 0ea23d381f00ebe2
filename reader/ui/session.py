"""The session: what one run of the screen works on, without anything that is painted.

Commands and boxes are given it. It owns the library, the settings and the theme, makes changes in the store of marks,
and tells subscribers which articles' marks were changed, by this reader or by another one.
"""

from collections.abc import Callable, Collection
from typing import TypeVar

from reader.errors import BusyStoreError, StoreError
from reader.keymap import Keymap
from reader.language import _
from reader.library.library import Library
from reader.settings.options import Settings
from reader.ui.colours import Colours
from reader.ui.theme_choice import ThemeChoice

_Answer = TypeVar("_Answer")
_Other = TypeVar("_Other")

MarksChanged = Callable[[Collection[str]], None]
"""Is given the ids of the articles whose marks were changed."""


class Session:
    """One run of the screen.

    Attributes:
        library: The archives, their index, and the marks.
        settings: What the person set.
        keymap: By which keys the person does what.
        themes: The themes, and the one in use.
        report: Is given each failure of the store of marks; the app sets it.
    """

    def __init__(self, library: Library, settings: Settings, keymap: Keymap, *, without_colours: bool = False) -> None:
        self.library = library
        self.settings = settings
        self.keymap = keymap
        self.report: Callable[[StoreError], None] = _raise
        self._cannot_keep = False
        self._changed: list[MarksChanged] = []
        self._replaced: list[Callable[[], None]] = []
        self.themes = ThemeChoice(self.kept("theme", settings.theme), without_colours=without_colours)

    @property
    def colours(self) -> Colours:
        """The theme in use, as paint."""
        return self.themes.colours

    # State kept across starts

    def kept(self, key: str, setting: str = "") -> str:
        """The value kept under `key`, unless `setting` was changed since it was kept; else `setting`."""
        try:
            kept = self.library.marks.state(key)
        except StoreError:
            # The care of the store reports it; this state is the least of what the store holds.
            kept = None
        value, parted, then = (kept or "").partition("\n")
        return value if parted and then == setting else setting

    def keep(self, key: str, value: str, setting: str = "") -> bool:
        """Keep a value with the setting it overrides; whether that succeeded."""
        return self.quietly(lambda: self.library.marks.keep_state(key, f"{value}\n{setting}"))

    # The store of marks

    def attempt(self, change: Callable[[], object]) -> bool:
        """Make a change in the store and tell the subscribers; report a failure. Whether it succeeded.

        While another process keeps the store locked, the change is made in memory, and saved later.
        """
        try:
            try:
                change()
            except BusyStoreError as error:
                if not self.library.detach(error):
                    raise
                self.report(StoreError(error.message, _("your marks are saved once it has finished")))
                change()
        except StoreError as error:
            self.report(error)
            return False
        self.catch_up()
        return True

    def quietly(self, change: Callable[[], object]) -> bool:
        """Make a change that the person did not ask for; whether it succeeded.

        A store that another reader is writing to is no news. Any other failure is reported once, until a change
        succeeds again.
        """
        try:
            change()
        except BusyStoreError:
            return False
        except StoreError as error:
            if not self._cannot_keep:
                self.report(error)
            self._cannot_keep = True
            return False
        self._cannot_keep = False
        return True

    def asked(self, question: Callable[[], _Answer], otherwise: _Other) -> _Answer | _Other:
        """What the store answers; where it cannot be read, that is reported, and `otherwise` is the answer."""
        try:
            return question()
        except StoreError as error:
            self.report(error)
            return otherwise

    # Subscribers

    def on_marks_changed(self, call: MarksChanged) -> None:
        """Call `call` after marks were changed, with the ids of their articles."""
        self._changed.append(call)

    def on_marks_replaced(self, call: Callable[[], None]) -> None:
        """Call `call` after another store took the place of the one in use."""
        self._replaced.append(call)

    def catch_up(self) -> None:
        """Read what was changed in the store since the last time, and tell the subscribers."""
        nothing: set[str] = set()
        changed = self.asked(self.library.catch_up, nothing)
        if changed:
            for call in self._changed:
                call(changed)

    def marks_replaced(self) -> None:
        """Tell the subscribers that another store is in use."""
        self.catch_up()
        for call in self._replaced:
            call()


def _raise(error: StoreError) -> None:
    raise error
