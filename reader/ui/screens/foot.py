"""The foot of the reading screen: where one is, or what has to be known before that."""

from typing import TYPE_CHECKING

from reader.language import _
from reader.library.library import Library
from reader.reading.opened import Reading

if TYPE_CHECKING:
    from textual.timer import Timer

    from reader.ui.screens.reading import ReadingScreen
    from reader.ui.widgets.status import Notes

_SAYING = 3.5
"""Seconds that a short message stands in the status line."""


class Foot:
    """What the status line of a screen says."""

    def __init__(self, screen: "ReadingScreen", library: Library) -> None:
        self._screen = screen
        self._library = library
        self._said = ""
        self._about_file = ""
        self._falls_silent: Timer | None = None

    def begin(self, reading: Reading) -> None:
        """Tell of another article: what could not be read of its file, or where else it lies."""
        if reading.faults:
            self._about_file = f"⚠ {reading.faults[0].message}"
            return
        root = reading.article.root
        found = self._library.catalogue.places(reading.article)
        places = [str(one.relative_to(root) if one.is_relative_to(root) else one) for one in found]
        self._about_file = _("Also in {places}").format(places="  ".join(places)) if places else ""

    def say(self, message: str) -> None:
        """Say something short, for as long as it takes to read."""
        self._said = message
        self._screen.follow()
        if self._falls_silent is not None:
            self._falls_silent.stop()
        self._falls_silent = self._screen.set_timer(_SAYING, self._fall_silent)

    def hush(self) -> None:
        """Let what was said make way for what is to be known now."""
        self._said = ""

    def _fall_silent(self) -> None:
        self._said = ""
        self._screen.follow()

    def show(self, reading: Reading | None, section: int | None) -> None:
        """Say where one is in an article; without one, whether any is looked for."""
        screen, upkeep = self._screen, self._screen.reader.upkeep
        if reading is None:
            note = self._said or ("" if upkeep.finished else _("Looking for articles …"))
            notes = (note,) if note else ()
            screen.status.show(path=(self._library.name,), section=None, progress=None, notes=notes, work=upkeep.note)
            return
        if screen.panes.zen:
            # A search shows its count even where everything else is hidden.
            waits = screen.finding.active or screen.is_selecting or bool(screen.letters.notes)
            screen.status.display = waits or bool(self._said)
        sections = reading.outline.sections
        title = sections[section].title if section is not None else "" if sections else None
        path = (self._library.name, *reading.article.categories)
        screen.status.show(path=path, section=title, progress=screen.page.progress, notes=self._notes, work=upkeep.note)

    @property
    def _notes(self) -> "Notes":
        """What comes before where one is: first the letter that is waited for, last what is known of the file."""
        screen = self._screen
        selecting = screen.selecting.notes if screen.is_selecting else ()
        about = self._about_file if screen.page.scroll_y == 0 else ""
        note = screen.finding.note or about
        said = (self._said,) if self._said else ()
        return screen.letters.notes or said or selecting or ((note,) if note else ())
