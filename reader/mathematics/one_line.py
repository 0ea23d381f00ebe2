"""A formula on one line of Unicode: x², a₁, √(a+b), ∑ᵢ₌₁ⁿ, (a + b)/c."""

from collections.abc import Mapping
from unicodedata import combining, normalize

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
from reader.mathematics.spacing import atom_of, flat, spaces
from reader.mathematics.symbols import LINES, LOWERED, RAISED

_ROOTS = {"": "√", "2": "√", "3": "∛", "4": "∜"}
_SIGNED = frozenset("+−±∓")
_SPACED = frozenset((Atom.BINARY, Atom.RELATION))


def one_line(expression: Expression) -> str:
    """Return an expression on one line.

    Raises:
        NotShowableError: One line would change its meaning.
    """
    return _joined(flat(expression)).strip()


def is_single(expression: Expression) -> bool:
    """Whether an expression needs no brackets where a single operand is expected."""
    parts = [part for part in flat(expression) if part != EMPTY]
    if len(parts) == 1:
        part = parts[0]
        if isinstance(part, Sign):
            return part.atom not in _SPACED and (" " not in part.text.strip() or part.atom is Atom.WORD)
        return isinstance(part, Accent | Fenced | Root) or (isinstance(part, Scripts) and is_single(part.base))
    return bool(parts) and (
        all(isinstance(part, Sign) and part.text in "0123456789." for part in parts) or _is_bracketed(parts)
    )


def _is_bracketed(parts: list[Expression]) -> bool:
    """Whether the first part is a bracket that the last one closes."""
    depth = 0
    for number, part in enumerate(parts):
        atom = part.atom if isinstance(part, Sign) else Atom.ORDINARY
        depth += {Atom.OPENING: 1, Atom.CLOSING: -1}.get(atom, 0) * (not isinstance(part, Sign) or part.text != "!")
        if depth <= 0:
            return number == len(parts) - 1 and number > 0
    return False


def is_product(expression: Expression) -> bool:
    """Whether an expression has no sum, relation or fraction at its top level, so that it can be before a slash."""
    parts = flat(expression)
    for number, part in enumerate(parts):
        if isinstance(part, Fraction | Matrix | Brace):
            return False
        if isinstance(part, Sign) and part.atom in (Atom.RELATION, Atom.PUNCTUATION):
            return False
        if isinstance(part, Sign) and part.atom is Atom.BINARY and (number or part.text not in _SIGNED):
            return False
        base = part.base if isinstance(part, Scripts) else part
        if isinstance(base, Sign) and (base.atom in (Atom.OPERATOR, Atom.WORD) or base.text in ("/", " ", "  ")):
            return False
        if isinstance(base, Sign) and base.atom is Atom.TEXT and len(parts) > 1:
            return False
    return True


def _joined(parts: list[Expression]) -> str:
    written: list[str] = []
    spaced = list(spaces(parts))
    for number, (space, part) in enumerate(spaced):
        text = _written(part)
        if not space and written and runs_on(spaced[number - 1][1], written[-1], text):
            # _θ J must not be read as a script of two letters.
            space = " "  # noqa: PLW2901
        if isinstance(part, Fraction) and part.bar and _is_beside_operand(spaced, number):
            # 1/2 x might be read as 1/(2x).
            text = f"({text})"
        written += (space, text)
    return "".join(written)


_RUN_ON = frozenset("([{⟨√∑∏∫")


def _ends_in_script(part: Expression, text: str) -> bool:
    """Whether the text of an expression ends in a script that is written after `^` or `_`, or in a bare radicand."""
    if isinstance(part, Root):
        return not text.endswith(")")
    return isinstance(part, Scripts) and any(sign in text for sign in "^_") and not text.endswith("′")


def runs_on(part: Expression, text: str, following: str) -> bool:
    """Whether the text that follows an expression would be read as a part of its script or radicand."""
    return (following[:1].isalnum() or following[:1] in _RUN_ON) and _ends_in_script(part, text)


def _is_beside_operand(spaced: list[tuple[str, Expression]], number: int) -> bool:
    around = []
    if number:
        around.append((spaced[number][0], atom_of(spaced[number - 1][1]), Atom.OPENING))
    if number + 1 < len(spaced):
        around.append((spaced[number + 1][0], atom_of(spaced[number + 1][1]), Atom.CLOSING))
    apart = (Atom.PUNCTUATION, Atom.TEXT, Atom.RELATION)
    for _space_between, atom, harmless in around:
        if atom in apart or atom is harmless or atom is Atom.SPACE:
            continue
        if atom is Atom.BINARY:
            continue
        return True
    return any(_is_tight(spaced[place][1]) for place in (number - 1, number + 1) if 0 <= place < len(spaced))


def _is_tight(part: Expression) -> bool:
    """Whether an operator binds as tightly as a slash."""
    return isinstance(part, Sign) and part.atom is Atom.BINARY and part.text in "÷/"


