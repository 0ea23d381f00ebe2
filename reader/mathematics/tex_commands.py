"""The less frequent commands of TeX: how each turns its arguments into an expression."""

from collections.abc import Callable, Mapping
from typing import Protocol

from reader.mathematics import command_kinds as kinds
from reader.mathematics.expressions import (
    EMPTY,
    Atom,
    Boxed,
    Brace,
    Expression,
    Fenced,
    NotShowableError,
    Scripts,
    Sequence,
    Sign,
)
from reader.mathematics.symbols import CIRCLED, NEGATED, NOTED_ARROWS, STATES, TWO_STATES, names
from reader.mathematics.tex_text import plain_text
from reader.mathematics.tex_tokens import TexToken


class Arguments(Protocol):
    """Reads what follows a command; a method raises `NotShowableError` if an argument is missing or unknown."""

    def peek(self) -> TexToken | None:
        """Return the next token without reading it; None at the end."""

    def take(self) -> TexToken:
        """Read the next token."""

    def skip_blanks(self) -> TexToken | None:
        """Skip spaces, and return the next token without reading it; None at the end."""

    def argument(self) -> Expression:
        """Read an argument: a group, or a single token."""

    def text(self) -> tuple[TexToken, ...]:
        """Return the tokens of an argument that is text, or that has no effect here."""

    def optional(self) -> Expression | None:
        """Read an argument in square brackets, if there is one."""

    def gathered(self) -> Expression:
        """Read an argument whose content may have several rows."""


def _stacked(arguments: Arguments, name: str) -> Expression:
    note = arguments.argument()
    base = arguments.argument()
    return Scripts(base, note, None, limits=True) if name == "underset" else Scripts(base, None, note, limits=True)


def _arrow(arguments: Arguments, name: str) -> Expression:
    below = arguments.optional()
    return Scripts(Sign(NOTED_ARROWS[name], Atom.RELATION), below, arguments.argument(), limits=True)


def _negated(arguments: Arguments, _: str) -> Expression:
    base = arguments.argument()
    if not isinstance(base, Sign) or (base.atom is not Atom.RELATION and base.text not in NEGATED):
        raise NotShowableError
    return Sign(NEGATED.get(base.text, f"{base.text}{_STROKE}"), base.atom)


_STROKE = "\u0338"
"""The combining character that strikes through a relation of which Unicode has no negated form."""


def _modulo(arguments: Arguments, name: str) -> Expression:
    inner = Sequence((Sign("mod", Atom.WORD), arguments.argument()))
    return Sequence((Sign(" ", Atom.SPACE), inner if name == "mod" else Fenced("(", inner, ")")))


def _without_effect(arguments: Arguments, _: str) -> Expression:
    arguments.text()
    return EMPTY


def _tag(arguments: Arguments, _: str) -> Expression:
    star = arguments.peek() == TexToken("char", "*")
    if star:
        arguments.take()
    text = plain_text(arguments.text())
    return Sign(f"    {text}    " if star else f"    ({text})    ", Atom.TEXT)


def _classed(arguments: Arguments, name: str) -> Expression:
    inner = arguments.argument()
    return Sign(inner.text, kinds.CLASSES[name]) if isinstance(inner, Sign) else inner


def _coloured(arguments: Arguments, name: str) -> Expression:
    r"""Read `\textcolor{red}{…}`, or `\color{red}`, to which MathJax allows a second argument."""
    arguments.text()
    token = arguments.skip_blanks()
    return arguments.argument() if name == "textcolor" or (token and token.kind == "group") else EMPTY


def _circled(arguments: Arguments, _: str) -> Expression:
    text = plain_text(arguments.text())
    if text not in CIRCLED:
        raise NotShowableError
    return Sign(CIRCLED[text], Atom.TEXT)


def _first(arguments: Arguments, _: str) -> Expression:
    r"""Read the four forms that `\mathchoice` offers, and return the first, which is for displayed formulas."""
    forms = [arguments.argument() for _form in range(4)]
    return forms[0]


def _state(arguments: Arguments, name: str) -> Expression:
    r"""Read a vector in Dirac's notation: `\bra{a}`, `\ket{b}`, `\braket{a|b}`, `\braket{a}{b}` or `\ketbra{a}{b}`."""
    first = arguments.argument()
    following = arguments.peek()
    second = arguments.argument() if name in TWO_STATES and following and following.kind == "group" else None
    if name in ("ketbra", "dyad"):
        return Sequence((Fenced("|", first, "⟩"), Fenced("⟨", first if second is None else second, "|")))
    opening, closing = STATES[name]
    return Fenced(opening, first if second is None else Sequence((first, Sign("|"), second)), closing)


def _unseen(arguments: Arguments, _: str) -> Expression:
    arguments.argument()
    return EMPTY


COMMANDS: Mapping[str, Callable[[Arguments, str], Expression]] = {
    name: command
    for commands, command in (
        (names("overset underset stackrel"), _stacked),
        (
            names("underbrace overbrace"),
            lambda arguments, name: Brace(arguments.argument(), None, name == "underbrace"),
        ),
        (frozenset(NOTED_ARROWS), _arrow),
        (names("not centernot"), _negated),
        (names("pmod mod"), _modulo),
        (names("boxed fbox"), lambda arguments, _: Boxed(arguments.argument())),
        (kinds.WITHOUT_EFFECT, _without_effect),
        (names("tag"), _tag),
        (frozenset(kinds.CLASSES), _classed),
        (names("color textcolor"), _coloured),
        (names("substack displaylines"), lambda arguments, _: arguments.gathered()),
        (frozenset(STATES) | TWO_STATES, _state),
        (names("textcircled"), _circled),
        (names("mathchoice"), _first),
        (names("phantom hphantom vphantom"), _unseen),
        (names("mathclose mathinner mathpunct ensuremath smash"), lambda arguments, _: arguments.argument()),
    )
    for name in commands
}
"""The functions that read the arguments of commands and return expressions, by the names of the commands."""
