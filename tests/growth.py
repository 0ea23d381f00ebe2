"""Growth of CPU time with the size of the input: the only clock that unit tests read.

Seconds say little on a machine that runs other things; how they grow says whether an algorithm is linear.
"""

from collections.abc import Callable
from time import process_time

_TRIES = 3
_FLOOR = 0.004
"""CPU seconds below which a reading is noise: the scheduler's tick."""


def cpu_seconds(work: Callable[[], object], tries: int = _TRIES) -> float:
    """CPU seconds of this process that `work` takes: the least of several tries."""
    taken = []
    for _ in range(tries):
        begun = process_time()
        work()
        taken.append(process_time() - begun)
    return min(taken)


def assert_linear(work: Callable[[int], object], small: int, *, times: int = 10, slack: float = 3.5) -> None:
    """Fail if `work(times * small)` takes more than `slack` times what linear growth from `work(small)` allows.

    Quadratic growth takes `times` times as much as linear growth does, so `slack` must lie well below `times`.
    """
    large = cpu_seconds(lambda: work(times * small), tries=1)
    # Most shapes pass with the first reading; a second look is taken only where the first one is in doubt.
    if large <= slack * times * _FLOOR:
        return
    little = max(cpu_seconds(lambda: work(small)), _FLOOR)
    if large > slack * times * little:
        large = cpu_seconds(lambda: work(times * small), tries=2)
    assert large <= slack * times * little, f"{little:.4f} s for {small}, {large:.3f} s for {times} times that"
