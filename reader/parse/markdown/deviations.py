"""Rules for common deviations from the specification: headings without a space, and multi-line formulas."""

import re
from functools import cache

from reader.document.tabs import TAB
from reader.parse.indents import indent_of
from reader.parse.markdown.scanner import (
    MOST_LINES,
    BlockRule,
    LineRule,
    NestingRule,
    Replacement,
    Rewriter,
)
from reader.parse.tex_delimiters import is_latex
from reader.parse.tex_source import on_one_line
from reader.regex import regex

_TIGHT = regex(r"^ {0,3}(#{1,6})(?=[^\s#!])([^\n]*)$")
_WORD = regex(r"[\w（(《【“‘「\"'*`\[]")
_MOST_INDENT = 3
"""The maximum indent of a line in spaces; with more, CommonMark reads the line as code."""
_MOST_LINES = 200
"""The maximum number of lines of a formula."""

_PREFIX = regex(r"(?:[ \t]*(?:>|[-*+]|\d{1,9}[.)])(?=[ \t]))*[ \t]*")
_ESCAPE = regex(r"\\([!-/:-@\[-`{-~])")
_NAMED = r"[^()<>{}\"\n]"
"""A character of a name with spaces."""
_TITLE_START = regex(r"(?<!\w)'")
"""An apostrophe that begins a title; tested afterwards, since in the pattern it would take ten times as long."""
_SPACED = regex(
    r"(?<!(?<!\\)\\)\]\((?P<target>"
    rf"[^\s()<>{{}}\"']{_NAMED}{{0,500}}?[ ]{_NAMED}{{0,500}}\.\w{{2,5}}"
    rf"|[^\s()<>{{}}\"']{_NAMED}{{0,300}}?[ ]{_NAMED}{{0,300}}"
    rf"\({_NAMED}{{1,200}}\){_NAMED}{{0,100}}\.\w{{2,5}}"
    rf"|(?:https?://|/|\.{{1,2}}/|#)[^()<>{{}}\"'\s]{{0,500}}[ ]{_NAMED}{{0,500}}[^()<>{{}}\"'\s]"
    r")(?P<title>[ ]+\"[^\"\n]{0,200}\")?[ ]*\)"
)
_ENVIRONMENT = regex(
    r"^(?P<in>[ \t]*(?:[-*+][ \t]+)?)\\begin\{(?P<name>(?:align|equation|gather|multline|eqnarray|alignat|flalign)\*?"
    r"|aligned|alignedat|gathered|split|d?cases|[pbvBV]?matrix|array)\}"
)
_OPEN_ENVIRONMENT = regex(r"(?<![\\$A-Za-z0-9])\$\\begin\{([a-zA-Z]{1,20}\*?)\}[^$\n]*$")
_WIDE_FENCE = regex(r"^(?P<in>[ \t\u00a0\u3000]*[\u00a0\u3000][ \t\u00a0\u3000]*)(?P<fence>`{3,}(?=[^`]*$)|~{3,})")
_EMPTY_ITEM = regex(r"([ \t]+)-[ \t]*")
_SIZE = regex(r"[ ]+=\d*%?[xX*]\d*%?$")
"""The size of a picture in Zenn and HackMD: `![](a.png =400x)`."""
_PICTURE = regex(r"<img\s[^<>]*>", re.IGNORECASE)
_UNCLOSED = regex(r"(=\"[^\"\s<>]+)(?=[ ]+[\w-]+=\")")
_WORDPRESS = regex(r"\$latex[ ]++([^$\n]{1,1000}+)\$")
_DOLLARS = regex(r"(?<![\\$\w])\$(?!\$)([^$\n]{1,500}+)\$(?![\w$])", re.ASCII)
_COMMAND = regex(r"\\[A-Za-z]{2,}")
_QUOTED = regex(r"[\"`]|(?<![\w)}])'|\{\{")
"""Quotation marks of programs and templates; `'` after a variable is a prime."""
_VARIABLES = regex(
    r"(?:[ ]|(?!\d)(?=[^ ].*[ ]$))"
    r"(?:[A-Za-z]|[ A-Za-z0-9{}()\[\]+\-*/,.|!]*+[_^=<>][ \w^{}()\[\]+\-*/=<>,.|!]*+)[ ]?",
    re.ASCII,
)
"""A variable, or an expression of variables, with a space at one end or both."""
_LETTERS = regex(r"[A-Za-z]{3}")
_BRACKETS = regex(r"\\\\\((.{1,1000}?)\\\\\)")


