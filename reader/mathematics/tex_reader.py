"""Reading TeX into expressions. What it does not know it refuses, so that no formula is shown with another meaning."""

from collections.abc import Callable, Mapping

from reader.mathematics.command_kinds import (
    CLASSES,
    FRACTIONS,
    IGNORED,
    SIZES,
    SPACES_IN_NAMES,
    TEXTS,
    UPRIGHT,
    WITHOUT_EFFECT,
)
from reader.mathematics.expressions import (
    EMPTY,
    Atom,
    Boxed,
    Brace,
    Expression,
    Fenced,
    Fraction,
    NotShowableError,
    Root,
    Scripts,
    Sequence,
    Sign,
)
from reader.mathematics.grids import read_grid
from reader.mathematics.symbols import (
    ACCENTS,
    ALPHABETS,
    ATOMS,
    CIRCLED,
    DELIMITERS,
    ENCLOSING,
    NEGATED,
    NOTED_ARROWS,
    SAME_ALPHABET,
    SPACES,
    WIDE_ACCENTS,
    WORDS,
    WORDS_APART,
    names,
)
from reader.mathematics.tex_atoms import accent, character, delimiter, has_limits, in_alphabet
from reader.mathematics.tex_text import plain_text, read_text
from reader.mathematics.tex_tokens import TexToken, tokens


def read_tex(tex: str) -> Expression:
    """Read a formula.

    Raises:
        NotShowableError: It has a command that is not known, or is not well-formed.
    """
    try:
        return TexReader(tokens(tex)).all()
    except RecursionError as error:
        raise NotShowableError from error


