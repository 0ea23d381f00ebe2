"""Plain text with boilerplate around it."""

from reader.document.blocks import Details, Paragraph
from reader.parse.formats.plain_text import parse_text
from tests.parse.formats.reading import texts

BOOK = """The Project Gutenberg eBook of The Lamp

This eBook is for the use of anyone anywhere.

Title: The Lamp

*** START OF THE PROJECT GUTENBERG EBOOK THE LAMP ***

The boats go out before anybody is awake.

Nobody could say when the wall was built.

*** END OF THE PROJECT GUTENBERG EBOOK THE LAMP ***

Updated editions will replace the previous one.
"""


def test_the_licence_of_a_book_is_folded_and_kept() -> None:
    above, first, second, below = parse_text(BOOK)
    assert isinstance(above, Details)
    assert isinstance(below, Details)
    assert [type(first), type(second)] == [Paragraph, Paragraph]
    said = "".join(texts([above, first, second, below]))
    for line in BOOK.split("\n"):
        assert line.strip() in said


def test_the_small_print_of_an_old_book_is_folded() -> None:
    end = "*END*THE SMALL PRINT! FOR PUBLIC DOMAIN ETEXTS*Ver.04.29.93*END*"
    above, text = parse_text(f"The Project Gutenberg Etext of Lamps\n\n{end}\n\nThe boats.\n")
    assert isinstance(above, Details)
    assert list(texts([text])) == ["The boats."]


def test_text_that_mentions_the_licence_is_kept_whole() -> None:
    source = "I found the text at Project Gutenberg.\n\nIt was free.\n"
    assert [type(block) for block in parse_text(source)] == [Paragraph, Paragraph]
