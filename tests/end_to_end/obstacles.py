"""Obstacles for processes that use a marks database: a full disk, a read-only folder, a lock."""

import contextlib
import os
import random
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import apsw

NOBODY = 65_534
"""The id of a user without permissions."""

_SIZE = "256m"
_LEFT = 200_000
"""The maximum free bytes of a nearly full disk."""


def run_beside(act: Callable[[], object]) -> int:
    """Fork a process that calls a function; return its PID."""
    child = os.fork()
    if child == 0:
        try:
            act()
        finally:
            os._exit(0)
    return child


class Disk:
    """The disk of a data folder: a small one in memory, if one can be mounted.

    Attributes:
        folder: Where it is mounted.
        reason: Why it could not be; empty if it is.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True)
        self.reason = "only root can mount a disk" if os.geteuid() else self._mount(f"size={_SIZE}")

    def _mount(self, options: str) -> str:
        """Mount it with options; return why that failed, or an empty text."""
        command = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", os.fspath(self.folder)]
        done = subprocess.run(command, capture_output=True, check=False, text=True)
        return done.stderr.strip() if done.returncode else ""

    def unmount(self) -> None:
        """Unmount it."""
        if not self.reason:
            subprocess.run(["umount", "-l", os.fspath(self.folder)], check=False, capture_output=True)

    @contextmanager
    def full(self, seed: int) -> Iterator[None]:
        """Fill it completely or nearly at a random time, and sometimes free the space again."""
        chance = random.Random(seed)  # noqa: S311 - not for cryptography
        filler = self.folder / "filler"

        def fill() -> None:
            time.sleep(chance.choice([0, 0, chance.random() * 0.05]))
            with filler.open("ab", buffering=0) as file, contextlib.suppress(OSError):
                space = shutil.disk_usage(self.folder).free - chance.choice([0, 0, chance.randrange(_LEFT)])
                while space > 0:
                    space -= file.write(b"x" * min(space, 2**20))
            if chance.random() < 0.3:
                time.sleep(chance.random() * 0.1)
                filler.unlink()

        with _beside(fill):
            yield
        filler.unlink(missing_ok=True)

    @contextmanager
    def read_only(self) -> Iterator[None]:
        """Remount it read-only."""
        reason = self._mount(f"remount,ro,size={_SIZE}")
        assert not reason, reason
        try:
            yield
        finally:
            self._mount(f"remount,rw,size={_SIZE}")


@contextmanager
def _beside(act: Callable[[], object]) -> Iterator[None]:
    """Let a process run during the context, until it ends or the context does."""
    child = run_beside(act)
    try:
        yield
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.kill(child, 9)
        os.waitpid(child, 0)


@contextmanager
def belonging_to(folder: Path, user: int) -> Iterator[None]:
    """Let a data folder belong to another user during the context."""
    own = os.geteuid()
    for owner in (user, own):
        for path in (folder, *folder.rglob("*")):
            with contextlib.suppress(FileNotFoundError):
                os.chown(path, owner, owner)
        if owner == user:
            try:
                yield
            except BaseException:
                folder.chmod(0o755)
                raise
    folder.chmod(0o755)


@contextmanager
def readable_by_all(folder: Path) -> Iterator[None]:
    """Let everybody read a data folder, but only its owner write to it."""
    modes = {path: path.stat().st_mode for path in (folder, *folder.rglob("*"))}
    for path, mode in modes.items():
        path.chmod(mode | (0o555 if path.is_dir() else 0o444))
    yield
    for path, mode in modes.items():
        if path.exists():
            path.chmod(mode)


@contextmanager
def closed_now_and_then(folder: Path, seed: int) -> Iterator[None]:
    """Revoke and restore the permission to write to a folder again and again."""
    chance = random.Random(seed)  # noqa: S311 - not for cryptography

    def close() -> None:
        while True:
            folder.chmod(0o555)
            time.sleep(chance.random() * 0.03)
            folder.chmod(0o755)
            time.sleep(chance.random() * 0.03)

    with _beside(close):
        yield
    folder.chmod(0o755)


@contextmanager
def locked(store: Path, seconds: float) -> Iterator[None]:
    """Let a process hold the lock of a database for some seconds."""

    def hold() -> None:
        connection = apsw.Connection(os.fspath(store), flags=apsw.SQLITE_OPEN_READWRITE)
        connection.set_busy_timeout(1_000)
        connection.execute("BEGIN IMMEDIATE")
        os.write(ready[1], b".")
        time.sleep(seconds)
        connection.execute("ROLLBACK")
        connection.close()

    ready = os.pipe()
    with _beside(hold):
        os.close(ready[1])
        # Nothing arrives if the database cannot be locked.
        os.read(ready[0], 1)
        os.close(ready[0])
        yield
