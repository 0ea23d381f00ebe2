"""Lines of an article with the styles and hyperlinks of a terminal."""

from collections.abc import Callable, Iterable, Mapping

from reader.document.addresses import hyperlink_target
from reader.document.sanitizing import inert
from reader.hyperlinks import hyperlink
from reader.layout.lines import Line, Role, Run, Style
from reader.lean_dataclasses import dataclass, field
from reader.syntax.token_roles import TokenRole

CodeTokens = Callable[[int, int, int], Iterable[tuple[int, int, TokenRole]]]
"""Returns the tokens of a leaf between two offsets, in order."""

_COLOURED = {
    **dict.fromkeys((Role.HEADING, Role.ACCENT, Role.LINK, Role.MARK, Role.CAUTION), "35"),
    Role.NOTE: "34",
    Role.HINT: "32",
    Role.DANGER: "31",
}
"""The colours of roles (SGR, ECMA-48 8.3.117), from the terminal's own palette: the colour of its background is
unknown, and of the eight, magenta can be read on black and on white."""

_DIM = frozenset({Role.MUTED, Role.RULE})


@dataclass(frozen=True, slots=True)
class LineStyle:
    """The styles that the terminal displays.

    Attributes:
        styles: Bold, italic, underlined, struck and dim text.
        colours: The colours of roles.
        links: Hyperlinks (OSC 8).
        tokens: The parameters of SGR for the roles of tokens of code; empty for code without styles.
        tokens_between: The tokens of the code of the document.
    """

    styles: bool = False
    colours: bool = False
    links: bool = False
    tokens: Mapping[TokenRole, str] = field(default_factory=dict)
    tokens_between: CodeTokens | None = None

    def render(self, line: Line) -> str:
        """A line as text, without trailing spaces; its own text contains no control sequence."""
        if not (self.styles or self.links):
            return inert(line.text)
        left = len(line.text)
        parts: list[str] = []
        for run in line.runs:
            shown = run.text[:left]
            left -= len(shown)
            if not shown:
                continue
            if self.tokens and line.background is run.style.role is Role.CODE and len(shown) == run.end - run.start:
                parts.append(self._code(shown, run))
                continue
            text = inert(shown)
            if self.links and run.link and (target := hyperlink_target(run.link)):
                parts.append(hyperlink(self._styled(text, run.style), target))
            else:
                parts.append(self._styled(text, run.style))
        return "".join(parts)

    def _code(self, text: str, run: Run) -> str:
        """A run of code with the styles of its tokens."""
        parts: list[str] = []
        at = run.start
        for start, end, role in self.tokens_between(run.block, run.start, run.end) if self.tokens_between else ():
            parts.append(inert(text[at - run.start : start - run.start]))
            shown, codes = inert(text[start - run.start : end - run.start]), self.tokens.get(role)
            parts.append(f"\x1b[{codes}m{shown}\x1b[m" if codes else shown)
            at = end
        parts.append(inert(text[at - run.start :]))
        return "".join(parts)

    def _styled(self, text: str, style: Style) -> str:
        codes = self._codes(style) if self.styles and not text.isspace() else ""
        return f"\x1b[{codes}m{text}\x1b[m" if codes else text

    def _codes(self, style: Style) -> str:
        codes = [
            code
            for code, is_set in (
                ("1", style.bold),
                ("2", style.role in _DIM),
                ("3", style.italic),
                ("4", style.underline or style.role is Role.LINK),
                ("9", style.strike),
            )
            if is_set
        ]
        if self.colours and style.role in _COLOURED:
            codes.append(_COLOURED[style.role])
        return ";".join(codes)
