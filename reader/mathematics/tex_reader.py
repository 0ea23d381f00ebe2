"""Reading TeX into expressions. Unknown commands are refused, so that no formula is shown with another meaning."""

from reader.mathematics import command_kinds as kinds
from reader.mathematics.expressions import (
    EMPTY,
    Atom,
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
    DELIMITERS,
    ENCLOSING,
    SAME_ALPHABET,
    SPACES,
    WIDE_ACCENTS,
    WORDS,
    WORDS_APART,
)
from reader.mathematics.tex_atoms import accent, character, delimiter, has_limits, in_alphabet, without_space
from reader.mathematics.tex_commands import COMMANDS
from reader.mathematics.tex_text import name_of, read_text
from reader.mathematics.tex_tokens import TexToken, tokens, with_tag_last


def read_tex(tex: str) -> Expression:
    """Read a formula.

    Raises:
        NotShowableError: It has an unknown command, or is not well-formed.
    """
    try:
        return TexReader(with_tag_last(tokens(tex))).all()
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
        if self._at == 0 and (switched := self._switched()) is not None:
            return switched
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

    def _switched(self) -> Expression | None:
        r"""Read a word behind `\rm`, or all behind `\bf`; None if there is neither."""
        first, rest = self._tokens[:1], self._tokens[1:]
        if first == (kinds.BOLD_SWITCH,) and rest and rest[0].kind != "group":
            return in_alphabet(TexReader(rest).all(), ALPHABETS["mathbf"])
        word = name_of(self._tokens) if first and first[0] in kinds.UPRIGHT_SWITCHES else ""
        return Sign(word, Atom.WORD) if len(word) > 1 and word.isalpha() else None

    # Tokens

    def peek(self) -> TexToken | None:
        """Return the next token without reading it; None at the end."""
        return self._tokens[self._at] if self._at < len(self._tokens) else None

    def take(self) -> TexToken:
        """Read the next token.

        Raises:
            NotShowableError: There is no token.
        """
        token = self.peek()
        if token is None:
            raise NotShowableError
        self._at += 1
        return token

    def skip_blanks(self) -> TexToken | None:
        """Skip spaces, and return the next token without reading it; None at the end."""
        while (token := self.peek()) == TexToken("char", " "):
            self._at += 1
        return token

    def argument(self) -> Expression:
        """Read an argument: a group, or a single token."""
        self.skip_blanks()
        token = self.take()
        return TexReader(token.inner).all() if token.kind == "group" else self._atom(token)

    def text(self) -> tuple[TexToken, ...]:
        """Return the tokens of an argument that is text, or without effect."""
        self.skip_blanks()
        token = self.take()
        return token.inner if token.kind == "group" else (token,)

    def gathered(self) -> Expression:
        """Read an argument of several rows."""
        self.skip_blanks()
        return read_grid("gathered", self.take().inner, lambda cell: TexReader(cell).all())

    def optional(self) -> Expression | None:
        """Read an argument in square brackets, if there is one."""
        if self.skip_blanks() != TexToken("char", "["):
            return None
        depth, start = 0, self._at + 1
        while True:
            token = self.take()
            depth += {"[": 1, "]": -1}.get(token.text, 0) if token.kind == "char" else 0
            if not depth:
                return TexReader(self._tokens[start : self._at - 1]).all()

    # Expressions

    def next(self) -> Expression | None:
        """Read an expression with its scripts; None at the end."""
        token = self.skip_blanks()
        if token is None:
            return None
        base = EMPTY if token in (TexToken("char", "^"), TexToken("char", "_")) else self._atom(self.take())
        return self._scripts(base)

    def _scripts(self, base: Expression) -> Expression:
        below: Expression | None = None
        above: Expression | None = None
        primes = ""
        limits = has_limits(base)
        while (token := self.skip_blanks()) is not None:
            if token in (TexToken("macro", "limits"), TexToken("macro", "nolimits")):
                limits = token.text == "limits"
            elif token == TexToken("char", "'"):
                primes += "′"
            elif token == TexToken("char", "_") and below is None:
                self._at += 1
                below = self.argument()
                continue
            elif token == TexToken("char", "^") and above is None:
                self._at += 1
                above = self.argument()
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
            return without_space(TexReader(token.inner).all())
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
        if name in kinds.IGNORED:
            return EMPTY
        if name in kinds.SIZES:
            return delimiter(self._delimiter())
        if name in kinds.FRACTIONS:
            return Fraction(self.argument(), self.argument())
        if name in ("binom", "dbinom", "tbinom"):
            return Fenced("(", Fraction(self.argument(), self.argument(), bar=False), ")")
        if name == "sqrt":
            degree = self.optional()
            return Root(self.argument(), degree or EMPTY)
        if name == "left":
            return self._fenced()
        if name in kinds.TEXTS:
            letters = ALPHABETS["mathbf"] if name == "textbf" else None
            return read_text(self.text(), lambda formula: TexReader(formula).all(), letters)
        if name in kinds.UPRIGHT:
            return self._upright(name)
        if name in ALPHABETS or name in SAME_ALPHABET:
            return in_alphabet(self.argument(), ALPHABETS[SAME_ALPHABET.get(name, name)])
        if name in ACCENTS or name in WIDE_ACCENTS:
            return accent(self.argument(), {**ACCENTS, **WIDE_ACCENTS}[name], wide=name in WIDE_ACCENTS)
        if name in ENCLOSING:
            opening, closing = ENCLOSING[name]
            return Fenced(opening, self.argument(), closing)
        handler = COMMANDS.get(name)
        if handler is not None:
            return handler(self, name)
        raise NotShowableError

    def _delimiter(self) -> str:
        self.skip_blanks()
        token = self.take()
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
            token = self.take()
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
        if self.peek() == TexToken("char", "*"):
            self._at += 1
            has_limits = True
        self.skip_blanks()
        token = self.take()
        if token.kind != "group":
            return self._atom(token)
        text = name_of(token.inner)
        letters = text.replace(" ", "").replace("-", "").replace(".", "")
        # A number is no word; a single letter is one only as the name of an operator.
        is_named = len(letters) > 1 or name.startswith("operatorname")
        if not letters.isalnum() or letters.isdecimal() or not is_named:
            return TexReader(token.inner).all()
        if not name.startswith(("operatorname", "mathop")):
            return Sign(text, Atom.WORD)
        word = Sign(text.strip(), Atom.WORD)
        return Scripts(word, None, None, limits=True) if has_limits else word
