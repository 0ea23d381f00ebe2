"""The language of a text in Latin, Greek or Cyrillic letters is recognized, or none is assumed."""

import pytest

from reader.document.hyphenation_language import hyphenation_language


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The lamp was lit by the keeper of the tower, and it was not to be put out at dawn."),
        ("de", "Die Lampe wurde von dem Wärter angezündet, und sie war die ganze Nacht auf der Insel zu sehen."),
        ("fr", "La lampe est allumée par le gardien de la tour, et elle est visible dans la nuit sur les îles."),
        ("es", "La lámpara de la torre se enciende por la noche y los barcos que llegan al puerto la ven."),
        ("it", "La lampada della torre è accesa dal guardiano e si vede per tutta la notte anche dalle isole."),
        ("pt", "A lâmpada da torre é acesa pelo guarda e os navios que não a veem ficam no porto com o piloto."),
        ("nl", "De lamp van de toren is door een wachter aangestoken en het licht is niet te zien voor de boten."),
        ("sv", "Lampan i tornet är tänd och det syns från båten att den inte har släckts av vakten."),
        ("pl", "Lampa na wieży jest zapalona i nie gaśnie do rana, ale za mgłą się jej nie widzi."),
        ("ru", "Лампа на башне горит всю ночь, и её видно с моря, но не из города."),
        ("el", "Η λάμπα του φάρου είναι αναμμένη και το φως της φαίνεται από την θάλασσα."),
    ],
)
def test_a_sentence_is_enough(language: str, text: str) -> None:
    assert hyphenation_language(text) == language


@pytest.mark.parametrize(
    "text", ["", "lamp", "lorem ipsum dolor sit amet consectetur", "海边的灯塔", "def of the x y z"]
)
def test_what_is_not_certain_has_no_language(text: str) -> None:
    assert hyphenation_language(text) == ""


def test_a_text_in_another_script_may_quote_one() -> None:
    assert hyphenation_language("海边的灯塔：“The lamp of the tower is not to be put out.”守塔人说。") == "en"
