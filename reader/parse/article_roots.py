"""Selection of the elements of a web page that contain its article.

The method is that of Mozilla's Readability. Paragraphs give points to the elements around them, for their length and
their commas; links reduce these points. The element with the most points is the article, together with the siblings
that continue it.
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from reader.parse.html_class_names import ARTICLE_IDS, START_SCORES, name_weight
from reader.parse.html_vocabulary import BLOCKS, names
from reader.parse.page_tree import PageElement

_SHORTEST = 25
"""The minimum amount of text that counts as a paragraph."""
_NAMED_SHARE = 0.15
"""The share of the page's text from which an element named as an article gets the full score for its name. Teasers have
a smaller share, and get a part of the score."""
_NAMED_PART = 0.4
"""Of nested elements with ids of articles, the innermost counts that has this share of the text of the outermost."""
_ENOUGH, _MUCH, _MOST_LINKED = 500, 0.2, 0.4
"""An `article` is shown in full if at least this amount and this share of its text would otherwise be left out, and if
links make up at most the last of these shares."""
_ANCESTORS = 6
"""The number of elements, from the paragraph outwards, that get points for it."""
_NO_PARAGRAPH = names("h1 h2 h3 h4 h5 h6 figcaption legend summary address")
_HEADINGS = names("h2 h3 h4 h5 h6")
_IN_PARENT = names("p pre li td dd dt blockquote")
"""Elements that get no points for their own text, but give them to their parents."""
_ENDS = frozenset(".!?…")
"""Marks that end a sentence; the full stops of Chinese and Japanese are counted with the commas."""
_BESIDE = names("p pre blockquote div section ul ol table figure")


def article_roots(page: Sequence[PageElement]) -> list[PageElement]:
    """Return the elements that contain the article, in document order."""
    if named := _named(page):
        return [named]
    scored = _scored(page)
    if not scored:
        marked = [element for element in page if element.tag in ("article", "main") and element.text]
        return marked if len(marked) == 1 else []
    best = _climb(_shared(scored), scored)
    return _widened(_with_siblings(best), page)


def _named(page: Sequence[PageElement]) -> PageElement | None:
    """Return the element with an id that only the text of an article has; None if several have one and are not nested.

    A box around the text may have such an id as well, so the innermost element with a large part of its text is taken.
    """
    if ARTICLE_IDS.isdisjoint(" ".join({element.names for element in page}).lower().split()):
        return None
    found = [element for element in page if element.names and not ARTICLE_IDS.isdisjoint(element.names.lower().split())]
    if not all(inner.has_ancestor(outer) for outer, inner in pairwise(found)):
        return None
    inner = next((one for one in reversed(found) if one.plain >= _NAMED_PART * found[0].plain), found[0])
    return inner if inner.plain >= _SHORTEST else None


def _widened(roots: list[PageElement], page: Sequence[PageElement]) -> list[PageElement]:
    """Return `roots`, or the page's only `article` element if it contains them and much other text."""
    article = next((one for one in roots[0].ancestors() if one.tag == "article"), None)
    if article is None or article.link_density > _MOST_LINKED:
        return roots
    if article.plain - sum(root.plain for root in roots) < max(_ENOUGH, _MUCH * article.plain):
        return roots
    others = (one for one in page if one.tag == "article" and one.plain >= _SHORTEST and not one.has_ancestor(article))
    return roots if any(not article.has_ancestor(one) for one in others) else [article]


def _scored(page: Sequence[PageElement]) -> list[PageElement]:
    """Return the elements that contain paragraphs, the most likely first."""
    scored: dict[int, PageElement] = {}
    large = max(1.0, _NAMED_SHARE * page[0].plain)
    for element in page:
        plain = element.flow - element.flow_links
        if plain < _SHORTEST or element.tag not in BLOCKS or element.tag in _NO_PARAGRAPH:
            continue
        points = (1 + min(element.flow / 100, 4) + min(element.own_pauses, 10)) * plain / element.flow
        above = element.parent if element.tag in _IN_PARENT else element
        for level in range(_ANCESTORS):
            if above is None:
                break
            if id(above) not in scored:
                scored[id(above)] = above
                weight = name_weight(above.names)
                above.score = START_SCORES.get(above.tag, 0) + min(weight, weight * above.plain / large)
            above.score += points / (1, 2, 6, 9, 12, 15)[level]
            above = above.parent
    for element in scored.values():
        element.score *= 1 - element.link_density
    return sorted(scored.values(), key=lambda element: -element.score)


def _shared(scored: Sequence[PageElement]) -> PageElement:
    """Return the best element, or an element that contains it together with two others that are nearly as good."""
    best = scored[0]
    good = [element for element in scored[:_ANCESTORS] if element.score >= 0.75 * best.score]
    above = best.parent
    while len(good) > 2 and above is not None and above.tag != "body":
        if sum(element.has_ancestor(above) for element in good) > 2:
            return above
        above = above.parent
    return best


def _climb(best: PageElement, scored: Iterable[PageElement]) -> PageElement:
    """Return `best`, or an ancestor of it that scores more or contains nothing else."""
    have_scores = {id(element) for element in scored}
    most, above = best.score, best.parent
    least = most / 3
    while above is not None and above.tag != "body":
        score = above.score if id(above) in have_scores else 0.0
        if score > most:
            best = above
            break
        if score < least:
            break
        above = above.parent
    while (above := best.parent) is not None and above.tag != "body" and _is_only_child(best, above):
        best = above
    return best


def _is_only_child(element: PageElement, parent: PageElement) -> bool:
    others = (child for child in parent.children if not child.omitted and (child.text or child.media))
    return all(child is element for child in others)


def _with_siblings(best: PageElement) -> list[PageElement]:
    """Return `best` and the elements beside it that continue the article."""
    if best.parent is None:
        return [best]
    beside = best.parent.children
    kept = [
        child is best or (not child.omitted and _continues(child, best, max(10.0, 0.2 * best.score)))
        for child in beside
    ]
    first, last = kept.index(True), len(kept) - 1 - kept[::-1].index(True)
    return [
        child
        for place, child in enumerate(beside)
        if kept[place] or (first < place < last and not child.omitted and _is_short_text(child))
    ]


def _is_short_text(child: PageElement) -> bool:
    """Whether an element is a heading or a short paragraph, which scores nothing by itself."""
    return (child.tag in _HEADINGS or child.tag == "p") and child.text > 0 and child.link_density < 0.3


def _continues(child: PageElement, best: PageElement, least: float) -> bool:
    bonus = 0.2 * best.score if child.names and child.names == best.names else 0.0
    density = child.link_density
    if child.score + bonus >= least and density < 0.3:
        return True
    if child.tag not in _BESIDE or density >= 0.25:
        return False
    if child.text > 80:
        return child.tag in ("p", "pre") or (child.pauses > 2 and name_weight(child.names) >= 0)
    return child.tag == "p" and density == 0 and (child.pauses > 0 or child.inner_text().rstrip()[-1:] in _ENDS)
