"""Names that distinguish the article of a web page from the site: classes, ids, roles and elements."""

import re
from collections.abc import Mapping
from functools import lru_cache

from reader.parse.html_vocabulary import names
from reader.regex import regex

ARTICLE_IDS = names("js_content artibody mp-editor endtext the_body articlecontent article_content content_views")
"""Ids that only the text of an article has: WeChat, Sina, Sohu, NetEase, CSDN and others."""

ARTICLE_HEADER = regex(r"\b(?:article|post|entry|note|story)[-_](?:header|title|head)", re.IGNORECASE)
"""Classes and ids of the box around the title of an article, which may contain parts of the site, too."""

ARTICLE_NAMES = regex(
    r"article-?(?:body|content|text)|articlecontent|(?:entry|post)[-_]?(?:content|body|text)|story-?(?:body|text)"
    r"|js_content|rich_media_content|mw-parser-output|markdown-body|main-?content|content-?(?:body|article)|artibody"
    r"|newstext|art_conte[nx]t|news-content|trs_editor|richtext|note-common-styles|tt_article|se-main-container"
    r"|ltx_page_content|js-post-body|available-content",
)
"""Classes and ids that the text of an article has."""

CONTENT_NAMES = regex(
    r"article|body|content|entry|hentry|main|page|post|text|blog|story|column|markdown|prose|zhengwen|neirong|detail",
)
"""Classes and ids that an article and the elements around it often have."""

_COMMENTS = r"comment|kommentar|comentario|pinglun|disqus|respond\b|replies"

_SITE = (
    rf"{_COMMENTS}|side-?_?bar|\bside\b|\bfoot(?!note)|footer|related|recommend|tuijian|xiangguan|shar(?:e|ing)|fenxiang"
    r"|social|sns\b|subscri|newsletter|sign-?up|login|popup|modal|overlay|cookie|consent|gdpr|banner|\bads?\b|\bad-|-ad-"
    r"|-ads?\b|advert|adsense|sponsor|promo|outbrain|taboola|copyright|disclaimer|disclosure|^hidden$|visually-?hidden"
    r"|author-?_*(?:bio|info|box|card|avatar)|about-?author|entry-author|saboxplugin|noprint|mw-editsection|navbox"
    r"|printfooter|catlinks|jump-to-nav|(?<!elementor-)(?<!article-)widget"
)
_SITE_WITHOUT_PROSE = (
    r"breadcrumb|crumbs|\bheader\b|masthead|menu|\bnav\b|navbar|navi\b|navigation|more-?(?:articles|stories|news|from|posts)"
    r"|most-?(?:read|popular|viewed)|popular|trending|paginat|(?<![a-z])pager|paging|\btags?\b|tag-?list|tool-?bar"
    r"|skip-?link|print-?only|qrcode|shoutbox|rss|hot-?list|rank|toc-|\btoc\b|byline"
    r"|(?:post|entry)-?meta|read-?next|read-?more|metadata|timestamp|dateline|post-?date|edit-?link"
)
SITE_NAMES = regex(f"{_SITE}|{_SITE_WITHOUT_PROSE}")
"""Classes and ids of the parts around an article: navigation, comments, recommendations, advertisements."""

_SITE_NAMES_OF_PROSE = regex(_SITE)
"""The site names of parts that may contain sentences; the others name lists and labels, or a section by its content."""

_MODULES = regex(
    r"(?:\bso-(?:panel|widget)\b|\bsiteorigin-widget|\btextwidget\b|panel-widget|\bhs_cos_wrapper|\bwidget-(?:span|type))"
)
"""Classes of modules in page builders that call each part of an article a widget: SiteOrigin, HubSpot."""

_COMMENT_NAMES = regex(_COMMENTS, re.IGNORECASE)
"""Classes and ids of the comments on an article, which may be longer than the article."""

LEAD_NAMES = regex(
    r"\blead|lede\b|standfirst|intro\b|intro[-_]|teaser|summary|sub-?_?(?:title|head|line)|\bdek\b|\bdeck\b|abstract|excerpt"
    r"|vorspann|chapo|entradilla|bajada|epigraph|description|sommario|daoyu|zhaiyao",
)
"""Classes and ids of the text between a headline and an article."""

