"""What attributes of HTML mean."""

import pytest

from reader.parse.html_vocabulary import link
from tests.growth import assert_linear


@pytest.mark.parametrize(
    "script", ["", ";;", "void(0)", " void 0 ;", "void (0) ; ;", "return false;", "undefined", "{}"]
)
def test_a_script_that_does_nothing_leads_nowhere(script: str) -> None:
    assert link({"href": f"javascript:{script}"}) == ""


@pytest.mark.parametrize("script", ["go()", ";;go()", "void(0).x", "voided()", "return true", "null.x"])
def test_another_script_is_shown(script: str) -> None:
    assert link({"href": f"javascript:{script}"}) == f"javascript:{script}"


def test_a_long_script_takes_linear_time() -> None:
    for piece in (";", " ;", "\u3000"):
        for before in ("", "void", "void("):
            start = f"javascript:{before}"
            assert_linear(lambda size, start=start, piece=piece: link({"href": f"{start}{piece * size}!"}), 1_000)  # type: ignore[misc]
