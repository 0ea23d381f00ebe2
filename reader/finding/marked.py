"""The marks of articles, kept in memory for the sidebar, the shelves and the search."""

from collections.abc import Callable, Collection, Mapping

from reader.document.text_folding import folded
from reader.lean_dataclasses import dataclass, field, replace
from reader.marks.facade import Marks
from reader.marks.overview import Overview
from reader.search.query_tree import Field, Is, State, Words

_STATES = (State.READ, State.STARRED, State.LATER, State.BOOKMARKED, State.HIGHLIGHTED, State.NOTED)
"""The states stored in the marks database."""

_MANY = 400
"""Number of changed articles above which it is faster to read all marks again."""


def may_ask_texts(query: str) -> bool:
    """Whether a query may refer to notes or tags."""
    query = folded(query)
    return Field.NOTE.value in query or Field.TAG.value in query


@dataclass(frozen=True, slots=True)
class MarksSnapshot:
    """A snapshot of the marks of articles; immutable and thread-safe.

    Attributes:
        states: The ids of the articles in each state.
        notes: The folded text of notes, by article id.
        tags: The folded tags added by the user, by article id.
    """

    states: Mapping[State, frozenset[str]] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)
    tags: Mapping[str, str] = field(default_factory=dict)

    def ids(self, query: Is | Words) -> Collection[str]:
        """The ids of the articles that match a condition on state, notes or tags."""
        if isinstance(query, Is):
            return self.states.get(query.state, frozenset())
        words = folded(query.text)
        texts = self.notes if query.field is Field.NOTE else self.tags
        return {article for article, text in texts.items() if words in text}


class MarksCache:
    """A cache of the marks database, updated incrementally."""

    def __init__(self, marks: Marks, *, texts: bool = False) -> None:
        """Cache the states of the articles in `marks`; with `texts`, also their notes and tags."""
        self._marks = marks
        self._overview = Overview(marks.store)
        self._known: MarksSnapshot | None = None
        self._knows_texts = texts

    @property
    def marked(self) -> MarksSnapshot:
        """The current marks, with notes and tags only if `read_texts` or `texts` has asked for them.

        The states are read on first access, which must not precede the first paint.
        """
        if self._known is None:
            self._known = self._read()
        return self._known

    def read_texts(self) -> None:
        """Read the notes and tags as well, which most searches do not need; done once."""
        if not self._knows_texts:
            self._known = self._with_texts(self.marked)
            self._knows_texts = True

    def _read(self) -> MarksSnapshot:
        marked = MarksSnapshot({state: self._overview.in_state(state.value) for state in _STATES})
        return self._with_texts(marked) if self._knows_texts else marked

    def _with_texts(self, marked: MarksSnapshot) -> MarksSnapshot:
        return replace(marked, notes=_joined(self._overview.notes()), tags=_joined(self._overview.tags()))

    def catch_up(self) -> set[str]:
        """Update with changes made here or by another process; return the ids of the articles concerned."""
        changed = self._marks.store.revised()
        known = self._known
        if known is not None and len(changed) > _MANY:
            # Read now: the next access may come from a search thread, but the database connection belongs to this one.
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
            # Copy only sets that change: other threads read the old ones, and copying is slow.
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
