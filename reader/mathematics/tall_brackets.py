"""Brackets as tall as their content, and the pairing of brackets in a row."""

from collections.abc import Sequence

from reader.mathematics.expressions import Atom, Expression, NotShowableError, Scripts, Sign

_TALL = {
    "(": "⎛⎜⎝", ")": "⎞⎟⎠", "[": "⎡⎢⎣", "]": "⎤⎥⎦", "⌊": "⎢⎢⎣", "⌋": "⎥⎥⎦", "⌈": "⎡⎢⎢", "⌉": "⎤⎥⎥",
    "|": "│││", "‖": "‖‖‖", "/": "╱╱╱",
}  # fmt: skip
"""The top, middle and bottom of tall delimiters."""

_BRACES = {"{": "⎧⎨⎩⎪", "}": "⎫⎬⎭⎪"}
_ANGLES = {"⟨": "╱╲", "⟩": "╲╱"}
"""The characters of the upper and lower half of tall angle brackets; each row is one cell further from the point."""

_DEEPEST = 20
"""The maximum depth of nested tall brackets."""
_BARS = frozenset("|‖")
"""Delimiters whose two sides are the same."""


def tall(sign: str, height: int, axis: int) -> list[str]:
    """Return the rows of a bracket that has at least two; the point of a brace is in the row `axis`, counted from 0.

    Raises:
        NotShowableError: There is no such bracket.
    """
    if sign in _TALL:
        top, middle, bottom = tuple(_TALL[sign])
        return [top, *[middle] * (height - 2), bottom]
    if sign in _BRACES:
        top, centre, bottom, side = tuple(_BRACES[sign])
        rows = [top, *[side] * (height - 2), bottom]
        if height > 2:
            rows[min(max(axis, 1), height - 2)] = centre
        return rows
    if sign in _ANGLES:
        return _angle(sign, height)
    raise NotShowableError


def _angle(sign: str, height: int) -> list[str]:
    """Return the rows of an angle bracket; if `height` is odd, the point has a row of its own."""
    half = height // 2
    upper, lower = tuple(_ANGLES[sign])
    places = range(half - 1, -1, -1) if sign == "⟨" else range(half)
    rows = [f"{' ' * place}{upper}".ljust(half) for place in places]
    point = [sign.ljust(half) if sign == "⟨" else sign.rjust(half)] * (height % 2)
    return [*rows, *point, *(f"{' ' * place}{lower}".ljust(half) for place in reversed(places))]


def bracket_of(part: Expression) -> str:
    """Return the sign of a part that is a bracket, with or without scripts; empty for any other part."""
    sign = part.base if isinstance(part, Scripts) else part
    return sign.text if isinstance(sign, Sign) else ""


def bracket_pairs(parts: Sequence[Expression]) -> dict[int, int]:
    r"""Return the index of the closing bracket by the index of each opening bracket in a row.

    Brackets need not be marked with `\left` and `\right`: authors write `(\frac{a}{b})`, and MathML has no such marks.
    Bars are a pair if there are exactly two of them.
    """
    pairs: dict[int, int] = {}
    opened: list[int] = []
    bars: list[int] = []
    for number, part in enumerate(parts):
        sign = part.base if isinstance(part, Scripts) else part
        if not isinstance(sign, Sign):
            continue
        if sign.text in _BARS:
            bars.append(number)
        elif sign.atom is Atom.OPENING and part is sign:
            opened.append(number)
        elif sign.atom is Atom.CLOSING and sign.text != "!" and opened:
            opening = opened.pop()
            if len(opened) < _DEEPEST:
                pairs[opening] = number
    if len(bars) == 2 and not any(
        one < bars[0] < two < bars[1] or bars[0] < one < bars[1] < two for one, two in pairs.items()
    ):
        pairs[bars[0]] = bars[1]
    return pairs
