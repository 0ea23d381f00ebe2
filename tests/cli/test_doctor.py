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
    assert "did you mean zen?" in out
