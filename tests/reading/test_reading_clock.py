"""The reading clock: time until idle, characters read, and nothing counted twice or lost."""

from collections.abc import Iterable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.reading.reading_clock import IDLE, QUICK, ROW, ReadingClock

LENGTH = 5_000
SCREEN = 400


def clock_at(top: int = 0, foot: int = SCREEN, now: float = 0.0) -> ReadingClock:
    clock = ReadingClock()
    clock.opened(now, top, foot)
    return clock


def characters(clock: ReadingClock) -> int:
    return clock.taken()[1]


def seconds(clock: ReadingClock) -> float:
    return clock.taken()[0]


# Time


def test_time_between_two_inputs_counts() -> None:
    clock = clock_at()
    clock.touched(10)
    clock.moved(25.5, 100, 500)
    assert seconds(clock) == 25.5


def test_idle_reader_counts_two_more_minutes() -> None:
    clock = clock_at()
    clock.touched(10)
    clock.touched(10 + 8 * 3600)
    clock.touched(20 + 8 * 3600)
    assert seconds(clock) == 10 + IDLE + 10


def test_no_time_passes_while_nothing_is_open() -> None:
    clock = ReadingClock()
    clock.touched(5)
    clock.moved(9, 0, SCREEN)
    clock.closed(10)
    assert not clock.running
    assert clock.taken() == (0, 0)
    clock.opened(20, 0, SCREEN)
    assert clock.running
    clock.closed(30)
    clock.touched(60)
    clock.opened(90, 0, SCREEN)
    clock.closed(95)
    clock.closed(99)
    assert seconds(clock) == 15


def test_opening_another_article_closes_the_previous_one() -> None:
    clock = clock_at()
    clock.opened(30, 0, SCREEN)
    clock.closed(70)
    assert clock.taken() == (70, 2 * SCREEN)


def test_clock_going_backwards_removes_nothing() -> None:
    clock = clock_at(now=100)
    clock.touched(110)
    clock.touched(50)
    clock.touched(112)
    assert seconds(clock) == 12


# Characters


def test_first_screen_counts_after_scrolling_on() -> None:
    clock = clock_at()
    clock.touched(1)
    assert characters(clock) == 0
    clock.moved(2, 40, 440)
    assert characters(clock) == 440


@pytest.mark.parametrize("step", [1, 40, 360, SCREEN])
def test_reading_through_counts_the_article_once(step: int) -> None:
    clock = clock_at()
    for top in range(step, LENGTH - SCREEN + step, step):
        clock.moved(top, top, min(top + SCREEN, LENGTH))
    assert characters(clock) == LENGTH


def test_screen_right_after_the_last_row_leaves_nothing_out() -> None:
    clock = clock_at()
    clock.moved(1, SCREEN + ROW, 2 * SCREEN + ROW)
    assert characters(clock) == 2 * SCREEN + ROW


def test_scrolling_up_and_down_again_counts_nothing_twice() -> None:
    clock = clock_at()
    for number, top in enumerate((360, 720, 360, 0, 360, 720, 1080)):
        clock.moved(number, top, top + SCREEN)
    assert characters(clock) == 1080 + SCREEN


def test_jump_counts_nothing_and_restarts_at_the_target() -> None:
    clock = clock_at()
    clock.moved(1, 3_000, 3_400)
    assert characters(clock) == 0
    clock.moved(2, 3_100, 3_500)
    assert characters(clock) == 500
    clock.moved(3, 0, SCREEN)
    clock.moved(4, 100, 500)
    assert characters(clock) == 500


def test_overlap_of_two_readings_counts_once() -> None:
    clock = clock_at(1_000, 1_400)
    clock.moved(1, 1_300, 1_700)
    clock.moved(2, 0, SCREEN)
    for top in (300, 600, 900, 1_200, 1_500):
        clock.moved(3, top, top + SCREEN)
    assert characters(clock) == 1_900


def test_going_back_after_a_jump_counts_nothing_until_scrolling_on() -> None:
    clock = clock_at(3_000, 3_400)
    clock.moved(1, 2_700, 3_100)
    assert characters(clock) == 0
    clock.moved(2, 2_900, 3_300)
    assert characters(clock) == 600


def test_article_on_one_screen_counts_if_open_long_enough() -> None:
    for stayed, expected in ((SCREEN / QUICK - 0.1, 0), (SCREEN / QUICK, SCREEN)):
        clock = clock_at()
        clock.closed(stayed)
        assert characters(clock) == expected


