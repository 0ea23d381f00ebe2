"""A displayed formula in rows: fractions one above the other, limits above and below, matrices, tall brackets."""

from collections.abc import Callable
from collections.abc import Sequence as Rows

from reader.lean_dataclasses import dataclass, replace
from reader.mathematics.expressions import (
    EMPTY,
    Accent,
    Atom,
    Boxed,
    Brace,
    Expression,
    Fenced,
    Fraction,
    Matrix,
    NotShowableError,
    Root,
    Scripts,
    Sequence,
    Sign,
)
from reader.mathematics.one_line import (
    accented,
    is_operator,
    is_single,
    one_line,
    runs_on,
    script,
    shifted,
)
from reader.mathematics.spacing import flat, spaces
from reader.mathematics.symbols import LOWERED, RAISED
from reader.mathematics.tall_brackets import bracket_of, bracket_pairs, tall

Width = Callable[[str], int]
"""Measures a text in cells."""


@dataclass(frozen=True, slots=True)
class Box:
    """Rows of the same width; `axis` is the number of the row at which boxes are aligned."""

    rows: tuple[str, ...]
    axis: int = 0


@dataclass(frozen=True, slots=True)
class _SpacedRow:
    """The parts of a row with the spaces before them, their boxes, and its pairs of brackets that may be tall."""

    parts: Rows[tuple[str, Expression]]
    boxes: Rows[Box]
    pairs: dict[int, int]


