"""Any sequence of changes, undo, redo and reopening has the result of a model: a dictionary with two stacks."""

import shutil
import tempfile
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from reader.document.document import Position
from reader.document.sanitizing import clean, clean_line
from reader.marks.article_marks import tag_name
from reader.marks.facade import Marks
from tests.marks.making import anchor, article, held, progress

ARTICLES = "abc"
LETTERS = ("", "q", "w", "Q")
_EXACT = (
    "SELECT id, read_at, starred_at, later_at FROM article WHERE id <> 'auto' ORDER BY id",
    "SELECT * FROM bookmark ORDER BY id",
    "SELECT * FROM highlight ORDER BY id",
    "SELECT * FROM tag ORDER BY article, name",
    "SELECT * FROM saved_search ORDER BY id",
)
"""The undoable content, including times and row ids."""


class Model:
    """The expected content of a database, and its stacks for undo and redo."""

    def __init__(self, store: Path) -> None:
        self.store = store
        self.marks = Marks(store)
        self.state: dict[str, Any] = held(self.marks)
        self.undos: list[tuple[dict[str, Any], list[Any]]] = []
        self.redos: list[tuple[dict[str, Any], list[Any]]] = []
        self.places: dict[str, tuple[Position, float]] = {}
        self.paths: dict[str, Path] = {}
        self._before: list[Any] = []

    def exact(self) -> list[Any]:
        return [self.marks.store.rows(question) for question in _EXACT]

    def change(self, change: Callable[[], object]) -> None:
        """Perform one change of the state, or nothing."""
        before, exact = deepcopy(self.state), self.exact()
        change()
        if self.exact()[1:] != exact[1:] or self._states(self.exact()) != self._states(exact):
            self.undos.append((before, exact))
            self.redos.clear()
        else:
            assert self.state == before

    def _states(self, exact: list[Any]) -> list[Any]:
        return [row for row in exact[0] if row[1:] != (None, None, None)]

    def turn(self, turned: object, source: list[Any], target: list[Any]) -> None:
        """Undo or redo, and compare the result."""
        assert (turned is not None) == bool(source)
        if not source:
            return
        here = self.state
        self.state, exact = source.pop()
        target.append((here, self._before))
        assert self.exact()[1:] == exact[1:]
        assert self._states(self.exact()) == self._states(exact)

    def bookmark(self, what: str, number: int, text: str) -> None:
        kept, marks = self.state["bookmarks"], self.marks.bookmarks
        name = clean_line(text)
        if what == "add":
            one, letter = article(ARTICLES[number % 3]), LETTERS[number % 4]
            self.free(letter, one.id)
            made = marks.add(one, Position(number), text, letter=letter)
            self.paths[one.id] = one.path
            kept[made.uid] = (one.id, Position(number), name, letter)
            return
        there = marks.all()
        if not there:
            return
        chosen = there[number % len(there)]
        if what == "rename":
            marks.rename(chosen, text)
            kept[chosen.uid] = (*kept[chosen.uid][:2], name, chosen.letter)
        elif what == "letter":
            letter = LETTERS[len(text) % 4]
            self.free(letter, chosen.article_id)
            marks.letter(chosen, letter)
            kept[chosen.uid] = (*kept[chosen.uid][:3], letter)
        else:
            marks.delete(chosen)
            del kept[chosen.uid]

    def free(self, letter: str, article_id: str) -> None:
        for uid, (owner, place, name, own) in self.state["bookmarks"].items():
            if letter and own == letter and (letter.isupper() or owner == article_id):
                self.state["bookmarks"][uid] = (owner, place, name, "")

    def highlight(self, what: str, number: int, text: str) -> None:
        kept, marks = self.state["highlights"], self.marks.highlights
        if what == "add":
            one = article(ARTICLES[number % 3])
            made = marks.add(one, anchor(block=number), "", number % 4 + 1, text)
            self.paths[one.id] = one.path
            kept[made.uid] = (one.id, anchor(block=number), number % 4 + 1, clean(text).strip())
            return
        there = marks.all()
        chosen = there[number % max(len(there), 1) :][:2]
        if what == "delete":
            marks.delete(*chosen)
            for gone in chosen:
                del kept[gone.uid]
        elif chosen:
            colour = number % 4 + 1 if what != "note" else None
            note = text if what != "colour" else None
            marks.change(chosen[0], colour=colour, note=note)
            before = kept[chosen[0].uid]
            kept[chosen[0].uid] = (
                *before[:2],
                before[2] if colour is None else colour,
                before[3] if note is None else clean(note).strip(),
            )

    def state_of(self, what: str, number: int, text: str) -> None:
        one, there = article(ARTICLES[number % 3]), number % 2 == 0
        articles = self.marks.articles
        self.paths[one.id] = one.path
        if what == "tag":
            articles.tag(one, text.split("a"))
            names = list(dict.fromkeys(filter(None, map(tag_name, text.split("a")))))
            before = [name for name in self.state["tags"].get(one.id, ()) if name in names]
            after = (*before, *(name for name in names if name not in before))
            self.state["tags"] = {**self.state["tags"], one.id: after}
            if not after:
                del self.state["tags"][one.id]
            return
        if what == "star":
            articles.star(one, starred=there)
        elif what == "read":
            articles.mark_read(one, read=there)
        else:
            articles.keep_for_later(one, later=there)
        key = {"star": "starred"}.get(what, what)
        self.state[key] = self.state[key] | {one.id} if there else self.state[key] - {one.id}

    def search(self, what: str, number: int, text: str) -> None:
        name = "一二三"[number % 3]
        kept = {key: query for key, query in self.state["searches"] if key != name}
        if what == "save":
            self.marks.searches.save(name, text)
            kept[name] = clean_line(text)
        else:
            for one in self.marks.searches.all():
                if one.name == name:
                    self.marks.searches.delete(one)
        self.state["searches"] = sorted(kept.items())

    def besides(self, what: str, number: int) -> None:
        """Actions that cannot be undone: positions, moves, automatic read marks, a restart."""
        one = article(ARTICLES[number % 3])
        if what == "place":
            self.marks.articles.save_position(one, Position(number), number / 10)
            self.places[one.id] = (Position(number), number / 10)
            self.paths[one.id] = one.path
        elif what == "moved":
            self.marks.articles.moved([(one.id, Path(f"/moved/{number}.md"))])
            if one.id in self.paths:
                self.paths[one.id] = Path(f"/moved/{number}.md")
        elif what == "finished":
            self.marks.articles.mark_read(article("auto"), read=number % 2 == 0, by_hand=False)
            self.state["read"] = self.state["read"] - {"auto"} | ({"auto"} if number % 2 == 0 else set())
            for state, _exact in (*self.undos, *self.redos):
                state["read"] = state["read"] - {"auto"} | (self.state["read"] & {"auto"})
        else:
            self.marks.close()
            self.marks = Marks(self.store)

    def do(self, room: str, what: str, number: int, text: str) -> None:
        """Perform one action, and compare."""
        if room == "besides":
            self.besides(what, number)
        elif room in {"undo", "redo"}:
            self._before = self.exact()
            source, target = (self.undos, self.redos) if room == "undo" else (self.redos, self.undos)
            change = getattr(self.marks, room)()
            self.turn(change, source, target)
            assert change is None or (change.whole and not change.overtaken)
        else:
            does = {"bookmark": self.bookmark, "highlight": self.highlight, "state": self.state_of}.get(
                room, self.search
            )
            self.change(lambda: does(what, number, text))
        assert held(self.marks) == self.state
        for article_id, (place, far) in self.places.items():
            assert self.marks.articles.place(article_id) == place
            assert progress(self.marks, article_id) == far
        for bookmark in self.marks.bookmarks.all():
            assert bookmark.path == self.paths[bookmark.article_id]


