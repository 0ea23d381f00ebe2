"""Opening the files that a command names."""

from pathlib import Path

from reader.errors import ArchiveError, UsageError
from reader.language import _
from reader.layout.head import Head
from reader.library.byline import byline
from reader.library.library import Library, Reading


def open_file(path: Path) -> Reading:
    """The article in a file, opened.

    Raises:
        UsageError: The path is a folder.
        ArchiveError: There is no such file, or it cannot be read.
    """
    try:
        is_folder = path.is_dir()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise ArchiveError(_("The file cannot be opened ({reason})").format(reason=reason), str(path)[:60]) from error
    if is_folder:
        raise UsageError(
            _("{path} is a folder, not an article").format(path=path), _("“reader {path}” opens it").format(path=path)
        )
    library = Library([path])
    try:
        articles = [article for batch in library.scan() for article in batch]
        if not articles:
            reason = library.faults[0].message if library.faults else _("nothing in it can be read")
            raise ArchiveError(_("{path} is no article that can be read").format(path=path), reason)
        return library.read(articles[0])
    finally:
        library.close()


def head(reading: Reading) -> Head:
    """The head of an article's page."""
    return Head(reading.article.title, byline(reading.article, reading.statistics))
