"""The first frame: painted before Textual is imported, and not changed by Textual."""

import os
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import pyte
import pytest
from PIL import Image

from tests.articles import write_article
from tests.end_to_end.terminal import READER, Terminal

pytestmark = [
    pytest.mark.end_to_end,
    pytest.mark.skipif(sys.platform == "win32", reason="it is painted where there is a POSIX terminal"),
]

TEXT = "".join(f"第{number}句，展馆里人来人往，“最新”的产品摆在最显眼的位置。" for number in range(12))
BODY = "\n".join(
    (
        f"<h2>第{number}节</h2><p>{TEXT}</p><pre>code {number}\n  more</pre>"
        "<blockquote><p>引文。</p><pre>in a quotation</pre></blockquote><ul><li><strong>一</strong></li></ul>"
    )
    for number in range(12)
)
_PIECE = 512
"""The number of bytes of output between two comparisons of the screen."""

SIZES = [(40, 12), (80, 24), (100, 30), (120, 40), (170, 50), (30, 7)]


class Cell(NamedTuple):
    """The content and style of a cell."""

    text: str
    ink: str
    paper: str
    bold: bool


@pytest.fixture
def home(tmp_path: Path) -> dict[str, str]:
    folders = {"XDG_DATA_HOME": "data", "XDG_CACHE_HOME": "cache", "XDG_CONFIG_HOME": "config"}
    return {name: str(tmp_path / folder) for name, folder in folders.items()} | {"LC_ALL": "C.UTF-8"}


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    for number in range(3):
        write_article(tmp_path / "archive" / f"{number}.md", f"第{number}篇", BODY, month=number + 1)
    return tmp_path / "archive"


Rows = dict[int, list[Cell]]
"""Rows of the screen, by number."""


def replayed(terminal: Terminal) -> Iterator[Rows]:
    """All rows when Textual begins to set its modes, and those that each further piece of output writes."""
    screen = pyte.Screen(terminal.columns, terminal.rows)
    stream = pyte.ByteStream(screen)
    begun = terminal.received.index(b"\x1b[?1000h")
    for start, end in pairwise([0, *range(begun, len(terminal.received), _PIECE), len(terminal.received)]):
        stream.feed(terminal.received[start:end])
        written = range(screen.lines) if start == 0 else sorted(screen.dirty)
        screen.dirty.clear()
        yield {row: [_cell(screen.buffer[row][at]) for at in range(screen.columns)] for row in written}


def _cell(one: pyte.screens.Char) -> Cell:
    return Cell(one.data, one.fg, one.bg, one.bold)


def changed(first: Rows, later: Rows) -> list[tuple[int, int, Cell, Cell]]:
    """The cells with text in the first frame that change later."""
    return [
        (row, column, before, after)
        for row, afters in later.items()
        for column, (before, after) in enumerate(zip(first[row], afters, strict=True))
        if before.text.strip() and before != after
    ]


def stays(arguments: list[str], size: tuple[int, int], home: dict[str, str]) -> None:
    """Start, wait until there is no more output, and compare the first frame with all later screens."""
    columns, rows = size
    with Terminal([READER, *arguments], columns=columns, rows=rows, environ=home) as terminal:
        terminal.wait_for(lambda seen: b"\x1b[?2004h" in seen.received).settle(1.5)
        first, *others = replayed(terminal)
        assert sum(bool(cell.text.strip()) for row in first.values() for cell in row) > rows, terminal.text
        assert any(others)
        for later in others:
            assert changed(first, later) == []
        terminal.press("q")
        assert terminal.wait_for_exit() == 0


@pytest.mark.parametrize("size", SIZES)
def test_first_frame_is_not_changed_by_textual(archive: Path, size: tuple[int, int], home: dict[str, str]) -> None:
    """First a new archive, then with an index and a saved position."""
    stays([str(archive)], size, home)
    with Terminal([READER, str(archive)], columns=size[0], rows=size[1], environ=home) as terminal:
        terminal.wait_for("第").settle(1.0)
        terminal.press("space", "space", "m", "a").settle()
        terminal.press("q").wait_for_exit()
    stays([str(archive)], size, home)


def test_first_frame_has_the_rows_of_the_sidebar(archive: Path, home: dict[str, str]) -> None:
    """With an index: the shelves are those that Textual shows, opened as far as the article and scrolled to it."""
    for number in range(3, 40):
        write_article(archive / f"{number}.md", f"第{number}篇", f"<p>{number}</p>{BODY}", month=number % 12 + 1)
    with Terminal([READER, str(archive)], columns=100, rows=24, environ=home) as terminal:
        terminal.wait_for("Categories").wait_for("38 ").settle(1.5)
        terminal.press(*["J"] * 30).settle(1.0)
        terminal.press("q").wait_for_exit()
    with Terminal([READER, str(archive)], columns=100, rows=24, environ=home) as terminal:
        terminal.wait_for(lambda seen: b"\x1b[?2004h" in seen.received).settle(1.5)
        first, *others = replayed(terminal)
        rows = ["".join(cell.text for cell in first[number][:32]).strip() for number in range(23)]
        assert "Categories" in rows[0]
        assert any("第" in row for row in rows), rows
        for later in others:
            assert {row: cells[:32] for row, cells in later.items() if first[row][:32] != cells[:32] and row < 23} == {}
        terminal.press("q").wait_for_exit()


