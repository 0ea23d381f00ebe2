"""Reading of article texts for the index: tokens, plain text and digests. Runs in worker processes."""

import zlib
from collections import deque
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from functools import lru_cache
from itertools import islice
from pathlib import Path, PurePath
from typing import NamedTuple

from reader.archive.article import FileWarning
from reader.archive.file_names import parse_name
from reader.archive.scan import body_at
from reader.document.addresses import is_path
from reader.document.blocks import LEAVES, Anchored, Block, CodeBlock, Embed, Heading, Image, SpanKind, Table, children
from reader.document.body import Body, BodyFormat
from reader.document.document import Document
from reader.document.letters_and_digits import letters
from reader.errors import ArchiveError
from reader.hashing import blake2b
from reader.index.entries import IndexedLink, IndexedPicture, IndexedText, PageBlocks, PendingArticle, SamplePage
from reader.index.link_names import article_keys, is_within, name_key, target_key
from reader.index.pinyin import pinyin_tokens
from reader.index.schema import written_warnings
from reader.index.symbol_tokens import symbol_tokens, with_symbols
from reader.index.tokens import LEAF_SEPARATOR, encoded_tokens, searched, together
from reader.lean_dataclasses import replace
from reader.parse.document_links import leaf_links
from reader.parse.html import page_blocks
from reader.workers.parsing import parse_document

_TOGETHER, _CHARACTERS_TOGETHER = 128, 400_000
"""Maximum number of articles, and of characters of their bodies, that are processed as a group."""

_SHORT = 4096
"""Maximum bytes of a text that is compressed with a small window."""

_BYTES_A_JOB = 2 * 2**20
"""The total size of files in bytes from which a job takes no further file."""

_PIECE = 1 << 20
"""Characters of a long text that are encoded at a time."""

_MOST_LINKS = 20_000
"""Maximum number of links, and of pictures, that are stored for an article."""

_WRITTEN = frozenset({BodyFormat.MARKDOWN, BodyFormat.ORG, BodyFormat.RESTRUCTURED, BodyFormat.ASCIIDOC})
"""Formats in which people write articles. For these, but not for saved pages, the index also has the links to headings
of the same article, and the pictures."""

_PICTURE = "picture"

_UUID = 36
"""Characters of the id of a block in Logseq."""

_TITLE_ONLY = 40
"""Minimum letters of a text, without its title, that count as content beyond the title."""


class _ParsedArticle(NamedTuple):
    """An article and what its document contains.

    Attributes:
        wanted: The article.
        text: The plain text.
        kinds: The kinds of content (see `facets`).
        warnings: The warnings about the file.
        links: The links that may lead to an article.
        pictures: The files that it embeds.
        block_names: The `name_key`s of the ids of its blocks.
    """

    wanted: PendingArticle
    text: str = ""
    kinds: AbstractSet[str] = frozenset()
    warnings: tuple[FileWarning, ...] = ()
    links: tuple[IndexedLink, ...] = ()
    pictures: tuple[IndexedPicture, ...] = ()
    block_names: AbstractSet[int] = frozenset()


def text_jobs(wanted: Iterable[PendingArticle], most: int) -> Iterator[list[PendingArticle]]:
    """Split articles into jobs of at most `most` articles and some megabytes."""
    job: list[PendingArticle] = []
    size = 0
    for one in wanted:
        if job and (len(job) == most or size + one.size > _BYTES_A_JOB):
            yield job
            job, size = [], 0
        job.append(one)
        size += one.size
    if job:
        yield job


def read_texts(wanted: list[PendingArticle]) -> list[IndexedText]:
    """Read the texts of articles, one result for each; that of a file that cannot be read has only metadata.

    Articles are processed in groups, step by step. This is 20 % faster than one article after the other, because the
    code of one step fits into the processor's caches.
    """
    texts: list[IndexedText] = []
    for group in _groups(wanted):
        # Each step takes its input off the queue, which releases it: a text may have a hundred megabytes.
        parsed = deque(_parsed(*group.popleft()) for _ in range(len(group)))
        texts += [_made(parsed.popleft()) for _ in range(len(parsed))]
    return texts


def weight(text: IndexedText) -> int:
    """The approximate size of a text in memory, in bytes."""
    return len(text.fields[0]) + len(text.plain)


