"""Articles that are exported together link to each other, and have their pictures beside them."""

import re
import shutil
import zipfile
from pathlib import Path

import pytest

from tests.cli.run_type import Run

FILES = {
    "lamp.md": """---
title: The lamp_house
tags: [sea]
---

See [ferry](other/ferry.md#夜), [[ferry#夜|at night]], [[ferry]], [here](#part-two), [none](none.md).

![a](img/a.png) ![b](img/none.png)

## Part two

Light, a highlight.
""",
    "other/ferry.md": """---
title: 渡口：夜
url: https://example.org/ferry
tags: [sea]
---

To [[lamp#Part two]], ![p](a.png).

## 夜

A.

## 夜

B [lamp](../lamp.md).
""",
}


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "archive"
    for name, text in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    for name in ("img/a.png", "other/a.png"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(f"picture {name}".encode())
    monkeypatch.setenv("READER_ARCHIVE", str(folder))
    return folder


def read(folder: Path, name: str) -> str:
    return (folder / name).read_text("utf-8")


def links(page: str) -> list[str]:
    return re.findall(r'<a href="([^"]*)"', page)


@pytest.mark.usefixtures("archive")
def test_markdown_has_relative_links(command: Run, tmp_path: Path) -> None:
    assert command("export", "-q", "tag:sea", "--format", "markdown", "-o", tmp_path / "out")[0] == 0
    lamp, ferry = read(tmp_path / "out", "The lamp_house.md"), read(tmp_path / "out", "渡口：夜.md")
    night = "渡口：夜.md#夜"
    assert f"[ferry]({night}), [at night]({night}), [ferry](渡口：夜.md), [here](#part-two), [none](none.md)" in lamp
    assert "[lamp › Part two](The%20lamp_house.md#part-two)" in ferry
    assert "B [lamp](The%20lamp_house.md)." in ferry


@pytest.mark.usefixtures("archive")
def test_notes_of_obsidian_link_by_their_names(command: Run, tmp_path: Path) -> None:
    arguments = ("export", "-q", "tag:sea", "--template", "obsidian", "-o", tmp_path / "out")
    written = []
    for _time in range(2):
        assert command(*arguments)[0] == 0
        written.append([read(tmp_path / "out", name) for name in ("The lamp_house.md", "渡口：夜.md")])
    assert written[0] == written[1]
    lamp, ferry = written[0]
    assert "[[渡口：夜#夜|ferry]], [[渡口：夜#夜|at night]], [[渡口：夜|ferry]], [[#Part two|here]]" in lamp
    # An underscore in a name could be emphasis.
    assert "[lamp › Part two](The%20lamp_house.md#Part%20two)" in ferry


def test_pages_and_chapters_link_to_sections(archive: Path, command: Run, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert command("export", *(archive / name for name in FILES), "--format", "html", "-o", out)[0] == 0
    page = read(out, "The lamp_house.html")
    assert links(page)[:4] == ["渡口：夜.html#s1", "渡口：夜.html#s1", "渡口：夜.html", "#s1"]
    assert '<h2 id="s1">夜</h2>' in read(out, "渡口：夜.html")
    assert "The%20lamp_house.html#s1" in links(read(out, "渡口：夜.html"))
    assert command("export", "-q", "tag:sea", "--format", "epub", "--book", "Sea", "-o", out)[0] == 0
    with zipfile.ZipFile(out / "Sea.epub") as book:
        chapters = {name: book.read(name).decode() for name in book.namelist() if "chapter" in name}
    (lamp,) = [name for name, text in chapters.items() if "<h1>The lamp_house" in text]
    number, other = ("1", "2") if "chapter1" in lamp else ("2", "1")
    found = links(chapters[lamp])
    assert found[:4] == [f"chapter{other}.xhtml#c{other}s1"] * 2 + [f"chapter{other}.xhtml", f"#c{number}s1"]


@pytest.mark.usefixtures("archive")
def test_org_links_to_files_and_headings(command: Run, tmp_path: Path) -> None:
    assert command("export", "-q", "tag:sea", "--format", "org", "-o", tmp_path / "out")[0] == 0
    assert "[[file:The lamp_house.org::*Part two][lamp › Part two]]" in read(tmp_path / "out", "渡口：夜.org")


@pytest.mark.parametrize("chosen", [("-q", "deep"), ("other/deep.md",)])
def test_pictures_are_looked_for_in_the_whole_archive(
    archive: Path, command: Run, tmp_path: Path, chosen: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "# deep\n\n![a](../img/a.png) ![b](/img/a.png) ![[a.png]]\n"
    (archive / "other" / "deep.md").write_text(text, "utf-8")
    monkeypatch.chdir(archive)
    options = "-a", str(archive), "--format", "markdown", "--pictures", "-o", str(tmp_path / "o")
    code, _out, err = command("export", *options, *chosen)
    assert (code, err) == (0, "")
    assert "![a](assets/a.png)" in (written := read(tmp_path / "o", "deep.md"))
    assert "![b](assets/a.png)" in written
    assert "![](assets/a%20%282%29.png)" in written


def test_pictures_are_copied_or_told(archive: Path, command: Run, tmp_path: Path) -> None:
    out = tmp_path / "out"
    arguments = ("export", "-q", "tag:sea", "--format", "markdown", "-o", out)
    code, _out, err = command(*arguments)
    assert code == 0
    assert "1 picture is not copied (img/a.png); “--pictures” copies it" in err
    for _time in range(2):
        code, _out, err = command(*arguments, "--pictures", "--force")
        assert code == 0
        assert "1 picture cannot be copied (img/none.png)" in err
        copies = {path.name: path.read_bytes() for path in (out / "assets").iterdir()}
        assert set(copies) == {"a.png", "a (2).png"}
    text = read(out, "The lamp_house.md") + read(out, "渡口：夜.md")
    for name, content in copies.items():
        alt = "a" if b"img" in content else "p"
        assert f"![{alt}](assets/{name.replace(' ', '%20').replace('(', '%28').replace(')', '%29')})" in text
    assert "![b](img/none.png)" in text
    # A changed picture replaces its copy.
    (archive / "img" / "a.png").write_bytes(b"picture new")
    assert command(*arguments, "--pictures", "--force")[0] == 0
    assert len(list((out / "assets").iterdir())) == 2
    assert b"picture new" in [path.read_bytes() for path in (out / "assets").iterdir()]
    # Beside an article that is in no archive, its own pictures are found.
    alone = tmp_path / "alone"
    shutil.copytree(archive, alone)
    assert command("export", alone / "lamp.md", "-o", alone / "copy.md")[2] == ""


def test_highlights_of_a_single_file(archive: Path, command: Run) -> None:
    code, out, _err = command("export", archive / "lamp.md", "--highlights", "==", "-o", "-")
    assert (code, "See [ferry](other/ferry.md#夜)" in out) == (0, True)


@pytest.mark.parametrize(
    "arguments",
    [("--highlights", "==", "--format", "html"), ("--pictures", "--format", "epub"), ("--pictures", "-o", "-")],
)
def test_options_that_do_not_fit_the_format(arguments: tuple[str, ...], archive: Path, command: Run) -> None:
    code, out, err = command("export", archive / "lamp.md", *arguments)
    assert (code, out, err.count("\n")) == (2, "", 1)


SITE = {
    "_config.yml": "",
    "index.md": "# Home\n\n[up](/docs/lamp) [[lamp]] [web](https://example.org/lamp) ![x](docs/lamp.png)\n",
    "docs/2021-01-02-lamp.md": "---\ntitle: Lamp\nurl: https://example.org/lamp\n---\n\n[home](../index.md) [/](/)\n",
}


@pytest.mark.parametrize("marked", [True, False])
def test_named_files_link_like_those_of_an_archive(command: Run, tmp_path: Path, *, marked: bool) -> None:
    site = tmp_path / "site"
    for name, text in SITE.items():
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        if marked or name.endswith(".md"):
            (site / name).write_text(text, "utf-8")
    (site / "docs" / "other.md").write_text("# Lamp\n", "utf-8")
    files = [site / name for name in SITE if name.endswith(".md")]
    assert command("export", *files, "--format", "markdown", "-o", tmp_path / "named")[0] == 0
    assert "[up](Lamp.md) [lamp](Lamp.md) [web](Lamp.md)" in read(tmp_path / "named", "Home.md")
    assert command("export", "-a", site, "-q", "", "--format", "html", "-o", tmp_path / "all")[0] == 0
    assert command("export", *files, "--format", "html", "-o", tmp_path / "named")[0] == 0
    for name in ("Home", "Lamp"):
        all_links, named = (links(read(tmp_path / out, f"{name}.html")) for out in ("all", "named"))
        assert all_links == named


def test_named_files_in_different_folders_link_to_each_other(command: Run, tmp_path: Path) -> None:
    files = {"one/a.md": "# A\n\n[b](../two/b.md) [[b]]\n", "two/b.md": "# B\n\n[a](../one/a.md)\n"}
    for name, text in files.items():
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text(text, "utf-8")
    out = tmp_path / "out"
    assert command("export", *(tmp_path / name for name in files), "--format", "markdown", "-o", out)[0] == 0
    assert "[b](B.md) [b](B.md)" in read(out, "A.md")
    assert "[a](A.md)" in read(out, "B.md")


def test_links_that_lead_nowhere_in_the_export_are_told(archive: Path, command: Run, tmp_path: Path) -> None:
    lamp = archive / "lamp.md"
    alone = "4 links refer to something that is not exported: other/ferry.md#夜, [[ferry#夜]], [[ferry]] …"
    for named in ("markdown", "html", "org", "epub"):
        err = command("export", lamp, "--format", named, "-o", tmp_path / named)[2]
        assert alone in err, named
    assert alone in command("export", lamp, "-o", tmp_path / "one.html")[2]
    together = "1 link refers to something that is not exported: none.md"
    for named in ("markdown", "html"):
        err = command("export", "-q", "tag:sea", "--format", named, "-o", tmp_path / f"all {named}")[2]
        assert [line for line in err.splitlines() if "refer" in line] == [f"reader: warning: {together}"]
    book = command("export", "-q", "tag:sea", "--format", "epub", "--book", "Sea", "-o", tmp_path / "out")[2]
    assert book.count(together) == 1


def test_links_that_still_lead_to_files_are_no_fault(archive: Path, command: Run, tmp_path: Path) -> None:
    lamp = Path(shutil.copytree(archive, tmp_path / "alone"), "lamp.md")
    beside = command("export", lamp, "--format", "markdown", "-o", lamp.parent / "copy.md")
    assert (beside[0], "refer" in beside[2]) == (0, False)
    assert "refer" not in command("export", lamp, "--format", "text", "-o", tmp_path / "text")[2]
    web = archive / "web.md"
    web.write_text(
        "# Web\n\n[a](https://example.org) [b](mailto:a@example.org) [c](#web) [^1]\n\n[^1]: Note.\n", "utf-8"
    )
    assert command("export", web, "--format", "html", "-o", tmp_path / "web")[2] == ""