class Stacker:
    """Draws expressions as boxes."""

    def __init__(self, width: Width, *, is_script: bool = False) -> None:
        """Draw with a measure of text; scripts and limits have no spaces around their operators, as in TeX."""
        self._width = width
        self._is_script = is_script
        self._small = self if is_script else Stacker(width, is_script=True)
        # A rule that counts two cells cannot be drawn to any width.
        self._bar = "─" if width("─") == 1 else "-"

    def box(self, expression: Expression) -> Box:  # noqa: C901, PLR0911 - one trivial case per kind
        """Draw an expression.

        Raises:
            NotShowableError: Drawing it would change its meaning.
        """
        match expression:
            case Sequence():
                return self._row(expression)
            case Fraction(above, below, bar):
                return self._fraction(above, below, bar=bar)
            case Scripts():
                return self._scripts(expression)
            case Root(body, degree):
                return self._root(body, degree)
            case Fenced(opening, body, closing):
                return self._fenced(opening, self.box(body), closing)
            case Matrix():
                return self._grid(expression)
            case Brace():
                return self._brace(expression)
            case Boxed(body):
                return self._framed(self.box(body))
            case Accent(body, mark, wide):
                return self._accent(body, mark, wide=wide)
            case Sign(text, _):
                return Box((text,))

    # Placing boxes

    def _beside(self, boxes: Rows[Box]) -> Box:
        """Put boxes side by side, aligned at their axes."""
        boxes = [box for box in boxes if any(box.rows)]
        if not boxes:
            return Box(("",))
        above = max(box.axis for box in boxes)
        below = max(len(box.rows) - box.axis for box in boxes)
        rows = [""] * (above + below)
        for box in boxes:
            cells = self._cells(box)
            for number in range(len(rows)):
                inside = number - above + box.axis
                text = box.rows[inside] if 0 <= inside < len(box.rows) else ""
                rows[number] += text + " " * (cells - self._width(text))
        return Box(tuple(rows), above)

    def _above(self, boxes: Rows[Box], axis: int) -> Box:
        """Put boxes above each other, centred; the axis is that of box number `axis`."""
        cells = max(map(self._cells, boxes))
        rows: list[str] = []
        at = 0
        for number, box in enumerate(boxes):
            if number == axis:
                at = len(rows) + box.axis
            rows += (self._padded(row, cells, (cells - self._cells(box)) // 2) for row in box.rows)
        return Box(tuple(rows), at)

    def _padded(self, row: str, cells: int, left: int) -> str:
        return " " * left + row + " " * (cells - left - self._width(row))

    def _cells(self, box: Box) -> int:
        return max(map(self._width, box.rows))

    # Expressions

    def _row(self, expression: Sequence) -> Box:
        parts = list(spaces(flat(expression), tight=self._is_script))
        boxes = [self.box(part) for _space, part in parts]
        return self._part_of_row(
            _SpacedRow(parts, boxes, bracket_pairs([part for _space, part in parts])), 0, len(parts)
        )

    def _part_of_row(self, row: _SpacedRow, start: int, stop: int) -> Box:
        """Draw some of the parts of a row; brackets around something of several rows are as tall as it is."""
        placed: list[Box] = []
        before: Expression = EMPTY
        number = start
        while number < stop:
            space, part = row.parts[number]
            box, number = self._bracketed(row, number) or (row.boxes[number], number + 1)
            last = row.parts[number - 1][1]
            gap = max(space, _gap(before, placed[-1], part, box), key=len) if placed else space
            before = last
            placed += (Box((gap,)), box) if gap else (box,)
        return self._beside(placed)

    def _bracketed(self, row: _SpacedRow, number: int) -> tuple[Box, int] | None:
        """Draw a tall pair of brackets; return it and the number of the part behind it, or None if there is none."""
        closing = row.pairs.get(number)
        if closing is None or all(len(box.rows) == 1 for box in row.boxes[number + 1 : closing]):
            return None
        opened, closed = row.parts[number][1], row.parts[closing][1]
        inner = self._part_of_row(row, number + 1, closing)
        try:
            box = self._fenced(bracket_of(opened), inner, bracket_of(closed))
        except NotShowableError:
            # The caller draws the content again. If this pair stayed, nesting would take exponential time.
            del row.pairs[number]
            return None
        if isinstance(closed, Scripts):
            box = self._with_corners(box, closed.below, closed.above)
        return box, closing + 1

    def _fraction(self, above: Expression, below: Expression, *, bar: bool) -> Box:
        upper, lower = self.box(above), self.box(below)
        if not bar:
            return self._above([upper, Box(("",)), lower], 1)
        cells = max(self._cells(upper), self._cells(lower), 1)
        # A fraction in a fraction has a shorter bar than the outer one.
        nested = any(isinstance(part, Fraction) for side in (above, below) for part in flat(side))
        return self._above([upper, Box((self._bar * (cells + 2 * nested),)), lower], 1)

    def _scripts(self, part: Scripts) -> Box:
        below, above = part.below, part.above
        base = self.box(part.base) if part.base != EMPTY else Box(("",))
        if below is above is None:
            return base
        if part.limits:
            if isinstance(part.base, Sign) and part.base.atom is Atom.RELATION and part.base.text in "→←⇒↔⇌↦=":
                base = self._stretched(part.base.text, [self.box(one) for one in (below, above) if one is not None])
            boxes = [self._small.box(one) if one is not None else None for one in (above, below)]
            stack = [boxes[0], base, boxes[1]]
            return self._above([box for box in stack if box is not None], int(boxes[0] is not None))
        is_sign = isinstance(part.base, Sign)
        if not (is_sign or is_single(part.base) or is_operator(part.base) or part.base == EMPTY):
            base = self._fenced("(", base, ")")
        if len(base.rows) == 1:
            flat_scripts = _one_row(below, above)
            if flat_scripts is not None:
                return Box((base.rows[0] + flat_scripts,))
        return self._with_corners(base, below, above)

    def _with_corners(self, base: Box, below: Expression | None, above: Expression | None) -> Box:
        """Put scripts on rows of their own, above and below the right side of the base."""
        upper = self._small.box(above) if above is not None else None
        lower = self._small.box(below) if below is not None else None
        cells = max(self._cells(box) for box in (upper, lower) if box is not None)
        middle = [""] * len(base.rows)
        rows = [*(upper.rows if upper else ()), *middle, *(lower.rows if lower else ())]
        height = len(upper.rows) if upper else 0
        side = Box(tuple(self._padded(row, cells, 0) for row in rows), height + base.axis)
        return self._beside([base, side])

    def _stretched(self, sign: str, notes: Rows[Box]) -> Box:
        cells = max([self._cells(note) for note in notes], default=0) + 2
        if self._width(sign) != 1 or sign not in "→←":
            return Box((sign,))
        rest = self._bar * (cells - 1)
        return Box((f"{rest}{sign}" if sign == "→" else f"{sign}{rest}",))

    def _root(self, body: Expression, degree: Expression) -> Box:
        inner = self.box(body)
        order = one_line(degree)
        if len(inner.rows) == 1:
            return Box((one_line(Root(body, degree)),))
        sign = {"": "√", "3": "∛", "4": "∜"}.get(order) or (f"{raised}√" if (raised := shifted(order, RAISED)) else "")
        if not sign or self._bar != "─":
            raise NotShowableError
        left = self._width(sign)
        cells = self._cells(inner)
        rows = [" " * left + "┌" + "─" * (cells + 1)]
        last = len(inner.rows) - 1
        for number, row in enumerate(inner.rows):
            rows.append((sign if number == last else " " * left) + "│" + self._padded(row, cells, 0) + " ")
        return Box(tuple(rows), inner.axis + 1)

    def _fenced(self, opening: str, inner: Box, closing: str) -> Box:
        return self._beside([self._fence(opening, inner), inner, self._fence(closing, inner)])

    def _fence(self, sign: str, inner: Box) -> Box:
        height = len(inner.rows)
        if not sign:
            return Box(("",))
        if height == 1:
            return Box((sign,))
        rows = tall(sign, height, inner.axis)
        if any(self._width(row) != len(row) for row in rows):
            raise NotShowableError
        return Box(tuple(rows), inner.axis)

    def _grid(self, grid: Matrix) -> Box:
        columns = max(map(len, grid.rows))
        boxes = [[self.box(cell) for cell in (*row, *[EMPTY] * (columns - len(row)))] for row in grid.rows]
        widths = [max(self._cells(row[number]) for row in boxes) for number in range(columns)]
        lines: list[Box] = []
        for row in boxes:
            cells: list[Box] = []
            for number, box in enumerate(row):
                spare = widths[number] - self._cells(box)
                side = "rl"[number % 2] if grid.aligned else grid.columns[number : number + 1] or grid.columns[-1]
                left = {"l": 0, "c": spare // 2, "r": spare}[side]
                gap = "" if not number else " " if grid.aligned and number % 2 else "   " if grid.aligned else "  "
                rows = tuple(gap + self._padded(one, widths[number], left) for one in box.rows)
                cells.append(replace(box, rows=rows))
            lines.append(self._beside(cells) if any(any(one.rows) for one in row) else Box(("",)))
        high = any(len(line.rows) > 1 for line in lines)
        stack: list[str] = []
        for number, line in enumerate(lines):
            stack += [""] if number and high else []
            stack += line.rows
        whole = max(map(self._width, stack))
        return Box(tuple(self._padded(row, whole, 0) for row in stack), (len(stack) - 1) // 2)

    def _brace(self, part: Brace) -> Box:
        inner = self.box(part.body)
        cells = max(self._cells(inner), 3)
        if self._bar != "─":
            raise NotShowableError
        left, right = (cells - 1) // 2, cells - 1 - (cells - 1) // 2
        middle, ends = ("┬", "└┘") if part.is_below else ("┴", "┌┐")
        brace = Box((f"{ends[0]}{'─' * (left - 1)}{middle}{'─' * (right - 1)}{ends[1]}",))
        note = [self.box(part.note)] if part.note is not None else []
        if part.is_below:
            return self._above([inner, brace, *note], 0)
        return self._above([*note, brace, inner], len(note) + 1)

    def _framed(self, inner: Box) -> Box:
        if self._bar != "─":
            raise NotShowableError
        cells = self._cells(inner)
        rule = "─" * (cells + 2)
        rows = [f"┌{rule}┐", *(f"│ {self._padded(row, cells, 0)} │" for row in inner.rows), f"└{rule}┘"]
        return Box(tuple(rows), inner.axis + 1)

    def _accent(self, body: Expression, mark: str, *, wide: bool) -> Box:
        inner = self.box(body)
        try:
            if len(inner.rows) == 1:
                return Box((accented(inner.rows[0], mark, wide=wide),))
        except NotShowableError:
            pass
        cells = self._cells(inner)
        rule = self._bar * (cells - 1)
        row = {
            "\u20d7": f"{rule}→", "\u20d6": f"←{rule}", "\u20e1": f"←{rule[1:]}→", "\u0302": "^", "\u0303": "~",
        }.get(mark)  # fmt: skip
        if row is None:
            raise NotShowableError
        return self._above([Box((row,)), inner], 1)


def _gap(before: Expression, left: Box, part: Expression, right: Box) -> str:
    """Return the spaces that two boxes need so that no row of one runs into a row of the other."""
    if len(left.rows) > 1 and len(right.rows) > 1 and (_has_limits(before) or _has_limits(part)):
        return "  "
    if isinstance(part, Fraction) and isinstance(before, Fraction):
        return " "
    return " " if isinstance(before, Root) and runs_on(before, left.rows[-1], right.rows[0]) else ""


def _has_limits(part: Expression) -> bool:
    return isinstance(part, Scripts) and part.limits


def _one_row(below: Expression | None, above: Expression | None) -> str | None:
    """Return scripts in raised and lowered characters, or None if some are missing."""
    if above is not None and below is not None and one_line(above).startswith("′"):
        lowered = _lowered(below)
        return None if lowered is None or one_line(above).strip("′") else one_line(above) + lowered
    found = ""
    for part, letters, sign in ((below, LOWERED, "_"), (above, RAISED, "^")):
        if part is None:
            continue
        try:
            text = script(part, letters, sign)
        except NotShowableError:
            return None
        if text.startswith(sign):
            return None
        found += text
    return found


def _lowered(part: Expression) -> str | None:
    try:
        return shifted(one_line(part), LOWERED)
    except NotShowableError:
        return None
