"""Merging marks into a database: nothing is lost, the newer of two versions wins, and merging is idempotent."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from reader.document.sanitizing import clean, clean_line
from reader.document.text_folding import folded
from reader.lean_dataclasses import dataclass
from reader.marks.article_marks import tag_name
from reader.marks.change_kinds import ChangeKind
from reader.marks.reviews import put_reviews
from reader.marks.stored_values import moment

if TYPE_CHECKING:
    from datetime import datetime

    import apsw

    from reader.marks.exchange import ArticleRecord, BookmarkRecord, HighlightRecord, MarksFile
    from reader.marks.recovery import Fetch
    from reader.marks.store import Store

_LAST_CHANGE = "SELECT max(id) FROM change"


@dataclass(frozen=True, slots=True)
class ImportResult:
    """The result of an import.

    Attributes:
        articles: The number of articles in the file.
        bookmarks: The number of new or newer bookmarks.
        highlights: The number of new or newer highlights.
        unknown: The number of articles that were not in the database.
        changed: Whether anything has changed.
    """

    articles: int
    bookmarks: int
    highlights: int
    unknown: int
    changed: bool


def merge(into: "Store", other: "Fetch", *, unlogged: bool = False) -> None:
    """Merge another database, queried by `other`; with `unlogged`, only data that is not in the undo log.

    Raises:
        StoreError: The database could not be written.
    """
    from reader.marks.dump import dump  # noqa: PLC0415 - not for the first paint

    marks = dump(other)
    if unlogged:
        _import_unlogged(into, marks)
    else:
        # The user has not requested this, so “undo” must not revert it.
        import_marks(into, marks, undoable=False)


def import_marks(
    store: "Store",
    marks: "MarksFile",
    identify: Callable[[int], str | None] = lambda _fingerprint: None,
    *,
    detail: str = "",
    undoable: bool = True,
) -> ImportResult:
    """Import marks as one change; if `undoable`, it is logged with `detail`.

    Articles are identified by id, else by fingerprint (`identify` looks it up in the open archives), else by path.
    Marks of unknown articles are stored until the article appears.

    Of two records of one day the larger values are kept rather than the sum, since both count the same reading.

    Raises:
        StoreError: The import failed and was rolled back.
    """
    ids: dict[str, str] = {}
    unknown = bookmarks = highlights = 0

    def unlogged(connection: "apsw.Connection") -> None:
        # Undoing an import removes marks but not articles, which may have other marks by then.
        nonlocal unknown
        before = _articles(connection)
        articles = _ArticleMerger(connection, marks, identify)
        ids.update((record.id, articles.known(record)) for record in marks.articles)
        unknown = _articles(connection) - before
        _put_days(connection, marks)

    last = store.rows(_LAST_CHANGE)
    with store.change(ChangeKind.IMPORT if undoable else None, detail, unlogged=unlogged) as connection:
        tag_merger, bookmark_merger = _TagMerger(connection), _BookmarkMerger(connection)
        for record in marks.articles:
            article = ids[record.id]
            _put_states(connection, article, record)
            tag_merger.put(article, record)
            _put_place(connection, article, record)
            bookmarks += bookmark_merger.put(article, record)
            highlights += sum(_put_highlight(connection, article, one) for one in record.highlights)
            put_reviews(connection, article, record.reviews)
        _put_searches(connection, marks)
        _put_words(connection, marks)
        if not undoable:
            store.revise(set(ids.values()))
    changed = not undoable or bool(unknown) or store.rows(_LAST_CHANGE) != last
    return ImportResult(len(marks.articles), bookmarks, highlights, unknown, changed)


def _import_unlogged(store: "Store", marks: "MarksFile") -> None:
    with store.change(None) as connection:
        articles = _ArticleMerger(connection, marks, lambda _fingerprint: None)
        for record in marks.articles:
            _put_place(connection, articles.known(record), record)
        _put_days(connection, marks)


def _articles(connection: "apsw.Connection") -> int:
    row: Any = connection.execute("SELECT count(*) FROM article").fetchone()
    return int(row[0])


def _put_days(connection: "apsw.Connection", marks: "MarksFile") -> None:
    """Merge the reading activity, and the saved state unless it exists."""
    for day in marks.days:
        connection.execute(
            "INSERT INTO day VALUES (?, ?, ?) ON CONFLICT (day) DO UPDATE SET"
            " seconds = max(seconds, excluded.seconds), characters = max(characters, excluded.characters)",
            (day.day.isoformat(), day.seconds, day.characters),
        )
    connection.executemany(
        "INSERT OR IGNORE INTO state VALUES (?, ?)",
        [(clean_line(key), clean(value)) for key, value in marks.state.items()],
    )


class _ArticleMerger:
    """Maps the articles of an imported file to ids in the database."""

    def __init__(
        self, connection: "apsw.Connection", marks: "MarksFile", identify: Callable[[int], str | None]
    ) -> None:
        self._connection = connection
        self._identify = identify
        self._own = {record.id for record in marks.articles}
        self._found: dict[tuple[str, object], str | None] = {}

    def known(self, record: "ArticleRecord") -> str:
        """Return the id of a record's article, adding the article if it is unknown."""
        from reader.marks.exchange import path_bytes  # noqa: PLC0415 - not for the first paint

        path, fingerprint = path_bytes(record), record.fingerprint or None
        there = self._connection.execute("SELECT 1 FROM article WHERE id = ?", (record.id,)).fetchone()
        article = record.id if there else self._by("fingerprint", fingerprint)
        if article is None and fingerprint:
            article = self._identify(fingerprint)
        if article is None and path:
            article = self._by("path", path)
        article = article or record.id
        self._connection.execute(
            "INSERT OR IGNORE INTO article (id, path, title, fingerprint) VALUES (?, ?, ?, ?)",
            (article, path, clean(record.title), fingerprint),
        )
        if article not in self._own:
            for column, value in (("fingerprint", fingerprint), ("path", path)):
                if value:
                    self._found[column, value] = self._found.get((column, value)) or article
        return article

    def _by(self, column: str, value: object) -> str | None:
        """Return the article with another id that has this fingerprint or path, or None.

        Results are cached, because a file may contain any number of records of one path.
        """
        key = (column, value)
        if key not in self._found:
            rows = self._connection.execute(f"SELECT id FROM article WHERE {column} = ?", (value,))
            # Two articles of the same file stay separate, even if one is a copy of the other or has its former path.
            self._found[key] = next((str(one) for (one,) in rows if one not in self._own), None)
        return self._found[key]


