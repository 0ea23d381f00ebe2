"""`reader list`: the articles of archives, newest first."""

from argparse import Namespace
from collections.abc import Iterable
from typing import Any

from reader.archive.article import Article
from reader.cli.chosen_archives import archives
from reader.cli.index_progress import current, rerun_if_corrupt
from reader.cli.output import print_json, print_warnings
from reader.index.date_keys import reading_order
from reader.search.query import parse
from reader.settings.options import Settings


@rerun_if_corrupt
def run(options: Namespace, settings: Settings) -> int:
    """Print the articles, one per line or as JSON; return 0 if the archives could be read, even if empty."""
    node = parse(" ".join(options.query))
    with current(archives(options.archive, settings), settings, texts=node is not None) as indexed:
        hits = indexed.search.everything() if node is None else indexed.search.all(node)
        articles = _newest_first(article for _hit, article in indexed.search.articles(hits))
        # Warnings are not results of a query.
        warnings = [] if options.query else indexed.warnings
    if options.json:
        print_json([_record(article) for article in articles])
        # The record of an article includes its warnings; files that are not articles have no record.
        known = {article.path for article in articles}
        print_warnings([warning for warning in warnings if warning.path not in known])
    else:
        for article in articles:
            print(_row(article))
        print_warnings(warnings)
    return 0


def _newest_first(articles: Iterable[Article]) -> list[Article]:
    """Sort by date, newest first, undated articles last, then by title and path."""
    by_name = sorted(articles, key=lambda article: (reading_order(article.title), str(article.path)))
    return sorted(by_name, key=lambda article: -article.date.timestamp() if article.date else float("inf"))


def _row(article: Article) -> str:
    date = f"{article.date.astimezone():%Y-%m-%d}" if article.date else " " * 10
    return "  ".join(part for part in (date, article.title, " › ".join(article.categories)) if part)


def _record(article: Article) -> dict[str, Any]:
    return {
        "id": article.id,
        "title": article.title,
        "date": article.date.isoformat() if article.date else None,
        "author": article.author,
        "categories": list(article.categories),
        "tags": list(article.tags),
        "url": article.url,
        "format": article.format.value,
        "path": str(article.path),
        "warnings": [str(warning) for warning in article.warnings],
    }
