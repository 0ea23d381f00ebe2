"""Signals to the program and its children at random times: the state of the terminal, processes and files afterwards.

The processes of the program are found by a variable in their environment, which all its descendants inherit.
"""

import os
import re
import signal
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from random import Random

from tests.end_to_end.journal import look, write_archive
from tests.end_to_end.killing_marks import environ, store_in
from tests.end_to_end.marking import in_sight, status
from tests.end_to_end.terminal import PATIENCE, READER, Terminal
from tests.end_to_end.terminal_state import assert_restored, runs

SIGNALS = (signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT, signal.SIGKILL)

MOMENTS = {"start": 4, "idle": 2, "marking": 4, "opening": 3, "searching": 2, "quitting": 2, "first index": 3}
"""The moments at which a signal is sent, and their frequencies."""

_ARTICLES = 40
_A_START = 1.5
"""The duration of a start in seconds, on a machine that is not busy."""

_VARIABLE = "READER_KILLED"
_ALTERNATE = b"\x1b[?1049h"
_SAID = re.compile(r"(Starred|Removed the star): Article (A\d\d)")
_MAY_STAY = re.compile(r"reader/(marks\.db(-wal|-shm)?|backups/marks-\w+-(daily|migration)\.db)")
"""The permanent files of the data folder."""


