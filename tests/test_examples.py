"""Every example of the README and the documentation runs: recipes, commands, Python and YAML.

Programs that a recipe needs, and that would ask the user or the network, are stand-ins that note how they were called.
"""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from reader import resources
from reader.api import open_archive
from reader.cli.main import run
from reader.document.document import Position, Range
from reader.library.library import Library
from reader.reading.opened_article import open_article
from reader.settings.loader import load
from tests.conftest import PROJECT

DOCUMENTS = [PROJECT / "README.md", *sorted((PROJECT / "docs").glob("*.md"))]
RECIPES = (PROJECT / "docs" / "recipes.md").read_text(encoding="utf-8")

RECIPE = re.compile(r"^## (.+?)\n.*?^```sh\n(.*?)^```\n+<!-- check\n(.*?)^-->", re.DOTALL | re.MULTILINE)

LIGHTHOUSE = """---
title: 十二座灯塔换上新灯
author: 港口周报
date: 2021-11-10
tags: [sea, light]
url: https://example.org/lights
---

# 新灯

灯塔的新灯更亮，进博会也看得见，见[说明](article.md)。

# 旧灯

存放。
"""

STUBS = {
    # The first row with the word that the user might type.
    "fzf": "grep 灯塔 | head -n 1",
    "vim": 'for one in "$@"; do case $one in -) cat ;; /dev/fd/*) cat "$one" >>"$CALLS" ;; esac; done >/dev/null',
    "crontab": 'if [ "$1" = - ]; then cat >"$HOME/crontab"; else cat "$HOME/crontab" 2>/dev/null; fi',
    "rg": 'exec grep --line-number --extended-regexp -- "$2" "${@:3}"',
    "rsync": 'mkdir -p "$3" && cp -R "$2." "$3"',
    "curl": "printf '<title>Tea</title><h1>Tea</h1><p>Warm the pot. See <a href=\"/pots\">pots</a>.</p>'",
}
"""What stands in for each program, in bash; `$CALLS` gets the command line of each call."""


