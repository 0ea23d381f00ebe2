"""Where links lead in exported files: to other files that are exported with them, and to sections."""

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
"""What addresses do not contain, or Markdown would take for their end; letters of all scripts stay legible."""


class LinkForm(Enum):
    """How links to other exported files are written."""

    PATH = "path"
    """As a relative path, with the slug of a heading as GitHub makes it."""
    NOTE = "note"
    """A relative path and the heading's text; written `[[note#heading]]` where possible."""
    ORG = "org"
    """As the name of a note with the text of a heading, which the exporter of Org makes a link to a file."""
    PAGE = "page"
    """As the address of a page or of a chapter, with the id of a heading."""


@dataclass(frozen=True, slots=True)
class ExportedFile:
    """The file of an exported article.

    Attributes:
        name: Its name, with the suffix; all files are in one folder.
        title: The title in its first heading, or empty.
        prefix: What the ids in it begin with.
    """

    name: str
    title: str = ""
    prefix: str = ""


@dataclass(frozen=True, slots=True)
class _ExportedSection:
    """A section of an exported document: its number, counted from 1, its title, and its slug."""

    number: int
    title: str
    slug: str


def link_address(form: LinkForm, file: ExportedFile, document: Document | None, fragment: str) -> str:
    """The target of a link to an exported file; `document` is its content, needed only if there is a fragment."""
    section = _section(document, fragment, file.title) if document is not None and fragment else None
    if form is LinkForm.ORG:
        return f"{WIKI}{Path(file.name).stem}" + (f"#{section.title}" if section else "")
    return encoded_name(file.name) + (_fragment(form, section, file.prefix) if section is not None else "")


def note_name(address: str) -> str:
    """The name of the note at an address of `LinkForm.NOTE`, with its heading, as in `note#heading`."""
    place, sign, heading = address.partition("#")
    return unquote(place).removesuffix(".md") + sign + unquote(heading)


def encoded_name(name: str) -> str:
    """The name of a file as an address."""
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
    fragments = Fragments(document)
    sections = [*_sections(document, "")]
    found: dict[str, str] = {}
    for target, fragment in within.items():
        place = fragments.place(fragment)
        section = _last_before(sections, place.block) if place is not None else None
        if section is not None:
            found[target] = _fragment(form, section, prefix)
    return found


def _fragment(form: LinkForm, section: _ExportedSection, prefix: str) -> str:
    match form:
        case LinkForm.PAGE:
            # As `HtmlBlocks` numbers headings.
            return f"#{prefix}s{section.number}"
        case LinkForm.NOTE:
            return f"#{encoded_name(section.title)}"
    return f"#{section.slug}"


def _section(document: Document, fragment: str, title: str) -> _ExportedSection | None:
    """The section in which the place is that a fragment means."""
    place = Fragments(document).place(fragment)
    return _last_before([*_sections(document, title)], place.block) if place is not None else None


def _last_before(sections: list[tuple[int, _ExportedSection]], leaf: int) -> _ExportedSection | None:
    return next((section for start, section in reversed(sections) if start <= leaf), None)


def _sections(document: Document, title: str) -> Iterator[tuple[int, _ExportedSection]]:
    """The sections, each after the number of its first leaf; a repeated title, at level 0, is not written."""
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