def _tight_heading(lines: list[str], at: int) -> Replacement | None:
    """Add the missing space to `##标题`, which older parsers accept as a heading."""
    found = _TIGHT.match(lines[at])
    if not found or not _WORD.match(found[2]):
        return None
    # Stripped here, since a pattern for it takes cubic time.
    text = found[2].rstrip(" \t").rstrip("#").rstrip(" \t")
    if len(found[1]) == 1 and not _is_first_level(lines, at, text):
        return None
    return [f"{found[1]} {text}"], at + 1


def _is_first_level(lines: list[str], at: int, text: str) -> bool:
    """Whether a single `#` begins a heading rather than a hashtag: it follows a blank line and is not the only one.

    A paragraph whose first line ends with a hard line break begins with a hashtag.
    """
    if " #" in text or text[0].isdigit() or text.endswith("\\") or (at and lines[at - 1].strip()):
        return False
    return any(_TIGHT.match(line) and (line.startswith("##") or number != at) for number, line in enumerate(lines))


def _display(lines: list[str], at: int) -> Replacement | None:
    r"""Join a multi-line formula between `$$` or `\[ \]`, so that a leading minus does not begin a list item."""
    line = lines[at]
    prefix = _PREFIX.match(line)
    indent = prefix[0] if prefix else ""
    bare = line[len(indent) :]
    for opening, closing in (("$$", "$$"), ("\\\\[", "\\\\]"), ("\\[", "\\]")):
        # Brackets next to text are merely escaped.
        if (
            bare.startswith(opening)
            and closing not in bare[len(opening) :]
            and (opening == "$$" or bare.strip() == opening)
        ):
            return _joined(lines, at, indent, opening, closing)
    return None


def _joined(lines: list[str], at: int, indent: str, opening: str, closing: str) -> Replacement | None:
    """Join a formula that begins after `indent`; None if it has no end."""
    depth = indent.count(">")
    tex = [lines[at][len(indent) + len(opening) :].strip()]
    for number in range(at + 1, min(len(lines), at + _MOST_LINES)):
        inner = (_quote(depth).sub("", lines[number], count=1) if depth else lines[number]).strip()
        if closing not in inner:
            if inner.startswith(("```", "# ", "## ")):
                break
            tex.append(inner)
            continue
        before, _, behind = inner.partition(closing)
        written = on_one_line("\n".join((*tex, before.strip())).strip())
        mark = ("$$", "$$") if opening == "$$" else ("\\[", "\\]")
        rest = [" " * len(indent) + behind.strip()] if behind.strip() else []
        return ([f"{indent}{mark[0]}{written}{mark[1]}", *rest], number + 1) if written else None
    return None


@cache
def _quote(depth: int) -> re.Pattern[str]:
    """Return a pattern for the markers of up to `depth` nested block quotes at the start of a line."""
    return re.compile(rf"[ \t]*(?:>[ \t]?){{0,{depth}}}")


def _inline_brackets(text: str) -> str:
    r"""Rewrite formulas between `\\( \\)`, the escaped delimiters in posts for MathJax."""
    return _BRACKETS.sub(_as_formula, text)


def _as_formula(found: re.Match[str]) -> str:
    # Other text is left to `formulas.typeset`, which accepts these delimiters unconditionally.
    # These posts also escape punctuation within formulas.
    tex = _ESCAPE.sub(r"\1", found[1])
    return f"\\({tex}\\)" if is_latex("\\(", tex, ("", ""), one_line=True) and "\\)" not in tex else found[0]


def _environment(lines: list[str], at: int) -> Replacement | None:
    """Put dollars around an environment of LaTeX that stands alone, which MathJax typesets."""
    found = _ENVIRONMENT.match(lines[at])
    continues = at > 0 and lines[at - 1].strip() != ""
    # More deeply indented, it is code unless it continues a paragraph.
    if not found or (not continues and found["in"].isspace() and indent_of(found["in"], TAB) > _MOST_INDENT):
        return None
    end = f"\\end{{{found['name']}}}"
    for number in range(at, min(len(lines), at + _MOST_LINES)):
        line = lines[number].rstrip()
        if not line:
            break
        if line.endswith(end):
            tex = on_one_line("\n".join((lines[at][len(found["in"]) :], *lines[at + 1 : number + 1])))
            # ox-hugo escapes what Markdown would change.
            tex = _ESCAPE.sub(r"\1", tex) if "\\_" in tex else tex
            indented = f"{found['in']}$${tex}$$"
            return ([indented] if found["in"] else ["", indented, ""]), number + 1
    return None


