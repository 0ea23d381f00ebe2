"""A user of the screen who tags articles and undoes that, and trusts only what the status line acknowledges.

Keys and answers are recorded, as lines for the ledger and as text for debugging.
"""

import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

from reader.archive.archive import open_archives
from reader.archive.article import Article
from reader.archive.scan import scan
from reader.marks.change_kinds import ChangeKind
from tests.articles import write_article
from tests.end_to_end.marking import UNSAVED, notice, status
from tests.end_to_end.terminal import PATIENCE, READER, Terminal

MOST = 300
"""The maximum number of articles, because each has a different day."""

_PARAGRAPHS = 80
_NAME = re.compile(r"\b([a-z]\d{3}) the harbour")
_TURNED = re.compile(
    r"(?:Undone|Redone)(?P<part> except for later changes)?: (?P<what>tags changed|marks imported) · "
    r"(?P<detail>Article [a-z]\d{3}|i\d+\.json)(?: · .*)?"
    r"|(?P<left>Not (?:un|re)done) because it has changed since: .*|(?P<nothing>Nothing to (?:un|re)do(?:: .*)?)"
)
_KINDS = {"tags changed": ChangeKind.TAGS, "marks imported": ChangeKind.IMPORT}
_CONFIRMATION = re.compile("(Undo|Redo) this change\\?")
_SAVED_AGAIN = "The marks database can be used again"
_REFUSED = ("Cannot ", "try again in a moment", "disappeared", "is corrupt")

_STEP = 3.0
"""Seconds within which a key opens another article, if at all."""

_SAID = 8.0
"""Seconds after which a message has disappeared from the status line, on a busy machine."""

KEYS: Mapping[str, int] = {"tag": 5, "undo": 5, "redo": 1, "move": 1}
"""The actions of the user, and their frequencies."""


@dataclass
class Record:
    """The record of actions and answers.

    Attributes:
        journal: Every key, command and answer as text, with its time.
        said: The messages since the last call of `take`.
    """

    journal: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    _lines: list[dict[str, Any]] = field(default_factory=list)
    _begun: float = field(default_factory=time.monotonic)
    _calls: int = 0

    def note(self, what: str) -> None:
        """Add a line of text."""
        self.journal.append(f"{time.monotonic() - self._begun:8.2f} {what}")

    def begin(self, who: str, act: str, **more: Any) -> Callable[..., None]:
        """Enter the begin of an action; return a function that enters that it is done, or `refused`."""
        self._calls += 1
        caller = f"{who}/{self._calls}"

        def enter(what: str, **more: Any) -> None:
            self._lines.append({"at": time.monotonic(), "who": caller, "what": what, "act": act, **more})

        enter("begin", **more)
        return enter

    def take(self) -> tuple[list[dict[str, Any]], list[str]]:
        """The lines for the ledger and the messages since the last call."""
        taken = self._lines, self.said
        self._lines, self.said = [], []
        return taken


