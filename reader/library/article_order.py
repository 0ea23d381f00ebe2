"""Orders of articles in lists."""

import os
from collections.abc import Callable, Iterable
from typing import Any

from reader.archive.article import Article
from reader.archive.wall_clock import wall_clock
from reader.index.date_keys import reading_order

_ORDERS: dict[str, Callable[[Article], Any]] = {
    "date": lambda article: article.date and -wall_clock(article.date).timestamp(),
    "title": lambda article: reading_order(article.title),
    "author": lambda article: reading_order(article.author) if article.author else None,
    "source": lambda article: reading_order(article.source) if article.source else None,
    "size": lambda article: -article.size,
    "path": lambda article: os.fsencode(article.path),
}
"""The sort key of each order, None for an article without one: the newest and the largest first, others ascending."""


def ordered(articles: Iterable[Article], order: str, *, is_reversed: bool = False) -> list[Article]:
    """Articles by “date”, “title”, “author”, “source”, “size” or “path”; equal ones by title and path.

    Articles without a date, an author or a source come last, also if the order is reversed.
    """
    key = _ORDERS[order]
    found = sorted(articles, key=lambda one: (reading_order(one.title), os.fsencode(one.path)), reverse=is_reversed)
    known = [one for one in found if key(one) is not None]
    return [*sorted(known, key=key, reverse=is_reversed), *(one for one in found if key(one) is None)]
