"""Which articles are in which state, kept at hand for the sidebar, the shelves and the search."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace

from reader.document.folding import folded
from reader.marks.facade import Marks
from reader.marks.overview import Overview
from reader.search.nodes import Field, Is, State, Words

_STATES = (State.READ, State.STARRED, State.LATER, State.BOOKMARKED, State.HIGHLIGHTED, State.NOTED)
"""Those that the store of marks tells."""

_MANY = 400
"""Changed articles from which it is quicker to read all of them."""


def may_ask_texts(query: str) -> bool:
    """Whether a query may ask for what is written in notes or tags."""
    asked = folded(query)
    return Field.NOTE.value in asked or Field.TAG.value in asked


@dataclass(frozen=True, slots=True)
class Marked:
    """The marks of articles as they are at one moment; may be asked from any thread.

    Attributes:
        states: The ids of the articles in each state.
        notes: What is written in notes, folded, by the article's id.
        tags: The tags a person gave, folded, by the article's id.
    """

    states: Mapping[State, frozenset[str]] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)
    tags: Mapping[str, str] = field(default_factory=dict)

    def ids(self, asked: Is | Words) -> Collection[str]:
        """The ids of the articles that part of a query asks for: in a state, with words in a note or in a tag."""
        if isinstance(asked, Is):
            return self.states.get(asked.state, frozenset())
        words = folded(asked.text)
        texts = self.notes if asked.field is Field.NOTE else self.tags
        return {article for article, text in texts.items() if words in text}


class Memory:
    """What is at hand of the marks in a store, brought up to date by what was changed."""

    def __init__(self, marks: Marks, *, texts: bool = False) -> None:
        """Keep at hand what is in `marks`: the states of articles, and with `texts` the notes and tags, too."""
        self._marks = marks
        self._overview = Overview(marks.store)
        self._known: Marked | None = None
        self._knows_texts = texts

    @property
    def marked(self) -> Marked:
        """The marks as they are, with the notes and tags if those were read.

        The states are read when this is first asked, which is not before the first paint.
        """
        if self._known is None:
            self._known = self._read()
        return self._known

    def read_texts(self) -> None:
        """Read the notes and the tags too, unless that was done: nobody needs them who searches for none."""
        if not self._knows_texts:
            self._known = self._with_texts(self.marked)
            self._knows_texts = True

    def _read(self) -> Marked:
        marked = Marked({state: self._overview.in_state(state.value) for state in _STATES})
        return self._with_texts(marked) if self._knows_texts else marked

    def _with_texts(self, marked: Marked) -> Marked:
        return replace(marked, notes=_joined(self._overview.notes()), tags=_joined(self._overview.tags()))

    def catch_up(self) -> set[str]:
        """Take in what was changed, here or by another reader; the ids of the articles that were."""
        changed = self._marks.store.revised()
        known = self._known
        if known is not None and len(changed) > _MANY:
            # Here and now: who asks next may be a thread that searches, and the store belongs to this one.
            self._known = self._read()
        elif known is not None and changed:
            self._known = replace(known, states=self._states(known.states, changed))
            if self._knows_texts:
                notes = self._texts(known.notes, self._overview.notes, changed)
                tags = self._texts(known.tags, self._overview.tags, changed)
                self._known = replace(self._known, notes=notes, tags=tags)
        return changed

    def _states(
        self, states: Mapping[State, frozenset[str]], changed: Collection[str]
    ) -> Mapping[State, frozenset[str]]:
        entering: dict[State, set[str]] = {state: set() for state in _STATES}
        for article in changed:
            for state in self._overview.states_of(article):
                entering[State(state)].add(article)
        found: dict[State, frozenset[str]] = {}
        for state, known in states.items():
            inside = {article for article in changed if article in known}
            # A new set only where there is a change: other threads look at the old, and copying a large one takes time.
            found[state] = known if inside == entering[state] else (known - inside) | entering[state]
        return found

    @staticmethod
    def _texts(
        known: Mapping[str, str], texts_of: Callable[[str], list[tuple[str, str]]], changed: Collection[str]
    ) -> Mapping[str, str]:
        now = {article: _joined(texts_of(article)) for article in changed}
        if all(known.get(article) == texts.get(article) for article, texts in now.items()):
            return known
        found = {article: text for article, text in known.items() if article not in now}
        for texts in now.values():
            found.update(texts)
        return found


def _joined(rows: Collection[tuple[str, str]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for article, written in rows:
        text = folded(written)
        found[article] = f"{found[article]}\n{text}" if article in found else text
    return found
