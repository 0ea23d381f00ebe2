"""Adding marks to a store: nothing that is there is lost, the newer of two wins, and adding twice adds nothing."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from reader.document.cleaning import clean, clean_line
from reader.marks.article_marks import tag_name
from reader.marks.kinds import Kind

if TYPE_CHECKING:
    import apsw

    from reader.marks.exchange import ArticleRecord, BookmarkRecord, HighlightRecord, MarksFile
    from reader.marks.recovery import Rows
    from reader.marks.store import Store

_LAST_CHANGE = "SELECT max(id) FROM change"


@dataclass(frozen=True, slots=True)
class Added:
    """What an import brought.

    Attributes:
        articles: Articles with marks in the file.
        bookmarks: Bookmarks that were new or newer.
        highlights: Highlights that were new or newer.
        unknown: Articles that the store had not known.
        changed: Whether anything came of it, be it a star.
    """

    articles: int
    bookmarks: int
    highlights: int
    unknown: int
    changed: bool


def merge(into: "Store", other: "Rows", *, unlogged: bool = False) -> None:
    """Add what another store holds, which `other` asks; or only what is `unlogged` as a change.

    Raises:
        StoreError: It could not be written.
    """
    from reader.marks.exchange import dump  # noqa: PLC0415 - not for the first paint

    marks = dump(other)
    if unlogged:
        _take_in_unlogged(into, marks)
    else:
        take_in(into, marks)


def take_in(
    store: "Store", marks: "MarksFile", identify: Callable[[int], str | None] = lambda _fingerprint: None
) -> Added:
    """Add what a file of marks holds, as one change that can be undone.

    Articles are known by their ids, else by their files' fingerprints, which `identify` knows of the archives at hand,
    else by their paths; an article that is none of those here keeps its marks until it comes.

    The days are the same person's: the longer of two is kept, not the sum.

    Raises:
        StoreError: It could not be written; nothing of it was.
    """
    ids: dict[str, str] = {}
    unknown = bookmarks = highlights = 0

    def unlogged(connection: "apsw.Connection") -> None:
        # Undoing an import takes marks away, never the articles that other marks may be of by then.
        nonlocal unknown
        before = _articles(connection)
        ids.update(_ids(connection, marks, identify))
        unknown = _articles(connection) - before
        _put_days(connection, marks)

    last = store.rows(_LAST_CHANGE)
    with store.change(Kind.IMPORT, unlogged=unlogged) as connection:
        for record in marks.articles:
            article = ids[record.id]
            _put_states(connection, article, record)
            _put_place(connection, article, record)
            bookmarks += sum(_put_bookmark(connection, article, one) for one in record.bookmarks)
            highlights += sum(_put_highlight(connection, article, one) for one in record.highlights)
        for search in marks.searches:
            connection.execute(
                "INSERT INTO saved_search (name, query, created_at) SELECT ?1, ?2, ?3"
                " WHERE NOT EXISTS (SELECT 1 FROM saved_search WHERE name = ?1)",
                (clean_line(search.name), clean_line(search.query), search.created.timestamp()),
            )
    changed = bool(unknown) or store.rows(_LAST_CHANGE) != last
    return Added(len(marks.articles), bookmarks, highlights, unknown, changed)


def _take_in_unlogged(store: "Store", marks: "MarksFile") -> None:
    with store.change(None) as connection:
        ids = dict(_ids(connection, marks, lambda _fingerprint: None))
        for record in marks.articles:
            _put_place(connection, ids[record.id], record)
        _put_days(connection, marks)


def _articles(connection: "apsw.Connection") -> int:
    row: Any = connection.execute("SELECT count(*) FROM article").fetchone()
    return int(row[0])


def _put_days(connection: "apsw.Connection", marks: "MarksFile") -> None:
    """Add the days, and how the program was left where that is not known."""
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


def _ids(
    connection: "apsw.Connection", marks: "MarksFile", identify: Callable[[int], str | None]
) -> Iterator[tuple[str, str]]:
    """By what ids the store knows the articles of a file, which it does from now on; beside the file's own."""
    from reader.marks.exchange import path_bytes  # noqa: PLC0415 - as above

    own = {record.id for record in marks.articles}

    def known(condition: str, value: object) -> str | None:
        found = connection.execute(f"SELECT id FROM article WHERE {condition} = ?", (value,)).fetchall()
        # Two articles of one file are two, though one be a copy of the other, or lie where the other lay.
        return next((str(one) for (one,) in found if one not in own), None)

    for record in marks.articles:
        path, fingerprint = path_bytes(record), record.fingerprint or None
        there = bool(connection.execute("SELECT 1 FROM article WHERE id = ?", (record.id,)).fetchall())
        article = record.id if there else known("fingerprint", fingerprint)
        if article is None and fingerprint:
            article = identify(fingerprint)
        if article is None and path:
            article = known("path", path)
        article = article or record.id
        connection.execute(
            "INSERT OR IGNORE INTO article (id, path, title, fingerprint) VALUES (?, ?, ?, ?)",
            (article, path, clean(record.title), fingerprint),
        )
        yield record.id, article


def _put_states(connection: "apsw.Connection", article: str, record: "ArticleRecord") -> None:
    """Add what can be undone of an article as a whole."""
    starred, later = (when and when.timestamp() for when in (record.starred, record.later))
    for column, since in (("read_at", record.read_at), ("starred_at", starred), ("later_at", later)):
        if since is not None:
            connection.execute(
                f"UPDATE article SET {column} = max(coalesce({column}, ?1), ?1) WHERE id = ?2", (since, article)
            )
    for tag in record.tags:
        if name := tag_name(tag.name):
            # One that only differs in case or width is the same.
            connection.execute(
                "INSERT INTO tag SELECT ?1, ?2, ?3"
                " WHERE NOT EXISTS (SELECT 1 FROM tag WHERE article = ?1 AND folded(name) = folded(?2))",
                (article, name, tag.added.timestamp()),
            )


def _put_place(connection: "apsw.Connection", article: str, record: "ArticleRecord") -> None:
    """Add where and when an article was left, if that is newer."""
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


def _put_bookmark(connection: "apsw.Connection", article: str, record: "BookmarkRecord") -> bool:
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
    return _put(connection, "bookmark", article, record.uid, columns, values)


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
    """Write a mark unless the same or a newer one is there; whether it was written. `changed_at` comes last."""
    named = ", ".join(columns)
    marks = ", ".join("?" * (len(values) + 2))
    updates = ", ".join(f"{column} = excluded.{column}" for column in columns)
    connection.execute(
        f"INSERT INTO {table} (uid, article, {named}) VALUES ({marks}) ON CONFLICT (uid) DO UPDATE SET {updates}"
        f" WHERE excluded.changed_at > {table}.changed_at",
        (uid, article, *values),
    )
    return connection.changes() > 0
