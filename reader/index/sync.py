"""Synchronization of an index with its archive: new, changed, moved and deleted files; metadata first, then texts."""

import json
import os
import time
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import chain, islice

from reader.archive.archive import Archive
from reader.archive.article import FileWarning
from reader.archive.bundles.entry_paths import ENTRY
from reader.archive.ids import id_of
from reader.archive.walk import FoundFile, SkippedFiles, walk
from reader.index import sync_on_demand as on_demand
from reader.index.bundle_stage import BundleStage
from reader.index.entries import ArticleHead, RejectedFile, relative
from reader.index.identities import Identities
from reader.index.moved_files import MovedFiles
from reader.index.navigation_files import NavigationFiles
from reader.index.progress import SyncProgress, SyncStage, SyncSummary
from reader.index.schema import SKIPPED_FILES, chunks
from reader.index.site_stage import SiteStage
from reader.index.text_stage import TextStage
from reader.index.writer import StoredFile, Writer
from reader.lean_dataclasses import dataclass, field

_FEW = 300
"""The maximum number of files that are read in this process: starting workers for so few would take longer."""
_HEADS_A_JOB = 64
_HEADS_SECONDS = 0.4
"""Seconds between writes of results: the maximum loss after a crash, and the update interval of the screen."""
_WHOLE = 65_536
"""Bytes at the beginning of a file that its fingerprint covers. A longer file counts as changed if its modification
time has changed. The fingerprint of an entry of a bundle covers the whole entry."""


