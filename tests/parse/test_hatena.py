"""Notation of Hatena Blog."""

import pytest

from reader.document.blocks import SpanKind
from tests.growth import assert_linear
from tests.parse.blocks import image, markdown, para

LINK = SpanKind.LINK
PAGE = "https://a.example/b/"


@pytest.mark.parametrize("options", [":embed:cite", ":embed", ":bookmark", ":title"])
def test_addresses_that_are_embedded(options: str) -> None:
    assert markdown(f"[{PAGE}{options}]") == [para(PAGE, (PAGE, LINK, PAGE))]


def test_titles_of_addresses() -> None:
    assert markdown(f"見よ[{PAGE}:title=灯 塔]。") == [para("見よ灯 塔。", ("灯 塔", LINK, PAGE))]
    assert markdown(f"[{PAGE}](x) `[{PAGE}:embed]`") == [
        para(f"{PAGE} [{PAGE}:embed]", (PAGE, LINK, "x"), (f"[{PAGE}:embed]", SpanKind.CODE))
    ]


def test_pictures_and_contents() -> None:
    address = "https://cdn-ak.f.st-hatena.com/images/fotolife/s/sea/20200102/20200102030405.jpg"
    assert markdown("[:contents]\n\n[f:id:sea:20200102030405j:plain:w300:alt=灯]") == [image("灯", address)]


@pytest.mark.parametrize("piece", ["[https://a", "[https://a:embed", "[f:id:a:20200102030405p:plain:a"])
def test_many_marks_take_linear_time(piece: str) -> None:
    assert_linear(lambda size: markdown(piece * size), 200)
