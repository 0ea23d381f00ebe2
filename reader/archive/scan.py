"""Reading archives: walking them, and reading their articles' metadata and bodies."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import replace
from hashlib import blake2b
from pathlib import Path

from reader.archive import front_matter
from reader.archive.archive import Archive
from reader.archive.article import Article, Fault
from reader.archive.decoding import decode, is_binary
from reader.archive.files import read_start, reason
from reader.archive.links import link_faults
from reader.archive.long_heads import goes_on
from reader.archive.metadata import decoding_faults, describe, header_faults
from reader.archive.sniffing import body_format
from reader.archive.walk import PassedOver, walk
from reader.document.body import Body
from reader.document.cleaning import clean_line
from reader.errors import ArchiveError
from reader.language import _, lazy, translated

_HEAD = 65_536
"""Bytes of a file in which its metadata are looked for, and which its fingerprint covers."""
_LONG_HEAD = 2**20
"""The same where a header or a page's head does not end within them: pictures or style sheets are written into it."""
_LONGEST_MIB = 64
_LONGEST = _LONGEST_MIB * 2**20
"""Bytes of a file that are read."""


def scan(archives: Sequence[Archive]) -> Iterator[Article | Fault]:
    """The articles of all archives, each once, in the same order every time; a fault for what cannot be read.

    Raises nothing. An article's own faults stand in it and do not come by themselves.
    """
    ids: set[str] = set()
    for archive in archives:
        for found in walk(archive):
            if isinstance(found, Fault):
                yield found
                continue
            if isinstance(found, PassedOver):
                continue
            path = Path(found.path)
            # Both are the file's own place: where a link leads may change, and two links are two articles.
            article_id = id_of(path)
            if article_id not in ids:
                ids.add(article_id)
                read = read_head(path, archive.root, article_id)[0]
                if read is not None:
                    yield read


def id_of(path: Path | str) -> str:
    """The id of an article that was never met before: 16 hexadecimal digits, the same as long as it stays there."""
    place = os.path.abspath(path)  # noqa: PTH100 - as `archive.absolute`, which takes longer than all the rest
    return blake2b(os.fsencode(place), digest_size=8).hexdigest()


def read_head(path: Path, root: Path, article_id: str) -> tuple[Article | Fault | None, int]:
    """The article in a file, or why there is none; and its fingerprint, 0 where it has none. Raises nothing.

    None stands for a file that says itself that it is no article.

    The fingerprint is a whole number of 8 bytes with a sign, the same for the same first 64 KiB and the same size.
    """
    try:
        head, size = read_start(path, _HEAD)
        if is_binary(head):
            return Fault(path, lazy("Not a text file")), 0
        seen = head
        if size > len(head) and goes_on(head):
            seen, size = read_start(path, _LONG_HEAD)
        article = describe(path, root, article_id, seen, size)
        if article is not None and (outside := link_faults(path, root)):
            article = replace(article, faults=(*outside, *article.faults))
    except ArchiveError as error:
        return Fault(path, error.message), 0
    except Exception as error:  # noqa: BLE001 - one file that nobody foresaw must not take the others with it
        return Fault(path, lazy("Cannot be read: {reason}", reason=clean_line(reason(error)))), 0
    if article is None:
        return None, 0
    digest = blake2b(head, digest_size=8, salt=size.to_bytes(8, "big")).digest()
    return article, int.from_bytes(digest, "big", signed=True)


def read_body(article: Article) -> tuple[Body, tuple[Fault, ...]]:
    """An article's body, and what was not read as it was meant besides the faults that the article has already.

    Raises:
        ArchiveError: The file is gone, cannot be read, or holds no text.
    """
    body, faults = body_at(article.path, article.title)
    return body, tuple(fault for fault in faults if fault not in article.faults)


def body_at(path: Path, title: str) -> tuple[Body, tuple[Fault, ...]]:
    """The body of the article called `title` in a file, and all that was not read as it was meant, its head's included.

    Raises:
        ArchiveError: The file is gone, cannot be read, or holds no text.
    """
    try:
        data, size = read_start(path, _LONGEST)
    except ArchiveError as error:
        message = _("Cannot open {path}: {reason}").format(path=path, reason=translated(error.message))
        raise ArchiveError(message, _("check whether it was moved, and its permissions")) from error
    if is_binary(data):
        raise ArchiveError(_("{path} is not a text file").format(path=path))
    file = decode(data, cut=size > len(data))
    text = file.text
    header = front_matter.read(text)
    faults = [*header_faults(path, header), *decoding_faults(path, file)]
    if size > len(data):
        faults.append(Fault(path, lazy("Only the first {size} MiB were read", size=_LONGEST_MIB)))
    body = header.body(text) if header else text
    first_line = header.body_line if header else 1
    return Body(body, body_format(body, path.name), title, first_line), tuple(faults)
