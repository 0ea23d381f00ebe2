"""Headers in which Logseq writes links and hashtags without quotation marks."""

from typing import Any

import pytest

from reader.archive import fields
from reader.archive.front_matter import read


def _header(lines: str) -> tuple[dict[str, Any], bool]:
    """Return the canonical values of a header, and whether it has no problem."""
    found = read(f"---\n{lines}\n---\n\n- lamp\n")
    assert found is not None
    return fields.canonical_values(found.values), not found.problems


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("authors: [[Ada Wick]], [[Ben O'Lamp]], [[灯 守]]", "Ada Wick, Ben O'Lamp, 灯 守"),
        ("author: [[Ada Wick]] [[Ben Oil]]", "Ada Wick, Ben Oil"),
    ],
)
def test_authors_that_are_links(line: str, authors: str) -> None:
    values, is_valid = _header(f"title: Lamp\n{line}\npublic: true\npublic: true")
    assert fields.author(values) == authors
    assert is_valid


@pytest.mark.parametrize(
    ("line", "tags"),
    [
        ("tags: #oil, #wick, coast, [[white tower]], [[sea]]", ("oil", "wick", "coast", "white tower", "sea")),
        ("tags: [[white tower]], [[sea]], #oil", ("white tower", "sea", "oil")),
        ("Tags: #oil #wick", ("oil", "wick")),
        ("tags:  #oil, #wick", ("oil", "wick")),
        ("tags: # a comment", ()),
        ("tags: [[white, sea], [oil]]", ("white", "sea", "oil")),
    ],
)
def test_tags_that_are_links_or_hashtags(line: str, tags: tuple[str, ...]) -> None:
    values, is_valid = _header(f"title: Lamp\n{line}")
    assert fields.tags(values) == tags
    assert is_valid


def test_links_in_a_header_that_is_not_valid() -> None:
    values, is_valid = _header("title: Lamp: a note\nauthors: [[Ada Wick]], [[Ben Oil]]\ntags: [[sea]]")
    assert values["title"] == "Lamp: a note"
    assert fields.author(values) == "Ada Wick, Ben Oil"
    assert fields.tags(values) == ("sea",)
    assert not is_valid


@pytest.mark.parametrize("indent", ["", "  "])
@pytest.mark.parametrize("between", ["", "# more\n", "  # more\n\n  # and more\n"])
def test_a_comment_above_a_list_of_tags(indent: str, between: str) -> None:
    values, is_valid = _header(f"title: Lamp\ntags: #later\n{between}{indent}- sea\n{indent}- oil")
    assert fields.tags(values) == ("sea", "oil")
    assert is_valid
