"""Bundles in XML: feeds (RSS, RDF, Atom) and Evernote's exports. Entries are found without parsing the whole file."""

import re
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import BinaryIO

from reader.archive.bundles.blog_exports import is_blog, is_setting
from reader.archive.bundles.entry_articles import LARGEST, Entry, EntryArticle, by_name, limited
from reader.archive.bundles.evernote import note_article, note_name
from reader.archive.bundles.feed_entries import feed_article, feed_name, feed_title
from reader.archive.bundles.ranges import RangeBundle
from reader.archive.bundles.token_scan import tokens
from reader.archive.files import open_binary
from reader.language import lazy
from reader.lean_dataclasses import dataclass
from reader.regex import regex

_HEAD = 16_384
"""Bytes before the first entry that are searched for the kind of the file, its title and its namespaces."""
_BEFORE_ROOT = regex(rb"\s++|\xef\xbb\xbf|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^<>\[]*+>", re.DOTALL)
"""One item before the root element. A single pattern for all of them would backtrack exponentially."""
_ROOT = regex(rb"<(?P<name>[\w.:-]{1,60})(?=[\s>])(?P<attributes>[^<>]{0,4000})>")
_WIDE = (
    *((b"\xff\xfe\0\0", "utf-32-le"), (b"\0\0\xfe\xff", "utf-32-be"), (b"\xff\xfe", "utf-16-le")),
    *((b"\xfe\xff", "utf-16-be"), (b"<\0?\0", "utf-16-le"), (b"\0<\0?", "utf-16-be")),
)
"""The first bytes of XML in wide encodings, and the encodings."""
_DECLARATION = regex(rb"<\?xml[^<>]{0,400}\?>")
_NAMESPACE = regex(rb"xmlns(?::[\w.-]{1,40})?\s{0,20}=\s{0,20}(?:\"[^\"<>]{0,300}\"|'[^'<>]{0,300}')")
_PREFIX = regex(rb"[<\s]/?([A-Za-z_][\w.-]{0,39}):[A-Za-z_]")
_LONGEST_TOKEN = 80
_BEGINNINGS = (8_192, 2**20, LARGEST)
"""Numbers of bytes of an entry that are read to find its id: the next number applies if fewer did not suffice."""


@dataclass(frozen=True, slots=True)
class _XmlKind:
    """A kind of bundle: the element of its entries, what the root tag must contain, and two functions for an entry.

    `name` takes the beginning of an entry, wrapped in a document, and whether no more of the entry will be read. It
    returns the name of the entry in the bundle; None if the id may come later. `article` converts an entry.
    """

    element: bytes
    sign: bytes
    name: Callable[[bytes, bool], str | None]
    article: Callable[[bytes], EntryArticle]


_KINDS = {
    b"rss": _XmlKind(b"item", b"", feed_name, feed_article),
    b"feed": _XmlKind(b"entry", b"atom", feed_name, feed_article),
    b"rdf": _XmlKind(b"item", b"purl.org/", feed_name, feed_article),
    b"en-export": _XmlKind(b"note", b"", note_name, note_article),
}
"""The kinds of bundles by the local name of the root element."""


def open_xml(path: Path | bytes) -> RangeBundle | None:
    """Return the entries of a feed or of an export of Evernote; None for any other file.

    Raises:
        ArchiveError: The file cannot be read.
    """
    with open_binary(path) as (file, size):
        head = file.read(_HEAD)
        if (codec := _wide_codec(head)) and size <= LARGEST:
            return open_xml(_in_utf8(head + file.read(), codec))
        root = _root(head)
        kind = _KINDS.get(root["name"].lower().rpartition(b":")[2]) if root else None
        if root is None or kind is None or kind.sign not in root["attributes"].lower():
            return None
        wrap = partial(_document, _DECLARATION.findall(head[: root.start("name")])[:1], root["attributes"])
        # First find all ranges: reading the names moves the offset in the same file.
        ranges = list(limited(_ranges(file, size, kind.element)))
        articles = ranges
        if is_blog(head):
            articles = [entry for entry in ranges if not is_setting(_read(file, entry))]
        entries, problems = by_name(entry._replace(name=_name(file, entry, kind, wrap)) for entry in articles)
    if ranges and ranges[-1].name:
        problems.setdefault("", lazy("The file ends within an article"))
    start = min((entry.start for entry in ranges), default=len(head))
    title = feed_title(wrap(head[root.end() : start])) if kind.element != b"note" else ""
    return RangeBundle(path, entries, lambda data: kind.article(wrap(data)), title, problems)


