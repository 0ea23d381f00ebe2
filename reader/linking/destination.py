"""Where a link leads."""

from enum import StrEnum
from pathlib import Path

from reader.lean_dataclasses import dataclass


class DestinationKind(StrEnum):
    """The kinds of places that a link may lead to."""

    HERE = "here"
    ARTICLE = "article"
    WEB = "web"
    MAIL = "mail"
    FILE = "file"
    MISSING = "missing"
    UNSAFE = "unsafe"


@dataclass(frozen=True, slots=True)
class Destination:
    """Where a link leads.

    Attributes:
        kind: HERE is a place in the same article, ARTICLE another article of the archives, WEB and MAIL an address for
            another program, FILE a file of the archive that is not an article (a picture, a PDF) or a picture
            inside a file, MISSING an article or file that does not exist in the archive, UNSAFE an address that is
            shown but never opened: that of a program, a script, or a file outside the archive.
        address: The address for display, cleaned and of limited length, its host in Punycode if that may imitate
            another one. For WEB and MAIL, and for an article that declares the URL of the link, `url` is the address to
            open.
        url: The address for another program; empty if there is none.
        path: The article's or file's path; None for others.
        article_id: The id of an indexed article; empty for others.
        fragment: The place within the article: a heading's slug or text, an id, or `^block`; empty for its beginning.
        looked_for: What was looked for, for a message; empty unless MISSING or UNSAFE.
        is_archived: Whether the link is the URL of an archived article, so that the article or the page can be opened.
        is_outside: Whether it is UNSAFE because it is the path of a file outside the archive.
        root: The root of the linking article's archive, if the file is in no index; else None.
        part: The name of a picture inside the file at `path`, see `PictureFile.part`; empty for the file itself.
    """

    kind: DestinationKind
    address: str
    url: str = ""
    path: Path | None = None
    article_id: str = ""
    fragment: str = ""
    looked_for: str = ""
    is_archived: bool = False
    is_outside: bool = False
    root: Path | None = None
    part: str = ""
