"""Rules for Zola's shortcodes with content, `{% name(key="value") %}` to `{% end %}`, and its formulas."""

import re

from reader.parse.markdown.hugo_shortcodes import with_content
from reader.parse.markdown.scanner import MOST_LINES, BlockRule, LineRule, Replacement
from reader.parse.markdown.template_expressions import without_commas
from reader.regex import regex

_BEGINS = regex(r"^(?P<in>[ \t]*)\{%-?\s*(?P<name>\w+)\((?P<said>[^\n]*)\)\s*-?%\}[ \t]*$")
_ENDS = regex(r"^[ \t]*\{%-?\s*end\s*-?%\}[ \t]*$")
_DEEPEST = 10
"""The maximum depth of nested shortcodes; searching the ends of more would take quadratic time."""
_FORMULA = regex(
    r"\{\{\s*(?:katex|math|latex|tex)\(\s*(?:body|tex|formula)\s*=\s*(?:\"([^\"\n]*)\"|'([^'\n]*)'|`([^`\n]*)`)\s*"
    r"(?P<block>,\s*block\s*=\s*true\s*)?\)\s*\}\}"
)


def _block(lines: list[str], at: int) -> Replacement | None:
    """Rewrite a shortcode that has the name and the arguments of a shortcode of Hugo."""
    begun = _BEGINS.match(lines[at])
    if not begun:
        return None
    depth = 1
    for number in range(at + 1, min(len(lines), at + MOST_LINES)):
        if _ENDS.match(lines[number]):
            depth -= 1
        elif _BEGINS.match(lines[number]):
            depth += 1
            if depth > _DEEPEST:
                return None
        if not depth:
            said = without_commas(begun["said"])
            made = with_content(begun["name"].lower(), said, lines[at + 1 : number], begun["in"])
            return (made, number + 1) if made is not None else None
    return None


def _formulas(text: str) -> str:
    def written(found: re.Match[str]) -> str:
        tex = found[1] or found[2] or found[3] or ""
        return f"$${tex}$$" if found["block"] else f"\\({tex}\\)"

    return _FORMULA.sub(written, text)


RULES = (BlockRule(("{%",), _block, regex(r"\{%-?\s*end\s*-?%\}")),)
LINE_RULES = (LineRule(("{{",), _formulas),)
