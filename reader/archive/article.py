"""An article's metadata, and the warnings about its file."""

from datetime import datetime
from pathlib import Path

from reader.archive.wall_clock import wall_clock
from reader.document.body import BodyFormat
from reader.language import translated
from reader.lean_dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FileWarning:
    """A warning about a file that could not be read as intended.

    Attributes:
        path: The file or folder.
        message: What is wrong and how it was handled, on one line; a `LazyMessage`, translated when it is shown.
        line: The 1-based line of the file, or None.
    """

    path: Path
    message: str
    line: int | None = None

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}" if self.line is not None else str(self.path)
        return f"{place}: {translated(self.message)}"


@dataclass(frozen=True, slots=True)
class LinkBase:
    """The path against which the links and pictures of an article are resolved, if not its own.

    Attributes:
        path: The file to which they are relative; it need not exist.
        root: The folder that they must not lead out of.
    """

    path: Path
    root: Path


@dataclass(frozen=True, slots=True)
class Article:
    """The metadata of an article; its body is read when it is opened. All text is free of control characters.

    Attributes:
        id: 16 hexadecimal digits, stable as long as the file is not moved.
        path: The file.
        root: The folder of the archive (for a single file, its parent folder).
        title: Never empty: taken from the header, the leading heading, the file name, or the first line, else
            “Untitled” in the language in use.
        date: With the offset that the file states, naive if it states none; None if there is no date. `wall_clock`
            converts it for display.
        author: The author, or empty.
        categories: The category path, outermost first, from the front matter or else from the folders.
        tags: The tags of the front matter.
        url: The original URL, or empty.
        addresses: URLs besides `url`: the canonical one, those for sharing, and the one that the page was saved from.
        names: Other names that links use: permalinks (with a slash), slugs, aliases, ids.
        site_blocks: The boilerplate of its site, as learned by the index; empty for a page opened alone.
        format: The markup format of the body.
        size: The size of the file in bytes.
        warnings: Warnings about the file.
        is_untitled: Whether its title is “Untitled”; the index, which has no language, then stores an empty title.
        base: The place given with `--base` for a text from standard input, else None.
    """

    id: str
    path: Path
    root: Path
    title: str
    date: datetime | None
    author: str
    categories: tuple[str, ...]
    tags: tuple[str, ...]
    url: str
    format: BodyFormat
    size: int
    warnings: tuple[FileWarning, ...] = ()
    addresses: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    site_blocks: frozenset[int] = frozenset()
    is_untitled: bool = False
    base: LinkBase | None = None

    @property
    def local_day(self) -> str:
        """The day of `wall_clock`, such as `2021-11-10`; empty without a date."""
        return f"{wall_clock(self.date):%Y-%m-%d}" if self.date is not None else ""

    @property
    def source(self) -> str:
        """The publisher: the second category (金融 › 财联社 › 深度), or else the author, or else the host."""
        if len(self.categories) > 1:
            return self.categories[1]
        return self.author or self.url.partition("://")[2].partition("/")[0]