class _TagMerger:
    """Merges tags; tags of an article that differ only in case or width are equal."""

    def __init__(self, connection: "apsw.Connection") -> None:
        self._connection = connection
        self._there: dict[str, set[str]] = {}

    def put(self, article: str, record: "ArticleRecord") -> None:
        """Add the tags of a record."""
        if not record.tags:
            return
        if (there := self._there.get(article)) is None:
            rows = self._connection.execute("SELECT name FROM tag WHERE article = ?", (article,))
            there = self._there[article] = {folded(str(name)) for (name,) in rows}
        for tag in record.tags:
            name = tag_name(tag.name)
            if name and folded(name) not in there:
                there.add(folded(name))
                self._connection.execute("INSERT INTO tag VALUES (?, ?, ?)", (article, name, tag.added.timestamp()))


def _put_searches(connection: "apsw.Connection", marks: "MarksFile") -> None:
    there = {str(name) for (name,) in connection.execute("SELECT name FROM saved_search")}
    for search in marks.searches:
        name = clean_line(search.name)
        if name not in there:
            there.add(name)
            connection.execute(
                "INSERT INTO saved_search (name, query, created_at) VALUES (?, ?, ?)",
                (name, clean_line(search.query), search.created.timestamp()),
            )


def _put_words(connection: "apsw.Connection", marks: "MarksFile") -> None:
    connection.executemany(
        "INSERT OR IGNORE INTO word (uid, text, reading, meaning, sentence, title, created_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
            (
                one.uid,
                *map(clean, (one.text, one.reading, one.meaning, one.sentence, one.title)),
                one.created.timestamp(),
            )
            for one in marks.words
        ],
    )


def _put_states(connection: "apsw.Connection", article: str, record: "ArticleRecord") -> None:
    """Merge the states of an article."""
    starred, later = (when and when.timestamp() for when in (record.starred, record.later))
    for column, since in (("read_at", record.read_at), ("starred_at", starred), ("later_at", later)):
        if since is not None:
            connection.execute(
                f"UPDATE article SET {column} = max(coalesce({column}, ?1), ?1) WHERE id = ?2", (since, article)
            )


