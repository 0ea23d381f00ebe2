"""What HTML pages say of themselves."""

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


def test_a_page_tells_title_author_date_and_address() -> None:
    assert page_head(PAGE) == PageHead(
        title="港口扩建进入第三年 & 再创新高",
        author='甲 "乙"',
        date=datetime(2021, 11, 10, 8, 37, 48, tzinfo=UTC),
        url="https://a.b/c?d=1&e=2",
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
        ("<html><meta property='og:url' content='https://a.b'>", PageHead(url="https://a.b")),
        ("<div><title>not a page</title></div>", PageHead()),
        ("", PageHead()),
    ],
)
def test_pages_that_tell_less(page: str, head: PageHead) -> None:
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
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_no_page_takes_long(piece: str) -> None:
    assert_linear(lambda size: page_head("<html>" + piece * (size // len(piece))), 6_553)


@settings(deadline=None)
@given(
    st.lists(st.sampled_from([*HOSTILE, " name=date", " content='2021", "'", '"', ">", "x"]), max_size=30).map("".join)
)
def test_no_page_raises(page: str) -> None:
    page_head("<html>" + page)
