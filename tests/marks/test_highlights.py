"""Highlights and their notes."""

from dataclasses import replace
from pathlib import Path
from unittest.mock import ANY

from reader.document.document import Position, Range
from reader.marks.facade import Marks
from reader.marks.highlights import shortened
from tests.marks.making import anchor, article


def test_a_highlight_is_there_after_a_restart(tmp_path: Path) -> None:
    first = Marks(tmp_path / "marks.db")
    made = first.highlights.add(article(), anchor("灯塔\n照着海"), "第三节", 3, " 一行\r\n二行\x1b\u202e ")
    first.close()
    assert Marks(tmp_path / "marks.db").highlights.all() == [made]
    assert made.note == "一行\n二行"
    assert (made.colour, made.section, made.name) == (3, "第三节", "灯塔 照着海")
    assert made.anchor.span == Range(Position(2, 3), Position(2, 9))


def test_colour_and_note_are_changed_each_by_itself_or_both() -> None:
    marks = Marks(None)
    made = marks.highlights.add(article(), anchor(), "", 1)
    coloured = marks.highlights.change(made, colour=2)
    assert marks.highlights.all() == [coloured]
    noted = marks.highlights.change(coloured, note="写了")
    assert marks.highlights.all() == [noted]
    both = marks.highlights.change(noted, colour=4, note="")
    assert marks.highlights.all() == [both]
    assert (both.colour, both.note) == (4, "")
    assert both.changed > noted.changed > coloured.changed > made.changed


def test_what_changes_nothing_is_no_change() -> None:
    marks = Marks(None)
    made = marks.highlights.add(article(), anchor(), "", 1, "写了")
    assert marks.highlights.change(made) is made
    assert marks.highlights.change(made, colour=1, note=" 写了\n") is made
    marks.highlights.delete()
    assert len(marks.store.rows("SELECT 1 FROM change")) == 1


def test_many_are_deleted_at_once_and_put_back_at_once() -> None:
    marks = Marks(None)
    made = [marks.highlights.add(article(), anchor(block=number), "", 1) for number in range(4)]
    marks.highlights.delete(*made[:3], made[0])
    assert marks.highlights.of("a") == made[3:]
    marks.undo()
    assert marks.highlights.of("a") == made


def test_those_of_an_article_stand_in_the_order_of_their_places() -> None:
    marks = Marks(None)
    for block in (5, 1, 3):
        marks.highlights.add(article("a"), anchor(block=block), "", 1)
        marks.highlights.add(article("b"), anchor(block=block), "", 1)
    assert [one.anchor.span.start.block for one in marks.highlights.of("a")] == [1, 3, 5]


def test_notes_are_found_blind_to_case_and_width() -> None:
    marks = Marks(None)
    marks.highlights.add(article("a"), anchor("Quoted"), "", 1, "Ｎote １")
    marks.highlights.add(article("b"), anchor("note"), "", 1)


def test_a_long_note_is_kept_whole() -> None:
    marks = Marks(None)
    made = marks.highlights.add(article(), anchor(), "", 1, "字" * 150_000)
    assert made.note == "字" * 150_000
    assert marks.highlights.all() == [made]


def test_two_who_write_a_note_at_once_lose_no_words() -> None:
    marks = Marks(None)
    made = marks.highlights.add(article(), anchor(), "", 1)
    marks.highlights.change(made, note="theirs")
    changed = marks.highlights.change(made, colour=made.colour, note="mine")
    assert changed.note == "mine\n\ntheirs"
    assert marks.highlights.all()[0].note == "mine\n\ntheirs"


def test_taking_a_note_away_leaves_what_another_wrote_meanwhile() -> None:
    marks = Marks(None)
    made = marks.highlights.add(article(), anchor(), "", 1, "old")
    marks.highlights.change(made, note="theirs")
    assert marks.highlights.change(made, note="").note == "theirs"
    assert [one.note for one in marks.highlights.all()] == ["theirs"]
    assert marks.highlights.change(marks.highlights.all()[0], note="").note == ""
    assert [one.note for one in marks.highlights.all()] == [""]


def test_what_is_written_while_another_deletes_comes_back_with_it() -> None:
    marks = Marks(None)
    made = marks.highlights.add(article(), anchor(), "节", 2)
    marks.highlights.delete(made)
    assert marks.highlights.change(made, colour=3) == replace(made, colour=3, changed=ANY)
    assert marks.highlights.all() == []
    noted = marks.highlights.change(made, note="worth keeping")
    assert marks.highlights.all() == [replace(noted, id=ANY)]
    assert noted.note == "worth keeping"
    marks.undo()
    assert marks.highlights.all() == []


def test_another_colour_leaves_a_note_alone_that_another_reader_wrote() -> None:
    marks = Marks(None)
    made = marks.highlights.add(article(), anchor(), "", 1)
    marks.highlights.change(made, note="theirs")
    marks.highlights.change(made, colour=3, note=made.note)
    assert (marks.highlights.all()[0].colour, marks.highlights.all()[0].note) == (3, "theirs")


def test_a_name_is_short_and_on_one_line() -> None:
    assert shortened("一 \n 二", 40) == "一 二"
    assert shortened("字" * 41, 40) == "字" * 39 + "…"
    assert shortened(" " * 200 + "字", 40).endswith("…")
    assert shortened("", 40) == ""
