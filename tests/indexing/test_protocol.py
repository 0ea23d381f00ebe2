"""Events and setups: they survive serialization to one line, with any file name."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.archive.archive import Archive
from reader.index.progress import SyncProgress, SyncStage, SyncSummary
from reader.indexing.protocol import IndexedArchive, IndexerSetup, IndexEvent, read_event, read_setup

# A name that is not UTF-8 contains lone surrogates.
names = st.text(st.characters(exclude_characters="\0"), min_size=1, max_size=8) | st.sampled_from(
    ["\udcb2\udce2 100%.md", "a\nb", "\u2028", "“”"]
)
numbers = st.integers(0, 2**40)
seconds = st.floats(0, 1e9)
progresses = st.builds(SyncProgress, st.sampled_from(SyncStage), numbers, st.none() | numbers, seconds, st.booleans())
moves = st.lists(st.tuples(names, names, names), max_size=3).map(tuple)
summaries = st.builds(
    SyncSummary, numbers, numbers, numbers, moves, numbers, numbers, seconds=seconds, complete=st.booleans()
)
events = st.builds(
    IndexEvent, numbers, st.none() | progresses, st.none() | summaries, names | st.just(""), st.tuples(names, names)
)
paths = names.map(lambda name: Path("/archive", name))
setups = st.builds(
    IndexerSetup,
    st.lists(
        st.builds(IndexedArchive, numbers, st.builds(Archive, paths, names), names),
        max_size=3,
    ).map(tuple),
    st.none() | paths,
    st.booleans(),
    st.sampled_from(["en", "zh"]),
)


@settings(deadline=None)
@given(events)
def test_event_round_trips_on_one_line(event: IndexEvent) -> None:
    line = event.written()
    assert len(line.splitlines()) == 1
    # Names that are not UTF-8 pass through a UTF-8 pipe.
    assert read_event(line.encode().decode() + "\n") == event


@settings(deadline=None)
@given(setups)
def test_setup_round_trips_on_one_line(setup: IndexerSetup) -> None:
    line = setup.written()
    assert len(line.splitlines()) == 1
    assert line.isascii()
    assert "\0" not in line
    assert read_setup(line) == setup


def test_stage_of_a_read_event_is_an_enum_member() -> None:
    event = read_event(IndexEvent(0, SyncProgress(SyncStage.HEADS)).written())
    assert event.progress is not None
    assert event.progress.stage is SyncStage.HEADS


@pytest.mark.parametrize("line", ["", "no JSON", "{}", "[]", "1", "null", '{"archive": "1"}', "\x00"])
def test_other_lines_raise_a_value_error(line: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        read_event(line)


@settings(deadline=None)
@given(events, st.data())
def test_truncated_line_is_not_an_event(event: IndexEvent, data: st.DataObject) -> None:
    line = event.written()
    with pytest.raises(ValueError, match=r"\bline 1\b|\bchar\b"):
        read_event(line[: data.draw(st.integers(0, len(line) - 1))])


def test_event_with_an_incomplete_error_raises_a_value_error() -> None:
    values = json.loads(IndexEvent(0).written())
    with pytest.raises(ValueError, match=r"\w"):
        read_event(json.dumps(values | {"error": []}))