def plain_text(document: Document) -> str:
    """The searchable text of a document, leaves separated by NUL, without the repeated title."""
    return LEAF_SEPARATOR.join(
        text
        for leaf in document.leaves
        if (text := leaf.text.text) and not (isinstance(leaf, Heading) and not leaf.level)
    )


def _links(document: Document, path: str, *, within: bool) -> Iterator[IndexedLink]:
    """The links of a document at `path` that may lead to other articles; with `within`, also those to its own parts."""
    folder = path.rpartition("/")[0].rpartition("/")[2]
    found = place = 0
    for leaf in document.leaves:
        inline = leaf.text
        text = inline.text
        if not text or (isinstance(leaf, Heading) and not leaf.level):
            continue
        # Every cell of a table is a leaf, so the many leaves without spans and URLs are skipped as early as possible.
        if not inline.spans and "://" not in text and ("." not in text or "www." not in text.lower()):
            place += 1
            continue
        for start, end, target, is_picture in leaf_links(leaf):
            if is_picture:
                continue
            name = target_key(target, folder)
            if name is None and not (within and is_within(target)):
                continue
            yield IndexedLink(place, start, end, name or 0, target)
            found += 1
            if found >= _MOST_LINKS:
                return
        place += 1


def _pictures(document: Document) -> Iterator[IndexedPicture]:
    """The files that a document embeds: pictures, videos and the like."""
    for leaf in document.leaves:
        if isinstance(leaf, Image | Embed) and is_path(leaf.source):
            yield IndexedPicture(leaf.kind if isinstance(leaf, Embed) else _PICTURE, leaf.source, _line(leaf.text.text))
        for span in leaf.text.spans:
            if span.kind is SpanKind.IMAGE and is_path(span.value):
                yield IndexedPicture(_PICTURE, span.value, _line(leaf.text.text[span.start : span.end]))


def _line(text: str) -> str:
    return " ".join(text.split())


def unread_text(wanted: PendingArticle, message: str) -> IndexedText:
    """The row of an article whose text cannot be read: its metadata, and a warning."""
    return _made(_ParsedArticle(wanted, warnings=(FileWarning(Path(wanted.path), message),)))


def _groups(wanted: list[PendingArticle]) -> Iterator[deque[tuple[PendingArticle, Body, tuple[FileWarning, ...]]]]:
    """The bodies of articles, in groups of limited size."""
    group: deque[tuple[PendingArticle, Body, tuple[FileWarning, ...]]] = deque()
    characters = 0
    for one in wanted:
        group.append((one, *_body(one)))
        characters += len(group[-1][1].text)
        if len(group) >= _TOGETHER or characters >= _CHARACTERS_TOGETHER:
            yield group
            group, characters = deque(), 0
    if group:
        yield group


def _body(wanted: PendingArticle) -> tuple[Body, tuple[FileWarning, ...]]:
    """The body of an article and its warnings; an empty body and a warning if the file cannot be read."""
    path = Path(wanted.path)
    try:
        body, warnings = body_at(path, wanted.title)
    except ArchiveError as error:
        return Body("", BodyFormat.TEXT, wanted.title), (FileWarning(path, error.message),)
    return (replace(body, site_blocks=wanted.site_blocks) if wanted.site_blocks else body), warnings


def read_page_blocks(pages: list[SamplePage]) -> list[PageBlocks]:
    """Read the keys of the blocks in the article of each page, in order; none for a file that is not a whole page."""
    return [PageBlocks(page, _page_blocks(page)) for page in pages]


def _page_blocks(page: SamplePage) -> frozenset[int]:
    try:
        body, _warnings = body_at(Path(page.path), page.title)
        return page_blocks(body.text) if body.format is BodyFormat.HTML else frozenset()
    except Exception:  # noqa: BLE001 - a file that cannot be read or parsed is reported when it is indexed
        return frozenset()


def _parsed(wanted: PendingArticle, body: Body, warnings: tuple[FileWarning, ...]) -> _ParsedArticle:
    parsed = parse_document(Path(wanted.path), body, warnings, headings=False)
    document = parsed.document
    is_written = body.format in _WRITTEN
    links = tuple(_links(document, wanted.inner_path, within=is_written))
    pictures = tuple(islice(_pictures(document), _MOST_LINKS)) if is_written else ()
    blocks = _block_names(document) if "id:: " in body.text else set[int]()
    return _ParsedArticle(wanted, plain_text(document), facets(document), parsed.warnings, links, pictures, blocks)


