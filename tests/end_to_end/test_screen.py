"""The installed command in a pseudo-terminal, controlled by keys."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from wcwidth import wcswidth

from tests.articles import write_article
from tests.conftest import SHARED
from tests.end_to_end.terminal import READER, Terminal

pytestmark = pytest.mark.end_to_end

SECTIONS = ("码头换上新设备", "航线越织越密", "绿色成为底色", "通关再提速", "城市与港口共生")


def body() -> str:
    """A report of five sections, each longer than a screen and with distinct words."""
    parts = ["<p>港口今年的成绩单，是一天天干出来的。</p>"]
    for number, section in enumerate(SECTIONS, start=1):
        parts.append(f"<p><strong>{section}</strong></p>")
        parts += [
            f"<p>第{number}节第{line}段：港区里灯火通明，吊臂起落之间，又一批货物装船出海，全年吞吐量达到{number}{line}.6万箱。</p>"
            for line in range(1, 13)
        ]
    return "<div>\n" + "\n".join(parts) + "\n</div>\n"


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    folder = tmp_path / "archive" / "财经"
    write_article(folder / "a.md", "港口年报：一份沉甸甸的成绩单", body())
    write_article(folder / "b.md", "短讯：大桥合龙", "<div>大桥今天合龙。</div>", day=9)
    return folder.parent


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    return {
        "LC_ALL": "zh_CN.UTF-8",
        "XDG_DATA_HOME": str(tmp_path / "data"),
        "XDG_CACHE_HOME": str(tmp_path / "cache"),
        "XDG_CONFIG_HOME": str(tmp_path / "config"),
    }


@pytest.fixture
def terminal(archive: Path, environ: dict[str, str]) -> Iterator[Terminal]:
    with Terminal([READER, str(archive)], columns=120, rows=40, environ=environ) as started:
        # The first frame has the article alone; on a busy machine the panes follow later.
        yield started.wait_for("港口今年的成绩单").wait_for("分类").wait_for("目录").settle()


def quit_reader(terminal: Terminal) -> None:
    terminal.press("q")
    assert terminal.wait_for_exit() == 0


def test_three_panes_show_the_newest_article_its_group_and_its_outline(terminal: Terminal) -> None:
    screen = terminal.text
    assert "分类" in screen
    assert "港口周报" in screen
    assert "目录" in screen
    assert all(section in screen for section in SECTIONS)
    assert "2021-11-10" in screen
    assert all(wcswidth(line) <= 120 for line in terminal.lines)
    quit_reader(terminal)


def test_keys_step_through_sections_and_the_end_marks_the_article_as_read(terminal: Terminal) -> None:
    terminal.press("]").wait_for("第1节第1段").press("]")
    terminal.wait_for("第2节第1段").press("G")
    terminal.wait_for("第5节第12段").press("[")
    terminal.wait_for("第5节第1段").press("g")
    terminal.wait_for("港口今年的成绩单")
    quit_reader(terminal)


def test_find_marks_the_matches_and_escape_restores_the_position(terminal: Terminal) -> None:
    terminal.press("/", "第4节第9段")
    terminal.wait_for("1/1").press("escape")
    terminal.wait_for("港口今年的成绩单")
    quit_reader(terminal)


def test_a_full_width_slash_finds_too(terminal: Terminal) -> None:
    terminal.press("／", "吞吐量")
    terminal.wait_for("/60")
    # The byte that most terminals send; directly followed by a letter it would be Alt with that letter.
    terminal.press("\x1b").wait_for(lambda seen: "/60" not in seen.text)
    quit_reader(terminal)


def test_a_bookmark_survives_a_restart_at_another_width(archive: Path, environ: dict[str, str]) -> None:
    with Terminal([READER, str(archive)], columns=120, rows=40, environ=environ) as first:
        first.wait_for("港口今年的成绩单").settle()
        first.press("]", "]", "]").settle()
        first.wait_for("第3节第1段").press("m", "m")
        first.settle()
        quit_reader(first)
    with Terminal([READER, str(archive)], columns=64, rows=20, environ=environ) as second:
        second.wait_for("港口周报").settle()
        second.press("g").settle()
        second.press("'", "'")
        second.wait_for("绿色成为底色").press("enter")
        second.wait_for("第3节第1段")
        quit_reader(second)


@pytest.mark.parametrize(("columns", "rows"), [(40, 12), (80, 24), (200, 50), (20, 6)])
def test_every_size_shows_the_text_within_the_width(
    archive: Path, environ: dict[str, str], columns: int, rows: int
) -> None:
    with Terminal([READER, str(archive / "财经" / "b.md")], columns=columns, rows=rows, environ=environ) as terminal:
        terminal.wait_for("大桥今天合龙").settle()
        assert all(wcswidth(line) <= columns for line in terminal.lines)
        quit_reader(terminal)


def test_resize_keeps_the_position(terminal: Terminal) -> None:
    terminal.press("]", "]", "]").wait_for("第3节第1段")
    terminal.settle()
    terminal.resize(60, 20)
    terminal.settle().wait_for("绿色成为底色")
    terminal.resize(140, 40)
    terminal.settle().wait_for("第3节第1段")
    quit_reader(terminal)


def test_the_size_of_the_terminal_counts_and_not_an_exported_one(archive: Path, environ: dict[str, str]) -> None:
    exported = {"COLUMNS": "100000", "LINES": "3"}
    with Terminal([READER, str(archive)], columns=120, rows=40, environ=environ | exported) as terminal:
        terminal.wait_for("港口今年的成绩单").wait_for(SECTIONS[-1]).settle()
        assert all(wcswidth(line) <= 120 for line in terminal.lines)
        assert terminal.line(39)
        quit_reader(terminal)


def test_terminal_is_restored(terminal: Terminal) -> None:
    quit_reader(terminal)
    assert b"\x1b[?1049l" in terminal.received
    assert b"\x1b[?25h" in terminal.received


def test_a_hostile_article_reaches_the_terminal_as_harmless_text(tmp_path: Path, environ: dict[str, str]) -> None:
    evil = tmp_path / "evil.md"
    evil.write_text(
        '\n---\ntitle: "bad \\x1b]0;owned\\x07 title"\nauthor: "\\x9b31m"\n---\n'
        "<p>start \x1b]52;c;aGk=\x07 &#27;]0;owned2\x07 \u202eabc \x9b2J end-of-text</p>",
        encoding="utf-8",
    )
    with Terminal([READER, str(evil)], columns=80, rows=24, environ=environ) as terminal:
        terminal.wait_for("end-of-text").settle()
        assert b"\x1b]0;owned" not in terminal.received
        # Textual itself sets the shape of the mouse pointer by such a sequence.
        assert b"\x07" not in terminal.received.replace(b"\x1b]22;default\x07", b"")
        assert b"\x1b]52" not in terminal.received
        assert "\u202e".encode() not in terminal.received
        assert "\x9b".encode() not in terminal.received
        quit_reader(terminal)


def test_empty_archive_shows_a_message(tmp_path: Path, environ: dict[str, str]) -> None:
    (tmp_path / "empty").mkdir()
    with Terminal([READER, str(tmp_path / "empty")], columns=80, rows=24, environ=environ) as terminal:
        terminal.wait_for("这里没有文章").settle()
        quit_reader(terminal)


def test_the_sample_archive_opens_on_the_welcome(environ: dict[str, str]) -> None:
    with Terminal([READER], columns=100, rows=30, environ=environ) as terminal:
        terminal.wait_for("欢迎")
        quit_reader(terminal)
    # Other users, without saved positions.
    for language, welcome in (("C.UTF-8", "Welcome"), ("ja_JP.UTF-8", "ようこそ")):
        other = {**environ, "LC_ALL": language, "XDG_DATA_HOME": f"{environ['XDG_DATA_HOME']}-{language}"}
        with Terminal([READER], columns=100, rows=30, environ=other) as terminal:
            terminal.wait_for(welcome)
            quit_reader(terminal)


def test_no_color_is_respected(archive: Path, environ: dict[str, str]) -> None:
    with Terminal([READER, str(archive)], columns=100, rows=30, environ={**environ, "NO_COLOR": "1"}) as terminal:
        terminal.wait_for("港口今年的成绩单").settle()
        assert b"\x1b[38;2" not in terminal.received
        assert b";38;2" not in terminal.received
        quit_reader(terminal)


@pytest.mark.skipif(not (SHARED / "wild").is_dir(), reason="the shared files are not beside this checkout")
def test_wild_archive_can_be_read_to_the_end(environ: dict[str, str]) -> None:
    with Terminal([READER, str(SHARED / "wild")], columns=110, rows=30, environ=environ) as terminal:
        terminal.wait_for("编程").settle()
        for _ in range(27):
            terminal.press("J")
            terminal.press("space")
        terminal.settle()
        assert "Traceback" not in terminal.text
        quit_reader(terminal)


def test_search_opens_at_the_match_and_n_goes_to_the_next(terminal: Terminal) -> None:
    terminal.press("F").wait_for("is:unread").press(*"吞吐量").wait_for("1 篇")
    terminal.press("enter").wait_for("“吞吐量”  1/60").press("n").wait_for("“吞吐量”  2/60")


@pytest.mark.parametrize("typed", [b"\xff", b"\xc4\xe3\xba\xc3", b"\x1b[M \xf0%"])
def test_invalid_utf8_input_does_not_end_it(terminal: Terminal, typed: bytes) -> None:
    terminal.send(typed)
    terminal.settle()
    terminal.press("escape", "?").wait_for("键盘快捷键").press("escape", "q")
    assert terminal.wait_for_exit() == 0


def test_changed_file_is_reloaded(terminal: Terminal, archive: Path) -> None:
    file = archive / "财经" / "a.md"
    file.write_text(file.read_text(encoding="utf-8").replace("一天天干出来", "一箱箱装出来"), encoding="utf-8")
    terminal.wait_for("一箱箱装出来")


def test_nothing_in_the_current_folder_is_run(archive: Path, environ: dict[str, str], tmp_path: Path) -> None:
    ran = tmp_path / "ran"
    for name in ("json", "reader", "multiprocessing", "apsw"):
        (archive / f"{name}.py").write_text(f"open({str(ran)!r}, 'a').write(__file__)\n")
    with Terminal([READER, "."], columns=120, rows=40, environ=environ, folder=archive) as started:
        started.wait_for("港口今年的成绩单").settle()
    assert not ran.exists()