_LAYOUT_NAMES = regex(
    r"(?:tag|category|cat|has|no|with|without|theme)-|(?:[a-z]+-)?(?:no|one|two|both|with|content|layout)[-_]?(?:left|right)?"
    r"[-_]?sidebars?|theiastickysidebar",
)
"""Classes of an article that describe the layout of the page, or name the article's tags and categories (WordPress)."""

_SLUG = 7
"""An id or class with at least this many hyphens is the title of an article or a section."""

NOTE_NAMES = regex(r"references?\b|reflist|footnote|citation|endnotes|outline-(?:text-)?\d", re.IGNORECASE)
"""Classes and ids of parts that belong to an article even if they consist of links: its notes, and Org's sections."""

POST_NAMES = regex(
    r"twitter-(?:tweet|video)|instagram-media|tiktok-embed|bluesky-embed|mastodon-embed|reddit-(?:card|embed)|fb-post"
    r"|text-post-media|imgur-embed-pub"
)
"""Classes of quotations into which scripts load posts of social networks."""

SITE_ROLES = names("navigation complementary banner contentinfo search menu menubar dialog alertdialog alert")
"""ARIA roles (WAI-ARIA 1.2) of the parts around an article."""

SITE_ELEMENTS = names("nav menu dialog button select textarea input")
"""Elements that are never part of a text; they are removed before a page is read."""

UNREAD = names("svg script style template head link meta title noscript")
"""Elements without displayed text."""

START_SCORES: Mapping[str, int] = {
    **dict.fromkeys(("ol", "ul", "dl", "dd", "dt", "li", "form", "address"), -3),
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6", "th"), -5),
    **dict.fromkeys(("pre", "td", "blockquote", "section"), 3),
    "div": 5,
    "main": 10,
    "article": 15,
}
"""The score of an element before the text inside it is counted."""


@lru_cache(maxsize=4096)
def is_site_name(found: str) -> bool:
    """Whether the classes and ids of an element are those of the parts around an article, not of an article."""
    return _names_site(found) and not is_article_name(found)


@lru_cache(maxsize=4096)
def is_site_name_of_prose(found: str) -> bool:
    """Whether any of these classes and ids names a part of a site that has sentences, such as comments."""
    return any(_is_of_site(name) and _SITE_NAMES_OF_PROSE.search(name.lower()) for name in found.split())


def is_article_name(found: str) -> bool:
    """Whether the classes and ids of an element are those of the text of an article."""
    return any(map(_is_of_article, found.split()))


@lru_cache(maxsize=4096)
def is_comment_name(found: str) -> bool:
    """Whether the classes and ids of an element are those of the comments on an article, or of a single comment."""
    return _COMMENT_NAMES.search(found) is not None


@lru_cache(maxsize=4096)
def name_weight(found: str) -> int:
    """Return the score of an element's classes and ids as names of an article: -25, 0 or 25."""
    parts = found.split()
    weight = -25 if _names_site(found) else 0
    return weight + 25 if any(_is_of_article(part) or CONTENT_NAMES.search(part.lower()) for part in parts) else weight


def _names_site(found: str) -> bool:
    """Whether a class or id of an element names a part of the site; “widget” in a module of a page builder does not."""
    naming = [name for name in found.split() if _is_of_site(name)]
    return bool(naming) and not (_MODULES.search(found) and all("widget" in name for name in naming))


# No expression matches a space, so names can be examined and cached one by one, whatever they are combined with. They
# are in lower case, because expressions that ignore case take four times as long.


@lru_cache(maxsize=16_384)
def _is_of_site(name: str) -> bool:
    # What follows `--` says how the element differs from others (BEM): `section--has-ads`, `field--label-hidden`.
    base = name.lower().split("--", 1)[0]
    if base.count("-") >= _SLUG:
        return False
    return SITE_NAMES.search(base) is not None and _LAYOUT_NAMES.match(base) is None


@lru_cache(maxsize=16_384)
def _is_of_article(name: str) -> bool:
    return ARTICLE_NAMES.search(name.lower()) is not None
