"""A user with an archive and a data folder, for tests of disks and corruption."""

from dataclasses import dataclass
from pathlib import Path
from random import Random

from tests.end_to_end.journal import look
from tests.end_to_end.killing_marks import store_in
from tests.end_to_end.marking import PendingAction, in_sight
from tests.end_to_end.marking_user import MarkingUser

SHORT = 6
"""The number of marks made before an event."""


STATES = {"star": 1, "read": 1, "later": 1}


LONG_NOTE = 30_000
"""The length of a note in characters, so that it needs space on the disk."""


@dataclass
class UserHome:
    """A user with an archive and a data folder.

    Attributes:
        folder: The folder of both.
        person: The user.
    """

    folder: Path
    person: MarkingUser

    @property
    def store(self) -> Path:
        return store_in(self.folder)

    def start(self, marks: int = 0) -> None:
        """Start the program, and make marks."""
        self.person.start()
        self.person.ready()
        for _ in range(marks):
            self.person.act()

    def quit(self) -> None:
        """Quit it, and check that nothing acknowledged is lost."""
        self.person.quit()
        assert look(self.store).marks == self.person.journal.marks()

    def refused(self, said: str) -> PendingAction:
        """Try to mark, and check that the refusal is reported and nothing is acknowledged."""
        act = self.person.prepare(STATES)
        terminal = self.person.terminal
        terminal.type(act.keys)
        terminal.wait_for(said)
        terminal.settle()
        assert not self.person.enter(act)
        return act

    def reads_on(self) -> None:
        """Check that reading still works: the page scrolls, another article opens."""
        terminal, article = self.person.terminal, self.person.article
        terminal.wait_for("Article").press("g").settle(1.0)
        before = in_sight(terminal)
        terminal.press("space").wait_for(lambda seen: in_sight(seen) not in ([], before))
        terminal.press("J" if article == "A01" else "K")
        terminal.wait_for(lambda seen: article not in dict(in_sight(seen)) and bool(in_sight(seen)))
        self.person.article = in_sight(terminal)[0][0]

    def damage(self, seed: int = 1) -> bytes:
        """Overwrite random pages of the database, including the schema table; return the content."""
        chance = Random(seed)  # noqa: S311 - not for cryptography
        content = bytearray(self.store.read_bytes())
        pages = len(content) // 4096
        for page in (0, *chance.sample(range(1, pages), pages // 3)):
            start = page * 4096 + (100 if page == 0 else 0)
            content[start : page * 4096 + 4096] = chance.randbytes(page * 4096 + 4096 - start)
        self.store.write_bytes(content)
        return bytes(content)
