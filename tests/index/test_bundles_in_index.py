"""Bundles in the index: only changed ones are read again, and entries keep their ids."""

from pathlib import Path

import pytest

from reader.index import sync_on_demand
from reader.index.index import Index
from tests.archive.bundles.making import write_json, write_rss, write_zip
from tests.index.syncing import SyncedArchive, rebuilt


def _root(archived: SyncedArchive) -> Path:
    return archived.write("a.md", "一", "<p>甲</p>").parent


def _skipped(archived: SyncedArchive) -> dict[str, int]:
    index = Index(archived.archive, archived.address)
    try:
        return index.skipped_files()
    finally:
        index.close()


def test_entries_are_articles(archived: SyncedArchive) -> None:
    root = _root(archived)
    write_rss(root / "f.xml")
    write_zip(root / "z.zip", {"b.md": "# 乙\n\n二", "../c.md": "no", "d.pdf": b"%PDF"})
    write_json(root / "package.json", {"name": "x"})
    summary = archived.sync()
    assert (summary.articles, summary.new, summary.warnings) == (4, 4, 1)
    assert archived.finds("body : 灯塔") == {"f.xml/id-1.html", "f.xml/id-2.html"}
    assert archived.rows()["f.xml/id-1.html"]["category"] == "海港周记"
    assert _skipped(archived) == {".json": 1, ".pdf": 1}
    again = archived.sync()
    assert (again.new, again.changed, again.gone, again.warnings) == (0, 0, 0, 1)
    assert _skipped(archived) == {".json": 1, ".pdf": 1}


def test_unchanged_bundles_are_not_read_again(archived: SyncedArchive, monkeypatch: pytest.MonkeyPatch) -> None:
    root = _root(archived)
    write_rss(root / "f.xml")
    write_json(root / "package.json", {"name": "x"})
    archived.sync()
    before = archived.rows()
    for name in ("read_bundles", "read_heads", "read_texts"):
        monkeypatch.setattr(sync_on_demand, name, lambda *_: pytest.fail("read"))
    archived.sync()
    assert archived.rows() == before


def test_text_with_the_name_of_an_export_is_an_article(
    archived: SyncedArchive, monkeypatch: pytest.MonkeyPatch
) -> None:
    (_root(archived) / "my-blog.txt").write_text("Tea\n\nIt is exported in chests.\n", "utf-8")
    assert archived.sync().articles == 2
    before = archived.rows()
    monkeypatch.setattr(sync_on_demand, "read_heads", lambda *_: pytest.fail("read"))
    assert archived.sync().articles == 2
    assert archived.rows() == before


def test_a_changed_bundle(archived: SyncedArchive) -> None:
    root = _root(archived)
    write_rss(root / "f.xml", (1, 2, 3))
    archived.sync()
    ids = archived.ids()
    write_rss(root / "f.xml", (0, 1, 2))
    summary = archived.sync()
    assert (summary.new, summary.changed, summary.gone, summary.articles) == (1, 0, 1, 4)
    assert {path: one for path, one in archived.ids().items() if path in ids} == {
        path: one for path, one in ids.items() if path != "f.xml/id-3.html"
    }
    write_rss(root / "f.xml", (0, 1, 2), "船")
    assert archived.sync().changed == 3
    assert archived.finds("body : 灯塔") == set()
    assert archived.derived() == rebuilt(archived).derived()


def test_entries_keep_their_ids_when_the_bundle_is_moved(archived: SyncedArchive) -> None:
    root = _root(archived)
    write_rss(root / "f.xml")
    archived.sync()
    ids = archived.ids()
    (root / "f.xml").rename(root / "g.xml")
    summary = archived.sync()
    assert (summary.new, len(summary.moved), summary.gone) == (0, 2, 0)
    assert archived.ids()["g.xml/id-1.html"] == ids["f.xml/id-1.html"]


def test_a_deleted_bundle(archived: SyncedArchive) -> None:
    root = _root(archived)
    path = write_zip(root / "z.zip", {"b.md": "# 乙", "../c.md": "no"})
    archived.sync()
    path.unlink()
    summary = archived.sync()
    assert (summary.articles, summary.gone, summary.warnings) == (1, 1, 0)
    path.write_bytes(b"PK\x05\x06 damaged")
    assert archived.sync().warnings == 1
    write_zip(path, {"b.md": "# 乙"})
    summary = archived.sync()
    assert (summary.articles, summary.warnings) == (2, 0)
