"""Opening of articles named on the command line: by file, by id, or from standard input."""

import os
from contextlib import suppress
from itertools import islice
from pathlib import Path

from reader.archive.archive import absolute, open_archives
from reader.archive.article import Article, FileWarning
from reader.archive.bundles.entry_paths import may_be_bundle
from reader.archive.scan import scan
from reader.archive.walk import stat_file
from reader.cli.output import print_warning
from reader.cli.standard_input import NAME, STEM, spooled
from reader.document.body import BodyFormat
from reader.errors import ArchiveError, ReaderError, UsageError
from reader.language import _, translated
from reader.lean_dataclasses import dataclass, replace
from reader.reading.opened_article import Reading, open_article
from reader.regex import regex
from reader.settings.options import Settings, SourceBreaks

ARTICLE_ID = regex("[0-9a-f]{16}")
"""The form of the ids of articles."""


@dataclass(frozen=True, slots=True)
class ArticleSource:
    """How articles are opened.

    Attributes:
        settings: The settings.
        archives: The archives in which ids are looked up; if empty, those of the settings.
        whole_page: Whether all of a web page is requested.
        written_in: The format of standard input: “html”, “markdown”, “text”, or None to detect it.
        base: The web address or path to which relative links refer, or None.
    """

    settings: Settings
    archives: tuple[str, ...] = ()
    whole_page: bool = False
    written_in: str | None = None
    base: str | None = None

    def open(self, target: str) -> Reading:
        """Open the article in a file, with an id, or, for `-`, from standard input.

        Raises:
            UsageError: The path is a folder.
            ArchiveError: There is no such article, or it cannot be read.
        """
        breaks = self.settings.line_breaks
        if target == NAME:
            reading = self._from_input(breaks)
        elif ARTICLE_ID.fullmatch(target) and not Path(target).exists():
            reading = open_article(self._with_id(target), whole_page=self.whole_page, breaks=breaks)
        else:
            reading = self._from_file(Path(target), breaks)
        if self.base is None:
            return reading
        from reader.document.resolved_links import base_warning, with_base  # noqa: PLC0415 - few commands have a base

        if warning := base_warning(self.base):
            print_warning(warning)
        return replace(reading, document=with_base(reading.document, self.base))

    def open_found(self, article: Article) -> Reading:
        """Open an article from an index, which knows its archive and the boilerplate of its site.

        Raises:
            ArchiveError: It cannot be read any more.
        """
        return open_article(article, whole_page=self.whole_page, breaks=self.settings.line_breaks)

    def _from_file(self, path: Path, breaks: SourceBreaks) -> Reading:
        """Open a file; as for an id, leave out the boilerplate of a web page that an index has found on its site."""
        reading = open_file(path, breaks, whole_page=self.whole_page)
        if self.whole_page or reading.document.page is None or not (blocks := self._site_blocks(path)):
            return reading
        return open_article(replace(reading.article, site_blocks=blocks), breaks=breaks)

    def _site_blocks(self, path: Path) -> frozenset[int]:
        """The boilerplate of a page's site, from an index, if one exists, of an archive that contains the file."""
        from reader.cli.chosen_archives import chosen_paths  # noqa: PLC0415 - few files are pages
        from reader.index.index import Index  # noqa: PLC0415
        from reader.index.index_file import index_path  # noqa: PLC0415
        from reader.linking.archive_links import ArchiveLinks  # noqa: PLC0415
        from reader.settings.folders import cache_folder  # noqa: PLC0415

        there = absolute(path)
        # An archive that cannot be used must not prevent a file from being read.
        with suppress(OSError, RuntimeError, ReaderError):
            roots = (absolute(root) for root in chosen_paths(self.archives, self.settings))
            containing = [root for root in roots if there.is_relative_to(root) and root.is_dir()]
            indexed = [(one, index_path(cache_folder(), one.root, one.files)) for one in open_archives(containing)]
            links = ArchiveLinks([Index(one, os.fspath(place)) for one, place in indexed])
            try:
                found = links.article_at(path)
            finally:
                links.close()
            return found.site_blocks if found is not None else frozenset()
        return frozenset()

    def _from_input(self, breaks: SourceBreaks) -> Reading:
        written_in = BodyFormat(self.written_in) if self.written_in else None
        with spooled(self.written_in) as path:
            reading = open_file(path, breaks, whole_page=self.whole_page, written_in=written_in)
        article = reading.article
        # A text without a title needs no heading with the name of a temporary file.
        title = "" if article.title == STEM else article.title
        warnings = tuple(replace(one, path=Path(NAME)) for one in reading.warnings)
        return replace(reading, article=replace(article, title=title, path=Path(NAME)), warnings=warnings)

    def _with_id(self, article_id: str) -> Article:
        from reader.cli.chosen_archives import archives  # noqa: PLC0415 - a file needs no index
        from reader.cli.index_progress import current  # noqa: PLC0415

        with current(archives(self.archives, self.settings), self.settings, texts=False) as found:
            article = found.article(article_id)
        if article is None:
            message = _("There is no article with the id {id}").format(id=article_id)
            raise ArchiveError(
                message, _("“reader list --format '{id} {title}'” lists the ids; choose an archive with -a")
            )
        return article


def open_file(
    path: Path,
    breaks: SourceBreaks = SourceBreaks.AUTO,
    *,
    whole_page: bool = False,
    written_in: BodyFormat | None = None,
) -> Reading:
    """Open the article in a file; of a web page only the article, unless `whole_page` is set.

    The format is detected unless `written_in` gives it.

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
    # Two articles are enough to tell that there are several.
    first, *others = [*islice(scan(open_archives([path])), 2), None]
    if isinstance(first, FileWarning):
        raise ArchiveError(_("{path} is not a readable article").format(path=path), translated(first.message))
    if others and isinstance(others[0], Article):
        raise several_articles(path, first.path)
    if first is not None:
        return open_article(first, whole_page=whole_page, breaks=breaks, written_in=written_in)
    raise ArchiveError(_("{path} is not a readable article").format(path=path), _("it has no readable content"))


def several_articles(path: Path, first: Path) -> UsageError:
    """The error that a file holds several articles; `first` is the path of one of them."""
    return UsageError(
        _("{path} holds several articles").format(path=path),
        _("name one of them, such as {first}; “reader list --json -a {path}” lists them all").format(
            first=first, path=path
        ),
    )


def files_at(path: Path) -> list[Path]:
    """The paths of the articles at a path: those in a file that holds several, or else the path itself."""
    if not may_be_bundle(os.fspath(path)):
        return [path]
    from reader.archive.bundles.listing import list_bundle  # noqa: PLC0415 - few files hold several

    return [Path(entry.path) for entry in list_bundle(stat_file(os.fspath(path))).entries] or [path]
