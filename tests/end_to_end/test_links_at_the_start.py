"""Links cost nothing at the start: the first frame needs nothing that finds out where they lead."""

from pathlib import Path

from tests.end_to_end.first_frame_only import first_frame_only
from tests.end_to_end.terminal import Terminal


def loaded(folder: Path, text: str) -> set[str]:
    """The modules that are loaded when the first frame of an archive with one article has been painted."""
    (folder / "archive").mkdir(parents=True)
    (folder / "archive" / "lamp.md").write_text(f"# 灯塔\n\n{text}\n", encoding="utf-8")
    environ = {f"XDG_{kind}_HOME": str(folder / kind) for kind in ("DATA", "CACHE", "CONFIG")}
    arguments = first_frame_only(folder / "archive", '" ".join(sys.modules)', folder / "modules")
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
