"""The interface of export formats, and the export of an article to a file."""

from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Protocol, runtime_checkable

from reader.archive.article import Article
from reader.document.annotation import Annotation
from reader.document.document import Document
from reader.errors import ExportError
from reader.export.atomic_writing import write_atomically
from reader.export.export_folder import ExportFolder
from reader.export.markdown_templates import MarkdownTemplate
from reader.export.output_names import file_name
from reader.language import _
from reader.layout.head import Head
from reader.lean_dataclasses import dataclass, field
from reader.settings.options import Typesetting


def ignore(message: str) -> None:
    """Ignore a warning."""


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """The options of an export; a format ignores those that it does not know.

    Attributes:
        width: The maximum width of a line in cells.
        typesetting: How lines are set.
        annotations: The highlights and notes to include, sorted by start.
        article: The metadata of the article, or None if they are unknown.
        warn: Called with a message, if the file does not have all of the article.
        template: The template of Markdown, or None for plain Markdown.
        targets: The targets in exported files that replace those of links and pictures, by the targets as written.
        marks_with_signs: Whether Markdown has highlights as `==text==`; None for what the template says.
    """

    width: int = 80
    typesetting: Typesetting = field(default_factory=Typesetting)
    annotations: Sequence[Annotation] = ()
    article: Article | None = None
    warn: Callable[[str], None] = ignore
    template: MarkdownTemplate | None = None
    targets: Mapping[str, str] = field(default_factory=dict)
    marks_with_signs: bool | None = None


class Exporter(Protocol):
    """An export format, one module each, listed in `export_formats.py`.

    Attributes:
        suffix: The file name suffix, including the dot.
    """

    @property
    def suffix(self) -> str: ...  # noqa: D102 - documented above

    def render(self, head: Head, document: Document) -> Iterator[bytes]:
        """The content of the file, in chunks."""
        ...


@runtime_checkable
class NamesFiles(Protocol):
    """An export format that does not name its files by the title of the article, and keeps its own names."""

    def file_title(self, head: Head, document: Document) -> str:
        """The name of the file, without the suffix."""
        ...

    def planned_title(self, head: Head) -> str | None:
        """The same, before the article is read; None if the name depends on its text."""
        ...


def file_title(exporter: Exporter, head: Head, document: Document) -> str:
    """The text that names the file of an article: its title, or the name that the format gives.

    Raises:
        ExportError: The format cannot tell.
    """
    return exporter.file_title(head, document) if isinstance(exporter, NamesFiles) else head.title


def planned_title(exporter: Exporter, head: Head) -> str | None:
    """The text that will name the file of an article that is not read yet; None if it depends on the article's text.

    Raises:
        ExportError: The format cannot tell.
    """
    return exporter.planned_title(head) if isinstance(exporter, NamesFiles) else head.title


def export_again(exporter: Exporter, head: Head, document: Document, folder: ExportFolder, article_id: str) -> Path:
    """Write an article to a file in `folder`, where it replaces an earlier export of it, and return the path.

    Raises:
        ExportError: The file cannot be written.
    """
    title, pieces = file_title(exporter, head, document), exporter.render(head, document)
    keeps_name = isinstance(exporter, NamesFiles)
    return folder.write(title, exporter.suffix, article_id, pieces, keeps_name=keeps_name)


def export(  # noqa: PLR0913 - mostly options
    exporter: Exporter,
    head: Head,
    document: Document,
    folder: Path,
    *,
    name: str = "",
    taken: Container[str] = (),
    force: bool = False,
    source: Path | None = None,
) -> Path:
    """Write an article to a file in `folder`, named by its title, and return the path.

    Args:
        exporter: The format.
        head: Title and byline.
        document: The article.
        folder: Created if missing.
        name: The name of the file with its suffix, instead of its title.
        taken: Names already used in this run, folded by `file_names.folded`: two articles may have the same title.
        force: Whether to overwrite an existing file.
        source: The article's own file, which is never overwritten.

    Raises:
        ExportError: The file exists, or cannot be written; no partial file remains.
    """
    name = name or file_name(file_title(exporter, head, document), exporter.suffix, taken)
    if source is not None:
        refuse_source(folder / name, source)
    return write_atomically(folder, name, exporter.render(head, document), force=force)


def refuse_source(target: Path, source: Path) -> None:
    """Raise an error if `target` is the article's own file `source`, which is never overwritten.

    Raises:
        ExportError: It is.
    """
    if _is_same(target, source):
        raise ExportError(
            _("The export would overwrite the article itself: {path}").format(path=target),
            _("choose another folder with -o"),
        )


def _is_same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return False
