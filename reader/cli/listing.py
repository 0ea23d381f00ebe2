"""`reader list`: the articles of archives, newest first."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from reader.archive.article import Article
from reader.cli.arguments import Parser, add_archive, archives, with_exclusions
from reader.cli.output import print_faults, print_json
from reader.cli.upkeep import current, run_again_if_damaged
from reader.language import _
from reader.library.library import Library
from reader.library.shelves import newest_first
from reader.search.query import parse
from reader.settings import Settings


@run_again_if_damaged
def run(arguments: list[str], settings: Settings) -> int:
    """Print the articles, a line each or as JSON; 0 when the archives could be read, empty or not."""
    parser = Parser(prog="reader list", description=_("Print the articles of an archive, newest first."))
    add_archive(parser)
    parser.add_argument("--json", action="store_true", help=_("as a list of objects"))
    parser.add_argument("query", nargs="*", metavar="QUERY", help=_("only what fits a query, see the README"))
    options = parser.parse_args(with_exclusions(arguments))
    if options.query:
        return _print_found(" ".join(options.query), options.archive, settings, as_json=options.json)
    library = Library(archives(options.archive, settings))
    try:
        articles = newest_first(article for batch in library.scan() for article in batch)
    finally:
        library.close()
    if options.json:
        print_json([_record(article) for article in articles])
        # An article's own warnings stand in its record; what could not become an article has none.
        known = {article.path for article in articles}
        print_faults([fault for fault in library.faults if fault.path not in known])
    else:
        for article in articles:
            print(_row(article))
        print_faults(library.faults)
    return 0


def _print_found(query: str, named: Sequence[Path], settings: Settings, *, as_json: bool) -> int:
    """Print the articles that fit a query, by the index."""
    node = parse(query)
    with current(archives(named, settings), settings) as indexed:
        articles = [article for _hit, article in indexed.search.articles(indexed.search.all(node))]
    if as_json:
        print_json([_record(article) for article in articles])
    else:
        for article in articles:
            print(_row(article))
    return 0


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
        "warnings": [str(fault) for fault in article.faults],
    }
