"""Settings: loading, validation, and errors that name the file, the key and the probable intention."""

from contextlib import suppress
from dataclasses import fields, is_dataclass
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.errors import SettingsError
from reader.settings.folders import settings_path
from reader.settings.loader import load
from reader.settings.options import Fill, Settings, Strictness


def written(folder: Path, text: str) -> Path:
    file = folder / "settings.yaml"
    file.write_text(text, encoding="utf-8")
    return file


def test_without_a_file_defaults_apply(tmp_path: Path) -> None:
    assert load(tmp_path / "none.yaml") == Settings()
    assert load() == Settings()


def test_settings_file_is_in_the_config_folder() -> None:
    settings_path().parent.mkdir(parents=True)
    settings_path().write_text("measure: 64\n")
    assert load().measure == 64


def test_every_kind_of_value_is_read(tmp_path: Path) -> None:
    file = written(
        tmp_path,
        "archives: [~/a, /b]\nlanguage: zh\ntheme: night\nmeasure: 66\nstatistics: no\n"
        "typesetting:\n  strictness: strict\n  fill: hang\n  justify: true\n  first_line_indent: 2\n",
    )
    found = load(file)
    assert (found.archives, found.language, found.theme, found.measure) == (("~/a", "/b"), "zh", "night", 66)
    assert (found.typesetting.strictness, found.typesetting.fill) == (Strictness.STRICT, Fill.HANG)
    assert found.typesetting.justify is True
    assert found.statistics is False
    assert found.typesetting.first_line_indent == 2


def test_one_archive_needs_no_list(tmp_path: Path) -> None:
    assert load(written(tmp_path, "archives: ~/a\n")).archives == ("~/a",)


@pytest.mark.parametrize(
    ("text", "told", "hint"),
    [
        ("mesure: 80", "“mesure”", "measure"),
        ("zzz: 1", "“zzz”", "archives"),
        ("typesetting:\n  fil: hang", "“typesetting.fil”", "fill"),
        ("typesetting:\n  fill: hung", "“typesetting.fill”", ""),
        ("measure: 500", "between 20 and 200", ""),
        ("measure: wide", "whole number", ""),
        ("measure: true", "whole number", ""),
        ("statistic: false", "“statistic”", "statistics"),
        ("statistics: never", "true or false", ""),
        ("language: fr", "auto, en, ", ""),
        ("typesetting:\n  justify: 1", "true or false", ""),
        ("archives: {a: b}", "list of texts", ""),
        ("- a\n- b", "key: value", ""),
        ("typesetting: 3", "key: value", ""),
        ("a: [", "settings.yaml:", "key: value"),
        ("date: 2021-02-30", "not valid", ""),
        ('export_folder: "\\0x"', "path of a folder", ""),
        ("export_folder: 3", "path of a folder", ""),
        ("measure: !!bool maybe", "not valid", "key: value"),
        ('measure: !!int ""', "not valid", "key: value"),
        ('measure: !!float ""', "not valid", "key: value"),
        ("measure: !!timestamp foo", "not valid", "key: value"),
        (f"0x{'f' * 6_000}: 1", "not valid", "key: value"),
    ],
)
def test_error_names_file_key_and_remedy(tmp_path: Path, text: str, told: str, hint: str) -> None:
    file = written(tmp_path, text)
    with pytest.raises(SettingsError) as caught:
        load(file)
    assert told in caught.value.message
    assert str(file) in caught.value.message
    assert hint in caught.value.hint
    assert caught.value.hint
    assert "\n" not in str(caught.value)


def test_binary_file_is_an_error_with_a_hint(tmp_path: Path) -> None:
    file = tmp_path / "settings.yaml"
    file.write_bytes(b"\xff\xfe\xfa")
    with pytest.raises(SettingsError, match="Cannot read"):
        load(file)


def test_every_setting_has_a_default() -> None:
    def check(value: object) -> None:
        for field in fields(value):  # type: ignore[arg-type]
            inner = getattr(value, field.name)
            if is_dataclass(inner):
                check(inner)
            else:
                assert inner is not None

    check(Settings())


@given(st.text())
def test_any_text_gives_settings_or_a_settings_error(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    file = tmp_path_factory.mktemp("settings") / "settings.yaml"
    file.write_bytes(text.encode("utf-8", "surrogatepass"))
    with suppress(SettingsError):
        assert isinstance(load(file), Settings)


@pytest.mark.parametrize(
    "text",
    ["[" * 60_000, "{" * 60_000, "- " * 30_000, "? " * 30_000, "a: &x [1]\nb: *x\n", "theme: " + "[" * 9 + "]" * 9],
    ids=["brackets", "braces", "list", "keys", "alias", "nine deep"],
)
def test_nesting_and_aliases_are_rejected_at_their_line(tmp_path: Path, text: str) -> None:
    file = written(tmp_path, text)
    with pytest.raises(SettingsError, match=r"not valid YAML .*settings\.yaml:[12]\)"):
        load(file)


def test_too_large_file_is_an_error_and_not_truncated(tmp_path: Path) -> None:
    file = written(tmp_path, "measure: 66\n" + "# more\n" * 10_000)
    with pytest.raises(SettingsError, match="larger than 65536 bytes"):
        load(file)


def test_date_is_not_a_text(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"“theme” in .* must be a text"):
        load(written(tmp_path, "theme: 2021-01-02"))


def test_a_key_at_the_wrong_level_is_named_with_its_level(tmp_path: Path) -> None:
    file = tmp_path / "settings.yaml"
    file.write_text("columns: 3\n", "utf-8")
    with pytest.raises(SettingsError) as caught:
        load(file)
    assert caught.value.hint == "did you mean typesetting.columns?"


def test_a_wrong_dictionary_is_told_with_the_placeholder_of_the_word(tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as caught:
        load(written(tmp_path, "dictionary: 3\n"))
    assert "“dictionary”" in str(caught.value)
    assert "'{word}'" in str(caught.value)
