"""The navigation of an EPUB: labels, targets and levels, from `nav.xhtml` (EPUB 3.3, 7) or `toc.ncx` (OPF 2.0.1)."""

from collections.abc import Iterator

from reader.archive.epub_package import Package, resolve
from reader.archive.xml_elements import XmlElements, parse_xml
from reader.archive.zip_container import ZipContainer
from reader.document.sanitizing import clean_line
from reader.errors import ArchiveError
from reader.lean_dataclasses import dataclass

_LARGEST = 8 * 2**20
_LONGEST = 400
"""The maximum length of a label in characters."""
_ENTRIES_AT_MOST = 20_000


@dataclass(frozen=True, slots=True)
class NavigationEntry:
    """An entry of the table of contents.

    Attributes:
        label: Its text, on one line.
        name: The file in the container to which it leads.
        fragment: The id of the element there, or empty.
        level: Its level, 1 for the outermost.
    """

    label: str
    name: str
    fragment: str
    level: int


def read_navigation(container: ZipContainer, package: Package) -> list[NavigationEntry]:
    """Return the table of contents; empty if there is none that can be read. Raises nothing."""
    for name, read in ((package.navigation, _from_document), (package.ncx, _from_ncx)):
        try:
            tree = parse_xml(container.read(name, _LARGEST)) if name else None
        except ArchiveError:
            continue
        if tree is not None and (entries := list(_resolved(container, name, read(tree)))):
            return entries
    return []


_Written = tuple[str, str, int]
"""A label, the reference of its target, and its level."""


def _resolved(container: ZipContainer, base: str, written: Iterator[_Written]) -> Iterator[NavigationEntry]:
    for count, (label, reference, level) in enumerate(written):
        if count >= _ENTRIES_AT_MOST:
            return
        path, fragment = resolve(base, reference)
        name = container.find(path) if path and reference else ""
        text = clean_line(label)[:_LONGEST].strip()
        if name and text:
            yield NavigationEntry(text, name, fragment, level)


def _from_document(tree: XmlElements) -> Iterator[_Written]:
    """Yield the entries of the first `nav` that is a table of contents; nested lists determine their levels."""
    navs = list(tree.named("nav"))
    contents = [number for number, element in navs if "toc" in element.attributes.get("type", "").split()]
    for number in (contents or [number for number, _element in navs])[:1]:
        lists: list[int] = []
        for place, element in tree.within(number):
            while lists and place >= lists[-1]:
                lists.pop()
            if element.name == "ol":
                lists.append(element.stop)
            elif element.name == "a" and lists:
                yield tree.text(element), element.attributes.get("href", ""), len(lists)


def _from_ncx(tree: XmlElements) -> Iterator[_Written]:
    points: list[int] = []
    label = ""
    for place, element in enumerate(tree.elements):
        while points and place >= points[-1]:
            points.pop()
        if element.name == "navpoint":
            points.append(element.stop)
            label = ""
        elif element.name == "text" and points and not label:
            label = tree.text(element)
        elif element.name == "content" and points:
            yield label, element.attributes.get("src", ""), len(points)
