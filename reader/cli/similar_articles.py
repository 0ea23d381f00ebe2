"""`reader search --like`: the articles most similar to the one in a file."""

import sys
from argparse import Namespace
from pathlib import Path
from typing import Any

from reader.cli.article_rows import ArticleRow, article_key, print_rows, result_text
from reader.cli.articles import open_file
from reader.cli.chosen_archives import archives_of, print_where
from reader.cli.index_progress import current
from reader.language import _
from reader.linking.archive_links import ArchiveLinks
from reader.settings.options import Settings


def print_similar(options: Namespace, settings: Settings) -> int:
    """Print the articles most similar to `options.like`, as rows or as JSON; return 0 if there are any, else 1."""
    path = Path(options.like)
    reading = open_file(path, settings.line_breaks)
    looked_in = archives_of(path, options.archive, settings)
    with current(looked_in, settings) as indexed:
        links = ArchiveLinks(indexed.indexes)
        article = links.article_at(path)
        if article is not None:
            found = links.similar(article, options.limit)
        else:
            # A file outside the archive is compared by its text.
            found = links.similar_to_document(reading.document, reading.article.title, options.limit)
    if not found and not options.json:
        print_where(looked_in, options.archive)
        print("reader: " + _("no article is like {path}").format(path=path), file=sys.stderr)
    rows = [ArticleRow(one.article, score=one.score) for one in found]
    print_rows(options, rows, _record, result_text)
    return 0 if rows else 1


def _record(row: ArticleRow) -> dict[str, Any]:
    return {**article_key(row.article), "score": round(row.score, 4)}
