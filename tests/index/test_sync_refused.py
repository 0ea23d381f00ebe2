"""Syncing an index with files and folders that cannot be read."""

import pytest

from reader.index import sync_on_demand
from tests.index.syncing import PNG, SyncedArchive, rebuilt, unreadable

# Unreadable files


def test_binary_file_is_refused_once(archived: SyncedArchive, monkeypatch: pytest.MonkeyPatch) -> None:
    archived.write("a.md")
    archived.write_bytes("b.md", PNG)
    summary = archived.sync()
    assert (summary.articles, summary.warnings) == (1, 1)
    assert list(archived.refused()) == ["b.md"]
    monkeypatch.setattr(sync_on_demand, "read_heads", lambda *_: pytest.fail("it was read again"))
    assert archived.sync().warnings == 1
    (archived.root / "b.md").unlink()
    assert archived.sync().warnings == 0
    assert archived.refused() == {}


def test_article_that_became_binary_is_deleted(archived: SyncedArchive) -> None:
    archived.write("a.md")
    archived.write("b.md", "二")
    archived.sync()
    archived.write_bytes("a.md", PNG)
    summary = archived.sync()
    assert (summary.articles, summary.warnings) == (1, 1)
    assert set(archived.rows()) == {"b.md"}
    assert archived.derived() == rebuilt(archived).derived()


@pytest.mark.parametrize("others", [True, False])
def test_refused_file_that_became_an_article_is_no_longer_refused(archived: SyncedArchive, *, others: bool) -> None:
    archived.write_bytes("a.md", PNG)
    if others:
        archived.write("b.md")
    archived.sync()
    archived.write("a.md", "二", "<p>二</p>")
    summary = archived.sync()
    assert "a.md" in archived.rows()
    assert (summary.warnings, archived.refused()) == (0, {})


def test_deleted_refused_file_is_forgotten_even_if_it_was_the_only_file(archived: SyncedArchive) -> None:
    archived.write_bytes("a.md", PNG)
    archived.sync()
    (archived.root / "a.md").unlink()
    assert archived.sync().warnings == 0


@pytest.mark.parametrize("folder", ["", "x", "x/y"])
def test_articles_in_a_temporarily_unreadable_folder_are_kept(
    archived: SyncedArchive, monkeypatch: pytest.MonkeyPatch, folder: str
) -> None:
    names = {"a.md", "x/b.md", "x/y/c.md", "xy/d.md"}
    for name in names:
        archived.write(name, name)
    archived.sync()
    before = archived.rows()
    with monkeypatch.context() as patch:
        unreadable(archived.root / folder, patch)
        assert archived.sync().gone == 0
        assert archived.rows() == before
        # Other folders are still scanned.
        if folder:
            (archived.root / "xy" / "d.md").unlink()
            assert archived.sync().gone == 1
    archived.sync()
    assert set(archived.rows()) == (names - {"xy/d.md"} if folder else names)


@pytest.mark.parametrize("first", [True, False])
def test_unreadable_folder_is_reported_as_long_as_it_is_unreadable(
    archived: SyncedArchive, monkeypatch: pytest.MonkeyPatch, *, first: bool
) -> None:
    archived.write("a.md")
    archived.write("x/b.md", "二")
    if not first:
        archived.sync()
    with monkeypatch.context() as patch:
        unreadable(archived.root / "x", patch)
        assert [archived.sync().warnings for _ in range(3)] == [1, 1, 1]
    assert archived.sync().warnings == 0
