"""What an HTML page says of itself in its head: title, author, date and where it came from."""

import re
from dataclasses import dataclass
from datetime import datetime

from reader.archive.dates import parse_date

_METAS_AT_MOST = 300
_PAGE = re.compile(r"<(?:!doctype|html|head|meta|title|link|body|base|\?xml|!--)", re.IGNORECASE)
_META = re.compile(r"""<(?:meta|link)\s((?:[^<>"']++|"[^"]{0,4000}+"|'[^']{0,4000}+')*+)>""", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""(?<![\w:.-])([\w:.-]++)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]++))""")
_TITLE = re.compile(r"<title\b[^<>]{0,300}>([^<]{0,4000})", re.IGNORECASE)
_TIME = re.compile(r"""<time\b[^<>]{0,300}?\sdatetime\s*=\s*["']?([^"'<>]{4,60})""", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,30});", re.IGNORECASE)

_TITLES = ("og:title", "twitter:title", "dc.title", "citation_title")
_AUTHORS = ("author", "article:author", "og:article:author", "byl", "dc.creator", "citation_author", "og:site_name")
_DATES = (
    "article:published_time",
    "og:article:published_time",
    "article:published",
    "og:published_time",
    "datepublished",
    "pubdate",
    "publishdate",
    "publish_date",
    "publication_date",
    "parsely-pub-date",
    "sailthru.date",
    "citation_publication_date",
    "dc.date.issued",
    "dc.date",
    "dcterms.date",
    "date",
    "release_date",
    "weibo:article:create_at",
    "article:modified_time",
    "og:updated_time",
    "last-modified",
)


@dataclass(frozen=True, slots=True)
class PageHead:
    """What a page's head says; texts as they are written but for entities, empty where it is silent."""

    title: str = ""
    author: str = ""
    date: datetime | None = None
    url: str = ""


def page_head(text: str) -> PageHead:
    """What the head of an HTML page says; nothing for a fragment of HTML without one."""
    if not _PAGE.match(text.lstrip()[:10]):
        return PageHead()
    metas = _metas(text)
    titled = _TITLE.search(text)
    title = unescaped(titled[1]).strip() if titled else ""
    # The title of the window often ends with the site's name; that of the article is then within it.
    own = _first(metas, _TITLES)
    if own and (not title or own in title):
        title = own
    author = next((name for key in _AUTHORS if (name := metas.get(key, "")) and "://" not in name), "")
    date = next((found for key in _DATES if key in metas and (found := parse_date(metas[key]))), None)
    if date is None and (timed := _TIME.search(text)):
        date = parse_date(timed[1])
    return PageHead(title, author, date, _first(metas, ("canonical", "og:url", "twitter:url")))


def unescaped(text: str) -> str:
    """`text` with the characters that its entities stand for; an `&` without a semicolon stays."""
    if "&" not in text:
        return text
    from html import unescape  # noqa: PLC0415 - it brings a large table, and few titles have entities

    return _ENTITY.sub(lambda entity: unescape(entity[0]), text)


def _metas(text: str) -> dict[str, str]:
    """The contents of `<meta>` by name, and the canonical address; the first of each name."""
    found: dict[str, str] = {}
    for number, tag in enumerate(_META.finditer(text)):
        if number == _METAS_AT_MOST:
            break
        attributes: dict[str, str] = {}
        for match in _ATTRIBUTE.finditer(tag[1]):
            attributes.setdefault(match[1].lower(), unescaped(match[2] or match[3] or match[4] or ""))
        if "href" in attributes:
            names = [attributes.get("rel", "").lower()]
            content = attributes["href"]
        else:
            names = [
                attributes[key].lower() for key in ("property", "name", "itemprop", "http-equiv") if key in attributes
            ]
            content = attributes.get("content", "")
        for name in names:
            if name and content.strip():
                found.setdefault(name, content.strip())
    return found


def _first(metas: dict[str, str], names: tuple[str, ...]) -> str:
    return next((metas[name] for name in names if name in metas), "")
