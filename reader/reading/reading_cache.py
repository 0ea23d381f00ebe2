"""The articles that were opened last, so that going back to one does not parse it again."""

from collections import OrderedDict
from threading import Event

from reader.archive.article import Article
from reader.lean_dataclasses import dataclass
from reader.reading.opened_article import Reading, open_article
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
    """The last few articles that were opened. Use it from one thread at a time."""

    def __init__(self) -> None:
        """Keep no article yet."""
        self._kept: OrderedDict[ReadingKey, Reading] = OrderedDict()
        """The least recently opened article first."""

    def __contains__(self, key: ReadingKey) -> bool:
        """Whether the article of `key` is kept."""
        return key in self._kept

    def keep(self, key: ReadingKey, reading: Reading) -> None:
        """Keep an article, unless it was not parsed, or its file is large or gone."""
        if reading.is_unparsed or key.stamp is None or key.stamp[1] > _LARGEST:
            return
        self._kept[key] = reading
        self._kept.move_to_end(key)
        while len(self._kept) > _MOST:
            self._kept.popitem(last=False)

    def read(self, key: ReadingKey, stop: Event | None = None) -> Reading:
        """Return an article that is kept, else read it, as by `open_article`, and keep it, as by `keep`.

        Raises:
            ArchiveError: The file is gone or cannot be read, whatever the reason.
            Stopped: Another thread has set `stop`.
        """
        found = self._kept.get(key)
        if found is not None:
            self._kept.move_to_end(key)
            return found
        reading = open_article(key.article, stop, whole_page=key.whole_page, breaks=key.breaks)
        self.keep(key, reading)
        return reading
