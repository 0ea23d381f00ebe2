"""`reader doctor`, called as from a shell."""

import os
from pathlib import Path

import pytest

from reader import __version__
from tests.cli.run_type import Run


def test_a_report_names_versions_and_no_content(command: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    archive = tmp_path / "私密"
    archive.mkdir()
    monkeypatch.setenv("READER_ARCHIVE", str(archive))
    code, out, err = command("doctor")
    assert (code, err) == (0, "")
    assert f"version {__version__}" in out
    assert "apsw " in out
    assert "problems: 0" in out
    assert "archive 1: folder" in out
    assert "私密" not in out
    assert str(tmp_path) not in out


def test_problems_are_counted(command: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("READER_ARCHIVE", str(tmp_path / "gone"))
    config = Path(os.environ["XDG_CONFIG_HOME"]) / "reader"
    config.mkdir(parents=True)
    (config / "settings.yaml").write_text("theme: nihgt\nkeys: {zne: j}\n", "utf-8")
    code, out, _err = command("doctor")
    assert code == 1
    assert "problems: 3" in out
    assert "(1 file, " in out
    assert "did you mean zen?" in out


@pytest.mark.parametrize("text", ["nonsense: 1\n", "a: [\n"])
def test_invalid_settings_are_a_problem_of_the_report(text: str, command: Run, tmp_path: Path) -> None:
    config = Path(os.environ["XDG_CONFIG_HOME"]) / "reader"
    config.mkdir(parents=True)
    (config / "settings.yaml").write_text(text, "utf-8")
    code, out, err = command("doctor")
    assert (code, err) == (1, "")
    assert f"version {__version__}" in out
    assert "problems: 1" in out
    assert "settings.yaml" in out.splitlines()[-1]
    assert command("list", "-a", tmp_path)[0] == 2


def test_every_problem_of_the_settings_is_reported(command: Run) -> None:
    config = Path(os.environ["XDG_CONFIG_HOME"]) / "reader"
    config.mkdir(parents=True)
    lines = ("nonsense: 1", "measure: 2", "sidebar: maybe", "keys: {zne: j, zen: no key}", "theme: nihgt")
    (config / "settings.yaml").write_text("\n".join(lines), "utf-8")
    listed = command("settings")[2]
    _code, out, _err = command("doctor")
    count = int(out.partition("problems: ")[2].split("\n")[0])
    assert count == listed.count("settings.yaml") + listed.count("nihgt") >= 5