def _block_names(document: Document) -> set[int]:
    """The `name_key`s of the ids of Logseq's blocks, so that a reference to a block finds its article."""
    anchors = (leaf.anchor for leaf in document.leaves if isinstance(leaf, Anchored))
    return {name_key(name) for anchor in anchors for name in anchor.split() if len(name) == _UUID}


def _made(parsed: _ParsedArticle) -> IndexedText:
    wanted, text = parsed.wanted, parsed.text
    plain = _compressed(text.encode())
    gists = _gist(text, wanted.title)
    body = encoded_tokens(text)
    fields = (
        body.text,
        f"{body.singles} {symbol_tokens(text)}",
        _title_tokens(wanted),
        _short(wanted.category),
        _short(wanted.author),
        _short(wanted.source),
        _short(wanted.tags),
        _path_tokens(wanted.inner_path),
        f"{pinyin_tokens(wanted.title)} {pinyin_tokens(wanted.category)}",
        " ".join(["article", *sorted(parsed.kinds)]),
    )
    return IndexedText(
        wanted.key,
        fields,
        plain,
        body.characters + body.words,
        *gists,
        written_warnings(parsed.warnings),
        (*article_keys(wanted.inner_path, wanted.title, wanted.addresses, wanted.names), *parsed.block_names),
        parsed.links,
        parsed.pictures,
    )


@lru_cache(maxsize=4096)
def _short(text: str) -> str:
    """The tokens of a text that many articles share, cached; no phrase matches across its lines."""
    return together(text.replace("\n", LEAF_SEPARATOR))


def _title_tokens(wanted: PendingArticle) -> str:
    """The tokens of the title, and of the file name unless the title contains it; no phrase matches across the two."""
    name = parse_name(PurePath(wanted.inner_path)).title
    if name.casefold() in wanted.title.casefold():
        return with_symbols(together(wanted.title), (wanted.title,))
    return with_symbols(together(f"{wanted.title}{LEAF_SEPARATOR}{name}"), (wanted.title, name))


def _path_tokens(path: str) -> str:
    folder, _slash, name = path.rpartition("/")
    return f"{_short(folder)} · {together(name)}"


def facets(document: Document) -> set[str]:
    """The kinds of content of an article: image, code, table, link."""
    leaves = set(map(type, document.leaves))
    spans = {span.kind for leaf in document.leaves for span in leaf.text.spans}
    found = {
        "image": Image in leaves or SpanKind.IMAGE in spans,
        "code": CodeBlock in leaves,
        "table": _holds_table(document.blocks),
        "link": SpanKind.LINK in spans,
    }
    return {kind for kind, is_held in found.items() if is_held}


def _holds_table(blocks: tuple[Block, ...]) -> bool:
    waiting = list(blocks)
    while waiting:
        block = waiting.pop()
        if isinstance(block, Table):
            return True
        if not isinstance(block, LEAVES):
            waiting.extend(children(block))
    return False


def _compressed(text: bytes) -> bytes:
    """Compress a text, a short one with a small window: clearing a large window takes longer than compressing."""
    if len(text) > _SHORT:
        return zlib.compress(text, 1)
    packer = zlib.compressobj(1, wbits=12, memLevel=5)
    return packer.compress(text) + packer.flush()


def _gist(text: str, title: str) -> tuple[int, int]:
    """The digest of the text, 0 if it has no content beyond its title, and the digest of the title."""
    parsed_parts = _letters(title)
    if len(text) < len(title) + 4 * _TITLE_ONLY:
        own = _letters(text).removeprefix(parsed_parts)
        if not own or (len(own) < _TITLE_ONLY and own in parsed_parts):
            return 0, _digest(parsed_parts)
    return _digest(text), _digest(parsed_parts)


def _letters(text: str) -> str:
    """The letters and digits of a text, folded."""
    return letters(searched(text))


def _digest(text: str) -> int:
    digest = blake2b(digest_size=8)
    for piece in _pieces(text):
        digest.update(piece.encode("utf-8", "replace"))
    return int.from_bytes(digest.digest(), "big", signed=True)


def _pieces(text: str) -> Iterator[str]:
    return (text[start : start + _PIECE] for start in range(0, len(text), _PIECE))
