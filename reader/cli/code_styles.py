"""Syntax highlighting in the output of commands: the tokens of a document's code, and styles for any background."""

from collections.abc import Iterator, Mapping

from reader.document.blocks import CodeBlock
from reader.document.document import Document
from reader.graphics.xterm_palette import cube_number
from reader.syntax.code_chunks import chunk_number, chunk_of
from reader.syntax.token_roles import NO_TOKENS, TokenRole, TokenTable
from reader.themes.colour_depth import has_few_colours, has_true_colour
from reader.themes.contrast import with_luminance
from reader.themes.theme import Theme
from reader.workers.limits import COUNTS_CPU, OutOfTimeError, interrupted_cpu

_CPU_LIMIT = 2.0
"""The maximum CPU time in seconds for a chunk of code, as on the screen."""

_MIDDLE = 0.18
"""The luminance of text that has the contrast 4.5 : 1 both to black and to white (WCAG 2.1)."""

_WEIGHTS = {
    TokenRole.KEYWORD: "1",
    TokenRole.NAME: "1",
    TokenRole.ADDED: "1",
    TokenRole.COMMENT: "3",
    TokenRole.TYPE: "3",
    TokenRole.REMOVED: "3",
}
"""The parameters of SGR for bold and italic, as on a screen without colours."""


def token_codes(theme: Theme | None, environ: Mapping[str, str]) -> dict[TokenRole, str]:
    """The parameters of SGR for each role of a token: colours if the terminal has 256 or more, else weight and slant.

    The hues are those of `theme`, which is None for no colours. All have a luminance that is legible on any background,
    because the background of the terminal is unknown.
    """
    if theme is None or not theme.paper or has_few_colours(environ):
        return _WEIGHTS
    is_true = has_true_colour(environ)
    found: dict[TokenRole, str] = {}
    for role in TokenRole:
        red, green, blue = with_luminance(getattr(theme, f"code_{role.value}"), _MIDDLE)
        colour = f"38;2;{red};{green};{blue}" if is_true else f"38;5;{cube_number(red, green, blue)}"
        found[role] = f"3;{colour}" if role is TokenRole.COMMENT else colour
    return found


class DocumentTokens:
    """The tokens of the code of a document, found in this process, with a time limit for each chunk of code."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._known: dict[tuple[int, int], TokenTable] = {}

    def between(self, leaf: int, start: int, end: int) -> Iterator[tuple[int, int, TokenRole]]:
        """Yield the tokens of a leaf between two offsets."""
        for number in range(chunk_number(start), chunk_number(max(end - 1, start)) + 1):
            key = leaf, number
            if key not in self._known:
                self._known[key] = self._tokens(leaf, number)
            yield from self._known[key].between(start, end)

    def _tokens(self, leaf: int, number: int) -> TokenTable:
        block = self._document.leaves[leaf]
        if not isinstance(block, CodeBlock) or not COUNTS_CPU:
            return NO_TOKENS
        # Most articles have no code, and Pygments takes some time to load.
        from reader.syntax.tokenizing import tokenize  # noqa: PLC0415

        chunk = chunk_of(block.text.text, block.language, number, leaf=leaf)
        try:
            with interrupted_cpu(_CPU_LIMIT):
                return tokenize([chunk])[0]
        except OutOfTimeError:
            return NO_TOKENS
