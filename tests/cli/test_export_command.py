"""`reader export`, called as from a shell: folders, queries, books, standard output."""

import json
import os
import zipfile
from pathlib import Path

import pytest

from reader.export.export_formats import FORMATS, format_of_name
from reader.export.exporter import ExportOptions
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


@pytest.mark.parametrize(
    ("name", "begins"),
    [("n.md", "#"), ("n.TXT", "甲"), ("n.html", "<!"), ("n.json", "{"), ("n.bib", "@online"), ("n.csl.json", "[")],
)
def test_the_suffix_of_a_named_file_tells_the_format(
    name: str, begins: str, archive: Path, command: Run, tmp_path: Path
) -> None:
    file = tmp_path / "new" / name
    assert command("export", archive / "a.md", "-o", file) == (0, f"{file}\n", "")
    text = file.read_text("utf-8").lstrip()
    assert text.startswith(begins) or (begins == "#" and "# 甲" in text)
    assert command("export", archive / "a.md", "-o", file)[0] == 1, "an existing file is kept"


def test_a_format_beats_the_suffix_and_the_article_is_never_overwritten(
    archive: Path, command: Run, tmp_path: Path
) -> None:
    assert command("export", archive / "a.md", "-o", tmp_path / "x.txt", "--format", "ris")[0] == 0
    assert (tmp_path / "x.txt").read_text("utf-8").startswith("TY  - ELEC")
    before = (archive / "a.md").read_bytes()
    assert command("export", archive / "a.md", "-o", archive / "a.md", "--force")[0] == 1
    assert (archive / "a.md").read_bytes() == before


def test_several_articles_in_one_named_file(archive: Path, command: Run, tmp_path: Path) -> None:
    both = ("export", "-a", archive, "-q", "")
    for name in ("n.epub", "n.bib", "n.ris", "n.json", "n.csl.json"):
        assert command(*both, "-o", tmp_path / name) == (0, f"{tmp_path / name}\n", "")
    assert "EPUB/chapter2.xhtml" in zipfile.ZipFile(tmp_path / "n.epub").namelist()
    assert (tmp_path / "n.bib").read_text("utf-8").count("@online{") == 2
    assert (tmp_path / "n.ris").read_text("utf-8").count("ER  - ") == 2
    for name in ("n.json", "n.csl.json"):
        assert [one["title"] for one in json.loads((tmp_path / name).read_text("utf-8"))] == ["乙 harbour", "甲 bridge"]
    code, out, err = command(*both, "-o", tmp_path / "n.md")
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert ".epub, .json, .bib, .ris" in err


def test_citations_of_a_query_are_one_file(archive: Path, command: Run) -> None:
    folder = Path(os.environ["XDG_DOCUMENTS_DIR"]) / "reader"
    for _time in range(2):
        code, out, _err = command("export", "-a", archive, "-q", "date:2021", "--format", "bibtex")
        assert (code, out.count("\n"), Path(out.strip()).parent) == (0, 1, folder)
    assert Path(out.strip()).read_text("utf-8").count("@online{") == 2
    code, out, _err = command("export", "-a", archive, "-q", "", "--format", "csl", "-o", "-")
    assert len(json.loads(out)) == 2


def test_a_query_without_results(archive: Path, command: Run) -> None:
    assert command("export", "-a", archive, "-q", "nowhere") == (1, "", "reader: no article matches “nowhere”\n")


def test_suffixes_are_those_of_the_exporters() -> None:
    for one in FORMATS.values():
        assert one.exporter(ExportOptions()).suffix == one.suffix
        assert format_of_name(f"x{one.suffix}") is one
    assert [format_of_name(name) for name in ("x", "x.d", ".md")] == [None] * 3


def test_notes_by_a_template_are_updated_where_they_are(archive: Path, command: Run, tmp_path: Path) -> None:
    vault = tmp_path / "vault"
    arguments = ("export", archive / "a.md", "--template", "obsidian", "-o", vault)
    written = vault / "甲 bridge.md"
    for _time in range(2):
        assert command(*arguments) == (0, f"{written}\n", "")
    before = written.read_text("utf-8")
    write_article(archive / "a.md", "Another title", "<p>The bridge is open.</p>", day=1)
    assert command(*arguments) == (0, f"{written}\n", ""), "links to the note stay valid"
    assert "is open" in written.read_text("utf-8") != before
    written.write_text("mine", "utf-8")
    assert command(*arguments) == (0, f"{vault / 'Another title.md'}\n", "")
    assert written.read_text("utf-8") == "mine"


