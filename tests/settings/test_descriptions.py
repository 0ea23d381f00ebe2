"""Every setting is described, in the file that the program writes and in the documentation."""

from reader.settings.descriptions import DESCRIPTIONS, commented_settings, settings_values
from reader.settings.options import Settings


def test_every_setting_is_described() -> None:
    assert {key for key, _value in settings_values(Settings())} == DESCRIPTIONS.keys()
    assert commented_settings()
