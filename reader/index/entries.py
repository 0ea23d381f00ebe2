"""The entries of an index: the metadata of an article, its text, and files that cannot be read."""

import os
from typing import NamedTuple

from reader.archive.walk import FoundFile


class ArticleHead(NamedTuple):
    """The metadata of an article as stored in the index; `wanted_key` is its preferred key."""

    found: FoundFile
    fingerprint: int
    wanted_key: int
    title: str
    title_order: bytes
    date: str | None
    author: str
    source: str
    category: str
    tags: str
    url: str
    addresses: str
    names: str
    format: str
    warnings: str | None


class RejectedFile(NamedTuple):
    """A file or folder that is not a readable article; `message` is empty if the file is no article at all."""

    found: FoundFile
    message: str


class PendingArticle(NamedTuple):
    """An article to be indexed: its key, its file, the metadata that can be searched, and its size in bytes.

    `addresses` and `names` are separated by newlines, as in `link_names.article_keys`; `site_blocks` is as in `Body`.
    """

    key: int
    path: str
    inner_path: str
    title: str
    category: str
    author: str
    source: str
    tags: str
    size: int = 0
    addresses: str = ""
    names: str = ""
    site_blocks: frozenset[int] = frozenset()


class SamplePage(NamedTuple):
    """A page whose blocks are compared with those of its site."""

    site: str
    path: str
    title: str


class PageBlocks(NamedTuple):
    """The blocks of a page's article; none for a file that is not a whole page."""

    page: SamplePage
    blocks: frozenset[int]


class IndexedLink(NamedTuple):
    """A link as stored in the index: its place in the plain text, the number of its name, and its target."""

    leaf: int
    start: int
    end: int
    name: int
    target: str


class IndexedPicture(NamedTuple):
    """A picture, or another embedded file, as stored in the index.

    Attributes:
        kind: "picture", or the kind of an `Embed`.
        source: Its source as written.
        text: The text that is shown in its place, on one line; empty if there is none.
    """

    kind: str
    source: str
    text: str


class IndexedText(NamedTuple):
    """A row of the full-text index, and further attributes of the text.

    Attributes:
        key: The key of the article.
        fields: The tokens of body, singles, title, category, author, source, tags, path, pinyin and facets, in this
            order; those of the body are encoded in UTF-8.
        plain: The text, compressed.
        length: The number of characters (of scripts without spaces) and words (of others).
        gist: A digest of the text as a signed 64-bit integer; 0 for a text without content beyond its title.
        title_gist: The digest of the title, in the same form.
        warnings: The warnings in the form of `schema.written_warnings`.
        names: The numbers of the names by which links refer to the article.
        links: The links of the article that may lead to an article.
        pictures: The files that the article embeds; empty if its format is not one in which people write articles.
    """

    key: int
    fields: tuple[str | bytes, ...]
    plain: bytes
    length: int
    gist: int
    title_gist: int
    warnings: str | None
    names: tuple[int, ...] = ()
    links: tuple[IndexedLink, ...] = ()
    pictures: tuple[IndexedPicture, ...] = ()


def relative(path: str, root: str) -> bytes:
    """A path relative to `root` as stored in the index; unchanged if it is outside."""
    folder = root if root.endswith(os.sep) else root + os.sep
    if path.startswith(folder):
        return os.fsencode(path[len(folder) :])
    return b"" if path == root else os.fsencode(path)
