"""The script in which Chinese is shown: as it was written, simplified or traditional."""

from collections.abc import Mapping

from reader.language import N_, _
from reader.lean_dataclasses import replace
from reader.settings.options import ChineseScript
from reader.ui import late
from reader.ui.commands.dispatcher import Handlers
from reader.ui.commands.host import Host
from reader.ui.commands.view import ReadingView
from reader.ui.session import Session

_NAMES: Mapping[ChineseScript, str] = {
    ChineseScript.SOURCE: N_("Chinese as it was written"),
    ChineseScript.SIMPLIFIED: N_("Simplified Chinese"),
    ChineseScript.MAINLAND: N_("Simplified Chinese with the words of the mainland"),
    ChineseScript.TRADITIONAL: N_("Traditional Chinese"),
    ChineseScript.TAIWAN: N_("Traditional Chinese with the words of Taiwan"),
    ChineseScript.HONG_KONG: N_("Traditional Chinese with the words of Hong Kong"),
}

_CHOICES: Mapping[ChineseScript, tuple[ChineseScript, ...]] = {
    ChineseScript.SIMPLIFIED: (ChineseScript.TRADITIONAL, ChineseScript.TAIWAN, ChineseScript.HONG_KONG),
    ChineseScript.TRADITIONAL: (ChineseScript.SIMPLIFIED, ChineseScript.MAINLAND),
}
"""What an article can be converted to, by the script it is written in."""


class ChineseScripts:
    """The choice of a script. It changes the look of the page only: positions, marks and search stay the same."""

    def __init__(self, session: Session, view: ReadingView, host: Host) -> None:
        self._session = session
        self._view = view
        self._host = host

    def handlers(self) -> Handlers:
        """The actions of this command, by id."""
        return {"chinese": self._next}

    def _next(self) -> None:
        """Show the open article, and those opened later, in the next script."""
        reading = self._view.reading
        if reading is None:
            return
        if not late.can_convert():
            self._host.say(_("Needs OpenCC: pip install 'archive-reader[variants]'"))
            return
        script = late.written_script(reading.document)
        if script is ChineseScript.SOURCE:
            self._host.say(_("Nothing here differs between simplified and traditional Chinese"))
            return
        choices = (ChineseScript.SOURCE, *_CHOICES[script])
        page = self._view.typesetting
        shown = page.options.chinese
        following = choices[(choices.index(shown) + 1) % len(choices)] if shown in choices else choices[1]
        page.use(replace(page.options, chinese=following))
        self._view.follow()
        self._session.keep("chinese", following, self._session.settings.typesetting.chinese)
        self._host.say(_(_NAMES[following]))
