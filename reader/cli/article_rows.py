"""Output of lists of articles: as rows, by a template, as JSON, or as a count."""

import os
import sys
from argparse import Namespace
from collections.abc import Callable, Sequence
from string import Formatter
from typing import Any

from reader.archive.article import Article
from reader.cli.output import print_json
from reader.cli.sanitized_stream import unguarded
from reader.document.sanitizing import clean_line, inert
from reader.errors import UsageError
from reader.language import _, listed
from reader.lean_dataclasses import dataclass
from reader.regex import regex
from reader.search.query_parser import parse
from reader.search.query_tree import QueryNode
from reader.search.since import since

_INDENT = " " * 12
_LETTER = regex("-[A-Za-z]")
_ESCAPE = regex(r"\\([tn\\])")
_ESCAPES = {"t": "\t", "n": "\n", "\\": "\\"}


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """An article in a list.

    Attributes:
        article: The article.
        excerpt: The text around a match of the query, or empty.
        score: The relevance, higher is better; 0 if not known.
        positions: The first matches of a query in the text: number of the leaf, start and end offset in the leaf.
    """

    article: Article
    excerpt: str = ""
    score: float = 0.0
    positions: tuple[tuple[int, int, int], ...] = ()


def article_key(article: Article) -> dict[str, Any]:
    """The fields that identify an article in JSON."""
    return {
        "id": article.id,
        "title": article.title,
        "date": article.date.isoformat() if article.date else None,
        "path": str(article.path),
    }


FIELDS: dict[str, Callable[[ArticleRow], str]] = {
    "path": lambda row: str(row.article.path),
    "id": lambda row: row.article.id,
    "title": lambda row: row.article.title,
    "date": lambda row: row.article.local_day,
    "author": lambda row: row.article.author,
    "source": lambda row: row.article.source,
    "category": lambda row: " › ".join(row.article.categories),
    "tags": lambda row: ", ".join(row.article.tags),
    "url": lambda row: row.article.url,
    "format": lambda row: row.article.format.value,
    "size": lambda row: str(row.article.size),
    "excerpt": lambda row: row.excerpt,
    "score": lambda row: f"{row.score:.4f}",
}
"""The fields of `--format`."""


def result_text(row: ArticleRow) -> str:
    """A result: date, title and source, below them the path and the excerpt."""
    article = row.article
    day = article.local_day or " " * 10
    lines = ["  ".join(one for one in (day, article.title, article.source) if one), f"{_INDENT}{article.path}"]
    return "\n".join([*lines, f"{_INDENT}{row.excerpt}"] if row.excerpt else lines)


def query_of(options: Namespace) -> QueryNode | None:
    """The query of a command, limited by its `--since`; None if there is neither.

    Raises:
        QueryError: It is not valid.
        UsageError: The date is not valid.
    """
    node = parse(" ".join(options.query))
    return node if options.since is None else since(node, options.since)


def print_misread(options: Namespace, *, is_found: bool) -> None:
    """Print a hint on stderr if a part of the query seems to be meant as an option, or as the archive.

    A single letter after a hyphen, as in `-n 3`, seems to be an option: it leaves out articles with it as a word.
    Without `-a`, the first term seems to be an archive if it is an existing path, and is `.` or `..`, contains a
    separator, or nothing was found.
    """
    for one in options.query:
        if _LETTER.fullmatch(one.strip()):
            message = _("“{term}” leaves out articles with the word “{word}”: options have long names, such as --limit")
            print("reader: " + message.format(term=one.strip(), word=one.strip()[1:]), file=sys.stderr)
    first = next(iter(options.query), "")
    is_path = first in {os.curdir, os.pardir} or os.sep in first
    # Path.exists raises for some invalid paths.
    if options.archive or not (is_path or not is_found) or not os.path.exists(first):  # noqa: PTH110
        return
    message = _("“{path}” is read as a part of the query: choose an archive with -a").format(path=clean_line(first))
    print("reader: " + message, file=sys.stderr)


def print_rows(
    options: Namespace,
    rows: Sequence[ArticleRow],
    record: Callable[[ArticleRow], dict[str, Any]],
    text: Callable[[ArticleRow], str],
) -> None:
    """Print rows as the options ask: as JSON by `record`, by a template, or else by `text`.

    Raises:
        UsageError: The template is not valid, or the options contradict one another.
    """
    if options.null and (options.json or options.count):
        raise UsageError(_("“-0” separates paths or the rows of “--format”"), _("leave out “--json” or “--count”"))
    if options.count:
        print(len(rows))
    elif options.json:
        print_json([record(row) for row in rows])
    elif options.format is not None or options.null:
        template = _template(options.format if options.format is not None else "{path}")
        _print_fields(rows, template, is_null=options.null)
    else:
        for row in rows:
            print(text(row))


def _template(text: str) -> list[tuple[str, str]]:
    """The literal texts of a template, each with the name of the field after it; empty if no field follows."""
    text = _ESCAPE.sub(lambda found: _ESCAPES[found[1]], text)
    hint = _("available: {keys}").format(keys=listed(f"{{{name}}}" for name in FIELDS))
    try:
        parts = list(Formatter().parse(text))
    except ValueError as error:
        raise UsageError(_("The format “{format}” is not valid").format(format=text), hint) from error
    for _literal, field, spec, conversion in parts:
        if field is not None and (field not in FIELDS or spec or conversion):
            raise UsageError(_("The format has an unknown field “{name}”").format(name=field), hint)
    return [(literal, field or "") for literal, field, _spec, _conversion in parts]


def _print_fields(rows: Sequence[ArticleRow], template: Sequence[tuple[str, str]], *, is_null: bool) -> None:
    lines = ("".join(text + (FIELDS[field](row) if field else "") for text, field in template) for row in rows)
    if not is_null:
        for line in lines:
            print(line)
        return
    # A path may contain any byte but NUL; a terminal gets only harmless ones.
    stream = unguarded(sys.stdout)
    stream.flush()
    is_terminal = stream.isatty()
    for line in lines:
        stream.buffer.write(os.fsencode(inert(line) if is_terminal else line.replace("\0", "")) + b"\0")
    stream.buffer.flush()