def _wide_codec(head: bytes) -> str:
    """Return the encoding of XML in UTF-16 or UTF-32 (XML 1.0, appendix F), or empty."""
    return next((codec for begin, codec in _WIDE if head.startswith(begin)), "")


def _in_utf8(data: bytes, codec: str) -> bytes:
    """Return XML in UTF-8 without its declaration, which names another encoding."""
    text = data.decode(codec, "replace").lstrip("\ufeff")
    return _DECLARATION.sub(b"", text.encode("utf-8", "replace"), count=1)


def _root(head: bytes) -> re.Match[bytes] | None:
    """Return the start tag of the root, after declarations and comments; None if the file does not begin like XML."""
    at = 0
    while found := _BEFORE_ROOT.match(head, at):
        at = found.end()
    return _ROOT.match(head, at)


def _read(file: BinaryIO, entry: Entry) -> bytes:
    file.seek(entry.start)
    return file.read(min(entry.end - entry.start, LARGEST))


def _name(file: BinaryIO, entry: Entry, kind: _XmlKind, wrap: Callable[[bytes], bytes]) -> str:
    length = entry.end - entry.start
    for most in _BEGINNINGS:
        data = _read(file, entry._replace(end=entry.start + min(length, most)))
        if length > most:
            # Leave out the last element, whose text may be cut and would be mistaken for the whole id.
            data = data[: max(data.rfind(b"<"), 0)]
        name = kind.name(wrap(data), length <= most or most == LARGEST)
        if name is not None:
            return name
    return ""


def _ranges(file: BinaryIO, size: int, element: bytes) -> Iterator[Entry]:
    """Yield the ranges of all elements called `element` outside comments and CDATA; one without an end tag is “cut”."""
    tag = rb"(?:[\w.-]{1,40}:)?" + element
    pattern = regex(rb"<!\[CDATA\[|\]\]>|<!--|-->|<" + tag + rb"(?=[\s>/])|</" + tag + rb"\s{0,8}>")
    closing = b""
    start = -1
    for token in tokens(file, pattern, _LONGEST_TOKEN):
        if closing:
            closing = b"" if token.text == closing else closing
        elif token.text == b"<![CDATA[":
            closing = b"]]>"
        elif token.text == b"<!--":
            closing = b"-->"
        elif token.text.startswith(b"</"):
            if start >= 0:
                yield Entry("", start, token.end)
            start = -1
        elif token.text.startswith(b"<") and start < 0:
            start = token.start
    if start >= 0:
        yield Entry("cut", start, size)


def _document(declaration: list[bytes], attributes: bytes, data: bytes) -> bytes:
    """Return a part of the file as a document, with the declarations of the file."""
    declared = _NAMESPACE.findall(attributes)
    known = {one.partition(b"=")[0].strip().rpartition(b":")[2] for one in declared if one.startswith(b"xmlns:")}
    used = set(_PREFIX.findall(data)) - known - {b"xml", b"xmlns", b"http", b"https"}
    # The parser stops at a prefix that is not declared.
    extra = [b'xmlns:%b="%b"' % (prefix, prefix) for prefix in sorted(used)]
    return b"".join((*declaration, b"<root ", b" ".join((*declared, *extra)), b">", data, b"</root>"))
