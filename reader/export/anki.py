"""The vocabulary as text for Anki: one line per note, with tabs between the fields."""

from collections.abc import Iterable

from reader.marks.looked_up_words import VocabularyWord

_HEADER = "#separator:tab\n#html:false\n#columns:Id\tWord\tReading\tMeaning\tSentence\tTitle\n#guid column:1\n"
"""The header lines for Anki 2.1.54 and later. Importing a note with the same id again updates it."""


def vocabulary_for_anki(words: Iterable[VocabularyWord]) -> str:
    """The words as tab-separated lines: id, word, reading, meaning, sentence, title."""
    rows = ((one.uid, one.text, one.reading, one.meaning, one.sentence, one.title) for one in words)
    return _HEADER + "".join("\t".join(map(_field, row)) + "\n" for row in rows)


def _field(text: str) -> str:
    # Anki takes a quotation mark at the beginning of a field for the start of a quoted field.
    return " ".join(text.split()).replace('"', "”")
