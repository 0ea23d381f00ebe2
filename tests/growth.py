"""Growth of CPU time with the size of the input: the only measurement of time in unit tests.

Absolute times mean little on a busy machine, but their growth shows whether an algorithm is linear.
"""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import process_time

_TRIES = 3
_FLOOR = 0.004
"""CPU seconds below which a measurement is noise: the tick of the scheduler."""


@contextmanager
def untraced() -> Iterator[None]:
    """Turn off the tracer of this thread: measuring coverage takes several times as long as the code that is measured.

    The tests without `untraced` cover the same code.
    """
    tracer = sys.gettrace()
    sys.settrace(None)
    try:
        yield
    finally:
        sys.settrace(tracer)


def cpu_seconds(work: Callable[[], object], tries: int = _TRIES) -> float:
    """The CPU seconds of this process that `work` takes without a tracer: the minimum of several tries."""
    taken = []
    with untraced():
        for _ in range(tries):
            begun = process_time()
            work()
            taken.append(process_time() - begun)
    return min(taken)


def assert_linear(work: Callable[[int], object], small: int, *, times: int = 10, slack: float = 3.5) -> None:
    """Fail if `work(times * small)` takes more than `slack` times what linear growth from `work(small)` allows.

    Quadratic growth takes `times` times as long as linear growth, so `slack` must be well below `times`.
    """
    large = cpu_seconds(lambda: work(times * small), tries=1)
    # Most inputs pass with the first measurement; it is repeated only if the first one fails.
    if large <= slack * times * _FLOOR:
        return
    little = max(cpu_seconds(lambda: work(small)), _FLOOR)
    if large > slack * times * little:
        large = cpu_seconds(lambda: work(times * small), tries=2)
    assert large <= slack * times * little, f"{little:.4f} s for {small}, {large:.3f} s for {times} times that"
