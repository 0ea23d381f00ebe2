"""Addresses as they are shown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.document.addresses import written_target
from reader.document.web_addresses import shown_address


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("https://example.org/路?q=1#甲", "https://example.org/路?q=1#甲"),
        ("https://\u0430pple.com/a", "https://xn--pple-43d.com/a"),
        ("HTTPS://me@ex\u0430mple.中国:80/", "HTTPS://me@xn--exmple-4nf.xn--fiqs8s:80/"),
        ("ftp://me:@pw@\u0430pple.com", "ftp://me:@pw@xn--pple-43d.com"),
        ("https:///\u0430pple.com\\a", "https:///xn--pple-43d.com\\a"),
        ("https://例子.中国/路", "https://例子.中国/路"),
        ("https://ノート.jp/", "https://ノート.jp/"),
        # A katakana letter beside Latin ones looks like the slash that ends a host.
        ("https://example.comノlogin.example.org/", "https://example.xn--comlogin-634g.example.org/"),
        ("https://\u0430pple.com/\u0430pple.com", "https://xn--pple-43d.com/\u0430pple.com"),
        ("a\x1b]0;x\x07\nb\u202ec", "a]0;x bc"),
        ("../甲.md", "../甲.md"),
    ],
)
def test_an_address_is_shown_on_one_line_with_a_host_that_imitates_none(address: str, shown: str) -> None:
    assert shown_address(address) == shown


@given(st.text() | st.text().map(lambda host: f"http://{host}/"))
def test_any_address_can_be_shown(address: str) -> None:
    shown = shown_address(address)
    assert len(shown) <= 400
    assert "\n" not in shown
    assert "\x1b" not in shown


def test_a_long_address_is_cut() -> None:
    assert shown_address("x" * 10_000_000) == "x" * 399 + "…"


@pytest.mark.parametrize(
    ("target", "written"),
    [
        ("wiki:灯塔#夜", "[[灯塔#夜]]"),
        ("embed:图.png", "![[图.png]]"),
        ("ref:2021-03-04-harbour", "2021-03-04-harbour"),
        ("wiki/a.md", "wiki/a.md"),
        ("https://example.org/wiki:a", "https://example.org/wiki:a"),
    ],
)
def test_a_target_is_shown_as_its_author_wrote_it(target: str, written: str) -> None:
    assert written_target(target) == written
