"""Two screens and commands at one store: tags, imports, restores, `U` at random, and kills of any of them.

Every key and every command is journalled, with what the status line said. An import that was acknowledged, by its exit
code, is in the store unless a screen said that it undid that import, or was killed while it answered a `U`.
"""

import subprocess
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from random import Random

from reader.marks.backups import backups
from reader.marks.exchange import FORMAT, VERSION, ArticleRecord, BookmarkRecord, MarksFile, encoded
from reader.marks.read_only import check_integrity
from tests.end_to_end.journal import write_archive
from tests.end_to_end.killing_marks import environ, store_in
from tests.end_to_end.ledger import content
from tests.end_to_end.marking import in_sight, status
from tests.end_to_end.terminal import READER, Terminal

_ARTICLES = 4
_ANSWER = 1.5
"""Seconds within which the status line answers a key, on a busy machine."""

_COMMAND = 4.0
"""Seconds that a command takes at most, on a busy machine; it is killed within them."""

_TURNS = ("U", "\x19")
_TURNED = ("Undone", "Not undone", "Redone", "Not redone", "Nothing to")
"""How answers to them begin."""

_KEYS = {"tag": 4, "U": 5, "\x19": 1, "*": 2, "j": 2}
"""What a person at a screen does, and how often."""


@dataclass
class Screen:
    """One screen.

    Attributes:
        name: What its tags begin with.
        terminal: Where it runs; None where it does not.
        said: What the status line said last.
        unanswered: Whether a `U` was typed, and the status line has not changed since.
    """

    name: str
    terminal: Terminal | None = None
    said: str = ""
    unanswered: bool = False


@dataclass
class CommandTally:
    """What was done.

    Attributes:
        kills: By what was killed.
        done: What was acknowledged, by kind.
        refused: Commands that ended with an error, by kind.
        undone: Imports that a screen said it undid.
        unknown: Imports that are gone and may have been undone by a `U` whose screen was killed before it answered.
        lost: Imports and tags that are gone, and nobody said so.
    """

    kills: Counter[str] = field(default_factory=Counter)
    done: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    undone: set[str] = field(default_factory=set)
    unknown: set[str] = field(default_factory=set)
    lost: list[str] = field(default_factory=list)


