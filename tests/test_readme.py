"""The README is correct."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from reader.cli.main import COMMANDS
from reader.settings.loader import load
from reader.settings.options import Settings
from tests.readme import CHINESE_KEYS, PICTURE, README, chinese_keys, with_key_table

TEXT = README.read_text(encoding="utf-8")


def test_table_of_keys_is_generated_from_the_actions() -> None:
    assert with_key_table(TEXT) == TEXT


def test_the_chinese_table_of_keys_is_the_same_table() -> None:
    assert CHINESE_KEYS.read_text(encoding="utf-8") == chinese_keys()


def test_picture_exists() -> None:
    assert str(PICTURE.relative_to(README.parent)) in TEXT
    assert "<svg" in PICTURE.read_text(encoding="utf-8")


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_every_command_is_mentioned(command: str) -> None:
    assert f"reader {command}" in TEXT


def test_example_of_settings_is_valid_and_shows_the_defaults(tmp_path: Path) -> None:
    example = re.search(r"<!-- settings -->\n```yaml\n(.*?)```", TEXT, re.DOTALL)
    assert example
    file = tmp_path / "settings.yaml"
    file.write_text(example[1], encoding="utf-8")
    assert load(file) == Settings(archives=("~/archive",))


def test_links_have_targets() -> None:
    targets = re.findall(r"\]\(([^)#:]+)\)", TEXT)
    assert [target for target in targets if not (README.parent / target).exists()] == []


@pytest.mark.skipif(not shutil.which("bash"), reason="the commands are for a POSIX shell")
def test_commands_are_valid_shell() -> None:
    blocks = re.findall(r"```sh\n(.*?)```", TEXT, re.DOTALL)
    assert blocks
    for block in blocks:
        subprocess.run(["bash", "-n", "-c", block], check=True)
