"""`reader export`: export articles to files."""

import sys
from argparse import Namespace
from collections.abc import Callable, Sequence
from contextlib import ExitStack, closing
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from reader.archive.archive import absolute
from reader.archive.article import Article
from reader.cli.articles import ArticleSource, files_at
from reader.cli.chosen_writer import chosen_writer, refuse_force
from reader.cli.command_parser import see_help
from reader.cli.foreign_options import EVERYTHING
from reader.cli.one_file_export import OneFile, chosen_format, chosen_template, is_one_file, named_file
from reader.cli.output import print_error, print_warning, print_warning_count, print_warnings
from reader.cli.refused_output import refuse_archives
from reader.cli.standard_input import NAME
from reader.document.document import Document
from reader.document.sanitizing import clean_line
from reader.errors import IndexingError, ReaderError, UsageError
from reader.export.article_export import ArticleExport
from reader.export.atomic_writing import write_atomically
from reader.export.export_folder import ExportFolder, checked_folder
from reader.export.export_formats import FORMATS, TEMPLATED
from reader.export.export_writers import ExportWriter
from reader.export.exporter import ExportOptions
from reader.export.output_names import file_name
from reader.language import _, listed
from reader.lean_dataclasses import dataclass, replace
from reader.marks.facade import Marks
from reader.marks.restoring import open_marks
from reader.reading.annotations import annotations_of
from reader.reading.byline import head_of
from reader.reading.opened_article import Reading
from reader.settings.folders import EXPORTS, data_folder, export_folder, usual_archives
from reader.settings.options import Settings

if TYPE_CHECKING:
    from reader.archive.article import FileWarning
    from reader.export.epub_exporter import BookArticle
    from reader.export.export_links import Destinations

_Write = Callable[[Reading, ExportOptions], Path | None]
"""Writes an article; returns the path of its file, or None if it does not become a file of its own."""


@dataclass(frozen=True, slots=True)
class _Exported:
    """The articles to export.

    Attributes:
        targets: The paths and ids by which the articles are opened.
        articles: The metadata needed for links between them; empty for a single article.
        destinations: The destinations of their links.
    """

    targets: Sequence[str]
    articles: Sequence[Article]
    destinations: "Destinations"


def run(options: Namespace, settings: Settings) -> int:
    """Write each article to a file named by its title and print its path; return 0 if all were written."""
    if bool(options.file) == (options.query is not None):
        hint = see_help("reader export") if options.file else _(EVERYTHING)
        raise UsageError(_("Name files or a query"), hint)
    chosen = chosen_format(options)
    if options.book is not None and (chosen.name != "epub" or options.output == NAME):
        raise UsageError(_("“--book” needs “--format epub” and a folder"), see_help("reader export"))
    if options.highlights is not None and chosen.name != TEMPLATED:
        raise UsageError(_("“--highlights” needs “--format markdown”"), see_help("reader export"))
    if options.pictures and (not chosen.has_picture_files or options.output == NAME):
        raise UsageError(
            _("“--pictures” needs a folder, and one of these formats: {names}").format(
                names=listed(one.name for one in FORMATS.values() if one.has_picture_files)
            ),
            _("HTML and EPUB contain their pictures"),
        )
    refuse_archives(options, settings, options.file)
    refuse_force(options, settings)
    with ExitStack() as stack:
        marks = None
        if options.marks or options.highlights:
            marks = stack.enter_context(closing(open_marks(data_folder() / "marks.db")[0]))
        return _export(options, settings, marks, _chosen_articles(options, settings, stack))


def _export(options: Namespace, settings: Settings, marks: Marks | None, exported: _Exported) -> int:
    if not exported.targets:
        message = _("no article matches “{query}”").format(query=clean_line(options.query or ""))
        print(f"reader: {message}", file=sys.stderr)
        return 1
    chosen = chosen_format(options)
    count = len(exported.targets)
    in_one = is_one_file(options, chosen, count)
    export = _CommandExport(options, settings, marks, exported)
    if options.book is not None or (in_one and chosen.name == "epub" and count > 1):
        shelf: list[BookArticle] = []
        code = export.write_each(_collector(shelf))
        if shelf:
            print(_write_book(export.linked(shelf), options, settings))
        return code
    writer = chosen_writer(options, settings, chosen)
    if in_one:
        file = OneFile(options, settings, chosen)
        folder = None if (named := named_file(options)) is None else named.parent
        code = export.write_each(file.add, lambda _article: folder)
        written = file.write()
        if written is not None:
            print(written)
        return code
    export.plan(writer)
    try:
        return export.write_each(writer.write, writer.folder)
    finally:
        writer.finish()


