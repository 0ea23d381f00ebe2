"""Writing the index: stored values can be read, deletions are complete, and transactions are atomic."""

import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import apsw
import pytest

from reader.archive.walk import FoundFile
from reader.index.date_keys import QUARTER, is_dated, key_of
from reader.index.entries import PendingArticle, RejectedFile
from reader.index.index_file import open_to_write
from reader.index.writer import StoredFile, Writer
from tests.index.making import ROOT, a_head, a_text, day, new_index, put


def rows(connection: apsw.Connection, statement: str) -> list[tuple[object, ...]]:
    return list(connection.execute(statement))


def matches(connection: apsw.Connection, words: str) -> list[int]:
    return [key for (key,) in connection.execute("SELECT rowid FROM words (?) ORDER BY rowid", (words,))]


def test_stored_articles_are_known() -> None:
    connection, writer = new_index()
    head = a_head("a", date=day(10), fingerprint=-7, tags=("x", "y"))
    with writer.transaction():
        key = put(writer, head, "id of a")
    assert key == key_of(day(10))
    assert writer.known() == {b"a.md": StoredFile(key, "id of a", *head.found[1:], -7)}
    assert writer.title(key) == "文章 a"
    assert writer.title(key + 1) == ""
    assert rows(connection, "SELECT path FROM category") == [("财经\n港口周报",)]
    assert rows(connection, "SELECT tags, length, same_as, hidden FROM article") == [("x\ny", None, None, 0)]
    assert writer.counts() == (1, 0)


def test_wanted_texts_are_newest_first_until_stored() -> None:
    connection, writer = new_index()
    with writer.transaction():
        keys = [put(writer, a_head(name, date=day(number)), name) for name, number in (("b", 3), ("a", 1), ("c", 2))]
        undated = put(writer, a_head("d"), "d")
    newest = writer.wanted(10, 2**62)
    assert [one.key for one in newest] == [keys[0], keys[2], keys[1], undated]
    assert newest[0] == PendingArticle(
        keys[0], f"{ROOT}/b.md", "b.md", "文章 b", "财经\n港口周报", "甲", "港口周报", "", newest[0].size
    )
    assert [one.key for one in writer.wanted(2, keys[0])] == [keys[2], keys[1]]
    assert writer.waiting() == 4
    with writer.transaction():
        writer.put_text(a_text(keys[2]))
    assert writer.waiting() == 3
    assert [one.key for one in writer.wanted(10, 2**62)] == [keys[0], keys[1], undated]
    assert matches(connection, "body : 灯塔") == [keys[2]]
    assert rows(connection, "SELECT key, text FROM plain") == [(keys[2], "灯塔".encode())]


def test_text_is_stored_once_and_only_for_an_existing_article() -> None:
    connection, writer = new_index()
    with writer.transaction():
        key = put(writer, a_head(), "a")
        writer.put_text(a_text(key, body="一"))
        writer.put_text(a_text(key, body="二"))
        writer.put_text(a_text(key + 1, body="三"))
    assert matches(connection, "一") == [key]
    assert matches(connection, "二") == matches(connection, "三") == []
    assert len(rows(connection, "SELECT * FROM plain")) == 1


def test_deletion_is_complete() -> None:
    connection, writer = new_index()
    with writer.transaction():
        one, other = (put(writer, a_head(name), name, {}) for name in "ab")
    with writer.transaction():
        writer.delete(one)
    assert list(writer.known()) == [b"b.md"]
    assert matches(connection, "灯塔") == [other]
    assert rows(connection, "SELECT key FROM plain") == [(other,)]


def test_article_stored_again_keeps_its_key_for_the_same_date_and_loses_its_text() -> None:
    connection, writer = new_index()
    with writer.transaction():
        key = put(writer, a_head(date=day(10)), "a", {})
    old = writer.known()[b"a.md"]
    with writer.transaction():
        writer.put(a_head(date=day(10), fingerprint=2, title="新"), "a", old)
    (known,) = writer.known().values()
    assert (known.key, known.fingerprint, writer.title(key)) == (key, 2, "新")
    assert writer.waiting() == 1
    assert matches(connection, "灯塔") == []
    with writer.transaction():
        writer.put(a_head(date=day(11), fingerprint=3), "a", known)
    (known,) = writer.known().values()
    assert known.key == key_of(day(11))


