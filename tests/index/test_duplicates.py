"""Duplicates: of articles with the same text, the longest version is shown."""

from dataclasses import dataclass, replace
from datetime import datetime

import apsw
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.index.duplicates import mark_duplicates
from tests.index.making import a_head, day, new_index, put
from tests.index.syncing import PNG, SyncedArchive, rebuilt_content, some_articles, stop_after


@dataclass(frozen=True)
class Entry:
    """The relevant values of an article; without a gist it has no text beyond its title."""

    gist: int = 1
    title: int = 1
    length: int = 100
    date: datetime | None = None
    fingerprint: int = 0


def marked(*articles: Entry | None, shown: bool = False) -> tuple[list[int | None], list[bool]]:
    """For each article the one it is shown as, and whether it is hidden; None for an article without text."""
    connection, writer = new_index()
    with writer.transaction():
        for number, one in enumerate(articles):
            fingerprint = (one.fingerprint if one else 0) or 1_000 + number
            head = a_head(f"n{number}", date=one.date if one else None, fingerprint=fingerprint)
            text = {"gist": one.gist, "title_gist": one.title, "length": one.length} if one else None
            put(writer, head, str(number), text)
        many = mark_duplicates(connection, shown=shown)
    found = result(connection)
    assert many == sum(same is not None for same in found[0])
    return found


def result(connection: apsw.Connection) -> tuple[list[int | None], list[bool]]:
    rows = list(connection.execute("SELECT same_as, hidden FROM article ORDER BY CAST(id AS INTEGER)"))
    return [None if same is None else int(same) for same, _ in rows], [bool(hidden) for _, hidden in rows]


def same(*articles: Entry | None) -> list[int | None]:
    return marked(*articles)[0]


def test_equal_texts_are_shown_once() -> None:
    assert marked(Entry(1, 1), Entry(1, 2), Entry(2, 1)) == (
        [1, None, None],
        [True, False, False],
    )


def test_all_copies_are_shown_on_request_but_known_as_duplicates() -> None:
    assert marked(Entry(1), Entry(1), shown=True) == ([1, None], [False, False])


def test_longest_is_shown_and_newest_among_equals() -> None:
    # The length without punctuation may differ even if the letters are equal.
    assert same(Entry(length=100), Entry(length=103), Entry(length=101)) == [1, None, 1]
    assert same(Entry(date=day(3)), Entry(date=day(5)), Entry(date=day(4)), Entry()) == [1, None, 1, 1]


def test_short_texts_are_duplicates_only_with_the_same_title() -> None:
    assert same(Entry(1, 1, 59), Entry(1, 2, 59)) == [None, None]
    assert same(Entry(1, 1, 59), Entry(1, 1, 59)) == [1, None]
    assert same(Entry(1, 1, 60), Entry(1, 2, 60)) == [1, None]


def test_bare_title_is_a_duplicate_of_the_longer_article_of_its_day() -> None:
    assert same(Entry(0, 1, 9, day(3)), Entry(5, 1, 100, day(3, 20))) == [1, None]
    assert same(Entry(0, 1, 9, day(3)), Entry(5, 1, 9, day(3))) == [1, None]
    assert same(Entry(0, 1, 9, day(3)), Entry(5, 1, 100, day(4))) == [None, None]
    assert same(Entry(0, 1, 9, day(3)), Entry(5, 2, 100, day(3))) == [None, None]
    # Even if it is longer, having only the words of its title.
    assert same(Entry(0, 1, 300, day(3)), Entry(5, 1, 100, day(3))) == [1, None]


def test_two_bare_titles_are_duplicates_only_if_their_files_are() -> None:
    assert same(Entry(0, 1, 9, day(3)), Entry(0, 1, 9, day(3))) == [None, None]
    assert same(Entry(0, 1, 9, day(3), 7), Entry(0, 1, 9, day(3), 7)) == [1, None]
    assert same(Entry(0, 1, 0, None, 7), Entry(0, 1, 0, None, 8)) == [None, None]


def test_of_an_article_its_copy_and_its_bare_title_one_is_shown() -> None:
    whole, copy, bare = (
        Entry(5, 1, 500, day(3)),
        Entry(5, 1, 500, day(3)),
        Entry(0, 1, 9, day(3)),
    )
    assert same(whole, copy, bare) == [1, None, 1]
    assert same(bare, whole, copy) == [2, 2, None]
    # The longest version of that day is a copy of an article of another day.
    assert same(bare, whole, Entry(5, 1, 500, day(9))) == [2, 2, None]


