"""Scaling pictures in a process of its own: a broken or huge one cannot harm the screen, and never delays a key."""

from typing import TYPE_CHECKING

from reader.layout.picture_rooms import PictureProblem
from reader.workers.awaited_process import AwaitedProcess

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from reader.reading.picture_scaling import Pixels, Scaling

_CPU_LIMIT = 6.0
"""Seconds of CPU time for a picture, including the import of Pillow; a picture of 60 million pixels takes 2 s."""


class PictureScaler:
    """Scales pictures, one after the other. Its process starts with the first request."""

    def __init__(self, receive: "Callable[[Scaling, Pixels | PictureProblem], object]") -> None:
        """Create a scaler without a process; `receive` is called in another thread with each result."""
        self._process: AwaitedProcess[Scaling, Pixels | PictureProblem] = AwaitedProcess(
            receive, scale, failed=PictureProblem.BROKEN, cpu_limit=_CPU_LIMIT
        )

    def request(self, wanted: "Sequence[Scaling]") -> None:
        """Scale pictures in this order; they replace earlier requests that have not been begun."""
        self._process.request(wanted)

    def end(self) -> None:
        """Kill the process, and wait for the thread."""
        self._process.end()


def scale(wanted: "list[Scaling]") -> "list[Pixels | PictureProblem]":
    """Run in the worker process; only that process decodes pictures."""
    from reader.reading.picture_decoding import scaled  # noqa: PLC0415

    return [scaled(one) for one in wanted]
