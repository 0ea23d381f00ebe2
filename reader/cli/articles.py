"""Opening of article files named on the command line."""

from pathlib import Path

from reader.archive.archive import open_archives
from reader.archive.article import FileWarning
from reader.archive.scan import scan
from reader.errors import ArchiveError, UsageError
from reader.language import _, translated
from reader.layout.head import Head
from reader.reading.byline import byline
from reader.reading.opened import Reading, open_article
from reader.settings.options import SourceBreaks


def open_file(path: Path, breaks: SourceBreaks = SourceBreaks.AUTO, *, whole_page: bool = False) -> Reading:
    """Open the article in a file; of a web page only the article, unless `whole_page` is set.

    Raises:
        UsageError: The path is a folder.
        ArchiveError: There is no such file, or it cannot be read.
    """
    try:
        is_folder = path.is_dir()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise ArchiveError(_("Cannot open the file ({reason})").format(reason=reason), str(path)[:60]) from error
    if is_folder:
        raise UsageError(
            _("{path} is a folder, not an article").format(path=path),
            _("open it with “reader {path}”").format(path=path),
        )
    for found in scan(open_archives([path])):
        if isinstance(found, FileWarning):
            raise ArchiveError(_("{path} is not a readable article").format(path=path), translated(found.message))
        return open_article(found, whole_page=whole_page, breaks=breaks)
    raise ArchiveError(_("{path} is not a readable article").format(path=path), _("it has no readable content"))


def head(reading: Reading) -> Head:
    """The header of an article's page."""
    return Head(reading.article.title, byline(reading.article, reading.statistics))