def test_touched_article_keeps_its_text() -> None:
    _connection, writer = new_index()
    with writer.transaction():
        key = put(writer, a_head(), "a", {})
        writer.touch(key, FoundFile("anywhere", 1, 2, 3))
    (known,) = writer.known().values()
    assert known == StoredFile(key, "a", 1, 2, 3, 1)
    assert writer.waiting() == 0


def test_refused_files_are_stored_until_removed() -> None:
    _connection, writer = new_index()
    refused = RejectedFile(FoundFile(f"{ROOT}/x/a.md", 1, 2, 3), "Not a text file")
    with writer.transaction():
        writer.add_refused([refused, RejectedFile(FoundFile(f"{ROOT}/b.md", -1, 0, 0), "gone")])
        writer.add_refused([refused])
    assert writer.refused() == {b"x/a.md": (1, 2, 3), b"b.md": (-1, 0, 0)}
    assert writer.counts() == (0, 2)
    with writer.transaction():
        writer.remove_refused([b"x/a.md"])
    assert writer.refused() == {b"b.md": (-1, 0, 0)}


def test_warnings_of_metadata_and_texts_are_counted_once() -> None:
    _connection, writer = new_index()
    with writer.transaction():
        one, other = (put(writer, a_head(name), name) for name in "ab")
        writer.put_text(a_text(one)._replace(warnings='[["x", null]]'))
        writer.put_text(a_text(other))
    assert writer.counts() == (2, 1)


def test_two_articles_cannot_have_one_id_or_one_path() -> None:
    _connection, writer = new_index()
    for name, article_id in (("b", "a"), ("a", "b")):
        with writer.transaction():
            for key in [one.key for one in writer.known().values()]:
                writer.delete(key)
            put(writer, a_head("a"), "a")
        with pytest.raises(apsw.ConstraintError), writer.transaction():
            put(writer, a_head(name), article_id)


# Transactions


def test_failed_transaction_leaves_nothing_and_the_next_one_works() -> None:
    connection, writer = new_index()
    head = a_head("a", author="甲", categories=("一", "二"))

    def failing() -> None:
        with writer.transaction():
            put(writer, head, "a", {})
            put(writer, a_head("b", author="乙", categories=("三", "四")), "b")
            writer.set_meta("x", "y")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        failing()
    for table in ("article", "plain", "words", "name", "category", "refused"):
        assert rows(connection, f"SELECT count(*) FROM {table}") == [(0,)]  # noqa: S608 - tables of our own
    assert writer.get_meta("x") == ""
    # Cached ids of names are discarded by a rollback.
    with writer.transaction():
        put(writer, a_head("b", author="乙", categories=("三", "四")), "b")
        put(writer, head, "a", {})
    joined = (
        "SELECT a.id, n.text, c.path FROM article a JOIN name n ON n.id = author JOIN category c ON c.id = category"
    )
    assert sorted(rows(connection, joined)) == [("a", "甲", "一\n二"), ("b", "乙", "三\n四")]


def test_process_that_ends_within_a_transaction_leaves_nothing(tmp_path: Path) -> None:
    script = (
        "import os, sys\nfrom reader.index.index_file import open_to_write\nfrom reader.index.writer import Writer\n"
        "writer = Writer(open_to_write(sys.argv[1])[0], '/archive')\n"
        "with writer.transaction():\n    writer.set_meta('one', 'x')\n"
        "with writer.transaction():\n    writer.set_meta('other', 'x')\n    os._exit(3)"
    )
    done = subprocess.run([sys.executable, "-c", script, str(tmp_path / "a.db")], check=False)
    assert done.returncode == 3
    connection, why = open_to_write(str(tmp_path / "a.db"))
    writer = Writer(connection, ROOT)
    assert (why, writer.get_meta("one"), writer.get_meta("other")) == ("", "x", "")
    connection.close()


# Keys


def test_a_thousand_articles_of_one_second_get_free_keys_in_their_quarter_hour() -> None:
    _connection, writer = new_index()
    moment = day(10)
    with writer.transaction():
        for number in range(1_000):
            writer.put(a_head(f"n{number}", date=moment), str(number), None)
    keys = [one.key for one in writer.known().values()]
    assert len(set(keys)) == 1_000
    start = key_of(moment) // QUARTER * QUARTER
    assert sorted(keys)[:QUARTER] == list(range(start, start + QUARTER))
    assert max(keys) < start + QUARTER + 1_000


