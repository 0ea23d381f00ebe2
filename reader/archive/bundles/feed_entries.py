"""Entries of feeds: RSS 0.9 to 2.0, RDF and Atom, with the modules Content, Dublin Core, Media RSS and iTunes."""

from collections.abc import Iterator
from html import escape

from reader.archive.bundles.entry_articles import NOT_WELL_FORMED, EntryArticle, digest_id, entry_name
from reader.archive.decoding import decode
from reader.archive.fields import is_draft
from reader.archive.xml_elements import XmlElement, XmlElements, parse_repaired, parse_xml
from reader.document.sanitizing import clean
from reader.regex import regex

_CONTENT = "purl.org/rss/1.0/modules/content"
_DUBLIN = "purl.org/dc/"
_MEDIA = "search.yahoo.com/mrss"
_ITUNES = "itunes.com/dtds"
_WITH_STATUS = ("wordpress.org/export", "schemas.google.com/blogger")
_OTHERS = (_CONTENT, _DUBLIN, _MEDIA, _ITUNES)
_TAG = regex(r"</?[A-Za-z!][^<>]*>")
_TEXT_TAG = regex(r"<(?P<end>/?)(?:\w{1,40}:)?(?P<name>content|summary)\b(?P<attributes>[^<>]*+)>")
_XHTML = regex(r"\btype\s*+=\s*+[\"']xhtml[\"']")
_IN_BRACKETS = regex(r"\(([^()]++)\)")
_PLAYED = ("audio/", "video/")


def feed_name(data: bytes, is_last: bool) -> str | None:  # noqa: FBT001 - as `_XmlKind` calls it
    """Return the name of an entry, made of its id, else of its link, else of its title and date.

    Args:
        data: The entry or its beginning, wrapped in a document.
        is_last: Whether no more of the entry will be read.

    Returns:
        The name; None if the id may come later.
    """
    fields = _Fields(parse_xml(data))
    own_id = fields.text("guid") or fields.text("id") or fields.about
    if not own_id and not is_last:
        return None
    own_id = own_id or fields.link() or digest_id(fields.text("title"), fields.date())
    return entry_name(own_id, ".html")


def feed_title(data: bytes) -> str:
    """Return the title of a feed; `data` is the part before its first entry, wrapped in a document."""
    found = parse_xml(data)
    return next((found.text(element) for _place, element in found.named("title") if not _other(element)), "")


def feed_article(data: bytes) -> EntryArticle:
    """Convert an entry, wrapped in a document."""
    found = parse_repaired(data)
    fields = _Fields(found)
    raw = _xhtml(decode(data).text) if b"xhtml" in data else {}
    text = raw.get("content") or fields.html("encoded", _CONTENT) or fields.html("content") or raw.get("summary")
    text = text or fields.html("description") or fields.html("summary") or fields.html("description", _MEDIA)
    text = text or fields.html("summary", _ITUNES) or fields.html("subtitle", _ITUNES)
    link, guid = fields.link(), fields.text("guid")
    return EntryArticle(
        text + "".join(fields.recordings()),
        title=_TAG.sub("", fields.text("title") or fields.text("title", _DUBLIN) or fields.text("title", _MEDIA)),
        date=fields.date(),
        authors=list(dict.fromkeys(filter(None, fields.authors()))),
        url=link,
        tags=list(dict.fromkeys(filter(None, fields.tags()))),
        addresses=[guid] if guid.startswith("http") and guid != link else [],
        is_draft=is_draft({"status": fields.status(), "draft": fields.draft()}),
        problem=NOT_WELL_FORMED if found.is_broken else "",
    )


def _xhtml(text: str) -> dict[str, str]:
    """Return the markup of the content and the summary of an entry, by name, if they are in XHTML."""
    found: dict[str, str] = {}
    starts: dict[str, int] = {}
    for tag in _TEXT_TAG.finditer(text):
        name, attributes = tag["name"], tag["attributes"]
        if tag["end"]:
            start = starts.pop(name, -1)
            if start >= 0:
                found.setdefault(name, text[start : tag.start()])
        elif not attributes.endswith("/") and _XHTML.search(attributes):
            starts.setdefault(name, tag.end())
    return found


