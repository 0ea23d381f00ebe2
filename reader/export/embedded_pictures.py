"""Pictures of an article as data, for exports that are one file."""

from base64 import b64encode
from pathlib import Path
from urllib.parse import unquote

from reader.archive.article import Article
from reader.archive.files import read_start
from reader.errors import ArchiveError

_LARGEST = 8 * 2**20
"""The maximum size of a picture in bytes."""

TYPES = {
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".webp": "image/webp",
}
"""The media types of the pictures that are embedded, by suffix. SVG may contain scripts, so it is not."""


def local_picture(article: Article | None, source: str) -> tuple[bytes, str] | None:
    """The content and the media type of a picture in the archive; None for any other."""
    if article is None or "://" in source or source.startswith(("data:", "//", "#")):
        return None
    media_type = TYPES.get(Path(source).suffix.lower())
    if media_type is None:
        return None
    place = unquote(source.partition("?")[0].partition("#")[0])
    base = article.root if place.startswith("/") else article.path.parent
    try:
        path = (base / place.lstrip("/")).resolve()
        if not path.is_relative_to(article.root.resolve()):
            return None
        data, size = read_start(path, _LARGEST)
    except (ArchiveError, OSError, ValueError):
        return None
    return (data, media_type) if size <= _LARGEST and data else None


def picture_address(article: Article | None, source: str) -> str:
    """The address of a picture in a page: a web address, or the data of a file in the archive; empty for any other."""
    if source.lower().startswith(("https://", "http://")):
        return source
    found = local_picture(article, source)
    return f"data:{found[1]};base64,{b64encode(found[0]).decode('ascii')}" if found else ""
