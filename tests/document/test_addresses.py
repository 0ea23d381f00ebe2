"""Addresses as they are shown."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.document.addresses import uri_of, written_target
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


@pytest.mark.parametrize(
    ("address", "uri"),
    [
        ("https://example.org/#/a.md#part", "https://example.org/#/a.md%23part"),
        (
            "https://example.org/a[1]?b=[2]|{3}^`#c[4]",
            "https://example.org/a%5B1%5D?b=%5B2%5D%7C%7B3%7D%5E%60#c%5B4%5D",
        ),
        ("https://[::1]:80/a\\b", "https://[::1]:80/a%5Cb"),
        ("https://example.org/100%/50%25", "https://example.org/100%25/50%25"),
        ("https://example.org/灯", "https://example.org/%E7%81%AF"),
        ("mailto:a@example.org?subject=<b>", "mailto:a@example.org?subject=%3Cb%3E"),
        ("https://name:p@ss@example.org/@a", "https://example.org/@a"),
        ("https://bank.example@example.org", "https://example.org"),
        ("a.md", ""),
    ],
)
def test_exported_addresses_are_valid(address: str, uri: str) -> None:
    assert uri_of(address) == uri


_VALID_PART = r"(?:[\w.~!$&'()*+,;=:@/?-]|%[0-9A-Fa-f]{2})*"
VALID = re.compile(rf"{_VALID_PART}(?:#{_VALID_PART})?", re.ASCII)
"""What RFC 3986 (3.3 to 3.5) allows after the authority."""


@given(st.text(max_size=40))
def test_any_exported_address_is_valid(text: str) -> None:
    uri = uri_of(f"https://example.org/{text}")
    assert VALID.fullmatch(uri.removeprefix("https://example.org"))
    assert uri_of(uri) == uri
