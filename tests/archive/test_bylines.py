"""The author and the date that a page displays near its headline."""

import pytest

from reader.archive.bylines import read_byline
from reader.archive.html_head import page_head
from tests.growth import assert_linear


def page(below: str, head: str = "") -> str:
    """A page with a headline."""
    return f"<!DOCTYPE html><html><head><title>风夜</title>{head}</head><body><h1>风夜的灯塔</h1>{below}</body></html>"


@pytest.mark.parametrize(
    ("below", "author"),
    [
        ("<a rel='author' href='/a'>Ana Lima</a>", "Ana Lima"),
        ("<span itemprop=author><span itemprop=name>Ana Lima</span></span>", "Ana Lima"),
        ("<meta itemprop='author' content='Ana Lima'>", "Ana Lima"),
        ("<div class='post-byline'>By <a href='/a'>Ana Lima</a> | 3 May 2021</div>", "Ana Lima"),
        ("<p class='author'>文／林晚</p>", "林晚"),
        ("<p class='byline'>记者：林晚（实习）</p>", "林晚"),
        ("<p class='author'>文天祥</p>", "文天祥"),
        ("<p class='author'>글로리아</p>", "글로리아"),
        ("<p class='author'>글/김하늘</p>", "김하늘"),
        ("<p class='author'>编辑部</p>", "编辑部"),
        ("<p class='author'>编辑：林晚</p>", "林晚"),
        ("<p class='author'>责任编辑：林晚</p>", ""),
        ("<p class='author'>作者：未知&nbsp;&nbsp;责任编辑：林晚</p>", ""),
        ("<p class='author'>著者：林晚</p>", "林晚"),
        ("<p class='author'>Photographs by Ana Lima</p>", "Ana Lima"),
        ("<p class='author'>Zeige alle Beiträge von Ana Lima</p>", "Ana Lima"),
        ("<p class='author'>Name</p>", ""),
        ("<p><span>来源：港口周报</span><span>作者：林晚</span></p>", "林晚"),
        ("<p>来源：本站&nbsp;作者：<b>林晚</b>&nbsp;浏览：3</p>", "林晚"),
        ("<p>文章转载请注明作者：转载请注明</p>", ""),
        ("<p class='author'>von der Leyen</p>", "von der Leyen"),
        ("<p class='author'>Von Hans Möller</p>", "Hans Möller"),
        ("<p class='author'>par Élise Roux</p>", "Élise Roux"),
        ("<p class='author'>Di Stefano</p>", "Di Stefano"),
        ("<p class='author'>Di Mario Rossi</p>", "Mario Rossi"),
        ("<a rel='author'>Di Stefano Anna</a>", "Di Stefano Anna"),
        ("<p class='byline'>Tuesday May 3, 2021</p><a rel='author'>Ana Lima</a>", "Ana Lima"),
        ("<p>von <a href='/autoren/ana-lima'>Ana Lima</a></p>", "Ana Lima"),
        ("<p><a href='/authors/'>All authors</a></p>", ""),
        ("<p class='byline'>Veröffentlicht am</p>", ""),
        ("<p class='author'>Autor:</p><p class='author'>Ana Lima</p>", "Ana Lima"),
        ("<p class='byline'>May 3, 2021</p>", ""),
        ("<p class='author'>https://example.org/ana</p>", ""),
        ("<img class='author-avatar' alt='x'><p class='authority'>Ana Lima</p>", ""),
    ],
)
def test_author_near_the_headline(below: str, author: str) -> None:
    assert page_head(page(below)).author == author


@pytest.mark.parametrize("name", ["No Author", "name, email@example.org", "/humans.txt", "未知"])
def test_placeholders_of_authors_are_none(name: str) -> None:
    assert page_head(page("", f"<meta name='author' content='{name}'>")).author == ""


@pytest.mark.parametrize(
    "head",
    [
        """<script type="application/ld+json">{"title": "x", "pubDate": "2021-05-03T08:15:00"}</script>""",
        "<meta itemprop='dateUpdate' content='2021-05-03 08:15:00'>",
        "<meta name='apub:time' content='2021-5-3 08:15:00'>",
    ],
)
def test_dates_in_the_metadata_of_chinese_sites(head: str) -> None:
    assert str(page_head(page("", head)).date) == "2021-05-03 08:15:00"


def test_headline_that_is_no_heading_may_have_blanks_around_it() -> None:
    body = "<div class=t>\n  夜里的灯塔亮了起来  </div><div><span class=h-time> 2021-05-03 08:15</span></div>"
    source = f"<html><head><title>夜里的灯塔亮了起来-海港网</title></head><body>{body}</body></html>"
    assert str(page_head(source).date) == "2021-05-03 08:15:00"


