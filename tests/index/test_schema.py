"""Transactions on an index, which several threads of one process may read."""

from contextlib import suppress
from threading import Event, Thread

from reader.index.index_file import in_memory
from reader.index.schema import connect, transaction


def test_writer_in_memory_waits_for_reading_threads_and_lets_them_finish() -> None:
    name, held = in_memory()
    writer, reader = connect(name, write=True, patience=500), connect(name, write=False)
    writer.execute("CREATE TABLE number (value INTEGER)")
    done = Event()

    def read() -> None:
        while not done.is_set():
            reader.execute("SELECT count(*) FROM number").fetchall()

    thread = Thread(target=read)
    thread.start()
    try:
        for _ in range(1_500):
            with transaction(writer):
                writer.execute("INSERT INTO number VALUES (1)")
    finally:
        done.set()
        thread.join()
    assert held.execute("SELECT count(*) FROM number").get == 1_500


def test_failed_transaction_leaves_nothing() -> None:
    name, _held = in_memory()
    writer = connect(name, write=True)
    writer.execute("CREATE TABLE number (value INTEGER)")
    with suppress(ValueError), transaction(writer):
        writer.execute("INSERT INTO number VALUES (1)")
        raise ValueError("no")
    assert not writer.in_transaction
    assert writer.execute("SELECT count(*) FROM number").get == 0