def _put_place(connection: "apsw.Connection", article: str, record: "ArticleRecord") -> None:
    """Merge the saved position of an article if it is newer."""
    opened = record.opened.timestamp() if record.opened else None
    place = record.place or (None, None)
    connection.execute(
        "UPDATE article SET place_block = ?2, place_offset = ?3, place_quotation = ?6, progress = ?4, opened_at = ?5"
        " WHERE id = ?1 AND ((opened_at IS NULL AND place_block IS NULL) OR ?5 > opened_at)",
        (article, *place, record.progress, opened, clean_line(record.place_quotation)),
    )
    connection.executemany(
        "INSERT INTO section VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET progress = max(progress, excluded.progress)",
        [(article, clean(one.title), one.number, one.progress) for one in record.sections],
    )


class _BookmarkMerger:
    """Adds bookmarks; recognizes a bookmark that has two uids, because its database was migrated twice.

    Bookmarks of old databases have no uids and get random ones during migration. If a database and its backup are
    migrated separately, the same bookmark therefore has a different uid in each.
    """

    def __init__(self, connection: "apsw.Connection") -> None:
        self._connection = connection
        self._there: dict[str, dict[tuple[int, int, datetime], tuple[str, str, bool]]] = {}
        self._uids: dict[str, set[str]] = {}

    def put(self, article: str, record: "ArticleRecord") -> int:
        """Add the bookmarks of a record; return how many were new or newer."""
        if record.bookmarks and article not in self._there:
            self._look(article)
        return sum(_put_bookmark(self._connection, article, one, self._known(article, one)) for one in record.bookmarks)

    def _look(self, article: str) -> None:
        """Record which bookmarks an article had before anything was added to it."""
        statement = "SELECT uid, block, offset, name, created_at, changed_at FROM bookmark WHERE article = ?"
        rows: list[Any] = self._connection.execute(statement, (article,)).fetchall()
        self._uids[article] = {str(row[0]) for row in rows}
        self._there[article] = {
            (block, offset, moment(created)): (str(uid), str(name), changed != created)
            for uid, block, offset, name, created, changed in rows
        }

    def _known(self, article: str, record: "BookmarkRecord") -> str:
        """Return the uid under which the article already has the bookmark of a record, or else the record's uid."""
        there = self._there[article].get((*record.place, record.created))
        if there is None or record.uid in self._uids[article]:
            return record.uid
        uid, name, is_changed = there
        # If both or neither were changed since they were created, only equal names show that they are the same.
        is_same = name == clean_line(record.name) or is_changed != (record.changed != record.created)
        return uid if is_same else record.uid


def _put_bookmark(connection: "apsw.Connection", article: str, record: "BookmarkRecord", uid: str) -> bool:
    name = clean_line(record.name)
    values = (
        *record.place,
        name,
        record.letter,
        clean(record.section),
        clean(record.quotation),
        record.created.timestamp(),
        record.changed.timestamp(),
    )
    columns = ("block", "offset", "name", "letter", "section", "quotation", "created_at", "changed_at")
    return _put(connection, "bookmark", article, uid, columns, values)


def _put_highlight(connection: "apsw.Connection", article: str, record: "HighlightRecord") -> bool:
    values = (
        *record.start,
        *record.end,
        clean(record.quotation),
        clean(record.before),
        clean(record.after),
        clean(record.section),
        record.colour,
        clean(record.note),
        record.created.timestamp(),
        record.changed.timestamp(),
    )
    columns = (
        *("block", "offset", "end_block", "end_offset", "quotation", "before", "after"),
        *("section", "colour", "note", "created_at", "changed_at"),
    )
    return _put(connection, "highlight", article, record.uid, columns, values)


def _put(  # noqa: PLR0913, PLR0917 - one row
    connection: "apsw.Connection", table: str, article: str, uid: str, columns: Iterable[str], values: tuple[Any, ...]
) -> bool:
    """Insert or update a mark unless it is up to date; return whether it was written. `changed_at` comes last."""
    named = ", ".join(columns)
    marks = ", ".join("?" * (len(values) + 2))
    updates = ", ".join(f"{column} = excluded.{column}" for column in columns)
    connection.execute(
        f"INSERT INTO {table} (uid, article, {named}) VALUES ({marks}) ON CONFLICT (uid) DO UPDATE SET {updates}"
        f" WHERE excluded.changed_at > {table}.changed_at",
        (uid, article, *values),
    )
    return connection.changes() > 0
