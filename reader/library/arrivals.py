"""The articles that came into archives since the rules of the settings ran last, and which rules they match."""

import os
from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from pathlib import Path

from reader.archive.article import Article
from reader.index.index import Index
from reader.index.index_file import index_path
from reader.lean_dataclasses import dataclass
from reader.private_files import FILE, make_private_folder
from reader.search.compile import MarkQuery
from reader.search.federated import Search
from reader.search.query import parse
from reader.settings.rules import ArrivalRule

_FOLDER = "rules"
"""The folder with the ids of the known articles, in the data folder."""


@dataclass(frozen=True, slots=True)
class Arrivals:
    """New articles that match rules, each rule with its articles.

    Attributes:
        matches: The rules that match any, in their order.
        known: For each archive the file of the known ids, and what it is to contain.
    """

    matches: tuple[tuple[ArrivalRule, tuple[Article, ...]], ...]
    known: tuple[tuple[Path, frozenset[str]], ...]

    def remember(self) -> None:
        """Record the articles as known, so that no rule applies to them again.

        Raises:
            OSError: The file cannot be written.
        """
        for file, ids in self.known:
            make_private_folder(file.parent)
            new = file.with_suffix(".new")
            new.touch(FILE)
            new.write_text("\n".join(sorted(ids)), encoding="ascii")
            new.replace(file)


def arrivals(
    indexes: Sequence[Index],
    rules: Sequence[ArrivalRule],
    folder: Path,
    marked: Callable[[MarkQuery], Collection[str]],
) -> Arrivals:
    """Find the new articles of archives that match rules, and close the indexes.

    All articles of an archive that is seen for the first time count as known; an article that was moved is not new. Of
    archives that consist of single files, such as standard input, nothing is recorded.

    Raises:
        QueryError: The query of a rule is not valid.
        IndexingError: An index is corrupt.
        OSError: The file of known ids cannot be read.
    """
    search = Search(indexes, marked)
    try:
        new: set[str] = set()
        known: list[tuple[Path, frozenset[str]]] = []
        for index in indexes:
            if index.archive.files is None:
                file = _file(folder, index)
                before = _read(file)
                now = frozenset(str(one) for (one,) in index.rows("SELECT id FROM article"))
                if before is None or not now <= before:
                    # Ids of articles that are gone stay, because they may come back.
                    known.append((file, now | (before or frozenset())))
                new |= now - (now if before is None else before)
        return Arrivals(tuple(_matches(search, rules, new)) if new else (), tuple(known))
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
