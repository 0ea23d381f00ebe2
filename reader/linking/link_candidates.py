"""What a path of a link may mean: articles, with the names that decide among them, or a place outside."""

from collections.abc import Iterable
from functools import cached_property
from os import fsdecode, sep
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

from reader.document.web_addresses import folded_address
from reader.index.index import Index
from reader.index.link_names import INDEX_STEMS, fold, stems, without_suffix
from reader.index.schema import VALUES_AT_ONCE, chunks
from reader.lean_dataclasses import dataclass
from reader.regex import regex

Parts = tuple[str, ...]

_KNITTED = (".rmd", ".qmd")

_LEADING_DATE = regex(r"((?:19|20)\d\d)[-_.]?(\d{1,2})[-_.]?(\d{1,2})(?=\D|$)")


@dataclass(frozen=True)
class Candidate:
    """An article that a link may mean.

    Attributes:
        root: The folder of its archive.
        key: Its key in its index.
        article_id: Its id.
        path: Its path relative to the archive's root, with slashes.
        title: Its title.
        addresses: Its web addresses.
        names: Its permalinks, slugs and aliases.
        date: Its date as ISO 8601, or empty.
        category: Its categories, separated by newlines.
        is_hidden: Whether a longer copy is shown instead.
    """

    root: Path
    key: int
    article_id: str
    path: str
    title: str
    addresses: tuple[str, ...]
    names: tuple[str, ...]
    date: str
    category: str
    is_hidden: bool

    @cached_property
    def parts(self) -> Parts:
        """The parts of the path, as they are written."""
        return tuple(self.path.split("/"))

    @cached_property
    def folded(self) -> Parts:
        """The parts of the path without the suffix, folded."""
        return (*map(fold, self.parts[:-1]), fold(without_suffix(self.parts[-1])))

    @cached_property
    def folders(self) -> Parts:
        """The folders of the path, case-folded; without the last one if an index file represents it."""
        return self.folded[:-2] if self.is_index else self.folded[:-1]

    @cached_property
    def is_index(self) -> bool:
        """Whether the file represents its folder."""
        return len(self.parts) > 1 and self.folded[-1].partition(".")[0] in INDEX_STEMS

    @property
    def is_knitted(self) -> bool:
        """Whether R Markdown or Quarto converts the file to a page of the same name beside it."""
        return self.path.lower().endswith(_KNITTED)

    @cached_property
    def stems(self) -> Parts:
        """The folded spellings of the file's name, and of its folder for an index file; the most exact first."""
        own = [fold(stem) for stem in stems(self.parts[-1])]
        return tuple(own + ([fold(stem) for stem in stems(self.parts[-2])] if self.is_index else []))

    @cached_property
    def permalinks(self) -> frozenset[Parts]:
        """The paths on the site that the article states."""
        return frozenset(site_parts(name) for name in self.names if "/" in name)

    @cached_property
    def own_names(self) -> frozenset[str]:
        """Slugs, aliases and ids, folded."""
        return frozenset(fold(unquote(name)) for name in self.names if not name.startswith("/"))

    @cached_property
    def web(self) -> frozenset[str]:
        """The web addresses, folded."""
        return frozenset(filter(None, map(folded_address, self.addresses)))

    @cached_property
    def days(self) -> tuple[Parts, ...]:
        """The dates of the article as year, month and day: that in its file's name, and its own."""
        found = (_LEADING_DATE.match(written) for written in (self.parts[-1], self.date))
        return tuple(dict.fromkeys(tuple(str(int(number)) for number in one.groups()) for one in found if one))

    @cached_property
    def topics(self) -> frozenset[str]:
        """The categories, folded."""
        return frozenset(map(fold, filter(None, self.category.split("\n"))))


@dataclass(frozen=True, slots=True)
class LeadsOut:
    """A path that leads out of the archive.

    Attributes:
        place: The path as it is written.
    """

    place: str


def site_parts(place: str) -> Parts:
    """The folded parts of a path on a site; `index.html` and the suffix of a page do not count."""
    parts = [fold(part) for part in PurePosixPath(unquote(place)).parts if part not in ("/", ".")]
    if parts:
        parts[-1] = without_suffix(parts[-1])
        if parts[-1] in INDEX_STEMS:
            parts.pop()
    return tuple(parts)


def candidates_by_name(index: Index, names: Iterable[int]) -> dict[int, list[Candidate]]:
    """The articles of an index by the numbers of their names."""
    found: dict[int, list[Candidate]] = {}
    known: dict[int, Candidate] = {}
    for some in chunks(sorted(set(names)), VALUES_AT_ONCE):
        rows = index.rows(
            f"SELECT n.name, n.key, a.id, a.path, a.title, a.url, a.addresses, a.names, a.date, c.path, a.hidden"
            f" FROM address n JOIN article a ON a.key = n.key JOIN category c ON c.id = a.category"
            f" WHERE n.name IN ({','.join('?' * len(some))})",
            some,
        )
        for name, key, *values in rows:
            if key not in known:
                known[key] = _candidate(index.archive.root, key, values)
            found.setdefault(name, []).append(known[key])
    return found


def candidate_at(index: Index, paths: Iterable[str]) -> dict[str, Candidate]:
    """The articles at these paths relative to the archive's root, also those whose text is not indexed yet."""
    found: dict[str, Candidate] = {}
    encoded = [path.encode("utf-8", "surrogateescape") for path in paths]
    for some in chunks(encoded, VALUES_AT_ONCE):
        rows = index.rows(
            "SELECT a.key, a.id, a.path, a.title, a.url, a.addresses, a.names, a.date, c.path, a.hidden"
            " FROM article a JOIN category c ON c.id = a.category"
            f" WHERE a.path IN ({','.join('?' * len(some))})",
            some,
        )
        for key, *values in rows:
            one = _candidate(index.archive.root, key, values)
            found[one.path] = one
    return found


def _candidate(root: Path, key: int, values: "list[str | bytes | int | None]") -> Candidate:
    article_id, path, title, url, addresses, names, date, category, hidden = values
    return Candidate(
        root,
        key,
        str(article_id),
        fsdecode(path if isinstance(path, bytes) else b"").replace(sep, "/"),
        str(title),
        tuple(filter(None, (str(url), *str(addresses).split("\n")))),
        tuple(filter(None, str(names).split("\n"))),
        str(date or ""),
        str(category),
        bool(hidden),
    )
