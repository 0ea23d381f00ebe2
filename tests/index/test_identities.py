"""Articles keep the ids of their marks when moved and edited at once, moved back, or marked elsewhere."""

from pathlib import Path

import pytest

from reader.index.identities import Identities
from tests.index.syncing import SyncedArchive


def marked(archived: SyncedArchive, article_id: str, name: str, fingerprint: int = 0) -> Identities:
    """The identities of marks that were made when the article had a given path."""
    path = str(archived.root / name)
    by_fingerprint = {fingerprint: (article_id, path)} if fingerprint else {}
    return Identities({path: article_id}, by_fingerprint, frozenset({article_id}))


def fingerprint(archived: SyncedArchive, name: str) -> int:
    return int(archived.rows()[name]["fingerprint"])


@pytest.mark.parametrize("more", ["", "link: https://example.com/1\n"])
def test_file_moved_and_edited_at_once_keeps_its_id(archived: SyncedArchive, more: str) -> None:
    archived.write("a.md", "灯塔", more=more)
    archived.write("b.md", "潮汐")
    archived.sync()
    # By its address, even with another title.
    archived.write("deep/c.md", "新灯塔" if more else "灯塔", "<p>同步任务队列</p>", more=more)
    (archived.root / "a.md").unlink()
    summary = archived.sync()
    there = str(archived.root / "deep/c.md")
    assert (summary.new, summary.gone) == (0, 0)
    assert archived.ids()["deep/c.md"] == archived.first_id("a.md")
    assert summary.moved == ((archived.first_id("a.md"), str(archived.root / "a.md"), there),)


def test_ambiguous_title_is_not_matched(archived: SyncedArchive) -> None:
    archived.write("a.md", "周报", "<p>一</p>")
    archived.write("b.md", "周报", "<p>二</p>")
    archived.sync()
    # Before the others are deleted, because a file that reuses an inode would be mistaken for the deleted one.
    archived.write("c.md", "周报", "<p>三</p>")
    for name in ("a.md", "b.md"):
        (archived.root / name).unlink()
    summary = archived.sync()
    assert (summary.new, summary.gone, summary.moved) == (1, 2, ())


def test_another_day_is_another_article(archived: SyncedArchive) -> None:
    archived.write("a.md", "周报", "<p>一</p>", day=1)
    archived.sync()
    archived.write("b.md", "周报", "<p>二</p>", day=8)
    (archived.root / "a.md").unlink()
    assert archived.sync().new == 1


def test_id_known_by_path_is_restored(archived: SyncedArchive) -> None:
    archived.write("a.md", "灯塔")
    archived.sync()
    assert archived.ids() == {"a.md": archived.first_id("a.md")}
    summary = archived.sync(identities=marked(archived, "first", "a.md"))
    assert archived.ids() == {"a.md": "first"}
    path = str(archived.root / "a.md")
    assert summary.moved == (("first", path, path),)
    assert archived.sync(identities=marked(archived, "first", "a.md")).moved == ()


def test_id_known_by_content_is_restored(archived: SyncedArchive) -> None:
    archived.write("a.md", "灯塔")
    archived.sync()
    known = marked(archived, "first", "elsewhere/z.md", fingerprint(archived, "a.md"))
    archived.sync(identities=known)
    assert archived.ids() == {"a.md": "first"}


def test_id_is_restored_when_the_content_is_restored(archived: SyncedArchive) -> None:
    content = archived.write("a.md", "灯塔", "<p>一</p>").read_bytes()
    archived.sync()
    known = marked(archived, "first", "z.md", fingerprint(archived, "a.md"))
    archived.write("a.md", "别的", "<p>二</p>")
    archived.sync()
    archived.write_bytes("a.md", content)
    archived.sync(identities=known)
    assert archived.ids() == {"a.md": "first"}


def test_copy_of_an_existing_article_does_not_get_its_id(archived: SyncedArchive, tmp_path: Path) -> None:
    archived.write("a.md", "灯塔")
    archived.sync()
    there = tmp_path / "elsewhere.md"
    there.write_bytes((archived.root / "a.md").read_bytes())
    known = Identities(
        {str(there): "first"}, {fingerprint(archived, "a.md"): ("first", str(there))}, frozenset({"first"})
    )
    archived.sync(identities=known)
    assert archived.ids() == {"a.md": archived.first_id("a.md")}


def test_article_with_marks_keeps_its_id(archived: SyncedArchive) -> None:
    archived.write("a.md", "灯塔")
    archived.sync()
    own = archived.first_id("a.md")
    known = marked(archived, "first", "a.md")
    archived.sync(identities=Identities(known.by_path, {}, frozenset({"first", own})))
    assert archived.ids() == {"a.md": own}


def test_id_in_use_is_not_reassigned(archived: SyncedArchive) -> None:
    archived.write("a.md", "灯塔")
    archived.write("b.md", "潮汐")
    archived.sync()
    ids = archived.ids()
    archived.sync(identities=marked(archived, ids["b.md"], "a.md"))
    assert archived.ids() == ids
