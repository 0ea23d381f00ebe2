"""The language of a text (BCP 47), guessed from its scripts; programs choose the glyphs of Han characters by it."""

from reader.document.document import Document
from reader.document.language_tags import HAN_LANGUAGES, base_language
from reader.regex import regex

_ENOUGH = 20_000
"""Number of characters that are examined."""

_LETTERS = {
    "ja": regex("[\u3040-\u30ff]"),
    "ko": regex("[\uac00-\ud7a3]"),
    "zh": regex("[\u3400-\u4dbf\u4e00-\u9fff]"),
    "en": regex("[A-Za-z]"),
}


def language_of(document: Document) -> str:
    """“ja” for a text with kana, “ko” with Hangul, “zh” with only Han characters, else “en”; “und” without letters."""
    text = "".join(leaf.text.text[:_ENOUGH] for leaf in document.leaves[:_ENOUGH])[:_ENOUGH]
    counts = {language: len(letters.findall(text)) for language, letters in _LETTERS.items()}
    asian = counts["ja"] + counts["ko"] + counts["zh"]
    if not asian and not counts["en"]:
        return "und"
    # A Han character counts as much as about half a dozen letters.
    if asian * 6 < counts["en"]:
        return "en"
    if counts["ja"] * 10 > asian:
        return "ja"
    return "ko" if counts["ko"] * 3 > asian else "zh"


def stated_language(document: Document) -> str:
    """The language (BCP 47) that an exported file states: the declared one, unless the scripts of the text refute it.

    Many sites declare English, the language of their theme, for texts in Chinese or Japanese.
    """
    guessed, declared = language_of(document), document.language
    own = base_language(declared)
    is_possible = own not in HAN_LANGUAGES if guessed in ("en", "und") else own == guessed
    return declared if declared and is_possible else guessed
