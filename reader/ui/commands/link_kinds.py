"""The destinations of the links of the open article, and their kinds.

They are looked up in a thread after the article is shown, then painted on the page and described in the status line.
"""

from collections.abc import Mapping, Sequence
from itertools import islice
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from reader.document.addresses import written_target
from reader.document.blocks import Footnote, leaves
from reader.document.document import Document, Range
from reader.document.sanitizing import clean_line
from reader.document.web_addresses import shown_address
from reader.language import N_, _
from reader.lean_dataclasses import replace
from reader.linking.destination import Destination, DestinationKind
from reader.reading.opened_article import Reading
from reader.ui import late
from reader.ui.commands.host import Host
from reader.ui.commands.link_lookup import linked_article, looked_up
from reader.ui.commands.view import ReadingView
from reader.ui.screens import modals
from reader.ui.session import Session
from reader.ui.widgets.status import MessageVariants

if TYPE_CHECKING:
    from reader.layout.links import NoteLinks
    from reader.linking.archive_links import ArchiveLinks

_LONGEST = 300
"""The maximum characters of a footnote in the status line."""

_MOST_TITLES = 200
"""Maximum number of embedded notes whose titles are looked up."""

_WORDS = {
    DestinationKind.HERE: (N_("here"), "link_inside"),
    DestinationKind.ARTICLE: (N_("archive"), "link_inside"),
    DestinationKind.WEB: (N_("web"), "link"),
    DestinationKind.MAIL: (N_("mail"), "link"),
    DestinationKind.FILE: (N_("file"), "link"),
    DestinationKind.MISSING: (N_("missing"), "muted"),
    DestinationKind.UNSAFE: (N_("unsafe"), "muted"),
}
"""The word for each kind of link in the list of links, and the role of the theme in which it is painted."""

