"""Queries for the front page: the articles of a day, those with new files, and a random one."""

from datetime import date, timedelta

from reader.index.date_keys import FIRST_DATED, first_key_of
from reader.index.index import Index


def keys_of_day(index: Index, day: date, most: int) -> list[int]:
    """The keys of up to `most` articles of a day, as in `date_keys.day_of`."""
    rows = index.rows(
        "SELECT key FROM article WHERE hidden = 0 AND key >= ? AND key < ? ORDER BY key LIMIT ?",
        (first_key_of(day), first_key_of(day + timedelta(days=1)), most),
    )
    return [key for (key,) in rows]


def newest_files(index: Index, moment: float, most: int) -> list[tuple[int, int]]:
    """The hours of modification and the keys of articles whose files were written after a time, the newest first.

    Files of one hour probably came together, as in a checkout or a synchronization. They are therefore sorted by their
    keys, that is, by the dates of the articles.
    """
    rows = index.rows(
        "SELECT mtime / 3600000000000, key FROM article WHERE hidden = 0 AND mtime > ? ORDER BY 1 DESC, 2 DESC LIMIT ?",
        (int(moment * 1_000_000_000), most),
    )
    return [(hour, key) for hour, key in rows]


def key_by_chance(index: Index, before: date, chance: float) -> int | None:
    """The key of an article dated before a day, or of an undated one if there is none, else None.

    `chance`, a number from 0 to 1, decides which.
    """
    among = "FROM article WHERE hidden = 0 AND key >= ? AND key < ?"
    for limits in ((FIRST_DATED, first_key_of(before)), (0, FIRST_DATED)):
        count = int(index.rows(f"SELECT count(*) {among}", limits)[0][0]) if index.connection is not None else 0
        if count:
            number = min(int(chance * count), count - 1)
            return int(index.rows(f"SELECT key {among} ORDER BY key LIMIT 1 OFFSET {number}", limits)[0][0])
    return None
