"""Orphans are found once for each state of the archives, also across sessions."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from reader.archive.archive import open_archives
from reader.finding.linked import LinkQueries
from reader.index.index import Index
from reader.indexing.update import UpdateOptions, update


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "notes"
    folder.mkdir()
    (folder / "灯塔.md").write_text("见[[渡口]]。\n", encoding="utf-8")
    (folder / "渡口.md").write_text("没有链接。\n", encoding="utf-8")
    return folder


@contextmanager
def indexed(root: Path) -> Iterator[Index]:
    (archive,) = open_archives([root])
    path = str(root.parent / "index.db")
    update(0, archive, path, UpdateOptions())
    with closing(Index(archive, path)) as index:
        yield index


def orphans(index: Index) -> set[str]:
    ids = LinkQueries([index]).orphans()
    return {article.path.name for article in index.articles(index.shown_keys()).values() if article.id in ids}


def forbid_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_queries: LinkQueries) -> frozenset[str]:
        raise AssertionError

    monkeypatch.setattr(LinkQueries, "_found_orphans", fail)


def test_orphans_are_kept_for_the_next_session(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with indexed(root) as index:
        assert orphans(index) == {"灯塔.md"}
    forbid_finding(monkeypatch)
    # The second update changes nothing.
    with indexed(root) as index:
        assert orphans(index) == {"灯塔.md"}


@pytest.mark.parametrize("text", ["回到[[灯塔]]。\n", "没有链接了。\n"])
def test_a_change_of_a_text_makes_them_be_found_again(root: Path, text: str) -> None:
    with indexed(root) as index:
        assert orphans(index) == {"灯塔.md"}
    (root / "渡口.md").write_text(text, encoding="utf-8")
    with indexed(root) as index:
        assert orphans(index) == ({"灯塔.md"} if "回到" not in text else set())


def test_a_deleted_article_is_no_orphan(root: Path) -> None:
    with indexed(root) as index:
        assert orphans(index) == {"灯塔.md"}
    (root / "灯塔.md").unlink()
    with indexed(root) as index:
        assert orphans(index) == {"渡口.md"}


def test_a_new_configuration_of_the_site_makes_them_be_found_again(root: Path) -> None:
    (root / "_config.yml").write_text("url: https://elsewhere.test\n", encoding="utf-8")
    (root / "灯塔.md").write_text("---\ntitle: 灯塔\n---\n见[渡口](https://ferries.test/渡口/)。\n", encoding="utf-8")
    with indexed(root) as index:
        # The address is that of another site.
        assert orphans(index) == {"灯塔.md", "渡口.md"}
        (root / "_config.yml").write_text("url: https://ferries.test\n", encoding="utf-8")
        assert orphans(index) == {"灯塔.md"}


def test_a_damaged_file_is_replaced(root: Path) -> None:
    with indexed(root) as index:
        assert orphans(index) == {"灯塔.md"}
        file = root.parent / "index.orphans"
        before = file.read_bytes()
        assert file.stat().st_mode & 0o077 == 0
        file.write_bytes(b"\xff\x00")
        assert orphans(index) == {"灯塔.md"}
        assert file.read_bytes() == before


def test_a_file_that_cannot_be_written_does_no_harm(root: Path) -> None:
    (root.parent / "index.orphans").mkdir()
    with indexed(root) as index:
        assert orphans(index) == {"灯塔.md"}
    assert not list(root.parent.glob("*.tmp"))