SECTIONS = "## 港口\n\nShips.\n\n## Ropes\n" + "\nKnots and bends.\n" * 8
"""The text of each article that an example names, with more than twenty lines."""


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with an archive, marks, settings and the stand-ins, for all examples."""
    folder = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        _live_in(folder, patch)
        _fill(folder)
    return folder


@pytest.fixture
def home(prepared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """That home in use, with an empty working folder."""
    _live_in(prepared, monkeypatch)
    monkeypatch.chdir(tmp_path)
    return prepared


def _live_in(home: Path, patch: pytest.MonkeyPatch) -> None:
    folders = {"XDG_DATA_HOME": "data", "XDG_CACHE_HOME": "cache", "XDG_CONFIG_HOME": "config"}
    for name, below in {**folders, "XDG_DOCUMENTS_DIR": "documents", "HOME": ".", "USERPROFILE": "."}.items():
        patch.setenv(name, str(home / below))
    patch.setenv("LC_ALL", "C.UTF-8")
    patch.delenv("READER_ARCHIVE", raising=False)
    patch.setenv("PATH", f"{home / 'bin'}{os.pathsep}{os.environ['PATH']}")


def _fill(home: Path) -> None:
    archive = home / "archive"
    shutil.copytree(resources.seeds() / "English", archive / "site")
    (archive / "article.md").write_text("# An article\n\nSee [lights](lighthouse.md).\n", encoding="utf-8")
    (archive / "lighthouse.md").write_text(LIGHTHOUSE, encoding="utf-8")
    mail = home / "mail"
    mail.mkdir()
    letters = [
        f"From a@example.org Thu Jan  {day} 00:00:00 2026\nFrom: Tea Letter <a@example.org>\nSubject: Issue {day}\n"
        f"Date: Thu, {day} Jan 2026 08:00:00 +0000\nMessage-ID: <{day}@example.org>\n\nA pot of tea for {day}.\n\n"
        for day in (1, 2)
    ]
    (mail / "newsletters.mbox").write_text("".join(letters), encoding="utf-8")
    settings = home / "config" / "reader" / "settings.yaml"
    settings.parent.mkdir(parents=True)
    settings.write_text("archives: [~/archive]\n", encoding="utf-8")
    with open_archive(archive) as opened:
        (article,) = opened.articles("tag:sea")
    library = Library([archive], home / "data" / "reader" / "marks.db")
    library.marks.articles.star(article, starred=True)
    library.marks.articles.keep_for_later(article, later=True)
    library.add_highlight(open_article(article), Range(Position(1), Position(1, 5)), 2, "why")
    library.close()
    assert run(["marks", "export", "-o", str(home / "marks.json")]) == 0
    _write_stubs(home / "bin")


def _write_stubs(folder: Path) -> None:
    folder.mkdir()
    own = f'exec {shlex.quote(sys.executable)} -m reader "$@"'
    for name, code in {**STUBS, "reader": own}.items():
        noted = "" if name == "reader" else f'echo "{name} $*" >>"$CALLS"\n'
        file = folder / name
        file.write_text(f"#!/usr/bin/env bash\n{noted}{code}\n", encoding="utf-8")
        file.chmod(0o755)


# Recipes

needs_bash = pytest.mark.skipif(sys.platform == "win32" or not shutil.which("bash"), reason="recipes are for bash")


def test_every_recipe_has_a_check() -> None:
    titles = re.findall(r"^## (.+)$", RECIPES, re.MULTILINE)
    assert [one[0] for one in RECIPE.findall(RECIPES)] == titles
    assert len(titles) >= 12


@needs_bash
@pytest.mark.parametrize(("title", "code", "check"), RECIPE.findall(RECIPES), ids=lambda text: text.split("\n")[0][:30])
def test_recipe_runs(home: Path, tmp_path: Path, title: str, code: str, check: str) -> None:
    if title == "Questions answered by jq" and not shutil.which("jq"):
        pytest.skip("jq is not installed")
    identity = {f"GIT_{who}_{what}": "x" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    environment = {**os.environ, **identity, "CALLS": str(tmp_path / "calls"), "OUT": str(tmp_path / "out")}
    script = f'set -euo pipefail\n( {code}\n) >"$OUT"\nset -x\n{check}'
    done = subprocess.run(
        ["bash", "-c", script], cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    assert (home / "archive" / "lighthouse.md").read_text(encoding="utf-8") == LIGHTHOUSE


# The other examples

NOT_RUN = {
    "reader serve": "serves until it is stopped: tests/end_to_end/test_serve.py",
    "reader mcp": "serves until it is stopped: tests/agents/test_agent_server.py",
    "python3 -m venv": "installs: .ci/run",
    "uv ": "installs or starts the screen",
    "docker ": "needs a daemon",
    "ssh ": "needs another machine",
    "python -m tests": "is itself a command of the tests",
    ".venv/bin/reader": "opens the screen: tests/end_to_end",
    "git clone": "needs the network",
    "pre-commit": "changes the checkout",
}
"""The beginnings of the commands that are not run here, each with the reason."""

FAILS = {"reader check", "reader links -a ~/archive --broken", "reader marks due"}
"""Commands that exit with 1 if something is found, or nothing is due."""


def blocks(language: str) -> list[tuple[str, str]]:
    """All fenced blocks in a language, with the names of their documents; recipes have tests of their own."""
    found = []
    for document in DOCUMENTS:
        if document.name != "recipes.md":
            text = document.read_text(encoding="utf-8")
            found += [
                (document.name, code)
                for code in re.findall(rf"^```{language}\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
            ]
    return found


def commands() -> list[str]:
    """The lines of all blocks for the shell."""
    lines = [line.split("  #")[0].split(" # ")[0].strip() for _name, code in blocks("sh") for line in code.splitlines()]
    return [line for line in dict.fromkeys(lines) if line and not line.startswith("#")]


@needs_bash
@pytest.mark.parametrize("line", [one for one in commands() if not one.startswith(tuple(NOT_RUN))])
def test_command_runs(home: Path, tmp_path: Path, line: str, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copytree(home / "archive", tmp_path, dirs_exist_ok=True)
    # Whatever files an example names are there; an output is not.
    for name in re.findall(r"(?<![/\w])(?<!-o )\w+\.(?:md|txt|html)\b", line):
        if not (tmp_path / name).exists():
            (tmp_path / name).write_text(f"# {name}\n\n{SECTIONS}", encoding="utf-8")
    if "import" in line:
        shutil.copy(home / "marks.json", tmp_path)
    if "settings --write" in line:
        # Other examples have written settings of their own.
        (home / "config" / "reader" / "settings.yaml").unlink(missing_ok=True)
    if re.search(r"[|<>$*]", line):
        environment = {**os.environ, "CALLS": str(tmp_path / "calls")}
        done = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", line], env=environment, capture_output=True, text=True, check=False
        )
        code, error = done.returncode, done.stderr
    else:
        program, *arguments = (
            str(Path(word).expanduser()) if word.startswith("~") else word for word in shlex.split(line)
        )
        assert program == "reader"
        code = run(arguments)
        error = capsys.readouterr().err
    assert code == 0 or (code == 1 and line.startswith(tuple(FAILS))), error
    assert "Internal error" not in error


@pytest.mark.parametrize(("name", "code"), blocks("python"))
def test_python_example_runs(home: Path, name: str, code: str) -> None:
    assert home
    exec(compile(code, name, "exec"), {})  # noqa: S102 - our own documentation


@pytest.mark.parametrize(("name", "code"), blocks("yaml"))
def test_yaml_example_is_valid(tmp_path: Path, name: str, code: str) -> None:
    value = yaml.safe_load(code)
    assert isinstance(value, dict)
    if name != "themes.md" and not code.startswith("title:"):
        file = tmp_path / "settings.yaml"
        file.write_text(code, encoding="utf-8")
        load(file)


@pytest.mark.parametrize(("_name", "code"), blocks("json"))
def test_json_example_is_valid(_name: str, code: str) -> None:
    assert json.loads(code)


@pytest.mark.parametrize(("_name", "code"), blocks("jinja"))
def test_template_example_exports(home: Path, tmp_path: Path, _name: str, code: str) -> None:
    # A template that only sets something stands above a body.
    template = code if "{{ body }}" in code else f"{code}{{{{ body }}}}\n"
    (tmp_path / "own.md").write_text(template, encoding="utf-8")
    exported = ["export", str(home / "archive" / "lighthouse.md"), "--format", "markdown", "--template", "own.md"]
    assert run([*exported, "--marks", "-o", str(tmp_path / "notes")]) == 0
    (note,) = (tmp_path / "notes").glob("*.md")
    text = note.read_text(encoding="utf-8")
    assert "存放。" in text
    assert "{%" not in text
    if "file_name" in code:
        assert note.name == "2021-11-10 十二座灯塔换上新灯.md"
        assert "why" in text, "the note of the highlight"
    if "highlight_signs" in code:
        assert re.search("==.+==", text)


def test_every_fenced_block_is_tested() -> None:
    languages = {"sh", "python", "yaml", "json", "jinja"}
    for document in DOCUMENTS:
        fences = set(re.findall(r"^ *(?:```|~~~) *(\w*)", document.read_text(encoding="utf-8"), re.MULTILINE)) - {""}
        # The examples of typesetting have tests of their own: test_typesetting_docs.py.
        assert fences <= (languages | {"set"} if document.name == "typesetting.md" else languages), document.name
