"""Two screens and commands that use one database: tags, imports, restores, random `U`, and kills of any of them.

Every key and every command is recorded with its answer. From these the ledger decides what the database must contain:
an acknowledged import or tag is there, or a screen reported that it undid it, or a screen was killed during an undo and
the change log shows that it was done."""

import contextlib
import subprocess
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from reader.marks.backups import backups
from reader.marks.change_kinds import ChangeKind
from tests.end_to_end.after_kills import beside, next_start
from tests.end_to_end.importing import write_import
from tests.end_to_end.killing_marks import environ, store_in
from tests.end_to_end.ledger import Ledger, content
from tests.end_to_end.obstacles import Disk, locked
from tests.end_to_end.tagging_screen import MOST, Record, TaggingScreen
from tests.end_to_end.terminal import PATIENCE, READER

_COMMAND = 4.0
"""The maximum duration of a command in seconds, on a busy machine; it is killed within this time."""

OBSTACLES = {"none": 76, "locked": 14, "full disk": 10}
"""The obstacles and their frequencies."""

LONGEST_LOCK = 8.0
"""The maximum seconds for which a lock is held."""


@dataclass
class CommandTally:
    """The statistics and faults of the rounds.

    Attributes:
        kills: The number of kills by what was killed.
        obstacles: The number of kills by obstacle.
        acknowledged: The number of acknowledged actions by kind.
        refused: The number of actions that failed with a message, by kind.
        undone: The number of imports that a screen reported as undone.
        faults: Rows that are lost, unreported or unknown, with the round.
        elsewhere: Rows that were only in files that had been reported.
    """

    kills: Counter[str] = field(default_factory=Counter)
    obstacles: Counter[str] = field(default_factory=Counter)
    acknowledged: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    undone: int = 0
    faults: dict[str, list[str]] = field(default_factory=lambda: {"lost": [], "unreported": [], "unknown": []})
    elsewhere: int = 0


