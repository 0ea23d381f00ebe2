"""Rules for Pandoc, Quarto and R Markdown: attributes in braces, captions of tables, and commands of TeX.

Python-Markdown (MkDocs), markdown-it, and the directives of Nuxt and remark have the same attributes.
"""

import re

from reader.parse.markdown.scanner import MOST_LINES, AnyRule, BlockRule, LineRule, Replacement
from reader.regex import regex

_ATTRIBUTES = (
    r"\{(?:[ \t]*(?:[.#][^\W\d][\w:.\[\]/#%-]*+"
    r"|[\w:.-]++=(?:\"[^\"{}\n]{0,500}\"|'[^'{}\n]{0,500}'|[^\s{}\"'=]{1,500}+)))++[ \t]*\}"
)
_OF_TARGET = regex(
    r"(\]\((?:[^()\n]|\([^()\n]{0,400}\)){0,800}\))(?:"
    + _ATTRIBUTES
    + r"|\{[ \t]*(?:data-[\w-]{1,40}|download)[ \t]*\})"
)
"""Attributes of a link or picture, with or without values; after other parentheses, braces may be code."""
_OF_SPAN = regex(
    r"(?::[a-z][\w-]{0,40}\[([^\[\]\n]{1,300})\]|(?<![!\]\\])\[([^\[\]\n]{1,300})\](?=\{[ \t]*[.#]))" + _ATTRIBUTES
)
"""A span with a class, or an inline directive: `:abbr[text]{title="…"}`."""
_OF_ADDRESS = regex(r"(?<=[^\s=-]>)(?=\{[.#])" + _ATTRIBUTES)
_OF_FORMULA = regex(r"(?<=\$\$)[ \t]*(?=\{#)" + _ATTRIBUTES + r"[ \t]*$")
_OF_CODE = regex(r"^(?:\{=\w{1,20}\}|(?=\{[ \t]*[.#])" + _ATTRIBUTES + ")")
"""Attributes at the start of a line or after inline code: line rules get the pieces of a line between code spans."""
_UNNUMBERED = regex(r"^([ \t]{0,3}#{1,6}[ \t][^\n]*\S)[ \t]+\{-\}[ \t]*$")
_SIGN = regex(r"\{[ \t]*(?:[.#=-]|[\w:.-]{1,40}=|data-|download)")

_CAPTION = regex(r"^(?::|Table:|表[:：])[ \t]+(\S[^\n]*)$")
_CAPTIONS = regex(r"^(?::|Table:|表[:：])[ \t]", re.MULTILINE)
_END_ATTRIBUTES = regex(r"[ \t]*" + _ATTRIBUTES + r"[ \t]*$")
_COMMANDS = ("\\newpage", "\\pagebreak", "\\clearpage", "\\tableofcontents", "\\listoffigures", "\\listoftables")
"""Commands of TeX for printed pages, which Pandoc leaves out of web pages."""


def _without_attributes(text: str) -> str:
    """Remove attributes after links, pictures, spans, URLs, formulas and code."""
    for pattern, kept in (
        (_OF_TARGET, r"\1"),
        (_OF_SPAN, r"\1\2"),
        (_OF_ADDRESS, ""),
        (_OF_FORMULA, ""),
        (_OF_CODE, ""),
        (_UNNUMBERED, r"\1"),
    ):
        text = pattern.sub(kept, text)
    return text


def _caption(lines: list[str], at: int) -> Replacement | None:
    """Rewrite a caption below a table as a paragraph."""
    found = _CAPTION.match(lines[at])
    above = next((line for line in (lines[at - 1], lines[at - 2]) if line.strip()), "") if at > 1 else ""
    is_labelled = lines[at].rstrip().endswith("}") and _END_ATTRIBUTES.search(lines[at])
    if not found or not (is_labelled or above.lstrip().startswith(("|", "+"))):
        return None
    return ["", _without_attributes(_END_ATTRIBUTES.sub("", found[1])), ""], at + 1


def _formula(lines: list[str], at: int) -> Replacement | None:
    """Remove the label after a formula of several lines, because the parser rejects formulas with labels."""
    if lines[at].strip() != "$$":
        return None
    for number in range(at + 1, min(at + MOST_LINES, len(lines))):
        if "$$" in lines[number]:
            end = _OF_FORMULA.sub("", lines[number])
            return ([*lines[at:number], end], number + 1) if end != lines[number] else None
    return None


def _command(lines: list[str], at: int) -> Replacement | None:
    """Remove a command for printed pages on a line of its own."""
    return ([""], at + 1) if lines[at].strip() in _COMMANDS else None


RULES: tuple[AnyRule, ...] = (
    BlockRule((": ", "：", ":\t"), _caption, _CAPTIONS),
    BlockRule(("$$",), _formula, regex(r"\$\$[ \t]*\{#")),
    BlockRule(_COMMANDS, _command),
)
LINE_RULES: tuple[LineRule, ...] = (LineRule(("{",), _without_attributes, _SIGN),)
