"""Bringing an index up to date with its archive: what is new, changed, moved or gone, metadata first, texts after."""

import json
import os
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import chain, islice

from reader.archive.archive import Archive
from reader.archive.article import Fault
from reader.archive.scan import id_of
from reader.archive.walk import FoundFile, SkippedFiles, walk
from reader.index.date_keys import LAST
from reader.index.heads import ArticleHead, Refused, read_heads, relative
from reader.index.identities import Identities
from reader.index.progress import SyncProgress, SyncStage, SyncSummary
from reader.index.schema import SKIPPED_FILES, chunks
from reader.index.stages import StageRun
from reader.index.texts import Text, Wanted, read_texts, unread_text
from reader.index.writer import Known, Writer
from reader.language import lazy
from reader.workers.pool import Failure, WorkerPool, pool_size

_FEW = 300
"""Files up to which this process reads them itself: starting workers takes longer."""
_HEADS_A_JOB = 64
_TEXTS_A_JOB = 72
_WANTED_AT_ONCE = 4_000
_HEADS_SECONDS = 0.4
_TEXTS_SECONDS = 1.5
"""How long results are gathered before they are written: what a death loses, and how often the screen shows more."""
_WHOLE = 65_536
"""Bytes of a file that its fingerprint covers; a longer one that was touched is taken for changed."""


