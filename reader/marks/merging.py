"""Adding marks to a store: nothing that is there is lost, the newer of two wins, and adding twice adds nothing."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from reader.document.cleaning import clean, clean_line
from reader.marks.kinds import Kind

if TYPE_CHECKING:
    import apsw

    from reader.marks.exchange import ArticleRecord, BookmarkRecord, HighlightRecord, MarksFile
    from reader.marks.store import Rows, Store


@dataclass(frozen=True, slots=True)
class Added:
    """What an import brought.

    Attributes:
        articles: Articles with marks in the file.
        bookmarks: Bookmarks that were new or newer.
        highlights: Highlights that were new or newer.
        unknown: Articles that the store had not known.
    """

    articles: int
    bookmarks: int
    highlights: int
    unknown: int


def merge(into: "Store", other: "Rows") -> None:
    """Add what another store holds, which `other` asks.

    Raises:
        StoreError: It could not be written.
    """
    from reader.marks.exchange import dump  # noqa: PLC0415 - not for the first paint

    take_in(into, dump(other))


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
    # The articles first: undoing an import takes marks away, never the articles that other marks may be of by then.
    with store.change(None) as connection:
        before = _articles(connection)
        ids = {record.id: _known(connection, record, identify) for record in marks.articles}
        after = _articles(connection)
        for day in marks.days:
            connection.execute(
                "INSERT INTO day VALUES (?, ?, ?) ON CONFLICT (day) DO UPDATE SET"
                " seconds = max(seconds, excluded.seconds), characters = max(characters, excluded.characters)",
                (day.day.isoformat(), day.seconds, day.characters),
            )
        connection.executemany("INSERT OR IGNORE INTO state VALUES (?, ?)", marks.state.items())
    bookmarks = highlights = 0
    with store.change(Kind.IMPORT) as connection:
        for record in marks.articles:
            article = ids[record.id]
            _put_article(connection, article, record)
            bookmarks += sum(_put_bookmark(connection, article, one) for one in record.bookmarks)
            highlights += sum(_put_highlight(connection, article, one) for one in record.highlights)
        for search in marks.searches:
            connection.execute(
                "INSERT INTO saved_search (name, query, created_at) SELECT ?1, ?2, ?3"
                " WHERE NOT EXISTS (SELECT 1 FROM saved_search WHERE name = ?1)",
                (clean_line(search.name), clean_line(search.query), search.created.timestamp()),
            )
    return Added(len(marks.articles), bookmarks, highlights, after - before)


def _articles(connection: "apsw.Connection") -> int:
    row: Any = connection.execute("SELECT count(*) FROM article").fetchone()
    return int(row[0])


def _known(connection: "apsw.Connection", record: "ArticleRecord", identify: Callable[[int], str | None]) -> str:
    """The id by which the store knows an article, which it does from now on."""
    from reader.marks.exchange import path_bytes  # noqa: PLC0415 - as above

    path = path_bytes(record)
    for condition, value in (
        ("id = ?", record.id),
        ("fingerprint = ?", record.fingerprint),
        ("path = ?", path),
    ):
        found = connection.execute(f"SELECT id FROM article WHERE {condition} LIMIT 1", (value,)).fetchall()
        if found:
            return str(found[0][0])
    here = identify(record.fingerprint) if record.fingerprint else None
    connection.execute(
        "INSERT OR IGNORE INTO article (id, path, title, fingerprint) VALUES (?, ?, ?, ?)",
        (here or record.id, path, clean_line(record.title), record.fingerprint),
    )
    return here or record.id


def _put_article(connection: "apsw.Connection", article: str, record: "ArticleRecord") -> None:
    for column, when in (("read_at", record.read), ("starred_at", record.starred), ("later_at", record.later)):
        if when is not None:
            connection.execute(
                f"UPDATE article SET {column} = max(coalesce({column}, ?1), ?1) WHERE id = ?2",
                (when.timestamp(), article),
            )
    opened = record.opened.timestamp() if record.opened else None
    place = record.place or (None, None)
    connection.execute(
        "UPDATE article SET place_block = ?2, place_offset = ?3, progress = ?4, opened_at = ?5"
        " WHERE id = ?1 AND ((opened_at IS NULL AND place_block IS NULL) OR ?5 > opened_at)",
        (article, *place, record.progress, opened),
    )
    connection.executemany(
        "INSERT OR IGNORE INTO tag VALUES (?, ?, ?)",
        [(article, clean_line(tag.name), tag.added.timestamp()) for tag in record.tags],
    )
    connection.executemany(
        "INSERT INTO section VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET progress = max(progress, excluded.progress)",
        [(article, one.title, one.number, one.progress) for one in record.sections],
    )


def _put_bookmark(connection: "apsw.Connection", article: str, record: "BookmarkRecord") -> bool:
    name = clean_line(record.name)
    values = (
        *record.place,
        name,
        record.letter,
        clean_line(record.section),
        clean_line(record.quotation),
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
        clean_line(record.section),
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
        (clean_line(uid), article, *values),
    )
    return connection.changes() > 0
