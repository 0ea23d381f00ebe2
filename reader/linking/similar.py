"""The articles most similar to an article: those that share its heaviest terms, by BM25.

Terms are words and pairs of characters, as in the full-text index. The number of articles with a term is only counted
up to a limit, because a term of most articles is not informative. Each term is looked up once, in the order in which
the article uses it, so the time depends on the number of terms, and hardly on the number of articles.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from heapq import nlargest
from math import log
from operator import itemgetter

from reader.archive.article import Article
from reader.index.index import Index
from reader.index.schema import chunks
from reader.index.tokens import LEAF_SEPARATOR, tokens
from reader.lean_dataclasses import dataclass

_READ = 60_000
"""The number of characters of an article from which its terms are taken."""
_MOST_TERMS = 100
"""Maximum number of terms that are looked up."""
_HEAVIEST = 40
"""Maximum number of terms that count."""
_IN_TITLE = 4
"""How many times a term of the title counts."""
_MOST_ARTICLES = 1_500
"""A term in this many articles is too frequent to be informative."""
_WEIGHED = 400
"""Number of articles, those with the highest sums of weights, whose lengths are taken into account."""
_K1, _B = 1.2, 0.6
"""The parameters of BM25: saturation, and the influence of length."""


@dataclass(frozen=True, slots=True)
class SimilarArticle:
    """An article like another one; a higher score means more alike, 1 would be an identical text."""

    article: Article
    score: float


def similar(indexes: Sequence[Index], article: Article, limit: int = 10) -> list[SimilarArticle]:
    """The articles most like an article, best first, without itself and its copies; empty if it is not indexed."""
    home = next(((index, found[0]) for index in indexes if (found := index.article(article.id)) is not None), None)
    if home is None:
        return []
    return similar_to_text(indexes, home[0].text(home[1]), article.title, limit, without=article)


def similar_to_text(
    indexes: Sequence[Index], text: str, title: str, limit: int = 10, *, without: Article | None = None
) -> list[SimilarArticle]:
    """The articles most similar to a text, whose leaves are separated by NUL; none is `without` or a copy of it."""
    counts = Counter(_terms(text[:_READ]))
    for term in _terms(title):
        counts[term] += _IN_TITLE
    found: list[SimilarArticle] = []
    for index in indexes:
        found += _similar_in(index, counts, limit, _copies(index, without))
    return sorted(found, key=lambda one: -one.score)[:limit]


def _terms(text: str) -> list[str]:
    """The terms of a text: words, and pairs of characters of scripts without spaces."""
    return [
        term
        for term in tokens(text.replace(LEAF_SEPARATOR, "\n")).text.split()
        if len(term) > 1
        and "·" not in term
        and "¶" not in term
        and not term.isdigit()
        and (not term.isascii() or len(term) > 2)
    ]


def _similar_in(index: Index, counts: Counter[str], limit: int, without: set[int]) -> list[SimilarArticle]:
    total = index.shown()
    least_telling = min(_MOST_ARTICLES, max(10, total // 4))
    weighed: list[tuple[float, list[int]]] = []
    whole = 0.0
    for term, count in counts.most_common(_MOST_TERMS):
        keys = _articles_with(index, term, least_telling)
        if len(keys) >= least_telling:
            continue
        rarity = log(1 + (total - len(keys) + 0.5) / (len(keys) + 0.5))
        weight = rarity * count * (_K1 + 1) / (count + _K1)
        whole += weight
        if len(keys) > 1:
            weighed.append((weight, keys))
    weighed.sort(key=lambda pair: -pair[0])
    scores: defaultdict[int, float] = defaultdict(float)
    for weight, keys in weighed[:_HEAVIEST]:
        for key in keys:
            scores[key] += weight
    for key in without:
        scores.pop(key, None)
    best = nlargest(_WEIGHED, scores.items(), key=itemgetter(1))
    return _ranked(index, best, whole, limit)


def _articles_with(index: Index, term: str, most: int) -> list[int]:
    """The keys of up to `most` articles with a term in their title or body."""
    match = '{title body} : "' + term.replace('"', '""') + '"'
    return [key for (key,) in index.rows("SELECT rowid FROM words WHERE words MATCH ? LIMIT ?", (match, most))]


def _ranked(index: Index, scored: list[tuple[int, float]], whole: float, limit: int) -> list[SimilarArticle]:
    """The best articles; of two with the same terms, the shorter one scores higher."""
    lengths: dict[int, int] = {}
    for some in chunks((key for key, _score in scored), 400):
        marks = ",".join("?" * len(some))
        statement = f"SELECT key, length FROM article WHERE hidden = 0 AND key IN ({marks})"
        lengths.update({key: length or 0 for key, length in index.rows(statement, some)})
    mean = sum(lengths.values()) / max(1, len(lengths))
    ranked = sorted(
        (
            (score / (1 - _B + _B * max(0.3, lengths[key] / max(1.0, mean))) ** 0.5, key)
            for key, score in scored
            if key in lengths
        ),
        reverse=True,
    )[:limit]
    articles = index.articles(key for _score, key in ranked)
    return [SimilarArticle(articles[key], score / max(whole, 1e-9)) for score, key in ranked if key in articles]


def _copies(index: Index, article: Article | None) -> set[int]:
    """The keys of an article and its copies."""
    if article is None:
        return set()
    rows = index.rows(
        "SELECT o.key FROM article a JOIN article o ON coalesce(o.same_as, o.id) = coalesce(a.same_as, a.id)"
        " WHERE a.id = ?",
        (article.id,),
    )
    return {key for (key,) in rows}
