"""Notes of TiddlyWiki: their fields, and which of them are articles."""

from pathlib import Path

import pytest

from reader.archive.article import Article
from reader.archive.scan import body_at, read_head
from reader.archive.walk import may_be_article
from reader.document.body import BodyFormat

FIELDS = "created: 20150304101112000\nmodified: 20160304101112000\nrating: 5\nauthor: Anna Gale\n"


def read(tmp_path: Path, text: str) -> Article | None:
    (tmp_path / "note.tid").write_text(text, encoding="utf-8")
    found = read_head(tmp_path / "note.tid", tmp_path, "a")[0]
    assert found is None or isinstance(found, Article)
    return found


def test_fields_are_the_header(tmp_path: Path) -> None:
    found = read(
        tmp_path, f"{FIELDS}tags: port [[low tide]]\ntitle: Lamp: a note\ntype: text/vnd.tiddlywiki\n\n! Oil\n"
    )
    assert found is not None
    assert (found.title, found.author, found.tags) == ("Lamp: a note", "Anna Gale", ("port", "low tide"))
    assert str(found.date) == "2015-03-04 10:11:12+00:00"
    body, warnings = body_at(found.path, found.title)
    assert (body.text.strip(), body.format, warnings) == ("! Oil", BodyFormat.TIDDLYWIKI, ())


@pytest.mark.parametrize(
    ("written", "expected"),
    [("text/x-markdown", BodyFormat.MARKDOWN), ("text/html", BodyFormat.HTML), ("text/plain", BodyFormat.TEXT)],
)
def test_type_states_the_format(tmp_path: Path, written: str, expected: BodyFormat) -> None:
    found = read(tmp_path, f"{FIELDS}title: Lamp\ntype: {written}\n\n# a\n")
    assert found is not None
    assert found.format is expected


@pytest.mark.parametrize(
    "fields", ["title: $:/config/x\n", "title: Draft\ndraft.of: Lamp\n", "title: x\ntype: application/json\n"]
)
def test_settings_drafts_and_data_are_no_articles(tmp_path: Path, fields: str) -> None:
    assert read(tmp_path, f"{FIELDS}{fields}\ntext\n") is None


def test_names_of_settings() -> None:
    assert may_be_article("Lamp.tid")
    assert not may_be_article("$__config_x.tid")
    assert may_be_article("$ cost.md")
