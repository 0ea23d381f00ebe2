"""How far the making of an index has come."""

from dataclasses import dataclass
from enum import StrEnum


class SyncStage(StrEnum):
    """What is being done, in this order."""

    WALK = "walk"  # looking for files
    HEADS = "heads"  # reading titles, dates and categories
    TEXTS = "texts"  # reading texts for the search
    DONE = "done"


@dataclass(frozen=True, slots=True)
class SyncProgress:
    """A look at the work.

    Attributes:
        stage: What is being done.
        done: How many articles are through this stage.
        total: How many there are to be, or None while that is not known.
        rate: Articles a second, in this stage on average.
        changed: Whether what the index shows is another than at the last look.
    """

    stage: SyncStage
    done: int = 0
    total: int | None = None
    rate: float = 0.0
    changed: bool = False

    @property
    def seconds_left(self) -> float | None:
        """How long the stage will take yet, if that can be told."""
        if self.total is None or self.rate <= 0:
            return None
        return max(0.0, (self.total - self.done) / self.rate)


@dataclass(frozen=True, slots=True)
class SyncSummary:
    """What a sync found and did.

    Attributes:
        articles: How many there are now.
        new: Files that were not known.
        changed: Files whose content is another.
        moved: The ids of articles that lie elsewhere now, with where they lay and where they lie.
        gone: Articles whose file is no more.
        warnings: Files that could not be read well.
        seconds: How long it took.
        complete: False if it was stopped before its end.
    """

    articles: int
    new: int = 0
    changed: int = 0
    moved: tuple[tuple[str, str, str], ...] = ()
    gone: int = 0
    warnings: int = 0
    seconds: float = 0.0
    complete: bool = True
