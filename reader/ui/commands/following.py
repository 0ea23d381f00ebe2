"""Following links: within the article, to other articles, to files, and out."""

from collections.abc import Callable
from pathlib import Path

from reader.document.blocks import Footnote
from reader.document.document import Position
from reader.document.sanitizing import clean_line
from reader.document.web_addresses import shown_address
from reader.language import _
from reader.linking.destination import Destination, DestinationKind
from reader.reading.opened_article import Reading
from reader.ui import late
from reader.ui.child_processes import is_harmless
from reader.ui.commands.dispatcher import Handlers
from reader.ui.commands.host import Host
from reader.ui.commands.link_kinds import LinkKinds
from reader.ui.commands.link_lookup import linked_article
from reader.ui.commands.opening import Opening
from reader.ui.commands.picture_viewing import PictureViewing
from reader.ui.commands.transcluding import Transcluding
from reader.ui.commands.view import ReadingView
from reader.ui.screens import modals
from reader.ui.session import Session


class Following:
    """The links of the open article."""

    def __init__(
        self,
        session: Session,
        view: ReadingView,
        host: Host,
        opening: Opening,
        *,
        search: Callable[[str], None],
    ) -> None:
        """Follow links of the open article; `search` shows the search for a query."""
        self._session = session
        self._view = view
        self._host = host
        self._opening = opening
        self._search = search
        self._trusted: set[str] = set()
        self.kinds = LinkKinds(session, view, host)
        self.transcluding = Transcluding(session, view, host)
        self._pictures = PictureViewing(session, view, host, open_file=self._open_file)

    def handlers(self) -> Handlers:
        """The actions of this command, by id."""
        return {
            "follow_link": lambda: self._view.links.choose(lambda target, on_web: self.follow(target, on_web=on_web)),
            "links": self._list,
            "open_link": lambda: self._open(on_web=False),
            "open_link_on_web": lambda: self._open(on_web=True),
            "copy_link": self._copy,
        }

    def follow(self, target: str, *, on_web: bool = False) -> None:
        """Follow a link by its target; `on_web` opens the browser even if the destination is in the archive."""
        reading = self._view.reading
        if reading is None:
            return
        if (fold := late.linked_fold(target)) is not None:
            self._view.links.toggle_fold(fold)
            return
        notes = self.kinds.notes_of(reading.document)
        note, place = notes.note(target), notes.target(target)
        if article_id := late.linked_article(target):
            self._open_by_id(article_id)
        elif note is not None:
            self._show_note(note, target)
        elif place is not None:
            self._go_to(place)
        elif on_web or not self._pictures.show(target):
            destination = self.kinds.destination(target)
            if on_web or not self.transcluding.toggle(target, destination):
                self._follow_to(destination, on_web=on_web and bool(destination.url))

    def _follow_to(self, destination: Destination, *, on_web: bool) -> None:
        kind = destination.kind
        if kind is DestinationKind.HERE and not on_web:
            self._go_to_fragment(destination.fragment)
        elif kind is DestinationKind.ARTICLE and not (on_web and destination.url):
            self._open_article(destination)
        elif destination.part and destination.path is not None and not on_web:
            self._pictures.open(late.PictureFile(destination.path, destination.part))
        elif destination.url:
            self._host.open_address(destination.url)
        elif kind is DestinationKind.FILE and destination.path is not None:
            self._open_file(destination.path)
        elif kind is DestinationKind.MISSING:
            self._offer_search(destination)
        else:
            self._host.say(_("Not opened: {name}").format(name=destination.address))

    def end(self) -> None:
        """Close the connections, and remove copies of pictures."""
        self.kinds.end()
        self.transcluding.end()
        self._pictures.end()

    # Within the archive

    def _go_to(self, place: Position) -> None:
        self._opening.trail.leave(self._opening.here)
        self._view.go_to(place)

    def _go_to_fragment(self, fragment: str) -> None:
        reading = self._view.reading
        if reading is None:
            return
        place = late.place_of(reading.document, fragment) if fragment else Position(0)
        if place is not None:
            self._go_to(place)
        else:
            self._find_embedded(fragment, self._go_to)

    def _find_embedded(self, fragment: str, go: Callable[[Position], None]) -> None:
        """Go to the embedded note that has a section, or say that there is no such section."""

        def found(place: Position | None) -> None:
            if place is not None:
                go(place)
            else:
                self._host.say(_("No such section in this article: {name}").format(name=shown_address(fragment)))

        self.transcluding.find_section(fragment, self.kinds.destination, found)

    def _open_article(self, destination: Destination) -> None:
        """Open the article of a destination, at its section if it has one."""
        article = self._session.library.links.article(destination)
        if article is None:
            self._offer_search(destination)
            return

        fragment = destination.fragment

        def place_in(reading: Reading) -> Position | None:
            place = late.place_of(reading.document, fragment)
            if place is None:
                self._host.after_paint(lambda: self._find_embedded(fragment, self._view.go_to))
            return place

        self._view.slide_panes_away()
        self._opening.open(article, at=place_in if fragment else None)

    def _open_by_id(self, article_id: str) -> None:
        article = linked_article(self._session.library, article_id)
        if article is not None:
            self._view.slide_panes_away()
            self._opening.open(article)

    def _offer_search(self, destination: Destination) -> None:
        """Show the name of a missing destination, and search for it if the user wants."""
        name = destination.looked_for or destination.address

        def chosen(wanted: bool | None) -> None:  # noqa: FBT001 - the result of the modal
            if wanted:
                self._search(_words(name))

        self._host.push(modals.MissingLinkScreen(self._session, name), chosen)

    # Notes

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

        def copy(link: str) -> None:
            self._host.copy(self.kinds.address(link))

        mark = self._view.links.place_of(target)
        self._host.push(modals.FootnoteScreen(self._session, note, mark, copy), chosen)

    # Files

    def _open_file(self, path: Path) -> None:
        """Open a file in the program of the system, after asking once for files of its kind."""
        # The path may be relative if that of the archive is; a program could take such a name for an option.
        path, suffix = path.absolute(), path.suffix.lower()
        if suffix in self._trusted or not is_harmless(path):
            # If the file may be a program, the host only reports that it is not opened.
            self._host.open_file(path)
            return

        def chosen(wanted: bool | None) -> None:  # noqa: FBT001 - the result of the modal
            if wanted:
                self._trusted.add(suffix)
                self._host.open_file(path)

        self._host.push(modals.OpenFileScreen(self._session, path), chosen)

    # Keys

    def _open(self, *, on_web: bool) -> None:
        links = self._view.links
        target = links.focused or ("" if on_web else links.fold_in_sight() or links.picture_in_sight())
        if target:
            self.follow(target, on_web=on_web)
        else:
            self._say_none()

    def _copy(self) -> None:
        target = self._view.links.pointed
        if target:
            self._host.copy(self.kinds.address(target))
        else:
            self._say_none()

    def _say_none(self) -> None:
        label = self._session.keymap.label
        message = _("No link is focused: {next} focuses the next one, {labels} labels all in sight")
        self._host.say(message.format(next=label("next_link"), labels=label("follow_link")))

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

        self._host.push(modals.LinksScreen(self._session, links, self.kinds.leads_to, self.kinds.words), chosen)


def _words(name: str) -> str:
    """The words of a file name or URL to search for: without folders, suffix and hyphens."""
    last = name.rstrip("/").split("/")[-1].split("#")[0].split("?")[0]
    stem = last.rsplit(".", 1)[0] or last
    return " ".join(clean_line(stem.replace("-", " ").replace("_", " ")).split())
