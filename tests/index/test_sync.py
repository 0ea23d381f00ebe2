"""Syncing: after any change to an archive, its index equals one built from scratch."""

from pathlib import Path

import pytest

from reader.archive.archive import open_archives
from reader.index import sync as syncing
from reader.index import sync_on_demand, text_stage
from reader.index.identities import Identities
from reader.index.progress import SyncProgress, SyncStage
from tests.index.random_changes import Changes
from tests.index.syncing import SyncedArchive, rebuilt, rebuilt_content, some_articles, stop_after, touch


def test_a_new_archive_is_indexed(archived: SyncedArchive) -> None:
    archived.write(
        "x/a.md", "港口", "<h2>一</h2><p>灯塔</p><img src=a.png>", more="categories: [财经, 周报]\ntags: [海, 船]\n"
    )
    archived.write_bytes("b.txt", "第一行\n第二行".encode())
    summary = archived.sync()
    assert (summary.articles, summary.new, summary.changed, summary.moved, summary.gone) == (2, 2, 0, (), 0)
    assert summary.complete
    row = archived.rows()["x/a.md"]
    assert (row["title"], row["author"], row["source"], row["category"]) == ("港口", "甲", "周报", "财经\n周报")
    assert (row["tags"], row["format"], row["date"]) == ("海\n船", "html", "2021-11-10T08:00:00+00:00")
    assert archived.ids() == {name: archived.first_id(name) for name in ("x/a.md", "b.txt")}
    assert archived.finds("body : 灯塔") == {"x/a.md"}
    assert archived.finds("title : 港口") == {"x/a.md"}
    assert archived.finds("facets : image") == {"x/a.md"}
    assert archived.finds('body : "二行"') == {"b.txt"}


