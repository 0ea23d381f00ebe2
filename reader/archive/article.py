"""An article as the archive knows it: where it lies and what its front matter says."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from reader.document.body import BodyFormat
from reader.language import translated


@dataclass(frozen=True, slots=True)
class Fault:
    """Something in a file that could not be read as it was meant, and what was made of it.

    Attributes:
        path: The file or folder.
        message: What is wrong and what was made of it, one line; a `LazyMessage`, so that whoever reads it
            reads it in their language.
        line: The line of the file, counted from 1, or None.
    """

    path: Path
    message: str
    line: int | None = None

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}" if self.line is not None else str(self.path)
        return f"{place}: {translated(self.message)}"


@dataclass(frozen=True, slots=True)
class Article:
    """One article's metadata; its body is read when it is opened. All text is clean.

    Attributes:
        id: 16 hexadecimal digits, the same at every start as long as the file stays where it is.
        path: The file.
        root: The archive it was found in (for a file given by itself, its folder).
        title: Never empty: from the header, a heading above all else, the file's name, or the first line.
        date: Without a time zone where the file names none: the same day everywhere. None where it has no date.
        author: Or empty.
        categories: The path from the outermost inwards, from the front matter or else from the folders.
        tags: As the front matter has them.
        url: Where the article came from, or empty.
        addresses: Its other addresses on the web, without `url`: canonical, shared, saved from.
        format: What the body is written in.
        size: Of the file, in bytes.
        faults: What could not be read as it was meant.
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
    faults: tuple[Fault, ...] = ()
    addresses: tuple[str, ...] = ()

    @property
    def source(self) -> str:
        """Who published it: the second category (金融 › 财联社 › 深度), without one the author, else the host."""
        if len(self.categories) > 1:
            return self.categories[1]
        return self.author or self.url.partition("://")[2].partition("/")[0]
