"""Readings of Han characters on request: pinyin in Chinese, furigana in Japanese."""

from collections.abc import Mapping

from reader.language import N_, _
from reader.lean_dataclasses import replace
from reader.settings.options import ShownReadings
from reader.ui import late
from reader.ui.commands.dispatcher import Handlers
from reader.ui.commands.host import Host
from reader.ui.commands.view import ReadingView
from reader.ui.session import Session

_NAMES: Mapping[ShownReadings, str] = {
    ShownReadings.NONE: N_("No readings"),
    ShownReadings.RARE: N_("Readings of rare characters"),
    ShownReadings.ALL: N_("Readings of all characters"),
}

_LONGEST_SPOKEN = 200
"""Maximum characters of a selection whose readings are shown."""

_LONGEST_IN_LINE = 60
"""Maximum characters of readings in the status line; longer ones are shown as a notification."""

_CHOICES = tuple(ShownReadings)


class ReadingAids:
    """The choice of readings above the text, and the readings of the selection."""

    def __init__(self, session: Session, view: ReadingView, host: Host) -> None:
        self._session = session
        self._view = view
        self._host = host

    def handlers(self) -> Handlers:
        """The actions of this command, by id."""
        return {"readings": self._next, "selecting.readings": self._read_selection}

    def _language(self) -> str:
        """The language of the readings of the open article; if there are none, show why and return an empty text."""
        reading = self._view.reading
        if reading is None:
            return ""
        language = late.language_of(reading.document)
        if language not in late.READING_PACKAGES:
            self._host.say(_("There are readings only for Chinese and Japanese"))
            return ""
        extra, package = late.READING_PACKAGES[language]
        if not late.can_read(language):
            install = f"pip install 'archive-reader[{extra}]'"
            self._host.say(_("Needs {package}: {install}").format(package=package, install=install))
            return ""
        return language

    def _next(self) -> None:
        """Show rare characters with readings, then all, then none, here and in the articles opened later."""
        if not self._language():
            return
        page = self._view.typesetting
        following = _CHOICES[(_CHOICES.index(page.options.readings) + 1) % len(_CHOICES)]
        page.use(replace(page.options, readings=following))
        self._view.follow()
        self._session.keep("readings", following, self._session.settings.typesetting.readings)
        self._host.say(_(_NAMES[following]))

    def _read_selection(self) -> None:
        """Show the readings of the selected text."""
        language = self._language()
        if language:
            found = late.readings(self._view.selected_text()[:_LONGEST_SPOKEN], language, ShownReadings.ALL)
            spoken = " ".join(one.text for one in found)
            if len(spoken) > _LONGEST_IN_LINE:
                self._host.notify(spoken, seconds=15)
            else:
                self._host.say(spoken or _("Nothing here has a reading"))
