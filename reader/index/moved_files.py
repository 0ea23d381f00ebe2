"""Recognition of moved files: new files are compared with indexed files that the walk did not find."""

from collections import defaultdict, deque
from collections.abc import Collection, Iterator, Mapping

from reader.archive.bundles.entry_paths import ENTRY
from reader.index.entries import ArticleHead
from reader.index.writer import StoredFile, Writer


class MovedFiles:
    """The articles whose files are missing, by path."""

    def __init__(self, missing: Mapping[bytes, StoredFile], writer: Writer) -> None:
        self._missing = dict(missing)
        self._writer = writer
        self._by_fingerprint: defaultdict[int, deque[bytes]] = defaultdict(deque)
        self._by_inode: defaultdict[int, deque[bytes]] = defaultdict(deque)
        for path, one in missing.items():
            self._by_fingerprint[one.fingerprint].append(path)
            # Some file systems number all inodes 0, and entries of bundles have no inode.
            if one.inode not in {0, ENTRY}:
                self._by_inode[one.inode].append(path)
        self._names: dict[tuple[str, str], list[bytes]] | None = None

    @property
    def articles(self) -> Collection[StoredFile]:
        """The articles that are still missing."""
        return self._missing.values()

    def take(self, head: ArticleHead) -> tuple[bytes, StoredFile] | None:
        """Return the old path and the article that moved to the file of `head`, and remove it; None if the file is new.

        Articles are compared by content, then by inode and title, and last by URL, or title and day. In the last case,
        the article is only taken if it is the only one that matches.
        """
        path = self._by_content(head) or self._by_inode_and_title(head) or self._namesake(head)
        return None if path is None else (path, self._missing.pop(path))

    def _by_content(self, head: ArticleHead) -> bytes | None:
        """A file of the same content, preferably with the same inode."""
        for path in self._still_missing(self._by_inode, head.found.inode):
            if self._missing[path].fingerprint == head.fingerprint:
                return path
        return next(self._still_missing(self._by_fingerprint, head.fingerprint), None)

    def _by_inode_and_title(self, head: ArticleHead) -> bytes | None:
        for path in self._still_missing(self._by_inode, head.found.inode):
            if self._writer.title(self._missing[path].key) == head.title:
                return path
        return None

    def _still_missing(self, paths_by: Mapping[int, deque[bytes]], key: int) -> Iterator[bytes]:
        """Yield the paths of a key that are still missing.

        Paths at the front that are no longer missing are dropped, because a key may have very many.
        """
        paths = paths_by.get(key, deque())
        while paths and paths[0] not in self._missing:
            paths.popleft()
        yield from (path for path in paths if path in self._missing)

    def _namesake(self, head: ArticleHead) -> bytes | None:
        """The only missing article with the same URL, or title and day: it was moved and edited."""
        if self._names is None:
            names: defaultdict[tuple[str, str], list[bytes]] = defaultdict(list)
            by_key = {one.key: path for path, one in self._missing.items()}
            for key, title, date, url in self._writer.names(by_key):
                for name in _names_of(title, date, url):
                    names[name].append(by_key[key])
            self._names = names
        for name in _names_of(head.title, head.date, head.url):
            found = self._names.get(name, [])
            if len(found) == 1 and found[0] in self._missing:
                return found[0]
        return None


def _names_of(title: str, date: str | None, url: str) -> Iterator[tuple[str, str]]:
    """The attributes that identify an article independently of its text: its URL, and its title with the day."""
    if url:
        yield "url", url
    if title and date:
        yield title, date
