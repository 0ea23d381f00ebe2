"""The table of export formats: each has an exporter, a command-line choice, and a key."""

from pathlib import Path

import pytest

from reader.cli.one_file_export import chosen_format
from reader.cli.parsers import parse
from reader.document.annotation import Annotation
from reader.document.blocks import Inline, Paragraph
from reader.document.document import Document, Position, Range
from reader.export.export_formats import FORMATS
from reader.export.exporter import ExportOptions, export
from reader.keymap.actions import Context
from reader.keymap.keymap import Keymap
from reader.layout.head import Head

DOCUMENT = Document((Paragraph(Inline("灯塔守着海岸。")),))


TEXTS = ("text", "markdown", "html", "json")
"""The formats with the text of the article that are not compressed."""


@pytest.mark.parametrize("name", TEXTS)
def test_a_format_writes_a_file_with_the_highlights_it_is_given(name: str, tmp_path: Path) -> None:
    options = ExportOptions(annotations=(Annotation(Range(Position(0), Position(0, 2)), note="亮"),))
    marked = export(FORMATS[name].exporter(options), Head("灯塔", ""), DOCUMENT, tmp_path)
    plain = export(FORMATS[name].exporter(ExportOptions()), Head("平", ""), DOCUMENT, tmp_path)
    assert "亮" in marked.read_text(encoding="utf-8")
    assert "亮" not in plain.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_has_a_choice_of_the_command(name: str) -> None:
    assert parse("export", ["--format", name, "a.md"]).format == name


@pytest.mark.parametrize("name", ["text", "markdown"])
def test_some_formats_have_a_key(name: str) -> None:
    assert Keymap()[FORMATS[name].action].context is Context.PAGE


def test_the_first_format_is_the_default() -> None:
    assert chosen_format(parse("export", ["a.md"])).name == "text"


def test_files_of_different_formats_differ_in_their_suffix() -> None:
    made = [one.exporter(ExportOptions()) for one in FORMATS.values()]
    assert len({one.suffix for one in made}) == len(FORMATS)


def test_text_has_the_width_of_the_options() -> None:
    pieces = FORMATS["text"].exporter(ExportOptions(width=8)).render(Head("", ""), DOCUMENT)
    assert max(len(piece.decode().rstrip("\n")) for piece in pieces) <= 4
