"""The articles that were read last, so that going back to one does not parse it again."""

from collections import deque
from threading import Event

from reader.archive.article import Article
from reader.lean_dataclasses import dataclass
from reader.reading.opened import Reading, open_article
from reader.settings.options import SourceBreaks

_MOST = 3
"""Maximum number of articles that are kept."""

_LARGEST = 500_000
"""Maximum size in bytes of the file of an article that is kept: a document takes many times its size in memory."""


@dataclass(frozen=True, slots=True)
class ReadingKey:
    """What an article was read from; another key means that it has to be read again.

    Attributes:
        article: The article, with its metadata.
        stamp: The modification time and the size in bytes of its file; None if it is gone.
        whole_page: Whether the whole of a web page is read.
        breaks: How line breaks of the source are treated.
    """

    article: Article
    stamp: tuple[int, int] | None
    whole_page: bool
    breaks: SourceBreaks


class ReadingCache:
    """The last few articles that were read. Use it from one thread at a time."""

    def __init__(self) -> None:
        """Keep no article yet."""
        self._kept: deque[tuple[ReadingKey, Reading]] = deque(maxlen=_MOST)

    def __contains__(self, key: ReadingKey) -> bool:
        """Whether an article is kept that has not changed since."""
        return any(kept == key for kept, _reading in self._kept)

    def read(self, key: ReadingKey, stop: Event | None = None) -> Reading:
        """Read an article, as by `open_article`, unless it is kept; keep it unless its file is large.

        Raises:
            ArchiveError: The file is gone or cannot be read, whatever the reason.
            Stopped: Another thread has set `stop`.
        """
        found = next((reading for kept, reading in self._kept if kept == key), None)
        if found is not None:
            return found
        reading = open_article(key.article, stop, whole_page=key.whole_page, breaks=key.breaks)
        if key.stamp is not None and key.stamp[1] <= _LARGEST:
            self._kept.append((key, reading))
        return reading
