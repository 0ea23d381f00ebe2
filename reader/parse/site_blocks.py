"""Boilerplate: blocks of text on many pages of a site, which are learned from the pages of an archive.

On a single page, an invitation to follow the author looks like the author's last paragraph; many pages show the
difference. The index counts the blocks of a site's articles (`index/site_stage.py`), and blocks on most pages are
omitted.
"""

from collections.abc import Collection, Iterator, Sequence
from collections.abc import Set as AbstractSet

from reader.hashing import blake2b
from reader.parse.html_vocabulary import BLOCKS, names
from reader.parse.page_tree import PageElement
from reader.regex import regex

_LONG = 40
"""Blocks of the site with at least this much text are left out anywhere, shorter ones only at the ends."""
_SHORTEST = 6
"""The least amount of text of a block that is counted."""
_AT_THE_START = 6
"""The number of blocks that count as the beginning of an article."""
_MOST_OMITTED = 0.5
"""If more than this share of an article would be omitted, nothing is: the pages may be versions of one article."""
_HEADINGS = names("h1 h2 h3 h4 h5 h6")
_DIGITS = regex(r"\d+")


def block_keys(roots: Sequence[PageElement]) -> frozenset[int]:
    """Return the keys of the blocks of an article."""
    return frozenset(_key(element) for element in _blocks(roots))


def omit_site_blocks(roots: Sequence[PageElement], learned: AbstractSet[int]) -> None:
    """Omit the blocks of an article that belong to the site."""
    blocks = list(_blocks(roots))
    found = [_key(element) in learned for element in blocks]
    end = len(blocks)
    while end and found[end - 1]:
        end -= 1
    omitted = [
        element
        for place, element in enumerate(blocks)
        if found[place]
        and (place >= end or (element.tag not in _HEADINGS and (place < _AT_THE_START or element.text >= _LONG)))
    ]
    if sum(one.text for one in omitted) <= _MOST_OMITTED * sum(one.text for one in blocks):
        for element in omitted:
            element.omitted = True


def learned_blocks(pages: Collection[frozenset[int]], least: int, share: float) -> frozenset[int]:
    """Return the keys of the blocks that are on at least `least` pages, and on at least this share of the pages."""
    counts: dict[int, int] = {}
    for page in pages:
        for key in page:
            counts[key] = counts.get(key, 0) + 1
    most = max(least, share * len(pages))
    return frozenset(key for key, count in counts.items() if count >= most)


def _blocks(roots: Sequence[PageElement]) -> Iterator[PageElement]:
    """Yield the blocks that contain no other blocks, in document order."""
    unseen = list(reversed(roots))
    while unseen:
        element = unseen.pop()
        if element.omitted:
            continue
        inner = [child for child in element.children if not child.omitted and child.text]
        if any(child.tag in BLOCKS or child.children for child in inner):
            unseen += reversed(inner)
        elif element.text >= _SHORTEST:
            yield element


def _key(element: PageElement) -> int:
    """Return a hash of the text of a block that ignores numbers, because dates and counts differ between pages."""
    text = " ".join(_DIGITS.sub("0", element.inner_text()).split())
    return int.from_bytes(blake2b(text.encode("utf-8", "replace"), digest_size=7).digest(), "big")
