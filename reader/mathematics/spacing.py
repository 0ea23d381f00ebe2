"""The spaces between the parts of a formula (The TeXbook, chapter 18)."""

from collections.abc import Iterator

from reader.mathematics.expressions import EMPTY, Atom, Brace, Expression, Fenced, Scripts, Sequence, Sign

_BEFORE_UNARY = frozenset((Atom.BINARY, Atom.RELATION, Atom.OPENING, Atom.PUNCTUATION, Atom.OPERATOR))
_TIGHT = frozenset((Atom.BINARY, Atom.RELATION, Atom.PUNCTUATION))
_MODULO = Sign("mod", Atom.BINARY)


def spaces(parts: list[Expression], *, tight: bool = False) -> Iterator[tuple[str, Expression]]:
    """Yield the space before each part, and the part; `tight` omits the spaces around operators, as in scripts."""
    before: Expression | None = None
    atom = Atom.OPENING
    for part in parts:
        if part == EMPTY:
            continue
        own = atom_of(part)
        if own is Atom.BINARY and atom in _BEFORE_UNARY and part != _MODULO:
            # Without a left operand, as in −1, it is the sign of a number, not an operator.
            own = Atom.ORDINARY
            space = " " if atom in (Atom.BINARY, Atom.RELATION, Atom.PUNCTUATION) else ""
            yield space, part
            atom = Atom.OPENING
            before = part
            continue
        space = "" if before is None else _space(atom, own, before, part)
        yield ("" if tight and _is_symbol(before, atom) | _is_symbol(part, own) else space), part
        before, atom = part, own


def _is_symbol(part: Expression | None, atom: Atom) -> bool:
    """Whether a part is an operator or a mark rather than a word such as `mod`."""
    return atom in _TIGHT and not (isinstance(part, Sign) and part.text.isalpha())


def atom_of(part: Expression) -> Atom:
    """Return the class of an expression, by which spaces are set."""
    match part:
        case Sign(_, atom):
            return atom
        case Scripts(base, _, _):
            return Atom.ORDINARY if base == EMPTY else atom_of(base)
        case Fenced():
            return Atom.ORDINARY
        case Sequence(parts) if len(parts) == 1:
            return atom_of(parts[0])
        case Brace(body):
            return atom_of(body)
        case _:
            return Atom.ORDINARY


def _space(before: Atom, after: Atom, left: Expression, right: Expression) -> str:  # noqa: PLR0911 - a table of pairs
    if Atom.SPACE in (before, after):
        return ""
    if Atom.RELATION in (before, after) or Atom.BINARY in (before, after):
        if before is after is Atom.RELATION or _ends_blank(left, -1) or _ends_blank(right, 0):
            return ""
        return "" if before is Atom.OPENING or after in (Atom.CLOSING, Atom.PUNCTUATION) else " "
    if Atom.TEXT in (before, after):
        return ""
    if before is Atom.PUNCTUATION:
        return "" if after is Atom.CLOSING else " "
    if before is Atom.WORD:
        return "" if after in (Atom.OPENING, Atom.CLOSING, Atom.PUNCTUATION) or _is_fenced(right) else " "
    if after is Atom.WORD:
        return "" if before is Atom.OPENING else " "
    if before is Atom.OPERATOR:
        return " " if after is not Atom.CLOSING else ""
    if after is Atom.OPERATOR:
        return "" if before is Atom.OPENING else " "
    return ""


def _ends_blank(part: Expression, place: int) -> bool:
    """Whether a part is text that begins (`place` 0) or ends (`place` -1) with a space of its own."""
    return isinstance(part, Sign) and part.atom is Atom.TEXT and part.text[place:][:1] == " "


def _is_fenced(part: Expression) -> bool:
    return (isinstance(part, Fenced) and bool(part.opening)) or (isinstance(part, Scripts) and _is_fenced(part.base))


def flat(expression: Expression) -> list[Expression]:
    """Return the parts of an expression, with nested sequences flattened."""
    if not isinstance(expression, Sequence):
        return [expression]
    return [one for part in expression.parts for one in flat(part)]
