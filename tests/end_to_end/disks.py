"""Small disks of their own, that can be filled, or be mounted so that nothing can be written."""

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
        """Mount it, or mount it otherwise."""
        command = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(self.place)]
        done = subprocess.run(command, capture_output=True, check=False, text=True)
        if done.returncode:
            pytest.skip(f"nothing can be mounted here: {done.stderr.strip()}")

    def fill(self) -> Path:
        """Leave no room on it; the file that takes all there was."""
        filler = self.place / "filler"
        with filler.open("ab", buffering=0) as file, suppress(OSError):
            while file.write(b"x" * 512):
                pass
        return filler


@contextmanager
def unmounted(place: Path) -> Iterator[None]:
    """Unmount in the end whatever is mounted at a place by then."""
    place.mkdir()
    try:
        yield
    finally:
        subprocess.run(["umount", str(place)], check=False, capture_output=True)
