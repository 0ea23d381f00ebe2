"""`reader marks`, called as from a shell: export, import, check and restore."""

import json
import os
import shutil
import sys
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest

from reader.archive.article import Article
from reader.cli.index_progress import current
from reader.document.anchor import anchor
from reader.document.document import Position, Range
from reader.finding.marked import MarksCache
from reader.marks.backups import back_up
from reader.marks.facade import Marks
from reader.reading.opened_article import open_article
from reader.search.query_tree import State
from reader.settings.folders import data_folder
from reader.settings.options import Settings
from tests.articles import write_article
from tests.cli.run_type import Run

WORDS = "灯塔在夜里亮着"


@contextmanager
def marking(folder: Path) -> Iterator[tuple[Marks, dict[str, Article]]]:
    """The database that the command uses, and the articles of an archive by file name."""
    with current([folder], Settings()) as indexed:
        (index,) = indexed.indexes
        found = [index.article(one) for (one,) in index.rows("SELECT id FROM article")]
        marks = Marks(data_folder() / "marks.db", index.fingerprint)
        yield marks, {one[1].path.stem: one[1] for one in found if one is not None}
        marks.close()


@pytest.fixture
def archive(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """Three articles: one with a highlight and a note, one with a bookmark, one with a star."""
    folder = tmp_path / "archive"
    for name in ("noted", "bookmarked", "starred"):
        write_article(folder / f"{name}.md", f"论{name}", f"<div><p>{WORDS}，{name}。</p></div>")
    with marking(folder) as (marks, known):
        reading = open_article(known["noted"])
        span = Range(Position(0, 0), Position(0, 4))
        marks.highlights.add(known["noted"], anchor(reading.document, span), "一节", 2, "一条笔记")
        marks.bookmarks.add(known["bookmarked"], Position(0), "这里", "", WORDS)
        marks.articles.star(known["starred"], starred=True)
    capsys.readouterr()
    return folder


def forget(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Delete all data, as on another machine."""
    for variable in ("XDG_DATA_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(variable, str(tmp_path / "elsewhere" / variable))


def test_export_contains_everything_and_can_be_imported_elsewhere(
    archive: Path, tmp_path: Path, command: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    del archive
    code, out, err = command("marks", "export")
    assert (code, err) == (0, "")
    file = tmp_path / "marks.json"
    assert command("marks", "export", "-o", file)[0] == 0
    assert json.loads(file.read_text(encoding="utf-8")) == json.loads(out)
    forget(monkeypatch, tmp_path)
    assert command("marks", "import", file)[0] == 0
    assert json.loads(command("marks", "export")[1])["articles"] == json.loads(out)["articles"]
    assert command("marks", "import", file)[1].strip() == "Nothing new to import"


@pytest.mark.parametrize("indexed_first", [True, False])
@pytest.mark.parametrize("edited", [True, False])
def test_imported_marks_find_the_articles_of_a_moved_archive(
    archive: Path,
    tmp_path: Path,
    command: Run,
    monkeypatch: pytest.MonkeyPatch,
    *,
    indexed_first: bool,
    edited: bool,
) -> None:
    file = tmp_path / "marks.json"
    command("marks", "export", "-o", file)
    forget(monkeypatch, tmp_path)
    there = tmp_path / "there"
    shutil.move(archive, there)
    if edited:
        # Only the unchanged articles: one with other text and another path is another article.
        write_article(there / "new.md", "新的", "<p>新的</p>")
    if indexed_first:
        command("index", "-a", there)
    command("marks", "import", file)
    titles = [line.split("  ")[1] for line in command("list", "-a", there, "is:highlighted")[1].splitlines()]
    assert titles == ["论noted"]
    assert len(command("list", "-a", there, "is:starred")[1].splitlines()) == 1


def test_a_file_of_the_database_is_not_read_as_an_article(archive: Path, command: Run) -> None:
    database = data_folder() / "marks.db"
    assert database.exists()
    code, printed, error = command("list", "-a", str(database))
    assert (code, printed) == (2, "")
    assert f"{database} belongs to the marks database" in error
    assert command("list", "-a", str(archive))[0] == 0


def test_markdown_contains_the_selected_marks_and_names_the_archives(archive: Path, command: Run) -> None:
    code, out, err = command("marks", "export", "--markdown", "-a", archive, "is:noted")
    assert (code, err) == (0, "")
    assert "论noted" in out
    assert WORDS[:4] in out
    assert "一条笔记" in out
    assert "论bookmarked" not in out
    assert "论bookmarked" in command("marks", "export", "--markdown")[1]
    code, out, err = command("marks", "export", "--markdown", "-a", archive, "nowhere")
    assert (code, out) == (1, "")
    assert "No match" in err
    assert str(archive) in err


def test_existing_file_is_not_overwritten(archive: Path, tmp_path: Path, command: Run) -> None:
    del archive
    file = tmp_path / "marks.json"
    file.write_text("precious")
    code, _out, err = command("marks", "export", "-o", file)
    assert code == 1
    assert "--force" in err
    assert file.read_text() == "precious"
    assert command("marks", "export", "-o", file, "--force")[0] == 0


@pytest.mark.parametrize("content", ["", "{", "[]", '{"format": "other"}'])
def test_invalid_file_of_marks_is_one_clear_error(tmp_path: Path, command: Run, content: str) -> None:
    file = tmp_path / "marks.json"
    file.write_text(content)
    code, out, err = command("marks", "import", file)
    assert (code, out) == (1, "")
    assert err.startswith("reader: ")
    assert "Traceback" not in err


def test_store_is_checked_and_restored(archive: Path, command: Run) -> None:
    del archive
    code, out, err = command("marks", "check")
    assert (code, err) == (0, "")
    assert out.strip().endswith("marks.db: OK")
    code, _out, err = command("marks", "restore")
    assert code == 1
    assert "nothing to restore" in err
    store = data_folder() / "marks.db"
    store.write_bytes(b"no store of marks at all")
    code, _out, err = command("marks", "check")
    assert code == 1
    assert "marks restore" in err
    code, out, err = command("marks", "restore")
    assert (code, err) == (0, "")
    assert "created a new marks database" in out
    assert any(one.read_bytes() == b"no store of marks at all" for one in store.parent.glob("marks-damaged-*.db"))
    assert command("marks", "check")[0] == 0


def test_a_store_that_is_not_there_is_not_said_to_be_kept(archive: Path, tmp_path: Path, command: Run) -> None:
    del archive
    store = data_folder() / "marks.db"
    back_up(store, why="test")
    for copy in store.parent.glob("backups/*"):
        copy.rename(tmp_path / copy.name)
    for file in store.parent.glob("marks.db*"):
        file.unlink()
    code, out, err = command("marks", "restore")
    assert (code, err) == (0, "")
    assert "no marks database yet" in out
    assert not store.exists()
    for copy in tmp_path.glob("*-test.db"):
        copy.rename(store.parent / "backups" / copy.name)
    code, out, err = command("marks", "restore")
    assert (code, err) == (0, "")
    assert "Restored the marks from" in out
    assert "is kept" not in out


def test_unknown_subcommand_is_a_usage_error(command: Run) -> None:
    code, out, err = command("marks", "nonsense")
    assert (code, out) == (2, "")
    assert "There is no command “marks nonsense”" in err
    # Each name once: the names are those of the argument, too.
    assert err.count("export") == 1


def test_single_star_counts_as_new(archive: Path, tmp_path: Path, command: Run) -> None:
    file = tmp_path / "marks.json"
    command("marks", "export", "-o", file)
    with marking(archive) as (marks, known):
        marks.articles.star(known["starred"], starred=False)
    # Deletions are not recorded, so a deleted mark comes back.
    assert "articles" in command("marks", "import", file)[1]
    assert len(command("list", "-a", archive, "is:starred")[1].splitlines()) == 1


def test_clearing_the_history_prints_counts_and_exports_no_date(
    archive: Path, tmp_path: Path, command: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    with marking(archive) as (marks, known):
        marks.articles.mark_read(known["noted"], read=True)
        marks.articles.save_position(known["starred"], Position(0), 0.5, {("一节", 0): 0.5, ("二节", 0): 1.0})
        marks.days.add(date(2026, 11, 24), 60, 1_000)
    code, out, err = command("marks", "clear-history")
    assert (code, err) == (0, "")
    assert [*map(str.strip, out.splitlines())][1:] == [
        "days in the statistics: 1",
        "articles opened, with progress: 1",
        "section progress: 2",
        "times articles were marked as read: 1",
        "changes that mention it and can no longer be undone: 1",
    ]
    file = tmp_path / "marks.json"
    assert command("marks", "export", "-o", file)[0] == 0
    assert "1970" not in file.read_text()
    articles = json.loads(file.read_text())["articles"]
    assert [one["read"] for one in articles if "read" in one] == [None]
    out = command("marks", "clear-history")[1]
    assert {line.rpartition(": ")[2] for line in out.splitlines()[1:]} == {"0"}
    # The read state is a mark and is imported.
    forget(monkeypatch, tmp_path)
    assert command("marks", "import", file, "-a", archive)[0] == 0
    with marking(archive) as (marks, known):
        assert MarksCache(marks).marked.states[State.READ] == {known["noted"].id}
    assert command("marks", "export")[1] == file.read_text()


def test_clearing_the_history_of_no_store_creates_none(command: Run) -> None:
    code, out, _err = command("marks", "clear-history")
    assert code == 0
    assert "There is no marks database yet" in out
    assert not (data_folder() / "marks.db").exists()


def test_standard_output_gets_the_same_bytes_as_a_file(
    archive: Path, tmp_path: Path, command: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reader.export.highlight_files._source", lambda _one, _article: "a\u200fb")
    for options in (["--format", "readwise"], ["--format", "anki"], ["--markdown"]):
        _code, out, _err = command("marks", "export", *options, "-a", str(archive))
        file = tmp_path / f"{options[-1]}.out"
        command("marks", "export", *options, "-a", str(archive), "-o", str(file))
        assert out.encode() == file.read_bytes()
        assert ("a\u200fb" in out) is (options[-1] == "anki")


def test_a_package_for_anki_is_a_file_and_no_text_for_a_terminal(
    archive: Path, tmp_path: Path, command: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "highlights.apkg"
    assert command("marks", "export", "--format", "apkg", "-a", str(archive), "-o", str(file))[0] == 0
    assert zipfile.is_zipfile(file)
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    code, _out, err = command("marks", "export", "--format", "apkg", "-a", str(archive))
    assert (code, "-o highlights.apkg" in err) == (2, True)


def test_vault_takes_no_output_file_and_loses_the_last_highlight(archive: Path, tmp_path: Path, command: Run) -> None:
    vault = tmp_path / "vault"
    for options in (["-o", "x"], ["--force"]):
        assert command("marks", "export", "--obsidian", str(vault), *options)[0] == 2
    assert not vault.exists()
    command("marks", "export", "--obsidian", str(vault))
    (note,) = vault.iterdir()
    assert "> " in note.read_text(encoding="utf-8")
    with marking(archive) as (marks, known):
        marks.highlights.delete(marks.highlights.of(known["noted"].id)[0])
    assert command("marks", "export", "--obsidian", str(vault), "-a", str(archive))[0] == 1, "a selection without any"
    assert "> " in note.read_text(encoding="utf-8")
    assert command("marks", "export", "--obsidian", str(vault))[0] == 0
    assert "> " not in note.read_text(encoding="utf-8")


def test_highlights_that_are_due(archive: Path, command: Run) -> None:
    code, out, err = command("marks", "due")
    assert (code, out, "reviews_per_day" in err) == (1, "", True)
    config = Path(os.environ["XDG_CONFIG_HOME"]) / "reader"
    config.mkdir(parents=True)
    (config / "settings.yaml").write_text("reviews_per_day: 3\n", "utf-8")
    with marking(archive) as (marks, _known), marks.store.change(None) as connection:
        connection.execute("UPDATE highlight SET created_at = 1")
    assert command("marks", "due") == (0, "灯塔在夜  论noted\n", "")
    assert command("marks", "due", "--count") == (0, "1\n", "")
    (record,) = json.loads(command("marks", "due", "--json")[1])
    assert (record["quotation"], record["due"]) == ("灯塔在夜", None)
