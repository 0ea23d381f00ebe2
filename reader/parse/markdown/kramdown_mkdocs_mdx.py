"""Rules for other site generators: kramdown's attributes, MkDocs' admonitions, MDX's imports."""

import re

from reader.parse.html_vocabulary import CALLOUTS
from reader.parse.markdown.components import is_component
from reader.parse.markdown.directives import contained
from reader.parse.markdown.empty_components import with_texts
from reader.parse.markdown.scanner import (
    MOST_LINES,
    AnyRule,
    BlockRule,
    LineRule,
    NestingRule,
    Replacement,
    Rewriter,
    fenced,
    quoted,
)
from reader.regex import regex

_ATTRIBUTES = regex(r"^[ \t]*(?:>[ \t]*)*\{:{1,2}[^{}\n]*\}[ \t]*$")
_NAME = regex(r"^\{:[^#{}\n]{0,200}#([A-Za-z0-9-]+)[\s}]")
_CONTENTS = regex(r"^[ \t]*\{:\s*(?:\.[\w-]+\s+)*toc\b[^{}]*\}[ \t]*$")
_ITEM = regex(r"^[ \t]*(?:[-*+]|\d+\.)[ \t]+\S")
_IN_LINE = regex(r"(?<=[)\]*_`>\w])\{:(?![:\s]*\})[^{}\n]*\}|^\{:\s*(?:[.#][\w-]|[\w-]+=)[^{}\n]*\}")
"""Attributes after an element or at the start of a piece of a line: line rules get the pieces between code spans."""
_AT_START = regex(r"^((?:[ \t]*(?:[-*+]|\d+\.)[ \t]+))\{:[^{}\n]*\}[ \t]*")
_ADMONITION = regex(
    r"^(?P<in>[ \t]*)(?P<sign>!!!|\?\?\?\+?)[ \t]+(?P<kind>[\w-]+)[^\"\n]*(?:\"(?P<title>[^\n]*)\")?[ \t]*$"
)
_TAB = regex(r"^(?P<in>[ \t]*)===[!+]{0,2}[ \t]+\"(?P<title>[^\"]+)\"[ \t]*$")
_IMPORT = regex(r"^(?:import\s+(?:[\w*{][^;\n\"']*?\s+from\s+)?[\"'][^\"'\n]+[\"'];?\s*)+$")
_IMPORT_OPEN = regex(r"^import\s+(?:\w+\s*,\s*)?\{[^}]*$")
_EXPORT = regex(r"^export\s+(?:const|let|function|default|async)\b.*$")
_COMMENT = regex(r"\{/\*.*?\*/\}")
_ANCHOR = regex(r"\{/\*\s*([\w.-]+)\s*\*/\}[ \t]*$")
_EXPRESSION = regex(r"^[ \t]*\{/\*.*\*/\}[ \t]*$")
_DIAGRAM = regex(
    r"(?P<in>^[ \t]*)(?:<(?P<tag>mermaid"
    r"|(?:div|p|pre)(?=[^<>]{0,300}\bclass=[\"']?(?:[^\"'<>]{0,200}\s)?mermaid[\s\"'>]))[^<>]*>"
    r"|(?P<colons>:{3,})[ \t]*\{?mermaid\}?)[ \t]*$"
)

_PELICAN = regex(r"(?<=\]\()(<?)(?:\{(?:filename|static|attach)\}|\|(?:filename|static|attach)\|)")
"""The placeholders that Pelican writes before the paths of source files."""
_VALUE = r"\"[^\"]*\"|'[^']*'|(\{(?:[^{}]|\{[^{}]*\})*\})"
_ATTRIBUTE = regex(rf"\s+[\w:@-]+(?:=(?:{_VALUE}))?")
_TAG = regex(r"<[A-Za-z][\w.-]*(?:\s+[\w:@-]+(?:=(?:\"[^\"]*\"|'[^']*'|\{(?:[^{}]|\{[^{}]*\})*\}))?){1,40}\s*/?>")


def _attributes(lines: list[str], at: int) -> Replacement | None:
    """Remove a line of attributes; the id of a heading above it becomes a block id."""
    line = lines[at]
    if not _ATTRIBUTES.match(line):
        return None
    if at and lines[at - 1].startswith("#") and (name := _NAME.search(line)):
        return ["", f"^{name[1]}", ""], at + 1
    # Removing the line keeps the structure, whether the paragraph continues or ends there.
    return [], at + 1


def _placeholder(lines: list[str], at: int) -> Replacement | None:
    """Remove the list item that kramdown replaces with a table of contents."""
    if not _ITEM.match(lines[at]) or at + 1 >= len(lines) or not _CONTENTS.match(lines[at + 1]):
        return None
    return [""], at + 2


