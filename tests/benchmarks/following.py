"""Following links on the real screen, in a pseudo-terminal: the time from the key to the first paint of the article."""

import os
import re
import subprocess
import time
from pathlib import Path
from random import Random

from reader.archive.archive import Archive
from reader.archive.walk import FoundFile, walk
from tests.benchmarks.home import home
from tests.end_to_end.terminal import READER, Terminal

HUB = "hub of links"
"""The title of an article that has nothing but links to others."""

_HUB = re.compile(rb"(link \d+)\D")
_ARTICLE = re.compile(rb"[\d,]+ (characters|words)(?<!400 words)")
"""The length of an article, below its title; that of the hub is 400 words."""


def write_hub(root: Path, count: int, seed: int = 7) -> Path:
    """Write an article with links to some articles of an archive, and return its path."""
    path = root / "hub-of-links.md"
    if not path.exists():
        found = [one.path for one in walk(Archive(root, root.name)) if isinstance(one, FoundFile)]
        chosen = Random(seed).sample(found, min(count, len(found)))  # noqa: S311 - the same links each time
        links = "".join(f"- [link {number}](<{os.path.relpath(one, root)}>)\n" for number, one in enumerate(chosen))
        path.write_text(f"---\ntitle: {HUB}\n---\n\n{links}", encoding="utf-8")
    return path


def follow(archive: Path, base: Path, count: int) -> tuple[list[float], list[float]]:
    """Follow links of the hub and go back, with the index of `base`; milliseconds of both, for each link.

    The time ends when the header of the other article arrives at the terminal.
    """
    environ = home(base, "data-follow", "cache-follow")
    forth: list[float] = []
    back: list[float] = []
    # The search for the hub would miss it while the archive is indexed.
    indexing = [READER, "index", "-a", str(archive)]
    subprocess.run(indexing, env={**os.environ, **environ}, check=True, capture_output=True)
    with Terminal([READER, str(archive)], columns=120, rows=40, environ=environ) as terminal:
        terminal.wait_for("All ", seconds=600)
        _open_hub(terminal)
        for _ in range(count):
            terminal.press("}")
            terminal.settle(0.3)
            forth.append(_until(terminal, "\r", _ARTICLE))
            terminal.settle(0.3)
            back.append(_until(terminal, "H", _HUB))
            terminal.settle(0.3)
    return forth, back


def _open_hub(terminal: Terminal) -> None:
    """Find the hub by its title and open it."""
    terminal.type("F")
    terminal.wait_for("Search")
    terminal.type(f"title:{HUB.split(maxsplit=1)[0]}")
    terminal.wait_for("1 found", seconds=600)
    terminal.type("\r")
    terminal.wait_for("link 0")
    terminal.settle()


def _until(terminal: Terminal, key: str, header: re.Pattern[bytes]) -> float:
    """Milliseconds from a key until a header is written to the terminal."""
    begun = time.perf_counter()
    terminal.type(key)
    return (terminal.heard(header)[0] - begun) * 1e3
