"""Articles as EPUB 3: one article, or several as a book with a table of contents."""

import io
import uuid
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from html import escape
from pathlib import PurePosixPath
from typing import Self
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from reader.archive.article import Article
from reader.document.annotation import Annotation
from reader.document.document import Document
from reader.export.annotated import highlighted
from reader.export.embedded_pictures import TYPES, local_picture
from reader.export.exporter import ExportOptions
from reader.export.html_blocks import HtmlBlocks
from reader.export.html_exporter import STYLE, page_head
from reader.export.language_guess import language_of
from reader.language import _
from reader.layout.head import Head
from reader.lean_dataclasses import dataclass

_SPACE = uuid.UUID("9b3cde34-6a09-4a05-9f8e-3f6d1f7c1f10")
"""The name space of the identifiers of books (RFC 9562, version 5): the same articles are the same book."""

_CONTAINER = """\
<?xml version="1.0" encoding="utf-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>
<rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/></rootfiles></container>
"""

_LONG_AGO = (1980, 1, 1, 0, 0, 0)
"""The time of the files in the archive, so that the same book has the same bytes."""


@dataclass(frozen=True, slots=True)
class BookArticle:
    """An article of a book; `article` has its metadata, if they are known."""

    head: Head
    document: Document
    article: Article | None = None
    annotations: Sequence[Annotation] = ()


@dataclass(frozen=True, slots=True)
class EpubExporter:
    """A book of one article; `annotations` are marked and become notes."""

    annotations: Sequence[Annotation] = ()
    article: Article | None = None

    @classmethod
    def of(cls, options: ExportOptions) -> Self:
        """An exporter with these options; a book has no line width."""
        return cls(options.annotations, options.article)

    @property
    def suffix(self) -> str:
        """The file name suffix."""
        return ".epub"

    def render(self, head: Head, document: Document) -> Iterator[bytes]:
        """The content of the file."""
        yield book(head.title, [BookArticle(head, document, self.article, self.annotations)])


def book(title: str, chapters: Sequence[BookArticle]) -> bytes:
    """A book with a title and at least one chapter; each article is a chapter, its sections are in the contents."""
    written = _Book(title or _("Untitled"), chapters)
    target = io.BytesIO()
    with ZipFile(target, "w") as archive:
        # The first file tells the type of the archive: uncompressed, without extra fields (OCF 3.3, 4.3).
        archive.writestr(ZipInfo("mimetype", _LONG_AGO), b"application/epub+zip", ZIP_STORED)
        for name, content in written.files():
            archive.writestr(ZipInfo(name, _LONG_AGO), content, ZIP_DEFLATED)
    return target.getvalue()


class _Book:
    """The files of a book."""

    def __init__(self, title: str, chapters: Sequence[BookArticle]) -> None:
        self._title = title
        self._chapters = chapters
        self._pictures: dict[str, tuple[bytes, str]] = {}
        self._language = language_of(Document(tuple(block for one in chapters for block in one.document.blocks)))

    def files(self) -> Iterator[tuple[str, str | bytes]]:
        """The files with their paths."""
        yield "META-INF/container.xml", _CONTAINER
        entries: list[str] = []
        for number, chapter in enumerate(self._chapters, 1):
            page, headings = self._page(chapter, number)
            yield f"EPUB/chapter{number}.xhtml", page
            entries.append(_entry(f"chapter{number}.xhtml", chapter.head.title or self._title, headings))
        yield "EPUB/nav.xhtml", self._navigation(entries)
        yield "EPUB/style.css", STYLE
        for name, (data, _media_type) in self._pictures.items():
            yield f"EPUB/{name}", data
        yield "EPUB/package.opf", self._package()

    def _page(self, chapter: BookArticle, number: int) -> tuple[str, list[tuple[str, int, str]]]:
        document = highlighted(chapter.document, chapter.annotations) if chapter.annotations else chapter.document
        writer = HtmlBlocks(lambda source: self._picture(chapter.article, source), f"c{number}")
        body = "\n".join([*page_head(chapter.head, chapter.article), *writer.write(document.blocks)])
        return _page(chapter.head.title or self._title, language_of(document), body or "<p></p>"), writer.headings

    def _picture(self, article: Article | None, source: str) -> str:
        """Add a picture of the archive, and return its name; a book must not load any from elsewhere."""
        found = local_picture(article, source)
        if found is None:
            return ""
        for name, known in self._pictures.items():
            if known == found:
                return name
        suffix = next(suffix for suffix, media_type in TYPES.items() if media_type == found[1])
        name = f"picture{len(self._pictures) + 1}{PurePosixPath('x' + suffix).suffix}"
        self._pictures[name] = found
        return name

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
                for n, (name, (_data, media_type)) in enumerate(self._pictures.items(), 1)
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
        for author in dict.fromkeys(article.author for article in articles if article.author):
            yield f"<dc:creator>{escape(author)}</dc:creator>"
        if len(articles) == 1:
            yield from _about(articles[0])
        dates = [article.date for article in articles if article.date is not None]
        # The moment of the newest article, not of the export, so that the same book has the same bytes.
        newest = max((_utc(date) for date in dates), default=datetime(1980, 1, 1, tzinfo=UTC))
        yield f'<meta property="dcterms:modified">{newest:%Y-%m-%dT%H:%M:%SZ}</meta>'


def _about(article: Article) -> Iterator[str]:
    if article.date is not None:
        yield f"<dc:date>{article.date:%Y-%m-%d}</dc:date>"
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
        while levels and levels[-1] > level:
            levels.pop()
            parts.append("</li></ol>")
        if levels and levels[-1] == level:
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
