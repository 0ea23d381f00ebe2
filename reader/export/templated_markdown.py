"""Articles as Markdown by a template of the user, or plain Markdown without one."""

from collections.abc import Iterator

from reader.document.blocks import Heading
from reader.document.document import Document
from reader.document.resolved_links import with_targets
from reader.export.annotated import highlighted
from reader.export.exporter import Exporter, ExportOptions
from reader.export.link_places import LinkForm, places_within
from reader.export.markdown_exporter import MarkdownExporter, markdown_of
from reader.export.markdown_templates import TEXT_FIELDS, FilledTemplate, MarkdownTemplate
from reader.layout.head import Head
from reader.lean_dataclasses import dataclass, replace


class TemplatedMarkdown:
    """Articles as Markdown, filled into the template of the options."""

    def __init__(self, template: MarkdownTemplate, options: ExportOptions) -> None:
        self._template = template
        self._options = options
        self._last: tuple[Head, Document, FilledTemplate] | None = None

    @staticmethod
    def of(options: ExportOptions) -> Exporter:
        """An exporter with these options; plain Markdown if they have no template."""
        if options.template is None:
            return MarkdownExporter.of(options)
        return TemplatedMarkdown(options.template, options)

    @property
    def suffix(self) -> str:
        """The file name suffix."""
        return ".md"

    def file_title(self, head: Head, document: Document) -> str:
        """The name that the template gives to the file, without the suffix; by default the title.

        Raises:
            ExportError: The template fails with this article.
        """
        return self._filled(head, document).file_name or head.title

    def planned_title(self, head: Head) -> str | None:
        """The same before the article is read; None if the name depends on its text.

        Raises:
            ExportError: As above.
        """
        template = self._template
        if not template.name_fields.isdisjoint(TEXT_FIELDS):
            return None
        return template.named(_metadata(head, self._options)) or head.title

    def render(self, head: Head, document: Document) -> Iterator[bytes]:
        """The content of the file.

        Raises:
            ExportError: As above.
        """
        yield self._filled(head, document).text.encode("utf-8", "replace")

    def _filled(self, head: Head, document: Document) -> FilledTemplate:
        if self._last is None or self._last[0] is not head or self._last[1] is not document:
            values = _values(head, document, self._options, self._template)
            self._last = head, document, self._template.fill(values)
        return self._last[2]


@dataclass(frozen=True, slots=True)
class TemplateHighlight:
    """A highlight, as templates see it: its text, note (both may have several lines), and colour from 1 to 4."""

    text: str
    note: str
    colour: int


def _values(head: Head, document: Document, options: ExportOptions, template: MarkdownTemplate) -> dict[str, object]:
    """The values of an article for a template; those that take long are computed only if it uses them."""
    used, values = template.fields, _metadata(head, options)
    # Obsidian does not show nested highlights.
    marked = highlighted(document, options.annotations, merged=True) if options.annotations else document
    shown = _without_title(marked)
    targets = (
        {**places_within(document, LinkForm.NOTE), **options.targets} if template.links_by_name else options.targets
    )
    signs = template.marks_with_signs if options.marks_with_signs is None else options.marks_with_signs
    if "body" in used:
        values["body"] = markdown_of(shown, MarkdownExporter((), targets, signs, template.links_by_name)).rstrip("\n")
    if "outline" in used:
        from reader.export.logseq_outline import logseq_outline  # noqa: PLC0415 - only for Logseq

        named = frozenset(targets.values()) if template.links_by_name else frozenset[str]()
        values["outline"] = logseq_outline(with_targets(shown, targets), marks_with_signs=signs, named=named)
    if "highlights" in used:
        values["highlights"] = [
            TemplateHighlight(document.extract(one.span), one.note, one.colour) for one in options.annotations
        ]
    return values


def _metadata(head: Head, options: ExportOptions) -> dict[str, object]:
    """The values that are known before an article is read."""
    article = options.article
    return {
        "id": article.id if article else "",
        "title": head.title,
        "author": article.author if article else "",
        "date": article.local_day if article else "",
        "source": article.source if article else "",
        "categories": article.categories if article else (),
        "tags": article.tags if article else (),
        "url": article.url if article else "",
        "path": str(article.path) if article else "",
    }


def _without_title(document: Document) -> Document:
    """A document without headings that repeat the title, which have level 0."""
    blocks = tuple(one for one in document.blocks if not isinstance(one, Heading) or one.level)
    return replace(document, blocks=blocks)
