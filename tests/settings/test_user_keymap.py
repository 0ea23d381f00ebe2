"""The keys of the settings: presets, own keys, conflicts, and the names of keys."""

import re
from collections import Counter
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from reader.errors import SettingsError
from reader.keymap.action_synonyms import SYNONYMS
from reader.keymap.actions import ACTIONS, Context
from reader.keymap.key_names import key_label, key_name, presses
from reader.keymap.keymap import Keymap
from reader.keymap.presets import PRESETS
from reader.settings.loader import load
from reader.settings.options import Settings
from reader.settings.user_keymap import key_warnings, keymap_of
from tests.conftest import PROJECT

FILE = Path("settings.yaml")


def keymap(**keys: object) -> Keymap:
    return keymap_of(Settings(keys=keys), FILE)  # type: ignore[arg-type]


def test_without_own_keys_the_keymap_is_the_default() -> None:
    assert keymap_of(Settings()) == Keymap()


def test_own_keys_replace_those_of_an_action_and_take_them_from_others() -> None:
    found = keymap(zen=["j", "F11"], quit="x")
    assert found["zen"].keys == ("j", "f11")
    assert found["quit"].keys == ("x",)
    assert found["line_down"].keys == ("down",), "j now means something else"
    assert found["list.down"].keys == ("down", "j"), "in another context it keeps its meaning"


def test_own_keys_change_a_preset() -> None:
    found = keymap_of(Settings(keymap="vim", keys={"undo": "F3", "search": None}), FILE)
    assert found["undo"].keys == ("f3",)
    assert found["search"].keys == ()
    assert found["next_paragraph"].keys[0] == "right_curly_bracket"


@pytest.mark.parametrize("name", PRESETS)
def test_presets_name_existing_actions_and_have_no_conflicts(name: str) -> None:
    found = keymap_of(Settings(keymap=name), FILE)
    assert {action.name for action in ACTIONS} >= PRESETS[name].keys()
    for context in Context:
        counts = Counter(key for action in found.of(context) for key in action.keys)
        assert [key for key, count in counts.items() if count > 1] == []
    assert [action.name for action in found.actions if not action.keys] == [], "every action keeps a key"
    for action in PRESETS[name]:
        assert found[action].keys == PRESETS[name][action]
    only_letters = [
        one.id for one in found.of(Context.PAGE) if all(len(key) == 1 and key.isalpha() for key in one.keys)
    ]
    assert only_letters == [], "letters do not arrive while an input method is active"


@pytest.mark.parametrize(
    ("keys", "told"),
    [
        ({"zne": "j"}, "did you mean zen?"),
        ({"marks.delet": "j"}, "marks.delete"),
        ({"zen": "Pgdwn"}, "PgDn"),
        ({"zen": "jj"}, "Ctrl+P"),
        ({"zen": "x", "quit": ["q", "x"]}, "“keys.zen” and “keys.quit” have the same key x"),
    ],
)
def test_mistakes_are_told_with_the_nearest_name(keys: dict[str, object], told: str) -> None:
    with pytest.raises(SettingsError) as found:
        keymap(**keys)
    assert told in str(found.value)
    assert "settings.yaml" in str(found.value)


def test_keys_are_read_from_yaml(tmp_path: Path) -> None:
    file = tmp_path / "settings.yaml"
    file.write_text('keymap: less\nkeys:\n  zen: 9\n  top: [g, "{"]\n  tags:\n', "utf-8")
    found = keymap_of(load(file), file)
    assert found["zen"].keys == ("9",)
    assert found["top"].keys == ("g", "left_curly_bracket")
    assert found["tags"].keys == ()
    for wrong, told in (
        ("keys: [a]\n", "action: key"),
        ("keymap: nano\n", "emacs"),
        ("keys:\n  zen: {a: b}\n", "zen: z"),
    ):
        file.write_text(wrong, "utf-8")
        with pytest.raises(SettingsError, match=r"settings\.yaml") as error:
            load(file)
        assert told in str(error.value)


ALL_KEYS = {key for action in ACTIONS for key in action.keys}
ALL_KEYS |= {key for preset in PRESETS.values() for keys in preset.values() for key in keys}


