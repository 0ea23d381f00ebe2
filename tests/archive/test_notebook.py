"""Jupyter notebooks as articles."""

import json
from base64 import b64encode
from pathlib import Path
from typing import Any

import pytest

from reader.archive.article import Article
from reader.archive.notebook import notebook_file
from reader.archive.scan import body_at, read_head
from reader.document.blocks import CodeBlock, Heading, Image, SpanKind, Table, leaves
from reader.document.body import BodyFormat
from reader.document.embedded_data import base64_of, embedded_name, embedded_places
from reader.parse.parser import parse
from tests.growth import assert_linear

PICTURE = b64encode(bytes(range(256)) * 3).decode()
NAME = embedded_name(f"data:image/png;base64,{PICTURE}")


def notebook(*cells: dict[str, Any], **metadata: Any) -> bytes:
    return json.dumps({"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}).encode()


def text(*lines: str) -> dict[str, Any]:
    return {"cell_type": "markdown", "metadata": {}, "source": list(lines)}


def code(source: str, *outputs: dict[str, Any]) -> dict[str, Any]:
    return {"cell_type": "code", "execution_count": 1, "metadata": {}, "source": source, "outputs": outputs}


def read(tmp_path: Path, data: bytes) -> tuple[Article, Any]:
    path = tmp_path / "7.ipynb"
    path.write_bytes(data)
    found = read_head(path, tmp_path, "a")[0]
    assert isinstance(found, Article)
    return found, parse(body_at(path, found.title)[0])


def test_texts_code_and_its_output_are_read(tmp_path: Path) -> None:
    data = notebook(
        text("# Tides of the port\n", "\n", "With *the moon*."),
        code(
            "print(1)\n```x```",
            {"output_type": "stream", "name": "stdout", "text": ["1\n", "2\n"]},
            {
                "output_type": "execute_result",
                "data": {
                    "text/plain": "    a",
                    "text/html": "<div><style>x</style>\n\n<table><tr><th>h</th></tr><tr><td>9</td></tr></table></div>",
                },
            },
            {"output_type": "display_data", "data": {"image/png": f"{PICTURE}\n", "text/plain": "<Figure>"}},
            {"output_type": "error", "traceback": ["\x1b[31mValueError\x1b[0m: low"]},
        ),
        kernelspec={"language": "julia"},
        authors=[{"name": "Anna Gale"}],
    )
    article, document = read(tmp_path, data)
    assert (article.title, article.author, article.format) == ("Tides of the port", "Anna Gale", BodyFormat.MARKDOWN)
    blocks = document.blocks
    assert isinstance(blocks[0], Heading)
    assert [(block.language, block.text.text) for block in blocks if isinstance(block, CodeBlock)] == [
        ("julia", "print(1)\n```x```"),
        ("", "1\n2"),
        ("", "ValueError: low"),
    ]
    assert any(isinstance(block, Table) for block in blocks)
    said = "\n".join(leaf.text.text for block in blocks for leaf in leaves(block))
    assert "<Figure>" not in said
    assert PICTURE not in said
    assert NAME in [block.source for block in blocks if isinstance(block, Image)]


def test_pictures_attached_to_a_text(tmp_path: Path) -> None:
    cell = {**text("See ![dot](attachment:dot.png) here"), "attachments": {"dot.png": {"image/png": PICTURE}}}
    _article, document = read(tmp_path, notebook(cell))
    spans = [span for leaf in document.leaves for span in leaf.text.spans]
    assert any(span.kind is SpanKind.IMAGE and span.value == NAME for span in spans)


def test_front_matter_in_the_first_cell_is_the_header(tmp_path: Path) -> None:
    raw = {"cell_type": "raw", "metadata": {}, "source": ["---\n", "title: Neap tide\n", "date: 2015-03-04\n", "---"]}
    article, document = read(tmp_path, notebook(raw, text("Low water.")))
    assert (article.title, str(article.date)[:10]) == ("Neap tide", "2015-03-04")
    assert [leaf.text.text for leaf in document.leaves] == ["Low water."]


def test_notebooks_of_the_third_version(tmp_path: Path) -> None:
    cells = [
        {"cell_type": "heading", "level": 1, "source": "Spring tide"},
        {
            "cell_type": "code",
            "language": "r",
            "input": "x <- 1",
            "outputs": [{"output_type": "pyout", "text": "[1] 1"}],
        },
    ]
    data = json.dumps({"nbformat": 3, "metadata": {"name": ""}, "worksheets": [{"cells": cells}]}).encode()
    article, document = read(tmp_path, data)
    assert article.title == "Spring tide"
    assert [(block.language, block.text.text) for block in document.blocks if isinstance(block, CodeBlock)] == [
        ("r", "x <- 1"),
        ("", "[1] 1"),
    ]


def test_what_is_no_notebook_is_unchanged() -> None:
    for data in (b"", b"text", b"[1]", b"[" * 100_000, b'{"cells": '):
        assert notebook_file(data) == data
    odd = {
        "cells": [1, {"cell_type": "code", "source": 3, "outputs": [4, {"data": 5}]}],
        "metadata": 6,
        "worksheets": 7,
    }
    assert notebook_file(json.dumps(odd).encode()).startswith(b"{")


def test_pictures_are_found_in_the_file() -> None:
    lines = [f"{PICTURE[at : at + 76]}\n" for at in range(0, len(PICTURE), 76)]
    for written in (PICTURE, f"{PICTURE}\n", lines):
        for indent in (None, 1):
            data = json.dumps({"data": {"image/png": written, "text/plain": "x"}}, indent=indent).encode()
            start, end = embedded_places(data)[NAME]
            assert base64_of(data[start:end]).decode() == PICTURE


def test_style_sheets_without_an_end_take_no_quadratic_time() -> None:
    def work(count: int) -> bytes:
        table = {"text/html": "<table>" + "<style>" * count}
        return notebook_file(notebook(code("x", {"output_type": "display_data", "data": table})))

    assert_linear(work, 2_000)


@pytest.mark.parametrize("authors", [5, True, "Anna", {"name": "Anna"}, [5, None]])
def test_authors_that_are_no_list_of_names_are_ignored(authors: object) -> None:
    assert notebook_file(notebook(text("tide"), authors=authors)) == notebook_file(notebook(text("tide")))


def test_an_output_whose_kind_is_no_text_is_shown_as_data() -> None:
    shown = {"output_type": {"a": 1}, "data": {"text/plain": "low tide"}}
    assert b"low tide" in notebook_file(notebook(code("x", shown)))


def stream(text: str, name: str = "stderr") -> dict[str, Any]:
    return {"output_type": "stream", "name": name, "text": text}


@pytest.mark.parametrize(
    ("outputs", "shown"),
    [
        ([stream(" 0%|  |\r50%|# |\r99%|##|\ndone\n")], ["99%|##|\ndone"]),
        ([stream("working hard\rready\n")], ["readyng hard"]),
        ([stream("working hard\r\x1b[Kready\n")], ["ready"]),
        ([stream("a\r\nb\r\n")], ["a\nb"]),
        ([stream("\r10%"), stream("\r20%"), stream("\r30%\r"), stream("x", "stdout"), stream("y")], ["30%", "x", "y"]),
        ([stream("100%\x1b[0m\r")], ["100%"]),
    ],
)
def test_of_a_stream_what_a_terminal_shows_in_the_end_remains(
    tmp_path: Path, outputs: list[dict[str, Any]], shown: list[str]
) -> None:
    _article, document = read(tmp_path, notebook(code("run()", *outputs)))
    assert [leaf.text.text for leaf in document.leaves if isinstance(leaf, CodeBlock)] == ["run()", *shown]


def test_a_progress_bar_is_read_in_linear_time() -> None:
    assert_linear(lambda size: notebook_file(notebook(code("x", stream("a" * size + "\rb" * size)))), 20_000)


@pytest.mark.parametrize(
    ("language", "shown"), [("c++", "c++"), ("py`x", ""), ("Wolfram Language", ""), ("a\n# b", "")]
)
def test_a_language_that_is_no_name_is_left_out(tmp_path: Path, language: str, shown: str) -> None:
    _article, document = read(tmp_path, notebook(code("x = 1"), kernelspec={"language": language}))
    assert [(leaf.language, leaf.text.text) for leaf in document.leaves if isinstance(leaf, CodeBlock)] == [
        (shown, "x = 1")
    ]
