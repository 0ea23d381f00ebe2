"""The package of an EPUB: its metadata, manifest and reading order (EPUB 3.3, 5; OPF 2.0.1), and its protection."""

import posixpath
import re
from collections.abc import Iterator
from datetime import datetime
from urllib.parse import unquote

from reader.archive.dates import parse_date
from reader.archive.xml_elements import XmlElement, XmlElements, parse_xml
from reader.archive.zip_container import ZipContainer
from reader.document.sanitizing import clean_line
from reader.document.web_addresses import split_address
from reader.errors import ArchiveError
from reader.language import lazy
from reader.lean_dataclasses import dataclass
from reader.regex import regex

_CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"
_PACKAGE_AT_MOST = 8 * 2**20
_SMALL_FILE = 2**20
_ITEMS_AT_MOST = 20_000
_VALUES_AT_MOST = 50
"""The maximum number of values of a field, such as subjects."""
_LONGEST = 300
"""The maximum length of a value in characters, except that of a description."""
_LONGEST_DESCRIPTION = 20_000
_FONT_OBFUSCATION = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")
_SYSTEMS = {
    "META-INF/license.lcpl": "Readium LCP",
    "META-INF/sinf.xml": "Apple FairPlay",
    "META-INF/rights.xml": "Adobe ADEPT",
}
"""The files that DRM systems put into books, and the names of the systems."""
_YEAR = regex(r"\d{4}")
_TAG = regex(r"<[^<>]*>")
_BREAK = regex(r"</(?:p|div|li|h\d)\s*>|<br\s*/?>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ManifestItem:
    """A file of the book: its name in the container, media type and properties."""

    name: str
    media_type: str
    properties: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Package:
    """The package of a book. Text is on one line, cleaned, and empty if it is not stated.

    Attributes:
        title: The main title.
        authors: The authors, or else everybody who contributed.
        date: The date of publication, or None.
        language: The first language, as BCP 47.
        subjects: The subjects.
        publisher: The publisher.
        description: The paragraphs of the description, without markup.
        addresses: The URLs that identify the book or its source.
        items: The files of the manifest.
        spine: The files in reading order.
        missing: The references of files that are not in the container.
        navigation: The EPUB 3 navigation document, or empty.
        ncx: The EPUB 2 table of contents, or empty.
        protected: The names of encrypted files.
        system: The name of the system that protects the book, or empty.
    """

    title: str
    authors: tuple[str, ...]
    date: datetime | None
    language: str
    subjects: tuple[str, ...]
    publisher: str
    description: tuple[str, ...]
    addresses: tuple[str, ...]
    items: tuple[ManifestItem, ...]
    spine: tuple[ManifestItem, ...]
    missing: tuple[str, ...]
    navigation: str
    ncx: str
    protected: frozenset[str]
    system: str


def read_package(container: ZipContainer) -> Package:
    """Read the package of a book; only its small files are decompressed.

    Raises:
        ArchiveError: There is no package, or it cannot be read.
    """
    name = _package_name(container)
    return _Reader(container, name, parse_xml(read_part(container, name, _PACKAGE_AT_MOST))).package()


def read_part(container: ZipContainer, name: str, most: int) -> bytes:
    """Return the content of a file that a book needs.

    Raises:
        ArchiveError: It cannot be read; the message names it.
    """
    try:
        return container.read(name, most)
    except ArchiveError as error:
        message = lazy("Cannot read {name} in the book: {reason}", name=clean_line(name), reason=error.message)
        raise ArchiveError(message) from error


def resolve(base: str, reference: str) -> tuple[str, str]:
    """Return the path in the container and the fragment that a reference in the file `base` means.

    The path is empty for an external reference, and for one that leads out of the container.
    """
    parts = split_address(reference.strip())
    if parts is None or parts.scheme or parts.netloc:
        return "", ""
    if not parts.path:
        return base, unquote(parts.fragment)
    path = posixpath.normpath(posixpath.join(posixpath.dirname(base), unquote(parts.path).replace("\\", "/")))
    return ("" if path.startswith("..") else path.lstrip("/")), unquote(parts.fragment)


def _package_name(container: ZipContainer) -> str:
    """Return the path of the package document (OPF), which `container.xml` states.

    Without that file, it is the path of the only such document in the container.
    """
    found = container.find(_CONTAINER)
    if found:
        tree = parse_xml(read_part(container, found, _SMALL_FILE))
        for _number, element in tree.named("rootfile"):
            path = resolve("", element.attributes.get("full-path", ""))[0]
            if path and (name := container.find(path)):
                return name
    packages = [name for name in container.names if name.lower().endswith(".opf")]
    if len(packages) == 1:
        return packages[0]
    missing = _CONTAINER if not found else "content.opf"
    raise ArchiveError(lazy("Not an EPUB, or damaged: {name} is missing in the container", name=missing))


class _Reader:
    """Reads the parts of a package."""

    def __init__(self, container: ZipContainer, name: str, tree: XmlElements) -> None:
        self._container = container
        self._name = name
        self._tree = tree
        self._refined: dict[tuple[str, str], str] = {}
        for _number, element in tree.named("meta"):
            subject = element.attributes.get("refines", "").lstrip("#")
            if subject:
                self._refined[subject, element.attributes.get("property", "")] = tree.text(element)

    def package(self) -> Package:
        items, fallbacks, missing = self._items()
        protected, system = _protection(self._container)
        spine: dict[str, ManifestItem] = {}
        navigation = next((item.name for item in items.values() if "nav" in item.properties), "")
        for _number, reference in self._tree.named("itemref"):
            identifier = reference.attributes.get("idref", "")
            item = _displayable(identifier, items, fallbacks)
            is_auxiliary = reference.attributes.get("linear") == "no"
            if item and not (is_auxiliary and item.name == navigation):
                spine.setdefault(item.name, item)
        if not spine:
            # Without a reading order, use the order of the manifest.
            spine = {item.name: item for item in items.values() if is_text(item) and item.name != navigation}
        toc = next((element.attributes.get("toc", "") for _number, element in self._tree.named("spine")), "")
        ncx = items.get(toc) or next((item for item in items.values() if "dtbncx" in item.media_type), None)
        return Package(
            self._title(),
            self._authors(),
            self._date(),
            next(self._values("language"), ""),
            tuple(dict.fromkeys(self._values("subject"))),
            next(self._values("publisher"), ""),
            self._description(),
            tuple(value for name in ("source", "identifier") for value in self._values(name) if "://" in value),
            tuple(items.values()),
            tuple(spine.values()),
            tuple(missing),
            navigation,
            ncx.name if ncx else "",
            protected,
            system,
        )

    def _items(self) -> tuple[dict[str, ManifestItem], dict[str, str], list[str]]:
        """Return the items by id, their fallbacks, and the references of the spine's items that are missing."""
        items: dict[str, ManifestItem] = {}
        fallbacks: dict[str, str] = {}
        absent: dict[str, str] = {}
        for count, (_number, element) in enumerate(self._tree.named("item")):
            attributes = element.attributes
            if count >= _ITEMS_AT_MOST:
                break
            reference = attributes.get("href", "")
            path = resolve(self._name, reference)[0]
            identifier = attributes.get("id", "")
            name = self._container.find(path) if path else ""
            if name:
                kinds = tuple(attributes.get("properties", "").split())
                items[identifier] = ManifestItem(name, attributes.get("media-type", "").lower(), kinds)
            else:
                absent[identifier] = reference
            if "fallback" in attributes:
                fallbacks[identifier] = attributes["fallback"]
        needed = (element.attributes.get("idref", "") for _number, element in self._tree.named("itemref"))
        missing = [clean_line(absent.get(one, one))[:_LONGEST] for one in needed if one not in items]
        return items, fallbacks, missing

    # Metadata

    def _elements(self, name: str) -> Iterator[tuple[XmlElement, str]]:
        """Yield the elements of a field that are not empty, and their texts."""
        count = 0
        for _number, element in self._tree.named(name):
            text = clean_line(self._tree.text(element))[:_LONGEST].strip()
            if text and count < _VALUES_AT_MOST:
                count += 1
                yield element, text

    def _values(self, name: str) -> Iterator[str]:
        return (text for _element, text in self._elements(name))

    def _property(self, element: XmlElement, name: str) -> str:
        """Return a property of a value: as an attribute (EPUB 2) or as a `meta` that refines it (EPUB 3)."""
        return element.attributes.get(name) or self._refined.get((element.attributes.get("id", ""), name), "")

    def _title(self) -> str:
        titles = list(self._elements("title"))
        main = [text for element, text in titles if self._property(element, "title-type") == "main"]
        return next(iter(main or [text for _element, text in titles]), "")

    def _authors(self) -> tuple[str, ...]:
        creators = [(self._property(element, "role"), text) for element, text in self._elements("creator")]
        authors = [text for role, text in creators if role in ("", "aut")]
        return tuple(dict.fromkeys(authors or [text for _role, text in creators]))

    def _date(self) -> datetime | None:
        # EPUB 2 has several dates, told apart by the attribute `opf:event`; EPUB 3 has only the date of publication.
        dates = [(element.attributes.get("event", ""), text) for element, text in self._elements("date")]
        ranked = [text for wanted in ("publication", "original-publication", "", "creation") for event, text in dates
                  if event == wanted]  # fmt: skip
        modified = [text for element, text in self._elements("meta") if _is_date(element)]
        for text in (*ranked, *modified):
            # Calibre writes the year 101 for an unknown date.
            written = f"{text}-01-01" if _YEAR.fullmatch(text) else text
            if not written.startswith("0") and (date := parse_date(written)):
                return date
        return None

    def _description(self) -> tuple[str, ...]:
        for _number, element in self._tree.named("description"):
            written = self._tree.text(element)[:_LONGEST_DESCRIPTION]
            # Descriptions often are escaped HTML.
            lines = _TAG.sub("", _BREAK.sub("\n", written)).split("\n")
            if paragraphs := tuple(line for line in map(clean_line, lines) if line.strip()):
                return paragraphs
        return ()


def _is_date(element: XmlElement) -> bool:
    return element.attributes.get("property") in ("dcterms:issued", "dcterms:created", "dcterms:date")


def _displayable(identifier: str, items: dict[str, ManifestItem], fallbacks: dict[str, str]) -> ManifestItem | None:
    """Return the first of an item and its fallbacks that can be displayed, else the item (EPUB 3.3, 3.5.1)."""
    seen: set[str] = set()
    first = items.get(identifier)
    while identifier not in seen:
        seen.add(identifier)
        item = items.get(identifier)
        if item and is_text(item):
            return item
        identifier = fallbacks.get(identifier, "")
    return first


def is_text(item: ManifestItem) -> bool:
    """Whether a file is a chapter: XHTML, HTML, a drawing, or a format of the first EPUBs."""
    kinds = ("html", "svg", "oeb1-document", "dtbook")
    return any(kind in item.media_type for kind in kinds) or item.name.lower().endswith((".xhtml", ".html", ".htm"))


def _protection(container: ZipContainer) -> tuple[frozenset[str], str]:
    """Return the encrypted files except obfuscated fonts, and the name of the system that protects the book."""
    found = container.find(_ENCRYPTION)
    if not found:
        return frozenset(), ""
    tree = parse_xml(read_part(container, found, _PACKAGE_AT_MOST))
    names: set[str] = set()
    for number, _element in tree.named("encrypteddata"):
        inner = [element for _number, element in tree.within(number)]
        methods = [one.attributes.get("Algorithm", "") for one in inner if one.name == "encryptionmethod"]
        if any(method in _FONT_OBFUSCATION for method in methods):
            continue
        for one in inner:
            if one.name == "cipherreference":
                path = resolve("", one.attributes.get("URI", ""))[0]
                names.add(container.find(path) or path)
    system = next((system for name, system in _SYSTEMS.items() if container.find(name)), "")
    return frozenset(names), system
