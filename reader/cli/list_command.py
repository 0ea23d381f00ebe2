"""`reader list`: the articles of archives, newest first."""

from argparse import Namespace
from typing import Any

from reader.archive.article_record import metadata
from reader.cli.article_rows import ArticleRow, print_misread, print_rows, query_of
from reader.cli.chosen_archives import archives
from reader.cli.index_progress import current, rerun_if_corrupt
from reader.cli.output import print_warning_count
from reader.library.article_order import ordered
from reader.settings.options import Settings


@rerun_if_corrupt
def run(options: Namespace, settings: Settings) -> int:
    """Print the articles as the options ask; return 0 if the archives could be read, even if they are empty."""
    node = query_of(options)
    # Texts are indexed even without a query, because they show which articles are duplicates, which are left out.
    with current(archives(options.archive, settings), settings) as indexed:
        hits = indexed.search.everything() if node is None else indexed.search.all(node)
        articles = [article for _hit, article in indexed.search.articles(hits)]
        # The results of a query do not include warnings.
        warnings = [] if node is not None else indexed.warnings
    shown = ordered(articles, options.sort, is_reversed=options.reverse)[: options.limit]
    rows = [ArticleRow(article) for article in shown]
    print_misread(options, is_found=bool(rows))
    print_rows(options, rows, _record, _text)
    if options.count or options.null or options.format is not None:
        # Another program reads the rows; “reader check” prints the warnings.
        return 0
    if options.json:
        # The record of an article includes its warnings; files that are not articles have no record.
        known = {row.article.path for row in rows}
        warnings = [warning for warning in warnings if warning.path not in known]
    print_warning_count(len(warnings))
    return 0


def _text(row: ArticleRow) -> str:
    article = row.article
    day = article.local_day or " " * 10
    return "  ".join(part for part in (day, article.title, " › ".join(article.categories)) if part)


def _record(row: ArticleRow) -> dict[str, Any]:
    return {**metadata(row.article), "warnings": [str(warning) for warning in row.article.warnings]}
