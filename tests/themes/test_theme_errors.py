"""Errors in theme files: each is reported once, and a fallback is used."""

import os
from dataclasses import astuple
from pathlib import Path

import pytest

from reader import language, resources
from reader.errors import ThemeError
from reader.themes.theme import mono
from reader.themes.theme_files import custom_folder, load_theme, load_themes
from tests.theme_files import SHIPPED, text_of, with_line, written

BROKEN: list[tuple[str | bytes, str, str]] = [
    ("][", "bad.yaml:1", "write each line as"),
    ("paper: [", "not valid YAML", "write each line as"),
    ("", "not a list of roles", "write each line as"),
    ("- paper", "not a list of roles", "write each line as"),
    ("[" * 30_000, "not valid YAML", "write each line as"),
    ("- " * 15_000, "not valid YAML", "write each line as"),
    ("\0", "not valid YAML", "write each line as"),
    ("dark: !!bool maybe", "not valid YAML", "write each line as"),
    (b"\xff\xfe\xfd", "Cannot read", "correct or remove"),
    ("# theme\n" * 125_000, "larger than 32768 bytes", "correct or remove"),
    (with_line("hit-current", 'hit-curent: "#ffffff"'), "“hit-curent”", "did you mean hit-current?"),
    (with_line("code-paper", 'code_paper: "#ffffff"'), "“code_paper”", "did you mean code-paper?"),
    (text_of() + 'xyzzy: "#ffffff"\n', "“xyzzy”", "available: title, dark, paper"),
    (with_line("border", ""), "lacks border", "give every role a colour"),
    (with_line("dark", ""), "lacks dark", "give every role a colour"),
    (
        with_line("ink", "ink: #000000"),
        "“ink” in {path} must be a colour",
        'in quotes, with six hexadecimal digits: ink: "#',
    ),
    (with_line("ink", "ink: black"), "“ink” in {path} must be a colour", "in quotes"),
    (with_line("ink", 'ink: "#000"'), "“ink”", "hexadecimal"),
    (with_line("ink", 'ink: "#00000g"'), "“ink”", "hexadecimal"),
    (with_line("ink", 'ink: "#٠٠٠٠٠٠"'), "“ink”", "hexadecimal"),
    (with_line("ink", 'ink: "#000000\\n"'), "“ink”", "hexadecimal"),
    (with_line("ink", "ink: [1, 2]"), "“ink” in {path} must be a colour", "hexadecimal"),
    (with_line("ink", f"ink: {'x' * 9000}"), "“ink”", "hexadecimal"),
    (with_line("dark", "dark: perhaps"), "“dark” in {path} must be true or false", ""),
    (text_of().replace("title:\n  zh: 纸\n  en: Paper\n  ja: 紙", "title: []"), "“title”", "title: Night"),
    (text_of().replace("title:\n  zh: 纸\n  en: Paper\n  ja: 紙", "title: {en: 1}"), "“title”", "title: Night"),
]


@pytest.mark.parametrize(("text", "told", "hint"), BROKEN, ids=range(len(BROKEN)))
def test_invalid_theme_is_reported_once_and_omitted(text: str | bytes, told: str, hint: str) -> None:
    file = written(custom_folder(), "bad.yaml", text)
    themes, (error,) = load_themes()
    assert set(themes) == {*SHIPPED, "mono"}
    assert str(file) in error.message
    assert told.format(path=file) in error.message
    assert hint in error.hint
    assert error.hint
    assert len(error.message) < len(str(file)) + 120
    fallback, same = load_theme("bad")
    assert (fallback.name, str(same)) == ("paper", str(error))


def test_each_of_several_errors_is_reported_once() -> None:
    written(custom_folder(), "one.yaml", "][")
    written(custom_folder(), "two.yaml", "[]")
    written(custom_folder(), "good.yaml", text_of())
    (custom_folder() / "folder.yaml").mkdir()
    (custom_folder() / "gone.yaml").symlink_to(custom_folder() / "nowhere")
    os.mkfifo(custom_folder() / "pipe.yaml")
    themes, errors = load_themes()
    assert "good" in themes
    names = ("folder", "gone", "one", "pipe", "two")
    assert len(errors) == len(names)
    for name, error in zip(names, errors, strict=True):
        assert isinstance(error, ThemeError)
        assert f"{name}.yaml" in error.message


def test_invalid_custom_theme_keeps_the_bundled_one() -> None:
    written(custom_folder(), "night.yaml", "][")
    themes, (error,) = load_themes()
    shipped = load_themes([resources.themes()])[0]["night"]
    assert themes["night"] == shipped
    found, same = load_theme("night")
    assert (found, str(same)) == (shipped, str(error))


def test_invalid_paper_leaves_mono(tmp_path: Path) -> None:
    written(tmp_path, "paper.yaml", "][")
    found, error = load_theme("paper", [tmp_path])
    assert found == mono()
    assert error is not None
    assert "not valid YAML" in error.message


def test_mono_cannot_get_colours() -> None:
    written(custom_folder(), "mono.yaml", text_of())
    themes, (error,) = load_themes()
    assert themes["mono"] == mono()
    assert "mono.yaml" in error.message


def test_file_in_place_of_the_folder_is_reported() -> None:
    written(custom_folder().parent, "themes", "not a folder")
    themes, (error,) = load_themes()
    assert set(themes) == {*SHIPPED, "mono"}
    assert str(custom_folder()) in error.message


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("nihgt", "did you mean night?"),
        ("qqq", "available: auto, dusk"),
        ("", "available:"),
        ("x" * 5000, "available:"),
    ],
)
def test_an_unknown_name_gives_paper_and_a_hint(name: str, hint: str) -> None:
    found, error = load_theme(name)
    assert found.name == "paper"
    assert error is not None
    assert hint in error.hint
    assert len(error.message) < 100


@pytest.mark.parametrize("name", ["../paper", "/etc/passwd", "a/../night", "..", "a\0b", "\x1b[31m", "\ud800"])
def test_a_name_cannot_lead_out_of_the_folders(name: str) -> None:
    found, error = load_theme(name)
    assert found.name == "paper"
    assert error is not None
    assert error.message.isprintable()


def test_title_of_mono_is_in_the_current_language() -> None:
    assert mono().title == language._("No colour")
    assert astuple(mono())[:3] == ("mono", "No colour", False)
