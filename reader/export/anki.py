"""The vocabulary as text for Anki: one note per line, its fields separated by tabs."""

from collections.abc import Iterable

from reader.marks.looked_up_words import VocabularyWord

_HEADER = "#separator:tab\n#html:false\n#columns:Id\tWord\tReading\tMeaning\tSentence\tTitle\n#guid column:1\n"
"""What tells Anki 2.1.54 and later how to read the file. By the id, a note is updated when it is imported again."""


def vocabulary_for_anki(words: Iterable[VocabularyWord]) -> str:
    """The words as tab-separated lines: id, word, reading, meaning, sentence, title."""
    rows = ((one.uid, one.text, one.reading, one.meaning, one.sentence, one.title) for one in words)
    return _HEADER + "".join("\t".join(map(_field, row)) + "\n" for row in rows)


def _field(text: str) -> str:
    # Anki reads a field that begins with a quotation mark to the next one.
    return " ".join(text.split()).replace('"', "”")
