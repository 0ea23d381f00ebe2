"""An index corrupted byte by byte: the next start finds everything, or reports the corruption."""

import os
import re
from collections import Counter
from pathlib import Path
from typing import Any

import apsw
import pytest

from tests.library.corruption import Damage, Damageable, chance_damages, header_damages

SMALL = "bit zero bit noise"
LARGE = "page garbage cut"


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Damageable:
    return Damageable(tmp_path_factory.mktemp("damage")).make(40)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Damageable:
    """Where the number of articles makes no difference to what the damage hits."""
    return Damageable(tmp_path_factory.mktemp("small")).make(12)


def test_every_byte_of_the_header(small: Damageable) -> None:
    outcomes = Counter(small.outcome(damage.done_to(small.content)) for damage in header_damages())
    assert set(outcomes) <= {"unharmed", "remade", "told"}
    assert outcomes["remade"] > 15


def test_a_few_bytes_anywhere(index: Damageable) -> None:
    damages = list(chance_damages(len(index.content), 110, 0, SMALL))
    outcomes = Counter(index.outcome(damage.done_to(index.content)) for damage in damages)
    # An index that is still valid may contain another title or word: see ARCHITECTURE.md.
    assert outcomes["undetected"] <= 9, outcomes


def test_whole_pages_and_truncation(index: Damageable) -> None:
    damages = list(chance_damages(len(index.content), 75, 0, LARGE))
    outcomes = Counter(index.outcome(damage.done_to(index.content)) for damage in damages)
    assert outcomes["undetected"] == 0
    assert outcomes["told"] + outcomes["remade"] > 25, outcomes


@pytest.mark.parametrize("kinds", ["bit noise page", "garbage cut zero"])
def test_damage_to_the_wal_costs_only_the_wal(small: Damageable, kinds: str) -> None:
    damages = list(chance_damages(len(small.log), 30, 5, kinds))
    outcomes = Counter(small.outcome(small.content, damage.done_to(small.log)) for damage in damages)
    assert set(outcomes) == {"unharmed"}
    assert small.outcome(small.content, b"no log at all" * 5_000) == "unharmed"


def test_wal_of_another_index(index: Damageable, tmp_path: Path) -> None:
    other = Damageable(tmp_path / "other").make(8)
    assert index.outcome(index.content, other.log) in ("unharmed", "remade", "told")
    assert index.outcome(b"", index.log) in ("unharmed", "remade", "told")


def test_path_on_which_table_and_index_disagree(index: Damageable) -> None:
    name = os.fsencode(sorted(index.archive.rglob("*.md"))[5].name)
    places = [place.start() for place in re.finditer(re.escape(name), index.content)]
    assert len(places) >= 2
    outcomes = [index.outcome(Damage("bit", place + 1).done_to(index.content)) for place in places]
    assert set(outcomes) <= {"unharmed", "remade"}
    assert "remade" in outcomes


def test_deleted_article_whose_key_is_taken(index: Damageable) -> None:
    index.place(index.content)
    order: tuple[Any, ...] = ()
    for statement in (
        "DELETE FROM sqlite_schema WHERE name = 'article_path' RETURNING *",
        "DELETE FROM article WHERE key = (SELECT max(key) FROM article) RETURNING path",
        "INSERT INTO sqlite_schema VALUES (?, ?, ?, ?, ?) RETURNING 1",
    ):
        connection = apsw.Connection(os.fspath(index.path))
        connection.pragma("writable_schema", "on")
        (row,) = connection.execute(statement, order if "?" in statement else ()).fetchall()
        order = order or row
        connection.close()
    assert index.outcome(index.path.read_bytes()) == "remade"


def test_damage_has_the_named_effect() -> None:
    content = bytes(range(256)) * 48
    for kind in (SMALL + " " + LARGE).split():
        damaged = Damage(kind, 5_001, 3).done_to(content)
        assert damaged != content
        assert damaged == Damage(kind, 5_001, 3).done_to(content)
        assert damaged[:4_096] == content[:4_096]
