"""Reading of article metadata for the index. Runs in worker processes."""

from pathlib import Path

from reader.archive.article import Article, FileWarning
from reader.archive.bundles.listing import BundleListing, list_bundle
from reader.archive.scan import read_head
from reader.archive.scripted_site import listed_once
from reader.archive.walk import FoundFile
from reader.index.date_keys import key_of, reading_order
from reader.index.entries import ArticleHead, RejectedFile
from reader.index.schema import written_warnings

_ORDER_BYTES = 32
"""Maximum number of bytes of a title's sort key."""


def read_heads(root: str, files: list[FoundFile]) -> list[ArticleHead | RejectedFile]:
    """The metadata of the files below `root`, one result per file."""
    folder = Path(root)
    with listed_once():
        return [_head(folder, found) for found in files]


def read_bundles(files: list[FoundFile]) -> list[BundleListing]:
    """The contents of files that may be bundles, one result per file."""
    return [list_bundle(found) for found in files]


def _head(root: Path, found: FoundFile) -> ArticleHead | RejectedFile:
    read, fingerprint = read_head(Path(found.path), root, "")
    if read is None or isinstance(read, FileWarning):
        return RejectedFile(found, read.message if read is not None else "")
    return head_of(read, found, fingerprint)


def head_of(article: Article, found: FoundFile, fingerprint: int) -> ArticleHead:
    """Convert the metadata of an article to its form in the index."""
    title = "" if article.is_untitled else article.title
    return ArticleHead(
        found,
        fingerprint,
        key_of(article.date),
        title,
        reading_order(title)[:_ORDER_BYTES],
        article.date.isoformat() if article.date else None,
        article.author,
        article.source,
        "\n".join(article.categories),
        "\n".join(article.tags),
        article.url,
        "\n".join(article.addresses),
        "\n".join(article.names),
        article.format.value,
        written_warnings(article.warnings),
    )
