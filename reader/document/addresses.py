"""Classification of link addresses by what following them would do."""

from reader.regex import regex

_IGNORED = regex(r"[\x00-\x20\x7f-\x9f\u200b\ufeff]+")
"""Characters that browsers strip before they look for the scheme (WHATWG URL, 4.4), and those that cleaning strips."""

_ACTIVE = ("javascript:", "vbscript:", "data:")


def is_active(address: str) -> bool:
    """Whether a browser would run code in the address or render its content as a page (`data:`)."""
    return _IGNORED.sub("", address[:200]).lower().startswith(_ACTIVE)
