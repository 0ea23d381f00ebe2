"""Malicious files of marks: rejected with the location of the error, or imported without harmful content."""

import json
from collections.abc import Iterator
from typing import Any

import apsw
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.document.sanitizing import clean, clean_line
from reader.errors import ExchangeError
from reader.marks.exchange import decoded
from reader.marks.facade import Marks
from reader.marks.merging import import_marks
from tests.marks.making import exported, filled

WHEN = "2026-11-24T10:00:00Z"
WHOLE: dict[str, Any] = {
    "format": "archive-reader marks",
    "version": 1,
    "articles": [
        {
            "id": "0123456789abcdef",
            "path": "/archive/a.md",
            "title": "题",
            "fingerprint": -5,
            "read": WHEN,
            "starred": WHEN,
            "later": WHEN,
            "opened": WHEN,
            "place": [3, 1],
            "place_quotation": "引",
            "progress": 0.5,
            "tags": [{"name": "海", "added": WHEN}],
            "sections": [{"title": "节", "number": 0, "progress": 1}],
            "bookmarks": [
                {
                    "uid": "b1",
                    "place": [3, 1],
                    "name": "一处",
                    "created": WHEN,
                    "changed": WHEN,
                    "letter": "q",
                    "section": "节",
                    "quotation": "引",
                }
            ],
            "highlights": [
                {
                    "uid": "h1",
                    "start": [3, 1],
                    "end": [3, 4],
                    "quotation": "引",
                    "created": WHEN,
                    "changed": WHEN,
                    "colour": 2,
                    "note": "记",
                    "before": "前",
                    "after": "后",
                    "section": "节",
                }
            ],
            "reviews": [{"uid": "h1", "due": WHEN, "stability": 2.5, "difficulty": 4.5, "reviewed": WHEN}],
        }
    ],
    "searches": [{"name": "搜", "query": "灯塔", "created": WHEN}],
    "days": [{"day": "2026-11-24", "seconds": 1.5, "characters": 7}],
    "state": {"theme": "night"},
    "words": [
        {
            "uid": "w1",
            "text": "灯塔",
            "created": WHEN,
            "reading": "dēng tǎ",
            "meaning": "lighthouse",
            "sentence": "海边的灯塔亮着。",
            "title": "题",
        }
    ],
}
"""A file with all fields."""

Place = tuple[str | int, ...]


