"""Titles that navigation files give to articles are updated when the navigation changes."""

from pathlib import Path

import pytest

from tests.index.syncing import SyncedArchive

TEXT = "灯塔在海边，第一段没有标题，只有很长很长的一句话，说的是海与灯，还有守塔人在夜里走上楼梯的事情。\n"


def _titles(archived: SyncedArchive) -> dict[str, str]:
    return {path: row["title"] for path, row in archived.rows().items()}


def _write(root: Path, name: str, text: str) -> None:
    (root / name).parent.mkdir(parents=True, exist_ok=True)
    (root / name).write_text(text, "utf-8")


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("book/SUMMARY.md", "* [海](a1.md)\n", "* [灯与海](a1.md)\n"),
        ("book/_sidebar.md", "* [海](a1.md)\n", "* [灯与海](a1.md)\n"),
        (
            "book/.vitepress/config.ts",
            "export default { sidebar: [{ text: '海', link: '/a1' }] }",
            "export default { sidebar: [{ text: '灯与海', link: '/a1' }] }",
        ),
        ("mkdocs.yml", "docs_dir: book\nnav:\n  - 海: a1.md\n", "docs_dir: book\nnav:\n  - 灯与海: a1.md\n"),
    ],
)
def test_a_change_of_the_navigation_changes_titles(name: str, before: str, after: str, archived: SyncedArchive) -> None:
    _write(archived.root, "book/a1.md", TEXT)
    _write(archived.root, "book/b/a2.md", TEXT)
    _write(archived.root, "other/a3.md", TEXT)
    archived.sync()
    found = _titles(archived)
    _write(archived.root, name, before)
    archived.sync()
    assert _titles(archived)["book/a1.md"] == "海"
    _write(archived.root, name, after)
    summary = archived.sync()
    assert _titles(archived)["book/a1.md"] == "灯与海"
    assert summary.changed == (2 if name.endswith(".md") else 1)
    (archived.root / name).unlink()
    archived.sync()
    assert _titles(archived) == found


def test_without_a_change_nothing_is_read_again(archived: SyncedArchive) -> None:
    _write(archived.root, "book/a1.md", TEXT)
    _write(archived.root, "book/SUMMARY.md", "* [海](a1.md)\n")
    archived.sync()
    assert archived.sync().changed == 0
