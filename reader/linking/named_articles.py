"""The articles that links may mean, found by the names in the links."""

from collections.abc import Iterable
from typing import TypeVar

from reader.archive.article import Article
from reader.index.index import Index
from reader.index.link_names import INDEX_STEMS, address_key, fold, name_key, without_suffix
from reader.linking.link_candidates import Candidate, Parts, candidates_by_name
from reader.linking.link_matching import name_rank
from reader.linking.saved_copies import best_copy

_Key = TypeVar("_Key")

MOST_RANKED = 100
"""The number of articles with one name up to which all are compared with a link; beyond it, only the nearest are."""

_NEAR = 50
"""Maximum number of articles in each group of nearest ones, for a name that more than `MOST_RANKED` articles have."""


class NamedArticles:
    """Finds articles by the numbers of their names, by their paths and, in each archive, by their web addresses.

    Attributes:
        by_path: The articles by their paths relative to the root.
    """

    def __init__(
        self,
        by_name: dict[int, list[Candidate]],
        by_path: dict[str, Candidate],
        by_address: list[dict[int, list[Candidate]]],
    ) -> None:
        self.by_path = by_path
        self._by_name = by_name
        self._by_address = by_address
        self._at_address: dict[str, Candidate | None] = {}
        self._groups: dict[int, _Namesakes] = {}

    def of(self, places: Iterable[Parts | None], folder: Parts) -> list[Candidate]:
        """The articles that any of these paths may mean when it stands in an article of `folder`.

        Of very many articles with one name, return only some: those whose folder has the name that the path states,
        those in `folder` and the folders around it, and those nearest to the root.
        """
        found: dict[str, Candidate] = {}
        for place in places:
            for name in names_of(place):
                found.update({one.path: one for one in self._group(name).near(place or (), folder)})
        return list(found.values())

    def only(self, place: Parts) -> Candidate | None:
        """The article whose path ends with the path `place`; None if there is none, or more than one."""
        found = {one.path: one for name in names_of(place) for one in self._group(name).ending(place)}
        return next(iter(found.values())) if len(found) == 1 else None

    def at_address(self, folded: str) -> Candidate | None:
        """The article with a folded web address, in the first archive that has one."""
        if folded not in self._at_address:
            having = [
                [one for one in found.get(address_key(folded), ()) if folded and folded in one.web]
                for found in self._by_address
            ]
            first = next(filter(None, having), None)
            self._at_address[folded] = best_copy(first, folded) if first else None
        return self._at_address[folded]

    def _group(self, name: int) -> "_Namesakes":
        if name not in self._groups:
            self._groups[name] = _Namesakes(self._by_name.get(name, []))
        return self._groups[name]


class _Namesakes:
    """The articles that share a name."""

    def __init__(self, articles: list[Candidate]) -> None:
        self._articles = articles
        self._files: dict[str, list[Candidate]] = {}
        self._by_last_folder: dict[str, list[Candidate]] = {}
        self._by_folder: dict[Parts, list[Candidate]] = {}
        for one in articles:
            _add(self._files, one.parts[-1], one, 2)
        if len(articles) > MOST_RANKED:
            self._articles = sorted(articles, key=lambda one: (len(one.parts), one.is_hidden, one.path))
            for one in self._articles:
                _add(self._by_folder, one.parts[:-1], one)
                for folder in {*one.folders[-1:], *one.folded[-2:-1]}:
                    _add(self._by_last_folder, folder, one)

    def ending(self, place: Parts) -> list[Candidate]:
        """The articles whose paths end with the path `place`; perhaps not all of them if very many share the name."""
        if len(place) == 1:
            return self._files.get(place[0], [])
        near = self._articles
        if self._by_last_folder:
            near = self._by_last_folder.get(fold(place[-2]), [])
            # A full group may lack some articles.
            near = near if len(near) < _NEAR else []
        return [one for one in near if one.parts[-len(place) :] == place]

    def near(self, place: Parts, folder: Parts) -> list[Candidate]:
        """The articles that are compared with a path in an article of `folder`."""
        if len(self._articles) <= MOST_RANKED:
            return self._articles
        found: list[Candidate] = []
        for stated in place[-3:-1]:
            found += self._by_last_folder.get(fold(stated), [])
        for length in range(len(folder), max(len(folder) - _NEAR, -1), -1):
            around = self._by_folder.get(folder[:length], [])
            found += around
            if len(found) >= MOST_RANKED:
                break
        return found + self._articles[:_NEAR]


def _add(groups: dict[_Key, list[Candidate]], key: _Key, article: Candidate, most: int = _NEAR) -> None:
    """Add an article to the group of a key, unless the group has `most`."""
    group = groups.setdefault(key, [])
    if len(group) < most:
        group.append(article)


def articles_called(indexes: Iterable[Index], name: str, most: int = 50) -> list[Article]:
    """Up to `most` articles with a name or title, ignoring case; in any folder unless the name states one."""
    parts = tuple(fold(part) for part in name.strip().strip("/").split("/") if part)
    if not parts:
        return []
    keys = {name_key(without_suffix(parts[-1])), name_key(name)}
    found: list[Article] = []
    for index in indexes:
        under = {one.key: one for group in candidates_by_name(index, keys).values() for one in group}
        meant = [
            key
            for key, one in under.items()
            if name_rank(one, parts, ()) is not None or fold(one.title) == fold(name.strip())
        ]
        found += index.articles(meant[:most]).values()
    return found[:most]


def names_of(place: Parts | None) -> list[int]:
    """The numbers of the names that a path may mean; an index file has the name of its folder."""
    if place is None:
        return []
    if not place:
        return [name_key(stem) for stem in INDEX_STEMS]
    last = without_suffix(place[-1])
    return [name_key(place[-2] if fold(last) in INDEX_STEMS and len(place) > 1 else last)]
