"""The URLs of images in HTML: an image in a `noscript` may repeat one that a script loads."""

import re
from collections import Counter
from collections.abc import Iterator

from reader.regex import regex

_SOURCE = regex(r"""\s(?:src|data-[a-z-]{1,30})=["']?([^\s"'>]++)""", re.IGNORECASE)
_LONGEST_NAME = 40
"""The maximum number of characters of an attribute before its value."""
_SEARCHES = 100
"""The maximum number of searches for single URLs, each of which may scan the whole text."""


class ImageAddresses:
    """The URLs of images in a text.

    The first URLs are searched for one by one, because listing all of them takes longer.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._searches = _SEARCHES
        self._counts: Counter[str] | None = None

    def is_repeated(self, address: str) -> bool:
        """Whether several attributes have this URL."""
        count = at = 0
        while self._searches > 0:
            self._searches -= 1
            at = self._text.find(address, at)
            if at < 0:
                return count > 1
            end = at + len(address)
            attributes = _SOURCE.finditer(self._text, max(0, at - _LONGEST_NAME), end + 1)
            count += any(found.span(1) == (at, end) for found in attributes)
            if count > 1:
                return True
            at = end
        if self._counts is None:
            self._counts = Counter(image_addresses_in(self._text))
        return self._counts[address] > 1


def image_addresses_in(text: str) -> Iterator[str]:
    """Yield the URLs in the attributes for images, including attributes that only a script reads."""
    return (found[1] for found in _SOURCE.finditer(text))
