"""The reader for Python programs: search archives, read their articles and the marks of the user.

    >>> from reader import open_archive
    >>> with open_archive(folder) as archive:
    ...     for found in archive.search("灯塔", limit=3):
    ...         print(found.article.title)
    十二座灯塔换上新灯

Nothing here writes marks or articles; only the index, a cache, is brought up to date.
"""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from os import PathLike
from pathlib import Path

from reader.archive.article import Article
from reader.document.document import Document, Range
from reader.document.outline import Section
from reader.document.parts import part_of
from reader.export.exporter import ExportOptions
from reader.export.piped_export import piped
from reader.indexing.update import UpdateOptions
from reader.layout.head import Head
from reader.lean_dataclasses import dataclass
from reader.library.article_order import ordered
from reader.library.indexed import IndexedArchives, indexed
from reader.marks.facade import Marks
from reader.marks.overview import Overview
from reader.marks.restoring import open_to_read
from reader.reading.annotations import annotations_of
from reader.reading.article_parts import chosen_range
from reader.reading.opened_article import Reading, open_article
from reader.search.excerpt import excerpt, hits_pattern
from reader.search.federated import Sort
from reader.search.query_parser import parse
from reader.settings.folders import cache_folder, data_folder
from reader.settings.user_commands import PipedFormat

__all__ = ["ArticleState", "HighlightedText", "OpenArchive", "SearchHit", "open_archive"]


@dataclass(frozen=True, slots=True)
class SearchHit:
    """A result of a search.

    Attributes:
        article: The article.
        excerpt: The text around the first match, at most 160 characters and an ellipsis at each end.
        score: Its relevance, higher is better; 0 if the query has no words.
    """

    article: Article
    excerpt: str
    score: float


@dataclass(frozen=True, slots=True)
class HighlightedText:
    """A highlight in the current text of an article.

    Attributes:
        span: Its range in the document.
        text: The highlighted text.
        note: The user's note, or empty.
        colour: 1 to 4.
    """

    span: Range
    text: str
    note: str
    colour: int


@dataclass(frozen=True, slots=True)
class ArticleState:
    """The marks of an article.

    Attributes:
        is_read: Whether it was read.
        is_starred: Whether it is starred.
        is_later: Whether it is to be read later.
        tags: The user's own tags; the file's tags are in `Article.tags`.
        highlights: The highlights whose text still exists, in reading order.
    """

    is_read: bool
    is_starred: bool
    is_later: bool
    tags: tuple[str, ...]
    highlights: tuple[HighlightedText, ...]


