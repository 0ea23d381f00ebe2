"""Drawing diagrams in a process of its own: a graph that takes minutes is given up, and never delays a key."""

from collections.abc import Callable, Sequence

from reader.layout.diagrams import DiagramJob, Drawing, drawing_of
from reader.workers.awaited_process import AwaitedProcess

_CPU_LIMIT = 2.0
"""Seconds of CPU time for a diagram in all its widths, including the import of the library."""

_MEMORY = 2**30
"""Bytes of address space of the process: a drawing takes a megabyte, but a source may ask for a huge one."""


class DiagramDrawer:
    """Draws diagrams, one after the other. Its process starts with the first request."""

    def __init__(
        self, receive: Callable[[DiagramJob, Drawing | None], object], *, cpu_limit: float = _CPU_LIMIT
    ) -> None:
        """Prepare to draw; the process does not start yet.

        Args:
            receive: Called in another thread with each job and its drawing, None if it cannot be drawn in time.
            cpu_limit: Seconds of CPU time for a diagram.
        """
        self._process: AwaitedProcess[DiagramJob, Drawing | None] = AwaitedProcess(
            receive, _draw, failed=None, cpu_limit=cpu_limit
        )

    def request(self, jobs: Sequence[DiagramJob]) -> None:
        """Draw diagrams in this order; they replace earlier requests that have not begun."""
        self._process.request(jobs)

    def end(self) -> None:
        """Kill the process, and wait for the thread."""
        self._process.end()


def _draw(jobs: list[DiagramJob]) -> list[Drawing | None]:
    """Run in the worker process."""
    try:
        import resource  # noqa: PLC0415 - not available on Windows
    except ImportError:
        pass
    else:
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, resource.getrlimit(resource.RLIMIT_AS)[1]))
    return [drawing_of(job) for job in jobs]
