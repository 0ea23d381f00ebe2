"""Extraction of the article of a web page, without navigation, recommendations, comments and other parts of the site.

The method is that of Mozilla's Readability: paragraphs score for the elements around them by their length and their
commas, links count against it, the best element is the article, and blocks that consist of links leave it. Lengths
are counted as for Chinese and Japanese, and in doubt text is kept, because missing text is worse than
superfluous text.
"""

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet

from selectolax.lexbor import LexborHTMLParser

from reader.lean_dataclasses import dataclass
from reader.parse.html_class_names import (
    ARTICLE_IDS,
    SITE_ELEMENTS,
    START_SCORES,
    is_article_name,
    is_site_name,
    name_weight,
)
from reader.parse.html_tokens import HtmlToken, HtmlTokens, tokens_of
from reader.parse.html_vocabulary import BLOCKS, names
from reader.parse.page_cleaning import clean_article, holds_post, omit_headings_at_the_end
from reader.parse.page_headlines import (
    header_around,
    is_before,
    main_heading,
    omit_further_articles,
    show_heading_of_article,
)
from reader.parse.page_lists import PageParts, is_list_of_links, whole_list
from reader.parse.page_tree import PageElement, amount_of_text, measure, page_elements, shown
from reader.parse.pages import is_too_deep
from reader.parse.site_blocks import block_keys, omit_site_blocks
from reader.parse.site_rules import omit_by_rule, roots_by_rule, site_rule
from reader.parse.standfirsts import standfirst

_LARGE = 0.35
"""A part with this share of the page's plain text is not a sidebar, even if its name says so."""
_TOO_LITTLE = 0.25
"""An article without a typical name is doubtful if its share of the text, without parts of the site, is smaller."""
_MOSTLY_HIDDEN = 4
"""If a page hides this many times more text than it displays, a script is meant to show the text."""
_SHORTEST = 25
"""The minimum amount of text that counts as a paragraph."""
_NAMED_SHARE = 0.15
"""The share of the page's plain text from which the name of an article counts in full: teasers have it too."""
_ANCESTORS = 6
"""The number of elements above a paragraph for which it scores."""
_NO_PARAGRAPH = names("h1 h2 h3 h4 h5 h6 figcaption legend summary address")
_HEADINGS = names("h2 h3 h4 h5 h6")
_IN_PARENT = names("p pre li td dd dt blockquote")
"""Elements whose text scores for the parent only."""
_NEVER_SITE = names("body html article main p blockquote h1 h2 pre table")
_MAYBE_SITE = BLOCKS - _NEVER_SITE
_NO_SITE_FOOTER = names("article blockquote")
_NO_SITE_HEADER = names("article main section")
_BESIDE = names("p pre blockquote div section ul ol table figure")


@dataclass(frozen=True, slots=True)
class MainContent:
    """The article of a page.

    Attributes:
        tokens: Its tokens.
        omitted: The amount of text of the page outside it, in characters; Han, kana and Hangul count twice.
        is_doubtful: Whether it is so small a part of the page that it may be the wrong part.
    """

    tokens: HtmlTokens
    omitted: int
    is_doubtful: bool = False


def main_content(source: str, site_blocks: AbstractSet[int] = frozenset(), title: str = "") -> MainContent | None:
    """Return the article of a page; None if it has no paragraphs or is nested too deep.

    Args:
        source: Repaired HTML, so that parsing changes no text.
        site_blocks: The blocks that the page's site has on most pages, see `site_blocks.py`.
        title: The title of the article, which tells it from others on the page; empty if it is unknown.
    """
    parsed = _parsed(source)
    if parsed is None:
        return None
    tokens, removed = parsed
    with page_elements(tokens) as elements:
        return _main_content(elements, site_blocks, title, removed)


def _main_content(
    elements: list[PageElement], site_blocks: AbstractSet[int], title: str, removed: int
) -> MainContent | None:
    found = _found(elements, title)
    roots = found.roots
    if site_blocks:
        omit_site_blocks(roots, site_blocks)
    shown(found.page)
    plain = sum(root.plain for root in roots)
    if is_list_of_links(found, plain):
        root = whole_list(found)
        return MainContent(_tokens([root]), removed + found.everything - root.text)
    if not plain:
        return None
    is_doubtful = plain < _TOO_LITTLE * found.likely and not any(_is_sure(root) for root in roots)
    tokens, before = _shown_tokens(roots, found.page, found.displayed)
    omitted = removed + found.everything - sum(root.text for root in roots) - before
    return MainContent(tokens, max(0, omitted), is_doubtful)


def article_blocks(source: str) -> frozenset[int]:
    """Return the blocks of the article of a page, for learning those of the site; empty if there is no article."""
    parsed = _parsed(source)
    if parsed is None:
        return frozenset()
    with page_elements(parsed[0]) as elements:
        return block_keys(_found(elements).roots)


