"""Killing the reader at random times during marking, and comparing the database with the acknowledged marks."""

import contextlib
import os
import re
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import apsw

from reader.marks.backups import backups
from reader.marks.migrations import MIGRATIONS
from tests.end_to_end.journal import Journal, StoreContent, Text, in_place, look, texts, write_archive
from tests.end_to_end.marking import PendingAction
from tests.end_to_end.marking_user import MarkingUser
from tests.end_to_end.terminal import READER, Terminal

_ARTICLES = 12
_MOMENTS = {"key": 45, "acknowledged": 15, "start": 15, "back up": 10, "end": 10, "migrate": 5}
"""The moments at which the reader is killed, with their frequencies in percent."""

_A_KEY = 0.03
"""Seconds after a key within which its action is acknowledged, if at all."""

_A_START = 0.9
_A_COPY = 3.0
"""Seconds after a start within which the database is backed up."""

_OLD = 20_000
"""The number of bookmarks in a database of an older version, large enough for a slow migration."""


def environ(folder: Path) -> dict[str, str]:
    """The environment of a reader with its own data folder."""
    return {
        "XDG_DATA_HOME": str(folder / "data"),
        "XDG_CACHE_HOME": str(folder / "cache"),
        "XDG_CONFIG_HOME": str(folder / "config"),
        "LC_ALL": "C.UTF-8",
    }


def store_in(folder: Path) -> Path:
    """The path of its marks database."""
    return folder / "data" / "reader" / "marks.db"


def outcomes(journal: Journal, act: PendingAction | None, found: StoreContent) -> Iterator[Journal]:
    """The possible journals after a kill: without the last action, which was not acknowledged, or with it."""
    yield journal
    if act is not None:
        known = journal.marks()
        # Only the database knows the name of a bookmark that was not acknowledged.
        made = [fact[2] for fact in found.marks - known if fact[:2] == ("bookmark", act.article)]
        for name in ("", *made):
            after = journal.copy()
            act.then(after, name)
            yield after


def settled(journal: Journal, act: PendingAction | None, found: StoreContent) -> Journal:
    """Choose the journal that agrees with the database.

    Raises:
        AssertionError: The database lacks an acknowledged change, or contains one that nobody made.
    """
    for one in outcomes(journal, act, found):
        if one.marks() == found.marks:
            # The colour is saved in a separate transaction, before the highlight.
            one.colour = found.colour
            return one
    marks = journal.marks()
    raise AssertionError(
        f"lost: {dict(marks - found.marks)}; not known: {dict(found.marks - marks)}; being done: {act}"
    )


