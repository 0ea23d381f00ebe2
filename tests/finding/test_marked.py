"""The cache of marks: always equal to a new one, whatever two readers have changed."""

import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.document.document import Position
from reader.errors import StoreError
from reader.finding import marked
from reader.finding.marked import MarksCache, MarksSnapshot
from reader.marks.facade import Marks
from reader.search.query_tree import Field, Is, State, Words
from tests.marks.making import anchor, article

ARTICLES = [f"{number:02}" for number in range(12)]


def change(marks: Marks, what: str, number: int) -> None:
    """Change marks in a database."""
    one, there = article(ARTICLES[number % len(ARTICLES)]), number % 3 > 0
    bookmarks, highlights = marks.bookmarks.of(one.id), marks.highlights.of(one.id)
    {
        "star": lambda: marks.articles.star(one, starred=there),
        "read": lambda: marks.articles.mark_read(one, read=there, by_hand=number % 2 == 0),
        "later": lambda: marks.articles.keep_for_later(one, later=there),
        "tags": lambda: marks.articles.tag(one, ["海", "Ｔag", f"t{number}"][: number % 4]),
        "bookmark": lambda: marks.bookmarks.add(one, Position(0), "x"),
        "unbookmark": lambda: [marks.bookmarks.delete(bookmark) for bookmark in bookmarks[: number % 3]],
        "highlight": lambda: marks.highlights.add(one, anchor(), "", 1, "" if there else f"Ｎote {number}"),
        "note": lambda: [marks.highlights.change(each, note="" if there else "other") for each in highlights[:1]],
        "unhighlight": lambda: marks.highlights.delete(*highlights[: number % 3]),
        "undo": marks.undo,
        "redo": marks.redo,
    }[what]()


WHATS = (
    *("star", "read", "later", "tags", "bookmark", "unbookmark", "highlight", "note", "unhighlight"),
    *("undo", "undo", "redo", "look"),
)
operations = st.tuples(st.integers(0, 1), st.sampled_from(WHATS), st.integers(0, 40))


def at_hand_of(folder: Path) -> MarksSnapshot:
    """A new cache of the database in a folder."""
    return MarksCache(Marks(folder / "marks.db"), texts=True).marked


@given(st.lists(operations, min_size=5, max_size=40), st.sampled_from([2, 400]))
@settings(max_examples=30, deadline=None)
def test_cache_after_catching_up_equals_a_new_one(sequence: list[tuple[int, str, int]], many: int) -> None:
    folder = Path(tempfile.mkdtemp())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("reader.marks.store_opening.SYNCHRONOUS", "off")
        # From this number of changed articles on, all articles are read.
        patch.setattr(marked, "_MANY", many)
        readers = [Marks(folder / "marks.db"), Marks(folder / "marks.db")]
        # One cache reads notes and tags at the beginning, the other one late.
        memories = [MarksCache(readers[0], texts=True), MarksCache(readers[1])]
        assert memories[0].marked == MarksSnapshot({state: frozenset() for state in memories[0].marked.states})
        for reader, what, number in sequence:
            if what != "look":
                change(readers[reader], what, number)
                continue
            memories[reader].catch_up()
            assert memories[reader].marked.states == at_hand_of(folder).states
        for memory in memories:
            memory.catch_up()
            memory.read_texts()
            assert memory.marked == at_hand_of(folder)
    for marks in readers:
        marks.close()
    shutil.rmtree(folder)


def test_changed_articles_are_reported_once() -> None:
    marks = Marks(None)
    memory = MarksCache(marks)
    marks.articles.star(article("before"), starred=True)
    assert memory.catch_up() == {"before"}
    assert memory.marked.states[State.STARRED] == {"before"}
    marks.articles.star(article("a"), starred=True)
    marks.bookmarks.add(article("b"), Position(0), "x")
    assert memory.catch_up() == {"a", "b"}
    assert memory.catch_up() == set()
    assert memory.marked.states[State.STARRED] == {"a", "before"}


def test_unchanged_values_are_the_same_object() -> None:
    marks = Marks(None)
    memory = MarksCache(marks, texts=True)
    marks.articles.star(article("a"), starred=True)
    marks.highlights.add(article("a"), anchor(), "", 1, "note")
    before = memory.marked
    marks.articles.mark_read(article("b"), read=True)
    memory.catch_up()
    after = memory.marked
    assert after.states[State.READ] == {"b"}
    assert after.states[State.STARRED] is before.states[State.STARRED]
    assert (after.notes is before.notes, after.tags is before.tags) == (True, True)
    assert before.states[State.READ] == set()


