"""Unrequested ends of the program: a signal, a closed terminal, a stop. The terminal is restored."""

import os
import signal
import sys
import termios
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from reader.marks.facade import Marks
from tests.articles import write_article
from tests.end_to_end.terminal import PATIENCE, READER, Terminal
from tests.end_to_end.terminal_state import assert_restored, command_line, modes, processes_of, runs, state_of

pytestmark = [pytest.mark.end_to_end, pytest.mark.skipif(not Path("/proc/self").is_dir(), reason="it looks into /proc")]


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    folder = tmp_path / "archive"
    write_article(folder / "a.md", "渡口", "".join(f"<p>第{n}班渡船离岸，江上起雾。</p>" for n in range(1, 90)))
    return folder


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    return {
        "LC_ALL": "zh_CN.UTF-8",
        "TMPDIR": str(scratch),
        **{f"XDG_{name}_HOME": str(tmp_path / name.lower()) for name in ("DATA", "CACHE", "CONFIG")},
    }


@pytest.fixture
def terminal(archive: Path, environ: dict[str, str]) -> Iterator[Terminal]:
    with Terminal([READER, str(archive)], columns=100, rows=30, environ=environ) as started:
        # The text is shown before the list, and the list before indexing ends.
        yield (
            started.wait_for("第1班渡船")
            .wait_for(lambda seen: " 1 │" in seen.lines[0] and "暂停" not in seen.text)
            .settle()
        )


