"""The smallest parts of TeX's formulas as expressions: characters, delimiters, text, letters of other alphabets."""

from collections.abc import Mapping

from reader.mathematics.expressions import (
    Accent,
    Atom,
    Expression,
    Fenced,
    Fraction,
    NotShowableError,
    Root,
    Scripts,
    Sequence,
    Sign,
)
from reader.mathematics.symbols import CLOSING, INTEGRALS, OPENING, WORDS_WITH_LIMITS

_CHARACTERS: Mapping[str, tuple[str, Atom]] = {
    **{one: (one, Atom.BINARY) for one in "+−±×÷·∗∘∪∩∧∨⊕⊗"},
    "-": ("−", Atom.BINARY),
    "*": ("∗", Atom.BINARY),
    "'": ("′", Atom.ORDINARY),
    **{one: (one, Atom.RELATION) for one in "=<>:≤≥≠≈≡∈∉⊂⊆→←⇒⇔↦∼∝"},
    **{one: (one, Atom.PUNCTUATION) for one in ",;，；、"},
    **{one: (one, Atom.OPENING) for one in "([⟨"},
    **{one: (one, Atom.CLOSING) for one in ")]⟩!"},
}


def has_limits(base: Expression) -> bool:
    """Whether the scripts of an expression stand below and above it."""
    if isinstance(base, Scripts) and base.below is base.above is None:
        return base.limits
    if not isinstance(base, Sign):
        return False
    if base.atom is Atom.OPERATOR:
        return base.text not in INTEGRALS
    return base.atom is Atom.WORD and base.text.replace(" ", "") in WORDS_WITH_LIMITS


def character(text: str) -> Expression:
    """Return a character as an expression."""
    if text == "&":
        raise NotShowableError
    if text == "~":
        return Sign(" ", Atom.SPACE)
    if text in _CHARACTERS:
        return Sign(*_CHARACTERS[text])
    return Sign(text, Atom.TEXT if ord(text) >= 0x2E80 else Atom.ORDINARY)


def without_space(inner: Expression) -> Expression:
    """Return what braces make of a mark of punctuation, as in `1{,}792`: a sign without a space behind it."""
    if isinstance(inner, Sign) and inner.atom is Atom.PUNCTUATION:
        return Sign(inner.text)
    return inner


def delimiter(text: str) -> Sign:
    """Return a delimiter as an expression."""
    kind = Atom.OPENING if text in OPENING else Atom.CLOSING if text in CLOSING else Atom.ORDINARY
    return Sign(text, kind)


def in_alphabet(inner: Expression, letters: dict[int, str]) -> Expression:
    """Return an expression in the letters of another alphabet."""
    match inner:
        case Sign(text, atom):
            made: Expression = Sign(text.translate(letters), atom)
        case Sequence(parts):
            made = Sequence(tuple(in_alphabet(part, letters) for part in parts))
        case Scripts(base, below, above, limits):
            made = Scripts(in_alphabet(base, letters), below, above, limits)
        case Accent(body, mark, wide):
            made = Accent(in_alphabet(body, letters), mark, wide)
        case Fraction(numerator, denominator, bar):
            made = Fraction(in_alphabet(numerator, letters), in_alphabet(denominator, letters), bar)
        case Root(body, degree):
            made = Root(in_alphabet(body, letters), degree)
        case Fenced(opening, body, closing):
            made = Fenced(opening, in_alphabet(body, letters), closing)
        case _:
            raise NotShowableError
    return made


def accent(body: Expression, mark: str, *, wide: bool) -> Expression:
    """Put an accent on an expression; on one letter with scripts, it is drawn on the letter."""
    if isinstance(body, Scripts) and isinstance(body.base, Sign) and not wide:
        return Scripts(Accent(body.base, mark), body.below, body.above)
    return Accent(body, mark, wide)
