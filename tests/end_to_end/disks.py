"""Small disks in memory, which can be filled or mounted read-only."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest


@dataclass(frozen=True, slots=True)
class SmallDisk:
    """A disk in memory.

    Attributes:
        place: Where it is mounted.
    """

    place: Path

    def mount(self, options: str) -> None:
        """Mount it, or remount it with other options."""
        command = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(self.place)]
        done = subprocess.run(command, capture_output=True, check=False, text=True)
        if done.returncode:
            pytest.skip(f"nothing can be mounted here: {done.stderr.strip()}")

    def fill(self) -> Path:
        """Fill it; return the file that takes up the free space."""
        filler = self.place / "filler"
        with filler.open("ab", buffering=0) as file, suppress(OSError):
            while file.write(b"x" * 512):
                pass
        return filler


@contextmanager
def unmounted(place: Path) -> Iterator[None]:
    """Unmount whatever is mounted at a place when the context ends."""
    place.mkdir()
    try:
        yield
    finally:
        subprocess.run(["umount", str(place)], check=False, capture_output=True)
