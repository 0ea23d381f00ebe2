"""Metadata in the head of an HTML page: title, author, date and URLs."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import chain, islice
from typing import TYPE_CHECKING

from reader.archive.character_references import unescaped
from reader.archive.dates import parse_date
from reader.archive.exported_pages import exported_page
from reader.archive.page_titles import is_same_text, page_title
from reader.archive.visible_markup import shown_markup
from reader.lean_dataclasses import dataclass
from reader.regex import regex

if TYPE_CHECKING:
    from reader.archive.json_ld import JsonLdMetadata

_METAS_AT_MOST = 300
_DATA = regex(r"data:[\w/+.;=-]{1,80},[^\s\"'<>()]{100,}+")
"""An embedded file (`data:`): it may push a name or date beyond the distance at which these are searched."""
_PAGE = regex(r"<(?:!doctype|html|head|meta|title|link|body|base|\?xml|!--)", re.IGNORECASE)
_META = regex(r"""<(?:meta|link)\s((?:[^<>"']++|"[^"]{0,4000}+"|'[^']{0,4000}+')*+)>""", re.IGNORECASE)
_ATTRIBUTE = regex(r"""(?<![\w:.-])([\w:.-]++)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]++))""")
_TIME = regex(r"""<time\b[^<>]{0,300}?\sdatetime\s*=\s*["']?([^"'<>]{4,60})""", re.IGNORECASE)
_TIMES_AT_MOST = 20
_LONGEST_SENTENCE = 2_000
"""The maximum distance in characters from a `<time>` to the start and end of its paragraph."""
_SENTENCE = regex(r"[。！？.!?…][”’」』\"')）]*\Z")
_TAG = regex(r"<[^<>]*>")
_PUBLISHED = regex(
    r"(?:发布时间|发布日期|發布時間|發佈時間|发表时间|发表于|發表於|公開日|投稿日)\s*[:：]?\s*(?:<[^<>]{0,200}>\s*){0,3}"
    r"(\d{4}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}\s*日?(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?)"
)
_WIKI_CATEGORIES = regex(r'"wgCategories":\s*(\[(?:"(?:[^"\\]|\\.){0,300}"|[\s,]){0,400}\])')
_FOR_EDITORS = regex(
    r"^(?:CS1|All |Articles? |Pages? |Wikipedia|Webarchive|Use |Short desc|Commons|Coordinates|Good articles|Featured)"
    r"|Wikidata|stubs$|^(?:含有|使用|包含|自|拒绝|拒絕|带有|帶有|维基|維基|缺少|需要|本地|有.{0,12}(?:条目|條目))"
    r"|(?:条目|條目|页面|頁面|小作品)$|^(?:出典|参照エラー|外部リンク|ウィキ|Webarchive)|(?:記事|ページ)$"
)
"""Names of MediaWiki's maintenance categories."""
_TAGS_AT_MOST = 30

_ADDRESS_HOST = regex(r"https?://(?:www\.)?([^/:?#]+)", re.IGNORECASE)
_WECHAT = regex(r"https?://mp\.weixin\.qq\.com/")
_HOST = regex(
    r"@|^mailto:|^\d+$|\b[\w-]+\.(?:com|org|net|de|fr|at|ch|it|es|uk|jp|kr|cn|tw|br|eu|info|news)\b", re.IGNORECASE
)
_NO_NAME = regex(
    r"\s+(?:기자|記者|记者)$"
    r"|^(?i:view all posts(?: by)?|zeige alle beiträge von|posted by|by|von|por|par) (?=[^\W\d_a-z]\S* \S)"
)
"""Words around the name of a journalist: a title after it, or “by” before at least two words."""
_PLACEHOLDER = regex(
    r"(?i:no author|unknown|anonymous|name|author|humans\.txt|undefined|null|none|admin|/.*)|未知|佚名|匿名"
    r"|Discuz! Team.*"
)
"""Placeholders in the field of the author."""
_PLATFORM = regex(
    r"X(?: \(formerly Twitter\))?|Twitter|YouTube|Medium|Reddit|知乎(?:专栏)?|简书|掘金|note(?:（ノート）)?|Qiita|Zenn"
)
"""A site of many authors, whose name is not that of an author."""
_AUTHORS = (
    *("author", "article:author", "og:article:author", "byl", "dc.creator", "dcterms.creator", "citation_author"),
    *("parsely-author", "sailthru.author"),
)
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
    "dc.date.created",
    "dcterms.created",
    "dcterms.issued",
    "dcterms.date",
    "date",
    "release_date",
    "apub:time",
    "dateupdate",
    "weibo:article:create_at",
    "article:modified_time",
    "og:updated_time",
    "last-modified",
)


@dataclass(frozen=True, slots=True)
class PageHead:
    """The metadata of a page's head, with entities decoded; fields are empty if the page does not state them.

    Attributes:
        title: The title of the article.
        author: The author.
        date: The publication date, or else the date on which the page was saved.
        url: The URL of the article.
        addresses: All URLs without duplicates: canonical, for sharing, and that from which the page was saved.
        tags: The keywords of JSON-LD, else the categories of MediaWiki without those for maintenance.
    """

    title: str = ""
    author: str = ""
    date: datetime | None = None
    url: str = ""
    addresses: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()


def page_head(text: str) -> PageHead:
    """Return the metadata of an HTML page; empty for an HTML fragment without a head."""
    if not _PAGE.match(text.lstrip()[:10]):
        return PageHead()
    from reader.archive.json_ld import read_json_ld  # noqa: PLC0415 - most archives have no whole pages
    from reader.archive.onenote_pages import read_onenote  # noqa: PLC0415
    from reader.archive.saved_pages import read_saved  # noqa: PLC0415

    described = read_json_ld(text)
    saved = read_saved(text)
    bare = _DATA.sub("data:,", shown_markup(text))
    metas, authors = _metas(bare)
    site = metas.get("og:site_name", "")
    organizations = (site, described.organization, described.publisher)
    authors = [name for name in authors if any(map(str.isalpha, name)) and not _PLACEHOLDER.fullmatch(name)]
    written = (_NO_NAME.sub("", name).strip() for name in (described.author, saved.author, *authors))
    author = next((name for name in written if name and not _is_organization(name, organizations)), "")
    found = (metas.get("canonical"), metas.get("og:url"), metas.get("twitter:url"), described.url, saved.url)
    addresses = tuple(dict.fromkeys(address for address in found if address))
    exported, by = exported_page(bare)
    author = author or by
    note, noted = read_onenote(bare)
    title = exported or note or page_title(bare, metas, described.title, _sites(metas, described.publisher, addresses))
    date = _date(bare, metas, described)
    if not author or date is None:
        from reader.archive.bylines import read_byline  # noqa: PLC0415 - many pages have metadata
        from reader.archive.displayed_dates import date_in_address  # noqa: PLC0415

        displayed, dated = read_byline(bare, title)
        author = author or displayed or described.organization or next(filter(_may_be_author, authors), "")
        author = author or ("" if _PLATFORM.fullmatch(site) else site)
        date = date or noted or dated or next(filter(None, map(date_in_address, addresses)), None)
    return PageHead(
        _first_line(title) if any(_WECHAT.match(address) for address in addresses) else title,
        author,
        date or saved.date,
        addresses[0] if addresses else "",
        addresses,
        described.tags or _wiki_categories(text),
    )


def _first_line(title: str) -> str:
    """Return the first line of a title: WeChat's metadata give the whole text of an untitled post as its title."""
    return next((line.strip() for line in title.split("\\n") if line.strip()), title)


def _wiki_categories(text: str) -> tuple[str, ...]:
    """Return the categories of a page of MediaWiki, which states them in a script in its head."""
    found = _WIKI_CATEGORIES.search(text) if "wgCategories" in text else None
    if found is None:
        return ()
    import json  # noqa: PLC0415 - slow to import, and few pages are of MediaWiki

    try:
        listed = json.loads(found[1])
    except ValueError:
        return ()
    return tuple(one for one in listed if isinstance(one, str) and not _FOR_EDITORS.search(one))[:_TAGS_AT_MOST]


def _date(text: str, metas: dict[str, str], described: "JsonLdMetadata") -> datetime | None:
    date = next((found for key in _DATES if key in metas and (found := parse_date(metas[key]))), None)
    if date is None and described.date:
        date = parse_date(described.date)
    if date is None:
        date = _displayed_date(text)
    if date is None and (said := _PUBLISHED.search(text)):
        date = parse_date(said[1])
    return date


def _displayed_date(text: str) -> datetime | None:
    """Return the date in the first `<time>` outside sentences, since a date in a sentence is that of an event."""
    for timed in islice(_TIME.finditer(text), _TIMES_AT_MOST):
        start = text.rfind("<p", max(0, timed.start() - _LONGEST_SENTENCE), timed.start())
        end = text.find("</p", timed.end(), timed.end() + _LONGEST_SENTENCE)
        is_inside = start >= 0 and end >= 0 and "</p" not in text[start : timed.start()]
        if not (is_inside and _SENTENCE.search(_TAG.sub("", text[start:end]).rstrip())):
            return parse_date(timed[1])
    return None


def _sites(metas: Mapping[str, str], publisher: str, addresses: Sequence[str]) -> list[str]:
    """Return the names of a page's site: those in its metadata, its hosts, and the main labels of the hosts."""
    hosts = [found[1] for address in addresses if (found := _ADDRESS_HOST.match(address))]
    labels = [host.rpartition(".")[0].rpartition(".")[2] for host in hosts]
    return [metas.get("og:site_name", ""), metas.get("application-name", ""), publisher, *hosts, *labels]


def _is_organization(name: str, organizations: Sequence[str]) -> bool:
    """Whether the name of an author is that of the site or publisher, an e-mail address, a host, or a number."""
    return _HOST.search(name) is not None or any(is_same_text(name, one) for one in organizations)


def _may_be_author(name: str) -> bool:
    """Whether a name is not an e-mail address, which belongs to the template of a page."""
    return "@" not in name


def _metas(text: str) -> tuple[dict[str, str], list[str]]:
    """Return the first content of `<meta>`, or target of `<link>`, by name; and the names of all authors."""
    found: dict[str, str] = {}
    authors: dict[str, list[str]] = {key: [] for key in _AUTHORS}
    for number, tag in enumerate(_META.finditer(text)):
        if number == _METAS_AT_MOST:
            break
        attributes: dict[str, str] = {}
        for name, double, single, bare in _ATTRIBUTE.findall(tag[1]):
            attributes.setdefault(name.lower(), unescaped(double or single or bare))
        if "href" in attributes:
            names = [attributes.get("rel", "").lower()]
            content = attributes["href"]
        else:
            names = [
                attributes[key].lower() for key in ("property", "name", "itemprop", "http-equiv") if key in attributes
            ]
            # Pages saved with Mercury Parser have `value` instead of `content`.
            content = attributes.get("content") or attributes.get("value", "")
        for name in names:
            if name and content.strip():
                found.setdefault(name, content.strip())
                if name in authors and "://" not in content:
                    authors[name].append(content.strip())
    return found, list(chain.from_iterable(authors.values()))
