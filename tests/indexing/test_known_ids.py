"""The article ids in the marks database: readable while another process writes; empty if unreadable."""

import os
from dataclasses import replace
from pathlib import Path

import pytest

from reader.document.document import Position
from reader.index.identities import Identities
from reader.indexing.known_ids import identities
from reader.marks.facade import Marks
from tests.marks.making import ODD_PATH, article, filled


def test_articles_are_known_by_their_paths_and_fingerprints(tmp_path: Path) -> None:
    marks = filled(tmp_path / "marks.db")
    odd = os.fspath(ODD_PATH.with_name("a" + ODD_PATH.name))
    assert identities(tmp_path / "marks.db") == Identities(
        {"/archive/a1.md": "a1", odd: "a2"}, {97: ("a1", "/archive/a1.md"), -97: ("a2", odd)}, {"a1", "a2"}
    )
    marks.store.connection.execute("BEGIN IMMEDIATE")
    assert len(identities(tmp_path / "marks.db").by_path) == 2


def test_unmarked_imported_articles_give_way_to_marked_ones(tmp_path: Path) -> None:
    marks = Marks(tmp_path / "marks.db")
    path = Path("/archive/a.md")
    first, second = replace(article("z"), path=path), replace(article("b"), path=path)
    marks.articles.star(first, starred=True)
    marks.articles.save_position(second, Position(3), 0.5)
    known = identities(tmp_path / "marks.db")
    assert (known.marked, known.by_path) == ({"z"}, {"/archive/a.md": "z"})


@pytest.mark.parametrize("content", [None, b"", b"garbage" * 1_000])
def test_without_a_store_nothing_is_known(tmp_path: Path, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / "marks.db").write_bytes(content)
    assert identities(tmp_path / "marks.db") == Identities()


def test_invalid_text_raises_nothing(tmp_path: Path) -> None:
    marks = filled(tmp_path / "marks.db")
    marks.articles.star(article("tobedamaged"), starred=True)
    marks.close()
    content = (tmp_path / "marks.db").read_bytes()
    (tmp_path / "marks.db").write_bytes(content.replace(b"tobedamaged", b"tobe\xff\xfe\xfdaged"))
    assert identities(tmp_path / "marks.db") == Identities()