def test_the_template_of_the_settings(archive: Path, command: Run) -> None:
    config = Path(os.environ["XDG_CONFIG_HOME"]) / "reader"
    (config / "templates").mkdir(parents=True)
    (config / "templates" / "own.md").write_text("{{ title|upper }}", "utf-8")
    (config / "settings.yaml").write_text("export_template: own\n", "utf-8")
    assert command("export", archive / "a.md", "--format", "markdown", "-o", "-") == (0, "甲 BRIDGE\n", "")
    assert "# 甲" in command("export", archive / "a.md", "--template", "plain", "-o", "-")[1]
    assert "The bridge." in command("export", archive / "a.md", "-o", "-")[1], "text has no template"
    code, _out, err = command("export", archive / "a.md", "--format", "html", "--template", "own", "-o", "-")
    assert (code, "--format markdown" in err) == (2, True)


def _with_settings(**values: object) -> None:
    config = Path(os.environ["XDG_CONFIG_HOME"]) / "reader"
    config.mkdir(parents=True, exist_ok=True)
    (config / "settings.yaml").write_text(json.dumps(values), "utf-8")


@pytest.mark.parametrize("how", ["named", "settings", "environment"])
@pytest.mark.parametrize(
    "output", ["archive", "archive/sub/out", "archive/book.epub", "link/out", "archive/../archive"]
)
def test_nothing_is_written_into_an_archive(
    how: str, output: str, archive: Path, command: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "link").symlink_to(archive)
    before = sorted(archive.rglob("*"))
    named = ["-a", archive] if how == "named" else []
    if how == "settings":
        _with_settings(archives=[str(archive)])
    if how == "environment":
        monkeypatch.setenv("READER_ARCHIVE", str(archive))
    commands: tuple[tuple[object, ...], ...] = (
        ("export", archive / "a.md", *named),
        ("export", archive / "a.md", *named, "--force", "--template", "obsidian"),
        ("export", "-q", "bridge", *named),
        ("marks", "export", *named),
    )
    for arguments in commands:
        code, out, err = command(*arguments, "-o", tmp_path / output)
        assert (code, out, err.count("\n")) == (2, "", 1)
        assert "lies in the archive" in err
    if how != "named":
        assert command("marks", "words", "-o", tmp_path / output)[0] == 2
    assert sorted(archive.rglob("*")) == before


def test_beside_a_lone_file_exports_are_written(archive: Path, command: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(archive)
    assert command("export", "a.md", "-o", ".") == (0, "甲 bridge.txt\n", "")


def test_a_file_with_several_articles_is_not_replaced_by_one_of_them(command: Run, tmp_path: Path) -> None:
    bundle = tmp_path / "saved.json"
    items = [
        {"id": name, "title": name, "content_html": f"<p>{name} text.</p>", "url": name} for name in ("one", "two")
    ]
    content = json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "t", "items": items})
    bundle.write_text(content, "utf-8")
    listed = command("list", "-a", bundle, "--format", "{path}")[1].splitlines()
    assert len(listed) == 2
    for target in (bundle, listed[0]):
        code, _out, err = command("export", target, "--format", "json", "-o", bundle, "--force")
        assert (code, "lies in the archive" in err) == (2, True)
    assert bundle.read_text("utf-8") == content


def test_the_folder_of_exports_is_in_no_archive_of_the_settings(command: Run, tmp_path: Path) -> None:
    documents = Path(os.environ["XDG_DOCUMENTS_DIR"])
    _with_settings(archives=[str(documents)])
    write_article(tmp_path / "elsewhere" / "a.md", "甲 bridge", "<p>The bridge.</p>", day=1)
    code, out, _err = command("export", tmp_path / "elsewhere" / "a.md")
    assert code == 0
    assert not Path(out.strip()).is_relative_to(documents)


@pytest.mark.parametrize("template", ["obsidian", "logseq", "own"])
def test_a_note_that_the_user_has_changed_is_kept(template: str, archive: Path, command: Run, tmp_path: Path) -> None:
    (tmp_path / "own.md").write_text("# {{ title }}\n\n{{ body }}\n", "utf-8")
    named = tmp_path / "own.md" if template == "own" else template
    export = ("export", archive / "a.md", "--template", named, "-o", tmp_path / "notes")
    assert command(*export)[0] == 0
    (note,) = (tmp_path / "notes").iterdir()
    edited = note.read_text("utf-8") + "\nMy own thoughts.\n"
    note.write_text(edited, "utf-8")

    code, out, err = command(*export, "--force")
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert "“--force” does not apply" in err
    assert "--template plain" in err
    assert command(*export)[0] == 0
    assert note.read_text("utf-8") == edited
    # Plain Markdown, a file that is named, and standard output are not updated in place.
    for others in (("--template", "plain", "-o", tmp_path / "plain"), ("-o", tmp_path / "a.md"), ("-o", "-")):
        for _twice in range(2):
            assert command(*export[:4], *others, "--force")[0] == 0
