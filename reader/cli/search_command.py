"""`reader search`: search articles, the most relevant first."""

import sys
from argparse import Namespace
from typing import Any

from reader.archive.article import Article
from reader.cli.article_rows import (
    ArticleRow,
    article_key,
    print_misread,
    print_rows,
    query_of,
    result_text,
)
from reader.cli.chosen_archives import archives
from reader.cli.command_parser import see_help
from reader.cli.index_progress import current, rerun_if_corrupt
from reader.document.sanitizing import clean_line
from reader.errors import UsageError
from reader.language import _
from reader.library.article_order import ordered
from reader.library.indexed import IndexedArchives
from reader.search.excerpt import excerpt, hit_positions, hits_pattern
from reader.search.federated import Hit, Sort
from reader.search.query_tree import QueryNode
from reader.settings.options import Settings

_EXCERPT = 80
"""Length of an excerpt in characters."""

_POSITIONS = 20
"""Maximum number of positions of a result."""


@rerun_if_corrupt
def run(options: Namespace, settings: Settings) -> int:
    """Print the results in the form that the options ask for; return 0 if there are any, else 1, as grep does."""
    if bool(options.query or options.since) == (options.like is not None):
        raise UsageError(_("Write either a query or “--like FILE”"), see_help("reader search"))
    if options.like is not None:
        from reader.cli.similar_articles import print_similar  # noqa: PLC0415 - a query needs none of it

        return print_similar(options, settings)
    node = query_of(options)
    with current(archives(options.archive, settings), settings) as indexed:
        if options.count:
            count = indexed.search.count(node)
            print_misread(options, is_found=bool(count))
            print(count)
            return 0 if count else 1
        rows = _rows(indexed, node, options)
    if not rows and not options.json:
        print(
            "reader: " + _("no article matches “{query}”").format(query=clean_line(" ".join(options.query))),
            file=sys.stderr,
        )
    print_misread(options, is_found=bool(rows))
    print_rows(options, rows, _record, result_text)
    return 0 if rows else 1


def _rows(indexed: IndexedArchives, node: QueryNode | None, options: Namespace) -> list[ArticleRow]:
    """The results in the requested order, with excerpts."""
    search = indexed.search
    pattern = hits_pattern(search.shown_words(node))

    def row(article: Article, hit: Hit, score: float = 0.0) -> ArticleRow:
        text = search.text(hit)
        positions = tuple(hit_positions(text, pattern, _POSITIONS)) if options.json else ()
        return ArticleRow(article, excerpt(text, pattern, _EXCERPT).text, score, positions)

    sort = "date" if options.newest else options.sort
    if sort == "relevance" or (sort == "date" and not options.reverse):
        hits = search.find(node, Sort.BEST if sort == "relevance" else Sort.NEWEST, most=options.limit)
        rows = [row(article, hit, hit.score) for hit, article in search.articles(hits)]
        return rows[::-1] if options.reverse else rows
    pairs = search.articles(search.all(node))
    found = ordered((article for _hit, article in pairs), sort, is_reversed=options.reverse)
    hits_by_id = {article.id: hit for hit, article in pairs}
    return [row(article, hits_by_id[article.id]) for article in found[: options.limit]]


def _record(row: ArticleRow) -> dict[str, Any]:
    return {
        **article_key(row.article),
        "excerpt": row.excerpt,
        "score": round(row.score, 4),
        "positions": [{"leaf": leaf, "start": start, "end": end} for leaf, start, end in row.positions],
    }
