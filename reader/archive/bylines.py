"""The author and the date that a page displays near its headline, for pages whose metadata lacks them."""

import re
from collections.abc import Iterator
from datetime import datetime
from html import escape
from itertools import islice

from reader.archive.character_references import unescaped
from reader.archive.dates import parse_date
from reader.archive.displayed_dates import displayed_date
from reader.regex import regex

_BEFORE, _AFTER = 3_000, 12_000
"""The distances from the headline, in characters, within which bylines are searched."""
_TAGS_AT_MOST = 500
_HEADLINES_AT_MOST = 10
_NEAR = 300
"""The maximum distance in characters between the start tag of a headline and its text."""
_SHORTEST_TITLE = 8
_LONGEST_NAME = 60
_HEADLINE = regex(r"<h1\b[^<>]{0,1000}>", re.IGNORECASE)
_ELEMENT = regex(
    r"""<(?P<tag>[a-z][a-z0-9]{0,20})\s(?P<attributes>(?:[^<>"']++|"[^"<>]{0,2000}+"|'[^'<>]{0,2000}+')*+)>"""
    r"""(?P<text>.{0,600})""",
    re.IGNORECASE | re.DOTALL,
)
_VALUE = regex(r"""(?<![\w:.-])(rel|itemprop|class|content|datetime|href)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
_AUTHOR_NAMES = regex(
    r"(?:^|[\s_-])(?:by-?_?line|author|autor|auteur|writer|vcard)(?=$|[\s_-])(?!-?_*(?:image|avatar|photo|bio|pic|box|img))"
    r"|(?:author|by-?line)_*-?(?:info_*-?)?(?:name|link)"
)
_DATE_NAMES = regex(
    r"(?:^|[\s_-])(?:date|pub-?_?date|published?|posted|time|timestamp|datetime|dateline|fecha|datum)(?=$|[\s_-])"
)
_AUTHOR_PAGE = regex(r"/(?:authors?|autor(?:en|es|a|as)?|auteurs?|autor[ei])/[^?#]{3,}", re.IGNORECASE)
"""The URL of an author's page."""
_TAG = regex(r"<[^<>]*>?")
_PREFIX = regex(
    r"^(?:view all posts(?: by)?\b|zeige alle beiträge von\b"
    r"|(?:written |posted |published |story |words |text |report |article |recipe "
    r"|photo(?:graph)?s? )?by\b"
    r"|作者|撰文|著者|記者|记者|執筆者?|文責|기자)[\s:：/／]*"
    r"|^(?:文|글|编辑|編輯)\s*[:：/／]\s*",
    re.IGNORECASE,
)
"""Words before a name. “文” and “글” also begin names, and 编辑部 is a name, so a colon or slash must follow them."""
_PREPOSITION = regex(r"(?i:von|par|por|di)\s+(?=[^\W\d_a-zà-ÿ]\S*\s+\S)")
"""“By” in other languages: only before a first and a last name, unlike in “von der Leyen” and “Di Stefano”."""
_NAME_END = regex(
    r"\s*[|•·–—/,，（(【\[]|\s+-\s|\s+(?:and\s+)?\d|\s{2,}| on (?=[A-Z])| @|:|\s+(?:责任|責任|[来來]源|编辑|編輯)"
)
_MONTHS = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}"
_NO_NAME = regex(
    r"@|[?!。！？#<>]|^\d|^[\W_]"
    r"|^(?:责任编辑|責任編輯|责编|責編|未知|佚名|匿名|本站|转载|轉載"
    r"|name$|no author|post author|eingestellt|interview$|redaktion$|pressemitteilung$|text und)"
    r"|^(?:advert|anonym|admin|follow|share|updated|published|posted|subscribe|about|auth?or\W*$|author|by$|von$|par$|por$"
    r"|veröffentlicht|aktualisiert|publié|publicado|pubblicato)"
    rf"|^(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day[ ,]*)?(?:{_MONTHS})?$",
    re.IGNORECASE,
)
_SAID = regex(r">[^<>]{0,80}?(?:作者|撰文|執筆)\s*[:：]\s*(?:<[^<>]{0,200}>\s*){0,3}([^<>:：]{2,40})")
"""The author in a line of text such as 来源：… 作者：…, where no markup declares an author."""
_SAID_WITHIN = 4_000
"""The maximum distance in characters from the headline to such a line."""
_DATE = regex(
    r"\d{4}\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2}日?(?:\s*(?:[T,(][^<>\d]{0,3})?\s*\d{1,2}:\d{2}(?::\d{2})?)?"
    rf"|{_MONTHS}\.?\s\d{{1,2}}(?:st|nd|rd|th)?,?\s\d{{4}}|\d{{1,2}}(?:st|nd|rd|th)?\.?\s{_MONTHS}\.?,?\s\d{{4}}",
    re.IGNORECASE,
)
_ORDINAL = regex(r"(?<=\d)(?:st|nd|rd|th)\b")


