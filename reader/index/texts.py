"""From files to the tokens, the plain text and the measures that the index keeps. Runs in worker processes."""

import zlib
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

from reader.archive.article import Fault
from reader.archive.scan import body_at
from reader.document.blocks import Block, CodeBlock, Heading, Image, Leaf, SpanKind, Table, children
from reader.document.body import Body, BodyFormat
from reader.document.document import Document
from reader.errors import ArchiveError
from reader.index.pinyin import pinyin_tokens
from reader.index.schema import written_faults
from reader.index.tokens import PARTED, searched, tokens
from reader.workers.parsing import parse_document

_TOGETHER, _CHARACTERS_TOGETHER = 128, 400_000
"""Articles, and characters of their bodies, that are read together at most."""

_SHORT = 4096
"""Bytes of a text that a small window of the packer holds."""

_TITLE_ONLY = 40
"""Letters of a text, its title left out, below which it says nothing that its title does not."""


class Wanted(NamedTuple):
    """An article whose text is to be read: its key, its file, and the metadata that are searched too."""

    key: int
    path: str
    inner_path: str
    title: str
    category: str
    author: str
    source: str
    tags: str


class Text(NamedTuple):
    """A row of the full-text index, and what was measured on the way.

    Attributes:
        key: The article's.
        fields: The tokens of body, singles, title, category, author, source, tags, path, pinyin and facets.
        plain: The text, compressed.
        length: Characters of scripts without blanks, and words of the others.
        gist: A whole number of 8 bytes with a sign, the same for the same text; 0 for one that says no more than
            its title.
        title_gist: The same of the title.
        faults: As `heads.written_faults` writes them.
    """

    key: int
    fields: tuple[str, ...]
    plain: bytes
    length: int
    gist: int
    title_gist: int
    faults: str | None


def read_texts(wanted: list[Wanted]) -> list[Text]:
    """The texts of articles, one for one; of one whose file cannot be read any more, the metadata alone.

    Some articles at a time take each step together: that is a fifth sooner than one after the other, because a
    processor's caches hold the code of one step and not of all.
    """
    texts: list[Text] = []
    for group in _groups(wanted):
        parsed = [_parsed(one, body, faults) for one, body, faults in group]
        texts += [_made(one, *said) for (one, _body, _faults), said in zip(group, parsed, strict=True)]
    return texts


def plain_text(document: Document) -> str:
    """What a document says and is searched for, its leaves parted by NUL; the repeated title is left out."""
    return PARTED.join(
        leaf.text.text
        for leaf in document.leaves
        if leaf.text.text and not (isinstance(leaf, Heading) and leaf.level == 0)
    )


def unread_text(wanted: Wanted, message: str) -> Text:
    """The metadata alone of an article whose text cannot be read, and why."""
    return _made(wanted, "", set(), (Fault(Path(wanted.path), message),))


def _groups(wanted: list[Wanted]) -> Iterator[list[tuple[Wanted, Body, tuple[Fault, ...]]]]:
    """The bodies of articles, in groups that are small enough to be held in memory."""
    group: list[tuple[Wanted, Body, tuple[Fault, ...]]] = []
    characters = 0
    for one in wanted:
        group.append((one, *_body(one)))
        characters += len(group[-1][1].text)
        if len(group) >= _TOGETHER or characters >= _CHARACTERS_TOGETHER:
            yield group
            group, characters = [], 0
    if group:
        yield group


def _body(wanted: Wanted) -> tuple[Body, tuple[Fault, ...]]:
    """The body of an article, and its faults; of one whose file cannot be read, an empty body and why."""
    path = Path(wanted.path)
    try:
        return body_at(path, wanted.title)
    except ArchiveError as error:
        return Body("", BodyFormat.TEXT, wanted.title), (Fault(path, error.message),)


def _parsed(wanted: Wanted, body: Body, faults: tuple[Fault, ...]) -> tuple[str, set[str], tuple[Fault, ...]]:
    """The plain text of an article, what it holds besides, and its faults."""
    parsed = parse_document(Path(wanted.path), body, faults, headings=False)
    return plain_text(parsed.document), facets(parsed.document), parsed.faults


def _made(wanted: Wanted, text: str, holds: AbstractSet[str], faults: tuple[Fault, ...]) -> Text:
    body = tokens(text)
    fields = (
        body.text,
        body.singles,
        tokens(wanted.title).together,
        _short(wanted.category),
        _short(wanted.author),
        _short(wanted.source),
        _short(wanted.tags),
        _path_tokens(wanted.inner_path),
        f"{pinyin_tokens(wanted.title)} {pinyin_tokens(wanted.category)}",
        " ".join(["article", *sorted(holds)]),
    )
    return Text(
        wanted.key,
        fields,
        _compressed(text.encode()),
        body.characters + body.words,
        *_gist(text, wanted.title),
        written_faults(faults),
    )


@lru_cache(maxsize=4096)
def _short(text: str) -> str:
    """The tokens of a text that many articles share; no phrase spans two of its lines."""
    return tokens(text.replace("\n", PARTED)).together


def _path_tokens(path: str) -> str:
    folder, _slash, name = path.rpartition("/")
    return f"{_short(folder)} · {tokens(name).together}"


def facets(document: Document) -> set[str]:
    """What an article holds besides text: image, code, table, link."""
    found = set[str]()
    for leaf in document.leaves:
        if isinstance(leaf, Image):
            found.add("image")
        elif isinstance(leaf, CodeBlock):
            found.add("code")
        for span in leaf.text.spans:
            if span.kind is SpanKind.IMAGE:
                found.add("image")
            elif span.kind is SpanKind.LINK:
                found.add("link")
    if _holds_table(document.blocks):
        found.add("table")
    return found


def _holds_table(blocks: tuple[Block, ...]) -> bool:
    waiting = list(blocks)
    while waiting:
        block = waiting.pop()
        if isinstance(block, Table):
            return True
        if not isinstance(block, Leaf):
            waiting.extend(children(block))
    return False


def _compressed(text: bytes) -> bytes:
    """A packed text; a short one without the memory for a long one, which takes longer to clear than to use."""
    if len(text) > _SHORT:
        return zlib.compress(text, 1)
    packer = zlib.compressobj(1, wbits=12, memLevel=5)
    return packer.compress(text) + packer.flush()


def _gist(text: str, title: str) -> tuple[int, int]:
    """Of the text, or 0 where it says no more than its title; and of the title."""
    said = _letters(title)
    if len(text) < len(title) + 4 * _TITLE_ONLY:
        own = _letters(text).removeprefix(said)
        if not own or (len(own) < _TITLE_ONLY and own in said):
            return 0, _digest(said)
    return _digest(text), _digest(said)


def _letters(text: str) -> str:
    """The letters and digits of a text, folded."""
    return "".join(filter(str.isalnum, searched(text)))


def _digest(text: str) -> int:
    digest = blake2b(text.encode("utf-8", "replace"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)