def places(value: Any, place: Place = ()) -> Iterator[Place]:
    """The paths of all scalar values in a file."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from places(inner, (*place, key))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from places(inner, (*place, number))
    else:
        yield place


def with_value(place: Place, value: Any) -> bytes:
    """The file with one value replaced."""
    made = json.loads(json.dumps(WHOLE))
    inside = made
    for step in place[:-1]:
        inside = inside[step]
    inside[place[-1]] = value
    return json.dumps(made).encode()


def location(place: Place) -> str:
    """A path in the form of the error message."""
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in place)


PLACES = [*places(WHOLE)]
HOSTILE = "\x1b]0;x\x07\u202e\u2066\u200f\x9b\x00\r\u2028\u00ad海"


def rejection(content: bytes) -> str:
    """The error about a file, of which nothing was imported."""
    marks = filled(None)
    before = exported(marks), marks.store.rows("SELECT * FROM change"), marks.store.rows("SELECT * FROM article")
    with pytest.raises(ExchangeError) as error:
        import_marks(marks.store, decoded(content))
    after = exported(marks), marks.store.rows("SELECT * FROM change"), marks.store.rows("SELECT * FROM article")
    assert after == before
    message = str(error.value)
    assert len(message) < 600
    assert clean_line(message) == message
    return message


def texts(connection: apsw.Connection) -> Iterator[tuple[str, str]]:
    """Every text in a database, with its table and column."""
    tables = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()
    for (table,) in tables:
        for row in connection.execute(f"SELECT * FROM {table}"):  # noqa: S608
            yield from ((str(table), value) for value in row if isinstance(value, str))


def imported(content: bytes) -> Marks:
    """A database into which a file was imported; checks that it contains nothing harmful."""
    marks = Marks(None)
    import_marks(marks.store, decoded(content))
    for table, text in texts(marks.store.connection):
        assert clean(text) == text, (table, text)
    assert decoded(exported(marks))
    return marks


def test_file_with_every_field_is_imported_completely() -> None:
    file = json.loads(exported(imported(json.dumps(WHOLE).encode())))
    assert file == json.loads(json.dumps(WHOLE).replace('"progress": 1}', '"progress": 1.0}'))


@pytest.mark.parametrize("value", [[], {"x": 1}, True, None, 10**30, -1, 1e300, "", "2026-11-24T10:00:00", [1, 2, 3]])
def test_value_of_another_type_is_rejected_with_its_location_or_valid(value: Any) -> None:
    for place in PLACES:
        content = with_value(place, value)
        if is_accepted(content):
            imported(content).close()
            continue
        message = rejection(content)
        if place[0] not in {"format", "version"} or not isinstance(value, (str, int)):
            assert location(place[:2] if place[0] != "state" else place[:1]) in message


def is_accepted(content: bytes) -> bool:
    """Whether a content is accepted."""
    try:
        decoded(content)
    except ExchangeError:
        return False
    return True


def test_control_characters_in_any_string_are_rejected_or_removed() -> None:
    for place in PLACES:
        content = with_value(place, HOSTILE)
        if is_accepted(content):
            marks = imported(content)
            assert any("海" in text for _table, text in texts(marks.store.connection)), place
        else:
            rejection(content)


def test_control_characters_in_the_name_of_a_state_are_removed() -> None:
    content = json.dumps({**WHOLE, "state": {HOSTILE: HOSTILE}}).encode()
    assert len(imported(content).store.rows("SELECT * FROM state")) == 1


@pytest.mark.parametrize("field", ["id", "uid", "letter"])
@pytest.mark.parametrize("value", ["a\n", "\n", " ", "a b", "海", "../x", "\u202ea", "q" * 200])
def test_key_consists_of_letters_and_digits(field: str, value: str) -> None:
    found = [one for one in PLACES if one[-1] == field]
    assert found
    for place in found:
        assert location(place) in rejection(with_value(place, value))


@pytest.mark.parametrize(
    "value",
    [
        *("0000-01-01T00:00:00Z", "10000-01-01T00:00:00Z", "2026-13-01T00:00:00Z", "2026-02-30T00:00:00Z", "now"),
        *("0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "2026-01-01T00:00:00", "2026-01-01"),
    ],
)
def test_invalid_time_is_rejected(value: str) -> None:
    for place in (one for one in PLACES if one[-1] in {"read", "opened", "created", "changed", "added"}):
        # For a time that is only out of range in UTC, the error names the record.
        message = rejection(with_value(place, value))
        assert location(place) in message or (location(place[:-1]) in message and f"`{place[-1]}`" in message)


@pytest.mark.parametrize("value", ["0001-01-01T00:00:00Z", "9999-12-31T23:59:59.999999Z", "1969-12-31T23:59:59+05:30"])
def test_distant_time_is_accepted(value: str) -> None:
    for place in (one for one in PLACES if one[-1] in {"read", "opened", "created", "changed", "added"}):
        marks = imported(with_value(place, value))
        marks.bookmarks.all()
        marks.highlights.all()
        marks.articles.visited()
        assert exported(imported(exported(marks))) == exported(marks)


@pytest.mark.parametrize("value", [-(2**63) - 1, 2**63, 2**64, 10**400, 1.5, float("inf"), float("nan"), float("-inf")])
def test_numbers_out_of_range_are_rejected(value: float) -> None:
    for place in (("articles", 0, "fingerprint"), ("articles", 0, "place", 0), ("days", 0, "characters")):
        rejection(with_value(place, value))
    if value != 1.5:
        rejection(with_value(("days", 0, "seconds"), value))


@pytest.mark.parametrize("value", [-(2**63), 2**63 - 1])
def test_largest_fingerprints_are_stored(value: int) -> None:
    marks = imported(with_value(("articles", 0, "fingerprint"), value))
    assert marks.store.rows("SELECT fingerprint FROM article") == [(value,)]


@pytest.mark.parametrize("path", ["/a\0b", "\0"])
def test_impossible_path_is_rejected(path: str) -> None:
    rejection(with_value(("articles", 0, "path"), path))
    rejection(with_value(("articles", 0, "path_bytes"), "YQBi"))
    rejection(with_value(("articles", 0, "path_bytes"), "no base64"))


@pytest.mark.parametrize("place", [(), ("articles", 0), ("articles", 0, "bookmarks", 0), ("days", 0), ("searches", 0)])
def test_unknown_or_missing_field_is_rejected(place: Place) -> None:
    rejection(with_value((*place, "\x1b[31m" * 10_000), 1))
    made = json.loads(json.dumps(WHOLE))
    inside = made
    for step in place:
        inside = inside[step]
    required = {"format", "path", "uid", "day", "query"} & inside.keys()
    del inside[required.pop()]
    assert "missing required" in rejection(json.dumps(made).encode())


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b" ",
        b"{}",
        b"null",
        b"[]",
        b"\xef\xbb\xbf{}",
        b"\xff\xfe{\0}\0",
        b"\0" * 1_000,
        b"[" * 500_000,
        b'{"articles":' + b"[" * 500_000,
        b'{"a":' * 200_000,
        bytes(range(256)) * 8_192,
        b'{"format": "\xff"}',
        b'{"format": "\\ud800"}',
        b'{"format": "archive-reader marks", "version": 1, "state": {"a": "\\ud800\\udbff"}}',
        b'{"format": "archive-reader marks", "version": 1, "state": {"a": "\x01"}}',
        b'{"format": "archive-reader marks", "version": 1} x',
        b'{"format": "archive-reader marks", "version": 1,}',
    ],
    ids=range(18),
)
def test_other_content_is_rejected(content: bytes) -> None:
    rejection(content)


def test_truncated_file_is_rejected() -> None:
    content = json.dumps(WHOLE, ensure_ascii=False).encode()
    for end in range(0, len(content) - 1, 7):
        with pytest.raises(ExchangeError):
            decoded(content[:end])


@pytest.mark.parametrize("version", [0, -1, 2, 10**9])
def test_file_of_another_version_or_kind_is_rejected(version: int) -> None:
    assert str(version) in rejection(json.dumps({**WHOLE, "version": version}).encode())
    assert "[31m" in rejection(json.dumps({**WHOLE, "format": "\x1b[31m" * 100_000}).encode())


def test_empty_tags_are_skipped() -> None:
    content = with_value(("articles", 0, "tags", 0, "name"), "\x00\u202e#")
    assert imported(content).articles.tags("0123456789abcdef") == ()


def test_duplicate_article_or_mark_is_imported_once() -> None:
    made = json.loads(json.dumps(WHOLE))
    made["articles"] *= 3
    made["searches"] *= 2
    made["days"] *= 2
    marks = imported(json.dumps(made).encode())
    assert (len(marks.bookmarks.all()), len(marks.highlights.all()), len(marks.searches.all())) == (1, 1, 1)


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_file_with_a_few_changed_bytes_is_rejected_or_imported(data: st.DataObject) -> None:
    content = bytearray(json.dumps(WHOLE, ensure_ascii=False).encode())
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(content) - 1))
        content[place : place + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=3))
    if is_accepted(bytes(content)):
        imported(bytes(content)).close()
    else:
        rejection(bytes(content))