def _open_environment(lines: list[str], at: int) -> Replacement | None:
    """Join a formula between single dollars that is an environment of several lines."""
    found = _OPEN_ENVIRONMENT.search(lines[at])
    if not found:
        return None
    end = f"\\end{{{found[1]}}}$"
    for number in range(at + 1, min(len(lines), at + _MOST_LINES)):
        line = lines[number]
        if not line.strip() or ("$" in line and end not in line):
            break
        if end in line:
            before, _, behind = line.partition(end)
            tex = on_one_line("\n".join((*lines[at + 1 : number], before)))
            return [f"{lines[at].rstrip()} {tex} {end}{behind}"], number + 1
    return None


def _wide_fence(lines: list[str], at: int) -> Replacement | None:
    """Remove an indent of no-break or ideographic spaces, which editors insert, from fenced code."""
    found = _WIDE_FENCE.match(lines[at])
    if not found:
        return None
    indent, fence = found["in"], found["fence"]
    made = [lines[at][len(indent) :]]
    for number in range(at + 1, min(len(lines), at + MOST_LINES)):
        made.append(lines[number].removeprefix(indent))
        if lines[number].strip(" \t\u00a0\u3000") == fence:
            return ["", *made[:-1], fence, ""], number + 1
    return None


def _empty_item(lines: list[str], at: int, again: Rewriter) -> Replacement | None:
    """Put the line below an empty item into the item: below text, `-` alone would underline a setext heading."""
    found = _EMPTY_ITEM.fullmatch(lines[at])
    if not found or not at or not lines[at - 1].strip():
        return None
    below = lines[at + 1] if at + 1 < len(lines) else ""
    indent = indent_of(below, TAB)
    if not below.strip() or indent <= indent_of(found[1], TAB):
        return [], at + 1
    end = at + 2
    while end < min(len(lines), at + MOST_LINES) and indent_of(lines[end], TAB) >= indent and lines[end].strip():
        end += 1
    return again([f"{found[1]}- {below.lstrip()}", *lines[at + 2 : end]]), end


def _pictures(text: str) -> str:
    """Close an open quotation mark of an attribute: by the specification, the whole tag would be text."""
    return _PICTURE.sub(lambda found: _UNCLOSED.sub(r'\1"', found[0], 1) if found[0].count('"') % 2 else found[0], text)


def _wordpress_formulas(text: str) -> str:
    r"""Rewrite formulas of WordPress, `$latex x^2$`, as `\( \)`."""
    return _WORDPRESS.sub(lambda found: f"\\({found[1].rstrip(' ')}\\)", text)


def _padded_formulas(text: str) -> str:
    """Remove the spaces inside the dollars of a formula, which MathJax and KaTeX accept, if it is TeX."""
    return _DOLLARS.sub(lambda found: f"${found[1].strip()}$" if _is_tex(found[1]) else found[0], text)


def _is_tex(text: str) -> bool:
    """Whether a text has a TeX command and no quotation; without a command, whether it is a variable or expression."""
    if _COMMAND.search(text):
        return _QUOTED.search(text) is None
    return _VARIABLES.fullmatch(text) is not None and _LETTERS.search(text) is None


def _spaced_targets(text: str) -> str:
    """Put the target of a picture or link into angle brackets if it is a file or URL with spaces (Typora)."""
    return _SPACED.sub(_in_brackets, text)


def _in_brackets(found: re.Match[str]) -> str:
    if _TITLE_START.search(found["target"]):
        return found[0]
    target = _SIZE.sub("", found["target"]).rstrip()
    return f"](<{target}>{found['title'] or ''})"


RULES = (
    NestingRule(("-",), _empty_item, regex(r"^[ \t]+-[ \t]*$", re.MULTILINE)),
    BlockRule(("$$", "\\["), _display),
    BlockRule(("\\begin{",), _environment),
    BlockRule(("$\\begin{",), _open_environment),
    BlockRule(("\u00a0", "\u3000"), _wide_fence, regex(r"[\u00a0\u3000][ \t\u00a0\u3000]*(?:```|~~~)")),
    BlockRule(("#",), _tight_heading, regex(r"#(?<![^\n #]#)[^\s#!]")),
)
LINE_RULES = (
    LineRule(("](",), _spaced_targets, _SPACED),
    LineRule(("\\\\(",), _inline_brackets),
    LineRule(("$latex ",), _wordpress_formulas),
    LineRule(("$ ", " $"), _padded_formulas, regex(r"\$(?: [^$\n]*+|[^$\n]*+(?<= ))\$(?![\w$])", re.ASCII)),
    LineRule(("<img",), _pictures),
)
