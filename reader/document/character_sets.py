"""Sets of characters written as ranges, for testing whether a text contains any of them.

A regular expression would do the same, but `re` needs milliseconds to compile the ranges of Han and Hangul, and a short
command tests only a few hundred characters.
"""


class CharacterSet:
    """The characters of some ranges, or all other characters.

    Args:
        ranges: Characters and ranges as in a regular expression: `"!?\u4e00-\u9fff"`; with a leading `^` all others.

    Attributes:
        has: A function that tells whether a character is in the set, faster than `in`; an empty string is in no range.
    """

    def __init__(self, ranges: str) -> None:
        self._known = _Membership(ranges)
        self.has = self._known.__getitem__

    def __contains__(self, character: str) -> bool:
        return self._known[character]

    def any_in(self, text: str) -> bool:
        """Whether the text contains any of the characters."""
        # Most texts consist of characters that are known not to be in the set: test these without a call for each.
        return not self._known.outside.issuperset(text) and any(map(self._known.__getitem__, set(text)))


class _Membership(dict[str, bool]):
    """The results for the characters tested so far.

    Attributes:
        outside: The characters tested so far that are not in the set.
    """

    def __init__(self, ranges: str) -> None:
        super().__init__()
        self.outside: set[str] = set()
        self._inside = not ranges.startswith("^")
        rest = ranges.removeprefix("^")
        self._ranges: list[tuple[str, str]] = []
        at = 0
        while at < len(rest):
            is_range = rest[at + 1 : at + 2] == "-" and at + 2 < len(rest)
            self._ranges.append((rest[at], rest[at + 2] if is_range else rest[at]))
            at += 3 if is_range else 1

    def __missing__(self, character: str) -> bool:
        found = any(first <= character <= last for first, last in self._ranges)
        self[character] = answer = found is self._inside
        if not answer:
            self.outside.add(character)
        return answer
