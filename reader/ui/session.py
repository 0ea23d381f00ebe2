"""The session: the state of one run of the screen, without any widget.

Commands and modals receive it. It owns the library, the settings and the theme, changes the marks database, and
notifies subscribers of the articles whose marks were changed, by this or another process.
"""

from collections.abc import Callable, Collection, Sequence
from typing import TYPE_CHECKING, TypeVar

from reader.errors import BusyStoreError, StoreError
from reader.keymap.keymap import Keymap
from reader.language import _
from reader.lean_dataclasses import replace
from reader.library.first_article import first_article, last_opened, named_article
from reader.library.library import Library
from reader.reading.article_beginning import AT_START
from reader.settings.folders import EXPORTS, data_folder, export_folder, usual_archives
from reader.settings.options import Settings
from reader.ui import late
from reader.ui.colours import Colours
from reader.ui.theme_choice import ThemeChoice, ThemePair

if TYPE_CHECKING:
    from pathlib import Path

    from reader.archive.article import Article, LinkBase
    from reader.document.document import Position
    from reader.reading.opened_article import Reading
    from reader.reading.starting_place import StartingPlace

_Answer = TypeVar("_Answer")
_Other = TypeVar("_Other")

MarksChanged = Callable[[Collection[str]], None]
"""Receives the ids of the articles whose marks were changed."""


