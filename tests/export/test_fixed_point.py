"""Markdown that was exported, read and exported again is the same: on the seeds and on real articles."""

from pathlib import Path

import pytest

from reader.archive.archive import open_archives
from reader.archive.article import Article
from reader.archive.scan import read_body, scan
from reader.parse.markdown import parse_markdown
from reader.parse.parser import parse
from tests.conftest import PROJECT, real_files
from tests.export.compared import written

SEEDS = sorted(path for path in (PROJECT / "seeds").rglob("*") if path.is_file())


@pytest.mark.parametrize("path", [*SEEDS, *real_files()], ids=lambda path: path.stem[:24])
def test_exported_markdown_is_a_fixed_point(path: Path) -> None:
    (article,) = scan(open_archives([path]))
    assert isinstance(article, Article)
    once = written(parse(read_body(article)[0]).blocks)
    assert written(parse_markdown(once)) == once


@pytest.mark.parametrize(
    "text",
    [
        "## `lamp: `[`Oil`](c)`  | None`\n",
        "x`  y` z\n",
        "x`y  ` z\n",
        "| a`  b` |\n| --- |\n| c`d  `e |\n",
        "[a`  b`](c)\n",
    ],
)
def test_blanks_beside_code_are_one(text: str) -> None:
    once = written(parse_markdown(text))
    assert "  " not in once
    assert written(parse_markdown(once)) == once
