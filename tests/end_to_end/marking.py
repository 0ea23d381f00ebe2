"""A user of a reader in a pseudo-terminal, who trusts only what the status line acknowledges."""

import re
from collections import Counter, deque
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from random import Random

from reader.themes.theme import FIRST
from reader.themes.theme_files import load_theme
from tests.end_to_end.journal import SENTENCES, Journal, Reader, Text
from tests.end_to_end.terminal import KEYS, READER, Terminal

_COLUMNS, _ROWS = 92, 20
_SENTENCE = re.compile(r"(A\d\d)S(\d\d\d)")
_STATUS = re.compile(r" ?(.*?)(?:\s{2,}.*|\s*[━─].*|\s*)")
_SELECTED = load_theme(FIRST)[0].selection.lstrip("#")
_BEFORE_END = 90
"""The distance in sentences from the end of an article at which the user turns back, to avoid marking it as read.
"""


@dataclass(frozen=True, slots=True)
class PendingAction:
    """An action whose last key has not been typed yet.

    Attributes:
        kind: The kind of the action. article: The article that it changes. keys: The keys still to be typed, which
        change the database. said: The pattern of its acknowledgement in the status line; the group `name` is the name
        of a bookmark, which is not known before. then: Enters the action in a journal, with that name.
    """

    kind: str
    article: str
    keys: str
    said: re.Pattern[str]
    then: Callable[[Journal, str], None]


UNSAVED = "⚠ Marks not saved"
"""The warning at the start of the status line while marks are not saved."""


def status(terminal: Terminal) -> str:
    """The text of the status line."""
    line = terminal.line(terminal.rows - 1)
    found = _STATUS.fullmatch(line.replace(UNSAVED, "", 1).lstrip() if UNSAVED in line else line)
    return found[1] if found else ""


def notice(terminal: Terminal) -> str:
    """The text of the notifications on the screen, without line breaks."""
    return " ".join(line.partition("▌")[2].strip() for line in terminal.lines if "▌" in line)


def in_sight(terminal: Terminal) -> list[tuple[str, int]]:
    """The sentences that begin on the page, by article and number."""
    return [(one, int(number)) for one, number in _SENTENCE.findall("\n".join(terminal.lines[:-1]))]


def selected(terminal: Terminal) -> str:
    """The keyboard selection."""
    return terminal.on_paper(_SELECTED).strip()


def sentences(text: str) -> tuple[int, int] | None:
    """The first and last sentence of a text that consists of whole sentences."""
    numbers = [int(number) for _article, number in _SENTENCE.findall(text)]
    return (numbers[0], numbers[-1]) if _SENTENCE.match(text) and text.endswith("!") else None


def is_named(terminal: Terminal) -> bool:
    """Whether the position at the top of the page is named after the text there.

    A blank row is named after the next text.
    """
    top = terminal.line(0).rpartition("│")[2].strip()
    return bool(_SENTENCE.search(top)) or top.startswith("Chapter")


def _waits(terminal: Terminal) -> bool:
    """Whether a modal or an input receives the keys."""
    return any(asked in terminal.text for asked in ("separate with commas", "Ctrl+S save", "New bookmark: a letter"))


