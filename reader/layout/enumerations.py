"""Lists of numbers with slashes, 90/95/99, which are not one number: a line may end behind a solidus if it has to."""

from collections.abc import Iterator

from reader.regex import regex

_NUMBERS = regex(r"(?<![0-9A-Za-z/.])[0-9]++(?:/[0-9]++){2,}+(?![0-9A-Za-z/.])")
_DAY, _MONTH = "(?:0?[1-9]|[12][0-9]|3[01])", "(?:0?[1-9]|1[0-2])"
_DATE = regex(f"[0-9]{{2,4}}/{_MONTH}/{_DAY}|(?:{_DAY}/{_MONTH}|{_MONTH}/{_DAY})/[0-9]{{2,4}}")


def enumerations(text: str) -> Iterator[tuple[int, int]]:
    """The ranges of the lists of three numbers or more in a text; dates are none."""
    for found in _NUMBERS.finditer(text):
        if not _DATE.fullmatch(found[0]):
            yield found.span()


def enumerated(text: str) -> frozenset[int]:
    """The offsets of the numbers in these lists that follow a solidus."""
    return frozenset(
        place for start, end in enumerations(text) for place in range(start + 1, end) if text[place - 1] == "/"
    )