def test_unchanged_files_are_not_read_again(archived: SyncedArchive, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("a.md", "x/b.md"):
        archived.write(name, name)
    archived.sync()
    before = archived.rows()

    def fail(*_: object) -> list[object]:
        raise AssertionError

    monkeypatch.setattr(sync_on_demand, "read_heads", fail)
    monkeypatch.setattr(sync_on_demand, "read_texts", fail)
    summary = archived.sync()
    assert (summary.new, summary.changed, summary.moved, summary.gone) == (0, 0, (), 0)
    assert archived.rows() == before


def test_a_changed_file_keeps_its_id_and_is_indexed_again(archived: SyncedArchive) -> None:
    archived.write("a.md", "一", "<p>一二三</p>", day=3)
    archived.sync()
    ids = archived.ids()
    archived.write("a.md", "二", "<p>四五六</p>", day=4)
    summary = archived.sync()
    assert (summary.articles, summary.new, summary.changed, summary.gone) == (1, 0, 1, 0)
    assert archived.ids() == ids
    assert archived.finds("body : 一二") == archived.finds("title : 一") == set()
    assert archived.finds("body : 四五") == {"a.md"}
    assert archived.derived() == rebuilt(archived).derived()


def test_a_touched_file_is_not_changed(archived: SyncedArchive) -> None:
    path = archived.write("a.md")
    archived.sync()
    before = archived.rows()["a.md"]
    touch(path)
    summary = archived.sync()
    assert (summary.new, summary.changed) == (0, 0)
    after = archived.rows()["a.md"]
    assert after["mtime"] == path.stat().st_mtime_ns
    assert after | {"mtime": before["mtime"]} == before


def test_a_change_beyond_the_part_covered_by_the_fingerprint_is_found(archived: SyncedArchive) -> None:
    long = "<p>灯塔照海</p>" * 5_000
    archived.write("a.md", body=f"{long}<p>旧的</p>")
    archived.sync()
    archived.write("a.md", body=f"{long}<p>新的</p>")
    assert archived.sync().changed == 1
    assert (archived.finds("body : 旧的"), archived.finds("body : 新的")) == (set(), {"a.md"})


@pytest.mark.parametrize("copied", [False, True])
@pytest.mark.parametrize("to", ["b.md", "x/a.md", "字 .md"])
def test_a_moved_file_keeps_its_id(archived: SyncedArchive, to: str, *, copied: bool) -> None:
    archived.write("a.md")
    archived.sync()
    (article_id,) = archived.ids().values()
    if copied:  # A move to another file system copies and deletes.
        archived.write_bytes(to, (archived.root / "a.md").read_bytes())
        (archived.root / "a.md").unlink()
    else:
        archived.move("a.md", to)
    summary = archived.sync()
    assert (summary.articles, summary.new, summary.changed, summary.gone) == (1, 0, 0, 0)
    assert summary.moved == ((article_id, str(archived.root / "a.md"), str(archived.root / to)),)
    assert archived.ids() == {to: article_id}
    assert archived.derived() == rebuilt(archived).derived()


def test_a_moved_folder_moves_all_its_articles(archived: SyncedArchive) -> None:
    for number in range(5):
        archived.write(f"old/{number}.md", f"第{number}篇", f"<p>{number}</p>")
    archived.sync()
    ids = archived.ids()
    archived.move("old", "财经/new")
    assert len(archived.sync().moved) == 5
    assert archived.ids() == {f"财经/new/{number}.md": ids[f"old/{number}.md"] for number in range(5)}
    assert {row["category"] for row in archived.rows().values()} == {"财经\nnew"}
    assert archived.derived() == rebuilt(archived).derived()


def test_moved_and_edited_file_keeps_its_id_as_long_as_its_title(archived: SyncedArchive) -> None:
    archived.write("a.md", "港口", "<p>一</p>")
    archived.sync()
    ids = archived.ids()
    archived.move("a.md", "b.md")
    archived.write("b.md", "港口", "<p>二三四</p>")
    assert len(archived.sync().moved) == 1
    assert archived.ids() == {"b.md": ids["a.md"]}
    archived.move("b.md", "c.md")
    archived.write("c.md", "海港", "<p>五</p>")
    summary = archived.sync()
    assert (summary.new, summary.gone, summary.moved) == (1, 1, ())
    assert archived.ids() == {"c.md": archived.first_id("c.md")}


def test_a_copy_gets_a_new_id_and_a_replaced_file_keeps_its_id(archived: SyncedArchive) -> None:
    path = archived.write("a.md", "一")
    archived.sync()
    ids = archived.ids()
    archived.write_bytes("b.md", path.read_bytes())
    assert archived.sync().new == 1
    assert archived.ids() == ids | {"b.md": archived.first_id("b.md")}
    archived.move("a.md", "c.md")
    archived.write("a.md", "二", "<p>另一篇</p>")
    archived.sync()
    assert len(set(archived.ids().values())) == 3
    assert archived.ids()["a.md"] == ids["a.md"]


def test_the_id_of_a_moved_article_is_not_reused(archived: SyncedArchive) -> None:
    archived.write("a.md", "一", "<p>一</p>")
    archived.sync()
    archived.move("a.md", "b.md")
    archived.sync()
    archived.write("a.md", "二", "<p>二</p>")
    archived.sync()
    ids = archived.ids()
    assert ids["b.md"] == archived.first_id("a.md") != ids["a.md"]
    # The ids also survive the next sync.
    archived.write("a.md", "三", "<p>三</p>")
    archived.sync()
    assert archived.ids() == ids


def test_moved_files_with_the_same_content_are_distinguished_by_inodes(archived: SyncedArchive) -> None:
    content = archived.write("a.md").read_bytes()
    archived.write_bytes("b.md", content)
    archived.sync()
    ids = archived.ids()
    archived.move("a.md", "x/1.md")
    archived.move("b.md", "x/0.md")
    archived.sync()
    assert archived.ids() == {"x/1.md": ids["a.md"], "x/0.md": ids["b.md"]}


def test_a_deleted_file_is_forgotten(archived: SyncedArchive) -> None:
    archived.write("a.md", "一", "<p>一二三</p>")
    archived.write("b.md", "二", "<p>四五六</p>")
    archived.sync()
    (archived.root / "a.md").unlink()
    summary = archived.sync()
    assert (summary.articles, summary.gone, summary.new) == (1, 1, 0)
    assert archived.finds("body : 一二") == set()
    assert archived.derived() == rebuilt(archived).derived()
    (archived.root / "b.md").unlink()
    assert archived.sync().articles == 0


def test_a_single_file_is_an_archive(archived: SyncedArchive) -> None:
    path = archived.write("a.unknown")
    archived.write("b.md")
    one = SyncedArchive(archived.root, open_archives([path])[0])
    assert one.sync().new == 1
    assert one.sync().new == 0
    archived.write("a.unknown", "海港", "<p>四五六</p>")
    summary = one.sync()
    assert (summary.articles, summary.changed) == (1, 1)
    assert one.finds("body : 四五") == {"a.unknown"}


@pytest.mark.parametrize("name", ["a.md", ".a.md"])
def test_a_single_file_may_be_given_by_a_relative_path(
    archived: SyncedArchive, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    archived.write(name)
    monkeypatch.chdir(archived.root)
    one = SyncedArchive(archived.root, open_archives([Path(name)])[0])
    one.sync()
    assert set(one.rows()) == {name}
    assert one.sync().gone == 0
    assert set(one.rows()) == {name}


def test_a_folder_may_be_given_by_a_relative_path(archived: SyncedArchive, monkeypatch: pytest.MonkeyPatch) -> None:
    archived.write(".a.md", "一")
    archived.write("x/b.md", "二")
    monkeypatch.chdir(archived.root)
    here = SyncedArchive(archived.root, open_archives([Path()])[0])
    assert here.sync().new == 2
    summary = here.sync()
    assert (summary.new, summary.gone) == (0, 0)
    archived.sync()
    assert here.derived() == archived.derived()
    assert here.ids() == archived.ids()


# Ids from the marks


def test_marks_identify_an_article_by_its_path(archived: SyncedArchive) -> None:
    archived.write("a.md", "一")
    archived.write("b.md", "二")
    archived.sync(identities=Identities(by_path={str(archived.root / "a.md"): "an id of marks"}))
    assert archived.ids() == {"a.md": "an id of marks", "b.md": archived.first_id("b.md")}


def test_marks_identify_an_article_by_its_content_if_its_path_is_gone(archived: SyncedArchive) -> None:
    archived.write("a.md", "一")
    archived.write("b.md", "二")
    archived.sync()
    fingerprints = {name: row["fingerprint"] for name, row in archived.rows().items()}
    gone, there = str(archived.root / "gone.md"), str(archived.root / "b.md")
    known = {fingerprints["a.md"]: ("id of a", gone), fingerprints["b.md"]: ("id of b", there)}
    archived.write_bytes("copy.md", (archived.root / "b.md").read_bytes())
    again = SyncedArchive(archived.root)
    again.sync(identities=Identities(by_path={there: "id of b"}, by_fingerprint=known))
    # The copy gets a new id, because the article that the marks know still exists at its path.
    assert again.ids() == {"a.md": "id of a", "b.md": "id of b", "copy.md": archived.first_id("copy.md")}


def test_ids_are_unique_even_if_the_marks_conflict(archived: SyncedArchive) -> None:
    for name in ("a.md", "b.md", "c.md"):
        archived.write(name, "一")
    archived.sync()
    (fingerprint,) = {row["fingerprint"] for row in archived.rows().values()}
    again = SyncedArchive(archived.root)
    gone = str(archived.root / "gone.md")
    by_path = {str(archived.root / "b.md"): archived.first_id("a.md")}
    again.sync(identities=Identities(by_path, {fingerprint: ("id", gone)}))
    assert len(set(again.ids().values())) == 3
    assert "id" in again.ids().values()


def test_progress_is_reported_in_the_order_of_the_stages(archived: SyncedArchive) -> None:
    for number in range(5):
        archived.write(f"{number}.md", f"第{number}篇")
    reports: list[SyncProgress] = []
    archived.sync(report=reports.append)
    order = list(SyncStage)
    assert [order.index(one.stage) for one in reports] == sorted(order.index(one.stage) for one in reports)
    assert {one.stage for one in reports} == set(SyncStage)
    assert reports[-1] == SyncProgress(SyncStage.DONE, 5, 5, changed=True)
    assert all(one.total is None or 0 <= one.done <= one.total for one in reports)
    # All titles are reported as indexed before the texts are read.
    assert any(one.changed and one.done == 5 for one in reports if one.stage is SyncStage.HEADS)


# Interrupted and partial syncs


@pytest.mark.parametrize("asked", [0, 1, 2, 5, 7, 8, 9, 12, 16])
def test_the_next_sync_completes_an_interrupted_one(
    archived: SyncedArchive, monkeypatch: pytest.MonkeyPatch, asked: int
) -> None:
    some_articles(archived)
    monkeypatch.setattr(syncing, "_HEADS_A_JOB", 1)
    monkeypatch.setattr(text_stage, "_TEXTS_A_JOB", 1)
    assert not archived.sync(stopped=stop_after(asked)).complete
    assert archived.sync().complete
    assert (archived.derived(), archived.ids(), archived.shown()) == rebuilt_content(archived)


@pytest.mark.parametrize("texts", [True, False])
def test_a_sync_may_read_titles_first_and_texts_later(archived: SyncedArchive, *, texts: bool) -> None:
    some_articles(archived)
    archived.sync(texts=False)
    assert {row["length"] for row in archived.rows().values()} == {None}
    assert archived.finds("灯塔") == set()
    assert archived.connection.execute("SELECT value FROM meta WHERE name = 'complete'").get == "heads"
    if not texts:
        archived.write("x/1.md", "另一篇")
        archived.sync(texts=False)
    archived.sync()
    assert (archived.derived(), archived.ids(), archived.shown()) == rebuilt_content(archived)
    assert archived.connection.execute("SELECT value FROM meta WHERE name = 'complete'").get == "texts"


@pytest.mark.parametrize("seed", range(40))
def test_after_random_changes_the_index_equals_one_built_from_scratch(archived: SyncedArchive, seed: int) -> None:
    changes = Changes(archived, seed, binary=seed % 4 == 0)
    for _ in range(5):
        changes.some()
        archived.sync()
        mine, others = archived.derived(), rebuilt(archived).derived()
        if seed % 4 == 0:
            # What became an article was refused before, see above.
            assert mine.pop("refused").items() >= others.pop("refused").items()
        assert mine == others
        ids = archived.ids().values()
        assert len(ids) == len(set(ids))