class User:
    """A user of one reader, who restarts it after it was killed."""

    KINDS: Mapping[str, int] = {}
    """The actions of a user, and their frequencies."""

    def __init__(
        self,
        archive: Path,
        environ: Mapping[str, str],
        by_name: Mapping[str, Text],
        journal: Journal,
        chance: Random,
        name: str = "",
        articles: range | None = None,
    ) -> None:
        """Mark the articles with these numbers, in turn."""
        self.journal = journal
        self.acts = Counter[str]()
        self.name = name
        self.chance = chance
        self.by_name = by_name
        self.articles = articles or range(len(by_name))
        self._arguments = [READER, str(archive)]
        # Installed packages have bytecode; let a checkout write it too.
        self._environ = {**environ, "LC_ALL": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": ""}
        self.trace: deque[str] = deque(maxlen=8)
        self._starts = 0
        self._runs = False

    # Starting and ending

    def start(self) -> None:
        """Start the program without waiting for it."""
        self._starts += 1
        self.trace.append("a start")
        self._runs = True
        self.terminal = Terminal(self._arguments, columns=_COLUMNS, rows=_ROWS, environ=self._environ)

    def ready(self) -> None:
        """Wait until an article can be marked."""
        self.terminal.wait_for(lambda seen: bool(in_sight(seen)))
        self.reader = Reader(f"{self.name}{self._starts}", self.journal.last)
        self.article = in_sight(self.terminal)[0][0]
        while int(self.article[1:]) not in self.articles:
            # The last open article is opened, whichever reader had it open.
            self._turn_over()

    def quit(self, *, discarding: bool = False) -> None:
        """Quit the program; with `discarding`, answer its question by discarding unsaved marks."""
        self.terminal.type("q")
        if discarding:
            self.terminal.wait_for("quit without saving").type("d")
        assert self.terminal.wait_for_exit() == 0
        assert "Traceback" not in self.terminal.text
        self.gone()

    def gone(self) -> None:
        """End the program if it is still running, and close the terminal."""
        if self._runs:
            self._runs = False
            self.terminal.__exit__(None, None, None)

    # Actions

    def act(self, kinds: Mapping[str, int] | None = None) -> None:
        """Perform an action, and wait for the acknowledgement."""
        act = self.prepare(kinds)
        self.terminal.type(act.keys)
        self.acknowledged(act)

    def prepare(self, kinds: Mapping[str, int] | None = None) -> PendingAction:
        """Choose an action, and type all of it except the last key."""
        kinds = kinds or self.KINDS
        while True:
            (kind,) = self.chance.choices(list(kinds), list(kinds.values()))
            if self.chance.random() < 0.3:
                self._move()
            act: PendingAction | None = getattr(self, kind)()
            if act is not None and not act.said.fullmatch(status(self.terminal)):
                return act
            # It is impossible, or the current message would acknowledge it already.
            self.leave()

    def acknowledged(self, act: PendingAction) -> None:
        """Wait for the acknowledgement of an action, and enter it in the journal."""
        seen = [status(self.terminal)]

        def is_said(terminal: Terminal) -> bool:
            now = status(terminal)
            if now != seen[-1]:
                seen.append(now)
            return act.said.fullmatch(now) is not None

        try:
            self.terminal.wait_for(is_said)
        except AssertionError as error:
            error.add_note(f"{act.kind} should be acknowledged by {act.said.pattern}, and what was said is {seen}")
            raise
        self.enter(act)

    def is_said(self, act: PendingAction) -> bool:
        """Whether the current screen acknowledges an action."""
        return act.said.fullmatch(status(self.terminal)) is not None

    def enter(self, act: PendingAction) -> bool:
        """Enter an action in the journal if the current screen acknowledges it; return whether it does."""
        found = act.said.fullmatch(status(self.terminal))
        if found is None:
            return False
        act.then(self.journal, found.groupdict().get("name") or "")
        self.trace.append(f"{act.kind} in {act.article}: {found[0]}")
        self.acts[act.kind] += 1
        return True

    def leave(self) -> None:
        """Close whatever waits for keys: the tag input, a note, a letter prompt, the selection."""
        if _waits(self.terminal):
            self.terminal.type(KEYS["escape"])
            self.terminal.wait_for(lambda seen: not _waits(seen) or "Unsaved changes" in seen.text)
            if _waits(self.terminal):
                # The second attempt discards what was typed.
                self.terminal.type(KEYS["escape"])
                self.terminal.wait_for(lambda seen: not _waits(seen))
        if selected(self.terminal):
            self.terminal.type("q")
            self.terminal.wait_for(lambda seen: not selected(seen))

    # Navigation

    def _move(self) -> None:
        """Move elsewhere in the article, or to another article; never to the end."""
        if self.chance.random() < 0.25:
            self._turn_over()
            return
        keys = ["j", " ", "]", "k"]
        for _ in range(self.chance.randrange(4)):
            before = in_sight(self.terminal)
            near_end = bool(before) and before[-1][1] > SENTENCES - _BEFORE_END
            self.terminal.type("g" if near_end else self.chance.choice(keys))
            self.terminal.settle(0.03)

    def _turn_over(self) -> None:
        """Go to the next or the previous article; the newest has the highest number."""
        number = int(self.article[1:])
        keys = ["J"] * (number > self.articles[0]) + ["K"] * (number < self.articles[-1])
        key = self.chance.choice(keys)
        self.terminal.type(key)
        with suppress(AssertionError):
            self.terminal.wait_for(self._is_elsewhere, 5)
        if not self._is_elsewhere(self.terminal):
            # The text is shown before the list of articles is known; until then the key has no effect.
            self.terminal.type(key)
            self.terminal.wait_for(self._is_elsewhere)
        self.article = in_sight(self.terminal)[0][0]

    def _is_elsewhere(self, seen: Terminal) -> bool:
        names = {name for name, _number in in_sight(seen)}
        return bool(names) and self.article not in names
