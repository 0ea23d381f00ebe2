"""Who may enter a server."""
# ruff: noqa: S104 - nothing listens here

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.serving.access import Access, access_to, in_address, is_loopback, new_token

LOCAL = access_to("127.0.0.1", 8000, "")


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        *((one, True) for one in ("127.0.0.1", "127.1.2.3", "::1", "localhost")),
        *((one, False) for one in ("0.0.0.0", "::", "192.168.1.2", "localhost.example", "example.org", "")),
    ],
)
def test_only_loopback_addresses_are_of_this_machine(host: str, *, expected: bool) -> None:
    assert is_loopback(host) is expected


@pytest.mark.parametrize("authority", ["127.0.0.1:8000", "localhost:8000", "LocalHost:8000", "[::1]:8000"])
def test_a_local_server_knows_its_names(authority: str) -> None:
    assert LOCAL.knows_host(authority)


@pytest.mark.parametrize(
    "authority",
    [
        "evil.example:8000",
        *("127.0.0.1", "127.0.0.1:8001", "localhost.evil.example:8000", "127.0.0.1:8000@evil", ""),
        *(
            "localhost:8000 evil",
            "localhost:8000\r\nX: y",
            "localhost:",
            "[::1]",
            "localhost:080000",
            'x";script-src *',
        ),
    ],
)
def test_another_name_is_refused_as_after_dns_rebinding(authority: str) -> None:
    assert not LOCAL.knows_host(authority)


def test_a_server_for_others_has_any_name_but_no_other_text() -> None:
    access = access_to("0.0.0.0", 80, "secret")
    assert access.knows_host("books.example.org")
    assert access.knows_host("192.168.1.2:80")
    assert not access.knows_host("books.example.org; script-src *")


@given(st.text(max_size=40))
def test_only_the_token_itself_is_right(given_token: str) -> None:
    token = new_token()
    access = Access(8000, token)
    assert access.is_token(token)
    assert not access.is_token(given_token)
    assert Access(8000).is_token(given_token)


def test_tokens_are_long_and_different() -> None:
    tokens = {new_token() for _ in range(50)}
    assert len(tokens) == 50
    assert min(map(len, tokens)) >= 32


def test_only_a_page_of_the_server_may_open_a_session() -> None:
    assert LOCAL.is_own_page("http://127.0.0.1:8000", "127.0.0.1:8000")
    assert LOCAL.is_own_page("https://Books.example", "books.example")
    for origin in (
        None,
        "",
        "null",
        "http://evil.example",
        "http://127.0.0.1:8001",
        "http://127.0.0.1:8000.evil.example",
    ):
        assert not LOCAL.is_own_page(origin, "127.0.0.1:8000")


def test_ipv6_addresses_are_in_brackets() -> None:
    assert [in_address(one) for one in ("::1", "127.0.0.1")] == ["[::1]", "127.0.0.1"]
    assert access_to("::1", 8000, "").knows_host("[::1]:8000")
