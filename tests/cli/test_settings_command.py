"""`reader settings` and `reader keys`, called as from a shell."""

import json
import os
from pathlib import Path

import pytest
import yaml

from reader.settings.descriptions import DESCRIPTIONS, commented_settings, settings_values
from reader.settings.loader import load
from reader.settings.options import Settings
from tests.cli.run_type import Run


@pytest.fixture
def file() -> Path:
    folder = Path(os.environ["XDG_CONFIG_HOME"]) / "reader"
    folder.mkdir(parents=True)
    return folder / "settings.yaml"


def test_every_setting_is_described() -> None:
    assert list(DESCRIPTIONS) == [key for key, _value in settings_values(Settings())]


def test_the_commented_file_has_the_defaults(tmp_path: Path) -> None:
    file = tmp_path / "settings.yaml"
    lines = commented_settings().splitlines()
    file.write_text("\n".join(line.removeprefix("# ") for line in lines[2:]), "utf-8")
    assert load(file) == Settings()
    assert yaml.safe_load(commented_settings()) is None


def test_the_file_is_written_once(file: Path, command: Run) -> None:
    assert command("settings", "--write") == (0, f"{file}\n", "")
    assert command("settings") == (0, f"{file}\n", "")
    assert command("settings", "--path") == (0, f"{file}\n", "")
    file.write_text("measure: 70\n", "utf-8")
    code, out, err = command("settings", "--write")
    assert (code, out) == (2, "")
    assert "--force" in err
    assert command("settings") == (0, f"{file}\nmeasure: 70\n", "")
    assert command("settings", "--write", "--force")[0] == 0


def test_without_a_file_all_settings_have_their_defaults(command: Run) -> None:
    code, out, err = command("settings")
    assert (code, err, out.count("\n")) == (0, "", 1)
    assert "defaults" in out
    values = {one["key"]: one["value"] for one in json.loads(command("settings", "--json")[1])}
    assert values["typesetting.fill"] == "push-out"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("mesure: 70\n", "measure"),
        ("theme: nihgt\n", "night"),
        ("keys: {zne: j}\n", "zen"),
        ("keys: {zen: j, quit: j}\n", "the same key j"),
        ("keymap: vi\n", "vim"),
    ],
)
def test_mistakes_are_told(text: str, told: str, file: Path, command: Run) -> None:
    file.write_text(text, "utf-8")
    code, out, err = command("settings")
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert told in err


def test_every_fault_is_told_once(file: Path, command: Run) -> None:
    file.write_text(
        "them: night\nmeasure: 5\ntypesetting: {fill: x, justify: 1}\nkeys: {zne: j, zen: Pgdwn, quit: x}\n"
        "commands: {count: {ru: wc, key: 5}}\nrules: [{query: 3}]\ntheme: nihgt\n",
        "utf-8",
    )
    code, out, err = command("settings")
    assert (code, out) == (2, "")
    told = ("them", "measure", "typesetting.fill", "typesetting.justify", "keys.zne", "keys.zen", "count.ru", "nihgt")
    for name in told:
        assert sum(f"{name}”" in line for line in err.splitlines()) == 1, name
    file.write_text("- a\n", "utf-8")
    assert command("settings")[2].count("\n") == 1


def test_keys_in_use_and_of_a_preset(file: Path, command: Run) -> None:
    file.write_text("keymap: vim\nkeys: {zen: F9}\n", "utf-8")
    lines = command("keys")[1].splitlines()
    assert any(line.startswith("* zen ") and " F9 " in line for line in lines)
    assert any(line.startswith("* suspend ") and " Ctrl+Z " in line for line in lines)
    assert any(line.startswith("  history_forward ") for line in lines)
    by_name = {one["action"]: one for one in json.loads(command("keys", "--json", "--preset", "default")[1])}
    assert by_name["zen"]["keys"] == ["z", "F11"]
    assert not any(one["changed"] for one in by_name.values())


def test_wrong_keys_do_not_stop_other_commands(file: Path, command: Run, tmp_path: Path) -> None:
    file.write_text("keys: {zne: j}\n", "utf-8")
    (tmp_path / "a.md").write_text("# A\n\nText.\n", "utf-8")
    assert command("show", tmp_path / "a.md")[0] == 0
    assert command("keys")[0] == 2


def test_keys_that_take_others_are_warned_of(file: Path, command: Run) -> None:
    file.write_text("keymap: vim\nkeys: {top: g}\n", "utf-8")
    code, out, err = command("settings")
    assert (code, out.splitlines()[1:]) == (0, ["keymap: vim", "keys: {top: g}"])
    assert err.startswith("reader: warning: “keys.top” in ")
    assert "g t" in err


@pytest.mark.parametrize(
    ("language", "heading", "end"), [("zh", "选项：", "；见“reader "), ("ja", "オプション：", "。「reader ")]
)
@pytest.mark.parametrize("name", ["settings", "doctor"])
def test_help_and_errors_are_in_the_language_of_the_settings_whatever_else_is_wrong(
    file: Path, command: Run, capsys: pytest.CaptureFixture[str], name: str, language: str, heading: str, end: str
) -> None:
    file.write_text(f"language: {language}\nmeasure: wide\n", "utf-8")
    with pytest.raises(SystemExit):
        command(name, "--help")
    assert heading in capsys.readouterr().out
    code, _out, err = command(name, "--wrong")
    assert code == 2
    assert f"--wrong{end}{name} --help" in err


def test_an_error_of_the_settings_is_in_their_language(file: Path, command: Run) -> None:
    file.write_text("measure: wide\nlanguage: ja\n", "utf-8")
    code, _out, err = command("list")
    assert code == 2
    assert "「measure」" in err