@dataclass(slots=True)
class Sync:
    """One sync of one archive. Call `run` once.

    Attributes:
        archive: The archive to read.
        writer: The writer of its index.
        identities: The article ids used by marks.
        report: Called with the progress, several times per second.
        stopped: Called as often; returns whether to stop. Work done so far is kept, and the next sync continues it.
        texts: Whether to index texts too, and detect duplicates.
        show_copies: Whether to show duplicates in addition to the longest version.
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
    _missing: MovedFiles = field(init=False)
    _moved: list[tuple[str, str, str]] = field(default_factory=list)
    _skipped_files: SkippedFiles = field(default_factory=lambda: SkippedFiles({}))
    _bundles: BundleStage = field(init=False)
    _navigation: NavigationFiles = field(init=False)
    _new: int = 0
    _changed: int = 0

    def run(self) -> SyncSummary:
        """Walk the archive, compare it with the index, and read and write the differences.

        Raises:
            apsw.Error: The index cannot be written, or is corrupt.
        """
        begun = time.monotonic()
        self._root = os.fspath(self.archive.root)
        self._missing = MovedFiles({}, self.writer)
        self._bundles = BundleStage(self._root, self.writer, self.stopped)
        self._navigation = NavigationFiles(self._root)
        self.report(SyncProgress(SyncStage.WALK))
        known = self.writer.known()
        self._ids = {one.id for one in known.values()}
        self._restore_ids(known)
        seen = bool(known) or bool(self.writer.refused())
        fresh = self._fresh(known) if seen else self._never_seen()
        self._heads(fresh, known)
        if not seen and not self.stopped():
            self._heads(list(self._bundles.list_entries()), known)
        gone = 0 if self.stopped() else self._forget()
        if self.texts and not self.stopped():
            SiteStage(self.writer, self._root, self.stopped).run()
        if self.texts and not self.stopped():
            TextStage(self.writer, self.report, self.stopped, _FEW).run()
        complete = not self.stopped()
        if complete:
            with self.writer.transaction():
                self.writer.finish(texts=self.texts, show_copies=self.show_copies)
        articles, warnings = self.writer.counts()
        self.report(SyncProgress(SyncStage.DONE, articles, articles, changed=True))
        seconds, moved = time.monotonic() - begun, tuple(self._moved)
        return SyncSummary(articles, self._new, self._changed, moved, gone, warnings, seconds, complete)

    # Ids used by marks

    def _restore_ids(self, known: dict[bytes, StoredFile]) -> None:
        """Give the ids that marks use to articles that now have other ids.

        A file that was both moved and edited counts as a new article. If it is moved back, it is the old one again.
        Imported marks use the ids of another machine.
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
                there = os.path.join(self._root, os.fsdecode(path))  # noqa: PTH118 - keep the spelling
                wanted = self._restored_id(one.id, there, one.fingerprint)
                if wanted != one.id:
                    self.writer.name(one.key, wanted)
                    known[path] = one._replace(id=wanted)

    def _restored_id(self, own: str, path: str, fingerprint: int) -> str:
        """The id under which an indexed article has marks, if it has none under its current id `own`; else `own`."""
        wanted = self.identities.of(path, fingerprint)
        marked = self.identities.marked
        if wanted is None or wanted not in marked or own in marked or wanted in self._ids:
            return own
        self._ids.add(wanted)
        self._moved.append((wanted, path, path))
        return wanted

    # Files

    def _never_seen(self) -> Iterator[FoundFile]:
        """Yield the files of an archive without an index as soon as they are found; record unreadable folders."""
        for found in walk(self.archive):
            if isinstance(found, FoundFile):
                if not self._bundles.take(found, relative(found.path, self._root), {}):
                    yield found
            elif isinstance(found, FileWarning):
                with self.writer.transaction():
                    self.writer.add_refused([_refused_folder(found)])
            else:
                self._skipped_files = found

    def _fresh(self, known: dict[bytes, StoredFile]) -> list[FoundFile]:
        """The files that are new or changed; records those that are missing."""
        refused = self.writer.refused()
        fresh: list[FoundFile] = []
        unread: list[bytes] = []
        lost: list[RejectedFile] = []
        missing = dict(known)
        for found in walk(self.archive):
            if isinstance(found, SkippedFiles):
                self._skipped_files = found
                continue
            if isinstance(found, FileWarning):
                unread.append(relative(os.fspath(found.path), self._root))
                lost.append(_refused_folder(found))
                continue
            inner = relative(found.path, self._root)
            if self._bundles.take(found, inner, refused):
                continue
            one = missing.pop(inner, None)
            if one is None:
                if refused.get(inner) != found[1:]:
                    fresh.append(found)
                else:
                    del refused[inner]
            elif one[2:5] != found[1:]:
                fresh.append(found)
        missing = self._not_kept(missing, unread)
        for path in self._bundles.unchanged_entries(list(refused)):
            del refused[path]
        with self.writer.transaction():
            # The entries of files that are refused again will be added again.
            self.writer.remove_refused(refused)
            self.writer.add_refused(lost)
        fresh += self._bundles.fresh_entries(missing)
        self._navigation.add_affected(fresh, self.writer, known, missing)
        self._missing = MovedFiles(missing, self.writer)
        return fresh

    def _not_kept(self, missing: dict[bytes, StoredFile], unread: list[bytes]) -> dict[bytes, StoredFile]:
        """The missing articles that are neither in an unreadable folder nor in an unchanged bundle."""
        # Files in a folder that is temporarily unreadable are not deleted.
        for folder in unread:
            inside = folder + os.fsencode(os.sep) if folder else b""
            missing = {path: one for path, one in missing.items() if not path.startswith(inside)}
        for path in self._bundles.unchanged_entries(list(missing)):
            del missing[path]
        return missing

    def _forget(self) -> int:
        """Delete the articles whose files are gone and return their number; order undated articles."""
        with self.writer.transaction():
            for one in self._missing.articles:
                self.writer.delete(one.key)
            if self._missing.articles:
                self.writer.invalidate_duplicates()
            self._bundles.finish()
            self.writer.set_meta(SKIPPED_FILES, json.dumps(self._skipped_files.kinds))
            self._navigation.store(self.writer)
            self.writer.order_undated()
        return len(self._missing.articles)

    # Metadata

    def _heads(self, files: Iterable[FoundFile], known: dict[bytes, StoredFile]) -> None:
        if files == []:
            return
        total = len(files) if isinstance(files, list) else None
        waiting = iter(files)
        stage: on_demand.StageRun[FoundFile, ArticleHead | RejectedFile] = on_demand.StageRun(
            SyncStage.HEADS,
            total,
            self.writer,
            lambda heads: self._put(heads, known),
            _HEADS_SECONDS,
            self.report,
            self.stopped,
        )
        read = partial(on_demand.read_heads, self._root)
        # The user waits for the first articles, and workers take time to start and have a low priority.
        first = chunks(islice(waiting, _FEW), _HEADS_A_JOB)
        complete = stage.run(on_demand.WorkerPool(read, _refused_head, 0), first, is_last=False)
        # Call `next` only after the first files are read: both stages take files from the same iterator.
        if complete and (following := next(waiting, None)) is not None:
            pool = on_demand.WorkerPool(read, _refused_head, on_demand.pool_size(_FEW, _FEW))
            stage.run(pool, chunks(chain((following,), waiting), _HEADS_A_JOB))

    def _put(self, heads: list[ArticleHead | RejectedFile], known: dict[bytes, StoredFile]) -> None:
        """Write metadata; requires a transaction."""
        refused: list[RejectedFile] = []
        for head in heads:
            inner = relative(head.found.path, self._root)
            old = known.get(inner)
            if isinstance(head, RejectedFile):
                refused.append(head)
                if old is not None:
                    self._changed += 1
                    self.writer.delete(old.key)
            elif old is not None:
                self._put_again(head, old)
            else:
                self._put_new(head)
        self.writer.add_refused(refused)
        self.writer.invalidate_duplicates()

    def _put_again(self, head: ArticleHead, old: StoredFile) -> None:
        is_same = head.fingerprint == old.fingerprint and (head.found.size <= _WHOLE or head.found.inode == ENTRY)
        if is_same and not self._navigation.retitles(head, self.writer.title(old.key)):
            self.writer.touch(old.key, head.found)
            return
        self._changed += 1
        self.writer.put(head, self._restored_id(old.id, head.found.path, head.fingerprint), old)

    def _put_new(self, head: ArticleHead) -> None:
        if (found := self._missing.take(head)) is not None:
            before, old = found
            there = os.path.join(self._root, os.fsdecode(before))  # noqa: PTH118 - as spelt
            self._moved.append((old.id, there, head.found.path))
            self.writer.put(head, old.id, old)
            return
        self._new += 1
        self._navigation.look((relative(head.found.path, self._root),))
        article_id = self._identity(head)
        self._ids.add(article_id)
        self.writer.put(head, article_id, None)

    def _identity(self, head: ArticleHead) -> str:
        """The id for a new article: the one that marks use, or one derived from its path."""
        path = os.path.abspath(head.found.path)  # noqa: PTH100 - as `archive.absolute`
        wanted = self.identities.of(path, head.fingerprint) or id_of(path)
        taken = self._ids
        number = 0
        while wanted in taken:
            # An article that was moved away from this path keeps the id derived from it.
            number += 1
            wanted = id_of(f"{path}\n{number}")
        return wanted


def _refused_folder(warning: FileWarning) -> RejectedFile:
    return RejectedFile(FoundFile(os.fspath(warning.path), -1, 0, 0), warning.message)


def _refused_head(found: FoundFile, failure: "on_demand.Failure") -> ArticleHead | RejectedFile:
    """The entry of a file that could not be read. No file has its size of -1, so the next sync tries again."""
    return RejectedFile(found._replace(size=-1), on_demand.given_up(failure))
