"""Two readers of one database that mark at the same time; sometimes one is killed."""

import time
from collections import Counter
from pathlib import Path
from random import Random

from tests.end_to_end.journal import Journal, in_place, look, texts, write_archive
from tests.end_to_end.killing_marks import environ, settled, store_in
from tests.end_to_end.marking import PendingAction
from tests.end_to_end.marking_user import MarkingUser

_ARTICLES = 12
_A_KEY = 0.03
"""Seconds after a key within which its action is acknowledged, if at all."""


class TwoReaders:
    """Two users with one reader each, who mark separate articles."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.chance = Random(seed)  # noqa: S311 - not for cryptography
        self.kills = 0
        self.unacknowledged = Counter[str]()
        write_archive(folder / "archive", _ARTICLES)
        by_name = texts(folder / "archive")
        self.store = store_in(folder)
        self.journal = Journal()
        half = _ARTICLES // 2
        self.people = [
            MarkingUser(folder / "archive", environ(folder), by_name, self.journal, self.chance, name, articles)
            for name, articles in (("x", range(half)), ("y", range(half, _ARTICLES)))
        ]
        for person in self.people:
            person.alone = False
            # A capital letter is taken from the bookmark of the other reader.
            person.letters = "abcdefg"
            person.start()
            person.ready()

    def round(self) -> None:
        """Let both mark, in turn and at the same time; then kill one during an action and restart it.

        Raises:
            AssertionError: An acknowledged change is lost, or there is one that nobody made.
        """
        for _ in range(self.chance.randrange(4)):
            self.chance.choice(self.people).act()
        for _ in range(self.chance.randrange(3)):
            acts = [(person, person.prepare(person.AT_ONCE)) for person in self.people]
            for person, act in acts:
                person.terminal.type(act.keys)
            for person, act in acts:
                person.acknowledged(act)
            # It is unknown which colour was used last.
            self.journal.colour = look(self.store, alone=False).colour
        self._kill()

    def _kill(self) -> None:
        acts = {person: person.prepare(person.AT_ONCE) for person in self.people}
        for person, act in acts.items():
            person.terminal.type(act.keys)
        dying = self.chance.choice(self.people)
        (living,) = (person for person in self.people if person is not dying)
        time.sleep(self.chance.random() * _A_KEY)
        dying.terminal.kill()
        self.kills += 1
        living.acknowledged(acts[living])
        left = None if dying.enter(acts[dying]) else acts[dying]
        dying.gone()
        self._look(left)
        dying.start()
        dying.ready()

    def _look(self, act: PendingAction | None) -> None:
        found = look(self.store, alone=False)
        journal = settled(self.journal, act, found)
        if act is not None:
            self.unacknowledged["done" if journal is not self.journal else "not done"] += 1
        self.journal = journal
        for person in self.people:
            person.journal = journal

    def end(self) -> None:
        """Let both end, and check everything.

        Raises:
            AssertionError: A check failed.
        """
        for person in self.people:
            person.quit()
        found = look(self.store)
        assert self.journal.marks() == found.marks
        in_place(found, self.people[0].by_name)

    def close(self) -> None:
        """End the processes that are still running."""
        for person in self.people:
            person.gone()
