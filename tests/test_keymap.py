"""The table of actions: no key twice, and a way without letters to everything."""

from collections import Counter
from itertools import groupby

import pytest

from reader.keymap import ACTIONS, SELECTING, Action, ascii_twin, key_label


def test_no_key_does_two_things() -> None:
    counts = Counter(key for action in ACTIONS for key in action.keys)
    assert [key for key, count in counts.items() if count > 1] == []


def test_no_key_does_two_things_while_selecting() -> None:
    counts = Counter(key for action in SELECTING for key in action.keys)
    assert [key for key, count in counts.items() if count > 1] == []


def test_no_id_stands_twice() -> None:
    for actions in (ACTIONS, SELECTING):
        assert len({action.id for action in actions}) == len(actions)


def test_what_stands_in_a_group_stands_together() -> None:
    for actions in (ACTIONS, SELECTING):
        groups = [action.group for action in actions]
        assert [group for group, _actions in groupby(groups)] == list(dict.fromkeys(groups))


@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action.id)
def test_every_action_has_a_key_that_arrives_while_an_input_method_is_on(action: Action) -> None:
    assert any(len(key) > 1 or not key.isalpha() for key in action.keys)


@pytest.mark.parametrize(
    ("key", "label"),
    [
        ("right_square_bracket", "]"),
        ("ctrl+s", "Ctrl+S"),
        ("shift+f2", "Shift+F2"),
        ("G", "G"),
        ("j", "j"),
        ("f6", "F6"),
        ("f", "f"),
        ("alt+down", "Alt+↓"),
        ("space", "Space"),
        ("pagedown", "PgDn"),
        ("ctrl+@", "Ctrl+Space"),
    ],
)
def test_keys_are_written_as_people_write_them(key: str, label: str) -> None:
    assert key_label(key) == label


@pytest.mark.parametrize(
    ("typed", "twin"), [("／", "/"), ("？", "?"), ("：", ":"), ("［", "["), ("］", "]"), ("\u3000", " ")]
)
def test_full_width_marks_count_as_their_twins(typed: str, twin: str) -> None:
    assert ascii_twin(typed) == twin


def test_everything_else_stays_itself() -> None:
    assert [ascii_twin(character) for character in ("中", "a", "。", "", "ab")] == ["中", "a", "。", "", "ab"]
