"""Components of MDX and Vue around Markdown: `<Card title="…">`, `<Tabs>`, `<Callout type="…">`.

In MDX, indented text is not code (https://mdxjs.com/docs/what-is-mdx/#markdown): the content of a component is Markdown
however it is indented.
"""

from functools import reduce
from typing import NamedTuple

from reader.document.tabs import TAB
from reader.parse.html_vocabulary import CALLOUTS, names
from reader.parse.indents import indent_of
from reader.parse.markdown.directives import contained
from reader.parse.markdown.empty_components import ADDRESSES, attributes, first_of, written_component
from reader.parse.markdown.scanner import (
    MOST_LINES,
    LineRule,
    NestingRule,
    Replacement,
    Rewriter,
    fence_end,
    literal,
    nested_end,
)
from reader.regex import regex

_NAME = r"(?:[A-Z]\w*(?:\.\w+)*|(?!annotation-|font-|mjx-)[a-z]\w*(?:-\w+)+)"
"""The name of a component, or of a custom element of HTML, unless it belongs to MathML, SVG or MathJax."""
_OPENING = regex(rf"^(?P<in>[ \t]*)<(?P<name>{_NAME})(?=[\s/>]|$)")
_CLOSING = regex(rf"^[ \t]*</{_NAME}>[ \t]*$")
_SIGN = regex(r"[\"'{}<>]")
_DOTTED = regex(r"</?[A-Z]\w*(?:\.\w+)+(?:\s[^<>]*)?>")
"""The tag of a component that is part of another one, as in `<Tabs.Tab>`, which is not HTML."""
_ITEMS = regex(r"\bitems=\{\[([^\]]*)\]\}")
_STRING = regex(r"\"([^\"]*)\"|'([^']*)'|`([^`]*)`")
_TAB = regex(r"^<(?:\w+\.)?Tab(?=[\s>])")

_HOLDER = regex(r"(?:[-*+]|\d{1,9}[.)])(?:[ \t]|$)|[<>:]")
"""The beginning of a line whose list item, element or container may hold indented lines."""
_CODE = 4
"""The columns by which code is indented (CommonMark 0.31, 4.4)."""
_LONGEST_CODE = 200
"""The number of lines searched upward for the text above code."""
_LONGEST_TAG = 40
"""The number of lines searched for the end of a tag."""
_TITLES = ("title", "label", "summary", "header", "heading")
_TITLES_OF_TABS = (*_TITLES, "tab", "name", "value")
"""Attributes with the title of a tab; Docusaurus shows the value of a tab that has no label."""
_NOTES = names("callout aside admonition alert notice")
_FOLDS = names("details accordion accordionitem collapse collapsible expandable spoiler fold toggle")


class Tag(NamedTuple):
    """An opening tag: indent, name, text of the attributes, whether it is empty, last line, and the text after it."""

    indent: str
    name: str
    said: str
    is_empty: bool
    stop: int
    rest: str


def is_component(line: str) -> bool:
    """Whether a line begins with the opening tag of a component."""
    return _OPENING.match(line) is not None


def _tag(lines: list[str], at: int) -> Tag | None:
    """Return the opening tag at the beginning of a line; it ends at the first `>` outside strings and braces."""
    found = _OPENING.match(lines[at])
    if not found:
        return None
    text = lines[at] if lines[at].rstrip().endswith(">") else "\n".join(lines[at : at + _LONGEST_TAG])
    depth, quote = 0, ""
    for sign in _SIGN.finditer(text, found.end()):
        if quote:
            quote = "" if sign[0] == quote else quote
        elif sign[0] in "{}":
            depth += 1 if sign[0] == "{" else -1
        elif depth <= 0 and sign[0] in "\"'":
            quote = sign[0]
        elif depth <= 0 and sign[0] == ">":
            said = text[found.end() : sign.start()]
            stop = at + said.count("\n")
            rest = text[sign.end() :].split("\n", 1)[0]
            return Tag(found["in"], found["name"], said.removesuffix("/"), said.endswith("/"), stop, rest)
        elif depth <= 0:
            return None
    return None


def _component(lines: list[str], at: int, again: Rewriter) -> Replacement | None:
    """Replace the tags of a component by Markdown with their titles; the content between them is kept."""
    if _CLOSING.match(lines[at]):
        return None if _is_indented_code(lines, at) else ([""], at + 1)
    tag = _tag(lines, at)
    if tag is None or _is_indented_code(lines, at):
        return None
    if tag.is_empty:
        text = written_component(tag.name, tag.said)
        return None if tag.rest.strip() else (["", *([tag.indent + text, ""] if text else [])], tag.stop + 1)
    if tag.rest.strip():
        return _one_line(lines, at, tag, again)
    found = _content(lines, tag)
    if found is None:
        title = _title(tag)
        return ["", *([f"{tag.indent}**{literal(title)}**", ""] if title else [])], tag.stop + 1
    inner, stop = found
    return written(tag, again(_labelled(dedented(inner), tag)) if inner else []), stop


