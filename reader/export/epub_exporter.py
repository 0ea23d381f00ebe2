"""Articles as EPUB 3: one article, or several as a book with a table of contents."""

import io
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from html import escape
from typing import Self
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from reader.archive.article import Article
from reader.document.annotation import Annotation
from reader.document.document import Document
from reader.document.language_guess import language_of, stated_language
from reader.export.annotated import highlighted
from reader.export.citation_authors import single_authors
from reader.export.embedded_pictures import EmbeddedPictures, embeddable
from reader.export.exporter import ExportOptions, ignore
from reader.export.html_blocks import HtmlBlocks
from reader.export.html_exporter import STYLE, page_head
from reader.export.link_places import ExportedFile, LinkForm, places_within
from reader.export.picture_warnings import warn_of_outside
from reader.hashing import blake2b
from reader.language import _
from reader.layout.head import Head
from reader.lean_dataclasses import dataclass, field
from reader.linking.picture_files import PictureFile

_SPACE = uuid.UUID("9b3cde34-6a09-4a05-9f8e-3f6d1f7c1f10")
"""The namespace of the identifiers of books (RFC 9562, version 5): the same articles get the same identifier."""

_CONTAINER = """\
<?xml version="1.0" encoding="utf-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>
<rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/></rootfiles></container>
"""

_LONG_AGO = (1980, 1, 1, 0, 0, 0)
"""The time of the files in the archive, so that the same book has the same bytes."""


@dataclass(frozen=True, slots=True)
class BookArticle:
    """An article of a book.

    Attributes:
        head: Its title and byline.
        document: Its content.
        article: Its metadata, if they are known.
        annotations: The highlights and notes in it.
        targets: The addresses of links to other chapters, by the targets as written.
    """

    head: Head
    document: Document
    article: Article | None = None
    annotations: Sequence[Annotation] = ()
    targets: Mapping[str, str] = field(default_factory=dict)


def chapter_file(number: int, title: str) -> ExportedFile:
    """The file of a chapter of a book, counted from 1."""
    return ExportedFile(f"chapter{number}.xhtml", title, f"c{number}")


@dataclass(frozen=True, slots=True)
class EpubExporter:
    """A book of one article; `annotations` are marked and become notes."""

    annotations: Sequence[Annotation] = ()
    article: Article | None = None
    warn: Callable[[str], None] = ignore

    @classmethod
    def of(cls, options: ExportOptions) -> Self:
        """An exporter with these options; a book has no line width."""
        return cls(options.annotations, options.article, options.warn)

    @property
    def suffix(self) -> str:
        """The file name suffix."""
        return ".epub"

    def render(self, head: Head, document: Document) -> Iterator[bytes]:
        """The content of the file."""
        yield book(head.title, [BookArticle(head, document, self.article, self.annotations)], self.warn)


def book(title: str, chapters: Sequence[BookArticle], warn: Callable[[str], None] = ignore) -> bytes:
    """A book with a title and at least one chapter; each article is a chapter whose sections are in the contents.

    `warn` is called with a message, if pictures are left out.
    """
    target = io.BytesIO()
    with ZipFile(target, "w") as archive:
        # The first file tells the type of the archive: uncompressed, without extra fields (OCF 3.3, 4.3).
        archive.writestr(ZipInfo("mimetype", _LONG_AGO), b"application/epub+zip", ZIP_STORED)
        _Book(title or _("Untitled"), chapters, archive).write(warn)
    return target.getvalue()


