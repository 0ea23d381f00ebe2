"""Marks of several articles, changed in one transaction, so that one undo takes all of them back."""

from collections.abc import Callable, Collection, Sequence

import apsw

from reader.archive.article import Article
from reader.document.text_folding import folded
from reader.marks.article_marks import tag_name
from reader.marks.change_kinds import ChangeKind
from reader.marks.store import Store
from reader.marks.stored_values import now

_STATES = {
    ChangeKind.READ: ("read_at", True),
    ChangeKind.UNREAD: ("read_at", False),
    ChangeKind.STAR: ("starred_at", True),
    ChangeKind.UNSTAR: ("starred_at", False),
    ChangeKind.LATER: ("later_at", True),
    ChangeKind.NOT_LATER: ("later_at", False),
}
"""The column of a state, and whether the change sets it."""


class ManyArticles:
    """The marks of several articles at once."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def mark(self, articles: Sequence[Article], kind: ChangeKind) -> None:
        """Set or clear a state of articles; one that has the state already keeps its time.

        Raises:
            StoreError: The database could not be written.
        """
        self.change(articles, {kind}, (), kind)

    def tag(self, articles: Sequence[Article], add: Collection[str], remove: Collection[str] = ()) -> None:
        """Add tags to articles, and remove others; tags that differ only in case or width are equal.

        Raises:
            StoreError: The database could not be written.
        """
        self.change(articles, (), add, ChangeKind.TAGS, remove)

    def change(
        self,
        articles: Sequence[Article],
        states: Collection[ChangeKind],
        tags: Collection[str],
        kind: ChangeKind,
        removed: Collection[str] = (),
    ) -> None:
        """Change states and tags in one step that is logged as `kind`.

        Raises:
            StoreError: The database could not be written.
        """
        if not articles:
            return
        gone = {folded(tag_name(name)) for name in removed}
        with self._store.change(kind, _detail(articles), unlogged=self._know(articles)) as connection:
            for state in states:
                column, there = _STATES[state]
                value = f"coalesce({column}, ?1)" if there else "NULL"
                statement = f"UPDATE article SET {column} = {value} WHERE id = ?2"
                connection.executemany(statement, [(now(), one.id) for one in articles])
            for article in articles if tags or gone else ():
                self._tag(connection, article, tags, gone)

    def _tag(
        self, connection: apsw.Connection, article: Article, names: Collection[str], gone: Collection[str]
    ) -> None:
        there = self._store.records(str, "SELECT name FROM tag WHERE article = ?", (article.id,))
        known = {folded(tag_name(name)): name for name in there}
        for key in gone & known.keys():
            connection.execute("DELETE FROM tag WHERE article = ? AND name = ?", (article.id, known[key]))
        wanted = {folded(name): name for name in map(tag_name, names) if name}
        new = [name for key, name in wanted.items() if key not in known]
        connection.executemany(
            # Distinct times preserve the order.
            "INSERT INTO tag VALUES (?, ?, ?)",
            [(article.id, name, round(now() + number / 1e6, 6)) for number, name in enumerate(new)],
        )

    def _know(self, articles: Sequence[Article]) -> Callable[[apsw.Connection], None]:
        def know(connection: apsw.Connection) -> None:
            for article in articles:
                self._store.know(connection, article)

        return know


def _detail(articles: Sequence[Article]) -> str:
    """The names in the message of an undo: the first title, and the number of others."""
    return articles[0].title + (f" +{len(articles) - 1}" if len(articles) > 1 else "")
