"""Components of Nuxt Content (MDC): `::card{title="…"}`, its properties and its content, up to `::`.

https://content.nuxt.com/docs/files/markdown
"""

import re

from reader.parse.markdown.components import Tag, dedented, written
from reader.parse.markdown.empty_components import ADDRESSES, attributes, first_of
from reader.parse.markdown.scanner import (
    MOST_LINES,
    LineRule,
    NestingRule,
    Replacement,
    Rewriter,
    literal,
    nested_end,
)
from reader.regex import regex

_OPENING = regex(
    r"^(?P<in>[ \t]*)(?P<colons>:{2,8})(?P<name>[a-z][\w-]*)(?:\[(?P<label>[^\[\]\n]{1,300})\])?"
    r"(?:\{(?P<said>[^\n]{0,2000})\})?[ \t]*$"
)
_BEGINS = regex(r"^[ \t]*:{2,8}[a-z]")
_SLOT = regex(r"^#[a-z][\w-]*(?:\{[^{}\n]*\})?[ \t]*$")
_PROPERTY = regex(r"^([\w.-]+):[ \t]*(\S[^\n]*)$")
_BREAK = regex(r"(?<!\S):br(?!\S)")
_ICON = regex(r"(?<![\w:]):(?:u-)?icon\{[^{}\n]*\}")
_ADDRESSES = (*ADDRESSES, "src")


def _component(lines: list[str], at: int, again: Rewriter) -> Replacement | None:
    """Rewrite a component with its content; a line without a closing line below is no component."""
    found = _OPENING.match(lines[at])
    if not found:
        return None
    stop = _end(lines, at, found["colons"])
    if not stop:
        return None
    inner, properties = _properties(dedented(lines[at + 1 : stop]))
    said = " ".join(filter(None, (found["said"], properties)))
    content = again([line for line in inner if not _SLOT.match(line)]) if inner else []
    tag = Tag(found["in"], found["name"], said, is_empty=False, stop=stop, rest="")
    values = attributes(said)
    label = found["label"] or ""
    address = first_of(values, _ADDRESSES) if label or not first_of(values, ("title", "label")) else ""
    link = [f"[{literal(label or address)}](<{address}>)"] if address else [f"**{literal(label)}**"] if label else []
    return written(tag, ["", *link, "", *content] if label else [*content, "", *link]), stop + 1


def _end(lines: list[str], at: int, colons: str) -> int:
    """Return the line that closes the component; 0 if none does."""

    def step(line: str) -> int:
        if not line.startswith(colons) or line.startswith(f"{colons}:"):
            return 0
        return -1 if line == colons else 1 if _BEGINS.match(line) else 0

    return nested_end(lines[: at + MOST_LINES], at + 1, step)


def _properties(lines: list[str]) -> tuple[list[str], str]:
    """Return the content, and as attributes the properties above it in a block between lines of hyphens."""
    if not lines or lines[0].strip() != "---":
        return lines, ""
    stop = next((number for number in range(1, min(len(lines), 60)) if lines[number].strip() == "---"), 0)
    found = filter(None, map(_PROPERTY.match, lines[1:stop]))
    said = (f'{one[1]}="{one[2].strip().strip(chr(34) + chr(39)).replace(chr(34), "&quot;")}"' for one in found)
    return (lines[stop + 1 :], " ".join(said)) if stop else (lines, "")


def _inline(text: str) -> str:
    return _ICON.sub("", _BREAK.sub("<br>", text))


RULES: tuple[NestingRule, ...] = (NestingRule(("::",), _component, regex(r"^[ \t]*::[a-z]", re.MULTILINE)),)
LINE_RULES: tuple[LineRule, ...] = (LineRule((":br", "icon{"), _inline),)
