"""Highlights and their notes."""

from dataclasses import replace
from pathlib import Path
from unittest.mock import ANY

from reader.document.document import Position, Range
from reader.marks.facade import Marks
from reader.marks.highlights import shortened
from reader.marks.mark_list import MarkFilter
from tests.marks.making import anchor, article


def test_highlight_survives_a_restart(tmp_path: Path) -> None:
    first = Marks(tmp_path / "marks.db")
    made = first.highlights.add(article(), anchor("灯塔\n照着海"), "第三节", 3, " 一行\r\n二行\x1b\u202e ")
    first.close()
    assert Marks(tmp_path / "marks.db").highlights.all() == [made]
    assert made.note == "一行\n二行"
    assert (made.colour, made.section, made.name) == (3, "第三节", "灯塔 照着海")
    assert made.anchor.span == Range(Position(2, 3), Position(2, 9))


def test_a_note_keeps_its_indent_and_joiners() -> None:
    marks = Marks(None)
    note = "\u3000\u3000守塔的一家👨\u200d👩\u200d👧\n\u3000\u3000灯"
    assert marks.highlights.add(article(), anchor(), "", 1, f"\n{note}\u3000\n").note == note
    assert not marks.highlights.add(article(), anchor(), "", 2, "\u3000\n").note


def test_colour_and_note_are_changed_separately_or_together() -> None:
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


def test_many_highlights_are_recoloured_as_one_change() -> None:
    marks = Marks(None)
    made = [marks.highlights.add(article(), anchor(block=number), "", 1) for number in range(3)]
    marks.highlights.recolour(made[:2], 4)
    assert [one.colour for one in marks.highlights.of("a")] == [4, 4, 1]
    marks.undo()
    marks.highlights.recolour([], 2)
    assert marks.highlights.of("a") == made


def test_unchanged_values_are_not_a_change() -> None:
    marks = Marks(None)
    made = marks.highlights.add(article(), anchor(), "", 1, "写了")
    assert marks.highlights.change(made) is made
    assert marks.highlights.change(made, colour=1, note=" 写了\n") is made
    marks.highlights.delete()
    assert len(marks.store.rows("SELECT 1 FROM change")) == 1


def test_many_highlights_are_deleted_and_restored_as_one_change() -> None:
    marks = Marks(None)
    made = [marks.highlights.add(article(), anchor(block=number), "", 1) for number in range(4)]
    marks.highlights.delete(*made[:3], made[0])
    assert marks.highlights.of("a") == made[3:]
    marks.undo()
    assert marks.highlights.of("a") == made


def test_highlights_of_an_article_are_sorted_by_position() -> None:
    marks = Marks(None)
    for block in (5, 1, 3):
        marks.highlights.add(article("a"), anchor(block=block), "", 1)
        marks.highlights.add(article("b"), anchor(block=block), "", 1)
    assert [one.anchor.span.start.block for one in marks.highlights.of("a")] == [1, 3, 5]


def test_notes_are_found_ignoring_case_and_width() -> None:
    marks = Marks(None)
    marks.highlights.add(article("a"), anchor("Quoted"), "", 1, "Ｎote １")
    marks.highlights.add(article("b"), anchor("note"), "", 1)

    def found(words: str) -> list[str]:
        return [one.anchor.quotation for one in marks.highlights.listing(MarkFilter(words=words)).rows(0)]

    assert found("NOTE") == ["note", "Quoted"]
    assert found("note 1") == ["Quoted"]
    assert found("note 2") == []


def test_long_note_is_stored_completely() -> None:
    marks = Marks(None)
    made = marks.highlights.add(article(), anchor(), "", 1, "字" * 150_000)
    assert made.note == "字" * 150_000
    assert marks.highlights.all() == [made]


def test_two_concurrent_notes_are_both_kept() -> None:
    marks = Marks(None)
    made = marks.highlights.add(article(), anchor(), "", 1)
    marks.highlights.change(made, note="theirs")
    changed = marks.highlights.change(made, colour=made.colour, note="mine")
    assert changed.note == "mine\n\ntheirs"
    assert marks.highlights.all()[0].note == "mine\n\ntheirs"


def test_deleting_a_note_keeps_the_concurrent_text_of_another_reader() -> None:
    marks = Marks(None)
    made = marks.highlights.add(article(), anchor(), "", 1, "old")
    marks.highlights.change(made, note="theirs")
    assert marks.highlights.change(made, note="").note == "theirs"
    assert [one.note for one in marks.highlights.all()] == ["theirs"]
    assert marks.highlights.change(marks.highlights.all()[0], note="").note == ""
    assert [one.note for one in marks.highlights.all()] == [""]


def test_note_written_during_a_concurrent_delete_restores_the_highlight() -> None:
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


def test_another_colour_keeps_the_concurrent_note_of_another_reader() -> None:
    marks = Marks(None)
    made = marks.highlights.add(article(), anchor(), "", 1)
    marks.highlights.change(made, note="theirs")
    marks.highlights.change(made, colour=3, note=made.note)
    assert (marks.highlights.all()[0].colour, marks.highlights.all()[0].note) == (3, "theirs")


def test_a_name_is_short_and_on_one_line() -> None:
    assert shortened("一 \n 二", 40) == "一 二"
    assert shortened("字" * 41, 40) == "字" * 39 + "…"
    assert shortened(" " * 200 + "字", 40).endswith("…")
    # Four times as many characters are looked at, so what follows them is announced however short the line is.
    assert shortened("字" + " " * 159, 40) == "字"
    assert shortened("字" + " " * 159 + "字", 40) == "字…"
    assert shortened("", 40) == ""
