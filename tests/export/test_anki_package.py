"""The package for Anki: read by another SQLite, and by Anki itself where it is installed."""

import io
import json
import sqlite3
import zipfile
from pathlib import Path

import pytest

from reader.export.anki_package import AnkiNote, anki_package
from reader.export.highlight_files import written
from tests.export.test_highlight_files import article, highlight

NOTES = [AnkiNote("a" * 32, "灯塔<br>b", "why", ("sea", "light"), 1_700_000_000), AnkiNote("b", "Two", "", (), 1)]


def rows(package: bytes, tmp_path: Path, query: str) -> list[tuple[object, ...]]:
    with zipfile.ZipFile(io.BytesIO(package)) as found:
        assert found.namelist() == ["collection.anki2", "media"]
        assert json.loads(found.read("media")) == {}
        (tmp_path / "collection").write_bytes(found.read("collection.anki2"))
    connection = sqlite3.connect(tmp_path / "collection")
    try:
        return connection.execute(query).fetchall()
    finally:
        connection.close()


def test_a_package_has_a_note_and_a_card_for_each(tmp_path: Path) -> None:
    package = anki_package(NOTES, "Lamps")
    found = rows(package, tmp_path, "SELECT n.guid, n.flds, n.tags, n.mod FROM cards c JOIN notes n ON n.id = c.nid")
    assert sorted(found) == [
        ("a" * 32, "灯塔<br>b\x1fwhy", " sea light ", 1_700_000_000),
        ("b", "Two\x1f", "", 1),
    ]
    ((version, models, decks),) = rows(package, tmp_path, "SELECT ver, models, decks FROM col")
    assert version == 11
    assert isinstance(models, str)
    assert isinstance(decks, str)
    (used,) = {one for (one,) in rows(package, tmp_path, "SELECT mid FROM notes")}
    assert [one["name"] for one in json.loads(models)[str(used)]["flds"]] == ["Front", "Back"]
    assert "Lamps" in [one["name"] for one in json.loads(decks).values()]


def test_the_same_notes_are_the_same_package_and_keep_their_ids(tmp_path: Path) -> None:
    assert anki_package(NOTES, "Lamps") == anki_package(NOTES, "Lamps")
    alone = rows(anki_package(NOTES[1:], "Lamps"), tmp_path, "SELECT id FROM notes WHERE guid = 'b'")
    assert rows(anki_package(NOTES, "Lamps"), tmp_path, "SELECT id FROM notes WHERE guid = 'b'") == alone
    many = [AnkiNote("same", str(number), "", (), 1) for number in range(50)]
    assert len(set(rows(anki_package(many, "Lamps"), tmp_path, "SELECT id FROM notes"))) == 50


def test_highlights_are_notes_with_their_sources(tmp_path: Path) -> None:
    package = written("apkg", [highlight("a\t<b>\nc", "why")], article)
    ((fields, tags),) = rows(package, tmp_path, "SELECT flds, tags FROM notes")
    assert fields == "a &lt;b&gt;<br>c\x1fwhy<br><br>灯塔: 新灯 · 航标处 · https://example.org/a"
    assert tags == " a_b "


def test_anki_imports_it_and_updates_what_has_changed(tmp_path: Path) -> None:
    collections = pytest.importorskip("anki.collection", reason="needs Anki")
    collection = collections.Collection(str(tmp_path / "own.anki2"))
    try:
        again = [AnkiNote(NOTES[0].uid, NOTES[0].front, "other", NOTES[0].tags, 1_800_000_000)]
        for number, notes in enumerate((NOTES, NOTES, again)):
            file = tmp_path / f"{number}.apkg"
            file.write_bytes(anki_package(notes, "Lamps"))
            collection.import_anki_package(
                collections.ImportAnkiPackageRequest(
                    package_path=str(file),
                    options=collections.ImportAnkiPackageOptions(merge_notetypes=True, update_notes=0),
                )
            )
        found = {collection.get_note(one).guid: collection.get_note(one).fields for one in collection.find_notes("")}
        assert found == {"a" * 32: ["灯塔<br>b", "other"], "b": ["Two", ""]}
        assert len(collection.find_cards("deck:Lamps")) == 2
    finally:
        collection.close()