class _CommandExport:
    """The export of the articles that a command names."""

    def __init__(self, options: Namespace, settings: Settings, marks: Marks | None, exported: _Exported) -> None:
        self._marks = marks
        self._exported = exported
        self._source = ArticleSource(settings, tuple(options.archive), written_in=options.written_in)
        # Results of a query are opened as articles of their archive, in which pictures and categories are looked up.
        self._found = {} if options.query is None else {str(one.path): one for one in exported.articles}
        self._roots = [absolute(Path(one)) for one in options.archive]
        signs = None if options.highlights is None else options.highlights == "=="
        template = chosen_template(options, settings)
        export_options = ExportOptions(
            options.width or settings.measure, settings.typesetting, template=template, marks_with_signs=signs
        )
        record = data_folder() / EXPORTS
        copies_pictures: bool = options.pictures
        self._export = ArticleExport(chosen_format(options), export_options, record, copies_pictures=copies_pictures)

    def plan(self, writer: ExportWriter) -> None:
        """Determine the file of each article, so that they can link to each other."""
        self._export.plan(writer, self._exported.articles, self._exported.destinations, self._document)

    def linked(self, shelf: "Sequence[BookArticle]") -> "list[BookArticle]":
        """The chapters of a book, with links to each other."""
        from reader.export.epub_exporter import chapter_file  # noqa: PLC0415
        from reader.export.export_links import ExportLinks  # noqa: PLC0415 - few exports are books
        from reader.export.link_places import LinkForm  # noqa: PLC0415

        places = {absolute(one.article.path): number for number, one in enumerate(shelf, 1) if one.article is not None}
        articles = [one for one in self._exported.articles if absolute(one.path) in places]
        files = [chapter_file(places[absolute(one.path)], one.title) for one in articles]
        links = ExportLinks(
            dict(zip((absolute(one.path) for one in articles), files, strict=True)),
            LinkForm.PAGE,
            self._exported.destinations,
            self._document,
        )
        linked = [
            one if one.article is None else replace(one, targets=links.targets(one.article, one.document))
            for one in shelf
        ]
        for one in linked:
            self._export.note_links(one.document, one.targets)
        self.warn_of_links()
        return linked

    def warn_of_links(self) -> None:
        """Warn of links that lead nowhere in the export."""
        if message := self._export.links_warning():
            print_warning(message)

    def _document(self, path: Path) -> Document:
        return self._opened(str(path)).document

    def _opened(self, target: str) -> Reading:
        """Open an article; a file below an archive named with `-a` is opened as an article of that archive.

        Raises:
            ReaderError: It cannot be read.
        """
        if (found := self._found.get(target)) is not None:
            return self._source.open_found(found)
        reading = self._source.open(target)
        there = absolute(reading.article.path)
        root = next((one for one in self._roots if there.is_relative_to(one) and one.is_dir()), None)
        return reading if root is None else replace(reading, article=replace(reading.article, root=root))

    def write_each(self, write: _Write, folder_of: Callable[[Article], Path | None] = lambda _article: None) -> int:
        """Open each article, write it and print its path; return 0 if none failed, else the exit code."""
        try:
            return self._write_each(write, folder_of)
        finally:
            self._export.finish()

    def _write_each(self, write: _Write, folder_of: Callable[[Article], Path | None]) -> int:
        code = 0
        warnings: list[FileWarning] = []
        targets = self._exported.targets
        for target in targets:
            # Continue with the other files after an error.
            try:
                reading = self._opened(target)
                warnings += reading.warnings
                written = write(reading, self._options_for(reading, folder_of(reading.article)))
            except ReaderError as error:
                print_error(error)
                code = max(code, error.exit_code)
            else:
                if written is not None:
                    print(written)
        if len(targets) == 1:
            # “reader check” may not cover a single file, which need not be in an archive.
            print_warnings(warnings)
        else:
            print_warning_count(len(warnings))
        self.warn_of_links()
        return code

    def _options_for(self, reading: Reading, folder: Path | None) -> ExportOptions:
        annotations = annotations_of(self._marks, reading) if self._marks is not None else ()
        warn = partial(_warn, reading.article.path)
        return self._export.options_for(reading, folder, annotations, warn)


