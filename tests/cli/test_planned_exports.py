"""The names of articles that are exported together are chosen before any is written, and hold whatever fails."""

import os
from pathlib import Path

import pytest

from reader.settings.folders import EXPORTS, config_folder, data_folder
from tests.cli.run_type import Run

BODY_TEMPLATE = "# {{ title }}\n{{ body.split()[0] }}\n{{ body }}\n"


def written(folder: Path, files: dict[str, str]) -> list[Path]:
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / name).write_text(text, "utf-8")
    return [folder / name for name in files]


def texts(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text("utf-8") for path in folder.iterdir()}


TWO = {"a.md": "# One\n\nTo [b](b.md).\n", "b.md": "# Two\n\nTo [a](a.md).\n"}


def test_a_template_that_needs_text_exports_several_articles(command: Run, tmp_path: Path) -> None:
    (tmp_path / "t.md").write_text(BODY_TEMPLATE)
    files, out = written(tmp_path / "in", TWO), tmp_path / "o"
    code, _out, err = command("export", *files, "--template", tmp_path / "t.md", "-o", out)
    assert (code, err) == (0, "")
    assert texts(out) == {"One.md": "# One\nTo\nTo [b](Two.md).\n", "Two.md": "# Two\nTo\nTo [a](One.md).\n"}


def test_a_name_that_cannot_be_planned_gets_no_links(command: Run, tmp_path: Path) -> None:
    # The first article has no tags, so its name fails; the name of neither depends on what the output fails with.
    (tmp_path / "t.md").write_text("{% set file_name = title ~ tags[0] %}\n{{ body }}\n")
    two = {**TWO, "b.md": "---\ntags: [sea]\n---\n" + TWO["b.md"], "c.md": "---\ntags: [x]\n---\n[b](b.md) [a](a.md)\n"}
    files, out = written(tmp_path / "in", two), tmp_path / "o"
    code, _out, err = command("export", *files, "--template", tmp_path / "t.md", "-o", out)
    assert code == 1
    assert err.count("has no element 0") == 1
    assert texts(out) == {"Twosea.md": "To [a](a.md).\n", "cx.md": "[b](Twosea.md) [a](a.md)\n"}


def test_names_from_the_text_get_no_links(command: Run, tmp_path: Path) -> None:
    template = "{% set file_name = title %}{% if title == 'One' %}{% set file_name = body[:3] %}{% endif %}"
    (tmp_path / "t.md").write_text(template + "{{ body }}\n")
    files, out = (
        written(tmp_path / "in", {"a.md": "# One\n\nTwo\n", "b.md": "# Two\n\nTo [a](a.md).\n"}),
        tmp_path / "o",
    )
    code, _out, err = command("export", *files, "--template", tmp_path / "t.md", "-o", out)
    # There is no a.md beside the exports, so the user is told of the link.
    assert (code, err) == (0, "reader: warning: 1 link refers to something that is not exported: a.md\n")
    assert texts(out) == {"Two.md": "Two\n", "Two (2).md": "To [a](a.md).\n"}


@pytest.mark.parametrize("where", ["folder", "settings", "template"])
def test_links_lead_to_the_right_files_after_an_error(
    where: str, command: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive, out = tmp_path / "archive", tmp_path / "out"
    written(archive, {"s1.md": "# Same\n\n1\n", "s2.md": "# Same\n\n2\n", "b.md": "# B\n\n[s1](s1.md) [s2](s2.md)\n"})
    monkeypatch.setenv("READER_ARCHIVE", str(archive))
    assert command("index")[0] == 0
    state = (archive / "s1.md").stat()
    (archive / "s1.md").write_bytes(b"\0" * state.st_size)
    os.utime(archive / "s1.md", ns=(state.st_atime_ns, state.st_mtime_ns))
    more = {
        "folder": ("-o", out),
        "settings": (),
        "template": ("--template", "obsidian", "-o", out),
    }[where]
    config_folder().mkdir(parents=True)
    (config_folder() / "settings.yaml").write_text(f"export_folder: {out}\n", "utf-8")
    code, _out, err = command("export", "-q", "", "--format", "markdown", *more)
    assert (code, err.count("s1.md")) == (1, 1)
    found = texts(out)
    (name,) = [name for name, text in found.items() if name.startswith("Same") and "2" in text.splitlines()[-1]]
    address = name.replace(" ", "%20").replace("(", "%28").replace(")", "%29")
    assert f"[s2]({address})" in found["B.md"] or f"[[{name.removesuffix('.md')}|s2]]" in found["B.md"]
    assert f"[s1]({address})" not in found["B.md"]
    assert f"[[{name.removesuffix('.md')}|s1]]" not in found["B.md"]


def test_an_article_that_is_named_twice_has_two_files(command: Run, tmp_path: Path) -> None:
    (file,) = written(tmp_path / "in", {"a.md": "# One\n"})
    code, _out, err = command("export", file, file, "--format", "markdown", "-o", tmp_path / "o")
    assert (code, err) == (0, "")
    assert set(texts(tmp_path / "o")) == {"One.md", "One (2).md"}


def test_the_record_is_kept(command: Run, tmp_path: Path) -> None:
    (tmp_path / "t.md").write_text("{{ body }}\n")
    files, out = written(tmp_path / "in", TWO), tmp_path / "o"
    for _time in range(2):
        assert command("export", *files, "--template", tmp_path / "t.md", "-o", out)[0] == 0
        assert set(texts(out)) == {"One.md", "Two.md"}
    assert (data_folder() / EXPORTS).read_text("utf-8").count("One.md") == 1
