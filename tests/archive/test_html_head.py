"""The metadata of HTML pages."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.archive.html_head import PageHead, page_head
from tests.growth import assert_linear

PAGE = """<!DOCTYPE html>
<html lang="zh"><head>
<meta charset="utf-8">
<title>港口扩建进入第三年 &amp; 再创新高 - 港口周报</title>
<meta property="og:title" content="港口扩建进入第三年 &amp; 再创新高"/>
<meta name='author' content='甲 "乙"'>
<meta content="2021-11-10T08:37:48Z" property="article:published_time">
<link rel="canonical" href="https://a.b/c?d=1&amp;e=2">
</head><body><h1>别的</h1></body></html>"""


def test_page_has_title_author_date_and_address() -> None:
    assert page_head(PAGE) == PageHead(
        title="港口扩建进入第三年 & 再创新高",
        author='甲 "乙"',
        date=datetime(2021, 11, 10, 8, 37, 48, tzinfo=UTC),
        url="https://a.b/c?d=1&e=2",
        addresses=("https://a.b/c?d=1&e=2",),
    )


@pytest.mark.parametrize(
    ("page", "head"),
    [
        ("<html><title>On Bridges</title>", PageHead(title="On Bridges")),
        ("<html><title>A</title><meta property=og:title content=B>", PageHead(title="A")),
        ("<html><meta property='og:title' content='B > A'>", PageHead(title="B > A")),
        ("<html><meta property='article:author' content='https://a.b/x'>", PageHead()),
        ("<html><meta name=DATE content='Invalid Date'>", PageHead()),
        (
            "<html><body><time datetime='2021-11-10T00:00Z'>x</time>",
            PageHead(date=datetime(2021, 11, 10, tzinfo=UTC)),
        ),
        (
            "<html><meta property='og:url' content='https://a.b'>",
            PageHead(url="https://a.b", addresses=("https://a.b",)),
        ),
        ("<div><title>not a page</title></div>", PageHead()),
        ("", PageHead()),
    ],
)
def test_pages_with_incomplete_metadata(page: str, head: PageHead) -> None:
    assert page_head(page) == head


HOSTILE = [
    "<meta ",
    "<meta a",
    '<meta "',
    "<meta '\"",
    "<title",
    "<title>",
    "<time ",
    "a=",
    "&#",
    "<link href='x'>",
    "<meta a=b>",
    "<!--",
    "<svg>",
    "<script>",
    "<h1>",
    "<script type=application/ld+json>{",
    "<!-- url: x ",
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_parsing_a_head_is_fast(piece: str) -> None:
    assert_linear(lambda size: page_head("<html>" + piece * (size // len(piece))), 6_553)


@settings(deadline=None)
@given(
    st.lists(st.sampled_from([*HOSTILE, " name=date", " content='2021", "'", '"', ">", "x"]), max_size=30).map("".join)
)
def test_no_page_raises(page: str) -> None:
    page_head("<html>" + page)


DESCRIBED = '<script type="application/ld+json">{"@type":"Article","headline":"Ana&#8217;s lamp"}</script>'


@pytest.mark.parametrize(
    ("page", "title"),
    [
        ("<title>灯塔 - 港口报</title><h1>灯塔</h1>", "灯塔"),
        (
            "<title>灯｜报</title><meta property=og:title content=报><meta property=og:site_name content=报>",
            "灯",
        ),
        ("<title>港口报</title><meta property=og:site_name content=港口报><h1>灯塔</h1>", "灯塔"),
        ("<title>A window</title><meta property=og:title content='The lamp'><h1>The lamp</h1>", "The lamp"),
        (
            "<meta property=og:title content='The lamp - Wiki'><title>The lamp - Wiki</title><h1>The lamp</h1>",
            "The lamp",
        ),
        ("<title>Site</title><header><h1>The true headline</h1></header>", "The true headline"),
        (
            "<title>Lamp | Two – Harbour Post</title><meta property=og:url content=https://www.harbourpost.com/1>",
            "Lamp | Two",
        ),
        ("<title>灯塔｜港口报</title><meta property=og:site_name content=港口报>", "灯塔"),
        ("<title>등대ㅣ항구일보</title><meta property=og:site_name content=항구일보>", "등대"),
        ("<title>Harbour | Lamp</title><link rel=canonical href=https://harbour.org/>", "Harbour | Lamp"),
        (
            "<title>The well-known lamp - n-tv.de</title><link rel=canonical href=https://www.n-tv.de/1>",
            "The well-known lamp",
        ),
        ("<title>x</title><meta name=og:title value='The lamp in the fog'>", "x"),
        ("<title>The lamp – Harbour</title><h1>Harbour</h1>", "The lamp – Harbour"),
        ("<title>The lamp</title><h1>One</h1><h1>Two</h1>", "The lamp"),
        (
            "<title>Lamps</title><meta property=og:title content='The lamp'><h1>Site</h1><h1>The lamp</h1>",
            "The lamp",
        ),
        (
            "<title>Coast</title><meta property=og:title content=\"Who said 'lamp'?\"><h1>Who said ‘lamp’?</h1>",
            "Who said ‘lamp’?",
        ),
        (
            '<title>Coast</title><meta property=og:title content="The lamp and "me""><h1>The lamp and “me”</h1>',
            "The lamp and “me”",
        ),
        ("<title>灯塔　停电 | 港口报</title><h1>灯塔　停电</h1>", "灯塔 停电"),
        (f"<title>Coast | Lamp</title>{DESCRIBED}<h1>Ana’s lamp</h1>", "Ana’s lamp"),
        ("<body><svg><title>Bird</title></svg><p>x", ""),
        ("<script>'<title>no</title>'</script><title>yes</title>", "yes"),
    ],
)
def test_title_is_that_of_the_article(page: str, title: str) -> None:
    assert page_head(f"<html>{page}").title == title


SINGLE_FILE = (
    "<!DOCTYPE html> <html lang=en><!--\n Page saved with SingleFile\n url: https://a.example/lamp\n"
    " saved date: Mon Mar 04 2024 20:05:39 GMT+0800 (China Standard Time)\n--><meta charset=utf-8><title>Lamp</title>"
)


def test_singlefile_comment_has_the_original_address() -> None:
    head = page_head(SINGLE_FILE)
    assert head.url == "https://a.example/lamp"
    assert head.date == datetime(2024, 3, 4, 12, 5, 39, tzinfo=UTC)
    dated = page_head(SINGLE_FILE + "<meta name=date content=2021-05-06><link rel=canonical href=https://a.example/>")
    assert dated.date == datetime(2021, 5, 6)  # noqa: DTZ001 - it has no zone
    assert dated.addresses == ("https://a.example/", "https://a.example/lamp")


@pytest.mark.parametrize(
    ("comment", "url"),
    [
        ("saved from url=(0024)https://a.example/lamp", "https://a.example/lamp"),
        (
            "saved from url=(0065)https://web.archive.org/web/20210304050607/https://a.example/lamp",
            "https://a.example/lamp",
        ),
        (
            " Mirrored from a.example/lamp by HTTrack Website Copier/3.x, Thu, 04 Mar 2021 05:06:07 GMT ",
            "https://a.example/lamp",
        ),
        ("url of nothing", ""),
    ],
)
def test_comments_of_other_programs_have_it_too(comment: str, url: str) -> None:
    assert page_head(f"<html><!-- {comment} --><title>Lamp</title>").url == url


def test_json_ld_describes_the_article() -> None:
    script = (
        '{"@context":"https://schema.org","@graph":[{"@type":"WebSite","name":"Harbour"},{"@type":"NewsArticle",'
        '"headline":"The lamp","datePublished":"2021-03-04T05:06:07Z","author":[{"name":"Ann Lee"},{"name":"林一"}],'
        '"mainEntityOfPage":{"@id":"https://a.example/lamp"}}]}'
    )
    page = f"<html><title>The lamp | Harbour</title><script type='application/ld+json'>{script}</script>"
    head = page_head(page)
    assert (head.title, head.author, head.url) == ("The lamp", "Ann Lee, 林一", "https://a.example/lamp")
    assert head.date == datetime(2021, 3, 4, 5, 6, 7, tzinfo=UTC)
    assert page_head(page.replace('"@graph"', "oops")).title == "The lamp | Harbour"


def test_a_page_of_wechat() -> None:
    page = (
        "<html><meta property=og:title content=灯塔><title></title><script>var ct = '1616393074';"
        'var msg_link = "http://mp.example/s?a=1&amp;b=2";</script><div id="js_content">'
        '<a id="js_name">远行</a><em id="publish_time" class="x">2021-03-22 14:04</em>'
    )
    head = page_head(page)
    assert (head.title, head.author, head.url) == ("灯塔", "远行", "http://mp.example/s?a=1&b=2")
    assert head.date == datetime(2021, 3, 22, 14, 4)  # noqa: DTZ001 - it has no zone
    timed = page_head(page.replace("publish_time", "x"))
    assert timed.date == datetime.fromtimestamp(1616393074, UTC)


def test_line_with_the_publication_date() -> None:
    page = "<html><title>x</title><p>来源：港口报 <span>发布时间：<b>2021年3月4日 05:06</b></span></p>"
    assert page_head(page).date == datetime(2021, 3, 4, 5, 6)  # noqa: DTZ001 - it has no zone


def test_contents_of_metadata_in_pages_saved_by_mercury() -> None:
    head = page_head(
        "<html><head><meta value='Ana Lima' name=author><meta name=date value=2021-05-03></head><h1>x</h1>"
    )
    assert (head.author, head.date and head.date.isoformat()) == ("Ana Lima", "2021-05-03T00:00:00")


def test_dublin_core() -> None:
    page = (
        "<html><meta name=DC.title content=Lamp><meta name=DCTERMS.creator content=Lin>"
        "<meta name=dcterms.created content=2021-03-04>"
    )
    head = page_head(page)
    assert (head.title, head.author, head.date) == ("Lamp", "Lin", datetime(2021, 3, 4))  # noqa: DTZ001 - it has no zone


@pytest.mark.parametrize(
    ("body", "date"),
    [
        ("<p>在<time datetime='2020-01-01'>元旦</time>那天，灯亮了。</p>", ""),
        (
            "<p>It was <time datetime='1912-04-15'>that night</time>.</p><time datetime='2021-05-03'>x</time>",
            "2021-05-03",
        ),
        ("<p>Ana Lima, <time datetime='2021-05-03'>3 May</time></p>", "2021-05-03"),
        ("<div><time datetime='2021-05-03'>3 May</time></div><p>He came.</p>", "2021-05-03"),
    ],
)
def test_time_in_a_sentence_is_no_date_of_the_page(body: str, date: str) -> None:
    found = page_head(f"<!DOCTYPE html><html><head><title>x</title></head><body>{body}</body></html>").date
    assert (found.date().isoformat() if found else "") == date


@pytest.mark.parametrize(
    "bearing", ["<meta property='og:title' content='(500) Days at Sea'>", "<h1>(500) Days at Sea</h1>"]
)
def test_a_number_that_the_article_bears_is_no_counter(bearing: str) -> None:
    page = f"<html><head><title>(500) Days at Sea - YouTube</title>{bearing}</head><body><p>x</p></body></html>"
    assert page_head(page).title.startswith("(500) Days at Sea")


@pytest.mark.parametrize("site", ["YouTube", "X", "LinkedIn", "知乎"])
@pytest.mark.parametrize("counter", ["(1)", "(99+)", "(3 封私信 / 20 条消息)"])
def test_the_number_of_messages_is_no_part_of_a_title(site: str, counter: str) -> None:
    page = f"<html><head><title>{counter} The lamp - {site}</title></head><body><p>x</p></body></html>"
    assert page_head(page).title.startswith("The lamp")
    assert page_head(page.replace(f" - {site}", " - Films")).title.startswith(counter)


def test_the_author_of_a_forum_program_is_no_author() -> None:
    page = "<html><head><meta name=author content='Discuz! Team and Comsenz UI Team'><title>灯</title></head></html>"
    assert page_head(page).author == ""


def test_an_embedded_picture_does_not_separate_a_name_from_its_headline() -> None:
    picture = f"<img src=data:image/png;base64,{'A' * 20_000} alt=''>"
    byline = f"<div itemprop='author' class='AuthorInfo'>{picture}<meta itemprop='name'><a>林晚</a></div>"
    head = "<!DOCTYPE html><html><head><title>灯塔</title></head>"
    page = f"{head}<body><h1>灯塔</h1>{picture}{byline}<p>光。</p></body></html>"
    assert page_head(page).author == "林晚"
    named = f"<div itemprop='author'>{picture}<div></div><span class='User AuthorInfo-name'><a>林晚</a></span></div>"
    assert page_head(page.replace(byline, named)).author == "林晚"


@pytest.mark.parametrize(("site", "author"), [("X (formerly Twitter)", ""), ("知乎专栏", ""), ("灯塔日记", "灯塔日记")])
def test_a_site_of_many_authors_is_no_author(site: str, author: str) -> None:
    page = (
        f"<html><head><meta property='og:site_name' content='{site}'><title>灯</title></head><body><p>光。</p></body>"
    )
    assert page_head(page).author == author
