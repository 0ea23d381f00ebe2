"""String literals of JavaScript."""

import json

import pytest

from reader.document.javascript_strings import QUOTED, javascript_string
from reader.regex import regex


@pytest.mark.parametrize(
    ("literal", "text"),
    [
        (r"'\x41\u00e9\u{1F600}\ud83d\ude00'", "Aé😀😀"),
        (r'"a\n\t\\\"\'\/"', "a\n\t\\\"'/"),
        ("'a\\\nb\\\r\nc'", "abc"),
        (r"'\q\xZZ\u12'", "qxZZu12"),
        (r"'\u{110000}\ud83d'", "\ufffd\ufffd"),
    ],
)
def test_escapes(literal: str, text: str) -> None:
    assert javascript_string(literal) == text


@pytest.mark.parametrize("text", ["", "灯塔\n“😀”", "a\\'\"b", "\u2028\x00\x7f"])
def test_json_is_a_subset(text: str) -> None:
    for ascii_only in (True, False):
        assert javascript_string(json.dumps(text, ensure_ascii=ascii_only)) == text


def test_end_of_a_literal() -> None:
    literals = regex(QUOTED, 16)
    assert literals.findall(r"""f('a\'b', "c'\\") + 'd""") == [r"'a\'b'", r'''"c'\\"''']