class _Fields:
    """The children of an entry."""

    def __init__(self, found: XmlElements) -> None:
        self._found = found
        self._children: list[XmlElement] = []
        self._places: dict[int, int] = {}
        place = 2
        while len(found.elements) > 1 and place < found.elements[1].stop:
            element = found.elements[place]
            # Elements in a group of Media RSS count as children, since other feeds have them without a group.
            is_group = element.name == "group" and _MEDIA in element.namespace
            if not is_group:
                self._children.append(element)
                self._places[id(element)] = place
            place = place + 1 if is_group else element.stop

    @property
    def about(self) -> str:
        """The id of an entry of an RDF feed, from `rdf:about`; or empty."""
        return self._found.elements[1].attributes.get("about", "") if len(self._found.elements) > 1 else ""

    def all(self, name: str, namespace: str = "") -> Iterator[XmlElement]:
        """Yield the children with a name in a namespace; by default, in that of the feed."""
        for element in self._children:
            is_here = namespace in element.namespace if namespace else not _other(element)
            if element.name == name and is_here:
                yield element

    def text(self, name: str, namespace: str = "") -> str:
        """Return the text of the first child with a name (as for `all`) that has text, on one line."""
        return next(filter(None, map(self._found.text, self.all(name, namespace))), "")

    def html(self, name: str, namespace: str = "") -> str:
        """Return the content of the first child with a name (as for `all`) that has text, as HTML."""
        for element in self.all(name, namespace):
            text = self._found.raw_text(element).strip()
            if text:
                is_text = element.attributes.get("type", "html") in {"text", "text/plain"}
                return _paragraphs(escape(text)) if is_text else (text if _TAG.search(text) else _paragraphs(text))
        return ""

    def link(self) -> str:
        """Return the URL of the article."""
        original = next((self._found.text(one) for one in self._children if one.name == "origlink"), "")
        links = list(self.all("link"))
        plain = next(filter(None, map(self._found.text, links)), "")
        of_kind = {one.attributes.get("rel", "alternate"): one.attributes.get("href", "") for one in reversed(links)}
        guid = self.text("guid")
        return original or plain or of_kind.get("alternate") or (guid if guid.startswith("http") else "")

    def date(self) -> str:
        """Return the date of publication as written."""
        names = ("pubdate", "published", "issued", "created", "updated", "modified")
        written = next(filter(None, map(self.text, names)), "")
        return written or self.text("date", _DUBLIN) or self.text("date")

    def status(self) -> str:
        """Return the status of a post in WordPress or Blogger, as written."""
        return next(filter(None, (self.text("status", one) for one in _WITH_STATUS)), "")

    def draft(self) -> str:
        """Return “yes” for an entry of Atom that is not published (RFC 5023, 13.1.1)."""
        control = next((one for one in self._children if one.name == "control"), None)
        inside = self._found.within(self._places[id(control)]) if control is not None else ()
        return next((self._found.text(inner) for _at, inner in inside if inner.name == "draft"), "")

    def authors(self) -> Iterator[str]:
        """Yield the authors."""
        for element in self.all("author"):
            inside = self._found.within(self._places[id(element)])
            name = next((self._found.text(inner) for _at, inner in inside if inner.name == "name"), "")
            # RSS requires an e-mail address, and the name in brackets after it.
            plain = self._found.text(element)
            in_brackets = _IN_BRACKETS.search(plain)
            name = name or (in_brackets[1] if in_brackets else plain)
            if "@" not in name:
                yield name
        yield from map(self._found.text, self.all("creator", _DUBLIN))
        if not any(True for _one in self.all("author")) and not any(True for _one in self.all("creator", _DUBLIN)):
            yield self.text("author", _ITUNES)

    def tags(self) -> Iterator[str]:
        """Yield the tags."""
        for element in self.all("category"):
            yield element.attributes.get("label") or element.attributes.get("term") or self._found.text(element)
        yield from map(self._found.text, self.all("subject", _DUBLIN))

    def recordings(self) -> Iterator[str]:
        """Yield links to the recordings of a podcast."""
        for element in self.all("enclosure"):
            address = element.attributes.get("url", "")
            if address and element.attributes.get("type", "").startswith(_PLAYED):
                yield f'<p><a href="{escape(address)}">{escape(address.partition("?")[0].rpartition("/")[2])}</a></p>'


def _other(element: XmlElement) -> bool:
    """Whether an element belongs to a module or to an unknown extension."""
    namespace = element.namespace.lower()
    if any(one in namespace for one in _OTHERS):
        return True
    is_feed = "atom" in namespace or "purl.org/rss/1.0" in namespace or namespace.rpartition("/")[2].startswith("rss")
    return bool(namespace) and not is_feed and "netscape" not in namespace


def _paragraphs(text: str) -> str:
    """Return text without tags as paragraphs, with its line breaks."""
    return "".join(f"<p>{'<br>'.join(part.split(chr(10)))}</p>" for part in clean(text).split("\n\n") if part.strip())
