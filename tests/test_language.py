"""Language: the locale is followed, and every message has a Chinese twin with the same fields."""

import ast
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

from reader import keymap, language
from reader.translations.zh import MESSAGES
from reader.translations.zh_core import CORE
from reader.translations.zh_ui import UI

PACKAGE = Path(language.__file__).parent


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    yield
    language.use("en")


@pytest.mark.parametrize(
    ("environ", "expected"),
    [
        ({}, "en"),
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "zh_TW.UTF-8", "LC_ALL": "C.UTF-8"}, "en"),
        ({"LANG": "en_GB.UTF-8", "LC_MESSAGES": "zh_CN"}, "zh"),
        ({"LANG": "ja_JP.UTF-8"}, "en"),
        ({"LC_ALL": "", "LANG": "zh_CN"}, "zh"),
    ],
)
def test_the_locale_chooses(environ: dict[str, str], expected: str) -> None:
    assert language.detect(environ) == expected


def test_a_message_without_a_twin_is_still_a_sentence() -> None:
    language.use("zh")
    assert language._("No such message") == "No such message"


def messages() -> set[str]:
    """Every literal that the package gives to `_`, and what tables give to it."""
    actions = (*keymap.ACTIONS, *keymap.SELECTING)
    found = {action.title for action in actions} | {action.footer for action in keymap.ACTIONS if action.footer}
    found |= {group.value for group in keymap.Group}
    for file in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "_":
                (argument,) = node.args
                if isinstance(argument, ast.Constant):
                    found.add(argument.value)
    return found


def fields(message: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(message) if name}


def test_every_message_has_a_chinese_twin_with_the_same_fields() -> None:
    assert sorted(messages() - MESSAGES.keys()) == []
    assert [message for message, twin in MESSAGES.items() if fields(message) != fields(twin)] == []


def test_no_translation_is_left_over_and_none_stands_twice() -> None:
    assert sorted(MESSAGES.keys() - messages()) == []
    assert sorted(CORE.keys() & UI.keys()) == []