class Session:
    """One run of the screen.

    Attributes:
        library: The archives, their index, and the marks.
        settings: The settings.
        keymap: The keys of the actions.
        themes: The themes, and the current one.
        is_input: Whether a text from standard input is shown.
        base: The base URL of the relative links of a text from standard input; else empty.
        link_base: The file and folder that relative links of such a text refer to if there is no base URL, or None.
        key_warnings: Warnings about keys of the settings, which are shown once; set by the command.
        starting: The places at which articles are shown when they are opened first, by their paths; set by the command.
        missing_archives: Archives of the settings or the command line that do not exist; set by the command.
        report: Receives each error of the marks database; set by the app.
        before_marks: Calls its argument, which shows a list of marks; asks about the database first if necessary.
    """

    def __init__(
        self,
        library: Library,
        settings: Settings,
        keymap: Keymap,
        *,
        without_colours: bool = False,
        few_colours: bool = False,
    ) -> None:
        self.library = library
        self.settings = settings
        self.keymap = keymap
        self.is_input = False
        self.base = ""
        self.link_base: LinkBase | None = None
        self.starting: dict[Path, StartingPlace] = {}
        self.key_warnings: Sequence[str] = ()
        self.missing_archives: Sequence[Path] = ()
        self.report: Callable[[StoreError], None] = _raise
        self.before_marks: Callable[[Callable[[], None]], None] = _call
        self._cannot_keep = False
        self._changed: list[MarksChanged] = []
        self._own_changes: list[MarksChanged] = []
        self._replaced: list[Callable[[], None]] = []
        self.themes = ThemeChoice(
            self.kept("theme", settings.theme),
            ThemePair(settings.light_theme, settings.dark_theme),
            on_dark=self.kept("background") == "dark",
            without_colours=without_colours,
            few_colours=few_colours,
        )

    @property
    def colours(self) -> Colours:
        """The colours of the current theme."""
        return self.themes.colours

    # State saved across starts

    def kept(self, key: str, setting: str = "") -> str:
        """Return the value saved under `key`; `setting` if there is none, or if it was changed since."""
        try:
            kept = self.library.marks.state(key)
        except StoreError:
            # The maintenance of the database reports such an error; this state is not worth another message.
            kept = None
        value, parted, then = (kept or "").partition("\n")
        return value if parted and then == setting else setting

    def keep(self, key: str, value: str, setting: str = "") -> bool:
        """Save a value with the setting that it overrides; return whether it was saved."""
        return self.quietly(lambda: self.library.marks.keep_state(key, f"{value}\n{setting}"))

    # The marks database

    def attempt(self, change: Callable[[], object]) -> bool:
        """Change the database and notify the subscribers; report an error. Return whether it succeeded.

        While another process keeps the database locked, the change is made in memory, and saved later.
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
        changed = self.catch_up()
        for call in self._own_changes if changed else ():
            call(changed)
        return True

    def quietly(self, change: Callable[[], object]) -> bool:
        """Make a change that the user did not request; return whether it succeeded.

        A locked database is not reported. Any other error is reported once, until a change succeeds again.
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
        """Query the database; if it cannot be read, report the error and return `otherwise`."""
        try:
            return question()
        except StoreError as error:
            self.report(error)
            return otherwise

    def exports(self) -> "late.ExportFolder":
        """The folder of exports, which is never in an archive.

        Raises:
            ReaderError: The folder of the settings is in an archive.
        """
        chosen, otherwise = export_folder(self.settings.export_folder)
        roots = [*self.library.roots, *usual_archives(self.settings.archives)]
        folder = late.checked_folder(chosen, roots, otherwise)
        return late.ExportFolder(folder, data_folder() / EXPORTS)

    def has_file(self, article: "Article") -> bool:
        """Whether an article has a file of the user; one from standard input only has a temporary one."""
        return not (self.is_input and article.path in self.library.roots)

    def placed(self, article: "Article") -> "Article":
        """Return an article to be opened; the links of one from standard input get the base of the session."""
        is_input = self.link_base is not None and article.path in self.library.roots
        return replace(article, base=self.link_base) if is_input else article

    def based(self, reading: "Reading") -> "Reading":
        """Return an opened article; the links of one from standard input get the base URL of the session."""
        is_input = bool(self.base) and reading.article.path in self.library.roots
        return replace(reading, document=late.with_base(reading.document, self.base)) if is_input else reading

    def opening_position(self, reading: "Reading") -> "Position | None":
        """Return where to show an article: at its place of the command line, else at the saved position, if any.

        Raises:
            StoreError: The saved position cannot be read.
        """
        starting = self.starting.get(reading.article.path)
        asked = starting.position_in(reading) if starting is not None else None
        return asked if asked is not None else self.library.saved_position(reading)

    def opens_at_start(self, article: "Article") -> bool:
        """Whether an article is to be shown at its beginning."""
        if article.path in self.starting:
            return False
        return self.asked(lambda: self.library.marks.articles.place(article.id), None) in AT_START

    def first_article(self, *, sample: bool) -> "Article | None":
        """Return the article to show first: one with a place on the command line, else the one read last; or None."""
        named = named_article(self.library, self.starting)
        return named or self.asked(lambda: first_article(self.library, sample=sample), None)

    def last_opened(self) -> "Article | None":
        """Return the article that was open when the program quit; None if the command line names a place in another."""
        return None if self.starting else self.asked(lambda: last_opened(self.library), None)

    # Subscribers

    def on_marks_changed(self, call: MarksChanged) -> None:
        """Call `call` after marks were changed, with the ids of their articles."""
        self._changed.append(call)

    def on_own_change(self, call: MarksChanged) -> None:
        """Call `call` after the user has changed marks in this session, with the ids of their articles."""
        self._own_changes.append(call)

    def on_marks_replaced(self, call: Callable[[], None]) -> None:
        """Call `call` after another database has replaced the current one."""
        self._replaced.append(call)

    def catch_up(self) -> Collection[str]:
        """Read the changes since the last call, and notify the subscribers; return the ids of the articles."""
        nothing: set[str] = set()
        changed = self.asked(self.library.catch_up, nothing)
        if changed:
            for call in self._changed:
                call(changed)
        return changed

    def marks_replaced(self) -> None:
        """Notify the subscribers that another database is in use."""
        self.catch_up()
        for call in self._replaced:
            call()


def _raise(error: StoreError) -> None:
    raise error


def _call(show: Callable[[], None]) -> None:
    show()
