"""Reading archives: walking them, and reading their articles' metadata and bodies."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path

from reader.archive import front_matter
from reader.archive.archive import Archive, absolute
from reader.archive.article import Article, Fault
from reader.archive.decoding import decode, is_binary
from reader.archive.files import read_start, reason
from reader.archive.metadata import describe, header_faults, undecoded
from reader.archive.sniffing import body_format
from reader.document.body import Body
from reader.document.cleaning import clean_line
from reader.errors import ArchiveError
from reader.language import _

_SUFFIXES = (".md", ".markdown", ".html", ".htm", ".txt")
_HEAD = 65_536
"""Bytes of a file in which its metadata are looked for."""
_LONGEST_MIB = 64
_LONGEST = _LONGEST_MIB * 2**20
"""Bytes of a file that are read."""


def scan(archives: Sequence[Archive]) -> Iterator[Article | Fault]:
    """The articles of all archives, each once, in the same order every time; a fault for what cannot be read.

    Raises nothing. An article's own faults stand in it and do not come by themselves.
    """
    walk = _Walk()
    for archive in archives:
        if archive.files is None:
            yield from walk.folder(archive.root)
        else:
            for file in archive.files:
                yield from walk.file(file, archive.root)


def read_body(article: Article) -> tuple[Body, tuple[Fault, ...]]:
    """An article's body, and what was not read as it was meant besides the faults that the article has already.

    Raises:
        ArchiveError: The file is gone, cannot be read, or holds no text.
    """
    path = article.path
    try:
        data, size = read_start(path, _LONGEST)
    except ArchiveError as error:
        message = _("{path} cannot be opened").format(path=path)
        raise ArchiveError(
            f"{message}: {error.message}", _("see whether it was moved, and whether you may read it")
        ) from error
    if is_binary(data):
        raise ArchiveError(_("{path} holds no text").format(path=path))
    text, encoding = decode(data, cut=size > len(data))
    header = front_matter.read(text)
    faults = header_faults(path, header)
    if damage := undecoded(path, data, text, encoding):
        faults.append(damage)
    if size > len(data):
        faults.append(Fault(path, _("Only the first {size} MiB are read").format(size=_LONGEST_MIB)))
    body = text[header.body_start :] if header else text
    first_line = header.body_line if header else 1
    read = Body(body, body_format(body, path.name), article.title, first_line)
    return read, tuple(fault for fault in faults if fault not in article.faults)


@dataclass(slots=True)
class _Walk:
    """One walk over archives, which remembers where it was."""

    folders: set[tuple[int, int]] = field(default_factory=set)
    ids: set[str] = field(default_factory=set)

    def folder(self, root: Path) -> Iterator[Article | Fault]:
        """The articles below a folder. Links are followed after all real folders, so that these keep their places."""
        waiting = [os.fspath(root)]
        links: list[str] = []
        while waiting or links:
            here = waiting.pop() if waiting else links.pop()
            try:
                status = Path(here).stat()
                if (status.st_dev, status.st_ino) in self.folders:
                    continue
                self.folders.add((status.st_dev, status.st_ino))
                with os.scandir(here) as entries:
                    found = sorted(entries, key=lambda entry: entry.name)
            except OSError as error:
                yield Fault(Path(here), _("The folder cannot be read: {reason}").format(reason=reason(error)))
                continue
            inner: list[str] = []
            inner_links: list[str] = []
            for entry in found:
                if _is_folder(entry):
                    if not entry.name.startswith("."):
                        (inner_links if entry.is_symlink() else inner).append(entry.path)
                # macOS leaves a `._` twin beside every file that it copies to a foreign disk.
                elif entry.name.lower().endswith(_SUFFIXES) and not entry.name.startswith("._"):
                    yield from self.file(Path(entry.path), root)
            waiting.extend(reversed(inner))
            links[:0] = reversed(inner_links)

    def file(self, path: Path, root: Path) -> Iterator[Article | Fault]:
        """The article in a file, or a fault; nothing if it came before."""
        try:
            # Both are the file's own place: where a link leads may change, and two links are two articles.
            article_id = blake2b(os.fsencode(absolute(path)), digest_size=8).hexdigest()
            if article_id in self.ids:
                return
            self.ids.add(article_id)
            head, size = read_start(path, _HEAD)
            if is_binary(head):
                yield Fault(path, _("It holds no text"))
                return
            yield describe(path, root, article_id, head, size)
        except ArchiveError as error:
            yield Fault(path, error.message)
        except Exception as error:  # noqa: BLE001 - one file that nobody foresaw must not take the others with it
            yield Fault(path, _("It cannot be read: {reason}").format(reason=clean_line(reason(error))))


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        # A link that leads to itself, or nowhere: if it is called like an article, that is a fault of its own.
        return False
