"""Indexes corrupted in many ways, and the results of searching them."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any
from unittest.mock import patch

import apsw

from reader.index import sync_on_demand
from reader.index.corruption import CorruptIndexError
from reader.index.index import GroupBy
from reader.index.index_file import index_path
from reader.index.schema import files_of
from reader.indexing.update import UpdateOptions
from reader.library.indexed import indexed
from reader.search.federated import Sort
from reader.search.query_parser import parse
from tests.benchmarks.corpus import write_corpus

PAGE = 4_096
HEADER = 100
READ_ONLY_FROM = 18
"""The offset of the write version in the header: with another value the file can be opened, but only for reading."""

QUERIES = ("市场", "-市场", "title:上海", "港口 OR the", "has:image after:2021-01-01")

Found = list[Any]


@dataclass(frozen=True, slots=True)
class Damage:
    """A change to the bytes of a file.

    Attributes:
        kind: "bit", "zero" or "noise" for a byte or a few; "page", "garbage" or "cut" for more.
        offset: Its position.
        seed: The seed of random choices.
    """

    kind: str
    offset: int
    seed: int = 0

    @property
    def is_small(self) -> bool:
        """Whether it is so small that the result may still be a valid index."""
        return self.kind in ("bit", "zero", "noise")

    def done_to(self, content: bytes) -> bytes:
        """Apply it to the content of a file."""
        chance = Random(self.seed * 1_000_003 + self.offset)  # noqa: S311 - the same each time
        start, end = self.offset // PAGE * PAGE, min(self.offset // PAGE * PAGE + PAGE, len(content))
        left = bytearray(content)
        match self.kind:
            case "bit":
                left[self.offset] ^= 1 << self.seed % 8
            case "zero":
                left[self.offset] = 0
            case "noise":
                few = min(16, len(content) - self.offset)
                left[self.offset : self.offset + few] = chance.randbytes(few)
            case "page":
                left[start:end] = bytes(end - start)
            case "garbage":
                left[start:end] = chance.randbytes(end - start)
            case "cut":
                del left[self.offset :]
        return bytes(left)


def header_damages() -> Iterator[Damage]:
    """Changes of every byte of a database header."""
    yield from (Damage("zero" if offset % 3 else "bit", offset, offset) for offset in range(HEADER))
    yield from (Damage("bit", offset, offset + 1) for offset in range(0, HEADER, 2))
    yield from (Damage("bit", READ_ONLY_FROM, bit) for bit in range(8))


def chance_damages(length: int, count: int, seed: int, kinds: str) -> Iterator[Damage]:
    """Changes at random positions of a file, of the given kinds in turn."""
    chance = Random(seed)  # noqa: S311 - the same each time
    for number in range(count):
        yield Damage(kinds.split()[number % len(kinds.split())], chance.randrange(length), seed + number)


def kept(read: Callable[..., list[Any]]) -> Callable[..., list[Any]]:
    """Like `read`, which returns one result per item of its last argument, but it reads no item twice."""
    known: dict[Any, Any] = {}

    def read_new(*arguments: Any) -> list[Any]:
        *others, items = arguments
        for item in items:
            if item not in known:
                (known[item],) = read(*others, [item])
        return [known[item] for item in items]

    return read_new


@dataclass(slots=True)
class Damageable:
    """A small archive that has changed since its index was written, and that index.

    Attributes:
        folder: The folder of the archive and the cache.
        content: The index file; its last change is only in `log`.
        log: The WAL of the index, as a killed process leaves it.
        truth: The expected results.
    """

    folder: Path
    content: bytes = b""
    log: bytes = b""
    truth: Found = field(default_factory=list)
    _heads: Callable[..., list[Any]] = field(default_factory=lambda: kept(sync_on_demand.read_heads))
    _texts: Callable[..., list[Any]] = field(default_factory=lambda: kept(sync_on_demand.read_texts))

    def make(self, count: int) -> "Damageable":
        """Write the archive and its index."""
        write_corpus(self.archive, count)
        self.found()
        self.content = self.path.read_bytes()
        first, second, *_others = sorted(self.archive.rglob("*.md"))
        first.unlink()
        second.write_text(second.read_text(encoding="utf-8") + "<p>港口又添一句</p>", encoding="utf-8")
        second.with_name("another.md").write_text("\n---\ntitle: '上海市场'\n---\n<p>港口</p>", encoding="utf-8")
        # While another connection is open, closing does not checkpoint the WAL.
        other = apsw.Connection(os.fspath(self.path))
        other.execute("SELECT * FROM meta").fetchall()
        self.truth, _told = self.found()
        assert self.path.read_bytes() == self.content
        self.log = self.path.with_name(self.path.name + "-wal").read_bytes()
        other.close()
        self.place(b"")
        assert self.found()[0] == self.truth
        return self

    @property
    def archive(self) -> Path:
        """The folder of the articles."""
        return self.folder / "archive"

    @property
    def cache(self) -> Path:
        """The folder of the index."""
        return self.folder / "cache" / "reader"

    @property
    def path(self) -> Path:
        """The index file."""
        return index_path(self.cache, self.archive, None)

    def place(self, content: bytes, log: bytes = b"") -> None:
        """Replace the index files by this content."""
        for file in files_of(self.path):
            file.unlink(missing_ok=True)
        self.path.write_bytes(content)
        if log:
            self.path.with_name(self.path.name + "-wal").write_bytes(log)

    @contextmanager
    def articles_kept(self) -> Iterator[None]:
        """Do not parse the articles again for each index that is rebuilt, which would take most of the time."""
        with (
            patch.object(sync_on_demand, "read_heads", self._heads),
            patch.object(sync_on_demand, "read_texts", self._texts),
        ):
            yield

    def found(self, *, rebuild: bool = False) -> tuple[Found, list[str]]:
        """The results after an update, and why the index was rebuilt."""
        told: list[str] = []
        how = UpdateOptions(rebuild=rebuild, report=lambda event: told.append(event.rebuilt) if event.rebuilt else None)
        with self.articles_kept(), indexed([self.archive], self.cache, self.folder / "marks.db", how) as now:
            assert now.errors == ()
            found: Found = [str(warning) for warning in now.warnings]
            for query in QUERIES:
                hits = now.search.find(parse(query), Sort.BEST, most=1_000)
                found.append(sorted((repr(one), now.search.text(hit)) for hit, one in now.search.articles(hits)))
            found += [sorted(now.indexes[0].counts(group)) for group in GroupBy]
        return found, told

    def outcome(self, content: bytes, log: bytes = b"") -> str:
        """The outcome of the next starts: "unharmed", "remade", "told" (an error) or "undetected".

        In any case the following start finds everything, after undetected corruption following a rebuild.
        """
        if (content, log) == (self.content, b""):
            return "unharmed"
        self.place(content, log)
        try:
            found, told = self.found()
        except CorruptIndexError:
            assert self.found()[0] == self.truth
            return "told"
        if found != self.truth:
            assert not told, "made anew, and wrong all the same"
            assert self.found(rebuild=True)[0] == self.truth
            return "undetected"
        return "remade" if told else "unharmed"