def _warn(path: Path, message: str) -> None:
    print_warning(f"{path}: {message}")


def _collector(shelf: "list[BookArticle]") -> _Write:
    """Collect articles as the chapters of a book."""
    from reader.export.epub_exporter import BookArticle  # noqa: PLC0415 - few exports are books

    def collect(reading: Reading, export_options: ExportOptions) -> None:
        shelf.append(BookArticle(head_of(reading), reading.document, reading.article, export_options.annotations))

    return collect


def _write_book(shelf: "list[BookArticle]", options: Namespace, settings: Settings) -> Path:
    """Write the book, and return its path."""
    from reader.export.epub_exporter import book  # noqa: PLC0415 - as above

    file = named_file(options)
    title: str = options.book or options.query or (file.stem if file is not None else "")
    content = book(title, shelf, print_warning)
    if options.output is None:
        roots = [chapter.article.root for chapter in shelf if chapter.article is not None]
        roots += usual_archives(settings.archives)
        chosen, otherwise = export_folder(settings.export_folder)
        folder = ExportFolder(checked_folder(chosen, roots, otherwise), data_folder() / EXPORTS)
        return folder.write(title, ".epub", f"book {title}", (content,))
    if file is not None:
        return write_atomically(file.parent, file.name, (content,), force=options.force)
    return write_atomically(Path(options.output), file_name(title, ".epub"), (content,), force=options.force)


def _chosen_articles(options: Namespace, settings: Settings, stack: ExitStack) -> _Exported:
    """The articles to export: those named, or the query's results, newest first; `stack` keeps their index open."""
    if options.query is None:
        targets = [str(path) for one in options.file for path in files_at(Path(one))]
        if len(targets) < 2:
            return _Exported(targets, (), _no_destinations)
        from reader.library.named_files import articles_in  # noqa: PLC0415 - one article needs no links

        articles = articles_in(targets)
        return _Exported(targets, articles, _destinations_among(articles, stack))
    from reader.cli.chosen_archives import archives  # noqa: PLC0415 - files need no index
    from reader.cli.index_progress import current  # noqa: PLC0415
    from reader.export.export_links import destinations_in  # noqa: PLC0415
    from reader.linking.archive_links import ArchiveLinks  # noqa: PLC0415
    from reader.search.query_parser import parse  # noqa: PLC0415

    node = parse(options.query)
    found = stack.enter_context(current(archives(options.archive, settings), settings))
    hits = found.search.everything() if node is None else found.search.all(node)
    articles = [article for _hit, article in found.search.articles(hits)]
    destinations = destinations_in(ArchiveLinks(found.indexes), articles)
    return _Exported([str(one.path) for one in articles], articles, destinations)


def _destinations_among(articles: Sequence[Article], stack: ExitStack) -> "Destinations":
    """The destinations of links among named files, which are indexed in memory when the first link is looked up."""

    @cache
    def resolved() -> "Destinations":
        from reader.export.export_links import destinations_in  # noqa: PLC0415 - as above
        from reader.library.named_files import indexed_files  # noqa: PLC0415
        from reader.linking.archive_links import ArchiveLinks  # noqa: PLC0415

        try:
            indexes = stack.enter_context(indexed_files([one.path for one in articles]))
        except IndexingError:
            # Without links, the articles can still be exported.
            return _no_destinations
        known = [one for index in indexes for one in index.articles(index.shown_keys()).values()]
        return destinations_in(ArchiveLinks(indexes), known)

    def destinations(article: Article, links: Sequence[str]) -> Sequence[tuple[Path | None, str]]:
        return resolved()(article, links)

    return destinations


def _no_destinations(_article: Article, links: Sequence[str]) -> list[tuple[Path | None, str]]:
    return [(None, "")] * len(links)
