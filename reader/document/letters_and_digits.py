"""The letters and digits of a text, for comparing texts that may differ in punctuation and spaces."""


def letters(text: str) -> str:
    """Return the letters and digits of a text, in their order and in their case."""
    return "".join(filter(str.isalnum, text))


def folded_letters(text: str) -> str:
    """Return the letters and digits of a text, with their case folded."""
    return letters(text).casefold()
