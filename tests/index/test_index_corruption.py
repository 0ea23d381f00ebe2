"""Reading an index: reports of corruption, and interruption."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import apsw
import pytest

from reader.archive.archive import Archive
from reader.index.corruption import CorruptIndexError
from reader.index.index import GroupBy, Index, Order
from reader.index.schema import files_of
from tests.index.interrupting import until_interrupted
from tests.index.making import key_of_id
from tests.index.writable_index import WritableIndex

ASKED: dict[str, Callable[[Index], object]] = {
    "article": lambda index: index.article("a"),
    "articles": lambda index: index.articles([1]),
    "complete": Index.complete,
    "counts": lambda index: index.counts(GroupBy.SOURCE),
    "counts_among": lambda index: index.counts_among(GroupBy.AUTHOR, ["a"]),
    "warnings": lambda index: list(index.warnings()),
    "fingerprint": lambda index: index.fingerprint("a"),
    "keys_of": lambda index: index.keys_of(["a"]),
    "newest": Index.newest,
    "ordered": lambda index: index.ordered(Order.TITLE),
    "places": lambda index: index.places("a"),
    "refused": Index.refused,
    "shown": Index.shown,
    "shown_keys": Index.shown_keys,
    "text": lambda index: index.text(1),
    "waiting": Index.waiting,
}


def corrupt(path: Path) -> None:
    """Overwrite everything but the pages of the schema, so that the index can still be opened."""
    connection = apsw.Connection(str(path))
    schema = {page for (page,) in connection.execute("SELECT pageno FROM dbstat WHERE name = 'sqlite_schema'")}
    connection.close()
    for file in files_of(path)[1:]:
        file.unlink(missing_ok=True)
    whole = path.read_bytes()
    pages = (whole[start : start + 4096] for start in range(0, len(whole), 4096))
    path.write_bytes(b"".join(page if at in schema else b"\xff" * 4096 for at, page in enumerate(pages, 1)))


@pytest.mark.parametrize("asked", ASKED)
def test_every_query_reports_corruption(tmp_path: Path, asked: str) -> None:
    made = WritableIndex(str(tmp_path / "a.db"))
    made.put("a")
    made.close()
    corrupt(tmp_path / "a.db")
    with pytest.raises(CorruptIndexError, match="corrupt"):
        ASKED[asked](made.index)
    made.index.close()


@pytest.mark.parametrize("asked", ASKED)
def test_missing_index_gives_empty_results(tmp_path: Path, asked: str) -> None:
    assert not ASKED[asked](Index(Archive(tmp_path, "a"), str(tmp_path / "a.db")))


@pytest.mark.parametrize(
    ("column", "value"),
    [("date", "yesterday"), ("format", "runes"), ("warnings", "{"), ("warnings", "[1]")],
)
def test_impossible_values_are_corruption(made: WritableIndex, column: str, value: str) -> None:
    made.put("a", date=datetime(2021, 1, 1, tzinfo=UTC))
    made.connection.execute(f"UPDATE article SET {column} = ?", (value,))  # noqa: S608 - a name from above
    with pytest.raises(CorruptIndexError):
        made.index.article("a")
    with pytest.raises(CorruptIndexError):
        made.index.articles(made.index.shown_keys())


def test_text_that_cannot_be_decompressed_is_corruption(made: WritableIndex) -> None:
    made.put("a")
    with pytest.raises(CorruptIndexError):
        made.index.text(key_of_id(made.writer, "a"))


def test_query_is_interrupted_from_another_thread(made: WritableIndex) -> None:
    made.put("a")
    connection = made.index.connection
    assert connection is not None
    begun = until_interrupted(connection)
    with ThreadPoolExecutor(1) as threads:
        answer = threads.submit(made.index.shown)
        assert begun.wait(20)
        made.index.interrupt()
        with pytest.raises(apsw.InterruptError):
            answer.result(20)
    made.index.interrupt()
    assert made.index.shown() == 1
    made.index.close()
    made.index.interrupt()
    assert made.index.shown() == 1


def test_interrupting_during_close_does_nothing(made: WritableIndex) -> None:
    connection = made.index.connection
    assert connection is not None
    # The state that `close` leaves for a moment.
    connection.close()
    made.index.interrupt()