def test_second_writer_continues_after_the_first_one() -> None:
    connection, writer = new_index()
    with writer.transaction():
        for number in range(20):
            writer.put(a_head(f"a{number}", date=day(10)), f"a{number}", None)
    again = Writer(connection, ROOT)
    with again.transaction():
        for number in range(20):
            again.put(a_head(f"b{number}", date=day(10)), f"b{number}", None)
    assert len({one.key for one in again.known().values()}) == 40


def test_freed_key_between_others_is_harmless() -> None:
    _connection, writer = new_index()
    with writer.transaction():
        keys = [put(writer, a_head(f"a{number}", date=day(10)), f"a{number}") for number in range(5)]
        writer.delete(keys[1])
        writer.put(a_head("b", date=day(10)), "b", None)
        writer.put(a_head("c", date=day(10) + timedelta(seconds=1)), "c", None)
    assert len({one.key for one in writer.known().values()}) == 6


def test_ten_thousand_undated_articles_stay_below_all_dates() -> None:
    _connection, writer = new_index()
    with writer.transaction():
        for number in range(10_000):
            writer.put(a_head(f"n{number}"), str(number), None)
    assert not any(is_dated(one.key) for one in writer.known().values())


def test_last_second_of_a_day_stays_on_it_even_if_taken() -> None:
    _connection, writer = new_index()
    moment = datetime(2021, 11, 10, 23, 59, 59, tzinfo=UTC)
    with writer.transaction():
        for name in "abc":
            writer.put(a_head(name, date=moment), name, None)
    assert max(one.key for one in writer.known().values()) == key_of(moment)


# Finishing


def test_extent_of_the_sync_is_recorded() -> None:
    _connection, writer = new_index()
    assert writer.get_meta("complete") == ""
    with writer.transaction():
        key = put(writer, a_head(), "a")
        writer.invalidate_duplicates()
        writer.finish(texts=False, show_copies=False)
    assert writer.get_meta("complete") == "heads"
    with writer.transaction():
        writer.put_text(a_text(key))
        writer.finish(texts=False, show_copies=False)
    assert writer.get_meta("complete") == "texts"


def test_duplicates_are_detected_if_anything_or_their_visibility_changed() -> None:
    connection, writer = new_index()
    hidden = "SELECT sum(hidden), count(same_as) FROM article"
    with writer.transaction():
        for name in "ab":
            put(writer, a_head(name), name, {})
        writer.invalidate_duplicates()
        writer.finish(texts=True, show_copies=False)
    assert rows(connection, hidden) == [(1, 1)]
    with writer.transaction():
        writer.finish(texts=True, show_copies=True)
    assert rows(connection, hidden) == [(0, 1)]
    with writer.transaction():
        put(writer, a_head("c"), "c", {})
        writer.finish(texts=True, show_copies=True)
    assert rows(connection, hidden) == [(0, 1)]
    with writer.transaction():
        writer.finish(texts=True, show_copies=False)
    assert rows(connection, hidden) == [(2, 2)]


def order(connection: apsw.Connection) -> list[object]:
    return [title for (title,) in rows(connection, "SELECT title FROM article ORDER BY key DESC")]


def test_undated_articles_are_sorted_by_title() -> None:
    connection, writer = new_index()
    with writer.transaction():
        for number in (10, 2, 33, 1):
            put(writer, a_head(f"第{number}章", date=None), f"id {number}")
        dated = put(writer, a_head("日", date=day(10)), "dated")
        writer.order_undated()
    expected = ["文章 日", *(f"文章 第{number}章" for number in (1, 2, 10, 33))]
    assert order(connection) == expected
    assert not any(is_dated(key) for (key,) in connection.execute("SELECT key FROM article") if key != dated)


def test_later_undated_articles_are_inserted_among_the_indexed_ones() -> None:
    connection, writer = new_index()
    with writer.transaction():
        for number in (1, 5, 9):
            put(writer, a_head(f"第{number}章", date=None), f"id {number}")
        writer.order_undated()
        connection.execute("UPDATE article SET length = 1")
    before = set(rows(connection, "SELECT key, id FROM article"))
    with writer.transaction():
        for number in (11, 7, 3, 6):
            put(writer, a_head(f"第{number}章", date=None), f"id {number}")
        writer.order_undated()
    assert order(connection) == [f"文章 第{number}章" for number in (1, 3, 5, 6, 7, 9, 11)]
    assert before <= set(rows(connection, "SELECT key, id FROM article"))
