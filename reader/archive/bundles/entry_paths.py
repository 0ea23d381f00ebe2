"""Paths of entries: recognized without opening a file."""

import os
from pathlib import Path

from reader.regex import regex

ENTRY = -1
"""The inode number of entries in the index, since they have none of their own."""

SUFFIXES = (
    *(".zip", ".wacz", ".xml", ".rss", ".atom", ".rdf", ".json", ".csv", ".enex", ".mbox", ".mbx", ".warc", ".warc.gz"),
    "tweets.js",
)
"""The suffixes of files that may be bundles; for most suffixes, the content decides."""
_TEXT = ".txt"
_BLOG_EXPORT = regex(r"export|backup|blog|livedoor|seesaa|jugem|cocolog|movable.?type")
"""Words in the name of a text file that may be the export of a blog: opening every text file would take too long."""


def may_be_bundle(name: str) -> bool:
    """Whether a file of this name may hold articles."""
    lowered = name.lower()
    is_possible = lowered.endswith(SUFFIXES) or may_be_blog_export(lowered)
    return is_possible and not os.path.basename(name).startswith(".")  # noqa: PTH119 - called for each file


def may_be_blog_export(name: str) -> bool:
    """Whether a file of this name may be the export of a blog as text; if it is not, it is an article itself."""
    lowered = name.lower()
    return lowered.endswith(_TEXT) and bool(_BLOG_EXPORT.search(os.path.basename(lowered)))  # noqa: PTH119 - as above


def split_entry(path: Path | str) -> tuple[str, str] | None:
    """Split the path of an entry into the path of its bundle and its name; return None for any other path.

    The name has slashes on all systems. Raises nothing.
    """
    written = os.fspath(path)
    lowered = written.lower()
    if _TEXT not in lowered and not any(suffix in lowered for suffix in SUFFIXES):
        return None
    place = -1
    while (place := _separator(written, place + 1)) >= 0:
        folder = written[:place]
        # A folder may be called `feed.xml` too.
        if may_be_bundle(folder) and place + 1 < len(written) and os.path.isfile(folder):  # noqa: PTH113 - Path raises
            return folder, written[place + 1 :].replace(os.sep, "/")
    return None


def file_of(path: Path) -> Path:
    """Return the file that contains an article: for an entry its bundle, for any other article the path itself."""
    found = split_entry(path)
    return path if found is None else Path(found[0])


def _separator(path: str, start: int) -> int:
    found = [place for mark in {"/", os.sep} if (place := path.find(mark, start)) >= 0]
    return min(found, default=-1)