class OpenArchive:
    """Archives that are open; made by `open_archive`. Use it from one thread."""

    def __init__(self, archives: IndexedArchives, marks: Marks | None) -> None:
        self._archives = archives
        self._marks = marks
        self._last: tuple[object, Reading] | None = None

    def articles(self, query: str = "") -> list[Article]:
        """Return the articles that match a query, or all of them, newest first.

        Raises:
            QueryError: The query is not valid.
        """
        search, node = self._archives.search, parse(query)
        hits = search.everything() if node is None else search.all(node)
        return ordered((article for _hit, article in search.articles(hits)), "date", is_reversed=False)

    def search(self, query: str, *, limit: int = 20, offset: int = 0) -> list[SearchHit]:
        """Return up to `limit` articles that match a query, the most relevant first, without the first `offset`.

        An empty query finds all articles, the newest first.

        Raises:
            QueryError: The query is not valid.
        """
        search, node = self._archives.search, parse(query)
        pattern = hits_pattern(search.shown_words(node))
        found = search.everything() if node is None else search.find(node, Sort.BEST, most=offset + limit)
        hits = found[offset : offset + limit]
        return [
            SearchHit(article, excerpt(search.text(hit), pattern, 160).text, hit.score)
            for hit, article in search.articles(hits)
        ]

    def count(self, query: str = "") -> int:
        """Return the number of articles that match a query, or of all.

        Raises:
            QueryError: The query is not valid.
        """
        search, node = self._archives.search, parse(query)
        return len(search.everything()) if node is None else search.count(node)

    def article(self, article_id: str) -> Article | None:
        """Return the article with an id; None if it is not in these archives."""
        return self._archives.article(article_id)

    def document(self, article: Article) -> Document:
        """Return the content of an article.

        Raises:
            ArchiveError: The file is gone or cannot be read.
        """
        return self._reading(article).document

    def text(self, article: Article, section: str | None = None) -> str:
        """Return the text of an article, or of a section with its subsections, one line for each paragraph.

        Args:
            article: The article.
            section: The title of a section, or a part of it, or its number, counted from 1.

        Raises:
            ArchiveError: As above.
            UsageError: There is no such section.
        """
        reading = self._reading(article)
        document = reading.document if section is None else part_of(reading.document, self._span(reading, section))
        return "\n".join(leaf.text.text for leaf in document.leaves)

    def markdown(self, article: Article, section: str | None = None) -> str:
        """Return the text of an article, or of a section, as Markdown, without title and metadata.

        Raises:
            ArchiveError: As above.
            UsageError: There is no such section.
        """
        reading = self._reading(article)
        if not reading.document.leaves:
            return ""
        span = self._span(reading, section)
        options = ExportOptions(article=article)
        return piped(Head("", ""), reading.document, span, PipedFormat.MARKDOWN, options).decode().strip()

    def sections(self, article: Article) -> Sequence[Section]:
        """Return the sections of an article: title, level, and where each begins in the document.

        Raises:
            ArchiveError: As above.
        """
        return self._reading(article).outline.sections

    def marks(self, article: Article) -> ArticleState:
        """Return the marks of an article.

        Raises:
            ArchiveError: As above, if it has highlights.
        """
        if self._marks is None:
            return ArticleState(False, False, False, (), ())  # noqa: FBT003 - no marks
        found: tuple[HighlightedText, ...] = ()
        if self._marks.highlights.of(article.id):
            reading = self._reading(article)
            found = tuple(
                HighlightedText(one.span, reading.document.extract(one.span), one.note, one.colour)
                for one in annotations_of(self._marks, reading)
            )
        states = Overview(self._marks.store).states_of(article.id)
        return ArticleState(
            "read" in states, "starred" in states, "later" in states, self._marks.articles.tags(article.id), found
        )

    def _reading(self, article: Article) -> Reading:
        """Open an article; the last one is kept until its file changes, since several calls about it are usual."""
        state: object = None
        with suppress(OSError, ValueError):  # `open_article` reports them
            file = article.path.stat()
            state = (article, file.st_mtime_ns, file.st_size)
        if self._last is None or state is None or self._last[0] != state:
            self._last = state, open_article(article)
        return self._last[1]

    def _span(self, reading: Reading, section: str | None) -> Range:
        return chosen_range(reading, section, None)


@contextmanager
def open_archive(
    *paths: str | PathLike[str], cache: Path | None = None, marks: Path | None = None
) -> Iterator[OpenArchive]:
    """Open archives at some paths, folders or files, with their indexes brought up to date.

    Args:
        paths: The archives.
        cache: The folder of the indexes; by default that of the reader.
        marks: The marks database; by default that of the reader. It need not exist.

    Raises:
        ArchiveError: A path does not exist.
        IndexingError: An index cannot be made, not even in memory.
        StoreError: The marks database cannot be read.
    """
    store = marks if marks is not None else data_folder() / "marks.db"
    folder = cache if cache is not None else cache_folder()
    with ExitStack() as stack:
        archives = stack.enter_context(
            indexed([Path(path).expanduser() for path in paths], folder, store, UpdateOptions())
        )
        found = None
        if store.exists():
            found = open_to_read(store)
            stack.callback(found.close)
        yield OpenArchive(archives, found)
