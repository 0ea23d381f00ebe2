"""The letters and digits of a text."""

import pytest

from reader.document.letters_and_digits import folded_letters, letters


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", ""),
        (" —…“”🚢", ""),
        ("第12回　灯塔，与 Sea!", "第12回灯塔与Sea"),
        ("か゚ Straße_2", "かStraße2"),
    ],
)
def test_letters_and_digits(text: str, found: str) -> None:
    assert letters(text) == found


def test_case_is_folded() -> None:
    assert folded_letters("STRASSE, Nº 2") == folded_letters("straße – nº2") == "strassenº2"
