"""Soft hyphens are kept beside the text, which has whole words."""

import pytest

from reader.document.body import Body, BodyFormat
from reader.document.soft_hyphens import soft_hyphens
from reader.parse.parser import parse


@pytest.mark.parametrize("hyphen", ["\u00ad", "&shy;", "&#173;", "&#xAD;", "&#xad;", "&#XaD;"])
def test_the_places_of_soft_hyphens_are_found(hyphen: str) -> None:
    source = f"The Light{hyphen}house{hyphen}keeper and the har{hyphen}bour"
    assert soft_hyphens(source) == {"lighthousekeeper": (5, 10), "harbour": (3,)}


def test_a_text_without_them_has_none() -> None:
    assert soft_hyphens("The lighthouse & the harbour") == {}


def test_the_text_of_a_document_has_whole_words() -> None:
    for source, form in (
        ("The light\u00adhouse", BodyFormat.MARKDOWN),
        ("<p>The light&shy;house</p>", BodyFormat.HTML),
    ):
        document = parse(Body(source, form, ""))
        assert document.text(0) == "The lighthouse"
        assert document.soft_hyphens == {"lighthouse": (5,)}


@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("İstan\u00adbul", {"i\u0307stanbul": (5,)}),
        ("Straßen\u00adbahn", {"straßenbahn": (7,)}),
        ("of\u00adﬁ\u00adcial", {"ofﬁcial": (2, 3)}),
        ("Ǆungla\u00ad\u0130\u00adzmir", {"ǆunglai\u0307zmir": (6, 7)}),
    ],
)
def test_offsets_count_the_letters_as_they_are_written(word: str, found: dict[str, tuple[int, ...]]) -> None:
    assert soft_hyphens(word) == found
