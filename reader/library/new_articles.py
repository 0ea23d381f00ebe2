"""Articles added to archives since the rules in the settings last ran, and the rules that they match."""

import os
from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from pathlib import Path

from reader.archive.article import Article
from reader.index.index import Index
from reader.index.index_file import index_path
from reader.lean_dataclasses import dataclass
from reader.private_files import FILE, make_private_folder
from reader.search.federated import Search
from reader.search.query_compiler import MarkQuery
from reader.search.query_parser import parse
from reader.search.query_tree import QueryError
from reader.settings.rules import ArrivalRule

_FOLDER = "rules"
"""The folder with the ids of the known articles, in the data folder."""


@dataclass(frozen=True, slots=True)
class Arrivals:
    """New articles that match rules, each rule with its articles.

    Attributes:
        matches: The rules that match any, in their order.
        file: The file of the known ids of the archive, or None if there is nothing to record.
        known: The ids that the file is to contain.
    """

    matches: tuple[tuple[ArrivalRule, tuple[Article, ...]], ...] = ()
    file: Path | None = None
    known: frozenset[str] = frozenset()

    def remember(self) -> None:
        """Record the articles as known, so that no rule applies to them again. May be called from any thread.

        Raises:
            OSError: The file cannot be written.
        """
        if self.file is None:
            return
        make_private_folder(self.file.parent)
        # Another reader may record the same archive at the same time.
        new = self.file.with_name(f".{os.urandom(8).hex()}.new")
        try:
            new.touch(FILE)
            new.write_text("\n".join(sorted(self.known | (_read(self.file) or frozenset()))), encoding="ascii")
            new.replace(self.file)
        finally:
            new.unlink(missing_ok=True)


def valid_rules(rules: Sequence[ArrivalRule]) -> tuple[list[ArrivalRule], list[tuple[ArrivalRule, QueryError]]]:
    """Separate the rules with a valid query from the others, which come with their errors."""
    valid, invalid = [], []
    for rule in rules:
        try:
            parse(rule.query)
        except QueryError as error:
            invalid.append((rule, error))
        else:
            valid.append(rule)
    return valid, invalid


def arrivals(
    index: Index, rules: Sequence[ArrivalRule], folder: Path, marked: Callable[[MarkQuery], Collection[str]]
) -> Arrivals:
    """Find the new articles of an archive that match rules, and close the index.

    All articles of an archive that is seen for the first time count as known; an article that was moved is not new.
    Nothing is new and nothing is recorded while the index is incomplete, and for an archive that consists of single
    files, such as standard input.

    Raises:
        QueryError: The query of a rule is not valid.
        IndexingError: The index is corrupt.
        OSError: The file of known ids cannot be read.
    """
    search = Search([index], marked)
    try:
        if index.archive.files is not None or not index.complete():
            return Arrivals()
        file = _file(folder, index)
        before = _read(file)
        now = frozenset(str(one) for (one,) in index.rows("SELECT id FROM article"))
        if before is None:
            return Arrivals((), file, now)
        if now <= before:
            return Arrivals()
        # Ids of articles that are gone stay, because they may come back.
        return Arrivals(tuple(_matches(search, rules, now - before)), file, now | before)
    finally:
        search.close()


def _matches(
    search: Search, rules: Sequence[ArrivalRule], new: Collection[str]
) -> list[tuple[ArrivalRule, tuple[Article, ...]]]:
    found = []
    for rule in rules:
        node = parse(rule.query)
        hits = search.everything() if node is None else search.all(node)
        articles = tuple(article for _hit, article in search.articles(hits) if article.id in new)
        if articles:
            found.append((rule, articles))
    return found


def _file(folder: Path, index: Index) -> Path:
    return index_path(folder / _FOLDER, index.archive.root, None).with_suffix(".ids")


def _read(file: Path) -> frozenset[str] | None:
    with suppress(FileNotFoundError):
        return frozenset(os.fsdecode(file.read_bytes()).split())
    return None
