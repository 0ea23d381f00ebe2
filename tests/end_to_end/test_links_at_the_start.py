"""Links cost nothing at the start: the first frame needs nothing that finds out where they lead."""

import sys
from pathlib import Path

from tests.end_to_end.terminal import Terminal

FIRST_FRAME = """
import os, sys
from pathlib import Path
from reader.cli import main, opened_screen

paint = opened_screen.paint_first

def painted(*given):
    paint(*given)
    Path(sys.argv[-1]).write_text(" ".join(sys.modules))
    os._exit(0)

opened_screen.paint_first = painted
main.run(sys.argv[1:-1])
"""
"""A reader that ends behind its first frame, and writes the loaded modules to the file that is its last argument."""


def loaded(folder: Path, text: str) -> set[str]:
    """The modules that are loaded when the first frame of an archive with one article has been painted."""
    (folder / "archive").mkdir(parents=True)
    (folder / "archive" / "lamp.md").write_text(f"# 灯塔\n\n{text}\n", encoding="utf-8")
    environ = {f"XDG_{kind}_HOME": str(folder / kind) for kind in ("DATA", "CACHE", "CONFIG")}
    arguments = [sys.executable, "-c", FIRST_FRAME, str(folder / "archive"), str(folder / "modules")]
    with Terminal(arguments, environ=environ) as terminal:
        terminal.wait_for_exit()
    return set((folder / "modules").read_text(encoding="utf-8").split())


def test_the_first_frame_of_links_needs_no_further_module(tmp_path: Path) -> None:
    links = "[港口](b.md#二节)、[[第三篇]]、<https://example.org/a>、![[第三篇#段]]"
    linked, plain = (
        loaded(tmp_path / name, text) for name, text in (("a", links), ("b", "港口、第三篇、![图](a.png)"))
    )
    assert "reader.ui.first_frame" in linked
    assert {one for one in linked - plain if one.startswith("reader.")} == set()
    assert linked.isdisjoint({"reader.linking.resolver", "reader.linking.archive_links", "reader.linking.backlinks"})
