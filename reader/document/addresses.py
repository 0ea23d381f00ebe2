"""What an address does when it is followed: whether it leads to a place, or is a program itself."""

import re

_IGNORED = re.compile(r"[\x00-\x20\x7f-\x9f\u200b\ufeff]+")
"""What browsers leave out before they look for the scheme (WHATWG URL, 4.4), and what cleaning would."""

_ACTIVE = ("javascript:", "vbscript:", "data:")


def is_active(address: str) -> bool:
    """Whether a browser would run an address, or show as a page of its own what is written in it (`data:`)."""
    return _IGNORED.sub("", address[:200]).lower().startswith(_ACTIVE)
