"""The article that is shown when the screen opens."""

import time
from collections.abc import Iterable
from itertools import chain, islice
from pathlib import Path

from reader.archive.article import Article
from reader.archive.scan import scan
from reader.archive.walk import walk
from reader.index.date_keys import key_of
from reader.language import _
from reader.library.library import Library
from reader.shelves.counts import SortBy

_CPU_SECONDS = 0.2
_SECONDS = 1.0
"""The limits in seconds of CPU time and of wall-clock time for reading the metadata of an archive without an index.

A larger archive waits for its index. CPU time is the main limit, because waiting for a busy processor does not mean
that an archive is large.
"""

_FILES = 400
"""The maximum number of files in an archive read without an index; the metadata of more would take too long."""


def named_article(library: Library, paths: Iterable[Path]) -> Article | None:
    """The first article among those at `paths` that the user has named as files, read from its file; else None."""
    for path in paths:
        archives = [one for one in library.archives if path in (one.files or ())]
        for found in scan(archives):
            if isinstance(found, Article) and found.path == path:
                return found
    return None


def last_opened(library: Library) -> Article | None:
    """The article that was open when the program last exited, else the last one read in these archives, if any.

    Raises:
        StoreError: The marks cannot be read.
    """
    left = library.marks.articles.last_opened()
    found = library.article(left) if left else None
    if found is None and left:
        visit = library.marks.articles.last_visit(library.roots)
        found = library.article(visit.id) if visit is not None else None
    return found


def first_article(library: Library, *, sample: bool = False) -> Article | None:
    """The last article read, else the welcome article of the sample archive, else the newest; None if there is none.

    Raises:
        StoreError: The marks cannot be read.
    """
    catalogue = library.catalogue
    found = last_opened(library)
    if found is None and sample:
        found = _welcome(catalogue.articles(catalogue.refs(SortBy.DATE)))
    return found or catalogue.newest()


def unindexed_article(library: Library, *, sample: bool = False) -> Article | None:
    """Like `first_article`, but for archives without an index, read from their files; None if that takes too long.

    Raises:
        StoreError: The marks cannot be read.
    """
    files = chain.from_iterable(map(walk, library.archives))
    if next(islice(files, _FILES, None), None) is not None:
        return None
    until, until_used = time.monotonic() + _SECONDS, time.thread_time() + _CPU_SECONDS
    found: dict[str, Article] = {}
    for number, one in enumerate(scan(library.archives)):
        # One file may hold many articles, so count these, too.
        if number >= _FILES or time.thread_time() > until_used or time.monotonic() > until:
            return None
        if isinstance(one, Article):
            found[one.id] = one
    left = library.marks.articles.last_opened()
    visit = library.marks.articles.last_visit(library.roots) if left and left not in found else None
    return (
        found.get(left or "")
        or (found.get(visit.id) if visit is not None else None)
        or (_welcome(found.values()) if sample else None)
        or max(found.values(), key=lambda article: key_of(article.date), default=None)
    )


def _welcome(articles: Iterable[Article]) -> Article | None:
    # Translators: the title of an article in the sample archive
    welcome = _("Welcome")
    return next((one for one in articles if one.title == welcome), None)