class TexReader:
    """Reads a list of tokens from left to right."""

    def __init__(self, source: tuple[TexToken, ...]) -> None:
        self._tokens = source
        self._at = 0

    def all(self) -> Expression:
        r"""Read all tokens; infix commands such as `\over` split them, and `\\` begins another row."""
        if self._at == 0 and TexToken("macro", "\\") in self._tokens:
            return read_grid("gathered", self._tokens, lambda cell: TexReader(cell).all())
        for name, bar in (("over", True), ("atop", False), ("choose", False)):
            places = [number for number, token in enumerate(self._tokens) if token == TexToken("macro", name)]
            if len(places) == 1 and self._at == 0:
                above, below = TexReader(self._tokens[: places[0]]), TexReader(self._tokens[places[0] + 1 :])
                made = Fraction(above.all(), below.all(), bar)
                return Fenced("(", made, ")") if name == "choose" else made
        parts: list[Expression] = []
        while (part := self.next()) is not None:
            parts.append(part)
        return parts[0] if len(parts) == 1 else Sequence(tuple(parts))

    # Tokens

    def _peek(self) -> TexToken | None:
        return self._tokens[self._at] if self._at < len(self._tokens) else None

    def _take(self) -> TexToken:
        token = self._peek()
        if token is None:
            raise NotShowableError
        self._at += 1
        return token

    def _skip_blanks(self) -> TexToken | None:
        while (token := self._peek()) == TexToken("char", " "):
            self._at += 1
        return token

    def _argument(self) -> Expression:
        """Read an argument: a group, or a single token."""
        self._skip_blanks()
        token = self._take()
        return TexReader(token.inner).all() if token.kind == "group" else self._atom(token)

    def _text(self) -> tuple[TexToken, ...]:
        """Return the tokens of an argument that is text, or without effect."""
        self._skip_blanks()
        token = self._take()
        return token.inner if token.kind == "group" else (token,)

    def _optional(self) -> Expression | None:
        """Read an argument in square brackets, if there is one."""
        if self._skip_blanks() != TexToken("char", "["):
            return None
        depth, start = 0, self._at + 1
        while True:
            token = self._take()
            depth += {"[": 1, "]": -1}.get(token.text, 0) if token.kind == "char" else 0
            if not depth:
                return TexReader(self._tokens[start : self._at - 1]).all()

    # Expressions

    def next(self) -> Expression | None:
        """Read an expression with its scripts; None at the end."""
        token = self._skip_blanks()
        if token is None:
            return None
        base = EMPTY if token in (TexToken("char", "^"), TexToken("char", "_")) else self._atom(self._take())
        return self._scripts(base)

    def _scripts(self, base: Expression) -> Expression:
        below: Expression | None = None
        above: Expression | None = None
        primes = ""
        limits = has_limits(base)
        while (token := self._skip_blanks()) is not None:
            if token in (TexToken("macro", "limits"), TexToken("macro", "nolimits")):
                limits = token.text == "limits"
            elif token == TexToken("char", "'"):
                primes += "′"
            elif token == TexToken("char", "_") and below is None:
                self._at += 1
                below = self._argument()
                continue
            elif token == TexToken("char", "^") and above is None:
                self._at += 1
                above = self._argument()
                continue
            elif token.kind == "char" and token.text in "^_":
                raise NotShowableError
            else:
                break
            self._at += 1
        if primes:
            above = Sign(primes) if above is None else Sequence((Sign(primes), above))
        if below is None and above is None:
            return base
        if isinstance(base, Brace) and base.note is None and (below if base.is_below else above) is not None:
            return Brace(base.body, below if base.is_below else above, base.is_below)
        return Scripts(base, below, above, limits)

    def _atom(self, token: TexToken) -> Expression:
        if token.kind == "group":
            return TexReader(token.inner).all()
        if token.kind == "environment":
            return read_grid(token.text, token.inner, lambda cell: TexReader(cell).all())
        if token.kind == "char":
            return character(token.text)
        return self._command(token.text)

    def _command(self, name: str) -> Expression:  # noqa: C901, PLR0911, PLR0912 - one per kind of command
        if name in ATOMS:
            return Sign(*ATOMS[name])
        if name in WORDS:
            return Sign(WORDS_APART.get(name, name), Atom.WORD)
        if name in SPACES:
            return Sign(SPACES[name], Atom.SPACE)
        if name in DELIMITERS:
            return delimiter(DELIMITERS[name])
        if name in IGNORED:
            return EMPTY
        if name in SIZES:
            return delimiter(self._delimiter())
        if name in FRACTIONS:
            return Fraction(self._argument(), self._argument())
        if name in ("binom", "dbinom", "tbinom"):
            return Fenced("(", Fraction(self._argument(), self._argument(), bar=False), ")")
        if name == "sqrt":
            degree = self._optional()
            return Root(self._argument(), degree or EMPTY)
        if name == "left":
            return self._fenced()
        if name in TEXTS:
            letters = ALPHABETS["mathbf"] if name == "textbf" else None
            return read_text(self._text(), lambda formula: TexReader(formula).all(), letters)
        if name in UPRIGHT:
            return self._upright(name)
        if name in ALPHABETS or name in SAME_ALPHABET:
            return in_alphabet(self._argument(), ALPHABETS[SAME_ALPHABET.get(name, name)])
        if name in ACCENTS or name in WIDE_ACCENTS:
            return accent(self._argument(), {**ACCENTS, **WIDE_ACCENTS}[name], wide=name in WIDE_ACCENTS)
        if name in ENCLOSING:
            opening, closing = ENCLOSING[name]
            return Fenced(opening, self._argument(), closing)
        handler = _HANDLERS.get(name)
        if handler is not None:
            return handler(self, name)
        raise NotShowableError

    def _delimiter(self) -> str:
        self._skip_blanks()
        token = self._take()
        if token.kind == "group" and len(token.inner) == 1:
            # LaTeXML writes \big{(}.
            token = token.inner[0]
        if token.kind == "macro":
            if token.text in DELIMITERS:
                return DELIMITERS[token.text]
            raise NotShowableError
        if token.kind != "char" or token.text not in "()[]|/.<>⟨⟩‖⌊⌋⌈⌉":
            raise NotShowableError
        return {".": "", "<": "⟨", ">": "⟩"}.get(token.text, token.text)

    def _fenced(self) -> Expression:
        r"""Read from after `\left` to the matching `\right`."""
        opening = self._delimiter()
        start, depth = self._at, 1
        while True:
            token = self._take()
            if token.kind == "macro":
                depth += {"left": 1, "right": -1}.get(token.text, 0)
            if not depth:
                break
        inner = self._tokens[start : self._at - 1]
        closing = self._delimiter()
        middles = [number for number, token in enumerate(inner) if token == TexToken("macro", "middle")]
        if middles:
            inner = tuple(token for number, token in enumerate(inner) if number not in middles)
        return Fenced(opening, TexReader(inner).all(), closing)

    def _upright(self, name: str) -> Expression:
        r"""Read the argument of `\mathrm`, `\operatorname` and the like: a word becomes one sign."""
        has_limits = name == "operatornamewithlimits"
        if self._peek() == TexToken("char", "*"):
            self._at += 1
            has_limits = True
        self._skip_blanks()
        token = self._take()
        if token.kind != "group":
            return self._atom(token)
        is_word = all(one.kind == "char" or one in SPACES_IN_NAMES for one in token.inner)
        text = plain_text(token.inner) if is_word and "^" not in token.text else ""
        letters = text.replace(" ", "").replace("-", "").replace(".", "")
        # A number is no word; a single letter is one only as the name of an operator.
        is_named = len(letters) > 1 or name.startswith("operatorname")
        if not letters.isalnum() or letters.isdecimal() or not is_named:
            return TexReader(token.inner).all()
        if not name.startswith(("operatorname", "mathop")):
            return Sign(text, Atom.WORD)
        word = Sign(text.strip(), Atom.WORD)
        return Scripts(word, None, None, limits=True) if has_limits else word

    # Less frequent commands, in the table below

    def _stacked(self, name: str) -> Expression:
        note = self._argument()
        base = self._argument()
        return Scripts(base, note, None, limits=True) if name == "underset" else Scripts(base, None, note, limits=True)

    def _arrow(self, name: str) -> Expression:
        below = self._optional()
        return Scripts(Sign(NOTED_ARROWS[name], Atom.RELATION), below, self._argument(), limits=True)

    def _negated(self, _: str) -> Expression:
        base = self._argument()
        if isinstance(base, Sign) and base.text in NEGATED:
            return Sign(NEGATED[base.text], base.atom)
        raise NotShowableError

    def _modulo(self, name: str) -> Expression:
        inner = Sequence((Sign("mod", Atom.WORD), self._argument()))
        return Sequence((Sign(" ", Atom.SPACE), inner if name == "mod" else Fenced("(", inner, ")")))

    def _without_effect(self, _: str) -> Expression:
        self._text()
        return EMPTY

    def _tag(self, _: str) -> Expression:
        star = self._peek() == TexToken("char", "*")
        self._at += star
        text = plain_text(self._text())
        return Sign(f"    {text}    " if star else f"    ({text})    ", Atom.TEXT)

    def _classed(self, name: str) -> Expression:
        inner = self._argument()
        return Sign(inner.text, CLASSES[name]) if isinstance(inner, Sign) else inner

    def _coloured(self, name: str) -> Expression:
        r"""Read `\textcolor{red}{…}`, and `\color{red}`, which in MathJax may have a second argument too."""
        self._text()
        token = self._skip_blanks()
        return self._argument() if name == "textcolor" or (token and token.kind == "group") else EMPTY

    def _substack(self, _: str) -> Expression:
        self._skip_blanks()
        return read_grid("gathered", self._take().inner, lambda cell: TexReader(cell).all())

    def _circled(self, _: str) -> Expression:
        text = plain_text(self._text())
        if text not in CIRCLED:
            raise NotShowableError
        return Sign(CIRCLED[text], Atom.TEXT)

    def _first(self, _: str) -> Expression:
        r"""Read the four forms of `\mathchoice`, of which the first is for displayed formulas."""
        forms = [self._argument() for _form in range(4)]
        return forms[0]

    def _unseen(self, _: str) -> Expression:
        self._argument()
        return EMPTY