def _is_indented_code(lines: list[str], at: int) -> bool:
    """Whether a line is code by its indent: below a paragraph and an empty line, not in a list item or an element."""
    if indent_of(lines[at], TAB) < _CODE:
        return False
    is_apart = False
    for number in range(at - 1, max(-1, at - _LONGEST_CODE), -1):
        line = lines[number]
        if not line.strip():
            is_apart = True
        elif (columns := indent_of(line, TAB)) < _CODE:
            return is_apart and columns == 0 and not _HOLDER.match(line)
        else:
            is_apart = False
    return False


def _one_line(lines: list[str], at: int, tag: Tag, again: Rewriter) -> Replacement | None:
    """Replace a component that ends on the line where it begins, unless the line is part of a paragraph."""
    content, end, behind = tag.rest.rpartition(f"</{tag.name}>")
    beside = (lines[at - 1] if at else "", lines[tag.stop + 1] if tag.stop + 1 < len(lines) else "")
    if not end or behind.strip() or any(line.strip() and not line.lstrip().startswith(("<", ":::")) for line in beside):
        return None
    return written(tag, again([content.strip()])), tag.stop + 1


def _content(lines: list[str], tag: Tag) -> tuple[list[str], int] | None:
    """Return the lines up to the end tag of a component, and the index after it; None if it has no end tag."""
    lines = lines[: tag.stop + 1 + MOST_LINES]
    start, end = f"<{tag.name}", f"</{tag.name}>"

    def step(line: str) -> int:
        begins = line.startswith(start) and line[len(start) : len(start) + 1] in {"", " ", "\t", ">"}
        ends = line.endswith(end)
        if begins and not ends and not line.endswith("/>"):
            return 1
        return -1 if ends and not begins else 0

    stop = nested_end(lines, tag.stop + 1, step)
    if not stop:
        return None
    last = lines[stop].rstrip().removesuffix(end)
    return [*lines[tag.stop + 1 : stop], *([last] if last.strip() else [])], stop + 1


def dedented(lines: list[str]) -> list[str]:
    """Remove the common indent of all lines; lines of fenced code may have less."""
    indents: list[str] = []
    number = 0
    while number < len(lines):
        line = lines[number]
        if line.strip():
            indents.append(line[: len(line) - len(line.lstrip(" \t"))])
        number = fence_end(lines, number) or number + 1
    indent = reduce(_shared, indents, indents[0] if indents else "")
    return [line[len(_shared(line, indent)) :] for line in lines] if indent else lines


def _shared(line: str, indent: str) -> str:
    """Return the common prefix of a line and an indent."""
    count = next((at for at, signs in enumerate(zip(line, indent, strict=False)) if signs[0] != signs[1]), len(indent))
    return indent[: min(count, len(line))]


def _labelled(lines: list[str], tag: Tag) -> list[str]:
    """Give the tabs in `lines` the labels that the component around them lists, as in Nextra and Fumadocs."""
    listed = _ITEMS.search(tag.said)
    if listed is None:
        return lines
    labels = ["".join(label) for label in _STRING.findall(listed[1])][::-1]
    made: list[str] = []
    for line in lines:
        found = _TAB.match(line)
        label = labels.pop() if found and labels else ""
        made.append(f'{found[0]} label="{label}"{line[found.end() :]}' if found and label else line)
    return made


def _title(tag: Tag) -> str:
    is_tab = tag.name.endswith(("Tab", "TabItem", "TabPane", "TabPanel"))
    return first_of(attributes(tag.said), _TITLES_OF_TABS if is_tab else _TITLES)


def written(tag: Tag, content: list[str]) -> list[str]:
    """Return the content of a component below its title, or in the container that it stands for."""
    inner = [tag.indent + line if line else line for line in content]
    name, title = tag.name.lower(), _title(tag)
    kind = attributes(tag.said).get("type", "note").lower() if name in _NOTES else name
    if name in _NOTES or kind in CALLOUTS:
        return contained(inner, f"{kind if kind in CALLOUTS else 'note'} {title}", tag.indent)
    if name in _FOLDS and title:
        return contained(inner, f"details {title}", tag.indent)
    address = first_of(attributes(tag.said), ADDRESSES)
    heading = f"[{literal(title)}](<{address}>)" if address else literal(title)
    return ["", *([f"{tag.indent}**{heading}**", ""] if title else []), *inner, ""]


def _without_dotted(text: str) -> str:
    return _DOTTED.sub("", text)


RULES: tuple[NestingRule, ...] = (NestingRule(("<",), _component, regex(r"</?(?:[A-Z]|[a-z]\w*-)")),)
LINE_RULES: tuple[LineRule, ...] = (LineRule(("<",), _without_dotted, regex(r"</?[A-Z]\w*\.\w")),)