class MarkKilling:
    """Kills of one reader after another on one archive and one database."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.folder = folder
        self.chance = Random(seed)  # noqa: S311 - not for cryptography
        self.moments = Counter[str]()
        self.unacknowledged = Counter[str]()
        write_archive(folder / "archive", _ARTICLES)
        self.by_name: Mapping[str, Text] = texts(folder / "archive")
        self.store = store_in(folder)
        self.marker = MarkingUser(folder / "archive", environ(folder), self.by_name, Journal(), self.chance)
        self.found = StoreContent()

    def kill(self) -> None:
        """Start the reader, mark, kill it at a random time, and check that nothing is lost.

        Raises:
            AssertionError: A mark is lost.
        """
        (moment,) = self.chance.choices(list(_MOMENTS), list(_MOMENTS.values()))
        if moment == "migrate":
            Migration(self.folder / "old", self.folder / "archive", self.chance).kill()
            self.moments[moment] += 1
            return
        if moment == "back up":
            age_backups(self.store)
        self.marker.start()
        act = self._until(moment)
        terminal = self.marker.terminal
        terminal.kill()
        if act is not None and self.marker.enter(act):
            act = None
        assert "Traceback" not in terminal.text
        self.marker.gone()
        self.moments[moment] += 1
        self.look(act)

    def _until(self, moment: str) -> PendingAction | None:
        """Wait for a moment; return the action in progress."""
        marker = self.marker
        if moment == "start":
            self._wait(self.chance.random() * _A_START)
            return None
        if moment == "back up":
            before, until = self._unfinished(), time.monotonic() + _A_COPY
            while self._unfinished() <= before and time.monotonic() < until:
                self._wait(0.001)
            self._wait(self.chance.random() * 0.005)
            return None
        marker.ready()
        for _ in range(self.chance.randrange(5)):
            marker.act()
        if moment == "end":
            marker.terminal.type("q")
            self._wait(self.chance.random() * 0.1)
            return None
        if moment == "acknowledged":
            # Meanwhile the position is saved and the shelves are counted.
            self._wait(self.chance.random() * 0.5)
            return None
        act = marker.prepare()
        marker.terminal.type(act.keys)
        self._wait(self.chance.random() * _A_KEY)
        return act

    def _unfinished(self) -> set[Path]:
        """The unfinished backups."""
        return set(self.store.parent.glob("backups/*.tmp*"))

    def _wait(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            time.sleep(min(left, 0.01))
            self.marker.terminal.read_output()

    def look(self, act: PendingAction | None = None) -> None:
        """Compare the database with the journal.

        Raises:
            AssertionError: They differ.
        """
        found = look(self.store)
        before, self.marker.journal = self.marker.journal, settled(self.marker.journal, act, found)
        if act is not None:
            self.unacknowledged["done" if self.marker.journal is not before else "not done"] += 1
        assert found.changes == len(self.marker.journal.log), (found.changes, len(self.marker.journal.log))
        self.found = found

    def end(self) -> None:
        """Let one reader run to its end, and check everything.

        Raises:
            AssertionError: A check failed.
        """
        age_backups(self.store)
        for one in self._unfinished():
            # An unfinished backup is only removed when it is old, because its process may still be working on it.
            os.utime(one, (0, 0))
        before = backups(self.store)
        self.marker.start()
        self.marker.ready()
        self.marker.act()
        # A new backup is made after the article is shown.
        self.marker.terminal.wait_for(lambda _seen: backups(self.store) != before)
        self.marker.quit()
        self.look()
        in_place(self.found, self.by_name)
        for copy in (self.store.parent / "backups").glob("*.db"):
            look(copy)
        assert not self._unfinished()


def age_backups(store: Path) -> None:
    """Make the backups of a database a day older and change their content, so that the next start makes a new one."""
    for copy in sorted((store.parent / "backups").glob("*.db")):
        with contextlib.closing(apsw.Connection(os.fspath(copy))) as connection:
            connection.execute("INSERT OR REPLACE INTO state VALUES ('of another time', '')")
        prefix, stamp, why = copy.name.split("-")
        made = datetime.strptime(stamp, "%Y%m%dT%H%M%S%fZ").replace(tzinfo=UTC) - timedelta(days=1, minutes=1)
        copy.rename(copy.with_name(f"{prefix}-{made:%Y%m%dT%H%M%S%f}Z-{why}"))


class Migration:
    """A database of an older version that is migrated."""

    def __init__(self, folder: Path, archive: Path, chance: Random) -> None:
        self.folder = folder
        self.chance = chance
        self.store = store_in(folder)
        self._arguments = [READER, str(archive)]
        self._was = self._written()

    def _written(self) -> list[tuple[object, ...]]:
        """Write it; return its bookmarks."""
        self.store.parent.mkdir(parents=True, exist_ok=True)
        for old in (one for one in self.store.parent.rglob("*") if one.is_file()):
            old.unlink()
        connection = apsw.Connection(os.fspath(self.store))
        with connection:
            for _name, sql in MIGRATIONS[:2]:
                connection.execute(sql)
            connection.pragma("user_version", 2)
            connection.executemany(
                "INSERT INTO article (id, path, title, read_at) VALUES (?, ?, ?, ?)",
                [(f"a{number}", b"/archive/a.md", f"title {number}", number) for number in range(_OLD // 10)],
            )
            connection.executemany(
                "INSERT INTO bookmark (article, block, offset, name, section, quotation, created_at)"
                " VALUES (?, ?, 0, ?, 'section', 'what stands there', ?)",
                [(f"a{number % (_OLD // 10)}", number, f"bookmark {number}", number) for number in range(_OLD)],
            )
        connection.close()
        _version, rows = self._read(self.store)
        return rows

    @staticmethod
    def _read(store: Path) -> tuple[int, list[tuple[object, ...]]]:
        """The version and the bookmarks of a database."""
        connection = apsw.Connection(os.fspath(store))
        try:
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            rows = connection.execute(
                "SELECT m.id, article, a.title, a.read_at, block, offset, name, section, quotation, created_at"
                " FROM bookmark m JOIN article a ON a.id = article ORDER BY m.id"
            ).fetchall()
            return int(connection.pragma("user_version")), rows
        finally:
            connection.close()

    def kill(self) -> None:
        """Kill two readers during the migration, let a third one finish it, and check that nothing is lost.

        Raises:
            AssertionError: A bookmark is lost.
        """
        for _ in range(2):
            with self._start() as terminal:
                time.sleep(0.1 + self.chance.random() * _A_START)
                terminal.kill()
            # The files that SQLite left beside it are for the next reader, not for this check.
            assert self.store.exists()
        with self._start() as terminal:
            terminal.wait_for(lambda seen: bool(re.search(r"A\d\dS\d\d\d", seen.text))).type("q")
            assert terminal.wait_for_exit() == 0
        version, rows = self._read(self.store)
        assert (version, rows == self._was) == (len(MIGRATIONS), True)
        copies = sorted((self.store.parent / "backups").glob("*-migration.db"))
        assert copies
        for copy in copies:
            # Each backup was made before the migration.
            assert self._read(copy) == (2, self._was)

    def _start(self) -> Terminal:
        around = {**environ(self.folder), "PYTHONDONTWRITEBYTECODE": ""}
        return Terminal(self._arguments, columns=92, rows=20, environ=around)
