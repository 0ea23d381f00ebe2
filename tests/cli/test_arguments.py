"""The help of commands in languages without spaces."""

import pytest
from wcwidth import wcswidth

from reader.cli.arguments import CommandParser

TEXT = "中文字形：source（原文）、simplified（简体）、traditional（繁体）、taiwan（台湾）或 hong-kong（香港）的写法"


@pytest.mark.parametrize("columns", range(50, 90, 4))
def test_help_breaks_no_word_and_fits_the_terminal(monkeypatch: pytest.MonkeyPatch, columns: int) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    parser = CommandParser(prog="reader", description=TEXT)
    parser.add_argument("--chinese", help=TEXT)
    shown = parser.format_help()
    for word in ("source", "simplified", "traditional", "taiwan"):
        assert shown.count(word) == 2
    assert max(wcswidth(line) for line in shown.split("\n")) <= columns
    assert "".join(shown.split()).count("".join(TEXT.split())) == 2