class _Book:
    """Writes the files of a book. A picture is released as soon as it has been written."""

    def __init__(self, title: str, chapters: Sequence[BookArticle], archive: ZipFile) -> None:
        self._title = title
        self._chapters = chapters
        self._archive = archive
        self._names: dict[PictureFile, str] = {}
        self._pictures: dict[bytes, tuple[str, str]] = {}
        languages = {stated_language(one.document) for one in chapters}
        whole = Document(tuple(block for one in chapters for block in one.document.blocks))
        self._language = languages.pop() if len(languages) == 1 else language_of(whole)

    def write(self, warn: Callable[[str], None]) -> None:
        """Write all files; call `warn` with a message, if pictures are left out."""
        embedded = EmbeddedPictures(warn)
        self._put("META-INF/container.xml", _CONTAINER)
        entries: list[str] = []
        for number, chapter in enumerate(self._chapters, 1):
            page, headings = self._page(chapter, number, embedded)
            self._put(f"EPUB/chapter{number}.xhtml", page)
            entries.append(_entry(f"chapter{number}.xhtml", chapter.head.title or self._title, headings))
        self._put("EPUB/nav.xhtml", self._navigation(entries))
        self._put("EPUB/style.css", STYLE)
        self._put("EPUB/package.opf", self._package())
        embedded.finish()
        for chapter in self._chapters:
            warn_of_outside(chapter.article, chapter.document, warn)

    def _put(self, name: str, content: str) -> None:
        self._archive.writestr(ZipInfo(name, _LONG_AGO), content, ZIP_DEFLATED)

    def _page(
        self, chapter: BookArticle, number: int, embedded: EmbeddedPictures
    ) -> tuple[str, list[tuple[str, int, str]]]:
        document = highlighted(chapter.document, chapter.annotations) if chapter.annotations else chapter.document
        prefix = chapter_file(number, "").prefix
        places = {**places_within(document, LinkForm.PAGE, prefix), **chapter.targets}
        writer = HtmlBlocks(lambda source: self._picture(embeddable(chapter.article, source), embedded), prefix, places)
        body = "\n".join([*page_head(chapter.head, chapter.article), *writer.write(document.blocks)])
        return _page(chapter.head.title or self._title, stated_language(document), body or "<p></p>"), writer.headings

    def _picture(self, path: PictureFile | None, embedded: EmbeddedPictures) -> str:
        """Add a picture of the archive, and return its attributes; a book must not load any from elsewhere."""
        if path is None:
            return ""
        if path not in self._names:
            self._names[path] = self._added(path, embedded)
        return self._names[path]

    def _added(self, path: PictureFile, embedded: EmbeddedPictures) -> str:
        picture = embedded.read(path)
        if picture is None:
            return ""
        digest = blake2b(picture.data + picture.media_type.encode(), digest_size=32).digest()
        if digest not in self._pictures:
            name = f"picture{len(self._pictures) + 1}{path.suffix}"
            self._pictures[digest] = name, picture.media_type
            # Compression would not make a picture smaller.
            self._archive.writestr(ZipInfo(f"EPUB/{name}", _LONG_AGO), picture.data, ZIP_STORED)
        return f'src="{self._pictures[digest][0]}"'

    def _navigation(self, entries: Sequence[str]) -> str:
        title = escape(_("Contents"))
        items = "\n".join(entries)
        body = f'<nav epub:type="toc" id="toc"><h1>{title}</h1><ol>\n{items}\n</ol></nav>'
        return _page(self._title, self._language, body)

    def _package(self) -> str:
        chapters = range(1, len(self._chapters) + 1)
        manifest = [
            '<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>',
            '<item id="style" href="style.css" media-type="text/css"/>',
            *(f'<item id="c{n}" href="chapter{n}.xhtml" media-type="application/xhtml+xml"/>' for n in chapters),
            *(
                f'<item id="p{n}" href="{name}" media-type="{media_type}"/>'
                for n, (name, media_type) in enumerate(self._pictures.values(), 1)
            ),
        ]
        spine = "".join(f'<itemref idref="c{n}"/>' for n in chapters)
        return (
            '<?xml version="1.0" encoding="utf-8"?>\n'
            '<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id">\n'
            '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">\n'
            + "\n".join(self._metadata())
            + "\n</metadata>\n<manifest>\n"
            + "\n".join(manifest)
            + f"\n</manifest>\n<spine>{spine}</spine>\n</package>\n"
        )

    def _metadata(self) -> Iterator[str]:
        articles = [one.article for one in self._chapters if one.article is not None]
        identity = "\n".join([self._title, *(article.id for article in articles)])
        yield f'<dc:identifier id="id">urn:uuid:{uuid.uuid5(_SPACE, identity)}</dc:identifier>'
        yield f"<dc:title>{escape(self._title)}</dc:title>"
        yield f"<dc:language>{self._language}</dc:language>"
        for author in dict.fromkeys(one for article in articles for one in single_authors(article.author)):
            yield f"<dc:creator>{escape(author)}</dc:creator>"
        if len(articles) == 1:
            yield from _about(articles[0])
        dates = [article.date for article in articles if article.date is not None]
        # The moment of the newest article, not of the export, so that the same book has the same bytes.
        newest = max((_utc(date) for date in dates), default=datetime(1980, 1, 1, tzinfo=UTC))
        yield f'<meta property="dcterms:modified">{newest:%Y-%m-%dT%H:%M:%SZ}</meta>'


def _about(article: Article) -> Iterator[str]:
    if article.date is not None:
        yield f"<dc:date>{article.local_day}</dc:date>"
    for tag in article.tags:
        yield f"<dc:subject>{escape(tag)}</dc:subject>"
    if article.url:
        yield f"<dc:source>{escape(article.url)}</dc:source>"


def _utc(date: datetime) -> datetime:
    return date.replace(tzinfo=UTC) if date.tzinfo is None else date.astimezone(UTC)


def _entry(page: str, title: str, headings: Iterable[tuple[str, int, str]]) -> str:
    """An entry of the contents with the sections of its article, nested by level."""
    parts = [f'<li><a href="{page}">{escape(title)}</a>']
    levels: list[int] = []
    for name, level, text in headings:
        # An item has at most one list (EPUB 3.3, 5.4.1), so a heading above the level of the list's first heading, but
        # below that of the item, joins the list.
        while len(levels) > 1 and levels[-2] >= level:
            levels.pop()
            parts.append("</li></ol>")
        if levels and levels[-1] >= level:
            levels[-1] = level
            parts.append("</li>")
        else:
            levels.append(level)
            parts.append("<ol>")
        parts.append(f'<li><a href="{page}#{name}">{escape(text)}</a>')
    parts += ["</li></ol>"] * len(levels)
    return "".join([*parts, "</li>"])


def _page(title: str, language: str, body: str) -> str:
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html>\n'
        '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"'
        f' lang="{language}" xml:lang="{language}">\n'
        f'<head><title>{escape(title)}</title><link rel="stylesheet" type="text/css" href="style.css"/></head>\n'
        f"<body>\n{body}\n</body></html>\n"
    )