def test_many_changes_are_read_when_catching_up_not_on_access(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(marked, "_MANY", 3)
    marks = Marks(None)
    memory = MarksCache(marks)
    assert memory.marked.states[State.STARRED] == set()
    for name in "abcdef":
        marks.articles.star(article(name), starred=True)
    assert memory.catch_up() == set("abcdef")

    def asked(*_: object) -> None:
        pytest.fail("the store is asked again")

    monkeypatch.setattr(marks.store, "rows", asked)
    monkeypatch.setattr(marks.store, "records", asked)
    assert memory.marked.states[State.STARRED] == set("abcdef")


def test_notes_are_read_on_first_request() -> None:
    marks = Marks(None)
    marks.highlights.add(article("a"), anchor(), "", 1, "note")
    memory = MarksCache(marks)
    assert memory.marked.states[State.NOTED] == {"a"}
    assert not memory.marked.notes
    memory.read_texts()
    assert memory.marked.notes == {"a": "note"}


@pytest.mark.parametrize(("query", "asks"), [("note:灯", True), ("-Tag:x", True), ("is:noted", True), ("灯塔", False)])
def test_query_for_notes_or_tags_is_recognized(query: str, asks: bool) -> None:  # noqa: FBT001
    assert marked.may_ask_texts(query) is asks


@pytest.fixture
def at_hand() -> MarksSnapshot:
    marks = Marks(None)
    marks.articles.star(article("starred"), starred=True)
    marks.articles.mark_read(article("read"), read=True)
    marks.articles.keep_for_later(article("later"), later=True)
    marks.bookmarks.add(article("bookmarked"), Position(0), "x")
    marks.highlights.add(article("highlighted"), anchor(), "", 1)
    marks.highlights.add(article("noted"), anchor(), "", 1, "Ｆirst línea\n第二行 ⭐")
    marks.highlights.add(article("noted"), anchor(), "", 2, "another")
    marks.articles.tag(article("tagged"), ["Ｓea", "深 海"])
    return MarksCache(marks, texts=True).marked


@pytest.mark.parametrize(
    ("state", "articles"),
    [
        (State.READ, {"read"}),
        (State.STARRED, {"starred"}),
        (State.LATER, {"later"}),
        (State.BOOKMARKED, {"bookmarked"}),
        (State.HIGHLIGHTED, {"highlighted", "noted"}),
        (State.NOTED, {"noted"}),
        # Unread articles are all that are not read, which only the index knows.
        (State.UNREAD, set()),
    ],
)
def test_state_has_its_articles(at_hand: MarksSnapshot, state: State, articles: set[str]) -> None:
    assert set(at_hand.ids(Is(state))) == articles


@pytest.mark.parametrize(
    ("field", "words", "articles"),
    [
        (Field.NOTE, "first LINEA", {"noted"}),
        (Field.NOTE, "第二行", {"noted"}),
        (Field.NOTE, "ANOTHER", {"noted"}),
        (Field.NOTE, "⭐", {"noted"}),
        (Field.NOTE, "灯塔照着海", set()),
        (Field.NOTE, "sea", set()),
        (Field.TAG, "SEA", {"tagged"}),
        (Field.TAG, "海", {"tagged"}),
        (Field.TAG, "深海", set()),
        (Field.TAG, "another", set()),
    ],
)
def test_notes_and_tags_match_ignoring_case_accents_and_width(
    at_hand: MarksSnapshot, field: Field, words: str, articles: set[str]
) -> None:
    assert set(at_hand.ids(Words(words, exact=False, field=field))) == articles


def test_without_marks_there_are_no_articles() -> None:
    for asked in (Is(State.READ), Words("x", exact=False, field=Field.NOTE), Words("x", exact=True, field=Field.TAG)):
        assert set(MarksSnapshot().ids(asked)) == set()


def test_notes_that_could_not_be_read_are_read_by_the_next_request(monkeypatch: pytest.MonkeyPatch) -> None:
    marks = Marks(None)
    marks.highlights.add(article("a"), anchor(), "", 1, "note")
    memory = MarksCache(marks)
    assert memory.marked.notes == {}

    def refuse(*_arguments: object) -> None:
        raise StoreError("it cannot be read")

    with monkeypatch.context() as patch:
        patch.setattr(marks.store, "records", refuse)
        with pytest.raises(StoreError):
            memory.read_texts()
    memory.read_texts()
    assert memory.marked.notes == {"a": "note"}
