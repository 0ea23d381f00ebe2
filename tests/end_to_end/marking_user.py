"""Random marking on the screen: whole articles, positions and text; and undo."""

import re
from collections.abc import Callable, Mapping
from itertools import chain

from reader.marks.highlights import shortened
from tests.end_to_end.journal import Change, Entry, Journal, Key, title
from tests.end_to_end.marking import PendingAction, User, is_named
from tests.end_to_end.selecting import FRAME, Span, select, select_one_of

_STATES = {
    "starred": ("*", ("Starred: {}", "star added"), ("Removed the star: {}", "star removed")),
    "read": ("r", ("Marked as read: {}", "marked as read"), ("Marked as unread: {}", "marked as unread")),
    "later": (
        "w",
        ("Added to read later: {}", "added to read later"),
        ("Removed from read later: {}", "removed from read later"),
    ),
}
_NAME = 40
"""The number of characters of a quotation that are used as its name."""


class MarkingUser(User):
    """A user who performs all actions that change marks."""

    KINDS: Mapping[str, int] = {
        "star": 2,
        "read": 2,
        "later": 1,
        "tags": 2,
        "bookmark": 3,
        "letter": 2,
        "highlight": 5,
        "note": 3,
        "recolour": 2,
        "delete": 1,
        "undo": 2,
        "redo": 2,
    }
    AT_ONCE: Mapping[str, int] = {
        "star": 2,
        "read": 2,
        "later": 1,
        "bookmark": 3,
        "paint": 4,
        "recolour": 1,
        "delete": 1,
    }
    """Actions that two users may perform at the same time, with the same result in either order."""

    letters = "abcdefgABC"
    alone = True
    """Whether no other user marks at the same time; otherwise only own changes since the start are undone."""

    def _changing(
        self,
        kind: str,
        keys: str,
        said: str,
        told: str,
        change: Callable[[Journal], Change],
        colour: int | None = None,
    ) -> PendingAction:
        """An action with a known result; `colour` is the colour that it uses."""
        reader = self.reader

        def then(journal: Journal, _name: str) -> None:
            journal.add(reader, told, change(journal))
            journal.colour = colour or journal.colour

        return PendingAction(kind, self.article, keys, re.compile(re.escape(said)), then)

    def _type(self, text: str) -> None:
        """Type a text, and wait until it is shown."""
        self.terminal.type(text)
        self.terminal.wait_for(text.strip())

    # Whole articles

    def star(self) -> PendingAction:
        return self._state("starred")

    def read(self) -> PendingAction:
        return self._state("read")

    def later(self) -> PendingAction:
        return self._state("later")

    def _state(self, state: str) -> PendingAction:
        key, *ways = _STATES[state]
        row: Key = (state, self.article)
        there = self.journal.rows.get(row)
        said, told = ways[1 if there else 0]
        about = title(self.article)
        new = None if there else True
        return self._changing(state, key, said.format(about), f"{told} · {about}", lambda _journal: {row: (there, new)})

    def tags(self) -> PendingAction:
        there = self.journal.of("tag", self.article)
        emptied = len(there) > 3 or (bool(there) and self.chance.random() < 0.2)
        kept = {} if emptied else there
        name = f"t{self.name}{self.journal.last}"
        self.terminal.type("#")
        self.terminal.wait_for("separate with commas")
        if emptied:
            # Ctrl+U empties the input, but may arrive after characters typed right after it.
            self.terminal.type("\x15")
            self.terminal.wait_for(lambda seen: bool(re.search(r"│ tags  ", seen.text)))
        self._type(name)
        said = " ".join(f"#{one}" for one in (*sorted(kept, key=lambda one: kept[one]), name))
        gone: Change = {("tag", self.article, one): (order, None) for one, order in there.items() if emptied}
        article = self.article

        def change(journal: Journal) -> Change:
            return {**gone, ("tag", article, name): (None, journal.new())}

        return self._changing("tags", "\r", f"Tags: {said}", f"tags changed · {title(article)}", change)

    # Bookmarks

    def bookmark(self) -> PendingAction:
        return self._bookmarked("")

    def letter(self) -> PendingAction:
        return self._bookmarked(self.chance.choice(self.letters))

    def _bookmarked(self, letter: str) -> PendingAction:
        article, reader = self.article, self.reader
        while not is_named(self.terminal):
            self.terminal.type("j")
            self.terminal.settle(FRAME)
        self.terminal.type("m")
        self.terminal.wait_for("New bookmark: a letter")

        def then(journal: Journal, name: str) -> None:
            if not name:
                return
            there = next((uid for uid, one in journal.of("bookmark", article).items() if one == name), "")
            if letter and ("letter", article, there) in journal.rows:
                # Two letters may lead to the same position.
                there = ""
            uid = there or str(journal.new())
            change = _freed(journal, article, letter)
            if not there:
                change["bookmark", article, uid] = (None, name)
            if letter:
                change["letter", article, uid] = (journal.rows.get(("letter", article, uid)), letter)
            journal.add(reader, f"bookmark {'changed' if there else 'added'} · {name}", change)

        before = f"{letter} · " if letter else ""
        # Match the whole line, because the screen may be read when half of a line is painted.
        name = r"Chapter \d+\.\d+( · A\d\dS\d\d\d the…)?"
        said = re.compile(rf"Added a bookmark: {before}(?P<name>{name})|There is already a bookmark here: {name}")
        return PendingAction("letter" if letter else "bookmark", article, letter or "m", said, then)

    # Highlights

    def highlight(self) -> PendingAction | None:
        return self._coloured(self._select(), self.chance.choice("aa1234"))

    def paint(self) -> PendingAction | None:
        """Highlight in a given colour, regardless of the last one used."""
        return self._coloured(self._select(), self.chance.choice("1234"))

    def recolour(self) -> PendingAction | None:
        return self._coloured(self._select_highlight(), self.chance.choice("1234"))

    def _coloured(self, span: Span | None, key: str) -> PendingAction | None:
        holding = self._holding(span)
        if span is None or len(holding) > 1:
            return None
        colour = self.journal.colour if key == "a" else int(key)
        if not holding:
            return self._made("highlight", key, span, colour, "")
        row: Key = ("colour", self.article, holding[0])
        old, name = self.journal.rows[row], self._name_of(holding[0])
        if old == colour:
            return None
        said, told = f"Changed the colour: {name}", f"highlight changed · {name}"
        return self._changing("recolour", key, said, told, lambda _journal: {row: (old, colour)}, colour)

    def _made(self, kind: str, keys: str, span: Span, colour: int, note: str) -> PendingAction:
        article = self.article
        quotation = self.by_name[article].said(*span)
        name = shortened(quotation, _NAME)

        def change(journal: Journal) -> Change:
            row = (article, str(journal.new()))
            return {
                ("highlight", *row): (None, (*span, quotation)),
                ("colour", *row): (None, colour),
                ("note", *row): (None, note),
            }

        said = f"Highlighted with a note: {name}" if note else f"Highlighted: {name}"
        return self._changing(kind, keys, said, f"highlight added · {name}", change, None if note else colour)

    def note(self) -> PendingAction | None:
        """Add a note to the selection, sometimes in another colour."""
        span = self._select()
        holding = self._holding(span)
        if span is None or len(holding) > 1:
            return None
        self.terminal.type("n")
        self.terminal.wait_for("Ctrl+S save")
        rows = self.journal.rows
        row = (self.article, holding[0] if holding else "")
        old = rows.get(("note", *row), "")
        colour = old_colour = rows.get(("colour", *row), self.journal.colour)
        written = f"n{self.name}{self.journal.last}"
        self._type(("\r" if old else "") + written)
        if self.chance.random() < 0.4:
            # Ctrl+O
            self.terminal.type("\x0f")
            colour = old_colour % 4 + 1
        note = f"{old}\n{written}" if old else written
        if not holding:
            return self._made("noted", "\x13", span, colour, note)
        change: dict[Key, tuple[object, object]] = {("note", *row): (old, note)}
        if colour != old_colour:
            change["colour", *row] = (old_colour, colour)
        name = self._name_of(holding[0])
        said, told = f"Note saved: {name}", f"highlight changed · {name}"
        return self._changing("renoted", "\x13", said, told, lambda _journal: change)

    def delete(self) -> PendingAction | None:
        span = self._select_highlight()
        if span is None:
            return None
        touched = [uid for uid, one in self._ordered() if one[0] <= span[1] and span[0] <= one[1]]
        rows = self.journal.rows
        keys = [(part, self.article, uid) for uid in touched for part in ("highlight", "colour", "note")]
        change: Change = {key: (rows[key], None) for key in keys}
        name = self._name_of(touched[0])
        said = f"Removed the highlight: {name} · U undoes"
        return self._changing("delete", "d", said, f"highlight removed · {name}", lambda _journal: change)

    def _ordered(self) -> list[tuple[str, tuple[int, int, str]]]:
        """The highlights of the article in order of position, then of creation."""
        found = self.journal.of("highlight", self.article)
        return sorted(found.items(), key=lambda pair: (pair[1][0], int(pair[0])))

    def _holding(self, span: Span | None) -> list[str]:
        """The smallest highlights that contain a span: none, one, or several equal ones."""
        if span is None:
            return []
        holding = [(one[0], uid) for uid, one in self._ordered() if one[0] <= span[0] and span[1] <= one[1]]
        return [uid for start, uid in holding if start == max(holding)[0]]

    def _name_of(self, uid: str) -> str:
        return shortened(self.journal.rows["highlight", self.article, uid][2], _NAME)

    def _select(self) -> Span | None:
        return select(self.terminal, self.chance)

    def _select_highlight(self) -> Span | None:
        painted = set(chain.from_iterable(range(one[0], one[1] + 1) for _uid, one in self._ordered()))
        return select_one_of(self.terminal, self.chance, painted)

    # Undoing

    def undo(self) -> PendingAction | None:
        return self._turned("undo", "U", "Undone: {}", self.journal.to_undo(self.reader))

    def redo(self) -> PendingAction | None:
        return self._turned("redo", "\x19", "Redone: {}", self.journal.to_redo(self.reader))

    def _turned(self, kind: str, key: str, said: str, entry: Entry | None) -> PendingAction | None:
        if entry is None or not (self.alone or entry.reader == self.reader.name):
            return None
        pattern = re.compile(re.escape(said.format(entry.told)))
        return PendingAction(kind, self.article, key, pattern, lambda journal, _name: journal.turn(entry))


def _freed(journal: Journal, article: str, letter: str) -> dict[Key, tuple[object, object]]:
    """The change that frees a letter: a lower-case one within the article, a capital anywhere."""
    return {
        key: (letter, None)
        for key, value in journal.rows.items()
        if key[0] == "letter" and value == letter and (key[1] == article or letter.isupper())
    }
