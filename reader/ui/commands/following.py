"""Following links: within the article and out of it."""

from reader.document.addresses import displayed
from reader.document.cleaning import clean_line
from reader.language import _
from reader.ui import late
from reader.ui.commands.dispatcher import Handlers
from reader.ui.commands.host import Host
from reader.ui.commands.opening import Opening
from reader.ui.commands.view import ReadingView
from reader.ui.session import Session
from reader.ui.widgets.status import MessageVariants


class Following:
    """The links of the open article."""

    def __init__(self, session: Session, view: ReadingView, host: Host, opening: Opening) -> None:
        self._session = session
        self._view = view
        self._host = host
        self._opening = opening
        view.links.explain(self._explanation)

    def handlers(self) -> Handlers:
        """Its actions."""
        return {
            "follow_link": lambda: self._view.links.choose(lambda target, on_web: self.follow(target, on_web=on_web)),
            "open_link": lambda: self._open(on_web=False),
            "open_link_on_web": lambda: self._open(on_web=True),
            "copy_link": self._copy,
        }

    def follow(self, target: str, *, on_web: bool = False) -> None:
        """Follow a link by its target; `on_web` opens the browser even if the archive has what it leads to."""
        del on_web
        reading = self._view.reading
        if reading is None:
            return
        place = late.link_target(reading.document, target)
        if place is not None:
            self._opening.trail.leave(self._opening.here)
            self._view.go_to(place)
        else:
            self._host.open_address(target)

    def _open(self, *, on_web: bool) -> None:
        target = self._view.links.pointed if on_web else self._view.links.focused
        if target:
            self.follow(target, on_web=on_web)
        else:
            self._say_none()

    def _copy(self) -> None:
        target = self._view.links.pointed
        if target:
            self._host.copy(clean_line(target))
        else:
            self._say_none()

    def _say_none(self) -> None:
        label = self._session.keymap.label
        message = _("No link is focused: {next} focuses the next one, {labels} labels all in sight")
        self._host.say(message.format(next=label("next_link"), labels=label("follow_link")))

    def _explanation(self, target: str) -> MessageVariants:
        """Where a link leads, in variants for the status line."""
        reading = self._view.reading
        if reading is not None and late.link_target(reading.document, target) is not None:
            return (_("In this article"),)
        return (displayed(target),)
