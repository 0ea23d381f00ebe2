"""A bookmark that has another uid in a file of marks, because two copies of a database were migrated separately."""

import json
from typing import Any

import pytest

from reader.document.document import Position
from reader.marks.change_kinds import ChangeKind
from reader.marks.exchange import decoded
from reader.marks.facade import Marks
from reader.marks.merging import import_marks
from reader.marks.undo_log import articles_in, recorded
from tests.marks.making import anchor, article, exported


def import_with_another_uid(marks: Marks, into: Marks, **changed: Any) -> None:
    raw = json.loads(exported(marks))
    raw["articles"][0]["bookmarks"][0].update({"uid": "another", **changed})
    import_marks(into.store, decoded(json.dumps(raw).encode()))


@pytest.mark.parametrize("here", [False, True])
@pytest.mark.parametrize("there", [False, True])
@pytest.mark.parametrize("name", ["灯", "塔"])
def test_a_name_or_a_single_change_shows_that_two_bookmarks_are_one(*, here: bool, there: bool, name: str) -> None:
    marks = Marks(None)
    made = marks.bookmarks.add(article(), Position(3), "雾" if here else "灯")
    created = json.loads(exported(marks))["articles"][0]["bookmarks"][0]["created"]
    if here:
        marks.bookmarks.rename(made, "灯")
    later = created.replace("20", "21", 1)
    import_with_another_uid(marks, marks, name=name, changed=later if there else created)
    is_one = name == "灯" or here != there
    assert len(marks.bookmarks.all()) == (1 if is_one else 2)
    assert (made.uid in {one.uid for one in marks.bookmarks.all()}) is True


@pytest.mark.parametrize("moved", [[0, 0], [3, 1]])
def test_bookmarks_at_other_places_are_others(moved: list[int]) -> None:
    marks = Marks(None)
    marks.bookmarks.add(article(), Position(3), "灯")
    import_with_another_uid(marks, marks, place=moved)
    assert len(marks.bookmarks.all()) == 2


def test_a_bookmark_of_the_same_time_and_place_is_another_if_its_uid_is_known() -> None:
    marks = Marks(None)
    first = marks.bookmarks.add(article(), Position(3), "灯")
    second = marks.bookmarks.add(article(), Position(4), "塔")
    raw = json.loads(exported(marks))
    one, other = sorted(raw["articles"][0]["bookmarks"], key=lambda each: bool(each["uid"] != first.uid))
    other.update(place=one["place"], created=one["created"], name="灯", changed=one["created"].replace("20", "21", 1))
    raw["articles"][0]["bookmarks"] = [other]
    import_marks(marks.store, decoded(json.dumps(raw).encode()))
    places = {each.uid: each.position for each in marks.bookmarks.all()}
    assert places == {first.uid: Position(3), second.uid: Position(3)}


def test_articles_of_a_change_are_found_beside_tables_without_articles() -> None:
    marks = Marks(None)
    marks.highlights.add(article("b"), anchor(), "", 1)
    with marks.store.change(ChangeKind.TAGS, "") as connection, recorded(connection) as changes:
        connection.execute("INSERT INTO saved_search (name, query, created_at) VALUES ('x', 'y', 1)")
        connection.execute("INSERT INTO review VALUES ('u', 'b', 1, 1, 1, 1)")
    assert articles_in(connection, changes[0]) == {"b"}
