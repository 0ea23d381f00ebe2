"""The export of articles that link to each other, with their pictures: by `reader export` and by keys of the screen."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from reader.archive.archive import absolute
from reader.archive.article import Article
from reader.document.annotation import Annotation
from reader.document.document import Document
from reader.export.export_formats import ExportFormat
from reader.export.export_writers import ExportWriter
from reader.export.exporter import ExportOptions
from reader.language import ngettext
from reader.lean_dataclasses import replace
from reader.reading.opened_article import Reading

if TYPE_CHECKING:
    from reader.export.copied_pictures import CopiedPictures
    from reader.export.export_links import Destinations, ExportLinks


def _never() -> bool:
    return False


class ArticleExport:
    """The export of some articles in one format.

    Attributes:
        options: The options for all of these articles.
    """

    def __init__(self, form: ExportFormat, options: ExportOptions, record: Path, *, copies_pictures: bool) -> None:
        """Export in the format `form`; with `copies_pictures`, `record` remembers which files are copies of pictures.

        Call `finish` after the last article.
        """
        self.options = options
        self._format = form
        self._record = record
        self._copies_pictures = copies_pictures
        self._links: ExportLinks | None = None
        self._pictures: dict[Path, CopiedPictures] = {}
        self._unexported: list[str] = []

    def plan(
        self,
        writer: ExportWriter,
        articles: Sequence[Article],
        destinations: "Destinations",
        open_document: Callable[[Path], Document],
    ) -> None:
        """Find out which files the articles become, so that they can link to each other.

        `destinations` tells where the links of an article lead; `open_document` opens an article to find its sections.
        """
        if len(articles) < 2 or not self._format.link_form:
            return
        from reader.export.export_links import ExportLinks  # noqa: PLC0415 - most exports are of one article
        from reader.export.link_places import ExportedFile, LinkForm  # noqa: PLC0415

        template = self.options.template
        form = LinkForm.NOTE if template is not None and template.links_by_name else LinkForm(self._format.link_form)
        titles = {absolute(one.path): one.title if template is None else "" for one in articles}
        planned = writer.plan(articles, self.options)
        files = {path: ExportedFile(file.name, titles[path], folder=file.parent) for path, file in planned.items()}
        self._links = ExportLinks(files, form, destinations, open_document)

    def options_for(
        self,
        reading: Reading,
        folder: Path | None,
        annotations: Sequence[Annotation],
        warn: Callable[[str], None],
        is_stopped: Callable[[], bool] = _never,
    ) -> ExportOptions:
        """The options for one article, whose pictures are copied beside its file in `folder` if that is wanted.

        `folder` is None if the article becomes no file. `warn` is called with a message about what the export lacks. No
        more pictures are copied once `is_stopped` returns true.

        Raises:
            ExportError: The pictures cannot be written.
        """
        article, document = reading.article, reading.document
        targets = self._links.targets(article, document) if self._links is not None else {}
        if folder is not None and self._format.has_picture_files:
            from reader.export.copied_pictures import warn_of_uncopied  # noqa: PLC0415 - not for text

            if self._copies_pictures:
                targets |= self._pictures_in(folder).copy(article, document, warn, is_stopped)
            else:
                warn_of_uncopied(article, document, folder, warn)
        if folder is not None and folder.absolute() != article.path.parent.absolute():
            self.note_links(document, targets)
        return replace(self.options, annotations=annotations, article=article, warn=warn, targets=targets)

    def note_links(self, document: Document, targets: Mapping[str, str]) -> None:
        """Record the links of an exported document that lead to no exported file: all except those in `targets`."""
        if self._format.has_links:
            from reader.export.export_links import unexported_links  # noqa: PLC0415 - not for text

            self._unexported += unexported_links(document, targets)

    def links_warning(self) -> str:
        """A warning about the recorded links; empty if there are none."""
        if not self._unexported:
            return ""
        from reader.export.picture_warnings import first_names  # noqa: PLC0415 - as above

        message = ngettext(
            "{count:,} link refers to something that is not exported: {names}",
            "{count:,} links refer to something that is not exported: {names}",
            len(self._unexported),
        )
        return message.format(count=len(self._unexported), names=first_names(list(dict.fromkeys(self._unexported))))

    @property
    def linked(self) -> set[Path]:
        """The absolute paths of the articles that the files written so far link to in their exported form."""
        return self._links.linked if self._links is not None else set()

    def finish(self) -> None:
        """Save the record of the copied pictures."""
        for one in self._pictures.values():
            one.finish()

    def _pictures_in(self, folder: Path) -> "CopiedPictures":
        from reader.export.copied_pictures import CopiedPictures  # noqa: PLC0415 - not for text

        if folder not in self._pictures:
            self._pictures[folder] = CopiedPictures(folder, self._record)
        return self._pictures[folder]