def read_byline(text: str, title: str) -> tuple[str, datetime | None]:
    """Return the author and the date that a page displays near its headline; empty or None if there is none.

    `text` is HTML without scripts, style sheets and comments; `title` is the title of its article.
    """
    start, end = _headline(text, title)
    if end < 0:
        return "", None
    around = text[max(0, start - _BEFORE) : end + _AFTER]
    marked, author, linked, date = "", "", "", None
    for element, attributes in _elements(around):
        named = attributes.get("class", "").lower()
        prop = attributes.get("itemprop", "").lower()
        if not marked and (prop == "author" or attributes.get("rel") == "author"):
            marked = _name(attributes.get("content") or _text(element), is_declared=True)
        elif not author and _AUTHOR_NAMES.search(named):
            author = _name(_text(element))
        elif not linked and _AUTHOR_PAGE.search(attributes.get("href", "")):
            linked = _name(_text(element))
        if date is None and (prop in ("datepublished", "datecreated") or _DATE_NAMES.search(named)):
            date = parse_date(attributes.get("content") or attributes.get("datetime") or "") or _date(_text(element))
        if marked and date:
            break
    said = "" if marked or author or linked else next(map(_name, _SAID.findall(text[end : end + _SAID_WITHIN])), "")
    return marked or author or linked or said, date or displayed_date(text, start, end)


def _headline(text: str, title: str) -> tuple[int, int]:
    """Return the offsets of the headline: the `<h1>` with the title, the first one, or the title elsewhere; else -1."""
    headlines = list(islice(_HEADLINE.finditer(text), _HEADLINES_AT_MOST))
    shown = escape(title, quote=False)
    own = next((one for one in headlines if text.find(shown, one.end(), one.end() + _NEAR) >= 0), None)
    if headline := own or next(iter(headlines), None):
        return headline.span()
    body = text.find("<body")
    start = text.find(shown, body) if body >= 0 and len(title) >= _SHORTEST_TITLE else -1
    while start >= 0 and not text[max(0, start - _NEAR) : start].rstrip().endswith(">"):
        start = text.find(shown, start + len(shown))
    return start, start + len(shown) if start >= 0 else -1


def _elements(text: str) -> Iterator[tuple[re.Match[str], dict[str, str]]]:
    """Yield the elements that have relevant attributes, with these attributes, in document order."""
    at = 0
    for _number in range(_TAGS_AT_MOST):
        found = _ELEMENT.search(text, at)
        if found is None:
            return
        at = found.start("text")
        written = _VALUE.findall(found["attributes"])
        attributes = {name.lower(): double or single or bare for name, double, single, bare in written}
        if attributes.keys() & {"rel", "itemprop", "class", "href"}:
            yield found, attributes


def _text(element: re.Match[str]) -> str:
    """Return the text between a start tag and its end tag."""
    end = re.search(rf"</{element['tag']}\s*>", element["text"], re.IGNORECASE)
    return element["text"][: end.start()] if end else element["text"]


def _name(said: str, *, is_declared: bool = False) -> str:
    """Return the name in a byline, or empty; a name that is declared in metadata has no preposition before it."""
    plain = unescaped(" ".join(_TAG.sub("  ", said).split("\n"))).replace("\xa0", " ")
    words = _PREFIX.sub("", plain.strip(), count=1)
    if not is_declared:
        words = _PREPOSITION.sub("", words, count=1)
    if "://" in words:
        return ""
    words = _NAME_END.split(words, maxsplit=1)[0].strip()
    return "" if len(words) > _LONGEST_NAME or _NO_NAME.search(words) else words


def _date(said: str) -> datetime | None:
    found = _DATE.search(" ".join(_TAG.sub(" ", said).split()))
    return parse_date(_ORDINAL.sub("", found[0])) if found else None
