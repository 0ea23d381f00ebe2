"""`reader search`: search articles, the most relevant first."""

import argparse
import sys
from argparse import Namespace
from typing import Any

from reader.archive.article import Article
from reader.cli.chosen_archives import archives
from reader.cli.index_progress import current, rerun_if_corrupt
from reader.cli.output import print_json
from reader.document.cleaning import clean_line
from reader.errors import UsageError
from reader.language import _
from reader.search.excerpt import Excerpt, excerpt, hits_pattern
from reader.search.federated import Hit, Sort
from reader.search.query import parse
from reader.settings.options import Settings

_EXCERPT = 80
"""Length of an excerpt in characters."""


@rerun_if_corrupt
def run(options: Namespace, settings: Settings) -> int:
    """Print the results with excerpts, or as JSON; return 0 if there are any, else 1, as grep does."""
    if bool(options.query) == (options.like is not None):
        raise UsageError(_("Write either a query or “--like FILE”"), _("see “reader search --help”"))
    if options.like is not None:
        from reader.cli.similar_articles import print_similar  # noqa: PLC0415 - a query needs none of it

        return print_similar(options, settings)
    node = parse(" ".join(options.query))
    with current(archives(options.archive, settings), settings) as indexed:
        hits = indexed.search.find(node, Sort.NEWEST if options.newest else Sort.BEST, most=options.limit)
        pattern = hits_pattern(indexed.search.shown_words(node))
        found = [
            (hit, article, excerpt(indexed.search.text(hit), pattern, _EXCERPT))
            for hit, article in indexed.search.articles(hits)
        ]
    if not found and not options.json:
        print(
            "reader: " + _("no article matches “{query}”").format(query=clean_line(" ".join(options.query))),
            file=sys.stderr,
        )
    if options.json:
        print_json([_record(*one) for one in found])
    else:
        for _hit, article, part in found:
            _print(article, part)
    return 0 if found else 1


def _limit(text: str) -> int:
    try:
        number = int(text)
    except ValueError:
        number = 0
    if not 1 <= number <= 1_000_000:
        raise argparse.ArgumentTypeError(_("the limit must be a whole number of at least 1"))
    return number


def _print(article: Article, part: Excerpt) -> None:
    date = f"{article.date.astimezone():%Y-%m-%d}" if article.date else " " * 10
    print("  ".join(one for one in (date, article.title, article.source) if one))
    if part.text:
        print(f"            {part.text}")


def _record(hit: Hit, article: Article, part: Excerpt) -> dict[str, Any]:
    return {
        "id": article.id,
        "title": article.title,
        "date": article.date.isoformat() if article.date else None,
        "path": str(article.path),
        "excerpt": part.text,
        "score": round(hit.score, 4),
    }
