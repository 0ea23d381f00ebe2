"""What is told while an index is brought up to date."""

from dataclasses import dataclass

from reader.index.progress import Progress


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to the index of an archive.

    Attributes:
        archive: The archive's number.
        progress: How far an update has come, or None.
        rebuilt: Why the index was made anew, or empty.
    """

    archive: int
    progress: Progress | None = None
    rebuilt: str = ""
