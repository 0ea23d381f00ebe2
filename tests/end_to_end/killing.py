"""Killing `reader index` at random times, and reading the state in which the index is left."""

import json
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

import apsw

from reader.index.index_file import index_path
from reader.index.schema import files_of
from reader.index.tokens import phrase
from tests.end_to_end.terminal import READER

_PATIENCE = 60.0
_ORPHANS_SECONDS = 30.0
"""Seconds that a worker may need to notice that its parent is gone: it finishes its current job."""

_WORDS = ("市场", "港口", "上海的", "市", "the", "发展", "image")

Content = dict[str, Any]


def sessions() -> Counter[int]:
    """The number of running processes in each session."""
    found = Counter[int]()
    for process in Path("/proc").glob("[0-9]*"):
        try:
            state, _parent, _group, session = (process / "stat").read_text().rpartition(")")[2].split()[:4]
        except OSError:
            continue
        found[int(session)] += state != "Z"
    return found


def content_of(path: Path) -> Content:
    """The content of an index, except for values that depend on the order of reading: the keys of undated articles.

    Raises:
        AssertionError: SQLite finds fault with it.
    """
    connection = apsw.Connection(os.fspath(path))
    try:
        assert connection.pragma("integrity_check") == "ok"
        articles = connection.execute(
            "SELECT a.id, a.path, size, mtime, inode, fingerprint, title, title_order, date, w.text, s.text, c.path,"
            " tags, url, format, warnings, length, gist, title_gist, p.text, same_as IS NULL = (hidden = 0)"
            " FROM article a LEFT JOIN plain p USING (key) JOIN category c ON c.id = category"
            " JOIN name w ON w.id = author JOIN name s ON s.id = source ORDER BY a.path"
        ).fetchall()
        copies: dict[str, set[str]] = {}
        for one, fuller in connection.execute("SELECT id, coalesce(same_as, id) FROM article"):
            copies.setdefault(fuller, set()).add(one)
        finds = "SELECT a.id FROM words w JOIN article a ON a.key = w.rowid WHERE words MATCH ? ORDER BY id"
        found = {word: connection.execute(finds, (phrase(word, exact=False),)).fetchall() for word in _WORDS}
        assert all(found.values())
        return {
            "articles": articles,
            "copies": sorted(sorted(group) for group in copies.values()),
            "found": found,
            "refused": connection.execute("SELECT * FROM refused ORDER BY path").fetchall(),
            "complete": connection.execute("SELECT value FROM meta WHERE name = 'complete'").get,
            "plain": connection.execute("SELECT count(*) FROM plain").get,
        }
    finally:
        connection.close()


def stage_of(path: Path) -> str:
    """The stage that an index had reached when its process was killed.

    Reads a copy, so that the next start repairs it.
    """
    if not path.exists():
        return "no file"
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder, path.name)
        for one, other in zip(files_of(path), files_of(copy), strict=True):
            if one.exists() and not one.name.endswith("-shm"):
                shutil.copyfile(one, other)
        connection = apsw.Connection(os.fspath(copy))
        try:
            if connection.pragma("user_version") == 0:
                return "empty"
            assert connection.pragma("integrity_check") == "ok"
            articles, texts = connection.execute("SELECT count(*), count(length) FROM article").get
            row = connection.execute("SELECT value FROM meta WHERE name = 'complete'").fetchone()
        finally:
            connection.close()
    if row is not None:
        return "complete"
    return "texts" if texts else "heads" if articles else "tables"


@dataclass(slots=True)
class Killing:
    """Kills of `reader index` on one archive and one cache.

    Attributes:
        archive: The archive.
        folder: The folder of the caches.
        chance: The random generator that decides when to kill, and what.
        seconds: The duration of a complete run.
        stages: The number of kills that left the index in each stage.
        groups: The number of kills of a whole process group.
    """

    archive: Path
    folder: Path
    chance: Random
    seconds: float = 0.0
    stages: Counter[str] = field(default_factory=Counter)
    groups: int = 0
    _done: bool = True

    def start(self, cache: str, *arguments: str) -> subprocess.Popen[str]:
        """Start `reader index` in a new session."""
        environ = {
            **os.environ,
            "LC_ALL": "C.UTF-8",
            "XDG_CACHE_HOME": str(self.folder / cache),
            "XDG_DATA_HOME": str(self.folder / "data"),
        }
        return subprocess.Popen(
            [READER, "index", "-a", str(self.archive), *arguments],
            env=environ,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def index(self, cache: str) -> Path:
        """The path of the index."""
        return index_path(self.folder / cache / "reader", self.archive, None)

    def whole(self, cache: str, *arguments: str) -> Content:
        """The content of the index after a complete run without warnings."""
        begun = time.monotonic()
        ended(self.start(cache, *arguments))
        self.seconds = self.seconds or time.monotonic() - begun
        self._done = True
        return content_of(self.index(cache))

    def kill(self, cache: str) -> None:
        """Start runs until one is killed at a random time, and check that no process of it is left."""
        while not self._killed(cache):
            # Work that is already done takes no time, so the run is shorter.
            self._done = True

    def _killed(self, cache: str) -> bool:
        """Whether a run was killed before it ended."""
        begun = time.monotonic()
        process = self.start(cache, *(["--rebuild"] if self._done else []))
        whole_group = self.chance.random() < 0.3
        try:
            process.wait(self.chance.random() * self.seconds)
        except subprocess.TimeoutExpired:
            if whole_group:
                os.killpg(process.pid, signal.SIGKILL)
            else:
                process.kill()
        lasted = time.monotonic() - begun
        # Workers keep the pipes open until they end, too.
        _out, err = output(process)
        if process.returncode != -signal.SIGKILL:
            assert (process.returncode, err) == (0, "")
            if self._done:
                self.seconds = lasted
            return False
        # A worker whose parent is killed during its start prints an error of Python, before it runs our code.
        assert "Traceback" not in err or "in spawn_main" in err, err
        stage = stage_of(self.index(cache))
        self.stages[stage] += 1
        self.groups += whole_group
        self._done = stage == "complete"
        return True


def alone(session: int) -> None:
    """Check that a session has no process left.

    Raises:
        AssertionError: It still has one after several seconds.
    """
    until = time.monotonic() + _ORPHANS_SECONDS
    while sessions()[session] and time.monotonic() < until:
        time.sleep(0.02)
    assert not sessions()[session], "somebody of the crew outlived it"


def output(process: subprocess.Popen[str]) -> tuple[str, str]:
    """The output of the leader of a session until it ends or is killed after a timeout; no process may be left."""
    try:
        out, err = process.communicate(timeout=_PATIENCE)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        raise
    alone(process.pid)
    return out, err


def ended(process: subprocess.Popen[str]) -> str:
    """The output of a process that must succeed and leave no process behind."""
    out, err = output(process)
    assert (process.returncode, err) == (0, "")
    return out


def differences(one: Content, other: Content) -> str:
    """A short description of the differences between two indexes."""
    return json.dumps(
        {name: [repr(one[name])[:200], repr(other[name])[:200]] for name in one if one[name] != other[name]}
    )
