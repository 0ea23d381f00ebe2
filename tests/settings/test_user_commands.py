"""Commands in the settings: how they are written, and the errors."""

from pathlib import Path

import pytest

from reader.errors import SettingsError
from reader.settings.loader import load
from reader.settings.options import Settings
from reader.settings.user_commands import CommandOutput, PipedFormat, PipedPart, UserCommand, command_words
from reader.settings.user_keymap import keymap_of


def loaded(tmp_path: Path, text: str) -> Settings:
    file = tmp_path / "settings.yaml"
    file.write_text(text, encoding="utf-8")
    return load(file)


def test_commands_are_read(tmp_path: Path) -> None:
    settings = loaded(
        tmp_path,
        """
commands:
  字数: {run: [wc, -m], key: '!', pipe: article}
  translate: {run: trans -b, key: [F12, 1], format: html, output: pager}
hooks:
  open: [notify-send Reader, [touch, 'a b']]
  mark: beep
""",
    )
    assert settings.commands["字数"] == UserCommand(("wc", "-m"), "!", PipedPart.ARTICLE)
    assert settings.commands["translate"].format is PipedFormat.HTML
    assert settings.commands["translate"].output is CommandOutput.PAGER
    assert settings.hooks.open == ("notify-send Reader", ("touch", "a b"))
    assert settings.hooks.mark == ("beep",)
    keymap = keymap_of(settings)
    assert keymap["commands.translate"].keys == ("f12", "1")
    assert keymap["commands.字数"].keys == ("exclamation_mark",)


def test_key_of_a_command_is_taken_from_the_action_that_has_it() -> None:
    keymap = keymap_of(Settings(commands={"a": UserCommand("cat", "j"), "b": UserCommand("cat")}))
    assert keymap["line_down"].keys == ("down",)
    assert keymap["commands.b"].keys == ()
    assert set(keymap.changed()) == {"line_down", "commands.a"}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("commands: {a: {key: x}}", "“commands.a.run” in {path} is missing"),
        ("commands: {a: {run: ''}}", "“commands.a.run” in {path} must be a command"),
        ("commands: {a: {run: []}}", "“commands.a.run” in {path} must be a command"),
        ('commands: {a: {run: "echo \'a"}}', "“commands.a.run” in {path} must be a command"),
        ("commands: {a: wc}", "“commands.a” in {path} must be a list of “key: value” lines"),
        ("commands: [a]", "“commands” in {path} must be a list of “key: value” lines"),
        ("commands: {'': {run: a}}", "The name “” of “commands” in {path} must have 1 to 40 characters"),
        ("commands: {a: {run: a, pipe: all}}", "“commands.a.pipe” in {path} must be one of selection, section, "),
        ("commands: {a: {run: a, stdin: x}}", "Unknown key “commands.a.stdin” in {path}"),
        ("hooks: {open: [[]]}", "“hooks.open” in {path} must be a command or a list of commands"),
    ],
)
def test_mistakes_are_told(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(SettingsError) as caught:
        loaded(tmp_path, text)
    assert caught.value.message.startswith(told.format(path=tmp_path / "settings.yaml"))


@pytest.mark.parametrize(
    ("command", "told"),
    [
        (UserCommand("a", "no key"), "“no key” of “commands.a.key” in s.yaml is not a key"),
        (UserCommand("a", "z"), "“keys.zen” and “commands.a.key” have the same key z in s.yaml"),
    ],
)
def test_mistakes_in_keys_are_told(command: UserCommand, told: str) -> None:
    with pytest.raises(SettingsError, match=told):
        keymap_of(Settings(keys={"zen": "z"}, commands={"a": command}), Path("s.yaml"))


def test_words_are_split_like_in_a_shell_but_not_interpreted() -> None:
    assert command_words("say 'a b' $HOME *") == ["say", "a b", "$HOME", "*"]
    assert command_words(("say", "a b")) == ["say", "a b"]
    assert command_words("~/bin/say")[0] == str(Path("~/bin/say").expanduser())
