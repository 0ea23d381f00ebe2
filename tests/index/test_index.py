"""Reading an index: stored values in any order, reports of corruption, and reopening of replaced files."""

import os
from datetime import timedelta, timezone
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from reader.archive.article import Article, FileWarning
from reader.archive.walk import FoundFile
from reader.document.body import BodyFormat
from reader.index.date_keys import key_of, reading_order
from reader.index.entries import RejectedFile
from reader.index.heads import head_of
from reader.index.index import GroupBy, Order
from reader.index.index_file import remove
from tests.index.making import ROOT, a_head, day, put
from tests.index.writable_index import WritableIndex

# Articles

clean = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=8)
names_of = st.lists(clean.filter(bool), max_size=3).map(tuple)
zones = st.integers(-720, 840).map(lambda minutes: timezone(timedelta(minutes=minutes)))
paths = st.binary(min_size=1, max_size=8).filter(lambda name: not {*name} & {0, 47, 46}).map(os.fsdecode)


@st.composite
def articles(draw: st.DrawFn) -> Article:
    path = Path(ROOT, draw(paths), f"{draw(paths)}.md")
    warnings = st.builds(FileWarning, st.just(path), clean.filter(bool), st.none() | st.integers(1, 99))
    return Article(
        draw(st.text("0123456789abcdef", min_size=16, max_size=16)),
        path,
        Path(ROOT),
        draw(clean.filter(bool)),
        draw(st.none() | st.datetimes(timezones=zones)),
        draw(clean),
        draw(names_of),
        draw(names_of),
        draw(clean),
        draw(st.sampled_from(BodyFormat)),
        draw(st.integers(0, 2**40)),
        tuple(draw(st.lists(warnings, max_size=2))),
        draw(names_of),
    )


@given(st.lists(articles(), max_size=6, unique_by=(lambda one: one.id, lambda one: one.path)))
@settings(max_examples=60, deadline=None)
def test_articles_round_trip(written: list[Article]) -> None:
    name = f"file:/test_index_{os.getpid()}?vfs=memdb"
    made = WritableIndex(name)
    with made.writer.transaction():
        for one in written:
            made.writer.put(head_of(one, FoundFile(os.fspath(one.path), one.size, 1, 1), 1), one.id, None)
    keys = made.index.shown_keys()
    assert {one.id: one for one in made.index.articles(keys).values()} == {one.id: one for one in written}
    for one in written:
        found = made.index.article(one.id)
        assert found is not None
        assert (found[1], found[0] in keys) == (one, True)
        if one.date:
            assert abs(found[0] - key_of(one.date)) <= len(written)
    made.close()


def test_more_ids_can_be_requested_than_fit_in_one_statement(made: WritableIndex) -> None:
    many = [f"{number:04}" for number in range(1_100)]
    with made.writer.transaction():
        for name in many:
            made.writer.put(a_head(name, path=Path(ROOT, f"{name}.md"), date=day(1)), name, None)
    keys = made.index.shown_keys()
    assert len(made.index.articles([*keys, 1])) == len(keys) == len(set(keys)) == 1_100
    assert made.index.keys_of(many).keys() == set(many)
    assert sum(count for _name, count in made.index.counts_among(GroupBy.AUTHOR, many)) == 1_100


# Sort orders


def test_orders_by_date_title_length_and_source(made: WritableIndex) -> None:
    with made.writer.transaction():
        put(made.writer, a_head("b", date=day(1), categories=("x", "乙")), "old", {"length": 5})
        put(made.writer, a_head("a", date=day(3), categories=("x", "甲")), "new", {"length": 1})
        put(made.writer, a_head("c", date=None, categories=("x", "乙")), "undated", {"length": 9})
        put(made.writer, a_head("d", date=day(2), title="文章 c", categories=("x", "乙")), "unread")
    orders = {order: made.names(made.index.shown_keys(order)) for order in Order}
    assert orders == {
        Order.DATE: ["new", "unread", "old", "undated"],
        Order.TITLE: ["new", "old", "unread", "undated"],
        Order.LENGTH: ["undated", "old", "new", "unread"],
        Order.SOURCE: ["unread", "old", "undated", "new"],
    }
    assert made.index.shown_keys() == made.index.shown_keys(Order.DATE)


def test_sort_values_are_returned_with_keys(made: WritableIndex) -> None:
    with made.writer.transaction():
        key = put(made.writer, a_head("a", title="港口", date=day(1), categories=("x", "甲")), "a", {"length": 7})
    values = {order: made.index.ordered(order) for order in Order}
    assert values == {
        Order.DATE: [(key, key)],
        Order.TITLE: [(reading_order("港口"), key)],
        Order.LENGTH: [(7, key)],
        Order.SOURCE: [("甲", key)],
    }


rows = st.tuples(
    st.sampled_from(["甲", "乙", "a", "B"]),
    st.sampled_from([(), ("x",), ("x", "y"), ("x", "z", "甲")]),
    st.sampled_from(["", "甲"]),
    st.integers(0, 3),
    st.booleans(),
)