_OUTSIDE = N_("outside the archive")
_PICTURE = N_("picture")
_PICTURES = frozenset((".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".bmp", ".avif", ".tiff", ".heic"))
_MORE_WORDS = {DestinationKind.MISSING: ("gone", "broken"), DestinationKind.ARTICLE: ("article",)}
"""Further words that filter the list of links."""

_TOLD = {
    DestinationKind.HERE: N_("In this article: {name}"),
    DestinationKind.ARTICLE: N_("Article: {name}"),
    DestinationKind.WEB: "{name}",
    DestinationKind.MAIL: "{name}",
    DestinationKind.FILE: N_("File: {name}"),
    DestinationKind.MISSING: N_("Not in the archive: {name}"),
    DestinationKind.UNSAFE: N_("Not opened: {name}"),
}
"""The description of each kind of link in the status line."""

_INSIDE = frozenset({DestinationKind.HERE, DestinationKind.ARTICLE})
_NOWHERE = frozenset({DestinationKind.MISSING, DestinationKind.UNSAFE})


class LinkKinds:
    """The destinations of the links of the open article, by their targets."""

    def __init__(self, session: Session, view: ReadingView, host: Host) -> None:
        self._session = session
        self._view = view
        self._host = host
        self._known: dict[str, Destination] = {}
        self._lock = Lock()
        self._links: ArchiveLinks | None = None
        self._notes: NoteLinks | None = None
        view.links.explain(self._explanation)

    def begin(self, reading: Reading) -> None:
        """Look up the destinations of the links of an article that is about to be shown."""
        self._known = {}
        self._host.after_paint(lambda: self._find(reading))

    def refresh(self) -> None:
        """Look up the destinations again, because the archive has changed."""
        if self._view.reading is not None:
            self._find(self._view.reading)

    def end(self) -> None:
        """Close the connections."""
        with self._lock:
            if self._links is not None:
                self._links.close()

    def _find(self, reading: Reading) -> None:
        if self._view.reading is not reading:
            return
        self._host.run_in_thread(lambda: self._resolve(reading), "links", exclusive=True)

    def _resolve(self, reading: Reading) -> None:
        """Look up the destinations; runs in a thread."""
        document = reading.document
        spans: dict[str, list[Range]] = {}
        for number in range(len(document.leaves)):
            for link in late.leaf_links(document, number):
                spans.setdefault(link.target, []).append(link.span)
        notes = late.NoteLinks(document)
        targets = [target for target in spans if notes.target(target) is None]
        if not targets:
            return

        def look() -> tuple[dict[str, Destination], dict[int, str]]:
            with self._lock:
                if self._links is None:
                    self._links = self._session.library.new_links()
                found = dict(zip(targets, self._links.destinations(reading.article, targets), strict=True))
                return found, self._titles(document, found)

        if (looked := looked_up(self._host, look)) is not None:
            found, titles = looked
            self._host.call_from_thread(self._show, reading, found, spans, titles)

    def _titles(self, document: Document, found: Mapping[str, Destination]) -> dict[int, str]:
        """The titles of embedded notes by the leaf that embeds them, except titles that the leaf shows anyway."""
        titles: dict[int, str] = {}
        embeds = ((number, late.embedded_note(leaf)) for number, leaf in enumerate(document.leaves))
        for number, target in islice(((number, target) for number, target in embeds if target in found), _MOST_TITLES):
            article = self._links.article(found[target]) if self._links is not None else None
            if article is not None and article.title not in document.text(number):
                titles[number] = article.title
        return titles

    def _show(
        self,
        reading: Reading,
        found: Mapping[str, Destination],
        spans: Mapping[str, Sequence[Range]],
        titles: Mapping[int, str],
    ) -> None:
        if self._view.reading is not reading:
            return
        self._known = dict(found)
        self._view.links.show_titles(titles)

        def those(kinds: frozenset[DestinationKind]) -> list[Range]:
            return sorted(span for target, one in found.items() if one.kind in kinds for span in spans[target])

        self._view.links.show_kinds(those(_INSIDE), those(_NOWHERE))

    # Queries

    def destination(self, target: str) -> Destination:
        """Where a link leads."""
        found = self._known.get(target)
        reading = self._view.reading
        if found is None:
            assert reading is not None  # noqa: S101 - links are those of an article
            article_id, target = late.link_of_transclusion(target)
            transcluded = linked_article(self._session.library, article_id) if article_id else None
            found = self._session.library.links.destination(transcluded or reading.article, target)
            if transcluded is not None and found.kind is DestinationKind.HERE:
                # Within the transcluded article.
                found = replace(found, kind=DestinationKind.ARTICLE, path=transcluded.path, article_id=transcluded.id)
        return found

    def address(self, target: str) -> str:
        """The address of a link, for the clipboard; empty for a fold."""
        reading = self._view.reading
        if late.linked_fold(target) is not None:
            return ""
        is_internal = reading is None or self.notes_of(reading.document).target(target) is not None
        if is_internal or late.linked_article(target):
            return clean_line(target)
        return clean_line(self.destination(target).url or written_target(late.link_of_transclusion(target)[1]))

    def _title(self, destination: Destination) -> str:
        """The title of the article that a link leads to, and the section if the link names one."""
        article = self._session.library.links.article(destination)
        title = article.title if article is not None else destination.address
        return f"{title} › {shown_address(destination.fragment)}" if destination.fragment else title

    def _section(self, fragment: str) -> str:
        """The title of the section of the open article that a fragment leads to; empty if there is none.

        Ids in books and web pages, such as `filepos1234`, mean nothing to a reader.
        """
        reading = self._view.reading
        place = late.place_of(reading.document, fragment) if reading is not None and fragment else None
        if reading is None or place is None:
            return ""
        found = reading.outline.index_at(place)
        return reading.outline.sections[found].title if found is not None else ""

    def _name(self, destination: Destination) -> str:
        """What a link leads to, in words."""
        match destination.kind:
            case DestinationKind.HERE:
                return self._section(destination.fragment) or shown_address(destination.fragment)
            case DestinationKind.ARTICLE:
                return self._title(destination)
            case DestinationKind.MISSING:
                return destination.looked_for or destination.address
        return destination.address

    def _explanation(self, target: str) -> MessageVariants:
        """Where a link leads, in variants for the status line."""
        reading = self._view.reading
        if reading is None:
            return ()
        if late.linked_fold(target) is not None:
            return (_("Open or fold"),)
        if article_id := late.linked_article(target):
            article = linked_article(self._session.library, article_id)
            return (_("Article: {name}").format(name=article.title if article is not None else ""),)
        notes = self.notes_of(reading.document)
        note = notes.note(target)
        if note is not None:
            return (_("Footnote: {name}").format(name=_beginning(note)),)
        if notes.target(target) is not None:
            return (_("In this article"),)
        destination = self.destination(target)
        return self._explained(target, destination)

    def _explained(self, target: str, destination: Destination) -> MessageVariants:
        """The description of a link, except for one between a footnote and its reference."""
        name, key = self._name(destination), self._session.keymap.label("open_link_on_web")
        if destination.kind in _INSIDE and self._view.links.embedded(target) is not None:
            return (_("Embedded: {name} · {key} goes there").format(name=name, key=key), name)
        if destination.kind is DestinationKind.ARTICLE and destination.url:
            address = destination.address
            long = _("Saved: {title} · {key} opens {address}").format(title=name, key=key, address=address)
            return (long, _("Saved: {title}").format(title=name))
        if destination.part and destination.path is not None:
            return _told_picture(destination, destination.path)
        return (_(_TOLD[destination.kind]).format(name=name),)

    def notes_of(self, document: Document) -> "NoteLinks":
        """The links between the footnotes of a document and their references."""
        if self._notes is None or self._notes.document is not document:
            self._notes = late.NoteLinks(document)
        return self._notes

    def leads_to(self, target: str) -> "modals.LeadsTo":
        """Where a link leads, for the list."""
        reading = self._view.reading
        if reading is None:
            return modals.LeadsTo("", "")
        notes = self.notes_of(reading.document)
        note = notes.note(target)
        if note is not None or notes.target(target) is not None:
            return modals.LeadsTo(_("here"), _beginning(note) if note is not None else "", "link_inside")
        destination = self.destination(target)
        return modals.LeadsTo(_(_word(destination)), self._name(destination), _WORDS[destination.kind][1])

    def words(self, target: str) -> str:
        """The words for the kind of a link, folded, in the language in use and in English; empty if still unknown."""
        destination = self._known.get(target)
        if destination is None:
            is_note = self._view.reading is not None and self.notes_of(self._view.reading.document).target(target)
            return f"{_('here')} here".casefold() if is_note else ""
        word = _word(destination)
        return " ".join((_(word), word, *_MORE_WORDS.get(destination.kind, ()))).casefold()


def _word(destination: Destination) -> str:
    """The word for the kind of a link."""
    if destination.is_outside:
        return _OUTSIDE
    return _PICTURE if _is_picture(destination) else _WORDS[destination.kind][0]


def _is_picture(destination: Destination) -> bool:
    path = destination.path
    if destination.kind is not DestinationKind.FILE or path is None:
        return False
    return bool(destination.part) or path.suffix.lower() in _PICTURES


def _told_picture(destination: Destination, container: Path) -> MessageVariants:
    """Where a picture inside a file is; one that is embedded in the text has no name."""
    file = shown_address(container.name)
    if not destination.address:
        return (_("Picture embedded in {file}").format(file=file),)
    return (_("Picture in {file}: {name}").format(file=file, name=destination.address),)


def _beginning(note: Footnote) -> str:
    """The text of a footnote, on one line, cut if it is long."""
    texts = (leaf.text.text for block in note.blocks for leaf in leaves(block))
    return clean_line(" ".join(texts)[:_LONGEST])