def _parsed(source: str) -> tuple[HtmlTokens, int] | None:
    """Return the tokens of the body after the end tags that the source lacks were added, and misplaced tags moved.

    Elements that are part of any site are left out; the number is the amount of text in them.
    """
    body = None if is_too_deep(source) else LexborHTMLParser(source).body
    if body is None:
        return None
    removed = 0
    for tag in SITE_ELEMENTS:
        # An element inside another one is removed before it.
        for element in reversed(body.css(tag)):
            removed += amount_of_text(element.text())
            element.decompose()
    return tokens_of(body.html or ""), removed


def _found(elements: list[PageElement], title: str = "") -> PageParts:
    displayed = page = _displayed(elements)
    everything, linked = elements[0].text, elements[0].links
    rule = site_rule(page)
    if rule is not None:
        omit_by_rule(page, rule)
    _omit_site(page, elements[0].plain)
    omit_further_articles(page, title)
    page = shown(page)
    likely, likely_linked = elements[0].plain, elements[0].links
    roots = roots_by_rule(page, rule, likely) if rule is not None else []
    roots = roots or _roots(page)
    for root in roots:
        clean_article(root)
    for root in roots[-1:]:
        omit_headings_at_the_end(root)
    return PageParts(page, roots, displayed, everything, linked, likely, likely_linked)


def _displayed(elements: list[PageElement]) -> list[PageElement]:
    """Return the elements that browsers display, or all if a script is to display most of the text."""
    everything = elements[0].text
    page = shown(elements)
    if everything > (_MOSTLY_HIDDEN + 1) * elements[0].text:
        for element in elements:
            element.omitted = False
        page = elements
        measure(page)
    return page


def _omit_site(page: Sequence[PageElement], whole: int) -> None:
    """Omit the elements that are part of the site by their name, unless they contain much of the text."""
    headline = header_around(main_heading(page))
    large = _LARGE * whole
    for element in page:
        tag = element.tag
        if element.parent is not None and element.parent.omitted:
            element.omitted = True
        elif element is not headline and (
            (tag in _MAYBE_SITE and element.names and is_site_name(element.names))
            or (tag in ("footer", "aside") and not element.is_inside(_NO_SITE_FOOTER))
            or (tag == "header" and not element.is_inside(_NO_SITE_HEADER))
        ):
            element.omitted = element.plain < large and not holds_post(element)


def _is_sure(element: PageElement) -> bool:
    return element.tag == "article" or is_article_name(element.names)


# Selection


def _roots(page: Sequence[PageElement]) -> list[PageElement]:
    """Return the elements that contain the article, in document order."""
    named = [element for element in page if element.names and not ARTICLE_IDS.isdisjoint(element.names.lower().split())]
    if len(named) == 1 and named[0].plain >= _SHORTEST:
        return named
    scored = _scored(page)
    if not scored:
        marked = [element for element in page if element.tag in ("article", "main") and element.text]
        return marked if len(marked) == 1 else []
    best = _climb(_shared(scored), scored)
    return _with_siblings(best)


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
    """Return the best element, or the element that contains it and two others that are nearly as good."""
    best = scored[0]
    good = [element for element in scored[:_ANCESTORS] if element.score >= 0.75 * best.score]
    above = best.parent
    while len(good) > 2 and above is not None and above.tag != "body":
        if sum(element.has_ancestor(above) for element in good) > 2:
            return above
        above = above.parent
    return best


def _climb(best: PageElement, scored: Iterable[PageElement]) -> PageElement:
    """Return an ancestor that scores more than `best`, or that contains nothing else."""
    have_scores = {id(element) for element in scored}
    last, above = best.score, best.parent
    least = last / 3
    while above is not None and above.tag != "body":
        score = above.score if id(above) in have_scores else 0.0
        if score > last:
            best = above
        if score < least or score > last:
            break
        last, above = score, above.parent
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
    return child.tag == "p" and density == 0 and child.pauses > 0


# Result


def _shown_tokens(
    roots: Sequence[PageElement], page: Sequence[PageElement], displayed: Sequence[PageElement]
) -> tuple[HtmlTokens, int]:
    """Return the tokens of the article, and the amount of text in a heading and a standfirst before it."""
    heading = main_heading(page) or show_heading_of_article(displayed)
    headline = header_around(heading) or heading
    before = [headline] if heading and headline and is_before(heading, roots) else []
    for root in before:
        clean_article(root)
    before += standfirst(displayed, roots, before[0] if before else None)
    return _tokens([*before, *roots]), sum(root.text for root in before)


def _tokens(roots: Iterable[PageElement]) -> HtmlTokens:
    found: list[HtmlToken] = []
    for root in roots:
        _add_tokens(root, found)
    return found


def _add_tokens(root: PageElement, found: list[HtmlToken]) -> None:
    """Add the tokens of an element, except those of omitted elements inside it."""
    tokens, at = root.tokens, root.first
    unseen = list(reversed(root.children))
    while unseen:
        element = unseen.pop()
        if not element.omitted:
            unseen += reversed(element.children)
            continue
        found += tokens[at : element.first]
        at = element.last + 1
        if following := tokens[element.last][3]:
            found.append(("", "", "", following))
    found += tokens[at : root.last]
    found.append((*tokens[root.last][:3], "\n"))
