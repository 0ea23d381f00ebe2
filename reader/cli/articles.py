"""Opening of article files named on the command line."""

import os
from itertools import islice
from pathlib import Path

from reader.archive.archive import open_archives
from reader.archive.article import Article, FileWarning
from reader.archive.bundles.entry_paths import may_be_bundle
from reader.archive.scan import scan
from reader.archive.walk import stat_file
from reader.errors import ArchiveError, UsageError
from reader.language import _, translated
from reader.layout.head import Head
from reader.reading.byline import byline
from reader.reading.opened import Reading, open_article
from reader.settings.options import SourceBreaks


def open_file(path: Path, breaks: SourceBreaks = SourceBreaks.AUTO, *, whole_page: bool = False) -> Reading:
    """Open the article in a file; of a web page only the article, unless `whole_page` is set.

    Raises:
        UsageError: The path is a folder, or a file with several articles.
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
    # Two tell whether there are several.
    first, *others = [*islice(scan(open_archives([path])), 2), None]
    if isinstance(first, FileWarning):
        raise ArchiveError(_("{path} is not a readable article").format(path=path), translated(first.message))
    if others and isinstance(others[0], Article):
        raise UsageError(
            _("{path} holds several articles").format(path=path),
            _("name one of them, such as {first}; “reader list --json -a {path}” lists them all").format(
                first=first.path, path=path
            ),
        )
    if first is not None:
        return open_article(first, whole_page=whole_page, breaks=breaks)
    raise ArchiveError(_("{path} is not a readable article").format(path=path), _("it has no readable content"))


def files_at(path: Path) -> list[Path]:
    """The paths of the articles at a path: those in a file that holds several, and else the path itself."""
    if not may_be_bundle(os.fspath(path)):
        return [path]
    from reader.archive.bundles.listing import list_bundle  # noqa: PLC0415 - few files hold several

    return [Path(entry.path) for entry in list_bundle(stat_file(os.fspath(path))).entries] or [path]


def head(reading: Reading) -> Head:
    """The header of an article's page."""
    return Head(reading.article.title, byline(reading.article, reading.statistics))
