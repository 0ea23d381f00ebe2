"""The language of a text by its scripts, as a tag (BCP 47), so that programs choose the right glyphs for Han."""

from reader.document.document import Document
from reader.regex import regex

_ENOUGH = 20_000
"""Characters that are looked at."""

_LETTERS = {
    "ja": regex("[\u3040-\u30ff]"),
    "ko": regex("[\uac00-\ud7a3]"),
    "zh": regex("[\u3400-\u4dbf\u4e00-\u9fff]"),
    "en": regex("[A-Za-z]"),
}


def language_of(document: Document) -> str:
    """“ja” with kana, “ko” with Hangul, “zh” with other Han, else “en”; “und” without letters."""
    text = "".join(leaf.text.text[:_ENOUGH] for leaf in document.leaves[:_ENOUGH])[:_ENOUGH]
    counts = {language: len(letters.findall(text)) for language, letters in _LETTERS.items()}
    asian = counts["ja"] + counts["ko"] + counts["zh"]
    if not asian and not counts["en"]:
        return "und"
    # A Han character is about as much text as half a dozen letters are.
    if asian * 6 < counts["en"]:
        return "en"
    if counts["ja"] * 10 > asian:
        return "ja"
    return "ko" if counts["ko"] * 3 > asian else "zh"
