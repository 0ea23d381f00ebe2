"""Progress and result of a sync."""

from enum import StrEnum

from reader.language import _
from reader.lean_dataclasses import dataclass


class SyncStage(StrEnum):
    """The stages of a sync, in order."""

    WALK = "walk"  # looking for files
    HEADS = "heads"  # reading titles, dates and categories
    TEXTS = "texts"  # reading texts for the search
    DONE = "done"


@dataclass(frozen=True, slots=True)
class SyncProgress:
    """A progress report.

    Attributes:
        stage: The current stage.
        done: The number of articles that have completed this stage.
        total: The expected total, or None if unknown.
        rate: Articles per second, the average in this stage.
        changed: Whether the content of the index has changed since the last report.
        unlisted: In the stage HEADS, the number of files found so far that the index does not list yet.
    """

    stage: SyncStage
    done: int = 0
    total: int | None = None
    rate: float = 0.0
    changed: bool = False
    unlisted: int = 0

    @property
    def seconds_left(self) -> float | None:
        """The estimated remaining time of the stage in seconds, if known."""
        if self.total is None or self.rate <= 0:
            return None
        return max(0.0, (self.total - self.done) / self.rate)


def time_left(seconds: float) -> str:
    """An estimate in seconds below two minutes, else in minutes, because a longer one is not exact to the second."""
    if round(seconds) < 120:
        return _("{seconds:,.0f} s left").format(seconds=seconds)
    return _("{minutes:,.0f} min left").format(minutes=seconds / 60)


@dataclass(frozen=True, slots=True)
class SyncSummary:
    """The result of a sync.

    Attributes:
        articles: The number of articles after the sync.
        new: Number of new files.
        changed: Number of files with changed content.
        moved: For each moved article its id, old path and new path.
        gone: Number of articles whose file no longer exists.
        warnings: Number of files with warnings.
        seconds: Duration.
        complete: False if the sync was stopped early.
    """

    articles: int
    new: int = 0
    changed: int = 0
    moved: tuple[tuple[str, str, str], ...] = ()
    gone: int = 0
    warnings: int = 0
    seconds: float = 0.0
    complete: bool = True
