"""Shortcodes of emoji in Markdown."""

import pytest

from reader.document.blocks import (
    CodeBlock,
    Inline,
)
from reader.document.body import Body, BodyFormat
from reader.parse.parser import parse
from tests.parse.blocks import markdown


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("好:smile:吧 :+1::tada:", "好😄吧 👍🎉"),
        ("好:tada::tada::tada:吧", "好🎉🎉🎉吧"),
        ("[:book: 书](/a)", "📖 书"),
        ("10:30:45，a:b:c，x::key::y，/:100:", "10:30:45，a:b:c，x::key::y，/:100:"),
        (":nope: \\:smile: `:smile:`", ":nope: :smile: :smile:"),
    ],
)
def test_shortcodes_of_emoji(source: str, expected: str) -> None:
    for headings in (True, False):
        found = parse(Body(source, BodyFormat.MARKDOWN, ""), headings=headings)
        assert [leaf.text.text for leaf in found.leaves] == [expected]


def test_shortcodes_of_emoji_in_code_are_code() -> None:
    assert markdown("```\n:smile:\n```") == [CodeBlock(Inline(":smile:"))]