def _written(part: Expression) -> str:  # noqa: C901, PLR0911 - one trivial case per kind
    match part:
        case Sign(text, _):
            return text
        case Sequence():
            return _joined(flat(part))
        case Fraction(above, below, True):
            top = one_line(above)
            bottom = one_line(below)
            return f"{top if is_product(above) else f'({top})'}/{bottom if is_single(below) else f'({bottom})'}"
        case Fraction():
            raise NotShowableError
        case Root(body, degree):
            return _root(body, degree)
        case Scripts():
            return scripts(part)
        case Accent(body, mark, wide):
            return accented(one_line(body), mark, wide=wide)
        case Fenced(opening, body, closing):
            return _fenced(opening, body, closing)
        case Boxed(body):
            return one_line(body)
        case Matrix():
            return _grid(part)
        case Brace():
            raise NotShowableError


def _root(body: Expression, degree: Expression) -> str:
    order = one_line(degree)
    sign = _ROOTS.get(order)
    if sign is None:
        raised = shifted(order, RAISED)
        if raised is None:
            raise NotShowableError
        sign = f"{raised}√"
    inner = one_line(body)
    return f"{sign}{inner if is_single(body) and not isinstance(body, Fenced) else f'({inner})'}"


def _fenced(opening: str, body: Expression, closing: str) -> str:
    if isinstance(body, Fraction) and not body.bar and (opening, closing) == ("(", ")"):
        return f"C({one_line(body.above)}, {one_line(body.below)})"
    if not opening and not closing and not is_single(body):
        raise NotShowableError
    return f"{opening}{one_line(body)}{closing}"


def _grid(grid: Matrix) -> str:
    rows = [[one_line(cell) for cell in row] for row in grid.rows]
    if grid.aligned:
        return "; ".join(one_line(Sequence(row)) for row in grid.rows)
    if any(" " in cell or "," in cell for row in rows for cell in row):
        return "; ".join(", ".join(cell.rstrip(",，") for cell in row if cell) for row in rows)
    return "; ".join(" ".join(row) for row in rows)


def accented(text: str, mark: str, *, wide: bool) -> str:
    """Put a combining character on a text.

    Raises:
        NotShowableError: The accent would have to be wider than a letter.
    """
    letters = sum(not combining(one) for one in text)
    if letters == 1:
        base = text if mark in LINES else text.replace("i", "ı").replace("j", "ȷ")
        return normalize("NFC", base + mark)
    if not wide or mark not in LINES or not letters:
        raise NotShowableError
    # Put the accent after each letter and the letter's own marks.
    found = ""
    for number, one in enumerate(text):
        found += one
        following = text[number + 1 : number + 2]
        if not (following and combining(following)):
            found += mark
    return found


def scripts(part: Scripts) -> str:
    """Return an expression with its scripts on one line.

    Raises:
        NotShowableError: One line would change its meaning.
    """
    base = one_line(part.base)
    is_sign = isinstance(part.base, Sign) and part.base.atom in (Atom.RELATION, Atom.BINARY)
    if is_sign and part.limits and (part.above or part.below):
        return _noted(base, part)
    if not (is_sign or is_single(part.base) or is_operator(part.base) or part.base == EMPTY):
        base = f"({base})"
    found = base
    below, above = part.below, part.above
    if above is not None and one_line(above).startswith("′") and below is not None:
        # Primes belong to the base: f′ₙ.
        text = one_line(above)
        count = len(text) - len(text.lstrip("′"))
        found, rest = found + "′" * count, text[count:].strip()
        return found + script(below, LOWERED, "_") + (_shifted_text(rest, RAISED, "^") if rest else "")
    if below is not None:
        found += script(below, LOWERED, "_")
    if above is not None:
        found += script(above, RAISED, "^")
    return found


def is_operator(base: Expression) -> bool:
    """Whether an expression is a large operator, a name, text or a bracket, which scripts do not make ambiguous."""
    return isinstance(base, Sign) and base.atom in (Atom.OPERATOR, Atom.WORD, Atom.TEXT, Atom.CLOSING)


def _noted(base: str, part: Scripts) -> str:
    """Return a relation with a note: →[n → ∞]. Only arrows and equals signs are unambiguous."""
    if part.above is not None and part.below is None and base in "→⟶⇒⟹=←⟵⇐⟸≜⇌↔⟷⇔⟺↦⟼":
        note = one_line(part.above)
        return f"{base}[{note}]" if note else base
    raise NotShowableError


def script(part: Expression, letters: Mapping[str, str], sign: str) -> str:
    """Return a script in raised or lowered characters if all of them exist, else after `^` or `_`."""
    text = one_line(part)
    if not text:
        return ""
    if sign == "^" and text in {"∘", "°"}:
        return "°"
    if sign == "^" and text in {"⊤", "†", "‡"}:
        return "ᵀ" if text == "⊤" else text
    return _shifted_text(text, letters, sign, single=is_single(part) and not isinstance(part, Fenced))


def _shifted_text(text: str, letters: Mapping[str, str], sign: str, *, single: bool = False) -> str:
    moved = shifted(text, letters)
    if moved is not None:
        return moved
    is_plain = len(text) == 1 or (single and text.isascii() and text.isalnum())
    return f"{sign}{text}" if is_plain else f"{sign}({text.replace(', ', ',')})"


def shifted(text: str, letters: Mapping[str, str]) -> str | None:
    """Return a text in raised or lowered characters; None if some are missing."""
    tight = text.replace(" ", "")
    if " " in text and any(one.isalnum() for one in tight) and not any(one in text for one in "+−=→"):
        # The words of a text would run into each other.
        return None
    moved = [letters.get(one) for one in tight]
    return None if None in moved or not moved else "".join(filter(None, moved))