def until(holds: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < deadline, what
        time.sleep(0.05)


def test_a_terminal_without_an_alternate_screen_keeps_nothing_of_the_page(terminal: Terminal) -> None:
    """The emulator of the tests is one, like the Linux console."""
    terminal.press("q")
    assert terminal.wait_for_exit() == 0
    assert terminal.text.strip() == ""


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP", "SIGQUIT", "SIGINT"])
def test_signal_restores_the_terminal_and_saves_the_position(
    archive: Path, environ: dict[str, str], tmp_path: Path, name: str
) -> None:
    number = getattr(signal, name)
    with Terminal([READER, str(archive)], columns=100, rows=30, environ=environ) as terminal:
        before = termios.tcgetattr(terminal._terminal)
        terminal.wait_for("第1班渡船").settle().press("G").wait_for("第89班渡船").settle()
        children = processes_of(terminal)
        os.kill(terminal.process, number)
        assert terminal.wait_for_exit() == 128 + number
        assert_restored(terminal, before)
    until(lambda: not any(map(runs, children)), "a process is left")
    assert not list((tmp_path / "scratch").iterdir())
    marks = Marks(tmp_path / "data" / "reader" / "marks.db")
    left = marks.store.rows("SELECT count(*) FROM article WHERE place_block > 0")
    marks.close()
    assert list(left) == [(1,)]


def test_a_signal_during_the_start_leaves_no_screen_behind(archive: Path, environ: dict[str, str]) -> None:
    for wait in (0.1, 0.3, 0.5, 0.8):
        with Terminal([READER, str(archive)], columns=100, rows=30, environ=environ) as terminal:
            time.sleep(wait)
            os.kill(terminal.process, signal.SIGTERM)
            assert terminal.wait_for_exit() in (128 + signal.SIGTERM, -signal.SIGTERM)
            if b"\x1b[?1049h" in terminal.received:
                assert_restored(terminal)


def test_closed_terminal_ends_it_even_if_sighup_is_ignored(archive: Path, environ: dict[str, str]) -> None:
    ignoring = (
        "import os, signal, sys; signal.signal(signal.SIGHUP, signal.SIG_IGN); os.execv(sys.argv[1], sys.argv[1:])"
    )
    command = [sys.executable, "-c", ignoring, READER, str(archive)]
    with Terminal(command, columns=100, rows=30, environ=environ) as terminal:
        terminal.wait_for("第1班渡船").settle()
        children = processes_of(terminal)
        terminal.hang_up()
        until(lambda: not runs(terminal.process), "it runs on without a terminal")
        until(lambda: not any(map(runs, children)), "a process is left")


def test_killed_child_does_not_end_the_program(terminal: Terminal) -> None:
    children = processes_of(terminal) - {terminal.process}
    assert children
    for child in children:
        os.kill(child, signal.SIGKILL)
    terminal.press("G").wait_for("第89班渡船").press("q")
    assert terminal.wait_for_exit() == 0
    assert_restored(terminal)


# Suspending


class JobControlShell:
    """A minimal shell with job control: it controls the terminal and continues the stopped program."""

    def __init__(self, terminal: Terminal) -> None:
        self.terminal = terminal
        self.reader = 0

    def found(self) -> bool:
        """Whether the reader has been started by the shell."""
        others = processes_of(self.terminal) - {self.terminal.process}
        ours = [one for one in others if READER in command_line(one)]
        self.reader = min(ours, default=0)
        return bool(ours)


@pytest.fixture
def job(archive: Path, environ: dict[str, str]) -> Iterator[JobControlShell]:
    with Terminal(
        ["/bin/bash", "--norc", "--noediting", "-i"], columns=100, rows=30, environ={**environ, "PS1": "shell> "}
    ) as shell:
        shell.wait_for("shell>")
        shell.type(f"{READER} {archive}\r")
        shell.wait_for("第1班渡船").settle()
        started = JobControlShell(shell)
        assert started.found()
        yield started


def stopped(job: JobControlShell) -> bool:
    job.terminal.settle(0.1)
    return state_of(job.reader) == "T"


@pytest.mark.parametrize("by", ["Z", "\x1c", "TSTP"])
def test_shell_suspends_and_continues_it(job: JobControlShell, by: str) -> None:
    terminal = job.terminal
    if by == "TSTP":
        os.kill(job.reader, signal.SIGTSTP)
    else:
        terminal.press(by)
    until(lambda: stopped(job), "it was not stopped")
    assert not modes(terminal.received).get(1049)
    assert_restored(terminal)
    terminal.press("echo between\r").wait_for("between")
    terminal.type("fg\r")
    terminal.wait_for(lambda one: "between" not in one.text and "第1班渡船" in one.text)
    # A key that is pressed while the page comes back may be lost, once in dozens of runs.
    terminal.settle(0.3).press("G").wait_for("第89班渡船").press("q").wait_for("shell>")
    assert_restored(terminal)


def test_screen_is_repainted_after_sigstop(job: JobControlShell) -> None:
    terminal = job.terminal
    os.kill(job.reader, signal.SIGSTOP)
    until(lambda: stopped(job), "it was not stopped")
    terminal.press("echo between\r").wait_for("between")
    terminal.type("fg\r")
    terminal.wait_for(lambda one: "between" not in one.text and "第1班渡船" in one.text).settle()
    assert "between" not in terminal.text
    terminal.press("G").wait_for("第89班渡船").press("q").wait_for("shell>")
    assert_restored(terminal)


def test_without_a_shell_suspending_only_repaints(terminal: Terminal) -> None:
    terminal.press("Z").settle()
    terminal.press("G").wait_for("第89班渡船").press("q")
    assert terminal.wait_for_exit() == 0


def test_key_repaints_the_whole_screen(terminal: Terminal) -> None:
    other = os.open(Path(f"/proc/{terminal.process}/fd/0").readlink(), os.O_WRONLY | os.O_NOCTTY)
    os.write(other, b"\x1b[5;1H\x1b[0mwritten by another program\x1b[1;1H")
    os.close(other)
    terminal.wait_for("written by another program")
    terminal.press("\x0c").wait_for(lambda one: "another program" not in one.text)
    assert "第1班渡船" in terminal.text


# Input


@pytest.mark.parametrize(
    "sent", ["\x1b[106;1:3u", "\x1b[1;1:3A", "\x1b[97:65;2:3u", "\x1b[99999999999u", "\x1b[<32;NaN;NaNM", "\x1b[99;5X"]
)
def test_unknown_sequences_do_nothing(terminal: Terminal, tmp_path: Path, sent: str) -> None:
    before = terminal.text
    terminal.type(sent)
    terminal.settle(0.5)
    assert terminal.text == before
    terminal.press("G").wait_for("第89班渡船").press("q")
    assert terminal.wait_for_exit() == 0
    marks = Marks(tmp_path / "data" / "reader" / "marks.db")
    assert not marks.highlights.all()
    marks.close()


# Children


def test_a_console_browser_has_the_terminal_to_itself(archive: Path, environ: dict[str, str], tmp_path: Path) -> None:
    browser = tmp_path / "w3m"
    browser.write_text(f"#!{sys.executable}\nimport sys\nprint('browsing', sys.argv[1], flush=True)\ninput()\n")
    browser.chmod(0o700)
    article = archive / "a.md"
    article.write_text(article.read_text("utf-8").replace("title:", "link: https://example.org/ferry\ntitle:"), "utf-8")
    around = {**environ, "BROWSER": str(browser)}
    with Terminal([READER, str(archive)], columns=100, rows=30, environ=around) as terminal:
        terminal.wait_for("第1班渡船").settle()
        terminal.press("o").wait_for("browsing https://example.org/")
        assert_restored(terminal)
        # It reads a line as in a shell; none of its keys reaches the reader, and Ctrl+C ends only the browser.
        terminal.press("q", "\x03").wait_for(lambda one: "browsing" not in one.text and "第1班渡船" in one.text)
        terminal.press("G").wait_for("第89班渡船").press("q")
        assert terminal.wait_for_exit() == 0
        assert_restored(terminal)
