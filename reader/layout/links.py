"""The links of a document, with their targets as stored in `Run.link`, and the positions of internal ones.

A footnote reference links to `#fn-<label>`, the mark after a footnote links back to `#fnref-<label>`. No other link
in a document has either form.
"""

from functools import cached_property

from reader.document.autolinks import with_addresses
from reader.document.blocks import CodeBlock, Embed, Footnote, Image, MathBlock, SpanKind
from reader.document.document import Document, Position, Range
from reader.document.footnotes import placed_footnotes
from reader.document.web_addresses import is_web_address
from reader.lean_dataclasses import dataclass

_NOTE = "#fn-"
_REFERENCE = "#fnref-"
_ARTICLE = "\x00article:"
_TRANSCLUDED = "\x00transcluded:"


_LINKS = frozenset({SpanKind.LINK, SpanKind.IMAGE, SpanKind.FOOTNOTE})


@dataclass(frozen=True, slots=True)
class PlacedLink:
    """A link and its text in the document.

    Attributes:
        target: Its target, as in `Run.link`.
        span: Its text; empty for a picture without a description.
    """

    target: str
    span: Range


def leaf_links(document: Document, number: int) -> list[PlacedLink]:
    """The links of leaf `number` in reading order, without pictures inside links."""
    leaf = document.leaves[number]
    if isinstance(leaf, Image | Embed):
        return [PlacedLink(leaf.source, _range(number, 0, len(leaf.text.text)))] if leaf.source else []
    found: list[PlacedLink] = []
    end = 0
    text = leaf.text if isinstance(leaf, CodeBlock | MathBlock) else with_addresses(leaf.text)
    for span in text.spans:
        if span.kind in _LINKS and max(span.start, end) < span.end and span.value:
            target = note_link(span.value) if span.kind is SpanKind.FOOTNOTE else span.value
            found.append(PlacedLink(target, _range(number, span.start, span.end)))
            end = span.end
    return found


def _range(number: int, start: int, end: int) -> Range:
    return Range(Position(number, start), Position(number, end))


def note_link(label: str) -> str:
    """The link from a reference to the footnote with this label."""
    return _NOTE + label


def reference_link(label: str) -> str:
    """The link from a footnote back to its first reference."""
    return _REFERENCE + label


def is_reference_link(link: str) -> bool:
    """Whether a link leads from a footnote back to its reference."""
    return link.startswith(_REFERENCE)


def article_link(article_id: str) -> str:
    """The link that the screen adds to reach an article. No link of a document begins with a control code."""
    return _ARTICLE + article_id


def linked_article(link: str) -> str:
    """The id of the article that a link of the screen leads to; empty for any other link."""
    return link.removeprefix(_ARTICLE) if link.startswith(_ARTICLE) else ""


def is_note_link(link: str) -> bool:
    """Whether a link leads from a reference to its footnote, or back."""
    return link.startswith((_NOTE, _REFERENCE))


def transcluded_link(article_id: str, link: str) -> str:
    """A link in a transclusion of another article; the link itself if it does not depend on the article."""
    if not article_id or not link or link.startswith("\x00") or is_web_address(link):
        return link
    return f"{_TRANSCLUDED}{article_id}\x00{link}"


def link_of_transclusion(link: str) -> tuple[str, str]:
    """The id of the article that a transcluded link is relative to, and the link; an empty id for any other link."""
    if not link.startswith(_TRANSCLUDED):
        return "", link
    article_id, _end, target = link.removeprefix(_TRANSCLUDED).partition("\x00")
    return article_id, target


class NoteLinks:
    """The targets of the links between references and footnotes of a document; it is searched only once.

    Attributes:
        document: The document.
    """

    def __init__(self, document: Document) -> None:
        self.document = document

    def target(self, link: str) -> Position | None:
        """The position that an internal link refers to; None for any other link."""
        if link.startswith(_REFERENCE):
            return self._references.get(link.removeprefix(_REFERENCE))
        found = self._notes.get(link.removeprefix(_NOTE)) if link.startswith(_NOTE) else None
        return found[0] if found is not None else None

    def note(self, link: str) -> Footnote | None:
        """The footnote that the link of a reference leads to; None for any other link."""
        found = self._notes.get(link.removeprefix(_NOTE)) if link.startswith(_NOTE) else None
        return found[1] if found is not None else None

    @cached_property
    def _references(self) -> dict[str, Position]:
        """The first reference to each footnote, by its label."""
        found: dict[str, Position] = {}
        for number, leaf in enumerate(self.document.leaves):
            for span in leaf.text.spans:
                if span.kind is SpanKind.FOOTNOTE:
                    found.setdefault(span.value, Position(number, span.start))
        return found

    @cached_property
    def _notes(self) -> dict[str, tuple[Position, Footnote]]:
        """The first footnote with each label, and where it begins."""
        found: dict[str, tuple[Position, Footnote]] = {}
        for number, note in placed_footnotes(self.document):
            found.setdefault(note.label, (Position(number), note))
        return found


def link_target(document: Document, link: str) -> Position | None:
    """The position that an internal link refers to; None for any other link. See `NoteLinks` for many links."""
    return NoteLinks(document).target(link)


def linked_note(document: Document, link: str) -> Footnote | None:
    """The footnote that the link of a reference leads to; None for any other link. See `NoteLinks` for many links."""
    return NoteLinks(document).note(link)
