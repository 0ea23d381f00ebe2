"""Bundles whose entries are ranges of bytes: all but ZIP files."""

from collections.abc import Callable, Mapping
from pathlib import Path

from reader.archive.bundles.entry_articles import LARGEST, Entry, EntryArticle, EntryFile
from reader.archive.files import open_binary
from reader.lean_dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class RangeBundle:
    """A bundle whose entries are ranges of bytes.

    Attributes:
        path: The file; or its content, if that comes from a ZIP file or had to be converted to UTF-8.
        entries: The entries by name.
        convert: Converts the bytes of an entry to an article or, if the entry is a whole page, to the file of the page.
        title: The title of the feed or collection, or empty.
        problems: Warnings about the bundle, as in `Bundle`.
        skipped: As in `Bundle`.
    """

    path: Path | bytes
    entries: Mapping[str, Entry]
    convert: Callable[[bytes], EntryArticle | EntryFile]
    title: str = ""
    problems: Mapping[str, str] = field(default_factory=dict)
    skipped: Mapping[str, int] = field(default_factory=dict)

    def read(self, entry: Entry) -> EntryFile:
        """Return the article file of an entry.

        Raises:
            ArchiveError: The bundle cannot be read.
        """
        with open_binary(self.path) as (file, _size):
            file.seek(entry.start)
            data = file.read(min(entry.end - entry.start, LARGEST))
        made = self.convert(data)
        return made if isinstance(made, EntryFile) else EntryFile(made.as_file(), made.problem)
