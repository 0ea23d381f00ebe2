"""Archives on disk: folder traversal, decoding, and front matter."""

from typing import TYPE_CHECKING

from reader.lazy_imports import loader

__all__ = ["Archive", "Article", "FileWarning", "open_archives", "read_body"]

if TYPE_CHECKING:
    from reader.archive.archive import Archive, open_archives
    from reader.archive.article import Article, FileWarning
    from reader.archive.scan import read_body
else:
    __getattr__ = loader(
        __name__,
        {
            "Archive": "reader.archive.archive",
            "Article": "reader.archive.article",
            "FileWarning": "reader.archive.article",
            "open_archives": "reader.archive.archive",
            "read_body": "reader.archive.scan",
        },
    )
