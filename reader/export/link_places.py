"""Where links lead in exported files: to other files that are exported with them, and to sections."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from enum import Enum
from pathlib import Path
from urllib.parse import unquote

from reader.document.addresses import WIKI
from reader.document.blocks import Heading
from reader.document.document import Document
from reader.lean_dataclasses import dataclass
from reader.linking.fragments import Fragments, github_slug
from reader.linking.link_targets import parse_target
from reader.parse.document_links import document_links

_ESCAPES = {ord(sign): f"%{ord(sign):02X}" for sign in "%#? \"'<>()[]\\^`{|}"}
"""Escapes of the characters that a URL cannot contain, or at which Markdown would end it; letters stay as they are."""


class LinkForm(Enum):
    """How links to other exported files are written."""

    PATH = "path"
    """A relative path, with the slug that GitHub gives to a heading."""
    NOTE = "note"
    """A relative path and the heading's text; written `[[note#heading]]` where possible."""
    ORG = "org"
    """The name of a note with the text of a heading; the exporter for Org turns it into a link to a file."""
    PAGE = "page"
    """The address of a page or of a chapter, with the id of a heading."""


@dataclass(frozen=True, slots=True)
class ExportedFile:
    """The file of an exported article.

    Attributes:
        name: Its name, with the suffix.
        title: The title in its first heading, or empty.
        prefix: The prefix of the ids in it.
        folder: Its folder; empty for the folder that all files share. Files in different folders do not link to each
            other.
    """

    name: str
    title: str = ""
    prefix: str = ""
    folder: Path = Path()


@dataclass(frozen=True, slots=True)
class _ExportedSection:
    """A section of an exported document: its number, counted from 1, its title, and its slug."""

    number: int
    title: str
    slug: str


class LinkedSections:
    """Finds the sections that the fragments of links refer to; the document is searched once for all of them."""

    def __init__(self, document: Document, title: str = "") -> None:
        """Search a document, whose file has a `title` in its first heading or none."""
        self._fragments = Fragments(document)
        self._starts: list[int] = []
        self._sections: list[_ExportedSection] = []
        for start, section in _sections(document, title):
            self._starts.append(start)
            self._sections.append(section)

    def at(self, fragment: str) -> _ExportedSection | None:
        """The section that contains the place a fragment refers to; None if there is none."""
        place = self._fragments.place(fragment)
        number = bisect_right(self._starts, place.block) if place is not None else 0
        return self._sections[number - 1] if number else None


def link_address(form: LinkForm, file: ExportedFile, sections: LinkedSections | None, fragment: str) -> str:
    """The target of a link to an exported file; `sections` are those of its document, for a fragment."""
    section = sections.at(fragment) if sections is not None and fragment else None
    if form is LinkForm.ORG:
        return f"{WIKI}{Path(file.name).stem}" + (f"#{section.title}" if section else "")
    return encoded_name(file.name) + (_fragment(form, section, file.prefix) if section is not None else "")


def note_name(address: str) -> str:
    """The name of the note at an address of `LinkForm.NOTE`, with its heading, as in `note#heading`."""
    place, sign, heading = address.partition("#")
    return unquote(place).removesuffix(".md") + sign + unquote(heading)


def encoded_name(name: str) -> str:
    """The name of a file as a relative URL."""
    return name.translate(_ESCAPES)


def places_within(document: Document, form: LinkForm, prefix: str = "") -> dict[str, str]:
    """The addresses of links to places in the same file, by their targets as written."""
    within: dict[str, str] = {}
    for target in dict.fromkeys(link.target for link in document_links(document) if "#" in link.target):
        parsed = parse_target(target)
        if not parsed.place and parsed.fragment:
            within[target] = parsed.fragment
    if not within:
        return {}
    sections = LinkedSections(document)
    found = {target: sections.at(fragment) for target, fragment in within.items()}
    return {target: _fragment(form, section, prefix) for target, section in found.items() if section is not None}


def _fragment(form: LinkForm, section: _ExportedSection, prefix: str) -> str:
    match form:
        case LinkForm.PAGE:
            # As `HtmlBlocks` numbers headings.
            return f"#{prefix}s{section.number}"
        case LinkForm.NOTE:
            return f"#{encoded_name(section.title)}"
    return f"#{section.slug}"


def _sections(document: Document, title: str) -> Iterator[tuple[int, _ExportedSection]]:
    """Yield each section with its first leaf. The repeated title, which has level 0, is not written."""
    slugs = Counter([github_slug(title)] if title else [])
    number = 0
    for leaf, block in enumerate(document.leaves):
        if not isinstance(block, Heading) or not block.level or not block.text.text.strip():
            continue
        number += 1
        text = " ".join(block.text.text.split())
        slug = github_slug(text)
        count = slugs[slug]
        slugs[slug] += 1
        yield leaf, _ExportedSection(number, text, f"{slug}-{count}" if count else slug)
