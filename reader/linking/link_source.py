"""The article that contains a link, and the paths that its links may mean."""

import os
from collections.abc import Iterator
from pathlib import Path

from reader.archive.article import Article
from reader.archive.contents import is_book
from reader.document.body import BodyFormat
from reader.document.web_addresses import folded_address, join_address
from reader.index.link_names import INDEX_STEMS, fold, without_suffix
from reader.lean_dataclasses import dataclass
from reader.linking.link_candidates import Parts
from reader.linking.link_targets import Target, TargetKind
from reader.regex import regex

_WIKI_FOLDER = regex(r"^(?:\./|\.\./wiki/)+")
"""The folder of the pages of a wiki, relative to a page."""


@dataclass(frozen=True, slots=True)
class Source:
    """The article that contains a link.

    Attributes:
        path: Its file.
        root: The folder of its archive.
        article_id: Its id.
        parts: The parts of its path relative to the root.
        url: The web address that it was saved from, if its relative links may lead there; else empty.
        permalinks: The paths on the site that it states, to which its relative links may be relative.
        is_file: Whether it is the file at `path`; a text from standard input is only placed there for its links.
    """

    path: Path
    root: Path
    article_id: str
    parts: Parts
    url: str
    permalinks: tuple[str, ...] = ()
    is_file: bool = True

    @classmethod
    def of(cls, article: Article, root: Path) -> "Source":
        """Return the source of an article's links, which refer to files below `root`."""
        path = article.path if article.base is None else article.base.path
        inner = os.path.relpath(path, root)
        # Only saved pages keep their links unchanged; those of books lead within the book.
        is_page = article.format is BodyFormat.HTML and not is_book(path)
        url = article.url if is_page else ""
        parts = tuple(inner.replace(os.sep, "/").split("/"))
        # Hugo makes a folder of a slug.
        permalinks = tuple(name if name[0] == "/" else f"/{name}/" for name in article.names if "/" in name)
        return cls(path, root, article.id, parts, url, permalinks, article.base is None)

    @property
    def folder(self) -> Parts:
        """The folder of the article."""
        return self.parts[:-1]

    def folders_shared(self, parts: Parts) -> int:
        """The number of folders at the beginning that the path of another article shares with this one."""
        pairs = enumerate(zip(parts, self.parts, strict=False))
        return next((place for place, (first, second) in pairs if first != second), 0)

    def places(self, target: Target, *, as_page: bool = False) -> list[Parts | None]:
        """The paths relative to the root that a target may mean, best first; None if one leads out of the archive.

        With `as_page`, the target is relative to the page that is generated from the file, rather than to the file.
        """
        if target.kind is TargetKind.TITLE:
            return [(target.place,)]
        if target.kind is TargetKind.NAME or is_of_site(target):
            place = normal((), target.place.lstrip("@"))
            if target.kind is TargetKind.NAME and place and fold(without_suffix(place[-1])) in INDEX_STEMS:
                return [place, (*self.folder, *place)]
            return [place]
        name = without_suffix(self.parts[-1])
        page = self.folder if fold(name) in INDEX_STEMS else (*self.folder, name)
        spellings = dict.fromkeys((target.place, target.raw_place))
        # Relative to the file, to the page generated from it, and to the root.
        bases = (page, self.folder, ()) if as_page else (self.folder, page, ())
        return [normal(base, place) for base in dict.fromkeys(bases) for place in spellings]


def addresses_of(source: Source, target: Target) -> Iterator[str]:
    """The folded web addresses that a target may mean."""
    if target.kind is TargetKind.WEB:
        yield folded_address(target.place)
    elif target.kind is TargetKind.PATH and target.place and source.url:
        yield folded_address(join_address(source.url, target.raw_place) or "")


def is_of_site(target: Target) -> bool:
    """Whether a path is relative to the site: it begins with a slash, in Zola with `@/`."""
    return target.place.startswith(("/", "@/"))


def names_index(place: str) -> bool:
    """Whether a path names a folder: it ends with a slash or with the name of an index file."""
    return place.endswith("/") or fold(without_suffix(place.rpartition("/")[2])) in INDEX_STEMS


def wiki_page(place: str) -> str:
    """The page of a wiki that a path names; empty if it names none.

    All pages of a wiki of GitHub have addresses in one folder, `wiki`, whatever the folders of their files, and names
    with hyphens for blanks.
    """
    page = _WIKI_FOLDER.sub("", place)
    return "" if "/" in page or page in (".", "..") or names_index(page) else page.replace(" ", "-")


def normal(base: Parts, place: str) -> Parts | None:
    """A path below `base` without `.` and `..`; None if it leads out of the archive."""
    parts = list(base)
    for part in place.replace("\\", "/").split("/"):
        if part == "..":
            if not parts:
                return None
            parts.pop()
        elif part not in ("", "."):
            parts.append(part)
    return tuple(parts)