class ProgramKilling:
    """Signals to one program after another, with one archive and one database.

    Attributes:
        signals: The number of signals sent, by name and receiver.
        moments: The number of signals by moment.
        acknowledged: The number of acknowledged marks.
        last: The last signal, its receiver and its moment.
    """

    def __init__(self, folder: Path, seed: int) -> None:
        self.signals = Counter[str]()
        self.moments = Counter[str]()
        self.acknowledged = 0
        self.last = ""
        self._folder = folder
        self._chance = Random(seed)  # noqa: S311 - not for cryptography
        self._starred: dict[str, set[bool]] = {}
        self._number = 0
        self._scratch = folder / "scratch"
        self._scratch.mkdir()
        write_archive(folder / "archive", _ARTICLES)
        for number in (signal.SIGHUP, signal.SIGQUIT):
            # A process that has just been forked ignores the signals that its parent ignores in the background.
            if signal.getsignal(number) is signal.SIG_IGN:
                signal.signal(number, signal.SIG_DFL)

    def kill(self) -> None:
        """Start the program, send a signal to it or one of its children, and check the result.

        Raises:
            AssertionError: The terminal is not restored, a process or a temporary file is left, a mark is lost.
        """
        chance = self._chance
        self._number += 1
        token = f"{_VARIABLE}={os.getpid()}.{self._number}"
        (moment,) = chance.choices(list(MOMENTS), list(MOMENTS.values()))
        if moment == "first index":
            for path in (self._folder / "cache").rglob("*.db*"):
                path.unlink()
        around = {
            **environ(self._folder),
            "PYTHONDONTWRITEBYTECODE": "",
            "TMPDIR": str(self._scratch),
            _VARIABLE: token.partition("=")[2],
        }
        number = chance.choice(SIGNALS)
        with Terminal([READER, str(self._folder / "archive")], columns=92, rows=20, environ=around) as terminal:
            self._come_to(moment, terminal)
            children = sorted(processes_with(token) - {terminal.process})
            victim = chance.choice(children) if children and chance.random() < 0.5 else terminal.process
            is_child = victim != terminal.process
            self.last = f"{number.name} to {command_of(victim) if is_child else 'the program'} at {moment}"
            self.signals[f"{number.name} to {'a child' if is_child else 'the program'}"] += 1
            self.moments[moment] += 1
            try:
                os.kill(victim, number)
            except ProcessLookupError:
                assert is_child or moment == "quitting", "the program has ended by itself"
            if is_child:
                self._quit(terminal, moment)
            self._end(terminal, number, moment, is_child=is_child)
        killed = number == signal.SIGKILL and not is_child
        until(lambda: not any(map(runs, processes_with(token))), "a process is left")
        self._look_at_files(killed=killed)
        self._look_at_marks()

    def close(self) -> None:
        """Run the program once to its end, and check that nothing is left of the killed ones.

        Raises:
            AssertionError: Something is left.
        """
        around = {**environ(self._folder), "TMPDIR": str(self._scratch)}
        with Terminal([READER, str(self._folder / "archive")], columns=92, rows=20, environ=around) as terminal:
            terminal.wait_for(lambda seen: bool(in_sight(seen)))
            self._star(terminal)
            self._await(terminal)
            # Nothing is marked during the backup, which starts a second later.
            terminal.settle(2.0).type("q")
            assert terminal.wait_for_exit() == 0
        self._look_at_files(killed=False)
        self._look_at_marks()

    # Before the signal

    def _come_to(self, moment: str, terminal: Terminal) -> None:
        if moment in {"start", "first index"}:
            self._watch(terminal, self._chance.random() * _A_START)
            return
        terminal.wait_for(lambda seen: bool(in_sight(seen)))
        for _ in range(self._chance.randrange(3)):
            self._star(terminal)
            self._await(terminal)
        if moment == "marking":
            self._star(terminal)
            self._watch(terminal, self._chance.random() * 0.05)
            return
        keys = {"opening": self._chance.choice("JK"), "searching": "Fharbour", "quitting": "q"}.get(moment, "")
        terminal.type(keys)
        self._watch(terminal, self._chance.random() * 0.3)

    def _star(self, terminal: Terminal) -> None:
        """Toggle the star of the open article; whether that was done is unknown until it is acknowledged."""
        terminal.settle(0.1).wait_for(lambda seen: bool(in_sight(seen)))
        article = in_sight(terminal)[0][0]
        before = self._starred.get(article, {False})
        self._starred[article] = before | {not one for one in before}
        self._asked = article, before
        terminal.type("*")

    def _await(self, terminal: Terminal) -> None:
        article, before = self._asked
        wanted = {"Removed the star" if one else "Starred": not one for one in before}

        def is_said(seen: Terminal) -> bool:
            found = _SAID.fullmatch(status(seen))
            return found is not None and found[2] == article and found[1] in wanted

        terminal.wait_for(is_said)
        found = _SAID.fullmatch(status(terminal))
        assert found is not None
        self._starred[article] = {found[1] == "Starred"}
        self.acknowledged += 1
        # Otherwise the same message would acknowledge the next change too.
        terminal.wait_for(lambda seen: not _SAID.fullmatch(status(seen)))

    def _watch(self, terminal: Terminal, seconds: float) -> None:
        until_then = time.monotonic() + seconds
        while (left := until_then - time.monotonic()) > 0:
            time.sleep(min(left, 0.01))
            terminal.read_output()

    # After the signal

    def _quit(self, terminal: Terminal, moment: str) -> None:
        """Check that the program survives the death of a child, and quit it."""
        if moment == "quitting":
            return
        if moment == "searching":
            terminal.wait_for("harbour").press("escape", "escape")
        terminal.wait_for(lambda seen: bool(in_sight(seen))).settle()
        # Back to the beginning, because an article that was read to its end is followed by the front page.
        terminal.press(" ").settle().press("home").settle()
        terminal.press("q")

    def _end(self, terminal: Terminal, number: signal.Signals, moment: str, *, is_child: bool) -> None:
        code = terminal.wait_for_exit()
        if is_child:
            assert code == 0, f"{number.name} to a child at {moment}: the exit code is {code}"
        elif number == signal.SIGKILL:
            assert code in {-number, 0}
        else:
            # During the start signals are not handled yet, and a program that is quitting continues.
            expected = {128 + number} | ({-number} if moment in {"start", "first index"} else set())
            expected |= {0, -number} if moment == "quitting" else set()
            assert code in expected, f"{number.name} at {moment}: the exit code is {code}"
        if _ALTERNATE in terminal.received and (is_child or number != signal.SIGKILL):
            assert_restored(terminal)
        assert "Traceback" not in terminal.text, terminal.text

    def _look_at_files(self, *, killed: bool) -> None:
        data = self._folder / "data"
        found = [str(path.relative_to(data)) for path in data.rglob("*") if path.is_file()]
        left = [name for name in found if not _MAY_STAY.fullmatch(name)]
        if killed:
            # Unfinished files are removed by a later start.
            left = [name for name in left if ".tmp" not in name]
        assert not left, f"left in the data folder: {left}"
        cache = self._folder / "cache"
        left = [str(path.relative_to(cache)) for path in cache.rglob("*") if ".tmp" in path.name]
        assert killed or not left, f"left in the cache: {left}"
        left = [path.name for path in self._scratch.iterdir()]
        assert not left, f"left in the folder for temporary files: {left}"

    def _look_at_marks(self) -> None:
        marks = look(store_in(self._folder)).marks
        for article, may in self._starred.items():
            is_starred = bool(marks["starred", article])
            assert is_starred in may, f"{article} is {'' if is_starred else 'not '}starred"
            self._starred[article] = {is_starred}
        known = {("starred", article) for article in self._starred}
        # An article read to its end is automatically marked as read.
        assert not {key for key in marks if key[0] != "read" and key not in known}, "a mark that nobody made"


def command_of(process: int) -> str:
    """The shortened command line of a process."""
    try:
        words = Path(f"/proc/{process}/cmdline").read_bytes().decode(errors="replace").split("\0")
    except OSError:
        return "a child that has ended"
    return f"the child {' '.join(words)[-120:].strip()}"


def processes_with(variable: str) -> set[int]:
    """The processes with the variable `NAME=value` in their environment (Linux only)."""
    found: set[int] = set()
    for path in Path("/proc").glob("[0-9]*/environ"):
        try:
            if variable.encode() in path.read_bytes().split(b"\0"):
                found.add(int(path.parent.name))
        except OSError:
            continue
    return found


def until(holds: Callable[[], bool], what: str) -> None:
    """Wait until a condition holds.

    Raises:
        AssertionError: It never holds; `what` is the message.
    """
    deadline = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < deadline, what
        time.sleep(0.05)
