"""The letters and digits of a text, by which texts are compared that differ in punctuation and spaces."""


def letters(text: str) -> str:
    """Return the letters and digits of a text, in their order and as they are written."""
    return "".join(filter(str.isalnum, text))


def folded_letters(text: str) -> str:
    """Return the letters and digits of a text without differences of case."""
    return letters(text).casefold()