_HANDLERS: Mapping[str, Callable[[TexReader, str], Expression]] = {
    name: handler
    for commands, handler in (
        (names("overset underset stackrel"), TexReader._stacked),  # noqa: SLF001 - a table of its own methods
        (names("underbrace overbrace"), lambda reader, name: Brace(reader._argument(), None, name == "underbrace")),  # noqa: SLF001
        (frozenset(NOTED_ARROWS), TexReader._arrow),  # noqa: SLF001
        (names("not"), TexReader._negated),  # noqa: SLF001
        (names("pmod mod"), TexReader._modulo),  # noqa: SLF001
        (names("boxed fbox"), lambda reader, _: Boxed(reader._argument())),  # noqa: SLF001
        (WITHOUT_EFFECT, TexReader._without_effect),  # noqa: SLF001
        (names("tag"), TexReader._tag),  # noqa: SLF001
        (frozenset(CLASSES), TexReader._classed),  # noqa: SLF001
        (names("color textcolor"), TexReader._coloured),  # noqa: SLF001
        (names("substack"), TexReader._substack),  # noqa: SLF001
        (names("textcircled"), TexReader._circled),  # noqa: SLF001
        (names("mathchoice"), TexReader._first),  # noqa: SLF001
        (names("phantom hphantom vphantom"), TexReader._unseen),  # noqa: SLF001
        (names("mathclose mathinner mathpunct ensuremath smash"), lambda reader, _: reader._argument()),  # noqa: SLF001
    )
    for name in commands
}
