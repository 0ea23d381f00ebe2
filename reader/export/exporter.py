"""What every format of export has in common, and how an article becomes a file."""

from collections.abc import Container, Iterator
from pathlib import Path
from typing import Protocol

from reader.document.document import Document
from reader.errors import ExportError
from reader.export.file_names import file_name
from reader.export.writing import write_whole
from reader.language import _
from reader.layout.head import Head


class Exporter(Protocol):
    """A format in which articles are written, one module a format.

    Attributes:
        suffix: What its files' names end with, the dot included.
    """

    @property
    def suffix(self) -> str: ...  # noqa: D102 - told above

    def render(self, head: Head, document: Document) -> Iterator[bytes]:
        """The file, in pieces."""
        ...


def export(  # noqa: PLR0913 - two of them are options
    exporter: Exporter,
    head: Head,
    document: Document,
    folder: Path,
    *,
    taken: Container[str] = (),
    force: bool = False,
    source: Path | None = None,
) -> Path:
    """Write an article to a file in `folder`, named by its title; where it was written.

    Args:
        exporter: The format.
        head: Title and byline.
        document: The article.
        folder: Made if need be.
        taken: Names of this run, `names.folded`, which it must not have: two articles may have one title.
        force: Whether it may be written over a file that exists.
        source: The article's own file, which is never written over.

    Raises:
        ExportError: The file exists, or cannot be written; nothing is left of it.
    """
    name = file_name(head.title, exporter.suffix, taken)
    if source is not None and _is_same(folder / name, source):
        raise ExportError(
            _("The export would overwrite the article itself: {path}").format(path=folder / name),
            _("choose another folder with -o"),
        )
    return write_whole(folder, name, exporter.render(head, document), force=force)


def _is_same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return False