_WHAT = {
    "bookmark": ("add", "add", "rename", "letter", "delete"),
    "highlight": ("add", "add", "colour", "note", "both", "delete"),
    "state": ("star", "read", "later", "tag"),
    "search": ("save", "delete"),
    "undo": ("",),
    "redo": ("",),
    "besides": ("place", "moved", "finished", "restart"),
}
texts = st.text("ab海Ａ\n\x1b\u202e ", max_size=6)
operations = st.sampled_from([*_WHAT, "undo", "undo", "redo"]).flatmap(
    lambda room: st.tuples(st.just(room), st.sampled_from(_WHAT[room]), st.integers(0, 9), texts)
)


@given(st.lists(operations, min_size=10, max_size=60))
@settings(max_examples=25, deadline=None)
def test_any_sequence_of_changes_has_the_result_of_the_model(sequence: list[tuple[str, str, int, str]]) -> None:
    folder = Path(tempfile.mkdtemp())
    try:
        model = Model(folder / "marks.db")
        for one in sequence:
            model.do(*one)
        while model.undos:
            model.do("undo", "", 0, "")
        model.do("undo", "", 0, "")
        while model.redos:
            model.do("redo", "", 0, "")
        model.do("redo", "", 0, "")
        model.marks.close()
    finally:
        shutil.rmtree(folder)
