"""Opening an article: from its file to the document."""

from typing import TYPE_CHECKING

from reader.archive.article import Article, FileWarning
from reader.document.body import BodyFormat
from reader.document.document import Document
from reader.errors import ArchiveError, ReaderError
from reader.language import _
from reader.lean_dataclasses import dataclass, replace
from reader.settings.options import SourceBreaks
from reader.workers.stopped import Stopped

if TYPE_CHECKING:
    from threading import Event

    from reader.document.length import Statistics
    from reader.document.outline import Outline
    from reader.reading.picture_sizes import ArticlePictures


@dataclass(frozen=True, slots=True)
class Reading:
    """An open article: its document, outline, statistics and warnings, and whether its whole page was requested.

    Attributes:
        pictures: Its pictures; None if it has none or they were not looked up.
        is_unparsed: Whether its parser failed or took too long, so that it is shown as plain text.
    """

    article: Article
    document: Document
    outline: "Outline"
    statistics: "Statistics"
    warnings: tuple[FileWarning, ...]
    whole_page: bool = False
    pictures: "ArticlePictures | None" = None
    is_unparsed: bool = False


def open_article(
    article: Article,
    stop: "Event | None" = None,
    *,
    whole_page: bool = False,
    breaks: SourceBreaks = SourceBreaks.AUTO,
    written_in: BodyFormat | None = None,
) -> Reading:
    """Read and parse an article. A body that cannot be read completely yields the readable part and a warning.

    Only the article of a web page is parsed, unless `whole_page` is set. `written_in` overrides the detected format.
    With `stop`, a long body is parsed in a process that ends when another thread sets `stop`.

    Raises:
        ArchiveError: The file is gone or cannot be read, whatever the reason.
        Stopped: `stop` was set before the article was read.
    """
    try:
        return _opened(article, stop, breaks, written_in, whole_page=whole_page)
    except (ReaderError, Stopped):
        raise
    except Exception as error:
        # An article that, for example, exhausts the memory must not end the program.
        reason = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
        message = _("Cannot open {path} ({reason})").format(path=article.path, reason=reason[:200])
        raise ArchiveError(message) from error


def _opened(
    article: Article, stop: "Event | None", breaks: SourceBreaks, written_in: BodyFormat | None, *, whole_page: bool
) -> Reading:
    # Imported late, because the first paint needs no parser.
    from reader.archive.scan import read_body  # noqa: PLC0415
    from reader.document.length import measure  # noqa: PLC0415
    from reader.document.outline import outline  # noqa: PLC0415
    from reader.workers.parsing import parse_document, read_stoppable  # noqa: PLC0415

    if stop is None:
        body, warnings = read_body(article, whole_page=whole_page)
        if written_in is not None:
            body = replace(body, format=written_in)
        parsed = parse_document(article.path, body, warnings, breaks=breaks)
    else:
        parsed = read_stoppable(article, stop, breaks, whole_page=whole_page)
    document = parsed.document
    found = (*article.warnings, *parsed.warnings)
    return Reading(
        article, document, outline(document), measure(document), found, whole_page, is_unparsed=parsed.is_unparsed
    )
