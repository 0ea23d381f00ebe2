"""`reader export`, called as from a shell: folders, queries, books, standard output."""

import json
import os
import zipfile
from pathlib import Path

import pytest

from tests.articles import write_article
from tests.cli.run_type import Run


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    folder = tmp_path / "archive"
    write_article(folder / "a.md", "甲 bridge", "<p>The bridge.</p>", day=1)
    write_article(folder / "b.md", "乙 harbour", "<p>Ships.</p>", day=2)
    return folder


def test_without_a_folder_exports_go_to_that_of_the_settings(
    archive: Path, command: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(archive)
    before = sorted(archive.iterdir())
    documents = Path(os.environ["XDG_DOCUMENTS_DIR"]) / "reader"
    for _time in range(2):
        assert command("export", "a.md") == (0, f"{documents / '甲 bridge.txt'}\n", "")
    assert sorted(archive.iterdir()) == before
    config = Path(os.environ["XDG_CONFIG_HOME"]) / "reader"
    config.mkdir(parents=True)
    (config / "settings.yaml").write_text(f"export_folder: {archive / 'exports'}\n", "utf-8")
    code, out, err = command("export", "a.md")
    assert (code, out) == (1, "")
    assert "lies in the archive" in err
    assert sorted(archive.iterdir()) == before


def test_articles_of_a_query(archive: Path, command: Run, tmp_path: Path) -> None:
    code, out, _err = command("export", "-a", archive, "-q", "bridge", "--format", "html", "-o", tmp_path / "out")
    assert (code, [Path(line).name for line in out.splitlines()]) == (0, ["甲 bridge.html"])


def test_several_articles_are_one_book(archive: Path, command: Run, tmp_path: Path) -> None:
    arguments = ("export", "-a", archive, "-q", "", "--format", "epub", "--book", "All", "-o", tmp_path / "out")
    assert command(*arguments) == (0, f"{tmp_path / 'out' / 'All.epub'}\n", "")
    names = zipfile.ZipFile(tmp_path / "out" / "All.epub").namelist()
    assert {"EPUB/chapter1.xhtml", "EPUB/chapter2.xhtml"} <= set(names)
    assert command(*arguments)[0] == 1, "an existing file is kept"
    assert command(*arguments, "--force")[0] == 0


def test_standard_output(archive: Path, command: Run) -> None:
    code, out, err = command("export", archive / "a.md", "--format", "json", "-o", "-")
    assert (code, err) == (0, "")
    assert json.loads(out)["title"] == "甲 bridge"
    assert (
        command("export", archive / "a.md", archive / "b.md", "--format", "bibtex", "-o", "-")[1].count("@online") == 2
    )


@pytest.mark.parametrize(
    "arguments",
    [[], ["a.md", "-q", "x"], ["a.md", "--book", "T"], ["a.md", "--format", "epub", "--book", "T", "-o", "-"]],
)
def test_contradictory_arguments(arguments: list[str], command: Run) -> None:
    code, out, err = command("export", *arguments)
    assert (code, out, err.count("\n")) == (2, "", 1)