def test_identical_bare_files_are_both_duplicates_of_the_full_one() -> None:
    bare = Entry(0, 1, 9, day(3), 7)
    assert same(bare, bare, Entry(5, 1, 500, day(3))) == [2, 2, None]


def test_unread_text_is_not_a_duplicate() -> None:
    assert marked(None, None, Entry(1)) == ([None, None, None], [False, False, False])


def test_article_whose_duplicate_is_gone_is_shown_again() -> None:
    connection, writer = new_index()
    with writer.transaction():
        keys = [put(writer, a_head(f"n{number}"), str(number), {}) for number in range(3)]
        assert mark_duplicates(connection, shown=False) == 2
    assert result(connection) == ([2, 2, None], [True, True, False])
    with writer.transaction():
        writer.delete(keys[2])
        assert mark_duplicates(connection, shown=False) == 1
    assert result(connection) == ([1, None], [True, False])
    with writer.transaction():
        writer.delete(keys[0])
        assert mark_duplicates(connection, shown=False) == 0
    assert result(connection) == ([None], [False])


def test_identical_files_without_a_title_are_shown_as_the_longest() -> None:
    # Two empty files with different titles, an article with one of these titles, and a longer copy of it.
    empty = Entry(0, 1, 0, None, 8)
    assert same(empty, replace(empty, title=2), Entry(5, 2, 100), Entry(5, 3, 103)) == [3, 3, 3, None]


def in_one_file(one: Entry) -> Entry:
    """Identical files have the same title and date."""
    return replace(one, fingerprint=10 * one.title + (one.date.day if one.date else 0))


ONES = st.builds(
    Entry,
    gist=st.integers(0, 3),
    title=st.integers(1, 2),
    length=st.sampled_from([9, 59, 60, 100]),
    date=st.sampled_from([None, day(3), day(4)]),
)
ARTICLES = st.one_of(ONES, ONES.map(in_one_file), ONES.map(lambda one: replace(one, date=day(3, 20))))


@settings(max_examples=150, deadline=None)
@given(st.lists(ARTICLES, max_size=7), st.booleans())
def test_hidden_article_has_a_shown_duplicate(articles: list[Entry], shown: bool) -> None:  # noqa: FBT001
    found, hidden = marked(*articles, shown=shown)
    for number, other in enumerate(found):
        assert hidden[number] == (other is not None and not shown)
        if other is not None:
            # It is never shown as an article that is hidden itself.
            assert found[other] is None
            assert articles[other].gist or not articles[number].gist
    alike: dict[object, list[int]] = {}
    for number, one in enumerate(articles):
        if one.gist:
            alike.setdefault((one.gist, one.title if one.length < 60 else 0, one.length < 60), []).append(number)
    # One of all equal articles is shown.
    for group in alike.values():
        shown_ones = [number for number in group if found[number] is None]
        assert len(shown_ones) == 1
        assert articles[shown_ones[0]].length == max(articles[number].length for number in group)
        assert {found[number] for number in group} <= {None, shown_ones[0]}


# Within a sync


@pytest.mark.parametrize("stopped", [True, False])
def test_duplicates_are_detected_after_an_interrupted_sync(archived: SyncedArchive, *, stopped: bool) -> None:
    some_articles(archived)
    archived.sync()
    archived.write("x/4.md", "第3篇", "<p>第3，灯塔照海</p>", day=21)
    archived.sync(stopped=stop_after(2)) if stopped else archived.sync(texts=False)
    archived.sync()
    assert archived.shown() == rebuilt_content(archived)[2]


def test_copy_of_a_file_that_became_binary_is_shown(archived: SyncedArchive) -> None:
    some_articles(archived)
    archived.sync()
    assert "x/3.md" not in archived.shown()
    archived.write_bytes("copy.md", PNG)
    archived.sync()
    assert "x/3.md" in archived.shown()


def test_copies_are_shown_on_request(archived: SyncedArchive) -> None:
    some_articles(archived)
    archived.sync(show_copies=True)
    assert archived.shown() == set(archived.rows())
    archived.sync()
    assert archived.shown() == set(archived.rows()) - {"x/3.md"}
    archived.sync(show_copies=True)
    assert archived.shown() == set(archived.rows())
