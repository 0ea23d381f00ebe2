"""Words of the palette that name no action."""

import pytest

from reader import language
from reader.ui.commands.typed_commands import TypedActions, TypedCommands


def _nothing(*_anything: object) -> None:
    """Do nothing."""


@pytest.mark.parametrize(
    ("code", "typed"),
    [("en", "settings"), ("en", "Preferences"), ("en", "set nowrap"), ("zh", "设置"), ("ja", "設定"), ("ja", "config")],
)
def test_words_for_the_settings_tell_where_they_are(code: str, typed: str) -> None:
    language.use(code)
    said: list[tuple[str, ...]] = []
    commands = TypedCommands(
        TypedActions(repeat=_nothing, search=_nothing, find=_nothing, say=lambda *variants: said.append(variants))
    )
    (entry,) = commands.with_words(typed)
    assert "settings.yaml" in entry.title
    assert commands.run(entry.value)
    (variants,) = said
    assert variants[0] == entry.title
    assert all("settings.yaml" in one for one in variants)


def test_other_words_do_not() -> None:
    commands = TypedCommands(TypedActions(repeat=_nothing, search=_nothing, find=_nothing, say=_nothing))
    assert not commands.with_words("outline")
    assert not commands.with_words("设置")
