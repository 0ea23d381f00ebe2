"""Control of garbage collection, the search for reference cycles, while many objects are created."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_exempt = [False]
"""Whether `exempt_from_collection` is in effect, which a pause must not undo."""


_ALLOCATIONS = 20_000
"""Number of new objects after which a search for cycles begins. Importing the program makes ten times Python's 700."""

_FIRST_ALLOCATIONS = 300_000
"""Number of new objects after which the first search begins. Showing an article creates 140,000 objects, the start of
the screen 190,000; nearly all of them are kept, and searching them takes some milliseconds."""


def collect_seldom() -> None:
    """Search for cycles less often, because most new objects are kept."""
    if _after_first in gc.callbacks:
        gc.callbacks.remove(_after_first)
    gc.set_threshold(_ALLOCATIONS)


def collect_late() -> None:
    """Search for cycles seldom, and not at all in a short command, which creates few objects."""
    gc.set_threshold(_FIRST_ALLOCATIONS)
    if _after_first not in gc.callbacks:
        gc.callbacks.append(_after_first)


def _after_first(phase: str, _about: dict[str, int]) -> None:
    if phase == "stop":
        collect_seldom()


def collect_if_due() -> None:
    """Collect garbage if there was a collection of the middle generation since the last full one.

    A full collection while the screen is scrolled would delay a frame by 0.06 s, so call this while the user is idle.
    """
    if gc.get_count()[2]:
        gc.collect()


@contextmanager
def collection_paused() -> Iterator[None]:
    """Pause the search for reference cycles, which takes half of the time when 100,000 objects are created and kept.

    Objects without cycles are freed as usual. With nested uses, or uses in several threads, collection resumes at the
    end of the one that paused it first.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            # All new objects are young, so the next object would start a search through all of them. Freezing and
            # unfreezing makes them old without a search.
            gc.freeze()
            if not _exempt[0]:
                gc.unfreeze()
            gc.enable()


def exempt_from_collection() -> None:
    """Exempt all existing objects from the search for cycles, which is slow for hundreds of thousands of objects.

    An object is still freed when nothing refers to it. Only cycles that are garbage by now stay in memory until
    `resume_collection` is called.
    """
    _exempt[0] = True
    gc.freeze()


def resume_collection() -> None:
    """Include all existing objects in the search for cycles again."""
    _exempt[0] = False
    gc.unfreeze()