@dataclass(slots=True)
class Sync:
    """One sync of one archive. `run` it once.

    Attributes:
        archive: What to read.
        writer: Where to write it.
        identities: The ids that marks know articles by.
        report: Told of the progress, several times a second.
        stopped: Asked whether to stop, as often; what was done until then is kept, and the next sync goes on from it.
        texts: Whether texts are read too, and duplicates found by them.
        show_copies: Whether duplicates are shown besides the fullest.
    """

    archive: Archive
    writer: Writer
    identities: Identities = field(default_factory=Identities)
    report: Callable[[SyncProgress], None] = lambda _progress: None
    stopped: Callable[[], bool] = lambda: False
    texts: bool = True
    show_copies: bool = False
    _root: str = ""
    _ids: set[str] = field(default_factory=set)
    _missing: dict[bytes, Known] = field(default_factory=dict)
    _by_fingerprint: dict[int, list[bytes]] = field(default_factory=dict)
    _by_inode: dict[int, list[bytes]] = field(default_factory=dict)
    _names: dict[tuple[str, str], list[bytes]] | None = None
    _moved: list[tuple[str, str, str]] = field(default_factory=list)
    _skipped_files: SkippedFiles = field(default_factory=lambda: SkippedFiles({}))
    _new: int = 0
    _changed: int = 0

    def run(self) -> SyncSummary:
        """Walk, compare, read, and write what came of it.

        Raises:
            apsw.Error: The index cannot be written, or is damaged.
        """
        begun = time.monotonic()
        self._root = os.fspath(self.archive.root)
        self.report(SyncProgress(SyncStage.WALK))
        known = self.writer.known()
        self._ids = {one.id for one in known.values()}
        self._take_back(known)
        seen = bool(known) or bool(self.writer.refused())
        fresh = self._fresh(known) if seen else self._never_seen()
        self._heads(fresh, known)
        gone = 0 if self.stopped() else self._forget()
        if self.texts and not self.stopped():
            self._texts()
        complete = not self.stopped()
        if complete:
            with self.writer.transaction():
                self.writer.finish(texts=self.texts, show_copies=self.show_copies)
        articles, warnings = self.writer.counts()
        self.report(SyncProgress(SyncStage.DONE, articles, articles, changed=True))
        seconds, moved = time.monotonic() - begun, tuple(self._moved)
        return SyncSummary(articles, self._new, self._changed, moved, gone, warnings, seconds, complete)

    # What marks know

    def _take_back(self, known: dict[bytes, Known]) -> None:
        """Give articles back the ids that marks know them by, of those that have another by now.

        A file that was moved and edited at once is a new article; put back, it is the old one. Marks that are imported
        know articles by the ids that these have elsewhere.
        """
        lost = list(self.identities.lost(self._ids))
        if not lost:
            return
        paths = {relative(path, self._root) for path, _fingerprint in lost} & known.keys()
        fingerprints = {fingerprint for _path, fingerprint in lost if fingerprint}
        paths |= {path for path, one in known.items() if one.fingerprint in fingerprints}
        with self.writer.transaction():
            for path in sorted(paths):
                one = known[path]
                there = os.path.join(self._root, os.fsdecode(path))  # noqa: PTH118 - as spelt
                wanted = self._taken_back(one.id, there, one.fingerprint)
                if wanted != one.id:
                    self.writer.name(one.key, wanted)
                    known[path] = one._replace(id=wanted)

    def _taken_back(self, own: str, path: str, fingerprint: int) -> str:
        """The id of an article that has one: that which marks know it by, if they know it by another only."""
        wanted = self.identities.of(path, fingerprint)
        marked = self.identities.marked
        if wanted is None or wanted not in marked or own in marked or wanted in self._ids:
            return own
        self._ids.add(wanted)
        self._moved.append((wanted, path, path))
        return wanted

    # What there is

    def _never_seen(self) -> Iterator[FoundFile]:
        """The files of an archive of which nothing is known, as they are walked by."""
        for found in walk(self.archive):
            if isinstance(found, FoundFile):
                yield found
            elif isinstance(found, Fault):
                with self.writer.transaction():
                    self.writer.refuse([_refused_folder(found)])
            else:
                self._skipped_files = found

    def _fresh(self, known: dict[bytes, Known]) -> list[FoundFile]:
        """The files that are new or another than they were; the rest of what is known is missing, or as it was."""
        refused = self.writer.refused()
        fresh: list[FoundFile] = []
        unread: list[bytes] = []
        lost: list[Refused] = []
        missing = dict(known)
        for found in walk(self.archive):
            if isinstance(found, SkippedFiles):
                self._skipped_files = found
                continue
            if isinstance(found, Fault):
                unread.append(relative(os.fspath(found.path), self._root))
                lost.append(_refused_folder(found))
                continue
            inner = relative(found.path, self._root)
            one = missing.pop(inner, None)
            if one is None:
                if refused.get(inner) != found[1:]:
                    fresh.append(found)
                else:
                    del refused[inner]
            elif one[2:5] != found[1:]:
                fresh.append(found)
        # What lies in a folder that cannot be read just now is not gone.
        for folder in unread:
            inside = folder + os.fsencode(os.sep) if folder else b""
            missing = {path: one for path, one in missing.items() if not path.startswith(inside)}
        with self.writer.transaction():
            # What is refused again is written again.
            self.writer.unrefuse(refused)
            self.writer.refuse(lost)
        self._missing = missing
        by_fingerprint: defaultdict[int, list[bytes]] = defaultdict(list)
        by_inode: defaultdict[int, list[bytes]] = defaultdict(list)
        for path, one in missing.items():
            by_fingerprint[one.fingerprint].append(path)
            by_inode[one.inode].append(path)
        self._by_fingerprint, self._by_inode = by_fingerprint, by_inode
        return fresh

    def _forget(self) -> int:
        """Forget the articles whose files are gone, how many they are, and put the rest in order."""
        with self.writer.transaction():
            for one in self._missing.values():
                self.writer.delete(one.key)
            if self._missing:
                self.writer.unsettle()
            self.writer.keep(SKIPPED_FILES, json.dumps(self._skipped_files.kinds))
            self.writer.order_undated()
        return len(self._missing)

    # Metadata

    def _heads(self, files: Iterable[FoundFile], known: dict[bytes, Known]) -> None:
        total = len(files) if isinstance(files, list) else None
        waiting = iter(files)
        # Few files are not worth a pool, and whether there are more shows only by taking them.
        first = list(islice(waiting, _FEW))
        pool = WorkerPool(partial(read_heads, self._root), _refused_head, pool_size(len(first), _FEW))
        stage: StageRun[FoundFile, ArticleHead | Refused] = StageRun(
            SyncStage.HEADS,
            total,
            self.writer,
            lambda heads: self._put(heads, known),
            _HEADS_SECONDS,
            self.report,
            self.stopped,
        )
        stage.run(pool, chunks(chain(first, waiting), _HEADS_A_JOB))

    def _put(self, heads: list[ArticleHead | Refused], known: dict[bytes, Known]) -> None:
        """Write metadata; stands within a transaction."""
        refused: list[Refused] = []
        for head in heads:
            inner = relative(head.found.path, self._root)
            old = known.get(inner)
            if isinstance(head, Refused):
                refused.append(head)
                if old is not None:
                    self._changed += 1
                    self.writer.delete(old.key)
            elif old is not None:
                self._put_again(head, old)
            else:
                self._put_new(head)
        self.writer.refuse(refused)
        self.writer.unsettle()

    def _put_again(self, head: ArticleHead, old: Known) -> None:
        if head.fingerprint == old.fingerprint and head.found.size <= _WHOLE:
            self.writer.touch(old.key, head.found)
            return
        self._changed += 1
        self.writer.put(head, self._taken_back(old.id, head.found.path, head.fingerprint), old)

    def _put_new(self, head: ArticleHead) -> None:
        if (before := self._before(head)) is not None:
            old = self._missing.pop(before)
            there = os.path.join(self._root, os.fsdecode(before))  # noqa: PTH118 - as spelt
            self._moved.append((old.id, there, head.found.path))
            self.writer.put(head, old.id, old)
            return
        self._new += 1
        article_id = self._identity(head)
        self._ids.add(article_id)
        self.writer.put(head, article_id, None)

    def _before(self, head: ArticleHead) -> bytes | None:
        """Where an article lay that lies elsewhere now.

        One with the same content, or the same file and title; or the only one of the same title and day, or address.
        """
        same = [path for path in self._by_fingerprint.get(head.fingerprint, ()) if path in self._missing]
        for path in same:
            if self._missing[path].inode == head.found.inode:
                return path
        if same:
            return same[0]
        for path in self._by_inode.get(head.found.inode, ()):
            if path in self._missing and self.writer.title(self._missing[path].key) == head.title:
                return path
        return self._namesake(head)

    def _namesake(self, head: ArticleHead) -> bytes | None:
        """Where the article lay that is called as this one, of those that are missing: it was moved and edited."""
        if self._names is None:
            names: defaultdict[tuple[str, str], list[bytes]] = defaultdict(list)
            by_key = {one.key: path for path, one in self._missing.items()}
            for key, title, date, url in self.writer.names(by_key):
                for name in _names_of(title, date, url):
                    names[name].append(by_key[key])
            self._names = names
        for name in _names_of(head.title, head.date, head.url):
            found = self._names.get(name, [])
            if len(found) == 1 and found[0] in self._missing:
                return found[0]
        return None

    def _identity(self, head: ArticleHead) -> str:
        """The id of an article that this index never had: that which marks know it by, or that of its place."""
        path = os.path.abspath(head.found.path)  # noqa: PTH100 - as `archive.absolute`
        wanted = self.identities.of(path, head.fingerprint) or id_of(path)
        taken = self._ids
        number = 0
        while wanted in taken:
            # The article that was there first lies elsewhere now, and keeps the id of its first place.
            number += 1
            wanted = id_of(f"{path}\n{number}")
        return wanted

    # Texts

    def _texts(self) -> None:
        total = self.writer.waiting()
        if not total:
            return
        pool = WorkerPool(read_texts, _unread_text, pool_size(total, _FEW))
        stage: StageRun[Wanted, Text] = StageRun(
            SyncStage.TEXTS, total, self.writer, self._put_texts, _TEXTS_SECONDS, self.report, self.stopped
        )
        stage.run(pool, chunks(self._wanted(), _TEXTS_A_JOB))

    def _wanted(self) -> Iterator[Wanted]:
        below = LAST
        while found := self.writer.wanted(_WANTED_AT_ONCE, below):
            below = found[-1].key
            yield from found

    def _put_texts(self, texts: list[Text]) -> None:
        # FTS5 gathers postings only as long as its row numbers rise, else it writes a segment for each row.
        for text in sorted(texts):
            self.writer.put_text(text)


def _names_of(title: str, date: str | None, url: str) -> Iterator[tuple[str, str]]:
    """What tells an article from others, whatever its text says: its address, and its title with its day."""
    if url:
        yield "url", url
    if title and date:
        yield title, date


def _refused_folder(fault: Fault) -> Refused:
    return Refused(FoundFile(os.fspath(fault.path), -1, 0, 0), fault.message)


def _refused_head(found: FoundFile, failure: Failure) -> ArticleHead | Refused:
    return Refused(found, _given_up(failure))


def _unread_text(wanted: Wanted, failure: Failure) -> Text:
    return unread_text(wanted, _given_up(failure))


def _given_up(failure: Failure) -> str:
    if failure is Failure.TIMED_OUT:
        return lazy("Skipped: reading it took too long")
    return lazy("Skipped: reading it crashed the worker process")
