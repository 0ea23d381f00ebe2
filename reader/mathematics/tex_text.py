r"""Text inside formulas, with formulas inside the text: `\text{for all $x$}`."""

from collections.abc import Callable, Iterator

from reader.mathematics.command_kinds import SPACES_IN_NAMES, UPRIGHT_SWITCHES
from reader.mathematics.expressions import Atom, Expression, NotShowableError, Sequence, Sign
from reader.mathematics.symbols import names
from reader.mathematics.tex_tokens import TexToken

_SPACES = {",": " ", ";": " ", ":": " ", " ": " ", "quad": "  ", "qquad": "    ", "\\": " "}
_ESCAPED = frozenset("%&_#${}")
_WITHOUT_EFFECT = names(
    "tiny scriptsize footnotesize small normalsize large rm bf it sf tt em rmfamily textstyle displaystyle strut"
    " text textrm textbf textit textsf texttt textup textnormal emph mbox hbox"
)
"""Commands that only change the look of text."""

_REFUSED = frozenset("^$")

ReadFormula = Callable[[tuple[TexToken, ...]], Expression]


def read_text(source: tuple[TexToken, ...], read: ReadFormula, letters: dict[int, str] | None = None) -> Expression:
    """Read text; `read` reads a formula in it, and `letters` maps characters to those of another alphabet.

    Raises:
        NotShowableError: It has a command that is not known.
    """
    parts: list[Expression] = []
    for part in _parts(source, read):
        if not isinstance(part, str):
            parts.append(part)
        elif parts and isinstance(last := parts[-1], Sign) and last.atom is Atom.TEXT:
            parts[-1] = Sign(last.text + part.translate(letters or {}), Atom.TEXT)
        else:
            parts.append(Sign(part.translate(letters or {}), Atom.TEXT))
    if not parts:
        return Sign("", Atom.TEXT)
    return parts[0] if len(parts) == 1 else Sequence(tuple(parts))


def plain_text(source: tuple[TexToken, ...]) -> str:
    """Return the characters of text without formulas.

    Raises:
        NotShowableError: It has a formula, or a command that is not known.
    """
    return "".join(part for part in _parts(source, _refused) if isinstance(part, str))


def name_of(source: tuple[TexToken, ...]) -> str:
    r"""Return the name that the tokens spell, such as a function's; `\rm` may precede it. Empty for other tokens."""
    rest = source[1:] if source and source[0] in UPRIGHT_SWITCHES else source
    is_plain = all((one.kind == "char" and one.text not in _REFUSED) or one in SPACES_IN_NAMES for one in rest)
    return plain_text(rest) if is_plain else ""


def _refused(_: tuple[TexToken, ...]) -> Expression:
    raise NotShowableError


def _parts(source: tuple[TexToken, ...], read: ReadFormula) -> Iterator[str | Expression]:
    for token in source:
        if token.kind == "group" and token.text.startswith(("$", "\\(")):
            yield read(token.inner)
        elif token.kind == "group":
            yield from _parts(token.inner, read)
        elif token.kind == "macro":
            yield _character(token.text)
        elif token.kind == "char" and token.text not in _REFUSED:
            yield " " if token.text == "~" else token.text
        else:
            raise NotShowableError


def _character(command: str) -> str:
    if command in _SPACES:
        return _SPACES[command]
    if command in _ESCAPED:
        return command
    if command in _WITHOUT_EFFECT:
        return ""
    raise NotShowableError
