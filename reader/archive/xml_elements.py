"""A hardened parser for the small XML files of containers: a flat list of elements, without entities.

Entity declarations are refused, so that no entity can expand or refer to a file. A file that is not well-formed is
read up to the first error, or after end tags were corrected (`parse_repaired`).
"""

import re
from collections.abc import Iterator
from html import unescape
from typing import NoReturn
from xml.parsers import expat

from reader.archive.decoding import decode
from reader.lean_dataclasses import dataclass, field
from reader.regex import regex

_ELEMENTS_AT_MOST = 400_000
_DEEPEST = 200
_BARE_AMPERSAND = regex(r"&(?!#\d{1,7};|#[xX][0-9A-Fa-f]{1,6};|[A-Za-z][A-Za-z0-9]{0,30};)")
_NAMED = regex(r"&(?!(?:amp|lt|gt|quot|apos);)([A-Za-z][A-Za-z0-9]{0,30});")
_DECLARATION = regex(r"\A\s*+<\?xml[^<>]{0,400}\?>")
_END_TAG = regex(rb"</([^<>\s]{1,200})\s*>")
_MISMATCH = expat.errors.codes[expat.errors.XML_ERROR_TAG_MISMATCH]
_REPAIRS_AT_MOST = 20
"""The maximum number of end tags that are corrected in a file: each correction makes it parse again."""
_ALIKE = 3
"""The length of the prefix that an element's name and a misspelling of it must have in common."""


class _RefusedXmlError(Exception):
    """Raised for XML that declares entities or is too large or too deep."""


@dataclass(slots=True)
class XmlElement:
    """An element.

    Attributes:
        name: The local name in lower case.
        attributes: The values of the attributes by local name.
        namespace: The URI of its namespace, or empty.
        stop: The index after its last descendant in the list of elements.
        first_text: The index of its first piece of text.
        last_text: The index after its last piece of text.
    """

    name: str
    attributes: dict[str, str]
    namespace: str = ""
    stop: int = 0
    first_text: int = 0
    last_text: int = 0


@dataclass(slots=True)
class XmlElements:
    """The elements of an XML file in document order.

    Attributes:
        elements: The elements.
        pieces: The text, in pieces.
        is_broken: Whether there is an error, or a limit was exceeded, so that what follows is missing.
    """

    elements: list[XmlElement] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)
    is_broken: bool = False

    def named(self, name: str) -> Iterator[tuple[int, XmlElement]]:
        """Yield the elements with a local name, and their indexes."""
        return ((number, element) for number, element in enumerate(self.elements) if element.name == name)

    def within(self, number: int) -> Iterator[tuple[int, XmlElement]]:
        """Yield the descendants of an element, and their indexes."""
        return ((place, self.elements[place]) for place in range(number + 1, self.elements[number].stop))

    def text(self, element: XmlElement) -> str:
        """Return the text of an element and its descendants, with white space collapsed."""
        return " ".join(self.raw_text(element).split())

    def raw_text(self, element: XmlElement) -> str:
        """Return the text of an element and its descendants, with its line breaks."""
        return "".join(self.pieces[element.first_text : element.last_text])


def parse_xml(data: bytes) -> XmlElements:
    """Parse an XML file; what follows an error or exceeds the limits is missing. Raises nothing."""
    return _parsed(_prepared(data))


def parse_repaired(data: bytes) -> XmlElements:
    """Parse an XML file after correcting end tags that are misspelt, missing or superfluous. Raises nothing.

    `is_broken` tells that there was an error, even if nothing is missing after the correction.
    """
    written = _prepared(data)
    found = _parsed(written)
    if not found.is_broken:
        return found
    for _number in range(_REPAIRS_AT_MOST):
        repaired = _repaired(written)
        if not repaired:
            break
        written = repaired
    found = _parsed(written)
    found.is_broken = True
    return found


def _repaired(written: bytes) -> bytes:
    """Return XML with its first mismatched end tag corrected; empty unless such a tag is the first error."""
    names: list[str] = []
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda name, _attributes: names.append(name)
    parser.EndElementHandler = lambda _name: names.pop()
    parser.EntityDeclHandler = _refuse
    try:
        parser.Parse(written, True)  # noqa: FBT003 - the library's own signature
    except expat.ExpatError:
        end = _END_TAG.search(written, max(parser.ErrorByteIndex - len("</"), 0))
        if end is None or parser.ErrorCode != _MISMATCH:
            return b""
    except (_RefusedXmlError, ValueError):
        return b""
    else:
        return b""
    wrong = end[1].decode("utf-8", "replace")
    if wrong in names:
        missing = reversed(names[len(names) - names[::-1].index(wrong) :])
        tags = "".join(f"</{name}>" for name in (*missing, wrong))
    else:
        tags = f"</{names[-1]}>" if names and names[-1][:_ALIKE] == wrong[:_ALIKE] else ""
    return written[: end.start()] + tags.encode() + written[end.end() :]


def _prepared(data: bytes) -> bytes:
    """Return XML in UTF-8 without its declaration and without the named entities of HTML, which are decoded."""
    text = _DECLARATION.sub("", decode(data).text, count=1)
    if "&" in text:
        # Without the DTD, the named entities of HTML are undefined. Careless programs also write a bare `&`.
        text = _BARE_AMPERSAND.sub("&amp;", text)
        text = _NAMED.sub(_character, text)
    return text.encode("utf-8", "replace")


def _parsed(written: bytes) -> XmlElements:
    collector = _Collector()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = collector.start
    parser.EndElementHandler = collector.end
    parser.CharacterDataHandler = collector.found.pieces.append
    parser.EntityDeclHandler = _refuse
    try:
        parser.Parse(written, True)  # noqa: FBT003 - the library's own signature
    except (expat.ExpatError, _RefusedXmlError, ValueError):
        collector.found.is_broken = True
    finally:
        collector.finish()
    return collector.found


class _Collector:
    """Collects the elements while they are parsed."""

    def __init__(self) -> None:
        self.found = XmlElements()
        self._open: list[XmlElement] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if len(self.found.elements) >= _ELEMENTS_AT_MOST or len(self._open) >= _DEEPEST:
            raise _RefusedXmlError
        local = {key.rpartition(" ")[2]: value for key, value in attributes.items()}
        namespace, _blank, own = name.rpartition(" ")
        element = XmlElement(own.lower(), local, namespace, first_text=len(self.found.pieces))
        self.found.elements.append(element)
        self._open.append(element)

    def end(self, _name: str) -> None:
        element = self._open.pop()
        element.stop, element.last_text = len(self.found.elements), len(self.found.pieces)

    def finish(self) -> None:
        """Close the elements that an error left open."""
        while self._open:
            self.end("")


def _character(name: re.Match[str]) -> str:
    found = unescape(name[0])
    return found if found != name[0] else f"&amp;{name[1]};"


def _refuse(*_declaration: object) -> NoReturn:
    raise _RefusedXmlError
