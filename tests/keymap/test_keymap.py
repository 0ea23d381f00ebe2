"""The table of keys: no conflicts, a key other than a letter for every action of the page, and custom keys."""

import re
from collections import Counter
from itertools import groupby

import pytest

from reader.keymap.actions import ACTIONS, Action, Context
from reader.keymap.key_names import key_label
from reader.keymap.keymap import Keymap, ascii_twin

PAGE = Keymap().of(Context.PAGE)


@pytest.mark.parametrize("context", Context)
def test_no_key_has_two_meanings_in_one_context(context: Context) -> None:
    counts = Counter(key for action in Keymap().of(context) for key in action.keys)
    assert [key for key, count in counts.items() if count > 1] == []


@pytest.mark.parametrize("context", Context)
def test_every_context_has_keys(context: Context) -> None:
    assert Keymap().of(context)


def test_names_are_unique() -> None:
    assert len({action.name for action in ACTIONS}) == len(ACTIONS)


def test_actions_of_a_group_are_adjacent() -> None:
    groups = [action.group for action in ACTIONS]
    assert [group for group, _actions in groupby(groups)] == list(dict.fromkeys(groups))


@pytest.mark.parametrize("action", PAGE, ids=lambda action: action.id)
def test_every_action_has_a_key_that_works_with_an_input_method(action: Action) -> None:
    assert any(len(key) > 1 or not key.isalpha() for key in action.keys)


def test_keys_are_changed_by_action_name() -> None:
    keymap = Keymap().with_keys({"next_section": ("x", "alt+down"), "marks.delete": ("f9",)})
    assert keymap.label("next_section") == "x"
    assert keymap.label("marks.delete") == "F9"
    assert keymap.changed() == {"next_section": ("x", "alt+down"), "marks.delete": ("f9",)}
    assert Keymap().changed() == {}
    assert Keymap().label("next_section") == "]"


def test_key_may_be_moved_from_one_action_to_another() -> None:
    keymap = Keymap().with_keys({"line_down": ("k",), "line_up": ("j",)})
    assert (keymap.label("line_down"), keymap.label("line_up")) == ("k", "j")


def test_an_action_may_have_no_key() -> None:
    assert Keymap().with_keys({"zen": ()}).label("zen") == ""


def test_conflicting_key_is_rejected() -> None:
    with pytest.raises(ValueError, match=re.escape("page: j")):
        Keymap().with_keys({"zen": ("j",)})
    # The same key may have another meaning in another context.
    Keymap().with_keys({"highlights.note": ("z",)})


def test_unknown_name_is_rejected() -> None:
    with pytest.raises(KeyError, match="no_such_action"):
        Keymap().with_keys({"no_such_action": ("j",)})


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
def test_key_labels_are_readable(key: str, label: str) -> None:
    assert key_label(key) == label


@pytest.mark.parametrize(
    ("typed", "twin"),
    [*zip("／？：［］\u3000", "/?:[] ", strict=True), *zip("【】「」《》、‘’·—…", "[][]<>\\''`_^", strict=True)],
)
def test_full_width_characters_map_to_their_twins(typed: str, twin: str) -> None:
    assert ascii_twin(typed) == twin


def test_other_characters_are_unchanged() -> None:
    assert [ascii_twin(character) for character in ("中", "a", "。", "", "ab")] == ["中", "a", "。", "", "ab"]
