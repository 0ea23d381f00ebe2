r"""Formulas between single dollar signs in HTML, which MathJax and KaTeX typeset if a page asks them to.

Most bodies have lost the script that asks for it. Dollars therefore count as delimiters if the text has displayed
formulas, too, or several formulas with commands of TeX.
"""

import re
from collections.abc import Iterator

from reader.parse.html_tokens import HtmlToken, HtmlTokens, decoded
from reader.parse.html_vocabulary import names
from reader.parse.tex_delimiters import is_formula
from reader.regex import regex

_LITERAL = names("code pre kbd samp tt script style textarea xmp listing")
"""Elements in which scripts leave dollar signs alone."""
_DOLLARS = regex(r"\$\$[^$]*\$\$|(?<!\\)\$(?P<tex>[^$]{1,1000})(?<!\\)\$(?!\$)")
_COMMAND = regex(r"\\[A-Za-z]")
_SIGN = regex(r"[\\^_]")
_DISPLAYED = ("$$", "\\[", "\\begin{")
_LEAST = 2
"""The minimum number of formulas with commands of TeX in a text without displayed formulas."""


def with_dollar_formulas(tokens: HtmlTokens, *, has_formulas: bool = False) -> HtmlTokens:
    r"""Replace the single dollar signs around formulas by `\(` and `\)`, if the text has such formulas.

    Args:
        tokens: The HTML.
        has_formulas: Whether the Markdown around this HTML has formulas.
    """
    if not any("$" in text for _slash, _tag, _written, text in tokens):
        return tokens
    texts = {place: tokens[place][3] for place in _places_outside_code(tokens)}
    is_displayed = has_formulas or any(sign in text for text in texts.values() for sign in _DISPLAYED)
    texts = {place: text for place, text in texts.items() if "$" in text}
    formulas = [found["tex"] for text in texts.values() for found in _DOLLARS.finditer(text) if _is_meant(found)]
    pattern, least = (_SIGN, 1) if is_displayed else (_COMMAND, _LEAST)
    if sum(pattern.search(tex) is not None for tex in formulas) < least:
        return tokens
    made: list[HtmlToken] = list(tokens)
    for place, text in texts.items():
        made[place] = (*tokens[place][:3], _DOLLARS.sub(_bracketed, text))
    return made


def _places_outside_code(tokens: HtmlTokens) -> Iterator[int]:
    """Yield the places of the tokens whose text is not in an element of code."""
    around = ""
    depth = 0
    for place, (slash, name, written, _text) in enumerate(tokens):
        tag = name.lower()
        if not around and tag in _LITERAL and not slash and not written.endswith("/"):
            around, depth = tag, 1
        elif tag == around and around:
            depth += -1 if slash else 1
            around = around if depth else ""
        if not around:
            yield place


def _bracketed(found: re.Match[str]) -> str:
    return rf"\({found['tex']}\)" if _is_meant(found) else found[0]


def _is_meant(found: re.Match[str]) -> bool:
    """Whether a match is a formula between single dollar signs."""
    if not found["tex"]:
        return False
    text, tex = found.string, decoded(found["tex"])
    around = text[max(0, found.start() - 1) : found.start()], text[found.end() : found.end() + 1]
    # MathJax allows spaces at the ends; other text between dollars hardly ever has commands of TeX.
    tex = tex.strip() if _COMMAND.search(tex) else " ".join(tex.split("\n"))
    return is_formula(tex, around, display=False, one_line=True)
