"""The search for cycles is paused while many objects are created, and always resumes afterwards."""

import gc

import pytest

from reader.memory import (
    collect_if_due,
    collect_late,
    collect_seldom,
    collection_paused,
    exempt_from_collection,
    resume_collection,
)


@pytest.fixture(autouse=True)
def _nothing_exempt() -> None:
    # Another test of this process may have exempted objects, and collection would then exempt new ones, too.
    resume_collection()


def test_collection_is_paused_also_when_nested_and_resumes() -> None:
    assert gc.isenabled()
    with collection_paused():
        assert not gc.isenabled()
        with collection_paused():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()


def test_collection_resumes_after_an_error() -> None:
    with pytest.raises(ValueError, match="x"), collection_paused():
        raise ValueError("x")
    assert gc.isenabled()


def test_disabled_collection_stays_disabled() -> None:
    gc.disable()
    try:
        with collection_paused():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_what_is_made_meanwhile_is_not_searched_at_the_end() -> None:
    with collection_paused():
        made: list[list[int]] = [[] for _ in range(10_000)]
    assert gc.get_count()[0] < len(made)
    assert gc.get_freeze_count() == 0


def test_exempted_objects_stay_exempt() -> None:
    exempt_from_collection()
    try:
        with collection_paused():
            pass
        assert gc.get_freeze_count() > 0
    finally:
        resume_collection()
    assert gc.get_freeze_count() == 0


def test_cycles_are_searched_if_objects_have_become_old() -> None:
    gc.collect()
    collected = gc.get_stats()[2]["collections"]
    collect_if_due()
    assert gc.get_stats()[2]["collections"] == collected
    gc.collect(1)
    collect_if_due()
    assert gc.get_stats()[2]["collections"] == collected + 1


def test_a_short_command_is_not_searched_and_a_long_one_soon_often() -> None:
    before = gc.get_threshold()
    try:
        collect_late()
        late = gc.get_threshold()[0]
        assert late > 200_000
        gc.collect(0)
        assert gc.get_threshold()[0] < late / 10
        callbacks = len(gc.callbacks)
        gc.collect(0)
        collect_late()
        collect_seldom()
        assert len(gc.callbacks) == callbacks
    finally:
        gc.set_threshold(*before)
