"""Articles as HTML: one file with its own style, for the screen and for print."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from html import escape
from typing import Self

from reader.archive.article import Article
from reader.document.addresses import uri_of
from reader.document.annotation import Annotation
from reader.document.document import Document
from reader.document.language_guess import stated_language
from reader.export.annotated import highlighted
from reader.export.embedded_pictures import EmbeddedPictures
from reader.export.exporter import ExportOptions, ignore
from reader.export.html_blocks import HtmlBlocks
from reader.export.html_pictures import HtmlPictures
from reader.export.link_places import LinkForm, places_within
from reader.export.picture_warnings import warn_of_outside
from reader.layout.head import Head
from reader.lean_dataclasses import dataclass, field

STYLE = """\
body { margin: 2rem auto; padding: 0 1rem; max-width: 42rem; line-height: 1.7; color: #1f2328; background: #fff;
  font-family: "Source Serif 4", Georgia, "Noto Serif", serif; overflow-wrap: break-word; }
:lang(zh) { font-family: Georgia, "Source Han Serif SC", "Noto Serif CJK SC", "Songti SC", SimSun, serif; }
:lang(ja) { font-family: Georgia, "Source Han Serif", "Noto Serif CJK JP", "Hiragino Mincho ProN", "Yu Mincho", serif; }
:lang(ko) { font-family: Georgia, "Source Han Serif K", "Noto Serif CJK KR", AppleMyungjo, Batang, serif; }
h1, h2, h3, h4, h5, h6 { line-height: 1.3; break-after: avoid; }
.byline { color: #656d76; }
pre { padding: .8rem; background: #f6f8fa; white-space: pre-wrap; line-height: 1.45; }
code, kbd { font-family: ui-monospace, "Noto Sans Mono CJK SC", Consolas, monospace; font-size: .9em; }
blockquote, aside.callout { margin: 1em 0; padding: 0 1em; border-left: .25em solid #d0d7de; }
table { border-collapse: collapse; } th, td { border: 1px solid #d0d7de; padding: .3em .6em; vertical-align: top; }
img { max-width: 100%; height: auto; } figure { margin: 1em 0; } figcaption { color: #656d76; font-size: .9em; }
mark { background: #fff3bf; color: inherit; } .footnotes { font-size: .9em; }
"""
"""The style of pages and books: readable without embedded fonts, which would take megabytes for Chinese characters."""

_SCREEN = """\
@media (prefers-color-scheme: dark) { body { color: #d6d9dc; background: #1b1d1f; } pre { background: #26292c; }
  mark { background: #5c4b00; } a { color: #7ab7ff; } }
@media print { body { margin: 0; max-width: none; font-size: 11pt; background: #fff; color: #000; }
  a { color: inherit; } pre, table, figure { break-inside: avoid; } }
@page { margin: 2cm; }
"""


@dataclass(frozen=True, slots=True)
class HtmlExporter:
    """HTML in UTF-8, well-formed; pictures of the archive are embedded, `annotations` are marked and become notes.

    Links lead to sections of the page, or elsewhere by `targets`, a table whose keys are the targets as written.
    """

    annotations: Sequence[Annotation] = ()
    article: Article | None = None
    warn: Callable[[str], None] = ignore
    targets: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, options: ExportOptions) -> Self:
        """An exporter with these options; a page has no line width."""
        return cls(options.annotations, options.article, options.warn, options.targets)

    @property
    def suffix(self) -> str:
        """The file name suffix."""
        return ".html"

    def render(self, head: Head, document: Document) -> Iterator[bytes]:
        """The page, line by line."""
        for line in self._lines(head, document):
            yield f"{line}\n".encode()

    def _lines(self, head: Head, document: Document) -> Iterator[str]:
        if self.annotations:
            document = highlighted(document, self.annotations)
        language = stated_language(document)
        embedded = EmbeddedPictures(self.warn)
        pictures = HtmlPictures(self.article, document, embedded)
        yield "<!DOCTYPE html>"
        yield f'<html lang="{language}"><head><meta charset="utf-8"/>'
        yield '<meta name="viewport" content="width=device-width, initial-scale=1"/>'
        yield f"<title>{escape(head.title) or '—'}</title>"
        yield from self._metadata()
        yield f"<style>\n{STYLE}{_SCREEN}"
        yield from pictures.style()
        yield "</style></head><body><article>"
        yield from page_head(head, self.article)
        places = {**places_within(document, LinkForm.PAGE), **self.targets}
        yield from HtmlBlocks(pictures.attributes, places=places).write(document.blocks)
        yield "</article></body></html>"
        embedded.finish()
        warn_of_outside(self.article, document, self.warn)

    def _metadata(self) -> Iterator[str]:
        if self.article is None:
            return
        if self.article.author:
            yield f'<meta name="author" content="{escape(self.article.author)}"/>'
        if self.article.date is not None:
            yield f'<meta name="date" content="{self.article.date.isoformat()}"/>'
        if self.article.tags:
            yield f'<meta name="keywords" content="{escape(", ".join(self.article.tags))}"/>'
        if address := uri_of(self.article.url):
            yield f'<link rel="canonical" href="{escape(address)}"/>'


def page_head(head: Head, article: Article | None) -> Iterator[str]:
    """The title, the byline and the source of an article."""
    if head.title:
        yield f"<h1>{escape(head.title)}</h1>"
    if head.byline:
        yield f'<p class="byline">{escape(head.byline)}</p>'
    address = uri_of(article.url) if article is not None else ""
    if address:
        yield f'<p class="byline"><a href="{escape(address)}">{escape(address)}</a></p>'