class CommandKilling:
    """Two screens, whose person marks and undoes, and commands beside them.

    Attributes:
        tally: What was done.
        journal: Every key, every command and every answer, with its moment.
    """

    def __init__(self, folder: Path, seed: int) -> None:
        self.tally = CommandTally()
        self.journal: list[str] = []
        self._folder = folder
        self._chance = Random(seed)  # noqa: S311 - chance enough
        self._begun = time.monotonic()
        write_archive(folder / "archive", _ARTICLES)
        self._environ = {**environ(folder), "PYTHONDONTWRITEBYTECODE": ""}
        self._screens = [Screen("x"), Screen("y")]
        self._imports: set[str] = set()
        self._tags: list[str] = []
        self._turned_tags = 0
        self._number = 0
        self._unanswered = 0
        self._longest = _COMMAND

    @property
    def store(self) -> Path:
        """The file of the store."""
        return store_in(self._folder)

    def round(self) -> None:
        """Start what does not run, mark, import and undo, kill something, and look."""
        for screen in self._screens:
            self._start(screen)
        for _ in range(self._chance.randrange(2, 6)):
            self._press(self._chance.choice(self._screens))
        for _ in range(self._chance.randrange(3)):
            self._command(is_killed=False)
        chosen = self._chance.random()
        if chosen < 0.3:
            self._command(is_killed=True)
        else:
            dying = self._chance.choice(self._screens)
            if chosen < 0.6:
                # While another process imports or restores.
                self._command(is_killed=False, dying=dying)
            else:
                self._press(dying, waits=False)
                self._while(self._chance.random() * 0.05)
                self._kill(dying)
        self._look()

    def _command(self, *, is_killed: bool, dying: "Screen | None" = None) -> None:
        """Import or restore while keys are typed; the command is killed, or a screen, or none."""
        (command,) = self._chance.choices(["import", "restore"], [3, 1])
        process = self._begin(command)
        if process is None:
            return
        if self._chance.random() < 0.5:
            self._press(self._chance.choice(self._screens))
        if is_killed or dying is not None:
            self._while(self._chance.random() * self._longest)
        if is_killed and process[0].poll() is None:
            process[0].kill()
            self.tally.kills[command] += 1
            self._note(f"{command} is killed")
        elif dying is not None:
            self._kill(dying)
        begun = time.monotonic()
        self._end(command, *process)
        if not is_killed:
            self._longest = min(_COMMAND, 0.5 + time.monotonic() - begun)

    def close(self) -> None:
        """End the screens."""
        for screen in self._screens:
            if screen.terminal is not None:
                screen.terminal.__exit__(None, None, None)
                screen.terminal = None

    def _note(self, what: str) -> None:
        self.journal.append(f"{time.monotonic() - self._begun:8.2f} {what}")

    # Screens

    def _start(self, screen: Screen) -> None:
        if screen.terminal is not None:
            return
        arguments = [READER, str(self._folder / "archive")]
        screen.terminal = Terminal(arguments, columns=92, rows=20, environ=self._environ)
        screen.terminal.wait_for(lambda seen: bool(in_sight(seen))).settle()
        self._note(f"{screen.name} starts")

    def _kill(self, screen: Screen) -> None:
        terminal = screen.terminal
        assert terminal is not None
        self._watch(screen, terminal)
        terminal.kill()
        self._watch(screen, terminal)
        assert "Traceback" not in terminal.text
        terminal.__exit__(None, None, None)
        screen.terminal = None
        self._note(f"{screen.name} is killed, {'U unanswered' if screen.unanswered else 'idle'}")
        self.tally.kills["screen answering U" if screen.unanswered else "screen"] += 1
        if screen.unanswered:
            # Whichever change was the last may be undone, and nobody saw it.
            self._unanswered += 1
        screen.unanswered = False

    def _press(self, screen: Screen, *, waits: bool = True) -> None:
        terminal = screen.terminal
        assert terminal is not None
        (key,) = self._chance.choices(list(_KEYS), list(_KEYS.values()))
        if key == "tag":
            self._tag(screen, terminal, waits=waits)
            return
        if key in _TURNS and self._watch(screen, terminal).startswith(_TURNED):
            # Else the same answer could not be told from the one before.
            self._type(screen, terminal, "j")
        before = self._watch(screen, terminal)
        if key in _TURNS:
            if before.startswith(_TURNED):
                return
            screen.unanswered = key == "U"
            self._turned_tags += 1
        self._type(screen, terminal, key, waits=waits)

    def _type(self, screen: Screen, terminal: Terminal, key: str, *, waits: bool = True) -> None:
        before = self._watch(screen, terminal)
        terminal.type(key)
        self._note(f"{screen.name} types {key!r}")
        until = time.monotonic() + _ANSWER
        while waits and time.monotonic() < until:
            time.sleep(0.01)
            if self._watch(screen, terminal) != before:
                break

    def _tag(self, screen: Screen, terminal: Terminal, *, waits: bool) -> None:
        """Add a tag; acknowledged is what the status line shows."""
        self._number += 1
        tag = f"{screen.name}{self._number}"
        if self._watch(screen, terminal).startswith("Tags:"):
            # A long line is cut, and looks as the one before.
            self._type(screen, terminal, "j")
            if status(terminal).startswith("Tags:"):
                return
        terminal.type("#")
        terminal.wait_for("separate with commas")
        terminal.type(tag)
        terminal.wait_for(tag)
        terminal.type("\r")
        self._note(f"{screen.name} tags {tag}")
        until = time.monotonic() + (30 if waits else 0)
        while time.monotonic() < until:
            time.sleep(0.01)
            said = self._watch(screen, terminal)
            if said.startswith("Tags:"):
                self._tags.append(tag)
                self.tally.done["tag"] += 1
                return
            if "Cannot use" in terminal.text or "nother reader" in terminal.text:
                self.tally.refused["tag"] += 1
                self._note(f"{screen.name} is told that {tag} is not kept")
                return
        assert not waits, f"{tag} was neither kept nor refused: {status(terminal)}"

    def _watch(self, screen: Screen, terminal: Terminal) -> str:
        """What the status line says now; what it says anew is journalled."""
        terminal.take_in()
        said = status(terminal)
        if said != screen.said:
            screen.said, screen.unanswered = said, screen.unanswered and not said.startswith(_TURNED)
            self._note(f"{screen.name} says: {said}")
        if said.startswith("Undone") and ".json" in said:
            self.tally.undone.add(said.rpartition(" · ")[2].split()[0])
        return said

    def _while(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            time.sleep(0.01)
            for screen in self._screens:
                if screen.terminal is not None:
                    self._watch(screen, screen.terminal)

    # Commands

    def _begin(self, command: str) -> tuple[subprocess.Popen[str], str] | None:
        """Start a command; its process, and the file that it is about."""
        if command == "import":
            self._number += 1
            file = self._folder / f"i{self._number}.json"
            when = datetime.now(UTC)
            token = file.stem
            record = ArticleRecord(f"imported{self._number % 3}", "/archive/a.md", "An article")
            record.bookmarks = [BookmarkRecord(f"{token}-uid", (1, 0), token, when, when, quotation=token)]
            file.write_bytes(encoded(MarksFile(FORMAT, VERSION, [record])))
            arguments = ["import", "-a", str(self._folder / "archive"), str(file)]
        else:
            copies = backups(self.store)[:3]
            if not copies:
                return None
            file = self._chance.choice(copies).path
            arguments = ["restore", str(file)]
        self._note(f"{command} of {file.name} begins")
        around = {**self._environ, "PATH": ""}
        process = subprocess.Popen(
            [READER, "marks", *arguments], env=around, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        return process, file.stem

    def _end(self, command: str, process: subprocess.Popen[str], name: str) -> None:
        while process.poll() is None:
            self._while(0.02)
        assert process.stdout is not None
        with process.stdout:
            said = process.stdout.read().strip()
        self._note(f"{command} of {name} ends with {process.returncode} and says: {said}")
        assert "Traceback" not in said, said
        if process.returncode == 0:
            self.tally.done[command] += 1
            if command == "import":
                self._imports.add(name)
        elif process.returncode > 0:
            self.tally.refused[command] += 1

    # Looking

    def _look(self) -> None:
        """Compare the store with what was acknowledged.

        Raises:
            AssertionError: SQLite finds fault with it.
        """
        self._while(0.1)
        if not self.store.exists():
            # A restore was killed between two names; the next start goes on with it.
            return
        rows = content(self.store).rows
        missing = {one for one in self._imports if ("name", one) not in rows}
        missing -= {one.removesuffix(".json") for one in self.tally.undone} | self.tally.unknown
        if missing and (excused := min(self._unanswered, len(missing))):
            gone = set(sorted(missing)[:excused])
            self._unanswered -= excused
            self.tally.unknown |= gone
            missing -= gone
        tags = {key[2] for key in rows if key[0] == "tag"}
        lacking = [one for one in self._tags if one not in tags]
        if len(lacking) > self._turned_tags:
            self.tally.lost += [f"tag {one}" for one in lacking]
        for one in sorted(missing):
            beside = [path.name for path in self.store.parent.glob("marks-*.db") if _holds(path, one)]
            self.tally.lost.append(f"import {one}; it is in {beside}")


def _holds(path: Path, name: str) -> bool:
    return not check_integrity(path).damage and ("name", name) in content(path).rows
