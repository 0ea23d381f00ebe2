"""Notation of Zenn."""

import pytest

from reader.document.blocks import SpanKind
from tests.growth import assert_linear
from tests.parse.blocks import markdown, para

LINK = SpanKind.LINK
PAGE = "https://a.example/b"


@pytest.mark.parametrize("kind", ["card", "figma", "codesandbox"])
def test_embedded_pages_are_links_to_them(kind: str) -> None:
    assert markdown(f"@[{kind}]({PAGE})") == [para(PAGE, (PAGE, LINK, PAGE))]
    assert markdown(f"見よ @[{kind}]( {PAGE} )。") == [para(f"見よ {PAGE}。", (PAGE, LINK, PAGE))]


def test_embedded_videos_are_links_to_their_service() -> None:
    said, address = "YouTube: ab_c1", "https://www.youtube.com/watch?v=ab_c1"
    assert markdown("@[youtube](ab_c1)") == [para(said, (said, LINK, address))]


def test_addresses_may_contain_parentheses() -> None:
    page = "https://a.example/灯_(船)/b"
    assert markdown(f"@[card]({page})") == [para(page, (page, LINK, page))]


def test_other_text_stays() -> None:
    assert markdown("@[someone](https://a.example)") == [para("@someone", ("someone", LINK, "https://a.example"))]
    assert markdown("`@[card](https://a.example)`") == [
        para("@[card](https://a.example)", ("@[card](https://a.example)", SpanKind.CODE))
    ]


def test_many_marks_take_linear_time() -> None:
    for piece in ("@[card](a ", "@[card](a(", "@[card](a()"):
        assert_linear(lambda size, piece=piece: markdown(piece * size), 200)  # type: ignore[misc]