@pytest.mark.parametrize("key", sorted(ALL_KEYS))
def test_every_label_of_the_help_is_understood(key: str) -> None:
    assert key_name(key_label(key)) == key


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("shift+g", "G"),
        ("C-x", "ctrl+x"),
        ("M-<", "alt+less_than_sign"),
        ("control+space", "ctrl+@"),
        ("page down", "pagedown"),
        ("Return", "enter"),
        ("Ctrl+-", "ctrl+minus"),
        ("灯", "灯"),
        ("F25", None),
        ("", None),
        ("Hyper+x", None),
    ],
)
def test_keys_may_be_written_as_in_other_programs(written: str, name: str | None) -> None:
    assert key_name(written) == name


@given(st.text(max_size=8))
def test_any_text_is_a_key_or_none(text: str) -> None:
    name = key_name(text)
    assert name is None or key_name(key_label(name)) is not None


def test_synonyms_belong_to_actions_of_the_page() -> None:
    assert {action.id for action in Keymap().of(Context.PAGE)} >= SYNONYMS.keys()


def test_a_chord_takes_its_first_key_and_a_key_takes_the_chords_that_begin_with_it() -> None:
    found = keymap(quit="Z Z", top=["C-x C-t", "Home"])
    assert (found["quit"].keys, found["top"].keys) == (("Z Z",), ("ctrl+x ctrl+t", "home"))
    assert found["suspend"].keys == ("ctrl+backslash",)
    assert found.label("top") == "Ctrl+X Ctrl+T"
    found = keymap_of(Settings(keymap="vim", keys={"zen": "g"}), FILE)
    assert found["top"].keys == ("home", "ctrl+home")
    assert found["next_article"].keys == ("J", "alt+pagedown")


@pytest.mark.parametrize(
    ("keys", "told"),
    [
        ({"quit": "Z Z", "zen": "Z"}, "“keys.zen” in settings.yaml has the key Z"),
        ({"marks.delete": "d d"}, "only actions of the page"),
        ({"quit": "Z Z Z"}, "is not a key"),
        ({"quit": "Z Zz"}, "is not a key"),
    ],
)
def test_chords_that_cannot_work_are_refused(keys: dict[str, object], told: str) -> None:
    with pytest.raises(SettingsError) as found:
        keymap(**keys)
    assert told in str(found.value)


@pytest.mark.parametrize("name", PRESETS)
def test_the_first_key_of_a_chord_has_no_meaning_of_its_own(name: str) -> None:
    keys = {key for action in keymap_of(Settings(keymap=name), FILE).of(Context.PAGE) for key in action.keys}
    assert not {presses(key)[0] for key in keys if len(presses(key)) > 1} & keys


def test_a_key_that_takes_chords_of_other_actions_is_warned_of() -> None:
    settings = Settings(keymap="vim", keys={"top": ("g", "Home"), "zen": "F11", "quit": "Z Z"})
    (warning,) = key_warnings(settings, FILE)
    assert "“keys.top” in settings.yaml has the key g" in warning
    taken = ": g j, g k, g t, g T, g s, g l, g f, g d, g x, g v, g -, g +, g ?"
    assert warning.endswith(taken), "g g is its own, and given away on purpose"
    keys = {key for action in keymap_of(settings, FILE).actions for key in action.keys}
    assert not [key for key in keys if key.startswith("g ")]
    assert key_warnings(Settings(keymap="vim", keys={"marks.delete": "g"}), FILE) == [], "another context"
    assert key_warnings(Settings(keys={"top": "g"}), FILE) == []


@pytest.mark.parametrize("preset", PRESETS)
def test_the_keys_of_the_examples_take_nothing_from_others(preset: str) -> None:
    texts = [(PROJECT / name).read_text("utf-8") for name in ("README.md", "docs/guide.zh.md")]
    written = [found for text in texts for found in re.findall(r"(?:such as|keys:) (\{\w.*?\})", text)]
    assert len(written) == len(texts)
    for one in written:
        assert key_warnings(Settings(keymap=preset, keys=yaml.safe_load(one)), FILE) == []