@pytest.mark.parametrize(
    ("below", "date"),
    [
        ("<span class='entry-date'>May 3rd, 2021</span>", "2021-05-03T00:00:00"),
        ("<p class='published'>Published on 3 May 2021 by nobody</p>", "2021-05-03T00:00:00"),
        ("<div class='post-time'>2021年5月3日 08:15 来源：港口周报</div>", "2021-05-03T08:15:00"),
        ("<span itemprop='datePublished' content='2021-05-03'>gestern</span>", "2021-05-03T00:00:00"),
        ("<span class='date'>gestern</span>", ""),
        ("<p>The lamp was lit on 3 May 2021.</p>", ""),
    ],
)
def test_date_near_the_headline(below: str, date: str) -> None:
    found = page_head(page(below)).date
    assert (found.isoformat() if found else "") == date


def test_metadata_of_the_head_has_precedence() -> None:
    head = "<meta name=author content='Ana Lima'><meta name=date content='2020-01-02'>"
    found = page_head(page("<p class=byline>By Zoe Wu</p><p class=date>3 May 2021</p>", head))
    assert (found.author, found.date and found.date.isoformat()) == ("Ana Lima", "2020-01-02T00:00:00")


def test_site_is_the_author_of_a_page_without_any() -> None:
    head = "<meta property='og:site_name' content='港口周报'>"
    assert page_head(page("<p>风</p>", head)).author == "港口周报"
    assert page_head(page("<p class=byline>By Zoe Wu</p>", head)).author == "Zoe Wu"


def article(author: str) -> str:
    """JSON-LD that names an author and a publisher."""
    publisher = '{"@type":"Organization","name":"Harbour Weekly"}'
    written = f'{{"@type":"NewsArticle","headline":"x","author":{author},"publisher":{publisher}}}'
    return f"<script type='application/ld+json'>{written}</script>"


@pytest.mark.parametrize(
    ("head", "author"),
    [
        (article('{"@type":"Person","name":"Ana Lima"}'), "Ana Lima"),
        (article('{"@type":"Organization","name":"Harbour Desk"}'), "Zoe Wu"),
        (article('{"@type":"Person","name":"Harbour Weekly"}'), "Zoe Wu"),
        (article('"Harbour Weekly"') + "<meta name=author content='Ana Lima'>", "Ana Lima"),
        ("<meta property=og:site_name content='Harbour Weekly'><meta name=author content='Harbour weekly'>", "Zoe Wu"),
        ("<meta name=author content='harbour.com'><meta name=author content='김하늘 기자'>", "김하늘"),
        ("<meta name=author content='ana@harbour.org'>", "Zoe Wu"),
        ("<meta name=author content='105092'>", "Zoe Wu"),
        ("<meta name=author content='mailto:ana%40harbour'>", "Zoe Wu"),
    ],
)
def test_a_person_has_precedence_over_the_publisher(head: str, author: str) -> None:
    assert page_head(page("<p class=byline>By Zoe Wu</p>", head)).author == author


def test_an_organization_is_the_author_if_no_person_is() -> None:
    assert page_head(page("", article('{"@type":"Organization","name":"Sea Agency"}'))).author == "Sea Agency"
    assert page_head(page("", "<meta name=author content='harbour.com'>")).author == "harbour.com"


def test_page_without_headline_has_no_byline() -> None:
    assert read_byline("<p class=byline>By Zoe Wu</p>", "") == ("", None)


def test_title_is_one_of_several_headlines_that_begin_it() -> None:
    source = (
        "<!DOCTYPE html><title>The Storm of May – The Port – Weekly</title><h1>The Port</h1><h1>The Storm of May</h1>"
    )
    assert page_head(source).title == "The Storm of May"


def test_time_is_linear_in_hostile_pages() -> None:
    assert_linear(lambda size: read_byline(page("<p class='byline " * size), "x"), 2_000)
    assert_linear(lambda size: read_byline(page("<p class='byline'>By " * size), "x"), 2_000)


@pytest.mark.parametrize(
    ("declared", "author"),
    [
        ("Von Ana Lima", "Ana Lima"),
        ("By Ana Lima And Zoe Wu", "Ana Lima And Zoe Wu"),
        ("View all posts by Ana Lima", "Ana Lima"),
        ("von der Leyen", "von der Leyen"),
        ("Von Miller", "Von Miller"),
        ("-", "Hafen"),
    ],
)
def test_prepositions_before_declared_names(declared: str, author: str) -> None:
    head = f"<meta name=author content='{declared}'><meta property=og:site_name content=Hafen>"
    assert page_head(f"<html><head>{head}</head><h1>Lampe</h1></html>").author == author


@pytest.mark.parametrize("shown", ["View all posts Ana Lima", "View all posts by Ana Lima"])
def test_links_to_the_posts_of_an_author(shown: str) -> None:
    assert page_head(page(f"<a class='author-link' href='/a'>{shown}</a>")).author == "Ana Lima"
