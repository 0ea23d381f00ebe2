"""The indexes of earlier sessions around files that are opened one by one."""

import os
from pathlib import Path

import pytest

from reader.archive.archive import open_archives
from reader.index.index_file import index_path
from reader.indexing.surrounding_indexes import surrounding_indexes
from reader.indexing.update import UpdateOptions, update


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    root = tmp_path / "all" / "vault"
    (root / "sub").mkdir(parents=True)
    (root / ".obsidian").mkdir()
    (root / "sub" / "note.md").write_text("正文", encoding="utf-8")
    return root


def index(folder: Path, cache: Path) -> None:
    (archive,) = open_archives([folder])
    update(0, archive, os.fspath(index_path(cache, folder, None)), UpdateOptions())


@pytest.mark.parametrize(
    ("indexed", "expected"),
    [((), None), (("all",), "all"), (("all", "all/vault"), "all/vault"), (("all/vault/sub",), None)],
)
def test_that_of_the_vault_or_the_nearest_folder_above_is_used(
    vault: Path, tmp_path: Path, indexed: tuple[str, ...], expected: str | None
) -> None:
    cache = tmp_path / "cache"
    for name in indexed:
        index(tmp_path / name, cache)
    found = surrounding_indexes(open_archives([vault / "sub" / "note.md"]), cache)
    assert [archive.root for archive, _place in found] == ([tmp_path / expected] if expected else [])


def test_none_is_used_if_the_folder_is_open_or_the_index_is_not_usable(vault: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    index(vault, cache)
    note = vault / "sub" / "note.md"
    assert surrounding_indexes(open_archives([note, vault]), cache) == []
    index_path(cache, vault, None).write_bytes(b"corrupt")
    assert surrounding_indexes(open_archives([note]), cache) == []
