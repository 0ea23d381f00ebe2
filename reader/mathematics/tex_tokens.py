"""TeX as a nested list of tokens, read by pylatexenc's parser."""

from collections.abc import Iterator

from pylatexenc.latexwalker import (
    LatexCharsNode,
    LatexCommentNode,
    LatexEnvironmentNode,
    LatexGroupNode,
    LatexMacroNode,
    LatexMathNode,
    LatexNode,
    LatexSpecialsNode,
    LatexWalker,
    LatexWalkerError,
)
from pylatexenc.macrospec import LatexContextDb

from reader.lean_dataclasses import dataclass
from reader.mathematics.expressions import NotShowableError
from reader.regex import regex

LONGEST = 4_000
"""The maximum length of a formula that is read, in characters."""


_COMMAND_AND_LETTER = regex(r"(\\[A-Za-z]+)(?=[^\W\d_A-Za-z])")


@dataclass(frozen=True, slots=True)
class TexToken:
    """A token of TeX.

    Attributes:
        kind: "char" (one character), "macro", "group" or "environment".
        text: The character, the name without its backslash, or for a group its source between the braces.
        inner: The tokens of a group or an environment.
    """

    kind: str
    text: str
    inner: tuple["TexToken", ...] = ()


def tokens(tex: str) -> tuple[TexToken, ...]:
    """Return the tokens of a formula; each white-space character becomes a space.

    Raises:
        NotShowableError: It is too long, too deep, or not well-formed, or has a comment.
    """
    if len(tex) > LONGEST:
        raise NotShowableError
    # An empty context: commands take no arguments, so that the reader decides what belongs to them.
    walker = LatexWalker(_plain(tex), latex_context=LatexContextDb(), tolerant_parsing=False)
    try:
        state = walker.make_parsing_state(in_math_mode=True)
        nodes, _position, _length = walker.get_latex_nodes(parsing_state=state)
        return _flat(nodes)
    except (LatexWalkerError, RecursionError) as error:
        raise NotShowableError from error


def _plain(tex: str) -> str:
    r"""Write `\lx@stackrel` of LaTeXML without its prefix, and end commands before letters outside ASCII (MathJax)."""
    return _COMMAND_AND_LETTER.sub(r"\1 ", tex.replace("\\lx@", "\\"))


def with_tag_last(source: tuple[TexToken, ...]) -> tuple[TexToken, ...]:
    r"""Move the number of an equation to its end, where TeX puts it even if `\tag{1}` comes first."""
    if source[:1] != (TexToken("macro", "tag"),):
        return source
    end = 3 if source[1:2] == (TexToken("char", "*"),) else 2
    return (*source[end:], *source[:end])


def _flat(nodes: list[LatexNode]) -> tuple[TexToken, ...]:
    found: list[TexToken] = []
    for node in nodes:
        if isinstance(node, LatexCharsNode):
            found += _characters(node.chars)
        elif isinstance(node, LatexMacroNode):
            found.append(TexToken("macro", node.macroname))
        elif isinstance(node, LatexSpecialsNode):
            found += _characters(node.specials_chars)
        elif isinstance(node, LatexGroupNode):
            source = node.latex_verbatim()
            found.append(TexToken("group", source[1:-1], _flat(node.nodelist)))
        elif isinstance(node, LatexEnvironmentNode):
            found.append(TexToken("environment", node.environmentname, _flat(node.nodelist)))
        elif isinstance(node, LatexMathNode):
            found.append(TexToken("group", node.latex_verbatim(), _flat(node.nodelist)))
        elif not isinstance(node, LatexCommentNode) or node.comment.strip():
            # On one line, nothing tells where a comment ends.
            raise NotShowableError
    return tuple(_with_braces(found))


def _with_braces(found: list[TexToken]) -> Iterator[TexToken]:
    r"""Yield tokens with braces for `\\{ … \\}`, which Markdown turns into `\{ … \}`; TeX would begin rows there."""
    row_end = TexToken("macro", "\\")
    for number, token in enumerate(found):
        following = found[number + 1] if number + 1 < len(found) else token
        is_written = following.kind == "group" and following.inner[-1:] == (row_end,)
        if token == row_end and is_written:
            continue
        if token.kind == "group" and number and found[number - 1] == row_end and token.inner[-1:] == (row_end,):
            yield from (TexToken("macro", "{"), *token.inner[:-1], TexToken("macro", "}"))
        else:
            yield token


def _characters(text: str) -> list[TexToken]:
    return [TexToken("char", " " if one.isspace() else one) for one in text]
