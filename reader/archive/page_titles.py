"""The title of the article on a web page, chosen among the headlines, `<title>` and the metadata."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from reader.archive.character_references import unescaped
from reader.archive.displayed_titles import displayed_title
from reader.document.letters_and_digits import folded_letters
from reader.regex import regex

_SHORT_TITLE = 16
"""The maximum length of a `<title>` that may be just the name of the site."""
_SHORTEST_HEADLINE = 8
"""The minimum length of a beginning that identifies a title or a headline."""
_HEADINGS_AT_MOST = 20
_TITLE = regex(r"<title\b[^<>]{0,300}>([^<]{0,4000})", re.IGNORECASE)
_HEADING = regex(r"<h1\b[^<>]{0,1000}>(.{0,2000}?)</h1\s*>", re.IGNORECASE | re.DOTALL)
_TAG = regex(r"<[^<>]*>")
_SEPARATOR = regex(r"\s+[-–—|·:：»›]\s+|\s*+[|｜ㅣ]\s*+")
_COUNTER = regex(
    r"\A\((?:\d{1,3}\+?|[^()\n]{0,20}(?:私信|消息)[^()\n]{0,20})\)\s+"
    r"(?=.+(?:[-–|/] (?:X|Twitter|YouTube|LinkedIn|Facebook|知乎)|CSDN[^-]{0,20})\s*\Z)",
    re.DOTALL,
)
"""The number of unread messages that a site writes in front of the title of a tab: `(1) The lamp - YouTube`."""
_TITLES = ("og:title", "twitter:title", "dc.title", "dcterms.title", "citation_title")


def page_title(text: str, metas: Mapping[str, str], described: str, sites: Sequence[str]) -> str:
    """Return the title of the article on a page; empty if it has none.

    Args:
        text: The page without scripts and style sheets.
        metas: The contents of its `<meta>` elements by name.
        described: The headline in its JSON-LD, or empty.
        sites: The names of its site.
    """
    title = _without_site(_chosen(text, metas, described), sites)
    return title if title in _headings(text) else displayed_title(text, title)


def _chosen(text: str, metas: Mapping[str, str], described: str) -> str:
    """Choose the title among the headlines, `<title>` and the metadata."""
    titled = _TITLE.search(text)
    headings = _headings(text)
    title = _without_counter(unescaped(titled[1]).strip(), [*headings, *_declared(metas)]) if titled else ""
    site = metas.get("og:site_name") or metas.get("application-name", "")
    declared = [
        name
        for name in (*(_COUNTER.sub("", one) for one in _declared(metas)), described)
        if name and not is_same_text(name, site)
    ]
    heading = headings[0] if len(headings) == 1 else ""
    if borne := _borne(headings, declared):
        return borne
    own = declared[0] if declared else ""
    # `<title>` often ends with the name of the site; the title of the article is then part of it.
    if own and not (not title or own in title or is_same_text(title, site)):
        own = ""
    is_site = not own and (is_same_text(title, site) or _is_foreign(title, heading))
    if heading and (is_site or _begins(own or title, heading)):
        return heading
    begun = next((one for one in headings if len(one) >= _SHORTEST_HEADLINE and _begins(own or title, one)), "")
    return begun or own or title or heading


def _without_counter(title: str, others: Sequence[str]) -> str:
    """Return a `<title>` without a count of messages, unless a headline or the metadata have the number, too."""
    found = _COUNTER.match(title)
    if found is None or any(one.startswith(found[0].rstrip()) and not _COUNTER.match(one) for one in others):
        return title
    return title[found.end() :]


def _without_site(title: str, sites: Sequence[str]) -> str:
    """Return a title without the name of the site after it."""
    keys = {_key(site) for site in sites if site}
    for found in reversed(list(_SEPARATOR.finditer(title))):
        if found.start() and _key(title[found.end() :]) in keys:
            return title[: found.start()]
    return title


def is_same_text(one: str, other: str) -> bool:
    """Whether two texts have the same letters and digits, regardless of punctuation and spaces."""
    return bool(one) and _key(one) == _key(other)


def _key(text: str) -> str:
    return folded_letters(text) or "".join(text.split())


def _declared(metas: Mapping[str, str]) -> Iterator[str]:
    return (metas[name] for name in _TITLES if name in metas)


def _borne(headings: Sequence[str], declared: Sequence[str]) -> str:
    """Return the headline that the metadata declare as title, in full or cut; empty if there is none."""
    keys = [_key(one) for one in declared]
    found = next((one for one in headings if _key(one) in keys), "")
    if not found and len(headings) == 1:
        # A quotation mark within the title may have ended the attribute, or the site has cut it.
        begun = _key(headings[0])
        found = headings[0] if any(len(key) >= _SHORTEST_HEADLINE and begun.startswith(key) for key in keys) else ""
    return found


def _headings(text: str) -> list[str]:
    """Return the texts of the first non-empty `<h1>` elements."""
    found = islice(_HEADING.finditer(text), _HEADINGS_AT_MOST)
    said = [unescaped(" ".join(_TAG.sub("", heading[1]).split())) for heading in found]
    return [one for one in said if one]


def _is_foreign(title: str, heading: str) -> bool:
    """Whether a short `<title>` is not part of a longer heading: it is the name of the site, or generic."""
    return len(title) <= _SHORT_TITLE and len(title) < len(heading) and title.casefold() not in heading.casefold()


def _begins(title: str, heading: str) -> bool:
    """Whether a `<title>` is the heading followed by the name of the site."""
    title, heading = " ".join(title.split()), " ".join(heading.split())
    return title.startswith(heading) and re.match(r"\s*(?:[-–—|_·:：»›]|$)", title[len(heading) :]) is not None
