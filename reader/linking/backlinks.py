"""Backlinks and outgoing links of an article, and mentions of its title without a link."""

import os
from collections.abc import Callable, Iterator, Sequence
from itertools import islice

from reader.archive.article import Article
from reader.document.sentences import sentences
from reader.document.text_folding import fold
from reader.index.index import Index
from reader.index.link_names import article_keys
from reader.index.schema import VALUES_AT_ONCE, chunks
from reader.index.tokens import LEAF_SEPARATOR
from reader.lean_dataclasses import dataclass
from reader.linking.destination import Destination, DestinationKind
from reader.linking.resolver import Resolver
from reader.search.excerpt import hits_pattern
from reader.search.index_search import IndexSearch
from reader.search.query_tree import Field, Words

MOST = 500
"""Maximum number of articles that are listed."""

_LONGEST_SENTENCE = 300
"""Maximum number of characters of a sentence that is shown."""

_SHORTEST_TITLE = 2
_SHORTEST_LATIN_TITLE = 5
"""Minimum number of characters of a title that is looked for; shorter ones are ordinary words."""


@dataclass(frozen=True, slots=True)
class Backlink:
    """A place in another article that links to an article or mentions it.

    Attributes:
        article: The other article.
        text: The linked or matching text.
        sentence: The sentence around it, on one line.
        target: The target of the link; empty for a mention.
    """

    article: Article
    text: str
    sentence: str
    target: str = ""


_Place = tuple[int, int, int, str]
"""Where a link is: the number of its leaf, its start and end, and its target."""


def linked_from(indexes: Sequence[Index], resolver: Resolver, article: Article, most: int = MOST) -> list[Backlink]:
    """The places that link to an article, newest article first; the first link of each of up to `most` articles."""
    return [
        _backlink(one, index.text(key).split(LEAF_SEPARATOR), leaf, (start, end), target)
        for index, key, one, (leaf, start, end, target) in islice(_leading_to(indexes, resolver, article), most)
    ]


def linking_ids(indexes: Sequence[Index], resolver: Resolver, article: Article) -> set[str]:
    """The ids of all articles that link to an article."""
    return {one.id for _index, _key, one, _place in _leading_to(indexes, resolver, article)}


def _leading_to(
    indexes: Sequence[Index], resolver: Resolver, article: Article
) -> Iterator[tuple[Index, int, Article, _Place]]:
    """The articles with a link that leads to `article`, newest first, each with its first such link."""
    for index in indexes:
        rows: dict[int, list[_Place]] = {}
        names = _names(indexes, article)
        if index.archive.root == article.root:
            for key, leaf, start, end, target in resolver.own_host_links(index).naming(names):
                rows.setdefault(key, []).append((leaf, start, end, target))
        for some in chunks(names, VALUES_AT_ONCE):
            for key, leaf, start, end, target in index.rows(
                f"SELECT key, leaf, start, end, target FROM link WHERE name IN ({','.join('?' * len(some))})"
                " ORDER BY key DESC, number",
                some,
            ):
                rows.setdefault(key, []).append((leaf, start, end, target))
        for places in rows.values():
            places.sort()
        yield from ((index, *found) for found in _leading_in(index, resolver, article, rows))


def _leading_in(
    index: Index, resolver: Resolver, article: Article, rows: dict[int, list[_Place]]
) -> Iterator[tuple[int, Article, _Place]]:
    """Like `_leading_to`, for one index; `rows` has the links that may lead to `article`, by linking article's key."""
    for some in chunks(sorted(rows, reverse=True), VALUES_AT_ONCE):
        articles = {key: one for key, one in index.articles(some).items() if one.id != article.id}
        asked = [(one, [target for *_place, target in rows[key]]) for key, one in articles.items()]
        led = dict(zip(articles, resolver.for_articles(asked), strict=True))
        for key in sorted(articles, reverse=True):
            places = zip(rows[key], led[key], strict=True)
            first = next((place for place, found in places if found.article_id == article.id), None)
            if first is not None:
                yield key, articles[key], first


def links_to(
    indexes: Sequence[Index], resolver: Resolver, article: Article, read: Callable[[Destination], Article | None]
) -> list[Article]:
    """The articles that an article links to, in the order of its links; `read` opens one that no index has."""
    for index in indexes:
        if (there := index.article(article.id)) is None:
            continue
        rows = index.rows("SELECT target FROM link WHERE key = ? ORDER BY number", (there[0],))
        led = resolver.destinations(article, [target for (target,) in rows])
        others = (one for one in led if one.article_id != article.id and one.kind is DestinationKind.ARTICLE)
        found = (read(one) for one in {one.article_id or str(one.path): one for one in others}.values())
        return [one for one in islice(found, MOST) if one is not None]
    return []


def mentions(indexes: Sequence[Index], resolver: Resolver, article: Article, most: int = MOST) -> list[Backlink]:
    """The first mention of an article's title in each other article that does not link to it, newest first."""
    title = article.title.strip()
    if len(title) < (_SHORTEST_LATIN_TITLE if title.isascii() else _SHORTEST_TITLE):
        return []
    words = Words(title, exact=True)
    pattern = hits_pattern([words])
    if pattern is None:
        return []
    linking = {one.article.id for one in linked_from(indexes, resolver, article)}
    found: list[Backlink] = []
    for index in indexes:
        search = IndexSearch(index, lambda _asked: ())
        keys = search.newest(words, most)
        titled = set(search.newest(Words(title, exact=True, field=Field.TITLE), most))
        articles = index.articles(keys)
        for key in keys:
            one = articles.get(key)
            if one is None or one.id == article.id or one.id in linking:
                continue
            leaves = index.text(key).split(LEAF_SEPARATOR)
            for leaf, text in enumerate(leaves):
                folded = fold(text)
                if (hit := pattern.search(folded.text)) is not None:
                    place = (folded.source(hit.start(), ends=False), folded.source(hit.end(), ends=True))
                    found.append(_backlink(one, leaves, leaf, place))
                    break
            else:
                # A match in the title alone.
                if key in titled:
                    found.append(Backlink(one, title, one.title))
    return found[:most]


def _backlink(article: Article, leaves: Sequence[str], leaf: int, place: tuple[int, int], target: str = "") -> Backlink:
    """A place in the text of an article, with its sentence."""
    line = leaves[leaf] if leaf < len(leaves) else ""
    start, end = place
    around = next(((first, last) for first, last in sentences(line) if first <= start < last), (0, len(line)))
    if around[1] - around[0] > _LONGEST_SENTENCE:
        first = max(around[0], start - _LONGEST_SENTENCE // 3)
        around = (first, min(around[1], first + _LONGEST_SENTENCE))
    return Backlink(article, " ".join(line[start:end].split()), " ".join(line[around[0] : around[1]].split()), target)


def _names(indexes: Sequence[Index], article: Article) -> set[int]:
    """The numbers of the names by which links find an article; from its metadata if it is not indexed."""
    statement = "SELECT n.name FROM article a JOIN address n ON n.key = a.key WHERE a.id = ?"
    if stored := {name for index in indexes for (name,) in index.rows(statement, (article.id,))}:
        return stored
    inner = os.path.relpath(article.path, article.root).replace(os.sep, "/")
    return article_keys(inner, article.title, "\n".join((article.url, *article.addresses)), "\n".join(article.names))