@given(st.lists(rows, max_size=20), st.sampled_from(GroupBy))
@settings(max_examples=50, deadline=None)
def test_groups_and_orders_contain_and_count_shown_articles(
    some: list[tuple[str, tuple[str, ...], str, int, bool]], group: GroupBy
) -> None:
    made = WritableIndex(f"file:/test_index_{os.getpid()}?vfs=memdb")
    with made.writer.transaction():
        for number, (title, categories, author, date, _hidden) in enumerate(some):
            named: dict[str, Any] = {"title": title, "categories": categories, "author": author}
            named |= {"path": Path(ROOT, f"{number}.md"), "date": day(date) if date else None}
            head = a_head("a", **named)
            made.writer.put(head, str(number), None)
    hidden = [str(number) for number, one in enumerate(some) if one[-1]]
    made.connection.executemany("UPDATE article SET hidden = 1 WHERE id = ?", [(one,) for one in hidden])
    shown = {str(number) for number in range(len(some))} - set(hidden)

    index = made.index
    assert index.shown() == len(shown)
    counts = dict(index.counts(group))
    assert sum(counts.values()) == len(shown)
    some_ids = [str(number) for number in range(0, len(some), 2)]
    assert sum(count for _name, count in index.counts_among(group, some_ids)) == len(shown.intersection(some_ids))
    assert index.keys_of([*some_ids, "gone"]).keys() == shown.intersection(some_ids)
    for order in Order:
        assert set(made.names(index.shown_keys(order))) == shown
        together = [name for one in counts for name in made.names(index.shown_keys(order, group, [one]))]
        assert sorted(together) == sorted(shown)
        for name, count in counts.items():
            keys = index.shown_keys(order, group, [name])
            assert len(keys) == count
            assert sorted(key for _value, key in index.ordered(order, group, [name])) == sorted(keys)
    assert index.newest() == list(index.shown_keys()[:1])
    made.close()


# Other queries


def test_places_are_the_same_from_any_copy(made: WritableIndex) -> None:
    made.put("a", "b", "c", "d")
    made.connection.execute("UPDATE article SET same_as = 'a', hidden = 1 WHERE id IN ('b', 'c')")
    for name, others in (("a", "bc"), ("b", "ac"), ("c", "ab"), ("d", ""), ("gone", "")):
        assert made.index.places(name) == [Path(ROOT, f"{other}.md") for other in others]


def test_fingerprint_of_an_article_is_returned_if_known(made: WritableIndex) -> None:
    made.put("a", fingerprint=2**62)
    made.put("b", fingerprint=0)
    assert [made.index.fingerprint(name) for name in ("a", "b", "gone")] == [2**62, None, None]


def test_state_of_the_index(made: WritableIndex) -> None:
    made.put("a")
    made.put("b", texts=False)
    assert (made.index.shown(), made.index.waiting(), made.index.complete()) == (2, 1, "")
    with made.writer.transaction():
        made.writer.finish(texts=False, show_copies=False)
    assert (made.index.complete(), made.index.is_complete) == ("heads", False)
    with made.writer.transaction():
        made.writer.finish(texts=True, show_copies=False)
    assert (made.index.complete(), made.index.is_complete) == ("texts", True)


def test_warnings_are_sorted_by_path_and_refused_files_are_separate(made: WritableIndex) -> None:
    for name in "ba":
        made.put(
            name,
            warnings=(FileWarning(Path(ROOT, f"{name}.md"), "wrong", 3), FileWarning(Path(ROOT, f"{name}.md"), "odd")),
        )
    with made.writer.transaction():
        made.writer.add_refused(
            [RejectedFile(FoundFile(f"{ROOT}/{name}", 1, 1, 1), "no text") for name in ("z.md", "y.md")]
        )
        made.writer.add_refused([RejectedFile(FoundFile(ROOT, 1, 1, 1), "cannot be read")])
    assert [str(warning) for warning in made.index.warnings()] == [
        f"{ROOT}/a.md:3: wrong", f"{ROOT}/a.md: odd", f"{ROOT}/b.md:3: wrong", f"{ROOT}/b.md: odd"
    ]  # fmt: skip
    assert [warning.path for warning in made.index.refused()] == [Path(ROOT), Path(ROOT, "y.md"), Path(ROOT, "z.md")]


# Changes, and replacement of the index file


def test_replaced_index_file_is_reopened(made: WritableIndex, tmp_path: Path) -> None:
    made.put("a", "b")
    index = made.index
    assert index.shown() == 2
    remove(tmp_path / "a.db")
    other = WritableIndex(str(tmp_path / "a.db"))
    other.put("c")
    assert other.names(index.shown_keys()) == ["c"]
    assert index.article("a") is None
    other.close()


def test_deleted_index_is_empty_until_there_is_another(made: WritableIndex, tmp_path: Path) -> None:
    made.put("a")
    assert made.index.shown() == 1
    remove(tmp_path / "a.db")
    assert (made.index.shown(), made.index.connection, made.index.complete()) == (0, None, "")
    other = WritableIndex(str(tmp_path / "a.db"))
    assert made.index.shown() == 0
    other.put("b", "c")
    assert made.index.shown() == 2
    other.close()


def test_index_is_reread_after_its_path_changes(made: WritableIndex) -> None:
    made.put("a")
    assert made.index.shown() == 1
    other = WritableIndex(f"file:/test_index_other_{os.getpid()}?vfs=memdb")
    other.put("b", "c")
    made.index.path = other.index.path
    assert made.index.shown() == 2
    other.close()
