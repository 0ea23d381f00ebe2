"""Addresses as they are shown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.document.addresses import displayed, written_target


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("https://example.org/路?q=1#甲", "https://example.org/路?q=1#甲"),
        ("https://\u0430pple.com/a", "https://xn--pple-43d.com/a"),
        ("HTTPS://me@例子.中国:80/", "HTTPS://me@xn--fsqu00a.xn--fiqs8s:80/"),
        ("a\x1b]0;x\x07\nb\u202ec", "a]0;x bc"),
        ("../甲.md", "../甲.md"),
    ],
)
def test_an_address_is_shown_on_one_line_with_a_host_in_ascii(address: str, shown: str) -> None:
    assert displayed(address) == shown


@given(st.text() | st.text().map(lambda host: f"http://{host}/"))
def test_any_address_can_be_shown(address: str) -> None:
    shown = displayed(address)
    assert len(shown) <= 400
    assert "\n" not in shown
    assert "\x1b" not in shown


def test_a_long_address_is_cut() -> None:
    assert displayed("x" * 10_000_000) == "x" * 399 + "…"


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
