"""Rules for the pages of single sites: the names of elements with the article, and of parts that are omitted."""

from collections.abc import Collection, Sequence

from reader.lean_dataclasses import dataclass
from reader.parse.page_tree import PageElement

_LEAST_SHARE = 0.2
"""If the elements that a rule names have less than this share of the page's text, the page is of another site."""


@dataclass(frozen=True, slots=True)
class SiteRule:
    """The classes and ids of a site.

    Attributes:
        site: The site, or the program that writes the pages.
        article: The names of the elements that contain the article; only outermost ones count, which may be several.
        omitted: The names of elements in or beside the article that are not part of it.
        signs: Names of which the page must have one, for a rule whose other names are common.
    """

    site: str
    article: frozenset[str]
    omitted: frozenset[str] = frozenset()
    signs: frozenset[str] = frozenset()


def _rule(site: str, article: str, omitted: str = "", signs: str = "") -> SiteRule:
    return SiteRule(site, frozenset(article.split()), frozenset(omitted.split()), frozenset(signs.split()))


SITE_RULES = (
    _rule("WeChat", "js_content", "rich_media_tool js_pc_qr_code ct_mpda_wrp js_ad_area wx_profile_card_inner"),
    _rule(
        "知乎",
        "Post-RichTextContainer QuestionRichText RichContent-inner",
        "ContentItem-actions Reward RichText-MCNLinkCardContainer Post-topicsAndReviewer AuthorCard"
        " QuestionRichText-more",
    ),
    _rule("简书", "_2rhmJa show-content", "_1kCBjS image-container-fill support-author"),
    _rule(
        "掘金",
        "article-viewer article-root",
        "code-block-extension-header code-block-extension-copyCodeBtn copy-code-btn article-suspended-panel",
    ),
    _rule(
        "CSDN",
        "content_views",
        "hide-preCode-box hljs-button look-more-preCode blog_extension hide-article-box recommend-box opt-box",
    ),
    _rule("豆瓣", "link-report review-content topic-richtext", "main-panel-useful copyright sns-bar rec-sec"),
    _rule("微博", "WB_editor_iframe WB_editor_iframe_new"),
    _rule(
        "MediaWiki",
        "mw-parser-output",
        "mw-editsection navbox navbox-styles vertical-navbox noprint printfooter catlinks mw-jump-link jump-to-nav"
        " ambox sistersitebox portalbox mw-indicators mw-empty-elt toc shortdescription",
    ),
    _rule(
        "Medium",
        "postArticle-content",
        "speechify-ignore js-postShareWidget postActions pw-multi-vote-icon pw-follower-count",
    ),
    _rule(
        "Substack",
        "available-content",
        "subscription-widget-wrap subscription-widget-wrap-editor subscription-widget subscribe-widget"
        " captioned-button-wrap button-wrapper post-footer post-ufi share-dialog image-link-expand",
    ),
    _rule(
        "Discourse",
        "cooked crawler-post",
        "topic-map post-controls suggested-topics small-action cooked-selection-barrier crawler-linkback-list"
        " filename informations",
    ),
    _rule("Stack Overflow", "js-post-body", "js-post-menu js-comments-container post-signature"),
    _rule("note.com", "note-common-styles__textnote-body"),
    _rule(
        "はてな",
        "entry-content",
        "entry-footer hatena-star-container customized-footer entry-footer-modules",
        signs="hatena-module hatena-body hatena-star-container hatenablog-entry",
    ),
    _rule("Naver", "se-main-container postViewArea se_component_wrap", "wrap_postcomment post_footer_contents"),
    _rule(
        "Tistory",
        "tt_article_useless_p_margin",
        "container_postbtn another_category revenue_unit_wrap adsbygoogle article-footer",
    ),
    _rule("arXiv, ar5iv", "ltx_page_content", "ltx_page_footer ltx_pagination ltx_TOC ar5iv-footer"),
)
"""The rules; a page follows the first one whose names it has."""

_RULES = {name: rule for rule in reversed(SITE_RULES) for name in rule.article}


def site_rule(page: Sequence[PageElement]) -> SiteRule | None:
    """Return the rule of the site that a page is from, if there is one."""
    found = {name for names in {element.names for element in page} for name in names.split()}
    rules = [_RULES[name] for name in found.intersection(_RULES)]
    fitting = [rule for rule in rules if not rule.signs or not rule.signs.isdisjoint(found)]
    return min(fitting, key=SITE_RULES.index, default=None)


def omit_by_rule(page: Sequence[PageElement], rule: SiteRule) -> None:
    """Omit the parts of a page that its site's rule names."""
    for element in page:
        if element.names and not rule.omitted.isdisjoint(element.names.split()):
            element.omitted = True


def roots_by_rule(page: Sequence[PageElement], rule: SiteRule, whole: int) -> list[PageElement]:
    """Return the elements that contain the article; none if they have too little of `whole`, the amount of text."""
    named = [element for element in page if element.names and not rule.article.isdisjoint(element.names.split())]
    roots = _outermost(named)
    return roots if sum(root.plain for root in roots) >= _LEAST_SHARE * whole else []


def _outermost(elements: Collection[PageElement]) -> list[PageElement]:
    """Return the elements with text that are inside none of the others."""
    chosen = {id(element) for element in elements}
    found: list[PageElement] = []
    for element in elements:
        above = element.parent
        while above is not None and id(above) not in chosen:
            above = above.parent
        if above is None and element.text:
            found.append(element)
    return found
