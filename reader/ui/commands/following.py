"""Following links: within the article and out of it."""

from reader.document.addresses import displayed
from reader.document.blocks import Footnote, leaves
from reader.document.cleaning import clean_line
from reader.document.document import Position
from reader.language import _
from reader.ui import late
from reader.ui.commands.dispatcher import Handlers
from reader.ui.commands.host import Host
from reader.ui.commands.opening import Opening
from reader.ui.commands.view import ReadingView
from reader.ui.screens import modals
from reader.ui.session import Session
from reader.ui.widgets.status import MessageVariants

_LONGEST = 300
"""Characters of a footnote that are shown in the status line."""


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
            "links": self._list,
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
        note = late.linked_note(reading.document, target)
        place = late.link_target(reading.document, target)
        if note is not None:
            self._show_note(note, target)
        elif place is not None:
            self._go_to(place)
        else:
            self._host.open_address(target)

    def _go_to(self, place: Position) -> None:
        self._opening.trail.leave(self._opening.here)
        self._view.go_to(place)

    def _show_note(self, note: Footnote, target: str) -> None:
        """Show a footnote in a box beside its mark."""

        def chosen(choice: "modals.FootnoteChoice | None") -> None:
            reading = self._view.reading
            if choice is None or reading is None:
                return
            place = late.link_target(reading.document, target)
            if choice.link:
                self.follow(choice.link, on_web=choice.on_web)
            elif place is not None:
                self._go_to(place)

        self._host.push(modals.FootnoteScreen(self._session, note, self._view.links.place_of(target)), chosen)

    def _list(self) -> None:
        """Show the list of all links, and follow the chosen one."""
        reading = self._view.reading
        if reading is None:
            return
        document = reading.document
        links = [
            modals.ListedLink(clean_line(document.extract(link.span)), link.target)
            for number in range(len(document.leaves))
            for link in late.leaf_links(document, number)
        ]
        if not links:
            self._host.say(_("No links in this article"))
            return

        def chosen(link: "modals.ListedLink | None") -> None:
            if link is not None:
                self.follow(link.target)

        self._host.push(modals.LinksScreen(self._session, links, self._leads_to), chosen)

    def _leads_to(self, target: str) -> "modals.LeadsTo":
        reading = self._view.reading
        if reading is not None and late.link_target(reading.document, target) is not None:
            return modals.LeadsTo(_("here"), "", "accent")
        return modals.LeadsTo(_("web"), displayed(target))

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
        if reading is not None:
            note = late.linked_note(reading.document, target)
            if note is not None:
                return (_("Footnote: {text}").format(text=_beginning(note)),)
            if late.link_target(reading.document, target) is not None:
                return (_("In this article"),)
        return (displayed(target),)


def _beginning(note: Footnote) -> str:
    """The text of a footnote, on one line, cut if it is long."""
    texts = (leaf.text.text for block in note.blocks for leaf in leaves(block))
    return clean_line(" ".join(texts)[:_LONGEST])