def _admonition(lines: list[str], at: int, again: Rewriter) -> Replacement | None:
    """Rewrite `!!! note "title"` and `??? note` with indented content."""
    found = _ADMONITION.match(lines[at])
    if not found:
        return None
    inner, stop = _indented(lines, at, found["in"], again)
    kind = found["kind"].lower()
    title = found["title"] or ("" if kind in CALLOUTS else found["kind"])
    kind = kind if kind in CALLOUTS else "note"
    if found["sign"] == "!!!":
        return contained(inner, f"{kind} {title}", found["in"]), stop
    # Folded, or open with a plus sign, as in the callouts of Obsidian.
    fold = "+" if found["sign"].endswith("+") else "-"
    return quoted([f"[!{kind}]{fold} {title}".rstrip(), *inner], found["in"]), stop


def _tab(lines: list[str], at: int, again: Rewriter) -> Replacement | None:
    """Rewrite `=== "title"` with indented content: all tabs are shown, one below the other."""
    found = _TAB.match(lines[at])
    if not found:
        return None
    inner, stop = _indented(lines, at, found["in"], again)
    return ["", f"{found['in']}**{found['title']}**", "", *inner, ""], stop


def _indented(lines: list[str], at: int, indent: str, again: Rewriter) -> tuple[list[str], int]:
    """Return the lines below that are indented further, rewritten without that indent, and the index after them."""
    deeper = (indent + "    ", indent + "\t")
    stop = at + 1
    last = at
    while stop < len(lines) and (not lines[stop].strip() or lines[stop].startswith(deeper)):
        last = stop if lines[stop].strip() else last
        stop += 1
    inner = [line.removeprefix(indent).removeprefix("\t").removeprefix("    ") for line in lines[at + 1 : last + 1]]
    return [indent + line if line else line for line in again(inner)] if inner else [], last + 1


def _diagram(lines: list[str], at: int) -> Replacement | None:
    """Rewrite a Mermaid diagram in a container or an HTML element as fenced code: blank lines would end the element."""
    found = _DIAGRAM.match(lines[at])
    if not found:
        return None
    end = found["colons"] or f"</{found['tag']}>"
    following = range(at + 1, min(at + MOST_LINES, len(lines)))
    stop = next((number for number in following if lines[number].strip().lower() == end), 0)
    if not stop:
        return None
    from html import unescape  # noqa: PLC0415 - importing it takes longer than parsing a short article

    return fenced([unescape(line) for line in lines[at + 1 : stop]], "mermaid", found["in"]), stop + 1


def _module(lines: list[str], at: int) -> Replacement | None:
    """Remove imports, exports and comments of MDX."""
    line = lines[at]
    if at and lines[at - 1].strip() and not _IMPORT.match(lines[at - 1]) and not _EXPORT.match(lines[at - 1]):
        return None
    if _IMPORT.match(line) or _EXPRESSION.match(line):
        return [""], at + 1
    if _IMPORT_OPEN.match(line):
        stop = next((n for n in range(at + 1, min(at + 40, len(lines))) if re.search(r"\bfrom\s+[\"']", lines[n])), 0)
        return ([""], stop + 1) if stop else None
    if _EXPORT.match(line) and any(_IMPORT.match(one) or is_component(one) for one in lines):
        return _statement(lines, at)
    return None


def _statement(lines: list[str], at: int) -> Replacement:
    """Remove a JavaScript statement up to its last closing bracket or the next empty line."""
    depth = 0
    for number in range(at, len(lines)):
        if number > at and not lines[number].strip() and depth <= 0:
            return [""], number
        depth += sum(lines[number].count(sign) for sign in "({[") - sum(lines[number].count(sign) for sign in ")}]")
        if depth <= 0:
            return [""], number + 1
    return [""], at + 1


def _without_expressions(text: str) -> str:
    """Remove the attributes of tags that are JavaScript expressions, which would make a tag invalid."""
    return _TAG.sub(lambda tag: _ATTRIBUTE.sub(lambda found: "" if found[1] else found[0], tag[0]), text)


def _without_comments(text: str) -> str:
    """Remove the comments of MDX; a comment after a heading is the heading's anchor (React's documentation)."""
    if text.startswith("#"):
        text = _ANCHOR.sub(r"{#\1}", text)
    return _COMMENT.sub("", text)


def _without_roots(text: str) -> str:
    """Remove Pelican's placeholders; the path after them is below the root if it has a slash, or else relative."""
    return _PELICAN.sub(r"\1", text)


def _without_attributes(text: str) -> str:
    return _IN_LINE.sub("", _AT_START.sub(r"\1", text))


RULES: tuple[AnyRule, ...] = (
    BlockRule(("- ", "* ", "+ ", "1. "), _placeholder, regex("toc}")),
    BlockRule(("{:",), _attributes),
    NestingRule(("!!!", "???"), _admonition),
    NestingRule(("=== ", "===+", "===!"), _tab),
    BlockRule(("import ", "export ", "{/*"), _module, regex(r"^(?:import|export)\s|^[ \t]*\{/\*", re.MULTILINE)),
    BlockRule(("<", ":::"), _diagram, regex("mermaid")),
)
LINE_RULES: tuple[LineRule, ...] = (
    LineRule(("{:",), _without_attributes),
    LineRule(("{/*",), _without_comments),
    LineRule(("={",), _without_expressions),
    LineRule(("/>",), with_texts),
    LineRule(("{filename}", "{static}", "{attach}", "|filename|", "|static|", "|attach|"), _without_roots),
)