def test_single_file_has_a_first_frame_too(archive: Path, home: dict[str, str]) -> None:
    stays([str(archive / "1.md")], (80, 24), home)


@pytest.mark.parametrize(
    "variable", [{"NO_COLOR": "1"}, {"COLORTERM": "", "TERM": "xterm-256color"}, {"TERM": "linux"}]
)
def test_with_fewer_colours(archive: Path, home: dict[str, str], variable: dict[str, str]) -> None:
    stays([str(archive)], (80, 24), home | variable)


@pytest.mark.parametrize("typesetting", ["ambiguous_width: 2", "ascii_borders: true"])
def test_where_signs_are_wide_or_lacking(archive: Path, tmp_path: Path, home: dict[str, str], typesetting: str) -> None:
    settings = tmp_path / "config" / "reader" / "settings.yaml"
    settings.parent.mkdir(parents=True)
    settings.write_text(f"typesetting:\n  {typesetting}\n", encoding="utf-8")
    stays([str(archive)], (100, 30), home)


def test_pictures_are_painted_over_their_frames(archive: Path, home: dict[str, str]) -> None:
    """The rooms are those of the first frame, so all other cells stay."""
    Image.effect_noise((640, 200), 60).save(archive / "noise.png")
    body = f"<p>上文。</p><img src='noise.png' alt='一座灯塔'><p>{TEXT}</p>"
    write_article(archive / "9.md", "第9篇", body, month=12)
    with Terminal([READER, str(archive / "9.md")], columns=80, rows=30, environ=home) as terminal:
        terminal.wait_for("▀").settle(1.0)
        first, *others = replayed(terminal)
        texts = {row: "".join(cell.text for cell in cells) for row, cells in first.items()}
        rooms = {row for row, text in texts.items() if any(sign in text for sign in "┌│└")}
        assert len(rooms) > 5, texts
        for later in others:
            assert {row for row, *_cells in changed(first, later)} <= rooms
        terminal.press("q").wait_for_exit()


def test_key_typed_before_the_first_paint_takes_effect(archive: Path, home: dict[str, str]) -> None:
    with Terminal([READER, str(archive)], columns=80, rows=24, environ=home) as terminal:
        terminal.type("q")
        assert terminal.wait_for_exit() == 0
    with Terminal([READER, str(archive)], columns=80, rows=24, environ=home) as terminal:
        terminal.type("?")
        terminal.wait_for("Keyboard shortcuts")


@pytest.mark.parametrize("number", [1, 2, 3, 15])
def test_a_signal_while_it_is_painted_restores_the_terminal(archive: Path, home: dict[str, str], number: int) -> None:
    with Terminal([READER, str(archive)], columns=80, rows=24, environ=home) as terminal:
        terminal.wait_for("第2篇")
        os.kill(terminal.process, number)
        assert terminal.wait_for_exit() in {128 + number, -number}
        assert b"\x1b[?1049l" in terminal.received
        assert b"\x1b[?25h" in terminal.received


@pytest.mark.parametrize("redirected", ["<&-", "2>&-"])
def test_without_input_or_screen_the_program_exits(archive: Path, home: dict[str, str], redirected: str) -> None:
    command = ["/bin/sh", "-c", f'"$0" "$1" {redirected}', READER, str(archive)]
    with Terminal(command, columns=80, rows=24, environ=home) as terminal:
        assert terminal.wait_for_exit() == 2
        assert b"\x1b" not in terminal.received


def test_the_screen_is_shown_if_only_errors_are_redirected(archive: Path, home: dict[str, str], tmp_path: Path) -> None:
    log = tmp_path / "log"
    command = ["/bin/sh", "-c", f'"$0" "$1" 2>{log}', READER, str(archive)]
    with Terminal(command, columns=80, rows=24, environ=home) as terminal:
        terminal.wait_for("第2篇").press("q")
        assert terminal.wait_for_exit() == 0
    assert log.read_bytes() == b""


def test_the_message_about_a_missing_input_goes_where_errors_go(
    archive: Path, home: dict[str, str], tmp_path: Path
) -> None:
    log = tmp_path / "log"
    command = ["/bin/sh", "-c", f'"$0" "$1" </dev/null 2>{log}', READER, str(archive)]
    with Terminal(command, columns=80, rows=24, environ=home) as terminal:
        assert terminal.wait_for_exit() == 2
        assert terminal.received == b""
    assert log.read_bytes().count(b"\n") == 1
