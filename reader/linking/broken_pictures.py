"""Pictures, and other embedded files, that do not exist in the archive of an article, or lie outside it."""

import os
from functools import lru_cache
from pathlib import Path
from urllib.parse import unquote

from reader.archive.article import Article
from reader.errors import ArchiveError
from reader.layout.picture_rooms import PictureProblem
from reader.linking.archive_files import ArchiveFiles
from reader.linking.picture_files import is_outside, picture_file, read_picture


def picture_problem(article: Article, source: str) -> PictureProblem | None:
    """Whether the file of a picture is MISSING or OUTSIDE the archive; None if it exists, or is on the web.

    Its content is not examined.
    """
    picture = picture_file(article, source)
    if picture is None:
        return PictureProblem.OUTSIDE if is_outside(article, source) else None
    if not picture.part:
        # `Path.is_file` raises an error if the name is too long.
        is_there = os.path.isfile(picture.path) or _is_elsewhere(article, source)  # noqa: PTH113
    else:
        try:
            is_there = read_picture(picture, 1)[1] > 0
        except ArchiveError:
            is_there = False
    return None if is_there else PictureProblem.MISSING


def _is_elsewhere(article: Article, source: str) -> bool:
    """Whether a file with the name is anywhere in the archive; the page itself searches fewer files."""
    name = unquote(source.partition("#")[0].partition("?")[0])
    near = os.path.relpath(article.path.parent, article.root)
    return "/" not in name and _all_files(article.root).named(name, near) is not None


@lru_cache(maxsize=4)
def _all_files(root: Path) -> ArchiveFiles:
    return ArchiveFiles(root)
