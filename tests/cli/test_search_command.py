"""The commands that use the index, called as from a shell."""

import json
from pathlib import Path

import pytest

from tests.articles import write_article
from tests.cli.run_type import Run


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    folder = tmp_path / "archive"
    write_article(folder / "a.md", "进博会闭幕", "<p>展会在上海闭幕，意向成交707.2亿美元。</p>", day=1)
    write_article(folder / "b.md", "港口扩建", "<p>港口在进博会之后扩建，图书馆也开了门。</p>", day=2)
    write_article(folder / "c.md", "On Bridges", "<p>A bridge is a promise.</p><pre><code>x = 1</code></pre>", day=3)
    (folder / "d.md").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4)
    return folder


@pytest.fixture(autouse=True)
def _kept_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))


def titles(command: Run, archive: Path, *query: str) -> list[str]:
    return [one["title"] for one in json.loads(command("search", "-a", archive, "--json", *query)[1])]


def test_search_finds_chinese_from_one_character_up_and_titles_first(archive: Path, command: Run) -> None:
    assert titles(command, archive, "进博会") == ["进博会闭幕", "港口扩建"]
    assert titles(command, archive, "馆") == ["港口扩建"]
    assert titles(command, archive, "BRIDGE") == ["On Bridges"]
    assert titles(command, archive, "进博会", "-图书馆") == ["进博会闭幕"]
    assert titles(command, archive, "has:code") == ["On Bridges"]


def test_search_prints_all_fields_of_its_results(archive: Path, command: Run) -> None:
    code, out, err = command("search", "-a", archive, "--json", "--limit", 1, "图书馆")
    assert (code, err) == (0, "")
    (found,) = json.loads(out)
    assert set(found) == {"id", "title", "date", "path", "excerpt", "score", "positions"}
    assert Path(found["path"]) == archive / "b.md"
    assert "图书馆" in found["excerpt"]
    listed = json.loads(command("list", "-a", archive, "--json", "图书馆")[1])
    assert [one["id"] for one in listed] == [found["id"]]


def test_no_result_and_an_invalid_query_have_exit_codes(archive: Path, command: Run) -> None:
    assert command("search", "-a", archive, "没有这个词")[0] == 1
    code, out, err = command("search", "-a", archive, "(进博会")
    assert (code, out) == (2, "")
    assert err.startswith("reader: ")


def test_index_prints_one_line_of_figures_and_keeps_the_index(archive: Path, command: Run, tmp_path: Path) -> None:
    code, out, err = command("index", "-a", archive)
    assert (code, err) == (0, "")
    assert out.startswith("archive: 3 articles, 1 warning, ")
    assert list((tmp_path / "cache").rglob("*.db"))
    write_article(archive / "e.md", "新写的", "<p>刚写好。</p>")
    assert titles(command, archive, "刚写好") == ["新写的"]


def test_index_counts_the_warnings_that_check_lists(archive: Path, command: Run) -> None:
    (archive / "two.md").write_text("---\ntitle:\ndate: someday\n---\n海\n", "utf-8")
    _code, out, _err = command("index", "-a", archive)
    assert "4 articles, 3 warnings, " in out
    assert command("check", "-a", archive)[1].endswith("3 warnings\n")


def test_corrupt_index_is_rebuilt_and_reported(archive: Path, command: Run, tmp_path: Path) -> None:
    command("index", "-a", archive)
    (index,) = (tmp_path / "cache").rglob("*.db")
    for suffix in ("-wal", "-shm"):
        index.with_name(index.name + suffix).unlink(missing_ok=True)
    index.write_bytes(b"no database" * 1_000)
    code, out, err = command("search", "-a", archive, "--json", "图书馆")
    assert code == 0
    assert len(json.loads(out)) == 1
    assert "Rebuilding the index" in err


def test_unwritable_cache_does_not_prevent_searching(archive: Path, command: Run, tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file where a folder should be")
    code, out, err = command("search", "-a", archive, "--json", "图书馆")
    assert code == 0
    assert len(json.loads(out)) == 1
    assert "XDG_CACHE_HOME" in err


def test_unreadable_marks_do_not_prevent_searching(archive: Path, command: Run, tmp_path: Path) -> None:
    store = tmp_path / "data" / "reader" / "marks.db"
    store.parent.mkdir(parents=True)
    store.write_bytes(b"no database" * 1_000)
    assert titles(command, archive, "图书馆") == ["港口扩建"]
    code, out, err = command("search", "-a", archive, "is:unread")
    assert (code, out) == (1, "")
    assert "marks.db" in err


def test_index_that_cannot_be_locked_is_reported_at_once(archive: Path, command: Run, tmp_path: Path) -> None:
    command("index", "-a", archive)
    (lock,) = (tmp_path / "cache").rglob("*.lock")
    lock.unlink()
    lock.mkdir()
    assert command("index", "-a", archive)[0] == 0, "an empty folder in its place is removed"
    lock.unlink(missing_ok=True)
    lock.mkdir()
    (lock / "somebody's").touch()
    code, _out, err = command("index", "-a", archive)
    assert code == 1
    assert "cannot be locked" in err


def test_check_lists_unreadable_files(archive: Path, command: Run) -> None:
    code, out, _err = command("check", "-a", archive, "--json")
    assert code == 1
    assert [Path(one["path"]).name for one in json.loads(out)] == ["d.md"]
    (archive / "d.md").unlink()
    assert command("check", "-a", archive)[0] == 0


def test_stats_count_by_category_source_and_month(archive: Path, command: Run) -> None:
    code, out, _err = command("stats", "-a", archive)
    assert code == 0
    assert out.startswith("3 articles\n")
    assert "2021-11" in out
    assert "█" in out
