"""Search for words in the names of files and folders."""

import os
from pathlib import Path

import pytest

from reader.archive.archive import open_archives
from reader.index.index import Index
from reader.indexing.update import UpdateOptions, update
from reader.search.federated import Search, Sort
from reader.search.query_parser import parse


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("path:harbour", 1),
        ("path:fishing-harbour_notes", 1),
        ("path:灯塔", 1),
        ("path:海边", 2),
        ("path:notes -path:灯塔", 1),
        ("path:2021", 1),
        ("harbour", 1),
        ("notes -harbour", 1),
        ("title:灯塔", 1),
        ("渔港 灯塔", 1),
        ("2021", 0),
        ("海边", 0),
        ("path:nowhere", 0),
    ],
)
def test_names_are_found_as_words(tmp_path: Path, query: str, count: int) -> None:
    folder = tmp_path / "archive" / "海边"
    folder.mkdir(parents=True)
    for name in ("2021-03-04-fishing-harbour_notes", "灯塔 (notes)"):
        (folder / f"{name}.md").write_text("---\ntitle: 渔港\n---\n正文。\n", encoding="utf-8")
    (archive,) = open_archives([tmp_path / "archive"])
    index = os.fspath(tmp_path / "index.db")
    update(0, archive, index, UpdateOptions(show_copies=True))
    search = Search([Index(archive, index)])
    assert len(search.find(parse(query), Sort.NEWEST, most=10)) == count
    search.close()
