"""Pages with the structure of single sites: the article is shown, and nothing else of the site."""

import pytest

from reader.document.body import Body, BodyFormat
from reader.parse.parser import parse

_ONE = "<p>灯塔整夜亮着，海上有雾，船在等待，守塔的人没有睡。</p>"
_TWO = "<p>天亮以后，雾散了，船一只一只地进港，没有人说话。</p>"
_KEPT = ("灯塔整夜亮着", "船一只一只地进港")
_SITE = "站点"
"""Occurs in all texts that belong to the site."""
_BAR = f'<header class="header"><a href="/">{_SITE}首页</a><a href="/login">{_SITE}登录</a></header>'
_LIST = "".join(f'<li><a href="/p/{n}">{_SITE}的另一篇文章 {n}</a></li>' for n in range(6))

PAGES = {
    "简书": f"""{_BAR}<div class="_21bLU4 _3kbg6I"><div role="main" class="_gp-ck"><section class="ouvJEz">
        <h1 class="_1RuRku">题目</h1><div class="rEsl9f"><div class="_2mYfmT"><span class="FxYr8x"><a
        class="_1OhGeD"
        href="/u/1">{_SITE}作者</a></span><div class="s-dsoj"><time>2021.03.04</time><span>{_SITE}阅读 21</span>
        </div></div></div>
        <article class="_2rhmJa">{_ONE}<div class="image-package"><div class="image-container"><div
        class="image-container-fill"></div><div class="image-view"><img data-original-src="//a.example/1.png">
        </div></div>
        <div class="image-caption">图一</div></div>{_TWO}</article><div class="_1kCBjS"><div class="_18vaTa">
        <span class="_3BUZPB">{_SITE}赞</span></div><div class="_1LOh_5">{_SITE}人点赞</div></div>
        <div class="d0hShY"><p>{_SITE}更多精彩内容，就在这里</p></div></section><section class="ouvJEz">
        <h3 class="QHRnq8">{_SITE}推荐阅读</h3><ul class="_1iTR78">{_LIST}</ul></section></div></div>""",
    "掘金": f"""<div class="view-container">{_BAR}<main class="container main-container"><div
        class="main-area article-area">
        <article class="article"><h1 class="article-title">题目</h1><div class="author-info-block"><a
        href="/user/1">
        {_SITE}作者</a><time class="time">2021-03-04</time><span class="views-count">{_SITE}阅读 12</span></div>
        <div id="article-root" itemprop="articleBody" class="main article-viewer markdown-body cache">{_ONE}<pre>
        <div
        class="code-block-extension-header"><span class="code-block-extension-lang">js</span><div
        class="code-block-extension-copyCodeBtn">{_SITE}复制代码</div></div><code
        class="hljs">lamp.light()</code></pre>
        {_TWO}</div></article><div class="article-end"><div class="tag-list-box">{_SITE}标签</div></div></div>
        <div class="recommended-area"><ul>{_LIST}</ul></div><div
        class="article-suspended-panel">{_SITE}点赞</div></main></div>""",
    "掘金, without the class": f"""<div class="view-container">{_BAR}<main><article><h1>题目</h1><meta
        itemprop="url">
        <div id="article-root" itemprop="articleBody">{_ONE}{_TWO}</div></article><div class="article-end">
        {_SITE}标签</div><ul>{_LIST}</ul></main></div>""",
    "CSDN": f"""<div id="csdn-toolbar">{_BAR}</div><div class="main_father"><div class="container" id="mainBox">
        <main>
        <div class="blog-content-box"><div class="article-header-box"><div class="article-header"><div
        class="article-title-box"><h1 class="title-article" id="articleContentId">题目</h1></div><div
        class="article-info-box"><span class="read-count">{_SITE}阅读量 3k</span></div></div></div>
        <article class="baidu_pl"><div id="article_content" class="article_content clearfix"><div id="content_views"
        class="htmledit_views">{_ONE}<pre><code class="language-js hljs">lamp.light()</code><div
        class="hljs-button signin"
        data-title="登录">{_SITE}登录后复制</div></pre>{_TWO}</div></div><div class="hide-article-box">
        <a>{_SITE}展开阅读全文</a></div></article></div><div class="recommend-box">
        <dl class="recommend-item-box"><dt>{_SITE}的另一篇，很长，很长，很长</dt></dl></div></main></div></div>""",
    "豆瓣, a note": f"""{_BAR}<div id="content"><div class="note-container"><div class="note-header"><h1>题目</h1>
        <div><a href="/people/1" class="note-author">{_SITE}作者</a><span class="pub-date">2021-03-04</span>
        </div></div>
        <div class="note" id="link-report">{_ONE}{_TWO}</div><div
        class="copyright-claim">{_SITE}著作权归作者所有</div>
        <div class="sns-bar"><a>{_SITE}喜欢</a><a>{_SITE}转发</a></div></div><div class="aside"><ul>{_LIST}</ul>
        </div></div>""",
    "豆瓣, a review": f"""{_BAR}<div id="content"><h1><span>题目</span></h1><div class="article"><div
        class="main" id="1">
        <header class="main-hd"><a href="/people/1">{_SITE}作者</a><span
        class="main-meta">{_SITE}2021-03-04</span></header>
        <div class="main-bd"><div id="link-report"><div class="review-content clearfix">{_ONE}{_TWO}</div></div>
        <div class="main-panel-useful"><button>{_SITE}有用 12</button></div></div></div></div></div>""",
    "微博": f"""<div class="WB_artical"><div class="main_editor" node-type="articleContent"><div class="title"
        node-type="articleTitle">题目</div><div class="authorinfo"><span><em>{_SITE}作者</em></span><span
        class="time">2021-03-04</span></div><div class="WB_editor_iframe_new" node-type="contentBody"
        style="visibility: visible">{_ONE}{_TWO}</div></div><div class="artical_add_box"><div class="W_tc">
        {_SITE}展开全文，就在这里，请点击</div></div><div class="WB_handle"><ul>{_LIST}</ul></div></div>""",
    "note.com": f"""{_BAR}<main class="p-article"><article class="p-article__content"><h1
        class="o-noteContentHeader__title">题目</h1><div class="o-noteContentHeader__creatorInfo"><a
        href="/a">{_SITE}作者</a>
        <time>2021年3月4日</time></div><div class="p-article__content"><div data-name="body"
        class="note-common-styles__textnote-body">{_ONE}{_TWO}</div></div><div class="p-article__action">
        <button>{_SITE}スキ</button></div><div class="o-noteLikeV3__count">{_SITE} 12</div></article>
        <section class="m-horizontalScrollingList"><ul>{_LIST}</ul></section></main>""",
    "はてな": f"""<div id="globalheader-container">{_BAR}</div><div id="content"><article class="entry hentry"><div
        class="entry-inner"><header class="entry-header"><div class="date entry-date"><time>2021-03-04</time></div>
        <h1 class="entry-title"><a href="/entry/1">题目</a></h1></header><div
        class="entry-content hatenablog-entry">
        {_ONE}{_TWO}</div><footer class="entry-footer"><div class="social-buttons">{_SITE}ブックマーク</div>
        <p class="entry-footer-section">{_SITE}作者 3日前</p></footer></div></article></div>
        <aside id="box2"><div class="hatena-module hatena-module-recent-entries"><ul>{_LIST}</ul></div></aside>""",
    "Naver": f"""{_BAR}<div class="wrap_rabbit pcol2" id="post-view1"><div class="se-viewer se-theme-default"
        lang="ko-KR">
        <div class="se-component se-documentTitle"><div class="se-section"><h1 class="se-title-text">题目</h1><div
        class="blog2_container"><span class="nick">{_SITE}作者</span><span
        class="se_publishDate">2021. 3. 4. 5:06</span></div>
        </div></div><div class="se-main-container"><div class="se-component se-text"><div
        class="se-component-content">
        <div class="se-section se-section-text"><div class="se-module se-module-text">{_ONE}{_TWO}</div></div>
        </div></div>
        </div></div></div><div class="post_footer_contents"><div class="wrap_postcomment">{_SITE}공감 12</div></div>
        <div class="blog2_categorylist"><ul>{_LIST}</ul></div>""",
    "Tistory": f"""{_BAR}<div id="content"><div class="inner"><div class="hgroup"><h1>题目</h1><div
        class="post-meta">
        <span class="author">{_SITE}作者</span><span class="date">2021. 3. 4. 05:06</span></div></div><div
        class="entry-content"
        id="article-view"><div class="tt_article_useless_p_margin contents_style">{_ONE}{_TWO}</div><div
        class="container_postbtn #post_button_group"><div class="postbtn_like">{_SITE}공감</div></div>
        <div class="another_category another_category_color_gray"><h4>{_SITE}'글' 카테고리의 다른 글</h4>
        <table><tr><th><a href="/1">{_SITE}의 다른 글</a></th></tr></table></div></div></div></div>""",
    "Discourse": f"""{_BAR}<div id="main-outlet" class="wrap" role="main"><div id="topic-title"><h1><a
        href="/t/1">题目</a></h1>
        <div class="topic-category"><span><a href="/c/1">{_SITE}分类</a></span></div></div><div itemscope
        itemtype="http://schema.org/DiscussionForumPosting"><div id="post_1" class="topic-body crawler-post"><div
        class="crawler-post-meta"><span class="creator">林一</span><span
        class="crawler-post-infos">March 4, 2021</span></div>
        <div class="post" itemprop="articleBody">{_ONE}<div class="lightbox-wrapper"><a class="lightbox"
        href="/1.png"><img
        src="/1.png" alt="雾"><div class="meta"><span class="filename">{_SITE}1.png</span><span
        class="informations">{_SITE}
        979×848 195 KB</span></div></a></div></div></div><div id="post_2" class="topic-body crawler-post"><div
        class="crawler-post-meta"><span class="creator">林二</span></div><div class="post">{_TWO}</div></div></div>
        <div class="more-topics__container"><ul>{_LIST}</ul></div></div>""",
    "MediaWiki": f"""{_BAR}<main id="content" class="mw-body"><header><h1 id="firstHeading">题目</h1>
        <div id="p-lang-btn" class="mw-portlet mw-portlet-lang"><label>{_SITE}56 种语言</label></div></header>
        <div id="bodyContent"><div id="siteSub">{_SITE}出自百科</div><div
        id="jump-to-nav"><a href="#n">{_SITE}跳转</a></div><div id="mw-content-text"><div
        class="mw-parser-output">{_ONE}<div id="toc" class="toc">{_SITE}目录</div><h2><span
        class="mw-headline">雾</span><span
        class="mw-editsection">[<a href="/e">{_SITE}编辑</a>]</span></h2>{_TWO}<div
        class="navbox">{_SITE}<ul>{_LIST}</ul></div></div>
        <div class="printfooter">{_SITE}取自 https://a.example/</div></div><div id="catlinks"
        class="catlinks">{_SITE}分类</div></div>
        </main>""",
}


@pytest.mark.parametrize("site", PAGES)
def test_only_the_article_is_shown(site: str) -> None:
    source = f"<!DOCTYPE html><html><head><title>题目</title></head><body>{PAGES[site]}</body></html>"
    document = parse(Body(source, BodyFormat.HTML))
    shown = "\n".join(leaf.text.text for leaf in document.leaves)
    assert [text for text in _KEPT if text not in shown] == []
    assert ("题目" in shown) == ("<h1" in source)
    assert ("lamp.light()" in shown) == ("lamp.light()" in source)
    assert "<div" not in shown
    assert [line for line in shown.split("\n") if _SITE in line] == []