def test_target_of_a_jump_counts_after_staying() -> None:
    clock = clock_at()
    clock.moved(1, 2_000, 2_400)
    clock.touched(15)
    clock.moved(31, 4_000, 4_400)
    clock.closed(32)
    assert characters(clock) == SCREEN


def test_new_visit_counts_again() -> None:
    clock = clock_at()
    for now in (0, 10):
        clock.opened(now, 0, SCREEN)
        clock.moved(now + 1, 100, 500)
    assert characters(clock) == 1_000


def test_larger_window_does_not_count_as_reading() -> None:
    clock = clock_at(0, 0)
    clock.moved(1, 0, SCREEN)
    clock.moved(2, 0, 2 * SCREEN)
    assert characters(clock) == 0
    clock.moved(3, 1, 2 * SCREEN + 1)
    assert characters(clock) == 2 * SCREEN + 1


# Properties of any visit

tops = st.integers(0, LENGTH)
gaps = st.floats(0, 1_000, allow_nan=False)
moves = st.lists(st.tuples(gaps, tops, st.integers(0, SCREEN)), max_size=40)


class SlowClock:
    """A slow model that counts single characters."""

    def __init__(self, top: int, foot: int) -> None:
        self.sight = set(range(top, foot))
        self.top = top
        self.foot = foot
        self.stayed = 0.0
        self.counted: set[int] = set()

    def move(self, gap: float, top: int, foot: int) -> None:
        self.stayed += min(gap, IDLE)
        if top == self.top:
            self.foot = foot
            return
        if self.top < top <= self.foot + ROW:
            self.counted |= set(range(self.top, foot))
        else:
            self.leave()
        self.top, self.foot, self.stayed = top, foot, 0.0

    def leave(self) -> None:
        new = set(range(self.top, self.foot)) - self.counted
        if self.stayed * QUICK >= len(new):
            self.counted |= new


def run(clock: ReadingClock, steps: Iterable[tuple[float, int, int]]) -> float:
    now = 0.0
    for gap, top, height in steps:
        now += gap
        clock.moved(now, top, top + height)
    return now


@given(moves)
def test_count_equals_that_of_the_slow_model(steps: list[tuple[float, int, int]]) -> None:
    clock, slow = clock_at(), SlowClock(0, SCREEN)
    now = run(clock, steps)
    times = [0.0]
    for gap, _top, _height in steps:
        times.append(times[-1] + gap)
    for (before, after), (_gap, top, height) in zip(pairwise(times), steps, strict=True):
        slow.move(after - before, top, top + height)
    clock.closed(now)
    slow.leave()
    assert characters(clock) == len(slow.counted)


@given(moves)
def test_visit_never_counts_more_than_the_article(steps: list[tuple[float, int, int]]) -> None:
    clock = clock_at()
    clock.closed(run(clock, steps))
    taken, read = clock.taken()
    assert 0 <= read <= LENGTH + SCREEN
    assert 0 <= taken <= IDLE * len(steps)
    assert taken == pytest.approx(sum(min(gap, IDLE) for gap, _top, _height in steps))


@given(moves, st.lists(st.booleans(), min_size=40, max_size=40))
def test_frequent_queries_lose_and_repeat_nothing(steps: list[tuple[float, int, int]], asks: list[bool]) -> None:
    once, often = clock_at(), clock_at()
    told: list[tuple[float, int]] = []
    now = 0.0
    for (gap, top, height), asked in zip(steps, asks, strict=False):
        now += gap
        once.moved(now, top, top + height)
        often.moved(now, top, top + height)
        if asked:
            told.append(often.taken())
    once.closed(now)
    often.closed(now)
    told.append(often.taken())
    whole = once.taken()
    assert sum(read for _taken, read in told) == whole[1]
    assert sum(taken for taken, _read in told) == pytest.approx(whole[0])
    assert often.taken() == (0, 0)


@given(st.lists(st.tuples(gaps, st.integers(ROW + 1, 1_000)), max_size=30))
def test_instant_jumps_count_nothing(jumps: list[tuple[float, int]]) -> None:
    clock = clock_at()
    top, foot = 0, SCREEN
    for _gap, over in jumps:
        top = foot + over
        foot = top + SCREEN
        clock.moved(0, top, foot)
    clock.closed(0)
    assert characters(clock) == 0
