"""Rules for the pages of single sites and of forums: names of elements with the article, and of omitted parts."""

from collections.abc import Collection, Sequence
from functools import lru_cache
from string import digits

from reader.lean_dataclasses import dataclass, replace
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
        signs: Names of which the page must have at least one, where other sites also use the names in `article`.
        is_thread: Whether the article is a thread, whose posts are shown even if they are named as comments.
    """

    site: str
    article: frozenset[str]
    omitted: frozenset[str] = frozenset()
    signs: frozenset[str] = frozenset()
    is_thread: bool = False


def _rule(site: str, article: str, omitted: str = "", signs: str = "") -> SiteRule:
    return SiteRule(site, frozenset(article.split()), frozenset(omitted.split()), frozenset(signs.split()))


def _thread(program: str, posts: str, omitted: str = "", signs: str = "") -> SiteRule:
    """Return the rule of a forum; `posts` are the names of the elements with the text and the author of a post."""
    return replace(_rule(program, posts, omitted, signs), is_thread=True)


_BESIDE_DOUBAN = "main-panel-useful copyright sns-bar rec-sec"
"""Parts of 豆瓣's pages beside the article, which its groups share with the rest of the site."""

_THREAD_RULES = (
    _thread(
        "XenForo",
        "message-userContent message-name",
        "message-signature message-lastEdit message-footer message-attribution reactionsBar bbCodeBlock-expandLink",
    ),
    _thread(
        "XenForo 1",
        "messageContent",
        "messageMeta messageTextEndMarker likesSummary quoteExpand",
        signs="messageInfo messageList",
    ),
    _thread("vBulletin", "postcontent username_container", signs="postcontainer postbitlegacy postbit"),
    _thread("vBulletin 3", "post_message_ bigusername"),
    _thread("vBulletin 5", "js-post__content-text"),
    _thread("VerticalScope", "DiscussionBoard-message"),
    _thread(
        "Invision Community",
        "cPost_contentWrap cAuthorPane_author ipsEntry__post ipsEntry__username",
        "ipsEntry__controls ipsEntry__foot ipsEntry__signature ipsComment_controls ipsItemControls ipsComment_meta",
    ),
    _thread("phpBB", "postbody", "post-buttons signature notice back2top", signs="postprofile"),
    _thread("FluxBB", "postmsg", signs="blockpost postright"),
    _thread("Simple Machines", "postarea", "moderatorbar signature under_message keyinfo", signs="post_wrapper"),
    _thread("MyBB", "post_body author_information", signs="post_author post_content"),
    _thread("Flarum", "Post-body PostUser-name"),
    _thread("Vanilla", "userContent", signs="ItemComment ItemDiscussion MessageList"),
    _thread("Khoros", "lia-message-body-content", "lia-message-signature"),
    _thread("Tapatalk", "postcontentheight"),
    _thread("Discuz!", "t_f", "pstatus aimg_tip tip", signs="plhin plc t_fsz"),
    _thread("NGA", "ubbcode"),
    _thread("贴吧", "d_post_content d_name"),
    _thread("V2EX", "topic_content reply_content"),
    _thread("豆瓣小组", "topic-richtext reply-content", _BESIDE_DOUBAN, signs="reply-doc"),
    _thread("Reddit", "usertext-body", signs="commentarea"),
    _thread("Hacker News", "toptext commtext hnuser"),
    _thread("Lobsters", "story_text comment_text"),
    _thread("GitHub", "comment-body", signs="js-timeline-item js-comment-container"),
    _thread("GitHub, React", "markdown-body", signs="issue-viewer-issue-container"),
)
"""The rules of forums. Digits at the end of a name on the page, such as the number of a post, do not count."""

SITE_RULES = (
    _rule("GitHub Gist", "js-gist-file-update-container", "file-header file-actions"),
    *_THREAD_RULES,
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
    _rule("豆瓣", "link-report review-content topic-richtext", _BESIDE_DOUBAN),
    _rule("微博", "WB_editor_iframe WB_editor_iframe_new"),
    _rule(
        "MediaWiki",
        "mw-parser-output",
        "mw-editsection navbox navbox-styles vertical-navbox noprint printfooter catlinks mw-jump-link jump-to-nav"
        " mw-portlet ambox sistersitebox portalbox mw-indicators mw-empty-elt toc shortdescription",
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

_RULES: dict[str, list[SiteRule]] = {}
for _one in SITE_RULES:
    for _name in _one.article:
        _RULES.setdefault(_name, []).append(_one)


def site_rule(page: Sequence[PageElement]) -> SiteRule | None:
    """Return the rule of the site that a page is from, if there is one."""
    # Take all names at once: a page has hundreds of elements, and few names.
    found = _with_and_without_digits(" ".join({element.names for element in page}))
    rules = [rule for name in found.intersection(_RULES) for rule in _RULES[name]]
    fitting = [rule for rule in rules if not rule.signs or not rule.signs.isdisjoint(found)]
    return min(fitting, key=SITE_RULES.index, default=None)


def omit_by_rule(page: Sequence[PageElement], rule: SiteRule) -> None:
    """Omit the parts of a page that its site's rule names."""
    for element in page:
        if element.names and not rule.omitted.isdisjoint(_names(element.names)):
            element.omitted = True


def roots_by_rule(page: Sequence[PageElement], rule: SiteRule, whole: int) -> list[PageElement]:
    """Return the elements that contain the article; none if they have too little of `whole`, the amount of text."""
    named = [element for element in page if element.names and not rule.article.isdisjoint(_names(element.names))]
    roots = _outermost(named)
    return roots if sum(root.plain for root in roots) >= _LEAST_SHARE * whole else []


@lru_cache(maxsize=4096)
def _names(written: str) -> frozenset[str]:
    return _with_and_without_digits(written)


def _with_and_without_digits(written: str) -> frozenset[str]:
    """Split names at spaces; a name that ends in digits is returned with and without them."""
    found = written.split()
    return frozenset((*found, *(name.rstrip(digits) for name in found if name[-1] in digits)))


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
