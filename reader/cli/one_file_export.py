"""The export of one or several articles to one file, and the choice of the format by the name of that file."""

import os
import sys
from argparse import Namespace
from pathlib import Path

from reader.cli.command_parser import see_help
from reader.cli.sanitized_stream import unguarded
from reader.cli.standard_input import NAME
from reader.errors import UsageError
from reader.export.atomic_writing import write_atomically
from reader.export.export_folder import ExportFolder, checked_folder
from reader.export.export_formats import FORMATS, TEMPLATED, ExportFormat, format_of_name
from reader.export.exporter import ExportOptions, refuse_source
from reader.export.joined_export import joined
from reader.export.markdown_templates import PLAIN, MarkdownTemplate, load_template
from reader.language import _, listed
from reader.reading.byline import head_of
from reader.reading.opened_article import Reading
from reader.settings.folders import EXPORTS, data_folder, export_folder, usual_archives
from reader.settings.options import Settings


def chosen_format(options: Namespace) -> ExportFormat:
    """The format of `--format`, else of the suffix in `-o`, else of the template, else the first one."""
    if options.format is not None:
        return FORMATS[options.format]
    file = named_file(options)
    if file is None and (options.template or options.highlights or options.pictures):
        return FORMATS[TEMPLATED]
    named = format_of_name(file.name) if file is not None else None
    return named or next(iter(FORMATS.values()))


def written_template(options: Namespace, settings: Settings) -> str:
    """The name or path of the template of `--template`, else of the settings; empty for plain Markdown.

    Raises:
        UsageError: `--template` is given, and the format is not Markdown.
    """
    if chosen_format(options).name != TEMPLATED:
        if options.template:
            raise UsageError(_("“--template” needs “--format markdown”"), see_help("reader export"))
        return ""
    written: str = settings.export_template if options.template is None else options.template
    return "" if written == PLAIN else written


def chosen_template(options: Namespace, settings: Settings) -> MarkdownTemplate | None:
    """The template of `--template`, else of the settings; None for plain Markdown.

    Raises:
        UsageError: As above.
        ExportError: There is no such template, or it is not valid.
    """
    written = written_template(options, settings)
    return load_template(written) if written else None


def named_file(options: Namespace) -> Path | None:
    """The path in `-o` if its suffix is that of a format; None for a folder, standard output, or no `-o`."""
    if options.output is None or options.output == NAME:
        return None
    path = Path(options.output)
    is_folder = os.path.isdir(path)  # noqa: PTH112 - Path.is_dir raises if access is denied
    return path if format_of_name(path.name) is not None and not is_folder else None


def is_one_file(options: Namespace, chosen: ExportFormat, count: int) -> bool:
    """Whether `count` articles are written to one file: the file that `-o` names, or the citations of a query.

    Raises:
        UsageError: `-o` names a file, and the format cannot hold several articles.
    """
    file = named_file(options)
    if file is None:
        return chosen.is_citation and (options.output == NAME or (options.output is None and options.query is not None))
    if count > 1 and not chosen.holds_many:
        raise UsageError(
            _("{path} is one file, and there are {count:,} articles").format(path=file, count=count),
            _("name a folder, or a file for several articles: {suffixes}").format(
                suffixes=listed(one.suffix for one in FORMATS.values() if one.holds_many)
            ),
        )
    return True


class OneFile:
    """Collects exported articles, and writes them as one file."""

    def __init__(self, options: Namespace, settings: Settings, chosen: ExportFormat) -> None:
        self._options = options
        self._settings = settings
        self._format = chosen
        self._file = named_file(options)
        self._roots: list[Path] = []
        self._parts: list[bytes] = []

    def add(self, reading: Reading, export_options: ExportOptions) -> None:
        """Add an article.

        Raises:
            ExportError: The file is the article's own file.
        """
        if self._file is not None:
            refuse_source(self._file, reading.article.path)
        exporter = self._format.exporter(export_options)
        self._parts.append(b"".join(exporter.render(head_of(reading), reading.document)))
        self._roots.append(reading.article.root)

    def write(self) -> Path | None:
        """Write the file, and return its path; None for standard output, or if there is no article.

        Raises:
            ExportError: The file exists, or cannot be written.
        """
        if not self._parts:
            return None
        content = joined(self._format.name, self._parts)
        if self._options.output == NAME:
            stream = unguarded(sys.stdout)
            stream.flush()
            stream.buffer.write(content)
            stream.buffer.flush()
            return None
        if self._file is not None:
            return write_atomically(self._file.parent, self._file.name, (content,), force=self._options.force)
        chosen, otherwise = export_folder(self._settings.export_folder)
        roots = [*self._roots, *usual_archives(self._settings.archives)]
        folder = ExportFolder(checked_folder(chosen, roots, otherwise), data_folder() / EXPORTS)
        query: str = self._options.query
        title = query.strip() or _("Citations")
        return folder.write(title, self._format.suffix, f"query {query}", (content,))
