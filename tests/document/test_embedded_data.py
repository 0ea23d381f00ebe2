"""Pictures embedded in texts: their names, and where they are found again."""

from base64 import b64decode, b64encode
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.document.embedded_data import base64_of, embedded_name, embedded_places

CONTENT = st.binary(min_size=400, max_size=600)


def address(content: bytes, kind: str = "png") -> str:
    return f"data:image/{kind};base64,{b64encode(content).decode('ascii')}"


@given(st.lists(CONTENT, min_size=1, max_size=3, unique=True))
def test_pictures_are_found_again_by_their_names(contents: list[bytes]) -> None:
    file = "".join(f"文字![图]({address(content)})\n" for content in contents).encode()
    places = embedded_places(file)
    for content in contents:
        start, end = places[embedded_name(address(content))]
        assert b64decode(base64_of(file[start:end])) == content


@given(CONTENT)
def test_lines_and_escapes_do_not_change_the_name(content: bytes) -> None:
    whole = address(content)
    head, _comma, data = whole.partition(",")
    lines = "\n  ".join(data[at : at + 76] for at in range(0, len(data), 76))
    for written in (f"{head},{lines}", f"{head},{quote(data, safe='')}"):
        assert embedded_name(written) == embedded_name(whole)
        assert embedded_name(whole) in embedded_places(f"<img src='{written}'>".encode())


@pytest.mark.parametrize(
    "other",
    [
        "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7",
        "data:image/svg+xml;base64," + "PHN2" * 200,
        "data:text/html;base64," + "PHN2" * 200,
        "data:image/png," + "a" * 600,
        "data:image/png;base64," + "<" * 600,
        "https://example.org/data:image/png;base64," + "PHN2" * 200,
        "",
    ],
)
def test_spacers_programs_and_other_addresses_have_no_name(other: str) -> None:
    assert embedded_name(other) == ""


def test_a_name_is_short_and_no_address() -> None:
    name = embedded_name(address(bytes(1_000)))
    assert name.endswith(".png")
    assert len(name) < 40
    assert embedded_name(name) == ""
