"""Words are divided at the ends of justified lines only, where a dictionary allows it, and the text stays whole."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyphen import Pyphen

from reader.document.blocks import CodeBlock, Heading, Inline, Paragraph, Span, SpanKind
from reader.document.document import Document, Position
from reader.document.soft_hyphens import soft_hyphens
from reader.export.text_lines import text_lines
from reader.layout.cells import Cells
from reader.layout.head import Head
from reader.layout.hyphenation import Hyphenator
from reader.layout.layout import Layout
from reader.layout.lines import Line
from reader.parse.markdown import parse_markdown
from reader.settings.options import Typesetting
from tests.layout.laws import is_complete_and_fits, maps_both_ways

JUSTIFIED = Typesetting(justify=True)
ENGLISH = Pyphen(lang="en_US", left=2, right=3)
WORDS = [
    *("the", "of", "and", "to", "in", "that", "was", "for", "with", "x", "keeper", "lighthouse", "harbour", "don’t"),
    *("international", "automatically", "electrification", "illuminated", "regulations", "corresponding", "inspected"),
    *("extraordinarily", "weather", "Mediterranean", "(however)", "“twice”", "self-contained"),
]
TEXT = (
    "The keeper was informed that the automatically illuminated beacons of the international harbour were inspected "
    "for the corresponding regulations, and that the electrification of the lighthouse was considered extraordinary."
)


def document(text: str, *spans: Span) -> Document:
    return Document((Paragraph(Inline(text, spans)),))


def lines_of(found: Document, width: int, typesetting: Typesetting = JUSTIFIED) -> list[Line]:
    return Layout(found, width, typesetting).lines(0, 10_000)


def divided(line: Line) -> bool:
    """Whether a line ends with a hyphen that is not in the text."""
    shown = [run for run in line.runs if run.text]
    return bool(shown) and shown[-1].text == "-" and shown[-1].start == shown[-1].end


def divisions(found: Document, width: int, typesetting: Typesetting = JUSTIFIED) -> list[tuple[str, int]]:
    """Each divided word, and after how many letters."""
    text, parts = found.text(0), []
    for line in lines_of(found, width, typesetting):
        if divided(line):
            place = max(run.end for run in line.runs)
            start, end = place, place
            while start and text[start - 1].isalpha():
                start -= 1
            while end < len(text) and text[end].isalpha():
                end += 1
            parts.append((text[start:end], place - start))
    return parts


@settings(max_examples=80, deadline=None)
@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=60), st.integers(16, 100), st.integers(0, 4))
def test_words_are_divided_where_the_dictionary_allows_it(words: list[str], width: int, indent: int) -> None:
    found = document("The keeper of the light was in the tower. " + " ".join(words))
    options = Typesetting(justify=True, first_line_indent=indent)
    is_complete_and_fits(found, width, options)
    for word, place in divisions(found, width, options):
        assert place in [int(one) for one in ENGLISH.positions(word)]
        assert 2 <= place <= len(word) - 3
    hyphens = [divided(line) for line in lines_of(found, width, options)]
    assert not any(all(hyphens[number : number + 3]) for number in range(len(hyphens) - 2))
    assert not hyphens[-1]


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=25), st.integers(16, 60))
def test_positions_have_cells_and_cells_positions(words: list[str], width: int) -> None:
    maps_both_ways(document("The keeper of the light was in the tower. " + " ".join(words)), width, JUSTIFIED)


def test_lines_are_fuller_than_without_hyphens() -> None:
    found, cells = document(TEXT), Cells()

    def blanks(width: int, typesetting: Typesetting) -> int:
        """The cells by which lines are widened, or are too short."""
        lines = lines_of(found, width, typesetting)[:-1]
        return sum(line.text.count("  ") + width - cells.width(line.text) for line in lines)

    with_hyphens, without = (
        sum(blanks(width, Typesetting(justify=True, hyphenation=divides)) for width in range(30, 61))
        for divides in (True, False)
    )
    assert divisions(found, 40)
    assert 3 * with_hyphens < 2 * without
    # A hyphen does not make a line wider than the others.
    assert {cells.width(line.text) for line in lines_of(found, 40)[:-1]} == {40}


@pytest.mark.parametrize("typesetting", [Typesetting(), Typesetting(justify=True, hyphenation=False)])
def test_only_justified_lines_are_divided_and_only_if_wanted(typesetting: Typesetting) -> None:
    assert not any(divided(line) for line in lines_of(document(TEXT), 30, typesetting))


def test_headings_code_and_files_are_not_divided() -> None:
    found = Document((Heading(Inline(TEXT), 2), CodeBlock(Inline(TEXT))))
    assert not any(divided(line) for line in lines_of(found, 30))
    assert not any(divided(line) for line in text_lines(Head(""), document(TEXT), 30, JUSTIFIED))


@pytest.mark.parametrize("kind", [SpanKind.CODE, SpanKind.LINK, SpanKind.KEYBOARD])
def test_code_and_links_are_not_divided(kind: SpanKind) -> None:
    found = document(TEXT, Span(0, len(TEXT), kind, "https://example.org/"))
    for width in range(20, 60):
        assert divisions(found, width) == []


@pytest.mark.parametrize(
    "word",
    [
        *("lightHouseKeeper", "electrification_of", "INTERNATIONAL", "harbour/electrification"),
        *("Electrification#each", "electrification~1", "electrification=harbour"),
    ],
)
def test_names_are_not_divided(word: str) -> None:
    for width in range(20, 60):
        found = document(f"The keeper of the light was in the tower with {word} and {word} for the {word} of {word}.")
        assert not {part for part, _place in divisions(found, width)} & {
            word,
            "electrification",
            "Electrification",
            "harbour",
        }


@pytest.mark.parametrize("word", ["stdout", "rhythms", "strengths"])
def test_no_part_of_a_divided_word_is_without_a_vowel(word: str) -> None:
    for width in range(20, 60):
        found = document(f"The keeper of the light was in the tower with {word} and {word} for the {word} of {word}.")
        assert word not in {part for part, _place in divisions(found, width)}


def test_the_vowel_of_a_part_may_be_in_a_ligature() -> None:
    text = (
        "The keeper of the light was in the tower with a \ufb01lter and a \ufb01lter for the \ufb01lter of \ufb01lters."
    )
    parts = {part for width in range(20, 60) for part, _place in divisions(document(text), width)}
    assert "\ufb01lter" in parts


def test_each_paragraph_is_divided_in_its_own_language() -> None:
    german = "Die außergewöhnlichen Wetterverhältnisse waren für die Leuchtturmwärter auf der Insel nicht gefährlich."
    found = [part for width in range(20, 60) for part in divisions(document(german), width)]
    places = Pyphen(lang="de_DE", left=2, right=3)
    assert "Wetterverhältnisse" in {word for word, _place in found}
    assert all(place in [int(one) for one in places.positions(word)] for word, place in found)


def test_a_text_in_no_known_language_is_not_divided() -> None:
    found = document("lorem ipsum consectetur adipiscing incididunt " * 4)
    assert all(divisions(found, width) == [] for width in range(16, 60))


def test_an_author_says_by_soft_hyphens_where_a_word_is_divided() -> None:
    text = "The keeper of the light was in the tower for the electrification of the lamp."
    found = Document((Paragraph(Inline(text)),), soft_hyphens={"electrification": (4,)})
    parts = {part for width in range(16, 70) for part in divisions(found, width)}
    assert ("electrification", 4) in parts
    assert {place for word, place in parts if word == "electrification"} == {4}


def test_a_word_longer_than_a_line_is_divided() -> None:
    found = document("The antidisestablishmentarianism was in the tower, of the lamp and the light.")
    lines = lines_of(found, 20)
    assert any(divided(line) for line in lines)


def test_letters_without_end_are_no_word_unless_the_author_divides_them() -> None:
    endless = "lighthouse" * 20
    text = f"The keeper was informed that the {endless} was in the harbour of the town."
    assert divisions(document(text), 60) == []
    own = Document((Paragraph(Inline(text)),), soft_hyphens={endless: (5, 10, 15)})
    assert divisions(own, 60) == [(endless, 15)]


def test_a_match_at_the_end_of_a_line_is_in_the_text() -> None:
    found = Document(tuple(parse_markdown(TEXT)))
    layout = Layout(found, 40, JUSTIFIED)
    for (row, line), (_next, _below) in pairwise(enumerate(layout.lines(0, 99))):
        if divided(line):
            end = max(run.end for run in line.runs)
            assert layout.cell_of(Position(0, end)) == (row + 1, 0)
            assert layout.position_at(row, 39) == Position(0, end)


def test_capital_i_with_a_dot_is_one_letter() -> None:
    """`lower` makes two characters of it, by which Pyphen counts."""
    dotted, plain = (Hyphenator(Document(())).places(word, TEXT) for word in ("\u0130nternational", "International"))
    assert list(dotted) == list(plain) != []
    own = soft_hyphens("\u0130stan\u00adbul")
    found = Hyphenator(Document((Paragraph(Inline("\u0130stanbul")),), soft_hyphens=own))
    assert found.places("\u0130stanbul", TEXT) == (5,)


def test_the_longest_german_word_is_divided_and_a_longer_one_is_not() -> None:
    # Guinness Book of Records 1996; one letter more makes it a row of letters.
    word = "Donaudampfschiffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
    around = "Der Beamte der Gesellschaft hat die Lampe nicht gelöscht, und das Licht brannte die ganze Nacht."
    hyphenator = Hyphenator(document(around))
    assert (len(word), len(f"{word}s")) == (79, 80)
    assert hyphenator.places(word, around)
    assert not hyphenator.places(f"{word}s", around)


@pytest.mark.parametrize(
    ("language", "dictionary"),
    [
        ("de", "de_DE"), ("de-CH", "de_CH"), ("de-AT", "de_DE"), ("en-GB", "en_GB"), ("en-AU", "en_US"),
        ("en", "en_US"), ("EN-us", "en_US"), ("fr-CA", "fr"), ("pt-BR", "pt_BR"), ("hu", "hu"),
        ("no", "nb"), ("no-NO", "nb_NO"),
    ],
)  # fmt: skip
def test_the_declared_language_decides(language: str, dictionary: str) -> None:
    # English words, which the language would be guessed by.
    found = Document((Paragraph(Inline(TEXT)),), language=language)
    for word in ("automatically", "international", "electrification", "regulations", "corresponding", "extraordinary"):
        expected = [int(place) for place in Pyphen(lang=dictionary, left=2, right=3).positions(word)]
        assert list(Hyphenator(found).places(word, TEXT)) == expected


@pytest.mark.parametrize("language", ["", "zh-CN", "ja", "tlh", "x-unknown"])
def test_without_a_dictionary_the_language_is_guessed(language: str) -> None:
    found = Document((Paragraph(Inline(TEXT)),), language=language)
    assert list(Hyphenator(found).places("international", TEXT)) == list(map(int, ENGLISH.positions("international")))