def write_tagged(folder: Path, name: str, articles: int) -> dict[str, str]:
    """Write an archive whose articles have `name` and a number in every paragraph; return their ids by that text."""
    for number in range(articles):
        said = f"<p>{name}{number:03} the harbour works by night, and the ferries go out one by one.</p>"
        title = f"Article {name}{number:03}"
        path = folder / f"{number:03}.md"
        write_article(path, title, said * _PARAGRAPHS, month=number // 28 + 1, day=number % 28 + 1)
    found = scan(open_archives([folder]))
    return {one.title.split()[-1]: one.id for one in found if isinstance(one, Article)}


@dataclass(frozen=True, slots=True)
class _PendingAction:
    """An action of a screen that was not acknowledged yet.

    Attributes:
        act: The action.
        answer: The pattern of the answer in the status line.
        answered: Called with the answer, or None if the action was refused, to enter it.
    """

    act: str
    answer: re.Pattern[str]
    answered: Callable[["re.Match[str] | None", Callable[..., None]], None]


class TaggingScreen:
    """One screen, restarted whenever it was killed.

    Attributes:
        name: The prefix of its articles and tags.
    """

    def __init__(
        self, name: str, folder: Path, articles: int, environ: Mapping[str, str], record: Record, chance: Random
    ) -> None:
        """Write an archive to `folder`; nothing is started yet."""
        self.name = name
        self._asked: tuple[_PendingAction, Callable[..., None]] | None = None
        self._ids = write_tagged(folder, name, articles)
        self._arguments = [READER, str(folder)]
        self._environ = environ
        self._record = record
        self._chance = chance
        self._terminal: Terminal | None = None
        self._starts = self._tags = 0
        self._fresh = set(self._ids)
        self._heard = ["", ""]
        self._before = "", 0.0
        self._is_confirmed = False
        self._unsaved: list[dict[str, Any]] = []

    # Starting and ending

    @property
    def terminal(self) -> Terminal:
        """The terminal in which it runs."""
        assert self._terminal is not None
        return self._terminal

    @property
    def runs(self) -> bool:
        """Whether it was started and has not been killed since."""
        return self._terminal is not None

    @property
    def is_saved(self) -> bool:
        """Whether no warning of unsaved marks is shown."""
        self.watch()
        return UNSAVED not in self.terminal.line(self.terminal.rows - 1)

    def start(self) -> None:
        """Start it unless it is running, and wait for an article."""
        if self._terminal is None:
            self._starts += 1
            self._terminal = Terminal(self._arguments, columns=130, rows=20, environ=self._environ)
            self._record.note(f"{self.name} starts")
            self._terminal.wait_for(lambda seen: bool(_NAME.search(seen.text)))

    def kill(self) -> str:
        """Kill it; return the action that was not acknowledged."""
        self.terminal.kill()
        unanswered = "" if self._is_answered() or self._asked is None else self._asked[0].act
        self._asked = None
        assert "Traceback" not in self.terminal.text
        self._record.note(f"{self.name} is killed, {unanswered or 'nothing'} unanswered")
        # These marks were not reported as saved.
        self._enter_unsaved()
        self._unsaved.clear()
        self.close()
        return unanswered

    def close(self) -> None:
        """Close the terminal, and end its processes."""
        if self._terminal is not None:
            self._terminal.__exit__(None, None, None)
            self._terminal = None

    # Actions

    def act(self, *, waits: bool = True) -> None:
        """Perform an action that changes marks, and wait for the answer."""
        (key,) = self._chance.choices(list(KEYS), list(KEYS.values()))
        self._quieten()
        if key == "tag" or self.watch()[0].startswith("Nothing to"):
            # The same answer could not be distinguished from the previous one.
            self._tag(waits=waits)
        elif key == "move":
            self._type("j")
        else:
            self._turn(key, waits=waits)

    def _confirm(self) -> None:
        """Answer the question whether to undo a change of an article outside the archive."""
        if self._asked is None or self._asked[0].act == "tags":
            return
        is_open = bool(_CONFIRMATION.search(self.terminal.text))
        if is_open and not self._is_confirmed:
            self._type("\r")
        self._is_confirmed = is_open

    def _type(self, text: str) -> None:
        self.terminal.type(text)
        self._record.note(f"{self.name} types {text!r}")

    def _quieten(self) -> None:
        """Wait until no notification is shown that could be mistaken for a refusal."""
        until = time.monotonic() + PATIENCE
        while _is_refusal(self.watch()[1]) and time.monotonic() < until:
            time.sleep(0.02)

    def _open_fresh(self) -> str:
        """Go to an article without tags; return its name."""
        deadline = time.monotonic() + 4 * PATIENCE
        while (here := self._here()) not in self._fresh:
            assert time.monotonic() < deadline, f"no fresh article for {self.name}; the screen is\n{self.terminal.text}"
            # Repeat this, because a screen that has just started may not know the articles yet.
            self._type("J")
            until = time.monotonic() + _STEP
            while self._here() in {"", here} and time.monotonic() < until:
                self.terminal.settle(0.1)
        self._fresh.discard(here)
        return here

    def _here(self) -> str:
        names = set(_NAME.findall(self.terminal.text))
        return names.pop() if len(names) == 1 else ""

    def _tag(self, *, waits: bool) -> None:
        terminal, article = self.terminal, self._open_fresh()
        self._tags += 1
        tag = f"{self.name}t{self._tags}"
        terminal.type("#")
        terminal.wait_for(f"Tags: Article {article}")
        terminal.type(tag)
        terminal.wait_for(tag)
        change = {"set": [[["tag", self._ids[article], tag], True]], "told": [ChangeKind.TAGS, f"Article {article}"]}
        self._record.note(f"{self.name} tags {article} with {tag}")

        def answered(found: "re.Match[str] | None", enter: Callable[..., None]) -> None:
            if found is None:
                enter("refused")
            elif self.is_saved:
                enter("done")
            else:
                self._unsaved.append(change)

        self._ask(_PendingAction("tags", re.compile(re.escape(f"Tags: #{tag}")), answered), "\r", waits=waits, **change)

    def _turn(self, act: str, *, waits: bool) -> None:
        def answered(found: "re.Match[str] | None", enter: Callable[..., None]) -> None:
            if found is None:
                enter("refused")
            elif found["nothing"] or found["left"]:
                enter("done", told=None)
            else:
                told, in_memory = [_KINDS[found["what"]], found["detail"]], not self.is_saved
                enter("done", told=told, whole=not found["part"], overtaken=False, in_memory=in_memory)
                # What was made and undone in memory will not be in the database once that is saved.
                self._unsaved = [change for change in self._unsaved if change["told"] != told]

        self._ask(_PendingAction(act, _TURNED, answered), "U" if act == "undo" else "\x19", waits=waits)

    def _ask(self, question: "_PendingAction", keys: str, *, waits: bool, **begin: Any) -> None:
        """Type the last key of an action, and wait for the answer.

        Raises:
            AssertionError: There is no answer.
        """
        self._before = self.watch()[0], time.monotonic() + _SAID
        self._asked = question, self._record.begin(f"{self.name}{self._starts}", question.act, **begin)
        self._type(keys)
        until = time.monotonic() + 2 * PATIENCE
        while waits and not self._is_answered():
            self._confirm()
            if time.monotonic() > until and question.answer.fullmatch(self._before[0]):
                # The answer cannot be distinguished from the same answer before it: the outcome is unknown.
                self._asked = None
                return
            assert time.monotonic() < until, f"no answer of {self.name}; the screen is\n{self.terminal.text}"
            time.sleep(0.01)

    def _is_answered(self) -> bool:
        """Whether the current screen answers the action; if so, enter it."""
        said, noticed = self.watch()
        if self._asked is not None:
            question, enter = self._asked
            # The previous message is gone by then, unless it was repeated.
            is_new = said != self._before[0] or time.monotonic() > self._before[1]
            found = question.answer.fullmatch(said) if is_new else None
            if is_new and said.startswith(_SAVED_AGAIN):
                # This message may have replaced the answer before it was seen: the outcome is unknown.
                self._asked = None
                return True
            if found is not None or _is_refusal(noticed):
                self._asked = None
                question.answered(found, enter)
        return self._asked is None

    # Messages

    def watch(self) -> tuple[str, str]:
        """The texts of the status line and the notifications; new ones are recorded."""
        terminal = self.terminal
        terminal.read_output()
        heard = [status(terminal), notice(terminal)]
        for now, before, where in zip(heard, self._heard, ("says", "notifies"), strict=True):
            if now and now != before:
                self._record.note(f"{self.name} {where}: {now}")
                self._record.said.append(now)
        self._heard = heard
        if self._unsaved and UNSAVED not in terminal.line(terminal.rows - 1) and heard[0]:
            self._record.note(f"{self.name} has saved {len(self._unsaved)}")
            for change in self._unsaved:
                self._record.begin(f"{self.name}{self._starts}", "tags", **change)("done")
            self._unsaved.clear()
        return heard[0], heard[1]

    def look(self) -> None:
        """Record that unsaved changes may be in the database nevertheless."""
        self.watch()
        self._enter_unsaved()

    def _enter_unsaved(self) -> None:
        for change in self._unsaved:
            self._record.begin(f"{self.name}{self._starts}", "tags", **change)


def _is_refusal(noticed: str) -> bool:
    return any(one in noticed for one in _REFUSED)