class CommandKilling:
    """Two screens on which articles are tagged and changes undone, and commands beside them.

    Attributes:
        tally: The statistics and faults.
        record: The record of keys, actions and answers.
        rounds: The number of rounds.
        skipped: What cannot be tested on this machine, and why.
    """

    def __init__(self, folder: Path, seed: int, articles: int = MOST) -> None:
        self.tally = CommandTally()
        self.record = Record()
        self.rounds = 0
        self._folder = folder
        self._chance = Random(seed)  # noqa: S311 - not for cryptography
        self._disk = Disk(folder / "data")
        self.skipped = {"full disk": self._disk.reason} if self._disk.reason else {}
        self._environ = {**environ(folder), "PYTHONDONTWRITEBYTECODE": ""}
        self._screens = [
            TaggingScreen(name, folder / name, articles, self._environ, self.record, self._chance) for name in "xy"
        ]
        self._ledger = Ledger()
        self._imports = 0
        self._longest = _COMMAND

    @property
    def store(self) -> Path:
        """The path of the database."""
        return store_in(self._folder)

    def close(self) -> None:
        """End the screens, and unmount the disks."""
        for screen in self._screens:
            screen.close()
        self._disk.unmount()

    # Rounds

    def round(self) -> None:
        """Start what is not running, mark, import and undo, kill something, and check the database."""
        self.rounds += 1
        chance = self._chance
        (obstacle,) = chance.choices(list(OBSTACLES), list(OBSTACLES.values()))
        with contextlib.ExitStack() as stack:
            self._hinder(obstacle, stack)
            for screen in self._screens:
                screen.start()
            for _ in range(chance.randrange(2, 6)):
                chance.choice(self._screens).act()
            for _ in range(chance.randrange(3)):
                self._command()
            self._kill(obstacle)
        self._wait_until_saved()
        self._look()

    def _hinder(self, obstacle: str, stack: contextlib.ExitStack) -> None:
        if obstacle == "full disk" and not self._disk.reason:
            stack.enter_context(self._disk.full(self._chance.randrange(2**30)))
        elif obstacle == "locked" and self.store.exists():
            stack.enter_context(locked(self.store, LONGEST_LOCK ** self._chance.random()))
        if obstacle != "none":
            self.record.note(f"{obstacle}")

    def _kill(self, obstacle: str) -> None:
        chosen, dying = self._chance.random(), self._chance.choice(self._screens)
        if chosen < 0.3:
            killed = self._command(is_killed=True)
        elif chosen < 0.6:
            # Another process imports or restores at the same time.
            killed = self._command(dying=dying)
        else:
            dying.act(waits=False)
            self._watch(self._chance.random() * 0.05)
            killed = self._kill_screen(dying)
        if killed:
            self.tally.kills[killed] += 1
            self.tally.obstacles[obstacle] += 1

    @staticmethod
    def _kill_screen(screen: TaggingScreen) -> str:
        unanswered = screen.kill()
        return f"screen at {unanswered}" if unanswered else "screen"

    def _watch(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        while True:
            for screen in self._screens:
                if screen.runs:
                    screen.watch()
            if time.monotonic() >= until:
                return
            time.sleep(0.01)

    def _wait_until_saved(self) -> None:
        """Wait until no screen warns of unsaved marks, because the obstacle is gone.

        Raises:
            AssertionError: A screen still warns.
        """
        until = time.monotonic() + PATIENCE
        while not all(screen.is_saved for screen in self._screens if screen.runs):
            assert time.monotonic() < until, "marks are still not saved, though nothing stands in the way"
            time.sleep(0.02)

    # Commands

    def _command(self, *, is_killed: bool = False, dying: TaggingScreen | None = None) -> str:
        """Import or restore while keys are typed; kill the command, a screen, or nothing. Return what was killed."""
        (command,) = self._chance.choices(["import", "restore"], [3, 1])
        copies = backups(self.store)[:3]
        if command == "restore" and not copies:
            command = "import"
        if command == "import":
            self._imports += 1
            name, large = f"i{self._imports}", self._chance.random() < 0.2
            change = write_import(self._folder / f"{name}.json", name, 300 if large else 1)
            arguments = ["import", "-a", str(self._folder / "x"), str(self._folder / f"{name}.json")]
            enter = self.record.begin(name, "import", set=change, told=[ChangeKind.IMPORT, f"{name}.json"])
        else:
            chosen = self._chance.choice(copies).path
            name, arguments = chosen.stem, ["restore", str(chosen)]
            enter = self.record.begin(name, "restore")
        self.record.note(f"{command} of {name} begins")
        around = {**self._environ, "PATH": ""}
        process = subprocess.Popen(
            [READER, "marks", *arguments], env=around, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        begun, killed = time.monotonic(), ""
        if self._chance.random() < 0.5:
            self._chance.choice(self._screens).act()
        if is_killed or dying is not None:
            self._watch(self._chance.random() * self._longest)
        if is_killed and process.poll() is None:
            process.kill()
            killed = command
        elif dying is not None:
            killed = f"{self._kill_screen(dying)} beside {command}"
        code = self._end(process)
        if code == 0:
            self._longest = min(_COMMAND, 0.2 + time.monotonic() - begun)
        self.record.note(f"{command} of {name} ends with {code} and says: {self.record.said[-1]}")
        if code >= 0:
            enter("refused" if code else "done")
        return killed

    def _end(self, process: subprocess.Popen[str]) -> int:
        while process.poll() is None:
            self._watch(0.02)
        assert process.stdout is not None
        with process.stdout:
            said = process.stdout.read().strip()
        assert "Traceback" not in said, said
        self.record.said.append(said)
        return process.returncode

    # Looking

    def _look(self) -> None:
        """Compare the database with the acknowledged changes.

        Raises:
            AssertionError: SQLite reports corruption, or a change was undone that nobody made.
        """
        for screen in self._screens:
            if screen.runs:
                screen.look()
        lines, said = self.record.take()
        self._ledger.enter(lines)
        self.tally.undone += sum(
            1 for line in lines if line["act"] == "undo" and (line.get("told") or [""])[0] == ChangeKind.IMPORT
        )
        more, told = next_start(self.store)
        said += more
        verdict = self._ledger.settle(content(self.store), lambda: beside(self.store, said, told))
        for kind, faults in self.tally.faults.items():
            found = getattr(verdict, kind)
            faults += [f"round {self.rounds}: {one}" for one in found]
            if found:
                faults.append(f"round {self.rounds}, what was said: {[one for one in said if one]}")
        self.tally.elsewhere += len(verdict.elsewhere)
        self.tally.acknowledged += self._ledger.acknowledged
        self.tally.refused += self._ledger.refused
        self._ledger.acknowledged.clear()
        self._ledger.refused.clear()
